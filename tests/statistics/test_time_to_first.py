"""Hazard ratios and incidence with a competing event agree with lifelines; ratios with statsmodels and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from lifelines import AalenJohansenFitter, CoxPHFitter
from scipy.optimize import minimize_scalar

from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import matched_sample
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_ratios
from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
from whatworks.statistics.time.hazard import hazard_ratio

RNG = np.random.default_rng(11)
PEOPLE = 300
TREATED = np.arange(PEOPLE) < PEOPLE // 2
DAYS = np.minimum(np.ceil(RNG.exponential(np.where(TREATED, 300, 220), PEOPLE)), 365)
EVENT = (DAYS < 365) & (RNG.random(PEOPLE) < 0.9)


def best_slope(days: np.ndarray, event: np.ndarray, treated: np.ndarray, weights: np.ndarray) -> float:
    """Maximise Efron's weighted partial likelihood as it is written down, by golden section."""

    def loss(slope: float) -> float:
        total, risk = 0.0, weights * np.exp(slope * treated)
        for day in np.unique(days[event]):
            at = (days == day) & event
            ahead, tied = risk[days >= day].sum(), risk[at].sum()
            logs = [np.log(ahead - k / at.sum() * tied) for k in range(at.sum())]
            total += float((weights[at] * slope * treated[at]).sum() - weights[at].mean() * sum(logs))
        return -total

    return float(minimize_scalar(loss, (-2, 2), method="golden", tol=1e-12).x)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_hazard_ratio_and_its_robust_error_are_lifelines(weighted: bool) -> None:
    weights = RNG.choice([0.5, 1.0, 2.0], PEOPLE) if weighted else np.ones(PEOPLE)
    sets = np.tile(np.arange(PEOPLE // 2), 2)
    found = hazard_ratio(DAYS, EVENT, TREATED, weights, sets)
    table = pd.DataFrame({"days": DAYS, "event": EVENT, "x": TREATED.astype(float), "w": weights, "set": sets})
    fit = CoxPHFitter().fit(table, "days", "event", weights_col="w", cluster_col="set", robust=True)
    assert found.value == pytest.approx(float(np.exp(fit.params_["x"])), rel=1e-4)
    assert np.log(found.value) == pytest.approx(best_slope(DAYS, EVENT, TREATED, weights), abs=1e-6)
    assert found.log_se == pytest.approx(float(fit.standard_errors_["x"]), rel=2e-3)
    assert found.events == EVENT.sum()


def test_a_group_without_events_has_no_finite_ratio() -> None:
    with pytest.raises(Refused, match="no hazard ratio is finite"):
        hazard_ratio([1, 2, 3, 4], [True, True, False, False], [True, True, False, False])


def test_incidence_with_death_is_lifelines_and_less_than_one_minus_kaplan_meier() -> None:
    kind = np.where(EVENT, np.where(RNG.random(PEOPLE) < 0.2, 2, 1), 0)
    days = DAYS + np.arange(PEOPLE) / 1000  # lifelines shakes tied times at random
    found = cumulative_incidence(days, kind, horizon=366)
    theirs = AalenJohansenFitter(calculate_variance=False).fit(days, kind, event_of_interest=1)
    assert found.share[-1] == pytest.approx(float(theirs.cumulative_density_.iloc[-1, 0]), rel=1e-9)
    alone = cumulative_incidence(days, np.where(kind == 2, 0, kind), horizon=366)
    assert found.share[-1] < alone.share[-1]


def test_time_free_is_the_mean_of_days_where_nobody_leaves_early() -> None:
    found = cumulative_incidence(DAYS, EVENT.astype(int) * (DAYS < 365), horizon=365)
    everyone = np.where(EVENT & (DAYS < 365), DAYS, 365)
    watched = cumulative_incidence(everyone, (EVENT & (DAYS < 365)).astype(int), horizon=365)
    assert watched.free == pytest.approx(everyone.mean())
    assert found.free >= watched.free - 1e-9 or not EVENT.all()


def test_ratios_are_those_of_the_regressions_means_with_errors_by_the_delta_method() -> None:
    pairs = Pairs(np.arange(150), np.arange(150, 300), np.ones(150, int))
    matched = matched_sample(pairs, TREATED, replace=False)
    age = RNG.normal(size=PEOPLE)
    outcome = (RNG.random(PEOPLE) < 0.3 + 0.1 * (age > 0) - 0.1 * TREATED).astype(float)
    ratio, odds = matched_ratios(
        outcome, TREATED, matched, Design(age[:, None], ("age",), ("age",)), yes_no=True, se_kind="CR1"
    )
    flag = TREATED.astype(float)
    centred = (age - age[TREATED].mean()) / age.std()
    design = np.column_stack([np.ones(PEOPLE), flag, centred, centred * flag])
    fit = sm.WLS(outcome, design).fit(cov_type="cluster", cov_kwds={"groups": matched.subclass})
    high, low, v = fit.params[0] + fit.params[1], fit.params[0], fit.cov_params()[:2, :2]
    assert ratio.value == pytest.approx(high / low)
    assert odds.value == pytest.approx(high / (1 - high) / (low / (1 - low)))
    gradient = np.array([1 / high - 1 / low, 1 / high])
    se = np.sqrt(gradient @ v @ gradient)
    assert np.log(ratio.ci_high / ratio.value) / se == pytest.approx(1.976, abs=1e-3)  # t on 149 degrees of freedom


def test_without_covariates_the_ratios_are_the_plain_ones() -> None:
    pairs = Pairs(np.arange(150), np.arange(150, 300), np.ones(150, int))
    matched = matched_sample(pairs, TREATED, replace=False)
    outcome = np.r_[np.repeat([1, 0], [40, 110]), np.repeat([1, 0], [60, 90])]
    ratio, odds = matched_ratios(outcome, TREATED, matched, yes_no=True)
    assert (ratio.value, odds.value) == pytest.approx((40 / 60, (40 / 110) / (60 / 90)))
    counts = np.r_[np.repeat([0, 1, 5], 50), np.repeat([1, 2, 6], 50)]
    (rate,) = matched_ratios(counts, TREATED, matched, yes_no=False)
    assert (rate.name, rate.value) == ("rate ratio", pytest.approx(2 / 3))
    (none,) = matched_ratios(np.where(TREATED, 0, counts), TREATED, matched, yes_no=False)
    assert none.value is None
