"""The score of a linkage is that of all pairs of records, counted one by one."""

from itertools import combinations

import numpy as np
import polars as pl

from whatworks.simulation.truth.linkage_score import score_linkage


def frames(joined: list[str], people: list[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    records = pl.DataFrame(
        {"organisation_id": ["police"] * len(people), "person_id": [f"{at}" for at in range(len(people))]}
    )
    return records.with_columns(linked_id=pl.Series(joined)), records.with_columns(person=pl.Series(people))


def test_counts_are_those_of_pairs_taken_one_by_one() -> None:
    rng = np.random.default_rng(4)
    joined, people = [f"L{one}" for one in rng.integers(0, 12, 60)], rng.integers(0, 15, 60).tolist()
    score = score_linkage(*frames(joined, people))
    pairs = list(combinations(range(60), 2))
    together = {pair for pair in pairs if joined[pair[0]] == joined[pair[1]]}
    same = {pair for pair in pairs if people[pair[0]] == people[pair[1]]}
    assert (score.right, score.joined, score.true) == (len(together & same), len(together), len(same))


def test_perfect_and_empty_linkages() -> None:
    perfect = score_linkage(*frames(["a", "a", "b"], [1, 1, 2]))
    assert (perfect.precision, perfect.recall) == (1, 1)
    nothing = score_linkage(*frames(["a", "b", "c"], [1, 1, 2]))
    assert (nothing.precision, nothing.recall) == (None, 0)


def test_records_set_aside_at_import_do_not_count() -> None:
    identity, truth = frames(["a", "a", "a"], [1, 1, 1])
    assert score_linkage(identity.head(2), truth).true == 1
