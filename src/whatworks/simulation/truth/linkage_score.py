"""Score a linkage against the truth: which of the pairs of records that it joins are one person, which it misses."""

from dataclasses import dataclass

import polars as pl

_KEY = ["organisation_id", "person_id"]


@dataclass(frozen=True, slots=True)
class LinkageScore:
    """Pairs of records: joined and one person (`right`), joined (`joined`), one person (`true`); None where none."""

    right: int
    joined: int
    true: int

    @property
    def precision(self) -> float | None:
        """The share of the joined pairs that are one person."""
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """The share of the pairs of one person that are joined."""
        return self.right / self.true if self.true else None


def score_linkage(identity: pl.DataFrame, truth: pl.DataFrame) -> LinkageScore:
    """Return the score of all pairs of records held.

    `identity` gives linked_id, `truth` the true number `person`, of each record (organisation_id, person_id). Records
    that only one of them holds, such as those set aside at import, do not count.

    >>> records = pl.DataFrame({"organisation_id": ["a", "b", "c", "d"], "person_id": ["1", "1", "1", "1"]})
    >>> joined = records.with_columns(linked_id=pl.Series(["x", "x", "x", "y"]))
    >>> score = score_linkage(joined, records.with_columns(person=pl.Series([1, 1, 2, 2])))
    >>> score.right, score.joined, score.true
    (1, 3, 2)
    """
    totals = _others(identity, truth).select(pl.col("right", "joined", "true").sum() // 2)
    return LinkageScore(*totals.row(0))


def _others(identity: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Return for each record how many others are joined to it, are the same person, and both."""
    both = identity.select(*_KEY, "linked_id").join(truth.select(*_KEY, "person"), on=_KEY)
    return both.select(
        "person",
        right=pl.len().over("linked_id", "person").cast(pl.Int64) - 1,
        joined=pl.len().over("linked_id").cast(pl.Int64) - 1,
        true=pl.len().over("person").cast(pl.Int64) - 1,
    )
