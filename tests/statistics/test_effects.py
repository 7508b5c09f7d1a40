"""Effects in the matched sample are those of statsmodels' regressions, and keep laws that any effect must keep."""

import causaldata
import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.api as sm

from whatworks.evaluation.answer.full_cohort import full_cohort_sample
from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.evaluation.matching.ties import tie_extremes, tie_sensitivity
from whatworks.examples import example
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.two_sample import compare_means
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.design_matrix import Design, design_matrix
from whatworks.statistics.regression.g_computation import matched_effect, matched_ratios
from whatworks.statistics.regression.score import propensity_score
from whatworks.statistics.regression.weighted_regression import independent, weighted_fit

RNG = np.random.default_rng(21)
PEOPLE = 1200
COVARIATES = RNG.normal(size=(PEOPLE, 3))
TREATED = RNG.random(PEOPLE) < 1 / (1 + np.exp(1.2 - 0.5 * COVARIATES[:, 0]))
OUTCOME = 1 + COVARIATES @ [1.0, 0.5, 0] + TREATED * (0.3 + 0.4 * COVARIATES[:, 0]) + RNG.normal(size=PEOPLE)
YES = (OUTCOME > 1.5).astype(float)
DESIGN = Design(COVARIATES, ("a", "b", "c"), ("a", "b", "c"))
SCORE = propensity_score(COVARIATES, DESIGN.names, TREATED)


def interacted(sample: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    flag = TREATED[sample].astype(float)
    values = COVARIATES[sample]
    centred = values - np.average(values[TREATED[sample]], axis=0)
    return np.column_stack([np.ones(len(flag)), flag, centred, centred * flag[:, None]]), weights[sample]


@pytest.mark.parametrize("ratio", [1, 2])
def test_g_computation_is_statsmodels_clustered_regression(ratio: int) -> None:
    matched = matched_sample(match_on_score(SCORE, TREATED, caliper=0.2, ratio=ratio), TREATED, replace=False)
    found = matched_effect(OUTCOME, TREATED, matched, DESIGN, yes_no=False, se_kind="CR1")
    design, weights = interacted(matched.used, matched.weights)
    theirs = sm.WLS(OUTCOME[matched.used], design, weights=weights)
    theirs = theirs.fit(cov_type="cluster", cov_kwds={"groups": matched.subclass[matched.used]})
    assert found.difference == pytest.approx(theirs.params[1], rel=1e-9)
    assert found.se == pytest.approx(theirs.bse[1], rel=1e-9)
    assert found.df == len(np.unique(matched.subclass[matched.used])) - 1
    assert found.comparison.value == pytest.approx(theirs.params[0], rel=1e-9)
    assert found.treated.value - found.comparison.value == pytest.approx(found.difference)


@pytest.mark.parametrize("ratio", [1, 2])
def test_errors_are_those_of_leaving_out_one_matched_set_at_a_time(ratio: int) -> None:
    matched = matched_sample(match_on_score(SCORE, TREATED, caliper=0.2, ratio=ratio), TREATED, replace=False)
    found = matched_effect(OUTCOME, TREATED, matched, DESIGN, yes_no=False)
    design, weights = interacted(matched.used, matched.weights)
    outcome, sets = OUTCOME[matched.used], matched.subclass[matched.used]
    root = np.sqrt(weights)
    fits = [
        np.linalg.lstsq(design[keep] * root[keep, None], outcome[keep] * root[keep], rcond=None)[0][1]
        for keep in (sets != one for one in np.unique(sets))
    ]
    spread = sum((fit - found.difference) ** 2 for fit in fits)
    assert found.se == pytest.approx(np.sqrt((len(fits) - 1) / len(fits) * spread), rel=1e-8)
    assert found.se_kind == "clustered on the matched set (CR3, leaving out one at a time)"


def test_leaving_out_large_clusters_is_leaving_out_their_rows() -> None:
    design = np.column_stack([np.ones(PEOPLE), TREATED, COVARIATES])
    weights, areas = RNG.uniform(0.5, 2, PEOPLE), RNG.integers(0, 12, PEOPLE)
    fit = weighted_fit(design, OUTCOME, weights, se_kind="CR3", clusters=areas)
    without = np.array(
        [sm.WLS(OUTCOME[areas != a], design[areas != a], weights=weights[areas != a]).fit().params for a in range(12)]
    )
    expected = 11 / 12 * sum(np.outer(one, one) for one in without - fit.coefficients)
    assert fit.covariance == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("kind", ["HC1", "HC3"])
def test_with_replacement_a_person_is_one_weighted_row(kind: str) -> None:
    matched = matched_sample(match_on_score(SCORE, TREATED, replace=True), TREATED, replace=True)
    found = matched_effect(OUTCOME, TREATED, matched, DESIGN, yes_no=False, se_kind=kind)
    design, weights = interacted(matched.used, matched.weights)
    theirs = sm.WLS(OUTCOME[matched.used], design, weights=weights).fit(cov_type=kind)
    assert (found.difference, found.se) == pytest.approx((theirs.params[1], theirs.bse[1]), rel=1e-9)
    assert "one weighted row a person" in found.se_kind


def test_clustering_on_pairs_with_replacement_is_refused() -> None:
    matched = matched_sample(match_on_score(SCORE, TREATED, replace=True), TREATED, replace=True)
    with pytest.raises(Refused, match="clustered on pairs"):
        matched_effect(OUTCOME, TREATED, matched, yes_no=False, se_kind="CR1")


def test_swapping_the_groups_of_pairs_turns_the_sign() -> None:
    pairs = match_on_score(SCORE, TREATED, caliper=0.2)
    swapped = Pairs(pairs.comparison, pairs.treated, pairs.round)
    ours = matched_effect(YES, TREATED, matched_sample(pairs, TREATED, replace=False), yes_no=True)
    other = matched_effect(YES, ~TREATED, matched_sample(swapped, ~TREATED, replace=False), yes_no=True)
    assert (ours.difference, ours.se, ours.p) == pytest.approx((-other.difference, other.se, other.p), rel=1e-9)


def test_the_order_of_rows_and_the_units_are_nothing() -> None:
    turn = RNG.permutation(PEOPLE)
    results = []
    for rows, scale in ((np.arange(PEOPLE), 1.0), (turn, 1.0), (turn, 1000.0)):
        design = Design(COVARIATES[rows] * scale, DESIGN.names, DESIGN.covariates)
        score = propensity_score(design.matrix, design.names, TREATED[rows])
        pairs = match_on_score(score, TREATED[rows], caliper=0.2)
        matched = matched_sample(pairs, TREATED[rows], replace=False)
        found = matched_effect(OUTCOME[rows] * scale, TREATED[rows], matched, design, yes_no=False)
        results.append((found.difference / scale, found.se / scale, found.p))
    assert results[1] == pytest.approx(results[0], rel=1e-7)
    assert results[2] == pytest.approx(results[0], rel=1e-7)


def test_verdict_interval_and_p_are_one() -> None:
    for shift in np.linspace(-0.6, 0.6, 25):
        matched = matched_sample(match_on_score(SCORE, TREATED, caliper=0.2), TREATED, replace=False)
        found = matched_effect(OUTCOME + shift * TREATED, TREATED, matched, DESIGN, yes_no=False)
        assert (found.p < 0.05) == (found.ci_low * found.ci_high > 0)
        assert found.ci_low < found.difference < found.ci_high


def test_an_outcome_not_known_takes_its_person_and_a_broken_set_out() -> None:
    treated = np.array([True, True, True, False, False, False, False])
    pairs = Pairs(np.array([0, 1, 2, 2]), np.array([3, 4, 5, 6]), np.array([1, 1, 1, 2]))
    matched = matched_sample(pairs, treated, replace=False)
    outcome = np.array([1.0, np.nan, 0.0, 0.0, 1.0, np.nan, 1.0])
    found = matched_effect(outcome, treated, matched, yes_no=True)
    # Left: person 0 with 3 and person 2 with 6 (5 is not known). Treated 1/2, comparisons 1/2.
    assert (found.treated.n, found.comparison.n, found.difference) == (2, 2, pytest.approx(0.0))


def test_too_few_people_are_refused() -> None:
    treated = np.array([True, False])
    matched = matched_sample(Pairs(np.array([0]), np.array([1]), np.array([1])), treated, replace=False)
    with pytest.raises(Refused, match="fewer than two"):
        matched_effect([1.0, 0.0], treated, matched, yes_no=True)


def test_terms_that_one_group_cannot_inform_are_left_out() -> None:
    rare = np.zeros(PEOPLE)
    rare[np.flatnonzero(~TREATED)[:50]] = 1.0
    wide = Design(np.column_stack([COVARIATES, rare, 2 * COVARIATES[:, 0]]), tuple("abcde"), tuple("abcde"))
    matched = matched_sample(match_on_score(SCORE, TREATED, caliper=0.2), TREATED, replace=False)
    found = matched_effect(OUTCOME, TREATED, matched, wide, yes_no=False)
    assert found.difference == pytest.approx(matched_effect(OUTCOME, TREATED, matched, DESIGN, yes_no=False).difference)


def test_with_few_people_a_term_the_plain_difference_is_given_and_named() -> None:
    treated = np.arange(40) < 20
    matched = matched_sample(Pairs(np.arange(20), np.arange(20, 40), np.ones(20, int)), treated, replace=False)
    design = Design(RNG.normal(size=(40, 3)), tuple("abc"), tuple("abc"))
    found = matched_effect(RNG.normal(size=40), treated, matched, design, yes_no=False)
    assert found.estimator == "difference of means in the matched sample"


def test_a_constant_outcome_is_no_difference() -> None:
    matched = matched_sample(match_on_score(SCORE, TREATED, caliper=0.2), TREATED, replace=False)
    found = matched_effect(np.zeros(PEOPLE), TREATED, matched, DESIGN, yes_no=True)
    assert (found.difference, found.p) == (pytest.approx(0.0), pytest.approx(1.0))


def test_independent_columns_are_a_basis() -> None:
    columns = RNG.normal(size=(50, 4))
    made = np.column_stack([columns, columns[:, 0] + columns[:, 1], np.zeros(50), columns[:, 2] * 1e-6])
    assert independent(made) == [0, 1, 2, 3]
    kept = made[:, independent(made)]
    assert np.linalg.matrix_rank(kept) == kept.shape[1] == np.linalg.matrix_rank(made, tol=1e-9)
    assert np.isfinite(weighted_fit(kept, columns[:, 0], np.ones(50), se_kind="HC1").covariance).all()


def test_the_randomised_trial_of_lalonde_and_dehejia() -> None:
    people = causaldata.nsw_mixtape.load_pandas().data
    ours, theirs = (people.query(f"treat == {group}")["re78"].to_numpy() for group in (1, 0))
    assert (len(ours), len(theirs)) == (185, 260)
    assert round(compare_means(ours, theirs).difference, 2) == 1794.34


def test_lalonde_with_comparisons_from_a_survey_comes_back_to_the_experiment() -> None:
    trial = causaldata.nsw_mixtape.load_pandas().data.query("treat == 1")
    people = pd.concat([trial, causaldata.cps_mixtape.load_pandas().data], ignore_index=True)
    treated, earned = (people["treat"] == 1).to_numpy(), people["re78"].to_numpy()
    assert (~treated).sum() == 15_992
    assert round(earned[treated].mean() - earned[~treated].mean()) == -8498
    columns = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
    known = people[columns].assign(none_74=people["re74"] == 0, none_75=people["re75"] == 0)
    design = Design(known.to_numpy(float), tuple(known.columns), tuple(known.columns))
    pairs = match_on_score(propensity_score(design.matrix, design.names, treated), treated, caliper=0.2)
    matched = matched_sample(pairs, treated, replace=False)
    found = matched_effect(earned, treated, matched, design, yes_no=False)
    # The experiment's own 95% interval; bias of a naive comparison is more than ten thousand dollars.
    assert 479 <= found.difference <= 3109
    assert found.ci_low <= 1794 <= found.ci_high


def test_ties_move_lalondes_estimate_as_published() -> None:
    people = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    treated = (people["treat"] == 1).to_numpy()
    design = design_matrix(people.select("age", "educ", "race", "married", "nodegree", "re74", "re75"))
    score = propensity_score(design.matrix, design.names, treated, "logit")
    earned = people["re78"].to_numpy()
    ends = tie_extremes(earned, score.values, treated)
    assert (round(ends.low), round(ends.high)) == (1669, 2264)
    effect = lambda matched: matched_effect(earned, treated, matched, yes_no=False).difference  # noqa: E731
    found = tie_sensitivity(effect, score, treated, ways=30, seed=1, replace_=True)
    assert ends.low <= found.low < found.high - 200 < found.high <= ends.high


def test_of_two_comparisons_equally_near_on_either_side_each_may_be_taken() -> None:
    ends = tie_extremes([5.0, 1.0, 3.0], [0.5, 0.25, 0.75], [True, False, False])
    assert (ends.low, ends.high) == (5 - 3, 5 - 1)


def test_a_comparison_serves_as_often_as_the_whole_cohort_needs() -> None:
    whole = full_cohort_sample(propensity_score(COVARIATES, DESIGN.names, ~TREATED), ~TREATED)
    found = matched_effect(YES, ~TREATED, whole, yes_no=True)
    assert found.treated.n == (~TREATED).sum() > TREATED.sum() >= found.comparison.n


def test_without_ties_their_breaking_moves_nothing() -> None:
    effect = lambda matched: matched_effect(YES, TREATED, matched, DESIGN, yes_no=True).difference  # noqa: E731
    found = tie_sensitivity(effect, SCORE, TREATED, ways=3, seed=1, caliper=0.2)
    assert found.low == pytest.approx(found.high, abs=1e-12)


def test_the_whole_cohort_is_kept_where_the_caliper_drops_some() -> None:
    pairs = match_on_score(SCORE, TREATED, caliper=0.001)
    assert len(set(pairs.treated.tolist())) < TREATED.sum()
    whole = full_cohort_sample(SCORE, TREATED)
    assert matched_effect(YES, TREATED, whole, DESIGN, yes_no=True).treated.n == TREATED.sum()
    assert whole.used[TREATED].all()
    strata = np.where(np.arange(PEOPLE) == np.flatnonzero(TREATED)[0], "alone", "others")
    assert (TREATED & ~full_cohort_sample(SCORE, TREATED, strata).used).sum() == 1


def test_the_odds_ratio_and_the_expected_share_have_intervals_of_the_log_odds_by_arithmetic() -> None:
    """10 of 40 against 24 of 40. Leaving each out in turn, a mean's variance is p(1-p) n/(n-1)^2; on the log-odds
    scale it is divided by (p(1-p))^2; 80 people less two means leave 78 degrees of freedom."""
    outcome = np.r_[np.repeat([1, 0], [10, 30]), np.repeat([1, 0], [24, 16])]
    treated, matched = np.arange(80) < 40, Matched(np.ones(80), None)
    odds = matched_ratios(outcome, treated, matched, yes_no=True)[1]
    expected = matched_effect(outcome, treated, matched, yes_no=True).comparison
    ours, theirs = (40 / (39**2 * share * (1 - share)) for share in (0.25, 0.6))
    half = 1.990847068811688 * np.sqrt(ours + theirs)
    assert np.log([odds.ci_low, odds.ci_high]) == pytest.approx(np.log(2 / 9) + np.array([-half, half]), rel=1e-9)
    half = 1.990847068811688 * np.sqrt(theirs)
    ends = np.array([expected.ci_low, expected.ci_high])
    assert np.log(ends / (1 - ends)) == pytest.approx(np.log(1.5) + np.array([-half, half]), rel=1e-9)
