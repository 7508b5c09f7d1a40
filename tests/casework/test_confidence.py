"""Custody is never shown without serious further offences and confidence beside it."""

import numpy as np
import polars as pl
import pytest

from whatworks.casework.confidence import CustodyBeside
from whatworks.journeys.compare import span
from whatworks.papers.answer import Answer
from whatworks.papers.casework.confidence import confidence_answer
from whatworks.records.audit.telling import Telling
from whatworks.statistics.groups.person_rates import RateChange, rate_change
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.change import Change, Changes

PEOPLE = 400


def figures(serious_before: int, serious_after: int) -> CustodyBeside:
    """Return 400 people sentenced once a year, 200 to custody and then 120, and on orders all along."""
    who = np.arange(PEOPLE)
    rows = pl.DataFrame(
        {"unit": [f"u{at}" for at in who], "sentenced_before": 1, "sentenced_after": 1, "custody_before": who < 200,
         "custody_after": who < 120, "months_before": 12.0, "months_after": 12.0,
         "serious_before": who < serious_before, "serious_after": who < serious_after}
    ).with_columns(pl.col(pl.Boolean).cast(pl.Int64))  # fmt: skip

    def changed(events: str, base: str) -> RateChange:
        columns = (f"{one}_{side}" for side in ("before", "after") for one in (events, base))
        return rate_change(*(rows[column].to_numpy() for column in columns))

    custody, serious = changed("custody", "sentenced"), changed("serious", "months")
    return CustodyBeside(span("2023"), span("2024"), custody, serious, rows)


def survey(shown: bool = True) -> Changes:
    """Return confidence of 60%, then 50%, asked of a thousand each time; or a change that is withheld."""
    early, late, gap = (
        SurveyEstimate(value, 0.02, value - 0.04, value + 0.04, 999, 1_000, 1_000.0, 1.0) for value in (0.6, 0.5, -0.1)
    )
    overall = Change("", "All", early, late, gap, 0.056) if shown else Change("", "All", early, None)
    return Changes("courts", ("yes",), "Do you trust the courts?", ("a",), ("b",), 0.0, overall, (), ())


def cells(answer: Answer) -> set[str]:
    (table,) = answer.tables
    return {str(column.value(row)) for row in table.rows for column in table.columns[2:]}


def test_all_three_figures_stand_together_and_a_fall_with_harm_is_no_success() -> None:
    answer = confidence_answer(figures(20, 60), survey(), 10, Telling())
    assert "c" not in cells(answer) and len(answer.tables[0].rows) == 3
    said = " ".join(answer.sentences)
    assert "custody as a share of days of sentence: fell" in said and "orders: rose" in said and "survey: fell" in said
    assert "no success by itself" in said


def test_a_fall_without_more_harm_says_which_rise_would_have_been_found() -> None:
    flat = Change("", "All", *[SurveyEstimate(0.6, 0.02, 0.56, 0.64, 999, 1_000, 1_000.0, 1.0)] * 2,
                  SurveyEstimate(0.0, 0.02, -0.04, 0.04, 999, 1_000, 1_000.0, 1.0), 0.056)  # fmt: skip
    answer = confidence_answer(figures(30, 30), Changes("q", (), None, (), (), 0.0, flat, (), ()), 10, Telling())
    assert "is the least that would have been found" in " ".join(answer.sentences)


@pytest.mark.parametrize(("serious", "asked"), [((3, 60), True), ((30, 60), False)])
def test_where_one_of_the_three_may_not_be_shown_none_is(serious: tuple[int, int], asked: bool) -> None:
    answer = confidence_answer(figures(*serious), survey(asked), 10, Telling())
    assert cells(answer) == {"c"}
    assert "Custody is withheld" in answer.sentences[0] and "fell" not in " ".join(answer.sentences)
