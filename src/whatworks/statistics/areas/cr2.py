"""Errors that let people of one area be alike, kept honest where areas are few: CR2 and Satterthwaite's freedom."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Cr2:
    """A covariance of coefficients, and what the degrees of freedom of any sum of them are worked out from.

    Of each cluster: `own` the sizes of its pull, `left` and `right` what ties its pull to those of the others through
    the regression; `between` is the covariance that people as if independent would give, in the same terms.
    """

    covariance: Floats
    own: Floats
    left: Floats
    right: Floats
    bread: Floats
    between: Floats

    def df(self, terms: npt.ArrayLike) -> float:
        """Return Satterthwaite's degrees of freedom of a weighted sum of coefficients (Bell and McCaffrey 2002)."""
        c = np.asarray(terms, dtype=np.float64)
        a, b = self.left @ c, self.right @ c
        tied = a @ self.bread @ b.T
        spread = np.diag(np.einsum("i,gij,j->g", c, self.own, c)) - tied - tied.T + b @ self.between @ b.T
        squares = float((spread**2).sum())
        return float(np.trace(spread)) ** 2 / squares if squares > 0 else 0.0


def cr2(design: Floats, weights: Floats, residual: Floats, clusters: Ints) -> Cr2:
    """Return the CR2 covariance of weighted least squares (Bell and McCaffrey; Pustejovsky and Tipton 2018).

    `weights` are sampling weights, and the working model takes people as independent and equally variable. Each
    cluster's residuals are multiplied by the inverse root of what the regression leaves of their covariance, worked out
    in the space of the design's columns, so that a cluster of thousands costs little; where a cluster alone decides a
    term the root is a generalised inverse.
    """
    weighted = design * weights[:, None]
    bread = np.asarray(np.linalg.inv(design.T @ weighted), dtype=np.float64)
    between = bread @ (weighted.T @ weighted) @ bread
    terms, zero = design.shape[1], np.zeros_like(bread)
    inner = np.block([[between, -bread], [-bread, zero]])
    _, code = np.unique(clusters, return_inverse=True)
    pulls, own, left, right = [], [], [], []
    for group in range(int(code.max()) + 1):
        rows = code == group
        x, z = design[rows], weighted[rows]
        basis, triangle = np.linalg.qr(np.hstack([x, z]))
        sizes, turned = np.linalg.eigh(np.eye(len(triangle)) + triangle @ inner @ triangle.T)
        kept = sizes > 1e-9
        root = (turned[:, kept] / np.sqrt(sizes[kept])) @ turned[:, kept].T
        along = basis.T @ z
        pull = (z + basis @ (root @ along - along)) @ bread
        pulls.append(pull.T @ residual[rows])
        own.append(pull.T @ pull)
        left.append(z.T @ pull)
        right.append(x.T @ pull)
    sums = np.asarray(pulls).reshape(-1, terms)
    return Cr2(sums.T @ sums, np.asarray(own), np.asarray(left), np.asarray(right), bread, between)
