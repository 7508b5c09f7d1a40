"""Hold numbers to a grid of powers of two, so that no processor's last bit decides who is compared with whom."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats, Ints

FINENESS = 30
"""Rounding a weight moves no sum by more than 2 to the minus this: what lies below differs between processors."""
DIGITS = 40
ROUNDING = 1e-12
BLOCK, LOOKED_AT = 4_096, 2_000
TENS = (1.0, 10.0, 100.0, 1_000.0, 10_000.0)


def on_grid(values: npt.ArrayLike, power: int | Ints) -> Floats:
    """Round to multiples of 2 to the `power`.

    >>> on_grid([0.3, 0.4], -2).tolist()
    [0.25, 0.5]
    """
    rounded: Floats = np.ldexp(np.rint(np.ldexp(values, np.negative(power))), power)
    return rounded


def to_digits(values: Floats) -> Floats:
    """Round each number to its first 40 binary digits, about twelve decimal ones.

    >>> bool(to_digits(np.array([0.1]))[0] == to_digits(np.array([0.1 * (1 + 1e-15)]))[0])
    True
    """
    return on_grid(values, np.frexp(values)[1].astype(np.int64) - DIGITS)


def same_for_all(values: Floats) -> bool:
    """Tell whether numbers differ by no more than rounding.

    >>> same_for_all(np.array([0.3, 0.1 + 0.2])), same_for_all(np.array([0.3, 0.31]))
    (True, False)
    """
    return not len(values) or float(np.ptp(values)) <= ROUNDING * float(np.abs(values).max())


@dataclass(frozen=True, slots=True)
class Sums:
    """`values` are the sums over the columns of `weights` times what a row has beyond `centre`."""

    values: Floats
    weights: Floats
    centre: Floats


def weighted_sums(design: Floats, weights: Floats, fineness: int = FINENESS) -> Sums:
    """Return weighted sums of the columns, one for each column of `weights`, with the weights held to a grid.

    Columns are added up one after the other. Whole numbers, and decimals of up to four places, then give exact sums:
    who lies as far below as another lies above is exactly as far, whatever the processor. Rounding a weight moves no
    sum by more than 2 to the minus `fineness`.

    >>> people = np.array([[2.7, 3.0], [3.2, 4.0], [3.7, 5.0]])
    >>> score = weighted_sums(people, np.array([[1 / 3], [0.7]])).values[:, 0]
    >>> bool(score[1] - score[0] == score[2] - score[1])
    True
    """
    rows, columns = design.shape
    tens = np.array([_tens(design[:, j]) for j in range(columns)])
    centre = np.rint(design.mean(axis=0) * tens)
    reach = np.maximum(design.max(axis=0) * tens - centre, centre - design.min(axis=0) * tens)
    size = np.frexp(np.maximum(reach, 1e-300))[1].astype(np.int64)[:, None]
    steps = on_grid(weights / tens[:, None], -fineness - size)
    values = np.zeros((rows, weights.shape[1]))
    for first in range(0, rows, BLOCK):
        block, sums = design[first : first + BLOCK], values[first : first + BLOCK]
        for j in range(columns):
            sums += (_whole(block[:, j], tens[j]) - centre[j])[:, None] * steps[j]
    return Sums(values, steps * tens[:, None], centre / tens)


def _tens(column: Floats) -> float:
    """Return the power of ten that makes nine tenths of the numbers whole; 1 where none up to 10,000 does."""
    some = column[:: max(1, len(column) // LOOKED_AT)]
    return next((tens for tens in TENS if (np.rint(some * tens) / tens == some).mean() >= 0.9), 1.0)


def _whole(column: Floats, tens: float) -> Floats:
    """Return a column times a power of ten, whole where that is exact."""
    if tens == 1:
        return column
    whole = np.rint(column * tens)
    return np.where(whole / tens == column, whole, column * tens)
