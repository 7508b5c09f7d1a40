"""Estimate how likely each person was to be in the scheme, given what was known about them: the propensity score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from whatworks.evaluation.design_check import check_design
from whatworks.evaluation.logistic import logistic_fit
from whatworks.records.refusal import Refused

Link = Literal["logit", "linear.logit"]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FAR_APART = 30.0
A_FEW = 1000


@dataclass(frozen=True, slots=True)
class Score:
    """Propensity scores: `values` are what people are matched on, a probability or (linear.logit) its log-odds.

    `coefficients` are on the log-odds scale, the intercept first under the name `intercept`. `apart` marks people who
    share a value of one of the columns `apart_by` with nobody of the other group: nobody can stand for them, nor they
    for anybody, so the regression leaves them and those columns out (its own limit), and so does matching.
    """

    values: Floats
    probability: Floats
    linear: Floats
    coefficients: dict[str, float]
    link: Link
    apart: Flags
    apart_by: tuple[str, ...]


def propensity_score(
    matrix: npt.ArrayLike, names: Sequence[str], treated: npt.ArrayLike, link: Link = "linear.logit"
) -> Score:
    """Fit a logistic regression of `treated` on the columns of `matrix`, without penalty, and score everyone.

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
    apart, used, by = _set_apart(design, flags)
    everyone = not apart.any()
    taken = design if len(used) == design.shape[1] else design[:, used]
    together = taken if everyone else taken[~apart]
    centre, scale = together.mean(axis=0), together.std(axis=0)
    scaled = taken - centre
    scaled /= scale
    fitting = scaled if everyone else scaled[~apart]
    fitted = logistic_fit(fitting, flags[~apart].astype(np.float64))
    linear = fitted[0] + scaled @ fitted[1:]
    _check_fit(fitting, linear[~apart], flags[~apart])
    linear[apart] = np.where(flags[apart], FAR_APART, -FAR_APART)
    probability = expit(linear)
    slopes = fitted[1:] / scale
    coefficients = {"intercept": float(fitted[0] - slopes @ centre)}
    coefficients |= {names[j]: float(slope) for j, slope in zip(used, slopes, strict=True)}
    values = probability if link == "logit" else linear
    return Score(values, probability, linear, coefficients, link, apart, tuple(names[j] for j in by))


def _set_apart(design: Floats, treated: Flags) -> tuple[Flags, list[int], list[int]]:
    """Find who is set apart by a 0/1 column one of whose values occurs in one group only, until nobody more is."""
    apart = np.zeros(len(treated), dtype=np.bool_)
    used, by = list(range(design.shape[1])), []
    ends = design.min(axis=0), design.max(axis=0)
    few = design[:A_FEW]
    two_valued = ((few == ends[0]) | (few == ends[1])).all(axis=0)
    changed = True
    while changed:
        changed = False
        for j in list(used):
            if not two_valued[j] and not apart.any():
                continue
            column = design[:, j]
            low, high = column[~apart].min(), column[~apart].max()
            if low == high:
                used.remove(j)
            elif bool(((column == low) | (column == high) | apart).all()):
                alone = [value for value in (low, high) if _of_one_group(treated[~apart & (column == value)])]
                for value in alone:
                    apart |= column == value
                if alone:
                    used.remove(j)
                    by.append(j)
                    changed = True
        if not treated[~apart].any() or treated[~apart].all():
            raise Refused(
                "the covariates together tell the two groups apart without error, so that nobody is like anybody else",
                "leave out the covariates that decide who is in the scheme, or choose other comparisons",
            )
    return apart, used, by


def _of_one_group(treated: Flags) -> bool:
    return bool(treated.all() or not treated.any())


def _check_fit(scaled: Floats, linear: Floats, treated: Flags) -> None:
    if not np.isfinite(linear).all() or linear[treated].min() > linear[~treated].max():
        raise Refused(
            "the covariates together tell the two groups apart without error, so that nobody is like anybody else",
            "leave out the covariates that decide who is in the scheme, or choose other comparisons",
        )
    slope = scaled.T @ (treated - expit(linear)) / len(linear)
    if len(slope) and float(np.abs(slope).max()) > 1e-6:
        raise Refused(
            "the propensity score did not settle: some covariates together come close to telling the groups apart",
            "leave out the covariates that decide who is in the scheme, or match exactly on them",
        )
