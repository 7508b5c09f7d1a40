"""The least and greatest of a count, beside looking at every way in which few counts can be."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.papers.disclosure import solving
from whatworks.papers.disclosure.knowledge import Knowledge, SmallCell
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.disclosure.solving import Solver

MOST = 6
PRINTED = Item("people", "treated", "1")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Knowledge, dict[str, int]]:
    """Four counts from 0 to 6, up to four statements that are true of them, and a sum to ask about."""
    truth = dict(zip("abcd", draw(st.lists(st.integers(0, MOST), min_size=4, max_size=4)), strict=True))
    known = Knowledge(5)
    for name, value in truth.items():
        known.count(name, value)
        known.state({name: 1}, 0, MOST)
    for _ in range(draw(st.integers(0, 4))):
        terms = {name: factor for name in "abcd" if (factor := draw(st.integers(-2, 2)))}
        if terms:
            total = known.sum(terms)
            known.state(terms, total - draw(st.integers(0, 2)), total + draw(st.integers(0, 2)), PRINTED)
    if draw(st.booleans()):
        known.one_of("b", {truth["b"], *draw(st.sets(st.integers(0, MOST), max_size=3))}, PRINTED)
    return known, {name: draw(st.sampled_from((-1, 1))) for name in draw(st.sets(st.sampled_from("abcd"), min_size=1))}


def every_way(known: Knowledge, terms: dict[str, int]) -> set[int]:
    """Return what a sum can be, by trying all ways: 7 x 7 x 7 x 7 of them."""
    found = set()
    for counts in product(range(MOST + 1), repeat=4):
        way = dict(zip("abcd", counts, strict=True))
        sums = [(sum(f * way[n] for n, f in one.terms.items()), one) for one in known.statements]
        if all(one.low <= total <= one.high and (not one.values or total in one.values) for total, one in sums):
            found.add(sum(factor * way[name] for name, factor in terms.items()))
    return found


@given(tables())
def test_the_range_is_that_of_every_way_tried(made: tuple[Knowledge, dict[str, int]]) -> None:
    known, terms = made
    ways = every_way(known, terms)
    found = Solver(known).spread(terms)
    assert (found.low, found.high) == (min(ways), max(ways))
    cell = SmallCell("any", terms, known.sum(terms))
    assert Solver(known).is_hidden(cell) == (max(ways) - min(ways) >= 3)


def test_what_the_solver_gives_up_counts_as_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Knowledge(5)
    known.count("a", 2)
    known.count("b", 4)
    known.state({"a": 1, "b": 1}, 6, 6)
    assert Solver(known).is_hidden(SmallCell("a", {"a": 1}, 2))
    monkeypatch.setattr(solving.Programme, "least", lambda self, goal: None)
    assert not Solver(known).is_hidden(SmallCell("a", {"a": 1}, 2))


def test_a_statement_that_is_not_so_of_the_true_counts_narrows_nothing() -> None:
    known = Knowledge(5)
    known.count("a", 2)
    known.state({"a": 1}, 3, 3)
    assert known.statements == []


@pytest.mark.parametrize(("part", "whole", "printed"), [(33, 200, "17"), (35, 200, "18"), (1, 3, "33"), (0, 9, "0")])
def test_a_printed_share_tells_what_rounding_leaves(part: int, whole: int, printed: str) -> None:
    # 33 of 200 is 16.5%, which prints as 17; 35 of 200 is 17.5%, which prints as 18.
    from decimal import Decimal

    known = Knowledge(10)
    known.count("part", part)
    known.count("whole", whole)
    known.state({"whole": 1}, whole, whole)
    known.ratio("part", "whole", Decimal(printed), 100, PRINTED)
    fits = [k for k in range(whole + 1) if int(100 * k / whole + 0.5) == int(printed)]
    found = Solver(known).spread({"part": 1})
    assert (found.low, found.high) == (fits[0], fits[-1])
