"""Shapley shares, the core and who would leave: textbook games, games worked by hand, and brute force beside them."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import ceil, factorial
from random import Random
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from shared_service import content, rows, terms

from whatworks.money.recharge.best_groups import Leaving, ListedSearch, NightsSearch, how_many, worst
from whatworks.money.recharge.core import core
from whatworks.money.recharge.cost_game import CostGame, cost_game, listed_costs
from whatworks.money.recharge.leaving import Stability
from whatworks.money.recharge.recharge import recharge
from whatworks.money.recharge.shapley import counted
from whatworks.money.recharge.terms import OwnCost


def every_group(players: int) -> list[tuple[int, ...]]:
    """Return all groups in an order of their own."""
    return [group for size in range(players + 1) for group in combinations(range(players), size)]


def table(players: int, cost: dict[tuple[int, ...], int]) -> np.ndarray:
    return np.array([cost[tuple(at for at in range(players) if mask >> at & 1)] for mask in range(2**players)])


def shapley_by_orders(players: int, cost: dict[tuple[int, ...], int]) -> list[Fraction]:
    """The definition: what each adds, averaged over all orders."""
    added = [0] * players
    for order in permutations(range(players)):
        for at, player in enumerate(order):
            added[player] += cost[tuple(sorted(order[: at + 1]))] - cost[tuple(sorted(order[:at]))]
    return [Fraction(total, factorial(players)) for total in added]


def most_by_all_rows(players: int, cost: dict[tuple[int, ...], int]) -> float:
    """The most that can be billed with every group's row there from the start."""
    groups = [group for group in every_group(players) if group]
    rows_of = np.array([[float(at in group) for at in range(players)] for group in groups])
    solved = linprog(-np.ones(players), A_ub=rows_of, b_ub=[cost[g] for g in groups], bounds=[(None, None)] * players)
    return -float(solved.fun)


# Three boroughs: alone 60 each; A with B 90, A with C 100, B with C 110; all 120.
BY_HAND = {(): 0, (0,): 60, (1,): 60, (2,): 60, (0, 1): 90, (0, 2): 100, (1, 2): 110, (0, 1, 2): 120}


def test_a_game_of_three_worked_by_hand() -> None:
    # A: first 60 (2 of 6 orders), after B 30, after C 40, last 120 - 110 = 10 (2 of 6): (120 + 30 + 40 + 20) / 6 = 35.
    # B: (120 + 30 + 50 + 2 * 20) / 6 = 40; C: (120 + 40 + 50 + 2 * 30) / 6 = 45.
    costs = table(3, BY_HAND)
    assert shapley_by_orders(3, BY_HAND) == [35, 40, 45]
    # 35 + 40 <= 90, 35 + 45 <= 100, 40 + 45 <= 110: nobody leaves, so the Shapley shares are in the core.
    found = core(ListedSearch(costs), [35, 40, 45])
    assert not found.empty
    assert [round(bill) for bill in found.bills] == [35, 40, 45]
    assert worst(ListedSearch(costs), [35, 40, 45]) is None
    # At 30, 61, 29 B pays 1 more than alone, and A with B 1 more than together: B is named, the smaller group.
    assert worst(ListedSearch(costs), [30, 61, 29]) == Leaving((1,), 61, 60)
    # B pays 1 more than alone; with A 91 > 90: two groups.
    assert how_many(costs, [30, 61, 29]) == 2


def test_an_empty_core_worked_by_hand_and_its_proof() -> None:
    # Alone 100, any two 100, all three 200: each pair is worth half, so 150 of 200 can be billed.
    cost = {group: 100 * bool(group) for group in every_group(3)} | {(0, 1, 2): 200}
    found = core(ListedSearch(table(3, cost)), [200 / 3] * 3)
    assert found.empty
    assert found.missing == pytest.approx(50)
    assert dict(found.proof) == dict.fromkeys([(0, 1), (0, 2), (1, 2)], Fraction(1, 2))


def test_shapley_outside_a_core_that_is_not_empty() -> None:
    # Alone 100; A and B together 100, A and C 200, B and C 200; all 200: A and B cost 100 together, so C must pay 100.
    cost = {(): 0, (0,): 100, (1,): 100, (2,): 100, (0, 1): 100, (0, 2): 200, (1, 2): 200, (0, 1, 2): 200}
    shares = shapley_by_orders(3, cost)
    assert shares == [50, 50, 100]
    # Let A with C cost 130.
    # A: (2 x 100 + 0 + 30 + 2 x 0) / 6; B: (200 + 0 + 100 + 2 x 70) / 6; C: (200 + 30 + 100 + 2 x 100) / 6.
    cost[(0, 2)] = 130
    shares = shapley_by_orders(3, cost)
    assert shares == [Fraction(230, 6), Fraction(440, 6), Fraction(530, 6)]
    found = core(ListedSearch(table(3, cost)), [float(share) for share in shares])
    blocked = worst(ListedSearch(table(3, cost)), shares)
    assert not found.empty
    # C must pay 100 (A and B pay 100 at most together) and A with C pays 130: A 30, B 70. Shapley has C pay less.
    assert [round(bill) for bill in found.bills] == [30, 70, 100]
    assert blocked is not None
    assert blocked.group == (0, 1)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=7))
def test_the_airport_game_has_its_closed_form(runways: list[int]) -> None:
    """Littlechild and Owen (1973): each stretch of runway is shared equally by all who need it."""
    players = len(runways)
    cost = {group: max((runways[at] for at in group), default=0) for group in every_group(players)}
    lengths = [0, *sorted(set(runways))]
    expected = [
        sum(
            (Fraction(b - a, sum(need >= b for need in runways)) for a, b in pairwise(lengths)
             if runways[player] >= b),
            Fraction(0),
        )
        for player in range(players)
    ]  # fmt: skip
    shares = shapley_by_orders(players, cost)
    assert shares == expected
    assert worst(ListedSearch(table(players, cost)), shares) is None


@st.composite
def games(draw: st.DrawFn, most: int = 5) -> CostGame:
    players = draw(st.integers(1, most))
    return CostGame(
        tuple("ABCDEFGH"[:players]),
        tuple(draw(st.integers(0, 40)) for _ in range(players)),
        10,
        draw(st.integers(0, 3_000)),
        draw(st.integers(0, 900)),
        draw(st.integers(1, 4)),
        Fraction(draw(st.sampled_from(["1", "0.9", "0.55"]))),
    )


def cost_by_hand(game: CostGame) -> dict[tuple[int, ...], int]:
    """Return every group's cost straight from the terms, in other words than the room's."""
    found = {}
    for group in every_group(len(game.players)):
        nights = sum(game.nights[at] for at in group)
        places = max(ceil(Fraction(nights, 10) / game.occupancy), game.smallest_unit)
        found[group] = game.fixed_pence + places * game.place_pence if nights else 0
    return found


@given(games())
@settings(max_examples=60)
def test_the_two_ways_to_shapley_are_the_definition(game: CostGame) -> None:
    cost = cost_by_hand(game)
    assert [int(one) for one in listed_costs(game)] == [int(one) for one in table(len(game.players), cost)]
    assert counted(game) == shapley_by_orders(len(game.players), cost)


@given(games(), st.data())
@settings(max_examples=80)
def test_the_group_that_saves_most_is_the_one_found_by_looking_at_all(game: CostGame, data: st.DataObject) -> None:
    bills = [data.draw(st.integers(0, 4_000)) for _ in game.players]
    cost = cost_by_hand(game)
    saving = {group: sum(bills[at] for at in group) - cost[group] for group in cost}
    for search in (NightsSearch(game), ListedSearch(listed_costs(game))):
        found = worst(search, bills)
        assert (found.saving if found else 0) == max(saving.values())
    assert how_many(listed_costs(game), bills) == sum(one > 0 for one in saving.values())


@given(games())
@settings(max_examples=40)
def test_the_core_is_that_of_the_programme_with_every_row(game: CostGame) -> None:
    cost = cost_by_hand(game)
    whole, most = cost[tuple(range(len(game.players)))], most_by_all_rows(len(game.players), cost)
    shares = [float(share) for share in counted(game)]
    for search in (NightsSearch(game), ListedSearch(listed_costs(game))):
        found = core(search, shares)
        assert found.empty == (most < whole - 1e-3)
        assert found.missing == pytest.approx(max(0.0, whole - most), abs=1e-3)
        if not found.empty:
            assert sum(found.bills) == pytest.approx(whole, abs=1e-2)
            assert all(sum(found.bills[at] for at in group) <= cost[group] + 1e-2 for group in cost)
        for at in range(len(game.players) if found.proof else 0):
            assert sum(weight for group, weight in found.proof if at in group) == 1
        assert sum(weight * cost[group] for group, weight in found.proof) < whole or not found.proof


@given(games())
def test_two_groups_never_pay_less_apart_than_together(game: CostGame) -> None:
    half = len(game.players) // 2
    first, second = range(half), range(half, len(game.players))
    assert game.whole <= game.cost_of(first) + game.cost_of(second)


def test_the_terms_own_cost_worked_by_hand() -> None:
    own = OwnCost(price_year="2010/11", fixed_cost=Decimal(1000), cost_per_place=Decimal("200.50"), smallest_unit=3,
                  occupancy=Decimal("0.8"))  # fmt: skip
    game = cost_game(own, {"A": 876, "B": 877, "C": 0}, 365)
    # A place gives 365 x 0.8 = 292 nights. 876 take exactly 3 places, 877 four; 1,753 take 7; nobody, nothing.
    assert [game.cost_of([0]), game.cost_of([1]), game.cost_of([2])] == [160_150, 180_200, 0]
    assert game.whole == 100_000 + 7 * 20_050


THIRTY_THREE = CostGame(
    tuple(f"B{at:02}" for at in range(33)),
    tuple(Random(33).randint(0, 120) for _ in range(33)),
    100,
    4_000_000,
    1_950_000,
    6,
    Fraction("0.9"),
)


def test_shapley_for_33_lies_where_sampled_orders_put_it() -> None:
    """An independent way: the mean over sampled orders, within four standard errors of it."""
    draw, shares = Random(7), counted(THIRTY_THREE)
    assert sum(shares) == THIRTY_THREE.whole
    watched = [0, 11, 32]
    added: dict[int, list[int]] = {player: [] for player in watched}
    for _ in range(1_500):
        order = draw.sample(range(33), 33)
        for player in watched:
            before = sum(THIRTY_THREE.nights[at] for at in order[: order.index(player)])
            added[player].append(THIRTY_THREE.cost(before + THIRTY_THREE.nights[player]) - THIRTY_THREE.cost(before))
    for player in watched:
        error = stdev(added[player]) / len(added[player]) ** 0.5
        assert abs(fmean(added[player]) - float(shares[player])) < 4 * error + 1


def test_bills_in_the_core_for_33_keep_every_sampled_group() -> None:
    dear = CostGame(THIRTY_THREE.players, THIRTY_THREE.nights, 100, 60_000_000, 1_950_000, 6, Fraction("0.9"))
    kept = core(NightsSearch(dear), [float(share) for share in counted(dear)])
    assert not kept.empty
    draw = Random(3)
    for _ in range(500):
        group = draw.sample(range(33), draw.randint(1, 33))
        assert sum(kept.bills[at] for at in group) <= dear.cost_of(group) + 0.01


def stability(**own: object) -> Stability:
    """Return who would leave a service of three boroughs that used 500, 200 and 100 nights."""
    base = {"price_year": "2010/11", "fixed_cost": 1000, "cost_per_place": 10_000, "smallest_unit": 1, "occupancy": 1}
    asked = terms(own_cost=base | own, empty_places={"funded_by": "boroughs"}, outside={"funded_by": "boroughs"})
    found = recharge(asked, rows("2010/11", ("A", "A", 400), ("A", "B", 100), ("B", "A", 200), ("C", "B", 100)))
    assert found.stability is not None
    return found.stability


def test_who_would_leave_is_said_of_each_models_bills() -> None:
    found = stability()
    # 500 nights take two places, 200 and 100 one each; 800 take three: 31,000. The bills are of 109,500.
    assert found.alone == {"A": Decimal(21_000), "B": Decimal(11_000), "C": Decimal(11_000)}
    assert (found.together, found.billed) == (Decimal(31_000), Decimal("109500.00"))
    shared = next(one for one in found.models if one.model == "equal_shares")
    # All pay 36,500: all three leaving save 109,500 - 31,000, more than any two (73,000 - 21,000 at best).
    assert shared.worst is not None
    assert (shared.worst.boroughs, shared.worst.saving) == (("A", "B", "C"), Decimal("78500.00"))
    assert (shared.single, shared.groups, shared.of_groups) == (("A", "B", "C"), 7, 7)


def test_nobody_leaves_where_a_service_alone_is_dearer() -> None:
    found = stability(fixed_cost=500_000)
    assert all(one.worst is None and one.groups == 0 and one.single == () for one in found.models)
    assert not found.core_empty
    assert found.shapley_blocked is None
    assert found.stable is not None
    assert sum(found.stable.values()) == sum(found.shapley.values()) == found.together


def test_without_a_groups_own_cost_that_part_is_refused_and_the_rest_given() -> None:
    half = content(own_cost={"fixed_cost": 1000, "smallest_unit": 6})["own_cost"]
    answer = recharge(terms(own_cost=half), rows("2010/11", ("A", "A", 10)))
    assert answer.stability is None
    assert len(answer.current) == 5
    assert [one.needed for one in answer.missing if "leave" in one.part] == [
        "own_cost: price_year, cost_per_place, occupancy"
    ]
