"""Intervals cover the truth about as often as they say, over 200 made-up studies of each kind (seeds fixed)."""

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.statistics.areas.design import area_design
from whatworks.statistics.areas.effect import area_effect
from whatworks.statistics.areas.given import given_by_area
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.score import propensity_score

pytestmark = pytest.mark.slow

RUNS = 200
PEOPLE = 1000


def study(seed: int, replace: bool, ratio: int, shocks: float = 0.0) -> tuple[Estimate, float, Matched, tuple]:
    """Return an estimate and the true effect on the matched treated; the scheme takes the riskier."""
    rng = np.random.default_rng(seed)
    values = np.column_stack([rng.normal(size=(PEOPLE, 3)), rng.random(PEOPLE) < 0.3])
    treated = rng.random(PEOPLE) < 1 / (1 + np.exp(-(-1.4 + values @ [0.6, 0.3, 0.0, 0.5])))
    area = np.where(treated, rng.integers(0, 6, PEOPLE), rng.integers(6, 32, PEOPLE))
    log_odds = -0.4 + values @ [0.7, 0.0, 0.4, 0.5] + shocks * rng.normal(size=32)[area]
    without, within = (1 / (1 + np.exp(-(log_odds + shift))) for shift in (0.0, -0.35 - 0.2 * values[:, 3]))
    outcome = (rng.random(PEOPLE) < np.where(treated, within, without)).astype(float)
    names = ("a", "b", "c", "d")
    design = Design(values, names, names)
    pairs = match_on_score(propensity_score(values, names, treated), treated, caliper=0.2, ratio=ratio, replace=replace)
    matched = matched_sample(pairs, treated, replace=replace)
    analysed = treated & matched.used
    truth = float((within - without)[analysed].mean())
    found = matched_effect(outcome, treated, matched, design, yes_no=True)
    return found, truth, matched, (outcome, treated, area, design)


def covered(found: Estimate, truth: float) -> bool:
    return found.ci_low <= truth <= found.ci_high


@pytest.mark.parametrize(("replace", "ratio"), [(False, 1), (True, 1)])
def test_the_interval_covers_the_truth(replace: bool, ratio: int) -> None:
    results = [study(seed, replace, ratio)[:2] for seed in range(1, RUNS + 1)]
    share = np.mean([covered(*result) for result in results])
    off = np.array([found.difference - truth for found, truth in results])
    # 200 runs: the share's own standard error is 1.5 points.
    assert 0.905 <= share <= 0.99
    assert abs(off.mean()) < 4 * off.std() / np.sqrt(RUNS) + 0.004
    assert 0.85 < off.std() / np.mean([found.se for found, _ in results]) < 1.15


def test_boroughs_that_differ_break_the_persons_interval_and_the_boroughs_one_allows_for_it() -> None:
    persons, boroughs = [], []
    for seed in range(1, RUNS + 1):
        found, truth, matched, (outcome, treated, area, design) = study(seed, False, 1, shocks=0.4)
        persons.append(covered(found, truth))
        people = pl.DataFrame({"treated": treated, "area": area.astype(str)})
        areas = area_design(people, given_by_area(people))
        by_area = area_effect(areas, outcome, treated, matched, design, design.matrix, yes_no=True)
        boroughs.append(covered(by_area, truth))
    assert np.mean(persons) < 0.9
    assert 0.88 <= np.mean(boroughs) <= 1.0
    assert np.mean(boroughs) > np.mean(persons) + 0.05
