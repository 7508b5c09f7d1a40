"""Balance and overlap, by hand and where they must fail."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.statistics.pairs.balance import balance, chance_sd
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.overlap import overlap
from whatworks.statistics.pairs.weights import effective_size, matched_sample
from whatworks.statistics.regression.design_matrix import design_matrix
from whatworks.statistics.regression.score import propensity_score

TREATED = np.array([True, True, True, True, False, False, False, False])


def test_balance_by_hand() -> None:
    people = pl.DataFrame({"age": [20.0, 24.0, 28.0, 32.0, 22.0, 26.0, 50.0, 60.0]})
    (row,) = balance(people, TREATED, [1, 1, 1, 1, 1, 3, 0, 0])
    spread = np.sqrt((36 + 4 + 4 + 36) / 3)
    assert row.smd_before == pytest.approx((26 - 39.5) / spread)
    assert (row.treated_after, row.comparison_after) == (26.0, 25.0)
    assert row.smd_after == pytest.approx(1 / spread)
    # Weighted distribution functions: at 22 they are 1/4 and 1/4, at 24 1/2 and 1/4, at 26 1/2 and 1.
    assert row.ks_after == pytest.approx(0.5)
    # Weighted variance of 22 (x1) and 26 (x3): 1 x 9 + 3 x 1 = 12 over 4 - (1 + 9)/4.
    assert row.variance_ratio_after == pytest.approx(spread**2 / (12 / 1.5))
    assert row.band == "red"


@pytest.mark.parametrize(
    ("gap", "band"), [(0.0, "green"), (0.049, "green"), (0.08, "amber"), (-0.08, "amber"), (0.2, "red")]
)
def test_bands(gap: float, band: str) -> None:
    people = pl.DataFrame({"x": [-1.5, -0.5, 0.5, 1.5]})
    ours = people["x"].to_numpy() / people["x"].std()
    both = pl.DataFrame({"x": np.concatenate([ours, ours - gap])})
    (row,) = balance(both, TREATED)
    assert (row.smd_before, row.band) == (pytest.approx(gap), band)


def test_missing_values_are_left_out_and_counted_and_a_level_of_a_factor() -> None:
    people = pl.DataFrame({"x": [1.0, None, 3.0, 5.0, 1.0, 3.0, None, None], "sex": ["F", "M", None, "M"] * 2})
    rows = {(row.covariate, row.level): row for row in balance(people, TREATED)}
    x = rows["x", None]
    assert (x.missing_treated, x.missing_comparison, x.treated_before, x.comparison_before) == (1, 2, 3.0, 2.0)
    assert set(rows) == {("x", None), ("sex", "F"), ("sex", "M"), ("sex", "not known")}
    assert rows["sex", "not known"].treated_before == 0.25


def test_a_covariate_all_missing_in_one_group_has_no_band() -> None:
    (row,) = balance(pl.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, None, None, None, None]}), TREATED, np.ones(8))
    assert (row.comparison_before, row.smd_before, row.band) == (None, None, None)


def test_a_difference_is_seen_though_the_treated_are_all_alike() -> None:
    (row,) = balance(pl.DataFrame({"x": [1, 1, 1, 1, 0, 0, 1, 1]}), TREATED)
    # Everybody's standard deviation: sqrt(0.75 x 0.25).
    assert row.smd_before == pytest.approx(0.5 / np.sqrt(0.1875))


def test_people_of_one_age_count_together_in_the_largest_gap() -> None:
    people = pl.DataFrame({"age": [30, 30, 30, 40, 30, 30, 40, 40]})
    (row,) = balance(people, TREATED, np.ones(8))
    # Up to 30 lie 3/4 and 2/4; whoever counted row by row would see 3/4 and none.
    assert row.ks_after == pytest.approx(0.25)


def test_chance_alone() -> None:
    assert round(chance_sd(72, 72), 2) == 0.17
    assert effective_size(np.ones(7)) == 7


def test_weights_of_one_to_many_by_hand() -> None:
    treated = np.array([True, True, False, False, False])
    pairs = Pairs(np.array([0, 1, 1]), np.array([2, 2, 3]), np.array([1, 1, 2]))
    # 2 stands for all of person 0 and half of 1, 3 for half of 1: 1.5 and 0.5, already adding up to two people.
    assert matched_sample(pairs, treated, replace=True).weights.tolist() == [1, 1, 1.5, 0.5, 0]


def test_two_like_groups_overlap() -> None:
    rng = np.random.default_rng(3)
    scores, treated = rng.beta(2, 5, 3000), rng.random(3000) < 0.2
    found = overlap(scores, treated)
    assert not found.failed and found.share > 0.98
    assert sum(part.treated for part in found.bins) == treated.sum()
    assert sum(part.comparison for part in found.bins) == (~treated).sum()
    assert not any(letter.isdigit() for letter in found.sentence)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (np.linspace(0.5, 0.9, 200), np.linspace(0.1, 0.6, 2000)),  # most lie outside the range
        (np.linspace(0.5, 0.9, 200), np.concatenate([np.linspace(0.1, 0.4, 5000), [0.95]])),  # within it, but alone
    ],
)
def test_groups_apart_fail(ours: np.ndarray, theirs: np.ndarray) -> None:
    found = overlap(np.concatenate([ours, theirs]), np.arange(len(ours) + len(theirs)) < len(ours))
    assert found.failed and "No like-for-like comparison" in found.sentence


@pytest.mark.real_data
def test_iowas_target_population_has_nobody_like_it(shared_data: Path) -> None:
    people = pl.read_csv(shared_data / "iowa" / "releases-2010-2013.csv.gz", infer_schema_length=None)
    treated = (people["Target Population"] == "Yes").to_numpy()
    assert people.height == 17_060
    discharged = people["Release Type"].str.contains("Discharged").to_numpy()
    assert ((discharged & ~treated).sum(), discharged.sum()) == (6253, 6254)
    columns = ["Age At Release", "Sex", "Race - Ethnicity", "Release Type", "Offense Type"]
    design = design_matrix(people.select(columns), missing="indicator")
    assert overlap(propensity_score(design.matrix, design.names, treated).probability, treated).failed
