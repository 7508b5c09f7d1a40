"""Unmet need once a person: episodes, ranges and flows by hand, and units that do not mix."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from whatworks.places.refuges.episodes import REFERRALS, Span, episodes, unmet_need
from whatworks.places.refuges.supply import beside_standard, more_places, within_reach
from whatworks.records.refusal import Refused

START, END = date(2024, 1, 1), date(2024, 12, 31)


def calls(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Each row: person, days after the start, outcome, and more columns by name."""
    named = [
        {"person": who, "referred_on": START + timedelta(days=day), "outcome": outcome, **(more[0] if more else {})}
        for who, day, outcome, *more in rows
    ]
    return pl.DataFrame(named, schema=REFERRALS)


def need_of(rows: pl.DataFrame, as_at: date = END):
    return unmet_need(episodes(rows, as_at), rows, START, END, as_at)


def test_one_person_refused_six_times_is_one_unmet_need() -> None:
    found = need_of(calls(*(("a", day, "refused", {"reason": "no_space"}) for day in (0, 1, 2, 5, 9, 30))))
    assert (found.episodes, found.unmet) == (Span(1, 1, 1), Span(1, 1, 1))
    assert (found.calls, found.refusals) == (6, 6)
    assert found.reasons == {"no_space": 1}


def test_a_refusal_later_placed_is_delayed_and_not_unmet() -> None:
    rows = calls(("a", 0, "refused"), ("a", 12, "placed"), ("b", 3, "placed"), ("c", 4, "refused"))
    found = need_of(rows)
    assert found.fates == {"placed_at_once": 1, "delayed": 1, "unmet": 1, "open": 0}
    assert episodes(rows, END).filter(person="a")["days"].to_list() == [12]


def test_an_episode_closes_at_placement_or_after_ninety_days() -> None:
    """Day 90 is still part of it, day 91 is another; after a placement the next call is another episode."""
    assert episodes(calls(("a", 0, "refused"), ("a", 90, "placed")), END)["fate"].to_list() == ["delayed"]
    assert episodes(calls(("a", 0, "refused"), ("a", 91, "placed")), END)["fate"].to_list() == [
        "unmet",
        "placed_at_once",
    ]
    assert episodes(calls(("a", 0, "placed"), ("a", 20, "refused")), END)["fate"].to_list() == [
        "placed_at_once",
        "unmet",
    ]
    late = calls(("a", 0, "refused"), ("a", 80, "placed", {"decided_on": START + timedelta(days=95)}))
    assert episodes(late, END)["fate"].to_list() == ["unmet"]


def test_a_call_refused_on_the_day_of_the_placement_opens_nothing_new() -> None:
    rows = calls(("a", 0, "refused"), ("a", 2, "placed"), ("a", 2, "refused"))
    assert episodes(rows, END).height == 1


def test_who_is_not_watched_for_ninety_days_is_open_and_not_unmet() -> None:
    rows = calls(("a", 0, "refused"), ("b", 0, "lost"))
    assert need_of(rows, START + timedelta(days=40)).fates["open"] == 2
    found = episodes(rows, START + timedelta(days=40))
    assert found.select("way", "days").rows() == [(None, 40), ("lost", 0)]


def test_an_end_that_a_later_call_belies_is_no_end() -> None:
    assert episodes(calls(("a", 0, "lost"), ("a", 5, "refused")), END)["way"].to_list() == [None]


def test_reasons_do_not_add() -> None:
    rows = calls(
        ("a", 0, "refused", {"reason": "no_space"}),
        ("a", 1, "refused", {"reason": "needs_not_met"}),
        ("b", 0, "refused", {"reason": "no_space"}),
        ("c", 0, "refused"),
    )
    found = need_of(rows)
    assert (found.unmet.linked, found.reasons) == (3, {"needs_not_met": 1, "no_space": 2})


def test_calls_that_cannot_be_linked_give_a_range() -> None:
    """Two linked needs unmet; of five loose calls one was placed. All repeats: one unmet; all new: six."""
    loose = [(None, day, "refused") for day in (1, 2, 3, 4)] + [(None, 9, "placed")]
    found = need_of(calls(("a", 0, "refused"), ("b", 0, "refused"), *loose))
    assert found.episodes == Span(2, 2, 7)
    assert found.unmet == Span(2, 1, 6)
    assert need_of(calls((None, 0, "refused"), (None, 1, "refused"))).episodes == Span(0, 1, 2)


def test_family_places_and_bed_spaces_do_not_mix() -> None:
    found = beside_standard({"A": 6, "B": 0}, {"A": 85_000, "B": 20_000, "C": 5_000}, "family_place")
    assert [one.short for one in found] == [Fraction(5, 2), Fraction(2), Fraction(1, 2)]
    for units in ("bed_space", "household_place", "refuges"):
        with pytest.raises(Refused, match="7,215 bed spaces were 2,715 household places"):
            beside_standard({"A": 6}, {"A": 85_000}, units)


@pytest.mark.parametrize(("places", "words"), [(-1, "is negative"), (2.5, "is a part of one")])
def test_counts_that_no_borough_can_have_are_refused(places, words) -> None:
    with pytest.raises(Refused, match=words):
        beside_standard({"A": places}, {"A": 85_000}, "family_place")
    with pytest.raises(Refused, match='borough "Z": has no residents'):
        beside_standard({"Z": 1}, {"A": 85_000}, "family_place")


def test_reach_leaves_out_what_is_too_near_and_too_far() -> None:
    """B's four places are for A and C, 20,000 each: one for 10,000; A's own two are for B alone."""
    away = [[0, 9, 18], [9, 0, 9], [18, 9, 0]]
    assert within_reach([20_000] * 3, [2, 4, 0], away, 5, 10).tolist() == pytest.approx([1, 1, 1])


def test_an_excluded_borough_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match=r'siting.excluded "Q": is not a borough'):
        more_places([1, 1], [[0, 9], [9, 0]], ["A", "B"], 1, 5, ["Q"])
