"""Are there people outside the scheme who could have been in it? Without them nothing is like for like."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Flags, Floats

BINS = 20
ENOUGH = 10
"""A comparison serves this many of the treated; with fewer comparisons a stretch of scores is thin."""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many people of each group have a score from `low` up to `high`; only the last includes its end."""

    low: float
    high: float
    treated: int
    comparison: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far the two groups' propensity scores overlap.

    `share` of the treated have a score within the comparisons' range and `treated_outside` have not. `unsupported` is
    the share of the treated who lie outside it, or where there is less than one comparison for ten treated people.
    """

    share: float
    treated_outside: int
    unsupported: float
    failed: bool
    sentence: str
    bins: tuple[Bin, ...]


def overlap(probability: npt.ArrayLike, treated: npt.ArrayLike, *, most_unsupported: float = 0.2) -> Overlap:
    """Describe the overlap of the propensity scores, given as probabilities.

    It has `failed` where more than `most_unsupported` of the treated have nobody, or hardly anybody, with a score like
    theirs: then whatever is estimated is about other people, or rests on a few comparisons.

    >>> people = overlap([0.2, 0.3, 0.9, 0.1, 0.25, 0.5], [True] * 3 + [False] * 3)
    >>> people.treated_outside, people.failed
    (1, True)
    """
    scores, flags = np.asarray(probability, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    ours, theirs = scores[flags], scores[~flags]
    outside = (ours < theirs.min()) | (ours > theirs.max())
    unsupported = float((outside | _thin(ours, theirs)).mean())
    failed = unsupported > most_unsupported
    return Overlap(
        float(1 - outside.mean()),
        int(outside.sum()),
        unsupported,
        failed,
        _sentence(unsupported, failed),
        _bins(ours, theirs),
    )


def _thin(ours: Floats, theirs: Floats) -> Flags:
    """Mark the treated in whose stretch of scores comparisons are rare; stretches hold equal parts of the treated."""
    parts = max(1, min(BINS, len(ours) // 10))
    edges = np.unique(np.quantile(ours, np.linspace(0, 1, parts + 1)))
    inner = edges[1:-1]
    place = np.searchsorted(inner, ours, side="right")
    within = theirs[(theirs >= edges[0]) & (theirs <= edges[-1])]
    treated = np.bincount(place, minlength=len(inner) + 1)
    comparison = np.bincount(np.searchsorted(inner, within, side="right"), minlength=len(inner) + 1)
    thin: Flags = (comparison * ENOUGH < treated)[place]
    return thin


def _bins(ours: Floats, theirs: Floats) -> tuple[Bin, ...]:
    both = np.concatenate([ours, theirs])
    low, high = float(both.min()), float(both.max())
    edges = np.linspace(low, high if high > low else low + 1e-9, BINS + 1)
    counts = np.histogram(ours, edges)[0], np.histogram(theirs, edges)[0]
    return tuple(Bin(float(edges[i]), float(edges[i + 1]), int(counts[0][i]), int(counts[1][i])) for i in range(BINS))


def _sentence(unsupported: float, failed: bool) -> str:
    if failed:
        return (
            "The two groups hardly overlap: for many people in the scheme there is nobody outside it, or hardly "
            "anybody, who was as likely to be in it. No like-for-like comparison exists for them."
        )
    if unsupported > 0.05:
        return (
            "The two groups overlap for most people in the scheme; for some there is hardly anybody outside it who was "
            "as likely to be in it."
        )
    return (
        "The two groups overlap: for nearly everyone in the scheme there are people outside it who were as "
        "likely to be in it."
    )
