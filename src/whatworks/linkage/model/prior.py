"""Say how likely it is that two records drawn at random are of one person, from pairs that surely are."""

from whatworks.linkage.model.standardise import TABLE, StandardRecords

PAIRS_BEHIND_EACH = 1.8
"""Pairs of one person for each pair that agrees on the anchor: the others have no number, or a mistyped one."""
FEWEST = 30
"""Pairs that must share a number, for numbers to tell how many pairs there are."""


def anchor_of(records: StandardRecords, anchor: str | None = None) -> tuple[str, int]:
    """Return what tells how many pairs are of one person, and the number of pairs that agree on it.

    The anchor is the number (PNC) where 30 pairs share one, else full name and date of birth together.
    """
    by_number = _pairs(records, "pnc")
    if anchor == "number" or (anchor is None and by_number >= FEWEST):
        return "number", by_number
    return "name and birth", _pairs(records, "full_name", "born")


def prior_of(anchor_pairs: int, records: int) -> float:
    """Return the probability that two of so many records are of one person.

    It falls as records are added, since pairs grow with the square of the records and pairs of one person do not: a
    prior kept from a smaller store would join strangers.

    >>> f"{prior_of(178_457, 339_344):.3e}"
    '5.579e-06'
    """
    all_pairs = records * (records - 1) / 2
    return min(max(PAIRS_BEHIND_EACH * anchor_pairs, 0.5) / max(all_pairs, 1.0), 0.5)


def _pairs(records: StandardRecords, *columns: str) -> int:
    present = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    [(pairs,)] = records.engine.execute(
        f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM {TABLE} WHERE {present} "
        f"GROUP BY {', '.join(columns)})"
    ).fetchall()
    return int(pairs)
