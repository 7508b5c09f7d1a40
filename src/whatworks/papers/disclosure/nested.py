"""Decide which counts of people may be shown, where one group lies within another."""

from collections.abc import Iterable
from typing import Literal

from whatworks.evaluation.result import GroupResult

Count = int | Literal["c"]
"""A count that may be published, or "c" (confidential) in its place, as government statisticians mark it."""

NOISE = 1e-3
"""A share with eight digits, times many people, misses a whole number of them by less than this."""


FEWEST_FOR_DAYS = 30
"""Time to first reoffence is withheld in smaller groups, as the Justice Data Lab does."""


class Nested:
    """Counts of people who lie within each other, from those submitted down to those analysed.

    Subtracting two shown counts gives a count of people too, so any two must be equal or lie at least `minimum` apart.
    What matters most to the reader is published first. `refused` counts are published nowhere.

    >>> trail = Nested(10)
    >>> [trail.publish(count) for count in (100, 120, 117, 110, 103, 100)]
    [100, 120, 'c', 110, 'c', 100]
    """

    def __init__(self, minimum: int, refused: frozenset[int] = frozenset()) -> None:
        self.minimum = minimum
        self.refused = refused
        self.shown: set[int] = set()

    def allows(self, count: int) -> bool:
        """Return whether `count` could be shown beside those already shown."""
        return (
            count not in self.refused
            and not self.sensitive(count)
            and not any(self.sensitive(abs(count - other)) for other in self.shown)
        )

    def publish(self, count: int, *, keep: bool = True) -> Count:
        """Return `count` if it may be shown; it is then held against later ones, unless `keep` is false."""
        if not self.allows(count):
            return "c"
        if keep:
            self.shown.add(count)
        return count

    def sensitive(self, count: float) -> bool:
        """Return whether `count` people are too few to show, and more than none."""
        return NOISE < count < self.minimum - NOISE


def widen(hidden: set[str], sizes: dict[str, list[float]], minimum: int) -> set[str]:
    """Return `hidden` with as many more parts of a known total as keep each hidden part from being worked out.

    `sizes` gives a part's count in each total that it belongs to. At least two parts are hidden, and in every total
    they hold at least `minimum` together; the smallest further part is taken first.

    >>> sorted(widen({"b"}, {"a": [50], "b": [3], "c": [12]}, 10))
    ['b', 'c']
    >>> sorted(widen({"b", "d"}, {"a": [50], "b": [3], "c": [12], "d": [4]}, 10))
    ['b', 'c', 'd']
    """
    chosen = set(hidden)
    rest = sorted((part for part in sizes if part not in chosen), key=lambda part: (sizes[part], part))
    while chosen and rest and (len(chosen) < 2 or short(sizes[part] for part in chosen) < minimum):
        chosen.add(rest.pop(0))
    return chosen


def short(columns: Iterable[list[float]]) -> float:
    """Return the smallest total over the columns, those that are empty left out."""
    totals = [sum(column) for column in zip(*columns, strict=True)]
    return min((total for total in totals if total > 0), default=0)


def below_threshold(group: GroupResult, kind: str, minimum: int) -> bool:
    """Return whether a group's value describes too few people: those it counts, or those it does not.

    >>> below_threshold(GroupResult(n=96, events=7, value=7 / 96, ci_low=None, ci_high=None), "yes_no", 10)
    True
    >>> below_threshold(GroupResult(n=96, events=21, value=21 / 96, ci_low=None, ci_high=None), "yes_no", 10)
    False
    """
    if group.value is None:
        return False
    if group.n < minimum or (kind == "days" and group.n < FEWEST_FOR_DAYS):
        return True
    if kind == "days" and group.events is not None:
        return group.events < minimum or group.n - group.events < minimum
    if kind in ("yes_no", "share"):
        events = [group.value * group.n] + ([group.events] if group.events is not None else [])
        return any(count < minimum - NOISE or group.n - count < minimum - NOISE for count in events)
    return group.events is not None and group.events < minimum
