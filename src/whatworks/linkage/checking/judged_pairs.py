"""Hold what people said of sampled pairs, for how many pairs each stands, and proportions of links found by it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from whatworks.statistics.groups.intervals import wilson


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Sampled pairs that people judged: arrays, one row a pair.

    `weight` is the number of scored pairs that a judged pair stands for: one over its chance of being asked about.
    """

    probability: NDArray[np.float64]
    """That both records are one person, by the model."""
    joined: NDArray[np.bool_]
    """Whether the linkage joined them."""
    same: NDArray[np.float64]
    """1 where the judges say one person, 0 where they say two, 0.5 where they are split or cannot tell."""
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.probability)

    def chosen(self, rows: NDArray[np.bool_]) -> Self:
        """Return the judged pairs of these rows."""
        return type(self)(self.probability[rows], self.joined[rows], self.same[rows], self.weight[rows])


def effective_number(weight: NDArray[np.float64]) -> float:
    """Return how many pairs of equal weight tell as much as these (Kish): the squared sum over the sum of squares.

    >>> effective_number(np.array([3.0, 3.0, 3.0])), effective_number(np.array([9.0, 1.0]))
    (3.0, 1.2195121951219512)
    """
    return float(weight.sum() ** 2 / (weight**2).sum()) if weight.size else 0.0


@dataclass(frozen=True, slots=True)
class LinkShare:
    """A proportion of links with its interval, and the effective number of pairs behind it where that is one number."""

    share: float
    low: float
    high: float
    n: float | None = None


def wilson_share(events: float, n: float) -> LinkShare:
    """Return a share of `events` in `n` with Wilson's interval (Journal of the American Statistical Association 1927).

    >>> share = wilson_share(22, 72)
    >>> round(share.low, 4), round(share.high, 4)
    (0.2113, 0.4195)
    """
    events = min(max(events, 0.0), n)
    return LinkShare(events / n, *wilson(events, n), n)
