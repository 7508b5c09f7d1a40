"""At an edge the rule decides, not the last bit of a decimal."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from evaluation.flat_people import evaluated
from whatworks.evaluation.matching.methods.coarsened_exact import match_coarsened
from whatworks.statistics.bias.rosenbaum import rosenbaum_gamma
from whatworks.statistics.pairs.balance import balance
from whatworks.statistics.pairs.overlap import overlap
from whatworks.statistics.pairs.prognostic_score import prognostic_score


@pytest.mark.parametrize("shift", [0, 3, 17])
def test_a_decimal_that_equals_a_cut_belongs_to_the_bin_above(shift: int) -> None:
    """Eleven tenths in five bins: 0.6 stands with 0.7, not with 0.5, as 6 stands with 7 among whole numbers."""
    whole = np.arange(shift, shift + 11)
    treated = np.isin(whole - shift, [2, 6, 8])
    for values in (whole / 10, whole.astype(float), whole / 1000):
        made = match_coarsened(pl.DataFrame({"x": values}), treated, cutpoints=5)
        assert np.flatnonzero(made.weights).tolist() == [2, 3, 6, 7, 8, 9, 10]
        listed = match_coarsened(pl.DataFrame({"x": values}), treated, cutpoints=(values[[2, 4, 6, 8]]).tolist())
        assert listed.weights.tolist() == made.weights.tolist()


def test_one_comparison_for_ten_treated_is_enough_in_every_stretch() -> None:
    """Twenty stretches of 70 treated people and 7 comparisons each: 0.1 x 70 is more than 7 to a computer."""
    treated = np.linspace(0.2, 0.8, 1400)
    found = overlap(np.concatenate([treated, treated[::10], treated[-1:]]), np.arange(1541) < 1400)
    assert found.unsupported == 0


@pytest.mark.parametrize(("far", "warned"), [(5, False), (6, True)])
def test_a_loss_of_exactly_the_set_share_is_not_more_than_it(tmp_path: Path, far: int, warned: bool) -> None:
    """Of 100 treated 5 or 6 live where no comparison does; 1 - 95/100 is more than 0.05 to a computer."""
    rng = np.random.default_rng(2)
    frame = pl.DataFrame(
        {
            "treated": [1] * 100 + [0] * 400,
            "age": rng.integers(18, 60, 500),
            "district": ["far"] * far + ["north"] * (500 - far),
            "reoffended": rng.integers(0, 2, 500),
        }
    )
    comparison = {"covariates": ["age"], "exact": ["district"], "caliper": None}
    result = evaluated(tmp_path, frame, comparison=comparison)
    assert any("More of the treated" in sentence for sentence in result.warnings) == warned


@pytest.mark.parametrize("seed", range(10))
def test_ranks_of_decimal_differences_are_those_of_whole_ones(seed: int) -> None:
    ours, theirs = np.random.default_rng(seed).integers(0, 9, (2, 60))
    ours = np.maximum(0, ours - 4)
    whole, tenths = rosenbaum_gamma(ours, theirs), rosenbaum_gamma(ours / 10, theirs / 10)
    assert (tenths.p, tenths.gamma) == pytest.approx((whole.p, whole.gamma), rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_people_alike_have_one_prognosis_in_any_order_of_columns_and_in_any_unit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = np.column_stack([rng.integers(18, 60, 300), rng.integers(0, 9, 300), rng.integers(0, 50, 300) / 10])
    columns = np.vstack([columns, columns[:100]])
    outcome, among = rng.random(400) + 0.01 * columns[:, 0], rng.random(400) < 0.6
    score = prognostic_score(outcome, columns, among)
    assert np.array_equal(score[:100], score[300:])
    turned = prognostic_score(outcome, columns[:, ::-1] * [1e-9, 1.0, 1e9], among)
    assert turned == pytest.approx(score, abs=1e-7)


@pytest.mark.parametrize("value", [0.1, 50_000.1, 1e-13])
def test_a_column_of_one_decimal_has_no_spread_to_measure_by(value: float) -> None:
    (row,) = balance(pl.DataFrame({"x": [value] * 30}), np.arange(30) < 13, np.where(np.arange(30) < 20, 1.0, 0.7))
    assert (row.smd_before, row.smd_after) == (0.0, 0.0)
    assert row.variance_ratio_before is None and row.variance_ratio_after is None
    varied = [value * (1 + at % 3) for at in range(30)]
    (other,) = balance(pl.DataFrame({"x": varied}), np.arange(30) < 13)
    (unit,) = balance(pl.DataFrame({"x": [1.0 + at % 3 for at in range(30)]}), np.arange(30) < 13)
    assert other.smd_before == pytest.approx(unit.smd_before)
