"""Estimate what the scheme changed for the people in it: regression in the matched sample, averaged over them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.groups.estimate import Estimate, Group, interval, quantile, two_sided_p
from whatworks.statistics.groups.intervals import group_mean, wilson
from whatworks.statistics.groups.ratio import Ratio
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.grid import same_for_all
from whatworks.statistics.regression.weighted_regression import Fit, SeKind, independent, weighted_fit

About = Literal["treated", "comparison", "all"]

PEOPLE_PER_TERM = 10
SE_WORDS = {
    "CR1": "clustered on the {cluster} (CR1)",
    "CR2": "clustered on the {cluster} (CR2, with Satterthwaite's degrees of freedom: {df})",
    "CR3": "clustered on the {cluster} (CR3, leaving out one at a time)",
    "HC1": "robust, one weighted row a person (HC1)",
    "HC3": "robust, one weighted row a person (HC3)",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """The people of the matched sample whose outcome is known, with their weights and matched sets."""

    outcome: Floats
    treated: Flags
    weights: Floats
    subclass: Ints | None
    rows: Ints


def matched_effect(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    matched: Matched,
    covariates: Design | None = None,
    *,
    yes_no: bool,
    se_kind: SeKind | None = None,
    clusters: npt.ArrayLike | None = None,
    cluster_name: str = "matched set",
    about: About = "treated",
) -> Estimate:
    """Return the effect on the matched treated: what happened to them less what would have without the scheme.

    `outcome` is 0/1 or a number, missing (NaN) where it is not known: such people are left out, and with them a set
    that has nobody left on one side. With `covariates` a linear regression with treatment-by-covariate terms is
    averaged over the matched treated (g-computation); without, the plain difference of weighted means. The same linear
    model serves yes/no outcomes: what is averaged is a difference of means.

    Errors: without replacement clustered on the matched set (`CR3`; `CR1` is R's); with replacement one weighted row a
    person, robust (`HC3`; clustering on pairs would cover too seldom and is refused). Other `clusters` (areas) may be
    given. The propensity score and the covariates of the treated are taken as fixed. `about` says over whom is
    averaged: the treated, the comparisons, or all who count, by their weights.

    >>> from whatworks.statistics.pairs.nearest import Pairs
    >>> from whatworks.statistics.pairs.weights import matched_sample
    >>> treated = np.array([True] * 3 + [False] * 3)
    >>> pairs = Pairs(np.array([0, 1, 2]), np.array([3, 4, 5]), np.ones(3, int))
    >>> matched = matched_sample(pairs, treated, replace=False)
    >>> effect = matched_effect([0, 0, 1, 1, 0, 1], treated, matched, yes_no=True)
    >>> round(effect.difference, 4), effect.se_kind
    (-0.3333, 'clustered on the matched set (CR3, leaving out one at a time)')
    """
    fit, target, sample, name, words = _fitted(
        outcome, treated, matched, covariates, se_kind, clusters, cluster_name, about
    )
    return _estimate(fit, target, sample, yes_no, name, words)


def matched_ratios(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    matched: Matched,
    covariates: Design | None = None,
    *,
    yes_no: bool,
    se_kind: SeKind | None = None,
    clusters: npt.ArrayLike | None = None,
    about: About = "treated",
) -> tuple[Ratio, ...]:
    """Return the same effect as a ratio of shares and of odds (yes/no), or of rates (numbers of offences per person).

    The two expected outcomes are those of `matched_effect`; intervals are found on the log scale by the delta method,
    with the same errors, which allow the counts to vary more than Poisson's. None where an expected outcome is not
    within its bounds.

    >>> from whatworks.statistics.pairs.nearest import Pairs
    >>> from whatworks.statistics.pairs.weights import matched_sample
    >>> treated = np.arange(40) < 20
    >>> matched = matched_sample(Pairs(np.arange(20), np.arange(20, 40), np.ones(20, int)), treated, replace=False)
    >>> outcome = np.repeat([1, 0, 1, 0], [5, 15, 10, 10])
    >>> [(one.name, round(one.value, 4)) for one in matched_ratios(outcome, treated, matched, yes_no=True)]
    [('risk ratio', 0.5), ('odds ratio', 0.3333)]
    """
    fit, target, _, _, _ = _fitted(outcome, treated, matched, covariates, se_kind, clusters, "matched set", about)
    without = np.zeros(len(target))
    without[0] = 1.0
    with_it = without + target
    ends = fit.combination(with_it)[0], fit.combination(without)[0]
    if not yes_no:
        return (_ratio("rate ratio", ends, with_it, without, fit, odds=False, bounded=False),)
    return tuple(
        _ratio(name, ends, with_it, without, fit, odds=odds, bounded=True)
        for name, odds in (("risk ratio", False), ("odds ratio", True))
    )


def _ratio(
    name: str,
    ends: tuple[float, float],
    with_it: Floats,
    without: Floats,
    fit: Fit,
    *,
    odds: bool,
    bounded: bool,
) -> Ratio:
    most = 1 - 1e-9 if bounded else np.inf
    if not all(1e-9 < end < most for end in ends):
        return Ratio(name, None, None, None)
    logs = [float(np.log(end / (1 - end) if odds else end)) for end in ends]
    slopes = [1 / (end * (1 - end)) if odds else 1 / end for end in ends]
    terms = with_it * slopes[0] - without * slopes[1]
    se, half = fit.combination(terms)[1], quantile(0.975, fit.df_of(terms))
    gap = logs[0] - logs[1]
    return Ratio(name, float(np.exp(gap)), float(np.exp(gap - half * se)), float(np.exp(gap + half * se)))


def _fitted(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    matched: Matched,
    covariates: Design | None,
    se_kind: SeKind | None,
    clusters: npt.ArrayLike | None,
    cluster_name: str,
    about: About,
) -> tuple[Fit, Floats, Sample, str, str]:
    """Return the regression, which combination the effect is, who is in it, and the names of estimator and errors."""
    kind = se_kind or ("HC3" if matched.subclass is None and clusters is None else "CR3")
    clustered = kind in ("CR1", "CR2", "CR3")
    if clustered and matched.subclass is None and clusters is None:
        raise Refused("errors clustered on pairs are too small with replacement", 'use se_kind "HC1" or "HC3"')
    sample = known_sample(outcome, treated, matched, about)
    terms = matched_terms(covariates, sample, about)
    design, target = _design(terms, sample)
    groups = sample.subclass if clusters is None else _codes(clusters)[sample.rows]
    fit = weighted_fit(design, sample.outcome, sample.weights, se_kind=kind, clusters=groups if clustered else None)
    words = SE_WORDS[kind].format(cluster=cluster_name, df=f"{fit.df_of(target):.1f}")
    if fit.alone:
        words += (
            f"; of {'a person' if kind == 'HC3' else f'a {cluster_name}'} that alone settles a term, the others' terms"
        )
    return fit, target, sample, _name(terms, design), words


def contributions(treated: npt.ArrayLike, matched: Matched, covariates: Design | None = None) -> Floats:
    """Return what one more in each person's outcome adds to the difference of `matched_effect`; 0 outside the sample.

    The estimate is linear in the outcomes, so these add up to it where all of them are known.

    >>> contributions([True, True, False, False], Matched(np.ones(4), None)).tolist()
    [0.5, 0.5, -0.5, -0.5]
    """
    flags = np.asarray(treated, dtype=np.bool_)
    sample = known_sample(np.zeros(len(flags)), flags, matched)
    design, target = _design(matched_terms(covariates, sample, "treated"), sample)
    weighted = design * sample.weights[:, None]
    adds = np.zeros(len(flags))
    adds[sample.rows] = weighted @ np.linalg.solve(design.T @ weighted, target)
    return adds


def known_sample(outcome: npt.ArrayLike, treated: npt.ArrayLike, matched: Matched, about: About = "treated") -> Sample:
    """Return the matched people whose outcome is known.

    Sets that lost one side go; in the others the weights are shared anew: those whom the effect is `about`, the treated
    or the comparisons, weigh 1, and pass it on to the other side of their set.

    Raises `Refused` where fewer than two people of a group are left.
    """
    values, flags = np.asarray(outcome, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    keep, weights = matched.used & ~np.isnan(values), matched.weights
    if matched.subclass is not None:
        keep, weights = _whole_sets(keep, ~flags if about == "comparison" else flags, matched.subclass)
        weights = weights if matched.sampling is None else weights * matched.sampling
    rows = np.flatnonzero(keep)
    if min(flags[rows].sum(), (~flags[rows]).sum()) < 2:
        raise Refused(
            "fewer than two people of a group have a known outcome and a match",
            "look at the attrition table for where they were lost",
        )
    sets = None if matched.subclass is None else matched.subclass[rows]
    return Sample(values[rows], flags[rows], weights[rows], sets, rows)


def _whole_sets(keep: Flags, sought: Flags, subclass: Ints) -> tuple[Flags, Floats]:
    sets = int(subclass.max()) + 1
    code = np.where(subclass < 0, sets, subclass)
    ours = np.bincount(code[keep & sought], minlength=sets + 1)
    theirs = np.bincount(code[keep & ~sought], minlength=sets + 1)
    whole = (ours > 0) & (theirs > 0)
    whole[sets] = False
    keep = keep & whole[code]
    weights = np.where(sought, 1.0, ours[code] / np.maximum(theirs[code], 1)) * keep
    total = weights[~sought].sum()
    if total:
        weights[~sought] *= (keep & ~sought).sum() / total
    return keep, weights


def matched_terms(covariates: Design | None, sample: Sample, about: About) -> Floats:
    """Return the covariates that both groups can inform, centred on those averaged over; none if people are few."""
    if covariates is None or not covariates.columns:
        return np.empty((len(sample.rows), 0))
    values = covariates.matrix[sample.rows]
    usable = [j for j in range(values.shape[1]) if _usable(values[:, j], sample.treated)]
    values = values[:, usable]
    spread = values.std(axis=0)
    whom = {"treated": sample.treated, "comparison": ~sample.treated, "all": np.ones(len(values), dtype=np.bool_)}[
        about
    ]
    mean = np.average(values[whom], axis=0, weights=sample.weights[whom])
    centred = (values - mean) / np.where(spread > 0, spread, 1.0)
    fewest = min(int(sample.treated.sum()), int((~sample.treated).sum()))
    kept = independent(np.column_stack([np.ones(len(values)), centred]))[1:]
    return centred[:, [j - 1 for j in kept]] if fewest >= PEOPLE_PER_TERM * len(kept) else centred[:, :0]


def _usable(column: Floats, treated: Flags) -> bool:
    """Tell whether both groups inform a term: it varies in each, and a yes/no has ten people on each side of each."""
    low, high = column.min(), column.max()
    if not bool(((column == low) | (column == high)).all()):
        return bool(np.ptp(column[treated]) > 0 and np.ptp(column[~treated]) > 0)
    counts = [((column == value) & group).sum() for value in (low, high) for group in (treated, ~treated)]
    return bool(low < high and min(counts) >= PEOPLE_PER_TERM)


def _design(terms: Floats, sample: Sample) -> tuple[Floats, Floats]:
    """Return intercept, treatment, covariates and their products; and which combination the effect is."""
    flag = sample.treated.astype(np.float64)[:, None]
    design = np.column_stack([np.ones(len(flag)), flag, terms, terms * flag])
    design = design[:, independent(design)]
    target = np.zeros(design.shape[1])
    target[1] = 1.0
    return design, target


def _codes(clusters: npt.ArrayLike) -> Ints:
    return np.unique(np.asarray(clusters), return_inverse=True)[1].astype(np.int64)


def _name(terms: Floats, design: Floats) -> str:
    if not terms.shape[1]:
        return "difference of means in the matched sample"
    return "regression in the matched sample with treatment-by-covariate terms, averaged over the matched treated"


def _estimate(fit: Fit, target: Floats, sample: Sample, yes_no: bool, name: str, words: str) -> Estimate:
    (difference, se), df = fit.combination(target), fit.df_of(target)
    low, high = interval(difference, se, df)
    without = np.zeros(len(target))
    without[0] = 1.0
    return Estimate(
        difference,
        se,
        low,
        high,
        two_sided_p(difference, se, df),
        df,
        _treated(fit, without + target, sample, yes_no),
        _expected(fit, without, sample.outcome[~sample.treated], yes_no),
        name,
        words,
    )


def _treated(fit: Fit, with_it: Floats, sample: Sample, yes_no: bool) -> Group:
    """Return what happened to the treated; where they count differently, what the regression expects of them."""
    if same_for_all(sample.weights[sample.treated]):
        return group_mean(sample.outcome[sample.treated], yes_no=yes_no)
    return _expected(fit, with_it, sample.outcome[sample.treated], yes_no)


def _expected(fit: Fit, terms: Floats, outcome: Floats, yes_no: bool) -> Group:
    """Return a group's expected outcome, without the scheme or with it; a share's interval is on the log-odds scale."""
    (value, se), df = fit.combination(terms), fit.df_of(terms)
    if not yes_no:
        return Group(len(outcome), None, value, *interval(value, se, df))
    if not 0 < value < 1 or se == 0:
        return Group(len(outcome), int(outcome.sum()), value, *(wilson(outcome.sum(), len(outcome))))
    odds, half = np.log(value / (1 - value)), quantile(0.975, df) * se / (value * (1 - value))
    ends = [float(1 / (1 + np.exp(-(odds + side * half)))) for side in (-1, 1)]
    return Group(len(outcome), int(outcome.sum()), value, ends[0], ends[1])
