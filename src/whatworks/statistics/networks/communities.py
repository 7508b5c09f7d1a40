"""Divide a network where its ties are fewest: greedy modularity (Clauset, Newman and Moore 2004)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.networks.dominating_set import check_ties


@dataclass(frozen=True, slots=True)
class Communities:
    """The community of each member, numbered from the largest, and the modularity of the division."""

    labels: tuple[int, ...]
    modularity: float

    def sizes(self) -> tuple[int, ...]:
        """Return how many members each community has."""
        return tuple(int(size) for size in np.bincount(self.labels))


def communities(ties: npt.ArrayLike) -> Communities:
    """Return the communities of a square matrix of ties, each tie counted once whatever its strength.

    >>> two = np.kron(np.eye(2), np.ones((3, 3)))
    >>> two[2, 3] = 1
    >>> communities(two).labels, round(communities(two).modularity, 4)
    ((0, 0, 0, 1, 1, 1), 0.3571)
    """
    joined = check_ties(ties).toarray()
    many, total = len(joined), float(joined.sum())
    if not total:
        return Communities(tuple(range(many)), 0.0)
    share = joined / total
    degree = share.sum(axis=1)
    labels, alive = np.arange(many), np.ones(many, dtype=np.bool_)
    while True:
        gain = np.where(share > 0, 2 * (share - np.outer(degree, degree)), -np.inf)
        np.fill_diagonal(gain, -np.inf)
        first, second = divmod(int(gain.round(12).argmax()), many)
        if not gain[first, second] > 0:
            break
        labels[labels == second] = first
        share[first] += share[second]
        share[:, first] += share[:, second]
        share[second], share[:, second] = 0.0, 0.0
        degree[first], degree[second], alive[second] = degree[first] + degree[second], 0.0, False
    order = sorted(np.flatnonzero(alive), key=lambda label: (-int((labels == label).sum()), label))
    number = {int(label): at for at, label in enumerate(order)}
    within = float(np.diag(share).sum() - (degree**2).sum())
    return Communities(tuple(number[int(label)] for label in labels), within)
