"""What a fall pays, and how pence are divided, on many paths at once: the formula in whole numbers."""

from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from whatworks.money.contracts.clauses import Payment
from whatworks.money.contracts.ratio_paths import Ratio
from whatworks.money.contracts.whole import NOUGHT, ONE, Whole, whole


def owed(payment: Payment, expected: Ratio, actual: Ratio, threshold: Decimal) -> tuple[Ratio, Any]:
    """Return the pence that a demand pays if its threshold is met, and where it is met.

    What is counted is whole, so that saving and expectation have one denominator.
    """
    saving = expected - actual
    ends = [end for first, last, _ in payment.stretches() for end in (first, last, payment.cap) if end is not None]
    scale = lcm(*(Fraction(end).denominator for end in ends))
    shares = lcm(*(Fraction(share).denominator for _, _, share in payment.stretches()))
    base, counted = expected.top, (saving.top * scale).maximum(NOUGHT)
    if payment.cap is not None:
        counted = counted.minimum(base * int(payment.cap * scale))
    due = NOUGHT
    for start, end, share in payment.stretches():
        part = (counted - base * int(start * scale)).maximum(NOUGHT)
        if end is not None:
            part = part.minimum(base * int((end - start) * scale))
        due = due + part * int(share * shares)
    met = saving.at_least(times(expected, threshold))
    return Ratio(due, expected.bottom).over(scale * shares), met


def shared(amount: Whole, weights: list[Whole], order: list[int]) -> list[Whole]:
    """Divide whole amounts by weights: rounded down, what is left to the largest remainders, ties by `order`.

    >>> [part.values.tolist() for part in shared(whole(np.array([100, 7])), [ONE, ONE, ONE], [0, 1, 2])]
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
    left = left.where(every.values != 0, NOUGHT)
    done = []
    for place, part in enumerate(parts):
        before = NOUGHT
        for other, rest in enumerate(rests):
            if other != place:
                ahead = rest.at_least(rests[place])
                if order.index(other) > order.index(place):
                    ahead = ~rests[place].at_least(rest)
                before = before + ONE.where(ahead, NOUGHT)
        done.append(part + ONE.where(~before.at_least(left), NOUGHT))
    return done


def times(ratio: Ratio, share: Decimal) -> Ratio:
    """Return a share of each fraction."""
    top, bottom = Fraction(share).as_integer_ratio()
    return (ratio * top).over(bottom)


def taken(array: Any, at: tuple[int, ...]) -> Whole:
    """Return one count of every path; 1 where there is no array."""
    if array is None:
        return ONE
    place: Any = (..., *at)
    return whole(np.asarray(array)[place])


def subsets(periods: list[str]) -> list[list[str]]:
    """Return every choice of one or more periods.

    >>> subsets(["a", "b"])
    [['a'], ['b'], ['a', 'b']]
    """
    numbers = range(1, 2 ** len(periods))
    return [[period for at, period in enumerate(periods) if number >> at & 1] for number in numbers]
