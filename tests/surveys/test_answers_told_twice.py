"""Two papers on nearly the same answers give no handful of respondents back, and asked again each says the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.surveys.estimate import estimate_answer
from whatworks.papers.surveys.trend import trend_answer
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.surveys import estimate, read_answers, trend
from whatworks.surveys.answers import Answers

Ask = Callable[[Answers], Answer]


def of_period(period: str) -> Ask:
    return lambda answers: estimate_answer(estimate(answers, period))


def paper(book: StoreBook, answers: Answers, ask: Ask) -> dict[str, Any]:
    """Return what leaves of answers, beside what left before."""
    answer = clear(lambda told: ask(replace(answers, told=told)), book, 10, "surveys", "2025-07-01")
    found: dict[str, Any] = answer.summary()
    return found


@pytest.fixture
def asked(store: Store, write: Any) -> Store:
    """Answer 150 yes, 6 maybe and 144 no in three waves, and ask eight people in a fourth."""
    for quarter in (1, 2, 3):
        given = ["yes"] * 150 + ["maybe"] * 6 + ["no"] * 144
        write(f"w{quarter}", quarter, {f"r{at}": answer for at, answer in enumerate(given)})
    write("w4", 4, {f"r{at}": "yes" if at % 2 else "no" for at in range(8)})
    return store


def test_an_answer_and_the_same_with_a_rare_one_beside_it_tell_of_few(asked: Store) -> None:
    """156 of 300 less 150 of 300 would be the six who said maybe."""
    book = StoreBook(scratch())
    first = paper(book, read_answers(asked, "trust", ["yes"]), of_period("w1"))
    assert first["overall"]["value"] == 0.5
    with pytest.raises(Refused, match="few people beside an earlier paper"):
        paper(book, read_answers(asked, "trust", ["yes", "maybe"]), of_period("w1"))
    assert paper(book, read_answers(asked, "trust", ["yes", "maybe"]), of_period("w1..w2"))["overall"]["n"] == 600


def test_a_wave_of_few_is_not_told_by_the_waves_with_it_less_those_without(asked: Store) -> None:
    book, answers = StoreBook(scratch()), read_answers(asked, "trust", ["yes"])
    assert paper(book, answers, of_period("w1..w3"))["overall"]["n"] == 900
    with pytest.raises(Refused, match="few people beside an earlier paper"):
        paper(book, answers, of_period("w1..w4"))
    assert paper(StoreBook(scratch()), answers, of_period("w1..w4"))["overall"]["n"] == 908


def test_asked_again_a_series_says_the_same(asked: Store) -> None:
    """Windows of two waves: the third and the small fourth, less the third alone, would tell of eight."""
    book, answers = StoreBook(scratch()), read_answers(asked, "trust", ["yes"])
    series: Ask = lambda given: trend_answer(trend(given, 2))  # noqa: E731
    first = paper(book, answers, of_period("w3"))
    twice = [paper(book, answers, series) for _ in range(2)]
    assert twice[0] == twice[1]
    assert [point["estimate"] is None for point in twice[0]["points"]] == [False, False, True]
    assert paper(book, answers, of_period("w3")) == first
