"""Fit a weighted least-squares line and say how sure each combination of its coefficients is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from whatworks.statistics.areas.cr2 import cr2
from whatworks.statistics.arrays import Floats, Ints

SeKind = Literal["CR1", "CR2", "CR3", "HC1", "HC3"]
ALONE = 1e-10
"""Where this much or less is left of 1 when leverage is taken off, the others say nothing about some term."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients with a robust covariance; `df` are the degrees of freedom of their t intervals.

    Those of CR2 differ from one combination of coefficients to the next: `by_terms` gives them.
    `alone` counts clusters (CR3) or people (HC3) that settle a term by themselves: their leverage on it is one.
    """

    coefficients: Floats
    covariance: Floats
    df: float
    by_terms: Callable[[npt.ArrayLike], float] | None = None
    alone: int = 0

    def df_of(self, terms: npt.ArrayLike) -> float:
        """Return the degrees of freedom of a weighted sum of coefficients."""
        return self.df if self.by_terms is None else self.by_terms(terms)

    def combination(self, terms: npt.ArrayLike) -> tuple[float, float]:
        """Return the value and the standard error of a weighted sum of coefficients (the delta method, exact here)."""
        parts = np.asarray(terms, dtype=np.float64)
        return float(parts @ self.coefficients), float(np.sqrt(max(0.0, float(parts @ self.covariance @ parts))))


def weighted_fit(
    design: Floats, outcome: Floats, weights: Floats, *, se_kind: SeKind, clusters: Ints | None = None
) -> Fit:
    """Regress `outcome` on the columns of `design`, which must be independent, with sampling `weights` above zero.

    `CR1` clusters on `clusters` (sandwich times G/(G-1) x (N-1)/(N-k), as R's `vcovCL`; df = G - 1). `CR3` is the
    jackknife that leaves out one cluster at a time (MacKinnon, Nielsen and Webb 2023; df = G - 1), which does not fall
    short where the terms are many for the clusters. `CR2` has Satterthwaite's degrees of freedom, for few clusters.
    `HC1` is robust to unequal variance (times N/(N-k)); `HC3` divides
    residuals by 1 - leverage, which suits few or heavily weighted people (df = N - k).

    A person or cluster of leverage one settles a term alone: the fit without it has no such term, and the others' terms
    do not move. So it adds nothing to the errors of either (HC3, CR3), and is counted in `alone`.

    >>> fit = weighted_fit(np.ones((4, 1)), np.array([1.0, 2, 3, 4]), np.ones(4), se_kind="HC1")
    >>> value, se = fit.combination([1]); round(value, 6), round(se, 6)
    (2.5, 0.645497)
    """
    rows, terms = design.shape
    root = np.sqrt(weights)[:, None]
    q, r = np.linalg.qr(design * root)
    bread = np.linalg.inv(r)
    coefficients = bread @ (q.T @ (outcome * root[:, 0]))
    residual = outcome - design @ coefficients
    if se_kind == "CR2" and clusters is not None:
        found = cr2(design, weights, residual, clusters)
        return Fit(coefficients, found.covariance, float(max(1, len(found.own) - 1)), found.df)
    alone = 0
    if se_kind == "HC3":
        left = 1 - (q**2).sum(axis=1)
        alone = int((left <= ALONE).sum())
        residual = np.where(left > ALONE, residual / np.maximum(left, ALONE), 0.0)
    scores = design * (weights * residual)[:, None]
    if se_kind == "CR3" and clusters is not None:
        pulls, alone = left_out_scores(q, residual * root[:, 0], clusters)
        sums = pulls @ r
        groups = len(sums)
        factor, df = (groups - 1) / groups, float(max(1, groups - 1))
    elif se_kind == "CR1" and clusters is not None:
        sums = cluster_sums(scores, clusters)
        groups = len(sums)
        factor = groups / max(1, groups - 1) * (rows - 1) / max(1, rows - terms)
        df = float(max(1, groups - 1))
    else:
        sums, df = scores, float(max(1, rows - terms))
        factor = rows / max(1, rows - terms) if se_kind == "HC1" else 1.0
    half = sums @ (bread @ bread.T)
    return Fit(coefficients, factor * (half.T @ half), df, alone=alone)


def left_out_scores(q: Floats, residual: Floats, clusters: Ints) -> tuple[Floats, int]:
    """Return each cluster's pull on the coefficients, in the orthonormal basis `q`, when the fit is made without it.

    `residual` are those of the whole fit, in the scale of `q`. A cluster without which a term could not be fitted pulls
    on the other terms only (a generalised inverse, as MacKinnon, Nielsen and Webb 2023); how many there are comes too.
    """
    _, code = np.unique(clusters, return_inverse=True)
    order = np.argsort(code, kind="stable")
    sizes = np.bincount(code)
    starts = np.cumsum(sizes) - sizes
    pulls, alone = np.empty((len(sizes), q.shape[1])), 0
    for size in np.unique(sizes):
        which = np.flatnonzero(sizes == size)
        rows = order[starts[which][:, None] + np.arange(size)]
        part, left = q[rows], residual[rows]
        if size <= q.shape[1]:
            without, settled = _inverse(np.eye(size) - part @ part.transpose(0, 2, 1))
            pulls[which] = np.einsum("gik,gij,gj->gk", part, without, left)
        else:
            without, settled = _inverse(np.eye(q.shape[1]) - part.transpose(0, 2, 1) @ part)
            pulls[which] = np.einsum("gkl,gil,gi->gk", without, part, left)
        alone += settled
    return pulls, alone


def _inverse(left: Floats) -> tuple[Floats, int]:
    """Invert what each cluster leaves to the others, whose eigenvalues lie from 0 to 1; what is zero stays zero.

    The second number is how many clusters have such a zero. It is measured against one, not against the others: a pair
    that leaves nothing at all has no eigenvalue but rounding.
    """
    values, vectors = np.linalg.eigh(left)
    able = values > ALONE
    turned = np.where(able, 1 / np.where(able, values, 1.0), 0.0)
    return (vectors * turned[:, None, :]) @ vectors.transpose(0, 2, 1), int((~able).any(axis=1).sum())


def cluster_sums(scores: Floats, clusters: Ints) -> Floats:
    """Add up the rows of each cluster.

    >>> cluster_sums(np.array([[1.0], [2.0], [4.0]]), np.array([7, 7, 9])).tolist()
    [[3.0], [4.0]]
    """
    _, code = np.unique(clusters, return_inverse=True)
    order = np.argsort(code, kind="stable")
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    return np.add.reduceat(scores[order], starts, axis=0)


def independent(design: Floats, tolerance: float = 1e-9) -> list[int]:
    """Return the positions of columns that those before them do not already determine.

    `tolerance` is the share of a column's own sum of squares that must be its own.

    >>> independent(np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 1.0]]))
    [0, 2]
    """
    scale = np.sqrt((design**2).sum(axis=0))
    scaled = design / np.where(scale > 0, scale, 1.0)
    left = scaled.T @ scaled
    kept = []
    for j in range(design.shape[1]):
        if left[j, j] > tolerance:
            kept.append(j)
            left = left - np.outer(left[:, j], left[j]) / left[j, j]
    return kept
