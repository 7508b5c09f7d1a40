"""Core and Shapley of the refuge's cost game: 14 boroughs beside listing every group, 33 by the exact counting method.

`python benchmarks/recharge.py`. Nights are made up (seed 1). For 14 the two ways must agree; for 33, where there are
8.6 thousand million groups, the sampled orders of joining beside it are the peer: they would take so long for a penny.
"""

import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from math import comb
from random import Random
from typing import Any

import numpy as np

from whatworks.money.recharge.best_groups import ListedSearch, NightsSearch, worst
from whatworks.money.recharge.core import core
from whatworks.money.recharge.cost_game import CostGame, listed_costs
from whatworks.money.recharge.shapley import counted

ORDERS = 2_000


def game(players: int, fixed_pounds: int) -> CostGame:
    """Return a game of boroughs that use up to 1,500 nights a year each."""
    draw = Random(1)
    nights = tuple(draw.randint(0, 1_500) for _ in range(players))
    names = tuple(f"B{at:02}" for at in range(players))
    return CostGame(names, nights, 365, fixed_pounds * 100, 19_500_00, 6, Fraction("0.9"))


def listed(costs: "np.ndarray[Any, Any]") -> list[Fraction]:
    """Return each player's Shapley share from the cost of every group, numbered by its bits: the definition itself."""
    players = len(costs).bit_length() - 1
    groups = np.arange(len(costs))
    sizes = np.array([bin(group).count("1") for group in range(len(costs))])
    shares = []
    for player in range(players):
        without = groups[(groups >> player & 1) == 0]
        added = np.zeros(players, dtype=np.int64)
        np.add.at(added, sizes[without], costs[without | 1 << player] - costs[without])
        by_size = (Fraction(int(one), comb(players - 1, size)) for size, one in enumerate(added))
        shares.append(sum(by_size, Fraction(0)) / players)
    return shares


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that a piece of work takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def sampled(one: CostGame, orders: int) -> tuple[list[float], float]:
    """Return the shares by sampled orders of joining, and the largest half-width of their 95% intervals in pence."""
    draw, added = Random(2), [[0] * orders for _ in one.players]
    for at in range(orders):
        nights = before = 0
        for player in draw.sample(range(len(one.players)), len(one.players)):
            nights += one.nights[player]
            cost = one.cost(nights)
            added[player][at] = cost - before
            before = cost
    widest = max(1.96 * statistics.stdev(found) / orders**0.5 for found in added)
    return [statistics.fmean(found) for found in added], widest


def row(name: str, seconds: float, said: str) -> None:
    """Print one line."""
    print(f"{name:<44} {seconds:8.3f} s   {said}", flush=True)


def main() -> int:
    """Print the table; return 1 if two ways differ, or a sampled share is far from the exact one."""
    failed = 0
    for fixed in (42_000, 400_000):
        small = game(14, fixed)
        print(f"fixed cost {fixed:,} pounds")
        seconds, costs = timed(lambda small=small: listed_costs(small))
        row("14: cost of all 16,383 groups", seconds, "")
        seconds, by_list = timed(lambda costs=costs: listed(costs))
        row("14: Shapley from every group", seconds, f"{float(by_list[0]) / 100:,.2f} for the first")
        seconds, shares = timed(lambda small=small: counted(small))
        row("14: Shapley by counting groups", seconds, "the same" if shares == by_list else "DIFFERS")
        wanted = [float(share) for share in shares]
        seconds, every = timed(lambda costs=costs, wanted=wanted: core(ListedSearch(costs), wanted))
        row("14: core, searching every group", seconds, said(every))
        seconds, found = timed(lambda small=small, wanted=wanted: core(NightsSearch(small), wanted))
        row("14: core, by knapsacks", seconds, said(found))
        failed += shares != by_list or found.empty != every.empty or abs(found.missing - every.missing) > 1
        large = game(33, fixed)
        seconds, shares = timed(lambda large=large: counted(large))
        row(
            "33: Shapley by counting groups", seconds, "exact; sums to the cost" if sum(shares) == large.whole else "NO"
        )
        seconds, (means, widest) = timed(lambda large=large: sampled(large, ORDERS))
        far = max(abs(mean - float(share)) for mean, share in zip(means, shares, strict=True))
        row(
            f"33: beside it, {ORDERS:,} sampled orders",
            seconds,
            f"95% to within £{widest / 100:,.0f}; off by £{far / 100:,.0f}",
        )
        wanted = [float(share) for share in shares]
        seconds, found = timed(lambda large=large, wanted=wanted: core(NightsSearch(large), wanted))
        row("33: core, by knapsacks", seconds, said(found))
        seconds, blocked = timed(lambda large=large, shares=shares: worst(NightsSearch(large), shares))
        row(
            "33: the group that Shapley shares drive away",
            seconds,
            "none" if blocked is None else f"{len(blocked.group)} of 33",
        )
        failed += sum(shares) != large.whole or far > 2 * widest
    return int(failed > 0)


def said(found: Any) -> str:
    """Return what was found of a core."""
    proof = ", proved in exact fractions" if found.proof else ""
    return f"empty, £{found.missing / 100:,.2f} short{proof}" if found.empty else "not empty"


if __name__ == "__main__":
    sys.exit(main())
