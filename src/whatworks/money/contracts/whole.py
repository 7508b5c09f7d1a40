"""Arrays of whole numbers that never overflow: 64 bits while they fit, Python's own integers beyond."""

from dataclasses import dataclass
from typing import Any

import numpy as np

LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole numbers, one for each path, with a bound on their size."""

    values: Any
    bound: int

    def __add__(self, other: "Whole") -> "Whole":
        """Return the sums."""
        return _made(np.add, self, other, self.bound + other.bound)

    def __sub__(self, other: "Whole") -> "Whole":
        """Return the differences."""
        return _made(np.subtract, self, other, self.bound + other.bound)

    def __mul__(self, other: "Whole | int") -> "Whole":
        """Return the products.

        >>> (whole(np.array([3_000_000_000])) * 4_000_000_000).values.tolist()
        [12000000000000000000]
        """
        if isinstance(other, int):
            if other == 1:
                return self
            other = constant(other)
        return _made(np.multiply, self, other, self.bound * other.bound)

    def minimum(self, other: "Whole") -> "Whole":
        """Return the smaller of each pair."""
        return _made(np.minimum, self, other, max(self.bound, other.bound))

    def maximum(self, other: "Whole") -> "Whole":
        """Return the larger of each pair."""
        return _made(np.maximum, self, other, max(self.bound, other.bound))

    def floored(self, other: "Whole") -> "Whole":
        """Return the whole quotients, rounded downwards; zero where the divisor is zero."""
        safe = other.where(other.values != 0, constant(1))
        quotient = _made(np.floor_divide, self, safe, self.bound)
        return quotient.where(other.values != 0, NOUGHT)

    def where(self, mask: Any, other: "Whole") -> "Whole":
        """Return these where the mask holds, and the other where not."""
        bound = max(self.bound, other.bound)
        one, two = _ready(self, bound), _ready(other, bound)
        return Whole(np.where(mask, one, two), bound)

    def at_least(self, other: "Whole") -> Any:
        """Return where these are no smaller than the other."""
        bound = max(self.bound, other.bound)
        return np.asarray(_ready(self, bound) >= _ready(other, bound), dtype=bool)

    def pence(self) -> Any:
        """Return the numbers in 64 bits; they are known to fit."""
        return np.asarray(self.values, dtype=np.int64)


def whole(values: Any) -> Whole:
    """Return an array of integers as whole numbers; an array of anything else is refused."""
    array = np.asarray(values)
    if array.dtype == object:
        return Whole(array, max((abs(int(one)) for one in array.flat), default=0))
    if not np.issubdtype(array.dtype, np.integer):
        raise TypeError(f"counts are whole numbers, not {array.dtype}")
    ends = (int(array.min()), int(array.max())) if array.size else (0, 0)
    return Whole(array.astype(np.int64), max(abs(end) for end in ends))


def constant(value: int) -> Whole:
    """Return one number for all paths."""
    return Whole(np.array(value, dtype=np.int64 if abs(value) < LIMIT else object), abs(value))


def _ready(one: Whole, bound: int) -> Any:
    return one.values if bound < LIMIT else np.asarray(one.values, dtype=object)


def _made(operation: Any, one: Whole, two: Whole, bound: int) -> Whole:
    largest = max(bound, one.bound, two.bound)
    return Whole(np.asarray(operation(_ready(one, largest), _ready(two, largest))), bound)


NOUGHT = constant(0)
ONE = constant(1)
