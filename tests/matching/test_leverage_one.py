"""Whoever alone settles a term of the regression is met by name, not divided by the rounding of one less one."""

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation import match
from whatworks.statistics.regression.weighted_regression import weighted_fit


def pairs(seed: int, groups: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of a treated and a comparison; two terms are other than zero in the first pair only."""
    rng = np.random.default_rng(seed)
    flag = np.tile([1.0, 0.0], groups)
    age = rng.normal(size=2 * groups)
    rare = np.zeros(2 * groups)
    rare[:2] = 1.0
    design = np.column_stack([np.ones(2 * groups), flag, age, age * flag, rare, rare * flag])
    return design, (rng.random(2 * groups) < 0.4).astype(float), np.repeat(np.arange(groups), 2)


def left_out(design: np.ndarray, outcome: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Fit without each cluster in turn, its own terms left out where nobody else has them: the jackknife itself."""
    fits = []
    for group in np.unique(clusters):
        rest = clusters != group
        terms = np.flatnonzero((design[rest] != 0).any(axis=0))
        fits.append(np.linalg.lstsq(design[rest][:, terms], outcome[rest], rcond=None)[0][:4])
    return np.array(fits)


@pytest.mark.parametrize("seed", range(12))
def test_a_pair_of_leverage_one_leaves_the_jackknife_of_the_others(seed: int) -> None:
    design, outcome, clusters = pairs(seed)
    fit = weighted_fit(design, outcome, np.ones(len(outcome)), se_kind="CR3", clusters=clusters)
    gaps = left_out(design, outcome, clusters) - fit.coefficients[:4]
    expected = np.sqrt((len(gaps) - 1) / len(gaps) * (gaps**2).sum(axis=0))
    assert np.sqrt(np.diag(fit.covariance)[:4]) == pytest.approx(expected, rel=1e-8)
    assert fit.alone == 1


@pytest.mark.parametrize("seed", range(12))
def test_a_person_of_leverage_one_leaves_hc3_of_the_others(seed: int) -> None:
    design, outcome, _ = pairs(seed)
    fit = weighted_fit(design, outcome, np.ones(len(outcome)), se_kind="HC3")
    others = weighted_fit(design[2:, :4], outcome[2:], np.ones(len(outcome) - 2), se_kind="HC3")
    assert np.sqrt(np.diag(fit.covariance)[:4]) == pytest.approx(np.sqrt(np.diag(others.covariance)), rel=1e-8)
    assert (fit.alone, others.alone) == (2, 0)


@pytest.mark.parametrize(("replace", "who"), [(False, "of a matched set that alone"), (True, "of a person that alone")])
def test_an_estimate_says_that_somebody_settles_a_term_alone(replace: bool, who: str) -> None:
    """A covariate that is other than zero for one of the treated and one comparison, by different amounts elsewhere."""
    rng = np.random.default_rng(3)
    n = 200
    people = pl.DataFrame(
        {
            "t": [1] * n + [0] * n,
            "score": np.tile(np.arange(n) / n, 2),
            "fines": np.where(np.arange(2 * n) % n == 0, np.repeat([2.0, 3.0], n), 0.0),
            "again": (rng.random(2 * n) < 0.4).astype(int),
        }
    )
    made = match(people, treated="t", covariates=["score", "fines"], distance="score", replace=replace)
    estimate = made.effect("again")
    assert who in estimate.se_kind
    assert 0.03 < estimate.se < 0.07
    assert (
        "alone settles"
        not in match(people, treated="t", covariates=["score"], distance="score").effect("again").se_kind
    )
