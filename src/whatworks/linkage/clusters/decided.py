"""People's decisions about pairs of records, as the joining takes them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of record indexes that people decided on: those that must be joined, and those that cannot be."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()

    def ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the left and the right records of the pairs that must be joined."""
        return _ends(self.must)

    def within(self, place: NDArray[np.int32]) -> "Decisions":
        """Return those between records that have a place among others (-1: none), by their places.

        >>> Decisions(must=((0, 2), (1, 3))).within(np.array([-1, 0, -1, 1], dtype=np.int32))
        Decisions(must=((0, 1),), cannot=())
        """
        must, cannot = (
            tuple((int(place[one]), int(place[other])) for one, other in pairs if min(place[one], place[other]) >= 0)
            for pairs in (self.must, self.cannot)
        )
        return Decisions(must, cannot)

    def kept_apart(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the left and the right records of the pairs that cannot be joined."""
        return _ends(self.cannot)


UNDECIDED = Decisions()
"""Where nobody has decided anything."""


def _ends(pairs: Iterable[Pair]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    rows = np.array(list(pairs), dtype=np.int32).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]
