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


def touching(corners: NDArray[np.float64], of: NDArray[np.int64], areas: int) -> Neighbours:
    """Return which of so many areas share a corner; `corners` are x and y a row, each of the area in `of`.

    >>> square = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    >>> touching(np.vstack([square, square + [1, 1], square + 5]), np.repeat([0, 1, 2], 4), 3).counts.tolist()
    [1, 1, 0]
    """
    from scipy.sparse import csr_matrix

    corner = np.unique(np.round(corners, 6), axis=0, return_inverse=True)[1].ravel()
    holds = csr_matrix((np.ones(len(of)), (of, corner)), shape=(areas, int(corner.max(initial=0)) + 1))
    links = (holds @ holds.T).tocsr()
    links.setdiag(0)
    links.eliminate_zeros()
    links.data = np.ones_like(links.data)
    return Neighbours(links)
