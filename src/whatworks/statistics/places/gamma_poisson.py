"""Rates of areas drawn towards the rate of all, the more so the fewer are counted there (Clayton and Kaldor 1987)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Each area's rate has a gamma posterior of `shape` and `rate`; `prior` is that of the rates of all areas."""

    shape: Floats
    rate: Floats
    prior: tuple[float, float]

    @property
    def mean(self) -> Floats:
        """The rates drawn towards the rate of all."""
        return self.shape / self.rate

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Return the ends between which each rate lies with probability `level`."""
        from scipy.stats import gamma

        tail = (1 - level) / 2
        return gamma.ppf(tail, self.shape, scale=1 / self.rate), gamma.ppf(1 - tail, self.shape, scale=1 / self.rate)

    def draws(self, many: int, rng: np.random.Generator) -> Floats:
        """Return draws of the rates, a row each."""
        return rng.gamma(self.shape, 1 / self.rate, (many, self.shape.size))


def gamma_poisson(counts: Floats, exposure: Floats) -> Shrunk:
    """Return the areas' rates under a prior fitted by moments to all of them.

    Where areas differ by no more than chance, all have the rate of all together.

    >>> found = gamma_poisson(np.array([0.0, 5.0, 40.0]), np.array([1000.0, 1000.0, 1000.0]))
    >>> (1000 * found.mean).round(1).tolist()
    [0.7, 5.5, 38.8]
    """
    y, e = np.asarray(counts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if y.size < 2 or not (np.isfinite(y).all() and np.isfinite(e).all()) or (y < 0).any() or (e <= 0).any():
        raise Refused("rates need counts and residents of two areas or more", "give residents above zero of every area")
    if not y.sum():
        raise Refused("nobody is counted in any area", "take a longer window")
    mean = float(y.sum() / e.sum())
    spread = float((e * (y / e - mean) ** 2).sum() / e.sum())
    between = max(spread - mean * y.size / e.sum(), mean**2 * 1e-6)
    shape, rate = mean**2 / between, mean / between
    return Shrunk(shape + y, rate + e, (shape, rate))
