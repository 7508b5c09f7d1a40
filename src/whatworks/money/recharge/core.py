"""Say whether bills exist that no group of boroughs would do better to leave: is the core of the cost game empty?

The most that all can be billed together without any group's being billed more than it would pay alone is a linear
programme with one row for each group. Rows are brought in as they are needed: solve, look for the groups that pay most
above their own cost, add them, until there are none. Where that most is the whole cost the core is not empty. Otherwise
the rest is what somebody else would have to pay so that all stay, and the programme's prices are a proof (Bondareva
and Shapley): groups with weights that cover each borough exactly once, and cost less than all together.

Where there are such bills, those nearest to a set that one would like (the Shapley shares) are found in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from whatworks.money.recharge.best_groups import Group, Search

CLOSE = 1e-4
"""Pence within which bills count as no more than a group's own cost."""
LARGEST_DENOMINATOR = 10_000


@dataclass(frozen=True, slots=True)
class Core:
    """Whether bills that everybody would accept exist. Amounts in pence.

    `most` is what can be billed in all without driving a group away, `missing` the rest of the whole cost: zero where
    the core is not empty. `bills` are such bills. `proof` are groups with weights that show the core to be empty,
    checked in exact fractions; none where it is not empty, or where the weights are no simple fractions.
    """

    empty: bool
    whole: int
    most: float
    bills: tuple[float, ...]
    proof: tuple[tuple[Group, Fraction], ...]

    @property
    def missing(self) -> float:
        """What somebody else would have to pay so that nobody leaves, in pence."""
        return max(0.0, self.whole - self.most) if self.empty else 0.0


def core(search: Search, wanted: Sequence[float]) -> Core:
    """Return whether the core is empty, and where it is not, the bills in it nearest to those `wanted` (in pence).

    Three boroughs that each need half of a place, where places are whole: any two share one, so nobody can be billed
    more than half a place's price, and the second place is left unpaid.
    """
    import numpy as np

    bills = nearest(search, wanted)
    if bills is not None:
        return Core(False, search.whole, float(search.whole), bills, ())
    solved, rows = _with_rows(search, -np.ones(search.players), wanted, [])
    most = -float(solved.fun)
    empty = most < search.whole - CLOSE
    weights = [-float(price) for price in solved.ineqlin.marginals]
    bills = tuple(float(bill) for bill in solved.x)
    return Core(empty, search.whole, most, bills, _proof(search, rows, weights) if empty else ())


def nearest(search: Search, bills: Sequence[float]) -> tuple[float, ...] | None:
    """Return the bills in the core that move the fewest pence from `bills`; None where the core is empty.

    >>> import numpy as np
    >>> from whatworks.money.recharge.best_groups import ListedSearch
    >>> [round(bill) for bill in nearest(ListedSearch(np.array([0, 12, 28, 28])), [20, 8])]
    [12, 16]
    """
    import numpy as np

    players = search.players
    objective = np.concatenate([np.zeros(players), np.ones(players)])
    eye = np.eye(players)
    moved = [
        (np.concatenate([sign * eye[at], -eye[at]]), sign * bills[at]) for sign in (1, -1) for at in range(players)
    ]
    try:
        solved, _ = _with_rows(search, objective, bills, moved)
    except EmptyCore:
        return None
    return tuple(float(bill) for bill in solved.x[:players])


class EmptyCore(Exception):
    """No bills satisfy every group."""


def _with_rows(search: Search, objective: Any, wanted: Sequence[float], fixed: list[Any]) -> Any:
    """Return the solution that satisfies every group, and the groups whose rows it took."""
    import numpy as np

    players, width = search.players, len(objective)
    rows: dict[Group, int] = {(at,): search.cost((at,)) for at in range(players)}
    rows[tuple(range(players))] = search.whole
    rows |= {group: search.cost(group) for group in search.groups(wanted)}
    while True:
        table = np.zeros((len(rows), width))
        for at, group in enumerate(rows):
            table[at, list(group)] = 1
        solved = _solve(objective, table, list(rows.values()), fixed, search.whole if fixed else None)
        bills = [float(bill) for bill in solved.x[:players]]
        new = {}
        for group in search.groups(bills):
            cost = search.cost(group)
            if group not in rows and sum(bills[at] for at in group) > cost + CLOSE:
                new[group] = cost
        if not new:
            return solved, list(rows)
        rows |= new


def _solve(objective: Any, table: Any, most: list[int], fixed: list[Any], whole: int | None) -> Any:
    """Solve in pounds, which suits the solver's tolerances, and return the solution in pence."""
    import numpy as np
    from scipy.optimize import linprog

    rows = np.vstack([table, *(row for row, _ in fixed)]) if fixed else table
    limits = np.array([*most, *(limit for _, limit in fixed)], dtype=float) / 100
    players = int(table[0].size // 2) if fixed else table.shape[1]
    equal = np.concatenate([np.ones(players), np.zeros(players)])[None, :] if fixed else None
    free = [(None, None)] * players + [(0, None)] * (len(objective) - players)
    solved = linprog(
        objective,
        A_ub=rows,
        b_ub=limits,
        A_eq=equal,
        b_eq=None if whole is None else [whole / 100],
        bounds=free,
        method="highs",
    )
    if solved.status == 2:
        raise EmptyCore
    if solved.status != 0:
        raise ArithmeticError(f"the linear programme was not solved: {solved.message}")
    solved.x, solved.fun = solved.x * 100, solved.fun * 100
    return solved


def _proof(search: Search, rows: list[Group], weights: list[float]) -> tuple[tuple[Group, Fraction], ...]:
    """Return the weighted groups if they cover each player once and cost less than all together, in exact fractions."""
    found = [
        (group, Fraction(weight).limit_denominator(LARGEST_DENOMINATOR))
        for group, weight in zip(rows, weights, strict=True)
        if weight > 1e-7
    ]
    covered = [sum((weight for group, weight in found if at in group), Fraction(0)) for at in range(search.players)]
    cost = sum((weight * search.cost(group) for group, weight in found), Fraction(0))
    return tuple(sorted(found)) if set(covered) == {Fraction(1)} and cost < search.whole else ()
