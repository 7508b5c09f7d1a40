"""Estimate how likely each person was to be in the scheme, given what was known about them: the propensity score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.regression.design_check import check_design
from whatworks.statistics.regression.grid import FINENESS, on_grid, same_for_all, to_digits, weighted_sums
from whatworks.statistics.regression.logistic import logistic_fit
from whatworks.statistics.regression.separation import Apart, apart_by_values, apart_together, told_apart

Link = Literal["logit", "linear.logit"]

FAR_APART = 30.0
ALL_EQUAL = (
    "Everybody has the same score, so that everybody is as near as anybody else: where people were paired, the order "
    "of the rows alone settled who with whom."
)
NOTHING_TOLD = f"The covariates tell nothing about who was treated. {ALL_EQUAL}"


@dataclass(frozen=True, slots=True)
class Score:
    """Propensity scores: `values` are what people are matched on, a probability or (linear.logit) its log-odds.

    `coefficients` are on the log-odds scale, the intercept first under the name `intercept`. `apart` marks people who
    share a value of one of the columns `apart_by` with nobody of the other group, or whom several columns tell apart
    `together`: nobody can stand for them, nor they for anybody, so the regression leaves them out (its own limit), and
    so does matching. Scores are the same on every processor: see `propensity.grid`.
    """

    values: Floats
    probability: Floats
    linear: Floats
    coefficients: dict[str, float]
    link: Link
    apart: Flags
    apart_by: tuple[str, ...]
    together: tuple[tuple[str, ...], ...] = ()

    @property
    def flat(self) -> bool:
        """Whether all who are not set apart have the same score: nothing is known about who was treated."""
        return same_for_all(self.linear[~self.apart])


def propensity_score(
    matrix: npt.ArrayLike,
    names: Sequence[str],
    treated: npt.ArrayLike,
    link: Link = "linear.logit",
    weights: Floats | None = None,
) -> Score:
    """Fit a logistic regression of `treated` on the columns of `matrix`, without penalty, and score everyone.

    `weights` are sampling weights: how many people each stands for.

    Raises `Refused`, naming every column at fault, where a column is constant, repeats others, or tells the groups
    apart without error (no score is then finite), and where one of the groups is empty.

    >>> rng = np.random.default_rng(1)
    >>> age = rng.normal(30, 8, 400)
    >>> score = propensity_score(age[:, None], ["age"], rng.random(400) < 1 / (1 + np.exp(-(age - 30) / 8)), "logit")
    >>> bool(score.coefficients["age"] > 0), score.values.shape
    (True, (400,))
    """
    design = np.ascontiguousarray(matrix, dtype=np.float64)
    flags = np.asarray(treated, dtype=np.bool_)
    check_design(design, names, flags)
    apart = apart_by_values(design, names, flags)
    fit = _fit(design, flags, apart, weights)
    while (further := apart_together(design, names, flags, fit.linear, apart)) is not None:
        apart = further
        fit = _fit(design, flags, apart, weights)
    _check_fit(fit.scaled, fit.linear[~apart.people], flags[~apart.people], among(weights, ~apart.people))
    linear = np.where(apart.people, np.where(flags, FAR_APART, -FAR_APART), fit.linear)
    probability = to_digits(expit(linear))
    coefficients = {"intercept": fit.intercept}
    coefficients |= {names[j]: float(slope) for j, slope in zip(apart.used, fit.slopes, strict=True)}
    values = probability if link == "logit" else linear
    return Score(values, probability, linear, coefficients, link, apart.people, apart.by, apart.together)


def told_together(score: Score) -> tuple[str, ...]:
    """Return a sentence for each set of columns that tells people apart only together."""
    return tuple(
        f"{' and '.join(names)} together tell some people apart from everybody in the other group: nobody can stand "
        "for them, so they take no part in matching."
        for names in score.together
    )


def among(weights: Floats | None, rows: Flags) -> Floats | None:
    """Return the weights of some rows; None where there are none."""
    return None if weights is None else weights[rows]


@dataclass(frozen=True, slots=True)
class _Fit:
    linear: Floats
    intercept: float
    slopes: Floats
    scaled: Floats


def _fit(design: Floats, treated: Flags, apart: Apart, weights: Floats | None) -> _Fit:
    """Fit among those who are not set apart; log-odds are those of everybody."""
    taken = design if len(apart.used) == design.shape[1] else design[:, apart.used]
    scaled = taken[~apart.people] if apart.people.any() else taken.copy()
    centre, scale = scaled.mean(axis=0), scaled.std(axis=0)
    scaled -= centre
    scaled /= scale
    fitted = logistic_fit(scaled, treated[~apart.people].astype(np.float64), among(weights, ~apart.people))
    slopes = fitted[1:] / scale
    sums = weighted_sums(taken, slopes[:, None])
    start = float(on_grid(fitted[0] - slopes @ (centre - sums.centre), -FINENESS))
    held = sums.weights[:, 0]
    return _Fit(start + sums.values[:, 0], start - float(held @ sums.centre), held, scaled)


def _check_fit(scaled: Floats, linear: Floats, treated: Flags, weights: Floats | None) -> None:
    if not np.isfinite(linear).all() or linear[treated].min() > linear[~treated].max():
        raise told_apart()
    off = treated - expit(linear)
    slope = scaled.T @ (off if weights is None else off * weights / weights.mean()) / len(linear)
    if len(slope) and float(np.abs(slope).max()) > 1e-6:
        raise Refused(
            "the propensity score did not settle: some covariates together come close to telling the groups apart",
            "leave out the covariates that decide who is in the scheme, or match exactly on them",
        )
