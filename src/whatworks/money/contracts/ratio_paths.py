"""Fractions for each path: whole numerators over whole denominators, never rounded on the way."""

from dataclasses import dataclass
from typing import Any

from whatworks.money.contracts.whole import NOUGHT, ONE, Whole, constant


@dataclass(frozen=True, slots=True)
class Ratio:
    """A fraction for each path; the denominators are above zero."""

    top: Whole
    bottom: Whole = ONE

    def __add__(self, other: "Ratio") -> "Ratio":
        """Return the sums."""
        if self.bottom is other.bottom:
            return Ratio(self.top + other.top, self.bottom)
        if other.bottom is ONE:
            return Ratio(self.top + other.top * self.bottom, self.bottom)
        if self.bottom is ONE:
            return other + self
        return Ratio(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __sub__(self, other: "Ratio") -> "Ratio":
        """Return the differences."""
        return self + Ratio(NOUGHT - other.top, other.bottom)

    def __mul__(self, other: "Ratio | int") -> "Ratio":
        """Return the products."""
        if isinstance(other, int):
            return Ratio(self.top * other, self.bottom)
        if other.bottom is ONE:
            return Ratio(self.top * other.top, self.bottom)
        return Ratio(self.top * other.top, other.bottom if self.bottom is ONE else self.bottom * other.bottom)

    def over(self, divisor: int) -> "Ratio":
        """Return the fractions divided by a number above zero."""
        return self if divisor == 1 else Ratio(self.top, self.bottom * divisor)

    def rounded(self) -> Whole:
        """Return the nearest whole numbers, halves upwards."""
        if self.bottom is ONE:
            return self.top
        return (self.top * 2 + self.bottom).floored(self.bottom * 2)

    def at_least(self, other: "Ratio") -> Any:
        """Return where these are no smaller than the other."""
        return (self.top * other.bottom).at_least(other.top * self.bottom)

    def positive(self) -> "Ratio":
        """Return the fractions, with zero for those below it."""
        return Ratio(self.top.maximum(NOUGHT), self.bottom)


def total(ratios: list[Ratio]) -> Ratio:
    """Return the sum of a list."""
    sum_ = Ratio(NOUGHT)
    for one in ratios:
        sum_ = sum_ + one
    return sum_


def exactly(value: int) -> Ratio:
    """Return one whole number for all paths."""
    return Ratio(constant(value))
