"""Two papers on journeys about nearly the same cases give no handful back; asked again each says the same."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest
from release_papers import FIRST, Papers, differences, figures, releases

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.telling import Telling, part
from whatworks.records.store import scratch

CASES = releases()
DAY = FIRST + timedelta(120)
END = date(2025, 3, 1)
Ask = Callable[[Papers], Answer]
PAIRS: dict[str, tuple[Ask, Ask]] = {
    "lost, from a day later": (lambda p: p.lost(DAY), lambda p: p.lost(DAY + timedelta(3))),
    "lost, up to a day earlier": (lambda p: p.lost(None, END), lambda p: p.lost(None, END - timedelta(2))),
    "lost, within a day less": (lambda p: p.lost(within=14), lambda p: p.lost(within=13)),
    "time, from a day later": (lambda p: p.time(DAY), lambda p: p.time(DAY + timedelta(3))),
    "boroughs, a day less": (
        lambda p: p.areas("2024-02-01..2024-12-31"),
        lambda p: p.areas("2024-02-01..2024-12-25"),
    ),
    "boroughs, within a day less": (lambda p: p.areas(within=14), lambda p: p.areas(within=13)),
    "periods, a day less": (
        lambda p: p.periods("2024-07-01..2024-12-31", "2024-01-01..2024-06-30"),
        lambda p: p.periods("2024-07-02..2024-12-31", "2024-01-01..2024-06-30"),
    ),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_nearly_the_same_cases_twice_give_no_handful_back(pair: tuple[Ask, Ask]) -> None:
    alone = [ask(Papers(CASES)) for ask in pair]
    assert list(differences(*alone))  # each by itself is a paper that the other one takes apart
    papers = Papers(CASES)
    first, second = (ask(papers) for ask in pair)
    assert figures(first) == figures(alone[0])
    assert list(differences(first, second)) == []
    assert "beside an earlier paper" in " ".join(second.sentences)


def test_asked_again_each_paper_says_the_same() -> None:
    papers = Papers(CASES)
    asked = [papers.lost(DAY), papers.lost(DAY + timedelta(3)), papers.lost(DAY), papers.lost(DAY + timedelta(3))]
    said = [list(one.lines()) for one in asked]
    assert said[0] == said[2] != said[1] == said[3]


def test_other_cases_are_told_of_as_if_by_themselves() -> None:
    papers = Papers(CASES)
    papers.lost(None, DAY)
    assert figures(papers.lost(DAY + timedelta(1))) == figures(Papers(CASES).lost(DAY + timedelta(1)))


def test_two_counts_that_share_nobody_leave_no_few_of_a_third() -> None:
    """Of 60 cases 30 went on, and 24 are known by another division to have come back: six did neither."""
    members = [f"c{at}" for at in range(60)]
    ways = pl.DataFrame({"unit": members[30:54], "way": "back"})

    def make(told: Telling) -> tuple[object, ...]:
        told.whole("opened", members)
        told.whole("went on", members[:30])
        told.parts("opened", ways, "way")
        counts = {"opened": 60, "went on": 30, part("opened", ("way", "back")): 24}
        return tuple(told.count(name, count) for name, count in counts.items())

    said = clear(make, StoreBook(scratch()), 10, "count", "2025-07-01")
    assert said.count("c") == 1 and {"c", 60, 30, 24}.issuperset(said)
