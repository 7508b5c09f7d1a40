"""Where to put services: published figures, and small cases by trying every choice."""

from itertools import combinations

import numpy as np
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.location.access import check_amounts, floating_catchment, gaussian, raam
from whatworks.statistics.location.covering import covered_need, least_cover, maximal_cover
from whatworks.statistics.location.p_median import p_median

DEMAND, SUPPLY = [100.0] * 3, [10.0, 10.0]
AWAY = np.abs(np.arange(3)[:, None] - np.array([0, 2])[None])
"""Demand at 0, 1 and 2 of a line; supply at 0 and 2."""
COST = np.array([[0, 3, 9], [3, 0, 5], [9, 5, 0], [7, 4, 1]])
NEED = [10, 20, 5, 40]


def test_catchments_are_the_methods_page_s() -> None:
    step = floating_catchment(DEMAND, SUPPLY, AWAY <= 1)
    smooth = floating_catchment(DEMAND, SUPPLY, gaussian(AWAY, 1))
    assert step == pytest.approx([0.05, 0.1, 0.05])
    assert smooth == pytest.approx([0.06517926, 0.06964149, 0.06517926], abs=5e-9)
    assert raam(DEMAND, SUPPLY, AWAY, 60) == pytest.approx([1, 1.016667, 1], abs=5e-7)
    for access in (step, smooth):
        assert float(access @ DEMAND) == pytest.approx(20)


def test_raam_is_an_equilibrium() -> None:
    """Nobody would do better at the other site.

    300 people at the first of two sites, with supply 10 and 20 (a ratio of 10), the other 30 away: with x at the first,
    x/100 = (300 - x)/200 + 30/60, so x = 400/3 and the cost is 4/3.
    """
    assert raam([300], [10, 20], [[0, 30]], 60) == pytest.approx([4 / 3])


def test_raam_knows_what_cannot_be_reached() -> None:
    assert raam([5, 5], [1, 0], [[0, 0], [np.inf, 0]], 60).tolist() == [0.5, np.inf]
    assert raam([5], [0], [[0]], 60).tolist() == [np.inf]


def test_nearest_is_unsafe() -> None:
    """With no minimum everybody stays at home; with one nobody does, and the sum is the least of all pairs of sites."""
    rng = np.random.default_rng(5)
    places, demand = rng.uniform(0, 30, (9, 2)), rng.integers(0, 9, 9)
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    excluded = np.arange(9) == 4
    found = p_median(demand, away, 3, minimum=6, excluded=excluded)

    def cost(sites: tuple[int, ...]) -> float:
        allowed = np.where(away[:, sites] >= 6, away[:, sites], np.inf)
        return float(sum(d * a for d, a in zip(demand, allowed.min(axis=1), strict=True) if d))

    best = min(cost(sites) for sites in combinations([at for at in range(9) if at != 4], 3))
    assert found.distance * demand.sum() == pytest.approx(best)
    assert 4 not in found.sites
    assert all(away[at, site] >= 6 for at, site in enumerate(found.assigned) if site >= 0)
    assert [site == -1 for site in found.assigned] == [count == 0 for count in demand]


@pytest.mark.parametrize(
    ("demand", "sites", "options", "words"),
    [
        ([1, 1], 1, {"minimum": 50}, "has no feasible site; shorten the minimum distance"),
        ([1, 1], 1, {"excluded": [True, True]}, "has no feasible site"),
        ([1, 1], 3, {}, "is not between 1 and the 2 sites"),
        ([0, 0], 1, {}, "are all zero"),
        ([1, 1], 1, {"minimum": 1}, "allow 2 sites"),
        ([-1, 1], 1, {}, 'row 1, demand "-1": is negative'),
    ],
)
def test_siting_that_cannot_be_is_refused(demand, sites, options, words) -> None:
    with pytest.raises(Refused, match=words):
        p_median(demand, [[0, 5], [5, 0]], sites, **options)


def test_one_site_covers_45_of_75() -> None:
    best = maximal_cover(NEED, COST <= 3, [1, 1, 1], 1)
    assert (best.options, best.covered, best.need, best.share) == ((2,), 45, 75, 0.6)
    assert len(least_cover(COST <= 3)) == 2


def test_cover_is_the_best_of_all_choices_and_the_cheapest_of_equals() -> None:
    rng = np.random.default_rng(11)
    for _ in range(20):
        sees, need = rng.random((14, 8)) < 0.3, rng.integers(0, 9, 14).astype(float)
        cost, homes = rng.integers(1, 6, 8), rng.integers(0, 4, 8)
        group = np.array([0, 0, 1, 1, 2, 3, 4, 5])
        required = group == 1
        found = maximal_cover(need, sees, cost, 11, penalty=homes, group=group, required=required)
        allowed = [
            chosen
            for size in range(9)
            for chosen in combinations(range(8), size)
            if cost[list(chosen)].sum() <= 11
            and len({group[at] for at in chosen}) == len(chosen)
            and any(group[at] == 1 for at in chosen)
        ]
        best = max(
            (covered_need(need, sees, chosen) - homes[list(chosen)].sum(), -cost[list(chosen)].sum())
            for chosen in allowed
        )
        assert (found.covered - homes[list(found.options)].sum(), -found.cost) == best


def test_a_camera_that_sees_nothing_new_is_not_chosen() -> None:
    found = maximal_cover([4, 4], [[1, 1, 0], [0, 0, 0]], [5, 3, 1], 100)
    assert (found.options, found.share) == ((1,), 0.5)


@pytest.mark.parametrize(
    ("need", "budget", "required", "words"),
    [
        ([1, 1], 1, None, 'budget "1.00": is below 2.00, which the cheapest option costs'),
        ([1, 1], 4, [True, True], "is below 5.00, which what is required costs"),
        ([0, 0], 9, None, "is zero everywhere"),
        ([1, -2], 9, None, 'row 2, need "-2": is negative'),
    ],
)
def test_cover_that_cannot_be_is_refused(need, budget, required, words) -> None:
    with pytest.raises(Refused, match=words):
        maximal_cover(need, np.eye(2), [2, 3], budget, required=required)


def test_what_no_site_covers_is_named() -> None:
    with pytest.raises(Refused, match="row 2: is covered by no site"):
        least_cover([[1, 0], [0, 0]])


def test_counts_are_whole_and_not_negative() -> None:
    with pytest.raises(Refused) as refused:
        check_amounts([1, 0.5, -3, np.nan], "places", whole=True)
    assert [(fault.row, fault.problem) for fault in refused.value.faults] == [
        (2, "is a part of one"),
        (3, "is negative"),
        (4, "is not a finite number"),
    ]
