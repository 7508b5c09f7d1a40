"""Matching holds to its tie rules, told a second time by search over all units, and to laws that no table shows."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.records.refusal import Refused
from whatworks.statistics.pairs import kernel
from whatworks.statistics.pairs.nearest import match_nearest

Cohort = tuple[np.ndarray, np.ndarray, np.ndarray]
ORDERS = ["largest", "smallest", "data"]


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    size = draw(st.integers(2, 40))
    scores = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    treated = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    treated[0], treated[1] = True, False
    strata = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    return np.array(scores) / 8, np.array(treated), np.array(strata)


def search(cohort: Cohort, caliper: float, ratio: int, uses: int, order: str) -> list[tuple[int, int, int]]:
    """Match as the rules say, looking at every unit each time."""
    scores, treated, strata = cohort
    line = sorted(range(len(scores)), key=lambda u: (scores[u], u))
    rank = {u: r for r, u in enumerate(line)}
    queue = [u for u in range(len(scores)) if treated[u]]
    if order != "data":
        queue.sort(key=lambda u: -scores[u] if order == "largest" else scores[u])
    free = {u: uses for u in range(len(scores)) if not treated[u]}
    partners: dict[int, list[int]] = {u: [] for u in queue}
    made = []
    for turn in range(1, ratio + 1):
        for u in queue:
            if len(partners[u]) < turn - 1:
                continue
            low = min([rank[u], *(rank[p] for p in partners[u])])
            high = max([rank[u], *(rank[p] for p in partners[u])])
            able = [c for c in free if strata[c] == strata[u]]
            below = max((c for c in able if rank[c] < low), key=lambda c: rank[c], default=None)
            above = min((c for c in able if rank[c] > high), key=lambda c: rank[c], default=None)
            reached = [] if below is None else [(abs(scores[u] - scores[below]), low - rank[below], 0, below)]
            reached += [] if above is None else [(abs(scores[u] - scores[above]), rank[above] - high, 1, above)]
            within = [one for one in reached if one[0] <= caliper]
            if within:
                c = min(within)[3]
                partners[u].append(c)
                made.append((u, c, turn))
                free[c] -= 1
                if not free[c]:
                    del free[c]
    return made


@given(cohorts(), st.sampled_from(ORDERS), st.integers(1, 3), st.integers(1, 4), st.sampled_from([0.25, 0.5, 2.0]))
@settings(max_examples=200, deadline=None)
def test_pairs_are_those_of_a_search_over_everyone(
    cohort: Cohort, order: str, ratio: int, uses: int, caliper: float
) -> None:
    scores, treated, strata = cohort
    again = {"replace": uses > 1, "reuse_max": None if uses in (1, 4) else uses}
    found = match_nearest(scores, treated, strata=strata, caliper=caliper, ratio=ratio, m_order=order, **again)
    assert found.frame().rows() == search(cohort, caliper, ratio, len(scores) if uses == 4 else uses, order)


@given(cohorts(), st.sampled_from([*ORDERS, "closest", "random"]), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_a_pair_keeps_caliper_stratum_and_group_and_no_comparison_serves_twice(
    cohort: Cohort, order: str, ratio: int
) -> None:
    scores, treated, strata = cohort
    found = match_nearest(scores, treated, strata=strata, caliper=0.25, ratio=ratio, m_order=order, seed=3)
    assert treated[found.treated].all() and not treated[found.comparison].any()
    assert (np.abs(scores[found.treated] - scores[found.comparison]) <= 0.25).all()
    assert (strata[found.treated] == strata[found.comparison]).all()
    assert len(set(found.comparison.tolist())) == len(found.comparison)
    assert (np.bincount(found.treated, minlength=1) <= ratio).all()


@pytest.mark.parametrize("order", ["largest", "smallest", "closest"])
@pytest.mark.parametrize("ratio", [1, 2])
def test_the_order_of_rows_is_nothing_to_scores_without_ties(order: str, ratio: int) -> None:
    rng = np.random.default_rng(5)
    scores, treated, strata = rng.normal(size=300), rng.random(300) < 0.3, rng.integers(0, 4, 300)
    first = match_nearest(scores, treated, strata=strata, caliper=0.3, ratio=ratio, m_order=order)
    turn = rng.permutation(300)
    again = match_nearest(scores[turn], treated[turn], strata=strata[turn], caliper=0.3, ratio=ratio, m_order=order)
    back = zip(turn[again.treated].tolist(), turn[again.comparison].tolist(), again.round.tolist(), strict=True)
    assert sorted(first.frame().rows()) == sorted(back)


def test_closest_first_takes_no_pair_wider_than_a_free_one() -> None:
    # 0.50 is nearer to 0.49 than 0.47 is; taken in order of rows, the first treated person would have had it.
    found = match_nearest([0.47, 0.50, 0.49, 0.10], [True, True, False, False], m_order="closest")
    assert sorted(found.frame().rows()) == [(0, 3, 1), (1, 2, 1)]


def test_the_same_seed_draws_the_same_order() -> None:
    rng = np.random.default_rng(9)
    scores, treated = rng.random(200), rng.random(200) < 0.5
    drawn = [astuple(match_nearest(scores, treated, m_order="random", seed=seed))[1].tolist() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_one_treated_person_finds_the_nearest() -> None:
    assert match_nearest([0.5, 0.1, 0.6], [True, False, False]).frame().rows() == [(0, 2, 1)]


def test_a_stratum_without_comparisons_matches_nobody() -> None:
    found = match_nearest([0.5, 0.5, 0.2], [True, True, False], strata=["a", "b", "b"])
    assert found.frame().rows() == [(1, 2, 1)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"distance": [0.1, np.nan]}, "missing or infinite"),
        ({"distance": [0.1, np.inf]}, "missing or infinite"),
        ({"treated": [True, True]}, "empty"),
        ({"caliper": 0.0}, "above zero"),
        ({"ratio": 0}, "below one"),
        ({"m_order": "sideways"}, "not an order"),
        ({"m_order": "random"}, "needs a seed"),
        ({"strata": [1, 2, 3]}, "3 strata for 2 units"),
        ({"distance": [0.1, 0.2, 0.3]}, "give one of each"),
    ],
)
def test_bad_input_is_refused_in_words(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        match_nearest(**{"distance": [0.1, 0.2], "treated": [True, False], **arguments})  # type: ignore[arg-type]


def test_several_faults_come_at_once() -> None:
    with pytest.raises(Refused) as refused:
        match_nearest([0.1, np.nan], [True, True], caliper=-1, ratio=0)
    assert len(refused.value.faults) == 4


def test_a_cache_that_cannot_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    real = kernel.njit

    def refusing(function: object = None, **options: object) -> object:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return real(function)

    monkeypatch.setattr(kernel, "njit", refusing)
    assert kernel.compiled(lambda x: x + 1)(1) == 2
