"""The propensity score is a plain logistic regression, and covariates it cannot use are refused by name."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from glum import GeneralizedLinearRegressor

from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.caliper import caliper_width
from whatworks.statistics.regression.design_matrix import design_matrix
from whatworks.statistics.regression.score import propensity_score

RNG = np.random.default_rng(11)
PEOPLE = 800
AGE, BEFORE = RNG.normal(31, 9, PEOPLE), RNG.poisson(3, PEOPLE).astype(float)
TREATED = RNG.random(PEOPLE) < 1 / (1 + np.exp(-(0.05 * (AGE - 31) + 0.2 * (BEFORE - 3) - 1)))
NAMES = ["age", "previous"]
DESIGN = np.column_stack([AGE, BEFORE])


def test_it_is_statsmodels_logit() -> None:
    theirs = sm.Logit(TREATED.astype(float), sm.add_constant(DESIGN)).fit(disp=0, tol=1e-12)
    ours = propensity_score(DESIGN, NAMES, TREATED)
    assert list(ours.coefficients.values()) == pytest.approx(theirs.params.tolist(), rel=1e-6)
    assert ours.probability == pytest.approx(theirs.predict(), rel=1e-6)
    assert np.array_equal(ours.values, ours.linear)
    assert not ours.apart.any()


def test_it_is_glums_model_without_penalty() -> None:
    theirs = GeneralizedLinearRegressor(family="binomial", alpha=0, gradient_tol=1e-10).fit(DESIGN, TREATED * 1.0)
    ours = propensity_score(DESIGN, NAMES, TREATED)
    assert list(ours.coefficients.values()) == pytest.approx([theirs.intercept_, *theirs.coef_], rel=1e-6)


def test_the_same_data_give_the_same_bits() -> None:
    rng = np.random.default_rng(1)
    design = rng.normal(size=(60_000, 12))
    treated = rng.random(60_000) < 1 / (1 + np.exp(1 - 0.5 * design[:, 0]))
    names = [str(j) for j in range(12)]
    assert len({propensity_score(design, names, treated).values.tobytes() for _ in range(6)}) == 1


def test_units_of_a_covariate_do_not_matter() -> None:
    ours = propensity_score(DESIGN, NAMES, TREATED, "logit")
    other = propensity_score(DESIGN * [1e6, 1e-4] + [5, 0], NAMES, TREATED, "logit")
    assert other.values == pytest.approx(ours.values, rel=1e-7)


def test_swapping_the_groups_turns_the_score_round() -> None:
    ours, other = propensity_score(DESIGN, NAMES, TREATED), propensity_score(DESIGN, NAMES, ~TREATED)
    assert other.linear == pytest.approx(-ours.linear, abs=1e-7)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (np.ones(PEOPLE), "third: is the same for everybody"),
        (AGE.copy(), "third: only repeats what age already say"),
        (2 * AGE - 3 * BEFORE + 1, "third: only repeats what age and previous already say"),
        (TREATED.astype(float), "third: tells the two groups apart without error"),
        (np.where(TREATED, 5.0, 1.0) + AGE / 100, "third: tells the two groups apart without error"),
        (np.where(AGE > 50, np.nan, AGE), "third: has missing or infinite values"),
    ],
)
def test_a_useless_column_is_named(column: np.ndarray, words: str) -> None:
    with pytest.raises(Refused, match=words):
        propensity_score(np.column_stack([DESIGN, column]), [*NAMES, "third"], TREATED)


def test_all_useless_columns_are_named_at_once() -> None:
    design = np.column_stack([DESIGN, np.ones(PEOPLE), AGE, TREATED])
    with pytest.raises(Refused) as refused:
        propensity_score(design, [*NAMES, "a", "b", "c"], TREATED)
    assert {fault.field for fault in refused.value.faults} == {"a", "b", "c"}
    assert all(fault.remedy for fault in refused.value.faults)


def test_columns_that_separate_only_together_are_refused() -> None:
    x = RNG.normal(size=200)
    other = RNG.normal(size=200)
    with pytest.raises(Refused, match="together"):
        propensity_score(np.column_stack([x, x + other]), ["one", "two"], other > 0)


def test_a_level_of_one_group_only_sets_its_people_apart_and_moves_nobody_else() -> None:
    rare = np.zeros(PEOPLE)
    rare[np.flatnonzero(~TREATED)[:12]] = 1.0
    ours = propensity_score(np.column_stack([DESIGN, rare]), [*NAMES, "rare"], TREATED)
    without = propensity_score(DESIGN[rare == 0], NAMES, TREATED[rare == 0])
    assert ours.apart_by == ("rare",)
    assert np.array_equal(ours.apart, rare == 1)
    assert ours.linear[rare == 0] == pytest.approx(without.linear, abs=1e-9)
    assert ours.probability[rare == 1].max() < 1e-9
    pairs = match_on_score(ours, TREATED, caliper=0.2)
    assert not ours.apart[pairs.comparison].any()


def test_a_caliper_is_in_standard_deviations_of_everyones_score() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    assert caliper_width(values, 0.5) == pytest.approx(0.5 * np.sqrt(((values - 4) ** 2).sum() / 3))
    assert caliper_width(values, None) is None
    with pytest.raises(Refused, match="is equal for everybody"):
        caliper_width(np.ones(3), 0.2, of="age")


def test_a_factor_becomes_a_column_for_every_level_but_the_first() -> None:
    people = pl.DataFrame({"race": ["white", "black", "hispan", "black"], "married": [True, False, False, True]})
    design = design_matrix(people)
    assert design.names == ("race: hispan", "race: white", "married")
    assert design.covariates == ("race", "race", "married")
    assert design.matrix.tolist() == [[0, 1, 1], [0, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_missing_values_are_refused_by_name_or_marked() -> None:
    people = pl.DataFrame({"age": [20.0, None], "sex": [None, "F"], "x": [1.0, 2.0]})
    with pytest.raises(Refused) as refused:
        design_matrix(people)
    assert [fault.field for fault in refused.value.faults] == ["age", "sex"]
    design = design_matrix(people.with_columns(again=pl.col("age") * 2), missing="indicator")
    assert design.names == ("age", "age: not known", "sex: not known", "x", "again")
    assert design.matrix.tolist() == [[20, 0, 1, 1, 40], [0, 1, 0, 2, 0]]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pl.Series("c", [None, None], dtype=pl.Float64), "is not known for anybody"),
        (pl.Series("c", [1.0, float("inf")]), "infinite"),
        (pl.Series("c", ["2020-01-01", "2021-01-01"]).str.to_date(), "holds dates or times"),
    ],
)
def test_a_column_that_is_no_covariate_is_refused(column: pl.Series, words: str) -> None:
    with pytest.raises(Refused, match=words):
        design_matrix(column.to_frame(), missing="indicator")


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(Refused, match="empty"):
        propensity_score(DESIGN, NAMES, np.ones(PEOPLE, bool))
