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
    assert (whole.ineffective.value, whole.ineffective.base) == (100 / 800, 800)
    assert (whole.lost.value, whole.lost.base) == (300 / 1000, 1000)
    assert whole.ineffective.limits == wilson(100, 800)
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
    assert "without an outcome, in no rate: 12." in said and "still to come, in no rate: 30." in said
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
