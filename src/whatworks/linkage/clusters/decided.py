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

    def kept_apart(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the left and the right records of the pairs that cannot be joined."""
        return _ends(self.cannot)


UNDECIDED = Decisions()
"""Where nobody has decided anything."""


def _ends(pairs: Iterable[Pair]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    rows = np.array(list(pairs), dtype=np.int32).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]
