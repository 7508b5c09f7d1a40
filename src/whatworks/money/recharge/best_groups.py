"""Find the groups of boroughs that would save most by leaving: the worst for any set of bills, without listing groups.

In a game whose costs depend on nights alone there are few sizes of service. For each, the group that pays most among
those whose nights it holds is a knapsack, solved exactly for all sizes at once; the group with the largest saving of
all is among these. A game given by the cost of every group is searched through instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from whatworks.money.recharge.cost_game import CostGame, members, sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Group = tuple[int, ...]
"""Positions of players, in order."""


@dataclass(frozen=True, slots=True)
class NightsSearch:
    """The search in a game whose costs depend on nights alone: exact for any number of players."""

    game: CostGame

    @property
    def players(self) -> int:
        """How many there are."""
        return len(self.game.players)

    @property
    def whole(self) -> int:
        """The cost of all together, in pence."""
        return self.game.whole

    def cost(self, group: Group) -> int:
        """Return what a group would pay alone, in pence."""
        return self.game.cost_of(group)

    def groups(self, bills: Sequence[float]) -> list[Group]:
        """Return for each size of service the group that pays most among those that it holds.

        >>> from fractions import Fraction
        >>> game = CostGame(("A", "B", "C"), (10, 10, 20), 10, 90, 1, 1, Fraction(1))
        >>> NightsSearch(game).groups([60, 20, 20])
        [(0,), (0, 1), (0, 1, 2)]
        """
        import numpy as np

        every = sum(self.game.nights)
        most = np.zeros(every + 1)
        taken = np.zeros((self.players, every + 1), dtype=bool)
        for player, (nights, bill) in enumerate(zip(self.game.nights, bills, strict=True)):
            if bill <= 0:
                continue
            with_it = most[: every + 1 - nights] + bill
            taken[player, nights:] = with_it > most[nights:]
            most[nights:] = np.where(taken[player, nights:], with_it, most[nights:])
        found = [self._trace(taken, holds) for holds, _ in self.game.steps()]
        return [group for group in dict.fromkeys(found) if group]

    def _trace(self, taken: "NDArray[np.bool_]", left: int) -> Group:
        group = []
        for player in range(self.players - 1, -1, -1):
            if taken[player, left]:
                group.append(player)
                left -= self.game.nights[player]
        return tuple(reversed(group))


@dataclass(frozen=True, slots=True)
class ListedSearch:
    """The search in any game of few players: `costs` has the cost of every group in pence, numbered by its bits."""

    costs: "NDArray[np.int64]"
    at_once: int = 64

    @property
    def players(self) -> int:
        """How many there are."""
        return len(self.costs).bit_length() - 1

    @property
    def whole(self) -> int:
        """The cost of all together, in pence."""
        return int(self.costs[-1])

    def cost(self, group: Group) -> int:
        """Return what a group would pay alone, in pence."""
        return int(self.costs[sum(1 << player for player in group)])

    def groups(self, bills: Sequence[float]) -> list[Group]:
        """Return the groups that pay most above their own cost.

        >>> import numpy as np
        >>> ListedSearch(np.array([0, 12, 28, 28]), 1).groups([20, 8])
        [(0,)]
        """
        import numpy as np

        paid = np.zeros(1)
        for bill in bills:
            paid = np.concatenate([paid, paid + bill])
        above = paid - self.costs
        above[0] = -np.inf
        last = min(self.at_once, len(above))
        order = np.argsort(-above, kind="stable")[:last]
        return [members(int(group)) for group in order]


Search = NightsSearch | ListedSearch
"""Finds groups among which is one that pays most above its own cost; all amounts are pence."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The group that would save most by leaving: what it is billed and what it would pay alone, in pence."""

    group: Group
    billed: int | Fraction
    alone: int

    @property
    def saving(self) -> int | Fraction:
        """What leaving would save it."""
        return self.billed - self.alone


def worst(search: Search, bills: Sequence[int] | Sequence[Fraction]) -> Leaving | None:
    """Return the group that would save most, the smallest and first of equals; None where none would save."""
    groups = search.groups([float(bill) for bill in bills])
    found = [Leaving(group, sum(bills[at] for at in group), search.cost(group)) for group in groups]
    saving = [one for one in found if one.saving > 0]
    return min(saving, key=lambda one: (-one.saving, len(one.group), one.group), default=None)


def how_many(costs: "NDArray[np.int64]", bills: Sequence[int]) -> int:
    """Return how many groups would save by leaving, given the cost of every group.

    >>> import numpy as np
    >>> how_many(np.array([0, 12, 28, 28]), [20, 8])
    1
    """
    return int((sums(bills) > costs).sum())
