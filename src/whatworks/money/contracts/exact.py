"""Whole numbers and fractions for each path, exact: no overflow and no rounding on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class ExactIntArray:
    """Whole numbers, one for each path, with a bound on their size: 64 bits while they fit, Python's own beyond."""

    values: Any
    bound: int

    def __add__(self, other: "ExactIntArray") -> "ExactIntArray":
        """Return the sums."""
        return _made(np.add, self, other, self.bound + other.bound)

    def __sub__(self, other: "ExactIntArray") -> "ExactIntArray":
        """Return the differences."""
        return _made(np.subtract, self, other, self.bound + other.bound)

    def __mul__(self, other: "ExactIntArray | int") -> "ExactIntArray":
        """Return the products.

        >>> (whole(np.array([3_000_000_000])) * 4_000_000_000).values.tolist()
        [12000000000000000000]
        """
        if isinstance(other, int):
            if other == 1:
                return self
            other = constant(other)
        return _made(np.multiply, self, other, self.bound * other.bound)

    def minimum(self, other: "ExactIntArray") -> "ExactIntArray":
        """Return the smaller of each pair."""
        return _made(np.minimum, self, other, max(self.bound, other.bound))

    def maximum(self, other: "ExactIntArray") -> "ExactIntArray":
        """Return the larger of each pair."""
        return _made(np.maximum, self, other, max(self.bound, other.bound))

    def floored(self, other: "ExactIntArray") -> "ExactIntArray":
        """Return the whole quotients, rounded downwards; zero where the divisor is zero."""
        safe = other.where(other.values != 0, constant(1))
        quotient = _made(np.floor_divide, self, safe, self.bound)
        return quotient.where(other.values != 0, ZERO)

    def where(self, mask: Any, other: "ExactIntArray") -> "ExactIntArray":
        """Return these where the mask holds, and the other where not."""
        bound = max(self.bound, other.bound)
        return ExactIntArray(np.where(mask, _ready(self, bound), _ready(other, bound)), bound)

    def at_least(self, other: "ExactIntArray") -> Any:
        """Return where these are no smaller than the other."""
        bound = max(self.bound, other.bound)
        return np.asarray(_ready(self, bound) >= _ready(other, bound), dtype=bool)

    def pence(self) -> Any:
        """Return the numbers in 64 bits; they are known to fit."""
        return np.asarray(self.values, dtype=np.int64)

    def on(self, path: int) -> int:
        """Return the number of one path."""
        return int(self.values.flat[path if self.values.size > 1 else 0])


@dataclass(frozen=True, slots=True)
class ExactFractionArray:
    """A fraction for each path: `top` over `bottom` times `scale`, both above zero.

    What is worked out from one expectation keeps its `bottom`, so that the whole numbers stay small.
    """

    top: ExactIntArray
    bottom: ExactIntArray
    scale: int = 1

    def __add__(self, other: "ExactFractionArray") -> "ExactFractionArray":
        """Return the sums."""
        one, two, bottom, scale = self._alike(other)
        return ExactFractionArray(one + two, bottom, scale)

    def __sub__(self, other: "ExactFractionArray") -> "ExactFractionArray":
        """Return the differences."""
        one, two, bottom, scale = self._alike(other)
        return ExactFractionArray(one - two, bottom, scale)

    def __mul__(self, other: "ExactFractionArray | int") -> "ExactFractionArray":
        """Return the products."""
        if isinstance(other, int):
            return ExactFractionArray(self.top * other, self.bottom, self.scale)
        if self.bottom is ONE or other.bottom is ONE:
            bottom = self.bottom if other.bottom is ONE else other.bottom
        else:
            bottom = self.bottom * other.bottom
        return ExactFractionArray(self.top * other.top, bottom, self.scale * other.scale)

    def times(self, share: Decimal | Fraction | int) -> "ExactFractionArray":
        """Return a share of each fraction, exactly as it is written.

        >>> exactly(3).times(Decimal("0.25")).on(0)
        Fraction(3, 4)
        """
        top, bottom = Fraction(share).as_integer_ratio()
        return ExactFractionArray(self.top * top, self.bottom, self.scale * bottom)

    def rounded(self) -> ExactIntArray:
        """Return the nearest whole numbers, rounded half up."""
        if self.bottom is ONE and self.scale == 1:
            return self.top
        below = self.bottom * self.scale
        return (self.top * 2 + below).floored(below * 2)

    def at_least(self, other: "ExactFractionArray") -> Any:
        """Return where these are no smaller than the other."""
        one, two, *_ = self._alike(other)
        return one.at_least(two)

    def minimum(self, other: "ExactFractionArray") -> "ExactFractionArray":
        """Return the smaller of each pair."""
        one, two, bottom, scale = self._alike(other)
        return ExactFractionArray(one.minimum(two), bottom, scale)

    def positive(self) -> "ExactFractionArray":
        """Return the fractions, with zero for those below it."""
        return ExactFractionArray(self.top.maximum(ZERO), self.bottom, self.scale)

    def on(self, path: int) -> Fraction:
        """Return the fraction of one path."""
        return Fraction(self.top.on(path), self.bottom.on(path) * self.scale)

    def _alike(self, other: "ExactFractionArray") -> tuple[ExactIntArray, ExactIntArray, ExactIntArray, int]:
        """Return both numerators over one denominator, and what that is."""
        scale = lcm(self.scale, other.scale)
        one, two, bottom = self.top * (scale // self.scale), other.top * (scale // other.scale), self.bottom
        if other.bottom is not bottom:
            one = one if other.bottom is ONE else one * other.bottom
            two = two if bottom is ONE else two * bottom
            bottom = bottom if other.bottom is ONE else other.bottom if bottom is ONE else bottom * other.bottom
        return one, two, bottom, scale


def total(fractions: Iterable[ExactFractionArray]) -> ExactFractionArray:
    """Return the sum of several."""
    return sum(fractions, ExactFractionArray(ZERO, ONE))


def exactly(value: Fraction | int) -> ExactFractionArray:
    """Return one fraction for all paths."""
    top, bottom = value.as_integer_ratio()
    return ExactFractionArray(constant(top), ONE, bottom)


def whole(values: Any) -> ExactIntArray:
    """Return an array of integers as whole numbers; an array of anything else is refused."""
    array = np.asarray(values)
    if array.dtype == object:
        return ExactIntArray(array, max((abs(int(one)) for one in array.flat), default=0))
    if not np.issubdtype(array.dtype, np.integer):
        raise TypeError(f"counts are whole numbers, not {array.dtype}")
    ends = (int(array.min()), int(array.max())) if array.size else (0, 0)
    return ExactIntArray(array.astype(np.int64), max(abs(end) for end in ends))


def constant(value: int) -> ExactIntArray:
    """Return one number for all paths."""
    return ExactIntArray(np.array(value, dtype=np.int64 if abs(value) < LIMIT else object), abs(value))


def divided(amount: ExactIntArray, weights: list[ExactIntArray], order: list[int]) -> list[ExactIntArray]:
    """Divide whole amounts by weights: rounded down, what is left to the largest remainders, ties by `order`.

    >>> [part.values.tolist() for part in divided(whole(np.array([100, 7])), [ONE, ONE, ONE], [0, 1, 2])]
    [[34, 3], [33, 2], [33, 2]]
    """
    if len(weights) == 1:
        return [amount]
    every = weights[0]
    for weight in weights[1:]:
        every = every + weight
    parts = [(amount * weight).floored(every) for weight in weights]
    rests = [amount * weight - part * every for weight, part in zip(weights, parts, strict=True)]
    left = amount
    for part in parts:
        left = left - part
    left = left.where(every.values != 0, ZERO)
    done = []
    for place, part in enumerate(parts):
        before = ZERO
        for other, rest in enumerate(rests):
            if other != place:
                ahead = rest.at_least(rests[place])
                if order.index(other) > order.index(place):
                    ahead = ~rests[place].at_least(rest)
                before = before + ONE.where(ahead, ZERO)
        done.append(part + ONE.where(~before.at_least(left), ZERO))
    return done


def _ready(one: ExactIntArray, bound: int) -> Any:
    return one.values if bound < LIMIT else np.asarray(one.values, dtype=object)


def _made(operation: Any, one: ExactIntArray, two: ExactIntArray, bound: int) -> ExactIntArray:
    largest = max(bound, one.bound, two.bound)
    return ExactIntArray(np.asarray(operation(_ready(one, largest), _ready(two, largest))), bound)


ZERO = constant(0)
ONE = constant(1)
