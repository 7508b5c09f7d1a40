"""Trials by both rates; a change of listing practice is told from a change of how many are lost."""

from datetime import date

import polars as pl
import pytest

from whatworks.journeys.trials import trials_of
from whatworks.papers.journeys.trials import trials_answer
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.intervals import wilson

AS_AT = date(2025, 6, 30)
BEFORE = {"effective": 400, "cracked": 300, "ineffective": 100, "vacated": 200}


def listings(*periods: tuple[date, dict[str, int]], reason: str | None = "court") -> pl.DataFrame:
    rows = [
        {"court_kind": "magistrates", "court": None, "listed_for": day, "outcome": outcome or None, "as_at": AS_AT,
         "reason": reason if outcome in ("ineffective", "vacated") else None}
        for day, counts in periods for outcome, count in counts.items() for _ in range(count)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"court": pl.String, "outcome": pl.String, "reason": pl.String})


def test_both_rates_have_their_own_base_and_wilsons_limits() -> None:
    found = trials_of(listings((date(2024, 2, 1), BEFORE)))
    whole = found.everybody
    assert (whole.ineffective_rate.value, whole.ineffective_rate.base) == (100 / 800, 800)
    assert (whole.lost_rate.value, whole.lost_rate.base) == (300 / 1000, 1000)
    assert whole.ineffective_rate.limits == wilson(100, 800)
    assert whole.reasons["ineffective"] == {"court": 100}
    assert [one.name for one in found.groups] == ["2024 Q1"]


def test_vacated_trials_recorded_as_ineffective_are_a_change_of_listing() -> None:
    after = {"effective": 400, "cracked": 300, "ineffective": 180, "vacated": 120}
    found = trials_of(listings((date(2024, 2, 1), BEFORE), (date(2024, 8, 1), after)), change=date(2024, 4, 1)).change
    assert found.ineffective[0] == pytest.approx(180 / 880 - 100 / 800)
    assert found.lost[0] == 0 and found.by_listing


@pytest.mark.parametrize(
    "after",
    [
        {"effective": 320, "cracked": 300, "ineffective": 180, "vacated": 200},  # more are lost in truth
        {"effective": 402, "cracked": 300, "ineffective": 101, "vacated": 197},  # nothing beyond chance
        {"effective": 250, "cracked": 300, "ineffective": 300, "vacated": 150},  # both at once
    ],
)
def test_what_is_no_change_of_listing_is_not_called_one(after: dict[str, int]) -> None:
    rows = listings((date(2024, 2, 1), BEFORE), (date(2024, 8, 1), after))
    assert not trials_of(rows, change=date(2024, 4, 1)).change.by_listing


def test_listings_without_an_outcome_or_still_to_come_are_in_no_rate() -> None:
    rows = listings((date(2024, 2, 1), {**BEFORE, "": 12}), (date(2025, 7, 1), {"": 30}), reason=None)
    found = trials_of(rows)
    assert (found.everybody.listed, found.unknown, found.ahead, found.without_reason) == (1000, 12, 30, 300)
    said = " ".join(trials_answer(found, "quarter").sentences)
    assert "without an outcome, in no rate: about 10." in said and "still to come, in no rate: about 30." in said
    assert "needs a base, a period and n" in said


def test_what_cannot_be_said_is_refused_with_the_way_on() -> None:
    rows = listings((date(2024, 2, 1), BEFORE))
    with pytest.raises(Refused, match="there are 1,000 listings in all"):
        trials_of(rows, first=date(2025, 1, 1))
    with pytest.raises(Refused, match="no trials on one side of it; name a day between 2024-02-01 and 2024-02-01"):
        trials_of(rows, change=date(2025, 1, 1))


def test_a_quarter_with_a_handful_is_withheld_with_another() -> None:
    small = {"effective": 40, "cracked": 30, "ineffective": 4, "vacated": 20}
    rows = listings((date(2024, 2, 1), BEFORE), (date(2024, 5, 1), small), (date(2024, 8, 1), BEFORE))
    answer = trials_answer(trials_of(rows), "quarter")
    table = answer.tables[0]
    shown = {row.name: table.columns[1].value(row) for row in table.rows}
    assert list(shown.values()).count("c") == 2 and shown["2024 Q2"] == "c" and shown["all"] == 840


def test_a_change_within_a_quarter_gives_back_no_handful_beside_whole_quarters() -> None:
    """Of the second quarter 3 ineffective lie before 2 April: 103 before it, less the first quarter's 100, are they."""
    rows = listings((date(2024, 2, 1), BEFORE), (date(2024, 4, 1), {"ineffective": 30}), (date(2024, 5, 1), BEFORE))
    few = pl.concat([rows, listings((date(2024, 4, 2), {"ineffective": 3}))])
    three = listings((date(2024, 2, 1), BEFORE), (date(2024, 4, 1), {"ineffective": 3}), (date(2024, 5, 1), BEFORE))
    for frame, day, shown in ((few, 1, True), (few, 2, True), (few, 3, True), (three, 1, True), (three, 2, False)):
        on = date(2024, 4, day)
        answer = trials_answer(trials_of(frame, change=on), "quarter")
        table = answer.tables[2]
        assert ("c" not in {table.columns[3].value(row) for row in table.rows}) == shown
        assert any("widen the time" in line for line in answer.sentences) == (not shown)


def test_a_small_quarter_is_not_what_a_side_leaves_of_those_shown() -> None:
    small = {"effective": 40, "cracked": 30, "ineffective": 4, "vacated": 20}
    days = (date(2023, 11, 1), small | {"ineffective": 15}), (date(2024, 2, 1), BEFORE), (date(2024, 5, 1), small)
    answer = trials_answer(trials_of(listings(*days, (date(2024, 8, 1), BEFORE)), change=date(2024, 4, 1)), "quarter")
    quarters = {row.name: answer.tables[0].columns[3].value(row) for row in answer.tables[0].rows}
    assert [name for name, count in quarters.items() if count == "c"] == ["2023 Q4", "2024 Q2"]
    assert {answer.tables[2].columns[3].value(row) for row in answer.tables[2].rows} == {"c"}


def test_reasons_not_given_are_not_told_together_where_one_outcome_has_few() -> None:
    rows = listings((date(2024, 2, 1), BEFORE))
    some = [
        listings((date(2024, 2, 1), {name: count}), reason=None)
        for name, count in (("ineffective", 15), ("vacated", 3))
    ]
    answer = trials_answer(trials_of(pl.concat([rows, *some])), "quarter")
    assert "Ineffective or vacated without a reason: some; ask the court for it." in answer.sentences


def test_beside_what_was_not_found_stands_what_would_have_been() -> None:
    """Two of three trials are lost of 120 on either side: Newcombe's interval is 3.92 errors wide, times 2.8016."""
    side = {"effective": 40, "cracked": 0, "ineffective": 60, "vacated": 20}
    report = trials_of(listings((date(2024, 2, 1), side), (date(2024, 8, 1), side)), change=date(2024, 4, 1))
    answer = trials_answer(report, "quarter")
    _, low, high = report.change.lost
    assert report.change.smallest[2] == pytest.approx(2.8016 * (high - low) / 3.91993, rel=1e-4)
    assert 0.16 < report.change.smallest[2] < 0.18  # by hand 2.8016 x sqrt(2 x 2/3 x 1/3 / 120) = 0.1705
    points = (
        f"both together by {100 * report.change.smallest[2]:.1f} percentage points would be found four times in five"
    )
    assert any(points in line for line in answer.sentences)
    assert answer.document()["change"]["smallest"] == list(report.change.smallest)


def test_where_nothing_moved_nothing_is_said_of_listing() -> None:
    answer = trials_answer(
        trials_of(listings((date(2024, 2, 1), BEFORE), (date(2024, 8, 1), BEFORE)), change=date(2024, 4, 1)), "quarter"
    )
    assert any("no change that these numbers could tell" in line for line in answer.sentences)
    assert not any("alone would look like" in line for line in answer.sentences)


def test_what_these_numbers_cannot_tell_is_not_called_no_change_of_listing() -> None:
    """Vacated fall beyond chance; ineffective rise within it. Where all lost rise, it is not listing alone."""
    before = {"effective": 239, "cracked": 117, "ineffective": 53, "vacated": 49}
    fewer = {"effective": 246, "cracked": 146, "ineffective": 74, "vacated": 26}
    more = {"effective": 146, "cracked": 146, "ineffective": 174, "vacated": 49}
    for after, said in ((fewer, "cannot tell"), (more, "More or fewer are lost")):
        rows = listings((date(2024, 2, 1), before), (date(2024, 8, 1), after))
        answer = trials_answer(trials_of(rows, change=date(2024, 4, 1)), "quarter")
        assert any(said in line for line in answer.sentences)
