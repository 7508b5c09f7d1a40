"""Was it like for like? Compare the groups on everything known about them, before and after matching."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.regression.design_matrix import is_factor, levels
from whatworks.statistics.regression.grid import same_for_all

Band = Literal["green", "amber", "red"]
A_FEW = 1000


@dataclass(frozen=True, slots=True)
class Balance:
    """One covariate, or one level of a factor. A share is the mean of 0/1; differences are treated - comparison.

    A standardised mean difference (SMD) is in standard deviations of the treated group before matching, or of both
    groups together. The shape before (variance ratio, largest gap) is given only where it was asked for.
    """

    covariate: str
    level: str | None
    treated_before: float | None
    comparison_before: float | None
    treated_after: float | None
    comparison_after: float | None
    smd_before: float | None
    smd_after: float | None
    variance_ratio_after: float | None
    ks_after: float | None
    missing_treated: int
    missing_comparison: int
    band: Band | None
    variance_ratio_before: float | None = None
    ks_before: float | None = None


def balance(
    covariates: pl.DataFrame,
    treated: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    green: float = 0.05,
    amber: float = 0.10,
    pooled: bool = False,
    shape_before: bool = False,
    sampling: npt.ArrayLike | None = None,
) -> tuple[Balance, ...]:
    """Return a row for every numeric or yes/no covariate and for every level of a factor.

    `weights` are those of the matched sample (0 = not used); without them only "before" is given, and banded.
    People whose value is not known are left out of that covariate and counted; for a factor they are a level.
    `green` and `amber` are the largest absolute SMDs of the two bands. With `pooled`, for effects on everybody, SMDs
    are in the root of the mean of both groups' variances. `shape_before` adds variance ratio and largest gap before.
    `sampling` weights say how many people each stands for, before matching too; `weights` hold them already.

    >>> people = pl.DataFrame({"age": [20.0, 30.0, 22.0, 28.0, 60.0]})
    >>> row, = balance(people, [True, True, False, False, False], [1, 1, 1, 1, 0])
    >>> round(row.smd_before, 3), row.smd_after, row.band
    (-1.65, 0.0, 'green')
    """
    flags = np.asarray(treated, dtype=np.bool_)
    after = None if weights is None else np.asarray(weights, dtype=np.float64)
    each = None if sampling is None else np.asarray(sampling, dtype=np.float64)
    everyone = _groups(flags, np.ones(len(flags), dtype=np.bool_), after)
    return tuple(
        _row(column.name, level, values, everyone if known is None else _groups(flags, known, after), after, asked)
        for asked in [_Asked((green, amber), pooled, shape_before, each)]
        for column in covariates
        for level, values, known in compared_columns(column)
    )


@dataclass(frozen=True, slots=True)
class Ruler:
    """The covariates laid out once, so that the same people can be measured under many weights, cheaply.

    A row for each of `balance`'s rows: the values, whose value is known (None: everybody's), and the spread before.
    """

    columns: tuple[tuple[Floats, Flags | None, float], ...]
    treated: Flags

    def worst(self, weights: Floats, *, green: float, amber: float) -> Band | None:
        """Return the band of the largest difference that `weights` leave; None where nothing can be compared.

        >>> people = pl.DataFrame({"age": [20.0, 30.0, 22.0, 28.0, 60.0]})
        >>> ruler = lay_out(people, np.array([True, True, False, False, False]))
        >>> [ruler.worst(np.array([1.0, 1, 1, 1, last]), green=0.05, amber=0.1) for last in (0, 1)]
        ['green', 'red']
        """
        sides = np.flatnonzero((weights > 0) & self.treated), np.flatnonzero((weights > 0) & ~self.treated)
        found = [
            smd
            for values, known, spread in self.columns
            if (smd := _smd(_means_after(values, known, weights, sides), spread)) is not None
        ]
        return _band(max(found, key=abs), (green, amber)) if found else None


def lay_out(covariates: pl.DataFrame, treated: npt.ArrayLike) -> Ruler:
    """Return a ruler over the rows that `balance` would give of these covariates."""
    flags = np.asarray(treated, dtype=np.bool_)
    columns = []
    for column in covariates:
        for _, values, known in compared_columns(column):
            ours, theirs = (values[side if known is None else side & known] for side in (flags, ~flags))
            if len(ours) and len(theirs):
                columns.append((values, known, _spread(ours, theirs, _binary(values[:A_FEW]) and _binary(values))))
    return Ruler(tuple(columns), flags)


def _means_after(
    values: Floats, known: Flags | None, weights: Floats, sides: tuple[Ints, Ints]
) -> tuple[float | None, float | None]:
    rows = sides if known is None else (sides[0][known[sides[0]]], sides[1][known[sides[1]]])
    if not all(len(side) for side in rows):
        return None, None
    return _mean(values[rows[0]], weights[rows[0]]), _mean(values[rows[1]], weights[rows[1]])


def chance_sd(treated: float, comparison: float) -> float:
    """Return the standard deviation that an SMD has by chance alone: sqrt(2/n) where both groups have n people.

    >>> round(chance_sd(72, 72), 3)
    0.167
    """
    return float(np.sqrt(1 / treated + 1 / comparison)) if treated and comparison else float("inf")


@dataclass(frozen=True, slots=True)
class _Asked:
    bands: tuple[float, float]
    pooled: bool
    shape_before: bool
    sampling: Floats | None


@dataclass(frozen=True, slots=True)
class Groups:
    """Which rows are the treated's and the comparisons' whose value is known, and of these, which count after."""

    ours: Ints
    theirs: Ints
    ours_after: Ints
    theirs_after: Ints
    unknown: tuple[int, int]


def _groups(treated: Flags, known: Flags, weights: Floats | None) -> Groups:
    counts = known & (weights > 0) if weights is not None else np.zeros_like(known)
    ours, theirs = np.flatnonzero(treated & known), np.flatnonzero(~treated & known)
    lacking = int((~known & treated).sum()), int((~known & ~treated).sum())
    return Groups(ours, theirs, ours[counts[ours]], theirs[counts[theirs]], lacking)


def compared_columns(column: pl.Series) -> Iterator[tuple[str | None, Floats, Flags | None]]:
    """Yield the columns to compare, and whose value is known (None: everybody's)."""
    if not is_factor(column):
        values = column.cast(pl.Float64).fill_nan(None)
        if values.null_count():
            yield None, values.fill_null(0.0).to_numpy(), values.is_not_null().to_numpy()
        else:
            yield None, values.to_numpy(), None
        return
    text = column.cast(pl.String)
    for level in levels(column):
        yield level, (text == level).fill_null(False).cast(pl.Float64).to_numpy(), None
    if column.null_count():
        yield "not known", text.is_null().cast(pl.Float64).to_numpy(), None


def _row(
    name: str,
    level: str | None,
    values: Floats,
    who: Groups,
    weights: Floats | None,
    asked: _Asked,
) -> Balance:
    binary = _binary(values[:A_FEW]) and _binary(values)
    ours, theirs = values[who.ours], values[who.theirs]
    each = None if asked.sampling is None else (asked.sampling[who.ours], asked.sampling[who.theirs])
    spread = (_pooled if asked.pooled else _spread)(ours, theirs, binary, each)
    before = _mean(ours, each and each[0]), _mean(theirs, each and each[1])
    smd = _smd(before, spread)
    after: tuple[float | None, float | None] = (None, None)
    smd_after = ratio = ks = None
    if weights is not None:
        t, c = who.ours_after, who.theirs_after
        after = (_mean(values[t], weights[t]), _mean(values[c], weights[c])) if len(t) and len(c) else after
        smd_after = _smd(after, spread)
        if len(t) and len(c):
            ks = _ks(values[t], weights[t], values[c], weights[c])
            ratio = None if binary else _ratio(values[t], weights[t], values[c], weights[c])
    judged = smd if weights is None else smd_after
    return Balance(
        name,
        level,
        *before,
        *after,
        smd,
        smd_after,
        ratio,
        ks,
        *who.unknown,
        _band(judged, asked.bands),
        *(_shape(ours, theirs, binary, each) if asked.shape_before else (None, None)),
    )


def _binary(values: Floats) -> bool:
    return bool(((values == 0) | (values == 1)).all())


def _mean(values: Floats, weights: Floats | None) -> float | None:
    return float(np.average(values, weights=weights)) if len(values) else None


Each = tuple[Floats, Floats] | None
"""Both groups' sampling weights, or None where everybody stands for one person."""


def _spread(ours: Floats, theirs: Floats, binary: bool, each: Each = None) -> float:
    """Return the treated group's standard deviation, or where they are all alike, everybody's."""
    groups = ((ours, each and each[0]), (np.concatenate([ours, theirs]), each and np.concatenate(each)))
    for values, weights in groups:
        if len(values) > 1 and not same_for_all(values):
            return float(np.sqrt(_part(values, binary, weights)))
    return 0.0


def _part(values: Floats, binary: bool, weights: Floats | None) -> float:
    if binary:
        share = float(np.average(values, weights=weights))
        return share * (1 - share)
    return float(values.var(ddof=1)) if weights is None else weighted_variance(values, weights)


def _pooled(ours: Floats, theirs: Floats, binary: bool, each: Each = None) -> float:
    """Return the root of the mean of both groups' variances; where nobody differs in either, everybody's."""
    if min(len(ours), len(theirs)) < 2:
        return _spread(ours, theirs, binary, each)
    parts = [_part(ours, binary, each and each[0]), _part(theirs, binary, each and each[1])]
    spread = float(np.sqrt(sum(parts) / 2))
    return _spread(ours, theirs, binary, each) if same_for_all(ours) and same_for_all(theirs) else spread


def _shape(ours: Floats, theirs: Floats, binary: bool, each: Each = None) -> tuple[float | None, float | None]:
    """Return the ratio of the variances (none of yes/no) and the largest gap of the distribution functions.

    The functions are farthest apart at a value of the smaller group or just below one.
    """
    if not len(ours) or not len(theirs):
        return None, None
    if each is not None:
        return None if binary else _ratio(ours, each[0], theirs, each[1]), _ks(ours, each[0], theirs, each[1])
    if binary:
        return None, abs(float(ours.mean()) - float(theirs.mean()))
    below = 0.0 if same_for_all(theirs) else float(theirs.var(ddof=1))
    ratio = float(ours.var(ddof=1)) / below if below > 0 and len(ours) > 1 else None
    few, many = sorted((np.sort(ours), np.sort(theirs)), key=len)
    gaps: list[float] = []
    for side in ("left", "right"):
        shares = [np.searchsorted(group, few, side=side) / len(group) for group in (few, many)]
        gaps.append(float(np.abs(shares[0] - shares[1]).max()))
    return ratio, max(gaps)


def _smd(means: tuple[float | None, float | None], spread: float) -> float | None:
    if means[0] is None or means[1] is None:
        return None
    return (means[0] - means[1]) / spread if spread else 0.0


def weighted_variance(values: Floats, weights: Floats) -> float:
    """Return the variance of values that stand for `weights` people each, as R's `cov.wt` has it.

    >>> weighted_variance(np.array([1.0, 2.0, 6.0]), np.ones(3))
    7.0
    """
    if same_for_all(values):
        return 0.0
    total = float(weights.sum())
    below = total - float((weights**2).sum()) / total
    centre = float(np.average(values, weights=weights))
    return float((weights * (values - centre) ** 2).sum()) / below if below > 0 else 0.0


def _ratio(ours: Floats, our_weights: Floats, theirs: Floats, their_weights: Floats) -> float | None:
    below = weighted_variance(theirs, their_weights)
    return weighted_variance(ours, our_weights) / below if below > 0 else None


def _ks(ours: Floats, our_weights: Floats, theirs: Floats, their_weights: Floats) -> float:
    """Return the largest gap between the two weighted distribution functions."""
    values = np.concatenate([ours, theirs])
    steps = np.concatenate([our_weights / our_weights.sum(), -their_weights / their_weights.sum()])
    order = np.argsort(values, kind="stable")
    gap = np.cumsum(steps[order])
    last = np.append(np.diff(values[order]) > 0, True)
    return float(np.abs(gap[last]).max())


def band_of(smd: float, green: float = 0.05, amber: float = 0.10) -> Band:
    """Return the band of a standardised mean difference.

    >>> band_of(-0.07)
    'amber'
    """
    return "green" if abs(smd) <= green else "amber" if abs(smd) <= amber else "red"


def _band(smd: float | None, bands: tuple[float, float]) -> Band | None:
    if smd is None:
        return None
    return band_of(smd, *bands)
