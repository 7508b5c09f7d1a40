"""Say what any group of boroughs would pay for a service of its own: the cost game of a shared service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from whatworks.money.amount import pence_of
from whatworks.money.recharge.terms import OwnCost

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LISTED = 20
"""Players up to which every group's cost may be listed (a million groups)."""


@dataclass(frozen=True, slots=True)
class CostGame:
    """A group's cost depends on its nights alone: fixed cost and places, in whole pence.

    `nights` are each borough's, in the order of `players`. A service takes as many places as hold the nights at the
    occupancy, and never fewer than the smallest unit; a group without a night needs none.
    """

    players: tuple[str, ...]
    nights: tuple[int, ...]
    days: int
    fixed_pence: int
    place_pence: int
    smallest_unit: int
    occupancy: Fraction

    def places(self, nights: int) -> int:
        """Return the places that so many nights in the year take.

        >>> small = CostGame(("A", "B"), (400, 700), 365, 5_000_00, 100_00, 2, Fraction(4, 5))
        >>> [small.places(nights) for nights in (0, 1, 584, 585)]
        [0, 2, 2, 3]
        """
        if nights == 0:
            return 0
        per_place = self.days * self.occupancy
        return max(self.smallest_unit, -int(-nights // per_place))

    def cost(self, nights: int) -> int:
        """Return in pence what a service for so many nights costs a year."""
        return self.fixed_pence + self.place_pence * self.places(nights) if nights else 0

    def cost_of(self, group: Iterable[int]) -> int:
        """Return the cost in pence of the group of players at these positions.

        >>> small = CostGame(("A", "B"), (400, 700), 365, 5_000_00, 100_00, 2, Fraction(4, 5))
        >>> small.cost_of([0]), small.cost_of([1]), small.cost_of([0, 1])
        (520000, 530000, 540000)
        """
        return self.cost(sum(self.nights[at] for at in group))

    @property
    def whole(self) -> int:
        """The cost in pence of all together."""
        return self.cost(sum(self.nights))

    def steps(self) -> list[tuple[int, int]]:
        """Return the most nights that each size of service holds, and its cost in pence, up to one for everybody.

        >>> CostGame(("A",), (900,), 365, 0, 100, 2, Fraction(4, 5)).steps()
        [(0, 0), (584, 200), (876, 300), (900, 400)]
        """
        every, per_place = sum(self.nights), self.days * self.occupancy
        found = [(0, 0)]
        for places in range(self.smallest_unit, self.places(every) + 1 if every else 0):
            holds = min(every, int(places * per_place))
            if holds > found[-1][0]:
                found.append((holds, self.cost(holds)))
        return found


def lacking(terms: OwnCost) -> list[str]:
    """Return the figures that the terms would have to state before any group's own cost is known.

    >>> lacking(OwnCost(fixed_cost=Decimal(100), smallest_unit=4))
    ['price_year', 'cost_per_place', 'occupancy']
    """
    return [name for name, value in terms.model_dump().items() if value is None]


def cost_game(terms: OwnCost, nights: dict[str, int], days: int) -> CostGame:
    """Return the game of boroughs with these nights, in the order of their codes; `terms` lack nothing."""
    if terms.fixed_cost is None or terms.cost_per_place is None or terms.smallest_unit is None or not terms.occupancy:
        raise ValueError(f"the own cost lacks {', '.join(lacking(terms))}")
    players = tuple(sorted(nights))
    return CostGame(
        players,
        tuple(nights[code] for code in players),
        days,
        pence_of(terms.fixed_cost),
        pence_of(terms.cost_per_place),
        terms.smallest_unit,
        Fraction(terms.occupancy),
    )


def listed_costs(game: CostGame) -> "NDArray[np.int64]":
    """Return the cost in pence of every group: bit j of an index says whether player j is in it.

    >>> [int(cost) for cost in listed_costs(CostGame(("A", "B"), (400, 700), 365, 500, 100, 2, Fraction(4, 5)))]
    [0, 700, 800, 900]
    """
    import numpy as np

    if len(game.players) > MOST_LISTED:
        raise ValueError(f"{len(game.players)} players have too many groups to list")
    nights = sums(game.nights)
    steps = game.steps()
    at = np.searchsorted(np.array([most for most, _ in steps]), nights)
    return np.array([cost for _, cost in steps], dtype=np.int64)[at]


def sums(values: Sequence[int]) -> "NDArray[np.int64]":
    """Return the sum of every group's values, groups numbered by their bits.

    >>> [int(one) for one in sums([1, 10, 100])]
    [0, 1, 10, 11, 100, 101, 110, 111]
    """
    import numpy as np

    found = np.zeros(1, dtype=np.int64)
    for value in values:
        found = np.concatenate([found, found + value])
    return found


def members(group: int) -> tuple[int, ...]:
    """Return the positions of the players in a group numbered by its bits.

    >>> members(0b1101)
    (0, 2, 3)
    """
    return tuple(at for at in range(group.bit_length()) if group >> at & 1)


def pounds(pence: int) -> Decimal:
    """Return pence as pounds.

    >>> pounds(123)
    Decimal('1.23')
    """
    return Decimal(pence).scaleb(-2)
