"""Which areas touch (Queen contiguity), as a sparse matrix."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Neighbours:
    """`links` is a square sparse matrix of ones where two areas touch; no area touches itself."""

    links: Any

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many neighbours each area has."""
        return np.asarray(self.links.sum(axis=1)).ravel().astype(np.int64)

    @cached_property
    def parts(self) -> int:
        """How many sets of areas there are that do not touch."""
        from scipy.sparse.csgraph import connected_components

        return int(connected_components(self.links, directed=False)[0])

    @cached_property
    def rows_of_one(self) -> Any:
        """The matrix with each row divided by its sum."""
        from scipy.sparse import diags

        return diags(1 / np.maximum(self.counts, 1)) @ self.links


def linked(first: NDArray[np.int64], second: NDArray[np.int64], areas: int) -> Neighbours:
    """Return the neighbours of so many areas from pairs that touch, by their places, each told once or both ways.

    >>> linked(np.array([0, 0, 1]), np.array([0, 1, 0]), 3).counts.tolist()
    [1, 1, 0]
    """
    from scipy.sparse import csr_matrix

    apart = first != second
    ends = np.concatenate([first[apart], second[apart]]), np.concatenate([second[apart], first[apart]])
    links = csr_matrix((np.ones(len(ends[0])), ends), shape=(areas, areas))
    links.data = np.ones_like(links.data)
    return Neighbours(links)
