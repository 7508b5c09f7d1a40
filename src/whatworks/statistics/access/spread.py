"""How much more than Poisson counts vary that share out a known total: negative binomial, whatever their level.

Given their total, negative binomial counts of one level have a Dirichlet-multinomial distribution, in which the level
no longer stands; so neither a quiet nor a busy reader needs a rate that was estimated from a few weeks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, logsumexp

from whatworks.statistics.arrays import Floats

LEAST = 1e-4
"""The least over-dispersion that is told from none."""
SCALES = np.exp(np.linspace(np.log(1 / 8), np.log(8), 25))
"""How far off the likeliest over-dispersion may be, in multiples of it."""
NEGLIGIBLE = 1e-7
NODES, NODE_WEIGHTS = hermegauss(7)
NODE_WEIGHTS = NODE_WEIGHTS / NODE_WEIGHTS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Counts of a mean m have the variance (1 + `linear`) m + `quadratic` m^2; `weights` are those of `SCALES`."""

    linear: float
    quadratic: float
    weights: Floats

    def inverse_size(self, mean: Floats) -> Floats:
        """Return 1/k of negative binomial counts with these means: what their squares add to the variance."""
        return self.quadratic + self.linear / np.maximum(mean, LEAST)

    def tail(self, now: float, before: float, cells: float, unsure: float = 0.0) -> float:
        """Return the probability of `now` or more here, of all that fell here and into so many like `cells` before.

        `unsure` is the relative variance of `cells`, taken as lognormal. Averaged over that, and over how well the
        spread is known.

        >>> known = Spread(0.0, LEAST, np.ones(25) / 25)
        >>> round(known.tail(3, 0, 1), 3)  # three heads of three
        0.125
        """
        total, told = now + before, self.weights > NEGLIGIBLE
        inverse = float(self.inverse_size(np.asarray(total / (cells + 1))))
        size = 1 / (inverse * SCALES[told])[:, None]
        y = np.arange(now, total + 1)
        ways = gammaln(total + 1) - gammaln(y + 1) - gammaln(total - y + 1)
        p = 0.0
        for node, weight in zip(NODES if unsure else (0.0,), NODE_WEIGHTS if unsure else (1.0,), strict=True):
            rest = size * cells * np.exp(node * np.sqrt(np.log1p(unsure)))
            log = ways + betaln(y + size, total - y + rest) - betaln(size, rest)
            p += weight * float(np.exp(logsumexp(log, axis=1)) @ self.weights[told])
        return min(1.0, p)


def fit_spread(counts: Floats, exposure: Floats, *, linear: bool = True) -> Spread:
    """Return the spread of counts within their rows, each given the row's total; no exposure is no count.

    >>> rng = np.random.default_rng(1)
    >>> found = fit_spread(rng.negative_binomial(20, 0.5, (300, 12)).astype(float), np.ones((300, 12)))
    >>> 0.8 < found.linear + 20 * found.quadratic < 1.2  # twice the variance of the mean
    True
    """
    used = exposure > 0
    keep = (used.sum(axis=1) > 1) & (np.where(used, counts, 0.0).sum(axis=1) > 0)
    counts, used, weight = np.where(used, counts, 0.0)[keep], used[keep], np.where(used, exposure, 0.0)[keep]
    cells, total = used.sum(axis=1, keepdims=True), counts.sum(axis=1, keepdims=True)
    weight = weight * cells / weight.sum(axis=1, keepdims=True)
    mean = total / cells

    def log_likelihood(added: Floats, scale: float = 1.0) -> float:
        alpha = weight / (scale * (added[0] + added[1] / np.maximum(mean, LEAST)))
        whole = alpha.sum(axis=1)
        rows = gammaln(whole) - gammaln(whole + total[:, 0])
        inner = np.where(alpha > 0, gammaln(alpha + counts) - gammaln(np.where(alpha > 0, alpha, 1.0)), 0.0)
        return float(rows.sum() + inner.sum())

    def both(logs: Floats) -> Floats:
        return np.exp(logs) if linear else np.array([np.exp(logs[0]), 0.0])

    if not keep.any():
        return Spread(0.0, LEAST, np.full(SCALES.size, 1 / SCALES.size))
    start = np.log([0.05, 0.5] if linear else [0.5])
    fitted = both(
        minimize(
            lambda logs: -log_likelihood(both(logs)),
            start,
            method="Nelder-Mead",
            bounds=[(np.log(LEAST), 5.0)] * len(start),
            options={"xatol": 0.01, "fatol": 0.01},
        ).x
    )
    likely = np.array([log_likelihood(fitted, scale) for scale in SCALES])
    weights = np.exp(likely - likely.max())
    return Spread(float(fitted[1]), float(fitted[0]), weights / weights.sum())
