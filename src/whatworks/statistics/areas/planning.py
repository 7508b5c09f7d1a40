"""How many areas would tell: what few of them leave a study able to find, and how many more it would take."""

from collections.abc import Callable
from math import sqrt

from whatworks.records.refusal import Refused
from whatworks.statistics.areas.assignments import assignments
from whatworks.statistics.groups.estimate import quantile

FEWEST = 4
"""Areas a side without which no outcome, however clear, is significant: three against three allow p = 0.10."""
MOST = 10_000


def errors_between(df: float, power: float = 0.80, level: float = 0.05) -> float:
    """Return the standard errors between no effect and one found with this power, on `df` degrees of freedom.

    >>> [round(errors_between(df), 3) for df in (3, 4, 6)]
    [4.161, 3.717, 3.353]
    """
    return quantile(1 - level / 2, df) + quantile(power, df)


def smallest_by_area(se: float, df: float) -> float | None:
    """Return the smallest effect that a study by area finds four times in five; None where it has no freedom.

    >>> round(smallest_by_area(0.02, 6), 4)
    0.0671
    """
    return errors_between(df) * se if df >= 1 else None


def areas_needed(effect: float, se: float, df: float, ours: int, theirs: int) -> int | None:
    """Return the areas needed on each side to find `effect`, when `ours` and `theirs` gave `se` with `df`.

    The variance shrinks with areas, and the degrees of freedom grow with them in the share that uneven areas leave of
    what as many equal ones would have. None where more than 10,000 would be needed, or the areas tell nothing of how
    areas differ.

    >>> areas_needed(0.05, 0.02, 6, 4, 4)
    7
    """
    if effect == 0 or not se >= 0:
        raise Refused("no number of areas finds an effect of zero", "give the smallest effect worth having")
    now = 2 / (1 / ours + 1 / theirs)
    if min(ours, theirs) < 2 or df <= 0:
        return None
    share = min(1.0, df / (2 * (now - 1)))
    return _first(lambda areas: errors_between(share * 2 * (areas - 1)) * se * sqrt(now / areas) <= abs(effect))


def planned_se(areas: int, people: float, within: float, between: float) -> float:
    """Return the standard error of a difference between so many areas a side, of `people` each.

    `within` is the variance of people of one area, `between` that of the areas' means.

    >>> round(planned_se(4, 100, 0.24, 0.0025), 4)
    0.0495
    """
    return sqrt(2 * (between + within / people) / areas)


def planned_areas(
    effect: float, people: float, within: float, between: float, *, power: float = 0.80, level: float = 0.05
) -> int | None:
    """Return the areas a side, of `people` each, that find `effect` with this power; None above 10,000.

    >>> planned_areas(0.05, 100, 0.24, 0.0025), planned_areas(0.5, 100, 0.24, 0.0025)
    (32, 4)
    """
    return _first(
        lambda areas: (
            errors_between(2 * (areas - 1), power, level) * planned_se(areas, people, within, between) <= abs(effect)
        )
    )


def smallest_p(ours: int, theirs: int) -> float:
    """Return the smallest p that so many areas with the scheme and without it can give.

    >>> round(smallest_p(3, 5), 3), smallest_p(3, 3)
    (0.018, 0.1)
    """
    return assignments((True,) * ours + (False,) * theirs).smallest_p


def _first(enough: Callable[[int], bool]) -> int | None:
    """Return the least number of areas that is enough, four or more; more areas never tell less."""
    low, high = FEWEST, FEWEST
    while not enough(high):
        low, high = high, 2 * high
        if low > MOST:
            return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low if low <= MOST else None
