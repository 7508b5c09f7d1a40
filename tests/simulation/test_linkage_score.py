"""The score of a linkage is that of all pairs of records, counted one by one."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest

from whatworks.simulation.truth.linkage_score import score_by_group, score_linkage


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
    assert score.f1 == pytest.approx(2 / (1 / score.precision + 1 / score.recall))  # type: ignore[operator]


def test_perfect_and_empty_linkages() -> None:
    perfect = score_linkage(*frames(["a", "a", "b"], [1, 1, 2]))
    assert (perfect.precision, perfect.recall, perfect.f1) == (1, 1, 1)
    nothing = score_linkage(*frames(["a", "b", "c"], [1, 1, 2]))
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, 0, 0)


def test_records_set_aside_at_import_do_not_count() -> None:
    identity, truth = frames(["a", "a", "a"], [1, 1, 1])
    assert score_linkage(identity.head(2), truth).true == 1


def test_a_false_link_across_groups_lowers_the_precision_of_both() -> None:
    """a: records 0, 1 (person 1) and 2 (person 2); b: record 3 (person 2). Group x is person 1, y is person 2.

    x: 0 and 1 each have two joined, one of them right and one true: 2 of 4, 2 of 2. y: record 2 has two joined, none
    right, one true; record 3 none joined, one true: 0 of 2, 0 of 2.
    """
    identity, truth = frames(["a", "a", "a", "b"], [1, 1, 2, 2])
    groups = pl.DataFrame({"person": [1, 2], "group": ["x", "y"]})
    scores = score_by_group(identity, truth, groups, "group")
    assert (scores["x"].precision, scores["x"].recall) == (0.5, 1)
    assert (scores["y"].precision, scores["y"].recall) == (0, 0)
    whole = score_linkage(identity, truth)
    assert sum(score.joined for score in scores.values()) == 2 * whole.joined
