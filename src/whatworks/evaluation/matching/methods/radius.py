"""Radius matching: every comparison within the caliper counts, shared among those who need it."""

from itertools import pairwise

import numpy as np

from whatworks.evaluation.matching.methods.found import Found, Job, mean_one
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats, Ints


def match_radius(distance: Floats, treated: Flags, *, caliper: float | None, strata: Ints | None = None) -> Found:
    """Return weights: each treated unit shares a weight of one among all comparisons within `caliper` of it.

    `caliper` is in units of `distance`; `strata` must be equal. Weights are found by running sums over each stratum in
    order of distance, so that time and memory grow with the number of units, not of pairs; then the comparisons' are
    scaled to a mean of one. A treated unit with nobody in reach does not count.
    """
    if caliper is None or not caliper > 0:
        raise Refused(Fault("is needed", "say how near a comparison has to be, 0.2 say", field="caliper"))
    order = np.argsort(distance, kind="stable")
    edges = np.array([0, len(order)])
    if strata is not None:
        order = order[np.argsort(strata[order], kind="stable")]
        edges = np.flatnonzero(np.diff(strata[order], prepend=-1, append=-1))
    weights = np.zeros(len(distance))
    for start, stop in pairwise(edges):
        _share(order[start:stop], distance, treated, caliper, weights)
    return Found(mean_one(weights, treated))


def run(job: Job) -> Found:
    """Carry the method out."""
    return match_radius(job.one_score, job.treated, caliper=job.width, strata=job.strata)


def _share(units: Ints, distance: Floats, treated: Flags, caliper: float, weights: Floats) -> None:
    """Fill in the weights of one stratum, whose `units` stand in order of distance."""
    ours, theirs = units[treated[units]], units[~treated[units]]
    if not len(ours) or not len(theirs):
        return
    place = distance[theirs]
    low, high = _reach(distance[ours], place, caliper)
    within = high - low
    reached = within > 0
    weights[ours[reached]] = 1.0
    share = 1 / within[reached]
    size = len(theirs) + 1
    steps = np.bincount(low[reached], share, size) - np.bincount(high[reached], share, size)
    covering = np.bincount(low[reached], minlength=size) - np.bincount(high[reached], minlength=size)
    weights[theirs] = np.where(np.cumsum(covering[:-1]) > 0, np.cumsum(steps[:-1]), 0.0)


def _reach(ours: Floats, place: Floats, caliper: float) -> tuple[Ints, Ints]:
    """Return the stretch of comparisons within the caliper of each; its ends hold the difference itself to it."""
    low = np.searchsorted(place, ours - caliper, side="left")
    high = np.searchsorted(place, ours + caliper, side="right")
    last = len(place) - 1
    low = np.where((low > 0) & (np.abs(place[np.maximum(low - 1, 0)] - ours) <= caliper), low - 1, low)
    low = np.where((low <= last) & (low < high) & (np.abs(place[np.minimum(low, last)] - ours) > caliper), low + 1, low)
    high = np.where((high <= last) & (np.abs(place[np.minimum(high, last)] - ours) <= caliper), high + 1, high)
    high = np.where((high > low) & (np.abs(place[np.maximum(high - 1, 0)] - ours) > caliper), high - 1, high)
    return low.astype(np.int64), high.astype(np.int64)
