"""The effect of a scheme given by area: an exact p over areas, and an interval that keeps its promise with few."""

from dataclasses import dataclass, replace
from functools import reduce
from math import inf, isinf

import numpy as np
import numpy.typing as npt

from whatworks.statistics.areas.assignments import Assignments
from whatworks.statistics.areas.cr2 import cr2
from whatworks.statistics.areas.design import AreaDesign
from whatworks.statistics.areas.permutation import NEARLY, inverted_interval, joint_p, permutation_p
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.groups.estimate import AreaTest, Estimate, Group
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.weighted_regression import independent

LEAST_DF = 5.0
LARGEST_SHARE = 0.5
"""CR2's interval is taken with these degrees of freedom or more, and no area with more than this share of an arm."""
EXACT_P = "; p is exact, over {ways} in which the areas could have been chosen"
AREA_MEANS = "difference of area means, everybody eligible, what covariates account for taken out"
INVERTED = "the effects that the permutation test of areas does not reject"
NO_INTERVAL = "none: these areas are too few for any interval"


@dataclass(frozen=True, slots=True)
class AreaMeans:
    """Areas with somebody whose outcome is known: what is left of its mean, and of its share in the scheme.

    What covariates account for is taken out of both, treatment left out. An effect moves an area's `value` by itself
    times the area's `dose`.
    """

    areas: npt.NDArray[np.intp]
    given: Flags
    value: Floats
    dose: Floats
    ways: Assignments | None

    @property
    def effect(self) -> float:
        """The difference of area means that the covariates do not account for, per person in the scheme."""
        carried = _observed(self.dose, self.given)
        return _observed(self.value, self.given) / carried if carried > NEARLY else _observed(self.value, self.given)


def area_means(
    design: AreaDesign, outcome: npt.ArrayLike, treated: Flags, terms: Floats, among: Flags | None = None
) -> AreaMeans:
    """Return the areas' means of `outcome` over everybody eligible, covariates (`terms`) and strata taken out.

    People whose outcome or area is not known are left out; `among` narrows to some people.
    """
    values = np.asarray(outcome, dtype=np.float64)
    known = ~np.isnan(values) & (design.codes >= 0)
    known = known if among is None else known & among
    codes = design.codes[known]
    columns = [np.ones(len(codes)), *terms[known].T, *_strata_columns(design, codes)]
    left = _residuals(np.column_stack(columns), np.column_stack([values[known], treated[known]]))
    areas, place = np.unique(codes, return_inverse=True)
    counts = np.bincount(place)
    means = [np.bincount(place, column) / counts for column in left.T]
    return AreaMeans(areas, design.given[areas], means[0], means[1], design.ways_of(areas))


def area_effect(
    design: AreaDesign,
    outcome: npt.ArrayLike,
    treated: Flags,
    matched: Matched,
    covariates: Design | None,
    terms: Floats,
    *,
    yes_no: bool,
    among: Flags | None = None,
) -> Estimate:
    """Return the effect on the people treated with the p of areas, and the interval that areas allow.

    The estimate is that of the matched sample with CR2 errors and Satterthwaite's degrees of freedom, where these are
    five or more and no area holds over half of an arm. Else it is the difference of area means, and its interval the
    permutation test's own. With too few areas for any interval its ends are infinite.
    """
    means = area_means(design, outcome, treated, terms, among)
    base = matched_effect(
        outcome, treated, matched, covariates, yes_no=yes_no, se_kind="CR2", clusters=design.codes, cluster_name="area"
    )
    ours, theirs = int(means.given.sum()), int((~means.given).sum())
    p = 1.0 if means.ways is None else permutation_p(means.value, means.ways)
    test = AreaTest(
        ours,
        theirs,
        0 if means.ways is None else means.ways.ways,
        1.0 if means.ways is None else means.ways.smallest_p,
        "CR2",
        base.difference * _observed(means.value, means.given) > 0 if means.ways else False,
    )
    many = min(ours, theirs) >= 2
    if many and base.df >= LEAST_DF and _largest_share(design, outcome, treated, matched) <= LARGEST_SHARE:
        words = f"{base.se_kind}{EXACT_P.format(ways=_ways(means.ways))}"
        return replace(base, p=p, se_kind=words, areas=test)
    return _inverted(base, means, p, test, many, yes_no)


def interaction_by_area(
    design: AreaDesign, outcome: Floats, treated: Flags, terms: Floats, inside: Flags
) -> float | None:
    """Return the p of the effect being the same in every level (a column of `inside` each); None where it is unknown.

    What is the same effect for everybody is taken out first; areas count in which every level has somebody.
    """
    whole = area_means(design, outcome, treated, terms, np.asarray(inside.any(axis=1), dtype=np.bool_))
    left = outcome - whole.effect * treated
    means = [area_means(design, left, treated, terms, level) for level in inside.T]
    shared = reduce(np.intersect1d, [one.areas for one in means])
    ways = design.ways_of(shared)
    if ways is None:
        return None
    table = np.column_stack([one.value[np.isin(one.areas, shared)] for one in means])
    return joint_p(table[:, 1:] - table[:, :1], ways)


def joint_p_by_area(
    design: AreaDesign, columns: Floats, treated: Flags, terms: Floats | None = None, among: Flags | None = None
) -> float:
    """Return the p of areas with the scheme and without differing in none of several columns, over everybody eligible.

    Areas count in which somebody has a known value in every column.
    """
    known = np.asarray(~np.isnan(columns).any(axis=1), dtype=np.bool_)
    known = known if among is None else known & among
    taken = np.empty((len(columns), 0)) if terms is None else terms
    means = [area_means(design, column, treated, taken, known) for column in columns.T]
    return 1.0 if means[0].ways is None else joint_p(np.column_stack([one.value for one in means]), means[0].ways)


def _inverted(base: Estimate, means: AreaMeans, p: float, test: AreaTest, many: bool, yes_no: bool) -> Estimate:
    low, high = (-inf, inf) if means.ways is None else inverted_interval(means.value, means.dose, means.ways)
    bounded = low > -inf or high < inf
    if means.ways is None:
        return replace(base, se=inf, df=0.0, ci_low=low, ci_high=high, p=p, se_kind=NO_INTERVAL, areas=replace(
            test, interval="none", agrees=False))  # fmt: skip
    se, df = _errors(means) if many else (inf, 0.0)
    effect = means.effect
    words = f"{INVERTED if bounded else NO_INTERVAL}{EXACT_P.format(ways=_ways(means.ways))}"
    return replace(
        base,
        difference=effect,
        se=se,
        ci_low=low,
        ci_high=high,
        p=p,
        df=df,
        comparison=_expected(base, effect, low, high, yes_no),
        estimator=AREA_MEANS,
        se_kind=words,
        areas=replace(test, interval="inverted" if bounded else "none", agrees=True),
    )


def _expected(base: Estimate, effect: float, low: float, high: float, yes_no: bool) -> Group:
    """Return what the treated would have been expected to do without the scheme: what they did, less the effect."""
    least, most = (0.0, 1.0) if yes_no else (-inf, inf)
    ends = [end if isinf(end) else min(most, max(least, base.treated.value - end)) for end in (effect, high, low)]
    return replace(base.comparison, value=ends[0], ci_low=ends[1], ci_high=ends[2])


def _errors(means: AreaMeans) -> tuple[float, float]:
    """Return the standard error and degrees of freedom of the difference of area means, an area counting once."""
    left = means.value - means.effect * means.dose
    columns = np.column_stack([np.ones(len(left)), means.given]).astype(np.float64)
    centres = np.where(means.given, left[means.given].mean(), left[~means.given].mean())
    found = cr2(columns, np.ones(len(left)), left - centres, np.arange(len(left)))
    carried = _observed(means.dose, means.given)
    se = float(np.sqrt(found.covariance[1, 1]))
    return se / carried if carried > NEARLY else se, found.df([0.0, 1.0])


def _largest_share(design: AreaDesign, outcome: npt.ArrayLike, treated: Flags, matched: Matched) -> float:
    """Return the largest share of an arm of the matched sample that lives in one area."""
    used = matched.used & ~np.isnan(np.asarray(outcome, dtype=np.float64))
    shares = []
    for arm in (used & treated, used & ~treated):
        weights = np.bincount(design.codes[arm] + 1, matched.weights[arm])
        shares.append(float(weights.max() / weights.sum()))
    return max(shares)


def _observed(values: Floats, given: Flags) -> float:
    if given.all() or not given.any():
        return 0.0
    return float(values[given].mean() - values[~given].mean())


def _residuals(columns: Floats, values: Floats) -> Floats:
    q = np.linalg.qr(columns[:, independent(columns)])[0]
    left: Floats = values - q @ (q.T @ values)
    return left


def _strata_columns(design: AreaDesign, codes: Ints) -> Floats:
    if design.strata is None:
        return np.empty((0, len(codes)))
    own = design.strata[codes]
    return np.array([own == stratum for stratum in np.unique(own)[1:]], dtype=np.float64).reshape(-1, len(codes))


def _ways(ways: Assignments | None) -> str:
    if ways is None:
        return "no ways"
    return f"all {ways.ways:,} ways" if ways.listed else f"{len(ways.given):,} of {ways.ways:,} ways, drawn by lot,"
