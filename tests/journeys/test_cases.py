"""One case of several agencies is one; what does not fit is named, counted, set aside; the undeclared is refused."""

from datetime import date

import polars as pl
import pytest

from journeys.made_up_cases import KIND, cases, reports
from whatworks.journeys.cases import cases_of, read_cases
from whatworks.journeys.kind import JourneyKind, kind_schema, load_kind, ready_made
from whatworks.journeys.stage_time import journey_time
from whatworks.papers.journeys.time import time_answer
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

GOOD = [("g", "asked", 0, 4, None), ("g", "checked", 4, 9, None), ("g", "built", 9, 20, "in_use")]


def problems(found) -> list[tuple[str, int]]:
    return [(one.problem, one.cases) for one in found.remarks]


def test_a_case_that_two_agencies_report_is_one_and_the_owners_dates_are_believed() -> None:
    found = cases(("r", "checked", 4, 9, None, "police"), ("r", "checked", 4, 12, None, "court"))
    assert found.stays.select("stage", "days").rows() == [("checked", 8.0)]
    assert problems(found) == [
        ("cases have a stage that two agencies date differently (1 of 1 stays that several report, by up to 3 days)", 1)
    ]
    owners = cases(("r", "asked", 0, 4, None, "police"), ("r", "asked", 0, 9, None, "court"))
    assert owners.stays["days"].to_list() == [4.0]  # the stage is the police's, though the court comes first by name
    same = cases(("r", "checked", 4, 9, None, "police"), ("r", "checked", 4, 9, None, "court"))
    assert (same.stays.height, same.remarks) == (1, ())


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("b", "asked", 5, 4, None)], "a stage is left before it is entered (first: police stages, row 5)"),
        ([("b", "checked", 0, 4, None), ("b", "asked", 5, 6, None)],
         "stages are out of order (first: police stages, row 6)"),
        ([("b", "asked", 0, 1, None), ("b", "asked", 5, 6, None)], "a stage comes twice (first: police stages, row 6)"),
        ([("b", "asked", 0, 4, "cancelled"), ("b", "checked", 6, 9, None)],
         "a stage comes after the outcome that ended the journey (first: police stages, row 5)"),
        ([("b", "asked", 0, None, "cancelled")],
         "an outcome stands without the day of leaving (first: police stages, row 5)"),
    ],
)  # fmt: skip
def test_a_case_whose_dates_contradict_each_other_is_set_aside_and_counted(rows, problem) -> None:
    found = cases(*GOOD, *rows)
    assert problems(found) == [(f"cases set aside: {problem}", 1)]
    assert found.count == 1


def test_a_stage_that_was_never_closed_ends_when_the_next_begins() -> None:
    found = cases(("a", "asked", 0, None, None), ("a", "checked", 7, None, None))
    assert found.stays.select("days", "way").rows() == [(7.0, "onward"), (93.0, "waiting")]
    assert problems(found) == [("cases have a stage that was never closed, and a later one", 1)]


def test_a_stage_passed_over_is_told_and_one_that_may_be_is_not() -> None:
    rows = [("a", "asked", 0, 3, None), ("a", "built", 3, 9, "in_use")]
    assert problems(cases(*rows)) == [("cases passed over a stage that may not be skipped", 1)]
    stages = [one.model_dump() | {"may_be_skipped": True} for one in KIND.stage]
    lenient = JourneyKind.model_validate(KIND.model_dump() | {"stage": stages})
    assert cases_of(lenient, reports(*rows)).remarks == ()


def test_stages_and_outcomes_that_nobody_declared_are_refused_together_with_their_place() -> None:
    with pytest.raises(Refused) as refused:
        cases(*GOOD, ("b", "askd", 0, 4, None), ("c", "asked", 0, 4, "canceled"))
    text = str(refused.value)
    assert 'police stages, row 5, stage "askd"' in text and "did you mean 'asked'?" in text
    assert 'police stages, row 6, outcome "canceled"' in text and "did you mean 'cancelled'?" in text
    with pytest.raises(Refused, match='outcome "Aaa Aaa"'):  # what may be somebody's name is shown by its shape
        cases(*GOOD, ("b", "asked", 0, 4, "Ann Lee"))


def test_cases_told_apart_are_in_no_figure() -> None:
    found = cases(*GOOD, ("e", "asked", 0, 2, "elsewhere"))
    assert (found.count, found.apart) == (1, {"elsewhere": 1})


def test_a_store_without_cases_is_refused_with_the_way_on() -> None:
    with DuckDBStore(None) as store, pytest.raises(Refused, match="no case is of this kind; import table case_stage"):
        read_cases(store, load_kind("victim"))


def test_two_defendants_under_one_reference_stay_two_cases() -> None:
    rows = [
        ("a", "asked", 0, 4, None, "police"),
        ("b", "asked", 0, 6, None, "police"),
        ("x", "asked", 0, 4, None, "court"),
    ]
    frame = reports(*rows).with_columns(offence_ref=pl.lit("R1"), linked_id=pl.Series(["L1", "L2", "L1"]))
    found = cases_of(KIND, frame)
    assert sorted(found.stays["days"]) == [4.0, 6.0] and found.remarks == ()


def test_cases_without_any_stage_are_counted_with_what_to_do(store, take) -> None:
    take("casefile", "case_id,kind\nc1,request\nc2,request\nc3,other\n", "police")
    with pytest.raises(Refused, match="nothing to work on: 2 cases have no stage"):
        read_cases(store, KIND)
    take("case_stage", "case_stage_id,case_id,kind,stage,entered_on\ns,c1,request,asked,2024-01-01\n", "police")
    assert read_cases(store, KIND).remarks == (
        ("cases have a file and no stage", 1, "ask the agency for the stages of these cases, or close the files"),
    )


def test_working_days_leave_out_weekends_and_the_editions_holidays_and_refuse_other_years() -> None:
    kind = JourneyKind.model_validate(KIND.model_dump() | {"clock": "working", "holidays": "england-and-wales-2026"})
    # 1 January 2024, a Monday and a holiday, to Monday the 8th: Tuesday to Friday
    found = cases_of(kind, reports(("a", "asked", 0, 7, None)))
    assert found.stays["days"].to_list() == [4.0]
    late = reports(("a", "asked", 1500, 1507, None), as_at=date(2028, 6, 1))
    with pytest.raises(Refused, match="holds the holidays of 2005 to 2027"):
        cases_of(kind, late)
    with pytest.raises(Refused, match="is not an edition of holidays; use england-and-wales-2026"):
        cases_of(JourneyKind.model_validate(kind.model_dump() | {"holidays": "ours"}), late)


def test_all_waiting_and_one_case_are_said_and_give_no_number() -> None:
    found = journey_time(cases(("a", "asked", 0, None, None)))
    said = " ".join(time_answer(found).sentences)
    assert "Asked: all who entered wait still" in said and "There is one case only" in said
    assert "Checked: no case has entered it" in said
    assert (found.stages[0].median.days, found.stages[0].finished_mean, found.stages[0].restricted) == (
        None,
        None,
        None,
    )


def test_every_ready_made_kind_keeps_to_the_published_schema() -> None:
    import jsonschema

    assert len(ready_made()) == 6
    for name in ready_made():
        jsonschema.validate(load_kind(name).model_dump(mode="json", exclude_none=True), kind_schema())


def test_a_kind_is_refused_with_every_fault(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'kind = "own"\ntitle = "Own"\nunit = "cases"\nclok = 1\n[[stage]]\nid = "a"\nname = "A"\nowner = "police"\n'
        "target_days = -1\n"
    )
    with pytest.raises(Refused) as refused:
        load_kind(path)
    assert {fault.field for fault in refused.value.faults} == {"clok", "stage.1.target_days"}
    with pytest.raises(Refused, match="did you mean 'victim'"):
        load_kind("victims")


def test_where_every_case_is_set_aside_the_reason_is_told() -> None:
    found = cases(("b", "asked", 0, 4, "cancelled"), ("b", "checked", 6, 9, None))
    with pytest.raises(Refused, match=r"comes after the outcome that ended the journey.*correct the outcome"):
        journey_time(found)
