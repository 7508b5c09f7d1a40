"""No last bit decides: ties are exact, columns and rows may come in any order, and a score that says nothing is met."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from evaluation.flat_people import evaluated
from whatworks.evaluation import match
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.caliper import caliper_width
from whatworks.statistics.regression.grid import weighted_sums
from whatworks.statistics.regression.score import propensity_score

NOTHING = "The covariates tell nothing about who was treated."


def draw(seed: int, n: int = 500) -> tuple[np.ndarray, np.ndarray]:
    """Age, previous convictions and an assessment in tenths; the young and much convicted are likelier treated."""
    rng = np.random.default_rng(seed)
    age, before = rng.integers(18, 60, n), rng.integers(0, 12, n)
    tenths = rng.integers(0, 100, n) / 10
    treated = rng.random(n) < 1 / (1 + np.exp(1 + (age - 35) / 15 - before / 8 - tenths / 20))
    return np.column_stack([age, before, tenths]).astype(float), treated


@pytest.mark.parametrize("seed", range(40))
def test_who_stands_exactly_between_two_others_is_equally_near_to_both(seed: int) -> None:
    """(32, 4, 2.5) stands between (37, 5, 2.6) and (27, 3, 2.4), whatever the coefficients."""
    design, treated = draw(seed)
    rng = np.random.default_rng([seed, 1])
    middle, step = design[:200], np.column_stack([rng.integers(-9, 9, (200, 2)), rng.integers(-20, 20, 200)])
    tenths = np.rint(middle[:, 2] * 10)
    ends = [
        np.column_stack([middle[:, :2] + side * step[:, :2], (tenths + side * step[:, 2]) / 10]) for side in (-1, 1)
    ]
    everybody = np.vstack([design, *ends])
    score = propensity_score(everybody, ["age", "before", "tenths"], np.concatenate([treated, np.zeros(400, bool)]))
    middle_score, below, above = score.linear[:200], score.linear[500:700], score.linear[700:]
    assert np.array_equal(middle_score - below, above - middle_score)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_columns_and_rows_changes_no_bit(seed: int) -> None:
    design, treated = draw(seed)
    names = ["age", "before", "tenths"]
    score = propensity_score(design, names, treated, "logit")
    turned = propensity_score(design[::-1, ::-1], names[::-1], treated[::-1], "logit")
    assert turned.coefficients == score.coefficients
    assert np.array_equal(turned.values[::-1], score.values)


def test_whole_numbers_far_from_zero_are_added_up_exactly_too() -> None:
    """A year of birth and a grid reference: the sums are those of Python's unlimited fractions."""
    from fractions import Fraction

    rng = np.random.default_rng(3)
    places = np.column_stack([rng.integers(1940, 2006, 300), rng.integers(530_000, 541_000, 300)]).astype(float)
    sums = weighted_sums(places, np.array([[0.031], [0.00017]]))
    for row, value in zip(places, sums.values[:, 0], strict=True):
        parts = (Fraction(w) * Fraction(x - c) for w, x, c in zip(sums.weights[:, 0], row, sums.centre, strict=True))
        assert float(sum(parts)) == value
    assert sums.weights[:, 0] == pytest.approx([0.031, 0.00017], rel=1e-6)


def balanced(rows: int = 30) -> pl.DataFrame:
    """Of every age and sex the same share is treated: the true slopes are zero."""
    cells = [
        (treated, 20 + 3 * age, sex)
        for age in range(10)
        for sex in ("F", "M")
        for treated in [1] * (rows // 10) + [0] * (2 * rows // 10)
    ]
    frame = pl.DataFrame(cells, schema=["treated", "age", "sex"], orient="row")
    reoffended = np.random.default_rng(5).integers(0, 2, frame.height)
    return frame.with_columns(reoffended=reoffended, district=pl.lit("north")).sample(fraction=1, shuffle=True, seed=2)


@pytest.mark.parametrize("method", ["nearest", "optimal", "radius", "full", "overlap", "inverse_probability"])
def test_a_score_that_does_not_vary_makes_everybody_equally_near(method: str) -> None:
    caliper = 0.2 if method in ("nearest", "optimal", "radius") else None
    made = match(balanced(), treated="treated", covariates=["age", "sex"], method=method, caliper=caliper)
    assert any(NOTHING in sentence for sentence in made.warnings)
    assert (made.weights[made.treated] > 0).all()
    if method == "nearest":
        theirs, ours = np.flatnonzero(~made.treated), np.flatnonzero(made.treated)
        pairs = dict(made.pairs.select("treated", "comparison").rows())
        assert pairs == nearest_by_rank(ours.tolist(), theirs.tolist())


def nearest_by_rank(ours: list[int], theirs: list[int]) -> dict[int, int]:
    """Ties by rank, where all scores are equal: each takes the free comparison fewest rows away, of two the earlier."""
    taken: dict[int, int] = {}
    for person in ours:
        free = [other for other in theirs if other not in taken.values()]
        taken[person] = min(free, key=lambda other: (abs(other - person), other))
    return taken


def test_a_paper_says_that_the_covariates_tell_nothing(tmp_path: Path) -> None:
    result = evaluated(tmp_path, balanced(), comparison={"covariates": ["age", "sex"], "caliper": 0.2})
    assert any(NOTHING in sentence for sentence in result.warnings)
    assert result.n.treated == int(balanced()["treated"].sum())


def test_a_score_brought_that_differs_by_rounding_only_is_the_same_for_all() -> None:
    frame = balanced()
    noise = 0.3 + np.random.default_rng(1).choice([0.0, 5.5e-17], frame.height)
    made = match(frame, treated="treated", covariates=["age"], distance=noise, caliper=0.2)
    assert made.warnings[0].startswith("Everybody has the same score")
    assert made.distance is not None
    assert np.ptp(made.distance) == 0


def test_a_difference_that_equals_the_caliper_is_within_it_in_decimals() -> None:
    """0.4 - 0.3 is more than 0.1 to a computer, and 0.5 - 0.4 is less."""
    for ours, theirs in (0.3, 0.4), (0.2, 0.3), (0.7, 0.8), (0.5, 0.4), (0.5, 0.6):
        people = pl.DataFrame({"t": [1, 1, 0, 0], "x": [ours, ours, theirs, theirs]})
        made = match(people, treated="t", covariates=[], distance="x", caliper=0.1, std_caliper=False)
        assert made.pairs is not None
        assert made.pairs.height == 2
    with pytest.raises(Refused, match="is equal for everybody"):
        caliper_width(np.full(10, 0.1), 0.2, of="x")


def test_people_told_apart_by_two_columns_together_widen_no_caliper() -> None:
    """Nobody in the scheme had debts without rent arrears: neither column alone tells, the two together do."""
    rng = np.random.default_rng(8)
    n = 600
    debts = rng.random(n) < 0.5
    arrears = debts & (rng.random(n) < 0.7)
    age = rng.integers(18, 60, n).astype(float)
    treated = (rng.random(n) < 1 / (1 + np.exp((age - 35) / 15))) & ~(debts & ~arrears)
    design, names = np.column_stack([age, debts, arrears]).astype(float), ["age", "debts", "arrears"]
    score = propensity_score(design, names, treated)
    assert score.together == (("debts", "arrears"),)
    assert np.array_equal(score.apart, debts & ~arrears)
    rest = ~score.apart
    alone = propensity_score(design[rest][:, :2], names[:2], treated[rest])
    assert score.linear[rest] == pytest.approx(alone.linear, abs=1e-8)
    people = pl.DataFrame({"treated": treated.astype(int), "age": age, "debts": debts * 1, "arrears": arrears * 1})
    made = match(people, treated="treated", covariates=["age", "debts", "arrears"], caliper=0.2)
    assert any("debts and arrears together tell some people apart" in sentence for sentence in made.warnings)


def test_an_outlier_is_not_taken_for_somebody_told_apart() -> None:
    rng = np.random.default_rng(9)
    age, before = rng.normal(35, 8, 400), rng.poisson(3, 400).astype(float)
    treated = rng.random(400) < 1 / (1 + np.exp(-(before - 3)))
    before[np.flatnonzero(treated)[0]] = 60.0
    score = propensity_score(np.column_stack([age, before]), ["age", "before"], treated)
    assert score.linear.max() > 15
    assert not score.apart.any()


def test_columns_that_together_tell_everybody_apart_are_named() -> None:
    rng = np.random.default_rng(4)
    age, first, second = rng.normal(size=(3, 300))
    with pytest.raises(Refused, match="the covariates first and second together tell the two groups apart"):
        propensity_score(np.column_stack([age, first, first + second]), ["age", "first", "second"], second > 0)
