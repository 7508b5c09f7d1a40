"""Which areas lie amid high or low values: Gi and Gi* (Ord and Getis 1995), false discoveries held."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.multiplicity import false_discovery

LEVEL = 0.05
TIMES_AREAS = 20
"""Fewer permutations than so many times the areas cannot pass false-discovery control one by one: all do, or none."""


@dataclass(frozen=True, slots=True)
class LocalStatistics:
    """A statistic an area, with its `z`, `p` of both tails and `q`, which holds the share of false discoveries.

    `name` says which statistic, `tests` how many were made and `method` how p was found. `raw` tells how many had a
    p of five per cent or less: so many are expected by chance as 5% of the tests, and they are never drawn on a map.
    """

    name: str
    z: Floats
    p: Floats
    q: Floats
    method: str

    @property
    def tests(self) -> int:
        """How many tests were made."""
        return int(self.z.size)

    @property
    def raw(self) -> int:
        """How many would be called significant one by one."""
        return int((self.p <= LEVEL).sum())

    @property
    def high(self) -> npt.NDArray[np.bool_]:
        """Which areas lie amid values higher than chance puts together, false discoveries held to five per cent."""
        found: npt.NDArray[np.bool_] = (self.q <= LEVEL) & (self.z > 0)
        return found

    @property
    def low(self) -> npt.NDArray[np.bool_]:
        """Which areas lie amid lower values."""
        found: npt.NDArray[np.bool_] = (self.q <= LEVEL) & (self.z < 0)
        return found


def getis_ord(values: Floats, links: Any, *, star: bool = True, draws: int = 0, seed: int = 1) -> LocalStatistics:
    """Return Gi* (or Gi, which leaves the area itself out) of one value an area, by the normal approximation.

    `links` is a sparse matrix of ones between neighbours, without the areas themselves. With `draws` the values of all
    other areas are thrown at random instead; under 20 times as many draws as areas are refused.

    >>> from scipy.sparse import csr_matrix
    >>> x, y = np.array([10, 20, 40, 15, 30, 30]), np.array([10, 10, 10, 20, 20, 30])
    >>> near = np.hypot(x[:, None] - x, y[:, None] - y) <= 15
    >>> links = csr_matrix(near & ~np.eye(6, dtype=bool)).astype(float)
    >>> getis_ord(np.array([2, 3, 3.2, 5, 8, 7]), links).z.round(4).tolist()
    [-1.3973, -0.2892, 0.6506, -0.2892, 1.2345, 2.0242]
    """
    from scipy.stats import norm

    x = np.asarray(values, dtype=np.float64)
    if x.size < 3 or not np.isfinite(x).all() or np.ptp(x) == 0:
        raise Refused("no hot spot can be told from these values", "give three areas or more, known and not all alike")
    if 0 < draws < TIMES_AREAS * x.size:
        remedy = f"take at least {TIMES_AREAS * x.size:,}, or the normal approximation"
        raise Refused(f"{draws:,} permutations cannot tell {x.size:,} tests apart", remedy)
    name, z = "Gi*" if star else "Gi", gi_z(x, links, star=star)
    if not draws:
        p = np.minimum(1.0, 2 * norm.sf(np.abs(z)))
        return LocalStatistics(name, z, p, np.array(false_discovery(p.tolist())), "normal approximation, two-sided")
    p = _drawn(x, links, draws, seed)
    method = f"{draws:,} permutations of the other areas (seed {seed}), two-sided"
    return LocalStatistics(name, z, p, np.array(false_discovery(p.tolist())), method)


def gi_z(x: Floats, links: Any, *, star: bool = True) -> Floats:
    """Return the standardised sums of neighbours' values, the statistic itself; `links` holds ones only.

    >>> from scipy.sparse import csr_matrix
    >>> gi_z(np.array([1.0, 1.0, 4.0]), csr_matrix(np.array([[0, 1.0, 0], [1, 0, 1], [0, 1, 0]]))).round(3).tolist()
    [-1.414, 0.0, 0.707]
    """
    near = np.diff(links.indptr) + float(star)
    x = x - x.mean()
    held = links @ x
    if star:
        held += x
        rest, spread = x.size, (x @ x / x.size) ** 0.5
    else:
        rest = x.size - 1
        mean = -x / rest
        held -= mean * near
        spread = np.sqrt(np.maximum((x @ x - np.square(x)) / rest - np.square(mean), 0.0))
    width = spread * np.sqrt(near * (rest - near) / (rest - 1))
    found: Floats = np.divide(held, width, out=np.zeros(x.size), where=width > 0)
    return found


def _drawn(x: Floats, links: Any, draws: int, seed: int) -> Floats:
    """Return two-sided p: how often the other areas' values, thrown at random, give a sum as far out."""
    rng = np.random.default_rng(seed)
    found = np.empty(x.size)
    for at in range(x.size):
        near = links.indices[links.indptr[at] : links.indptr[at + 1]]
        others = np.delete(x, at)
        drawn = np.empty(draws)
        for first in range(0, draws, 2000):
            size = min(2000, draws - first)
            pick = rng.integers(0, others.size, (size, near.size)) if near.size else np.zeros((size, 0), dtype=int)
            drawn[first : first + size] = others[pick].sum(axis=1)
        above, below = int((drawn >= x[near].sum()).sum()), int((drawn <= x[near].sum()).sum())
        found[at] = min(1.0, 2 * (min(above, below) + 1) / (draws + 1))
    return found
