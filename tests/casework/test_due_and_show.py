"""What is due by agency, and one case from start to exit."""

from datetime import date

import pytest

from casework.made_up_team import LATER, OPENED, OPENING, add, do, reads_as, team
from whatworks.casework.due import tasks
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

ON = date(2025, 3, 1)


@pytest.fixture
def store() -> DuckDBStore:
    made = team()
    do(made, "open", **OPENING)
    for day, owner in [(2, "council"), (7, None), (8, "council")]:
        do(made, "action", case="1", action="call", due_on=date(2025, 3, day), owner_organisation=owner)
    do(made, "action", case="1", action="write", due_on=date(2025, 2, 27), owner_organisation="council")
    do(made, "appoint", case="1", requirement_id="R1", due_on=LATER)
    return made


def found(store: DuckDBStore, on: date = ON) -> list[tuple[str, str, str]]:
    return [(task.agency, task.state, f"{task.sort} {task.number}") for task in tasks(store, on)]


def of_the_council(store: DuckDBStore) -> None:
    """A case that the council sent of the same person, and a file of a journey, which is none of the team's."""
    case = {"organisation_id": "council", "kind": "casework", "person_id": "C1"}
    add(store, "casefile", case | {"case_id": "C7", "opened_on": OPENED}, case | {"case_id": "J1"})


def test_the_week_runs_from_the_day_and_what_is_done_is_gone(store: DuckDBStore) -> None:
    """2 and 7 March are due from 1 March, 8 March is not; 27 February is overdue."""
    assert found(store) == [
        ("council", "overdue", "action 5"),
        ("council", "this_week", "action 2"),
        ("nobody", "this_week", "action 3"),
        ("probation", "this_week", "appointment 6"),
    ]
    do(store, "done", ON, number="5")
    do(store, "drop", ON, number="2")
    do(store, "attend", LATER, number="6")
    assert found(store) == [("nobody", "this_week", "action 3")]


def test_a_case_shows_overdue_for_review_without_a_lead_and_twice(store: DuckDBStore) -> None:
    of_the_council(store)
    assert [row for row in found(store, date(2025, 7, 2)) if "case" in row[2]] == [
        ("nobody", "without_lead", "case council:C7"),
        ("nobody", "without_review", "case council:C7"),
        ("nobody", "twice", "case council:C7"),
        ("probation", "overdue", "case 1"),
        ("probation", "twice", "case 1"),
    ]


def test_links_that_split_a_person_end_the_question_and_touch_no_case(store: DuckDBStore) -> None:
    of_the_council(store)
    store.change("UPDATE identity SET linked_id = 'z' WHERE person_id = 'C1'")
    assert [row for row in found(store) if row[1] == "twice"] == []
    assert store.rows("SELECT count(*) FROM casefile") == [(3,)]


def test_a_handover_waits_for_its_receiver(store: DuckDBStore) -> None:
    do(store, "refer", ON, case="1", to_organisation="mind")
    line = do(store, "due", ON, agency="mind").says.splitlines()
    words = "asked 2025-03-01, not answered: referral; the duty stays with probation"
    assert line == ["mind: 1 unanswered", f"    handover 7 of case 1 (probation:P1) {words}"]


def test_a_look_is_kept_with_its_reason_and_whom_it_named(store: DuckDBStore) -> None:
    before = StoreBook(store).head().count
    do(store, "due", ON, "the week's meeting")
    entry = StoreBook(store).entries()[-1]
    assert (entry.number, entry.payload["act"], entry.payload["what"]) == (before + 1, "consulted", "casework due")
    assert store.rows("SELECT person_id FROM audit_person WHERE entry_number = ?", [entry.number]) == [("P1",)]
    assert store.rows("SELECT why FROM audit_seal WHERE entry_number = ?", [entry.number]) == [("the week's meeting",)]


def test_cases_above_ones_tier_and_of_other_agencies_are_not_listed(store: DuckDBStore) -> None:
    reads_as(store, None, "secret")
    do(store, "open", **OPENING | {"person": "probation:P3", "tier": "secret", "review_on": ON})
    assert ("probation", "this_week", "case 7") in found(store)
    reads_as(store, None)
    assert ("probation", "this_week", "case 7") not in found(store)
    reads_as(store, "mind")
    assert found(store) == []


def test_a_case_is_shown_from_start_to_exit(store: DuckDBStore) -> None:
    do(store, "need", case="1", pathway="accommodation", level="high")
    do(store, "meet", LATER, "keys handed over", number="7", met_by="Harbour Housing")
    do(store, "relative", case="1", relation="partner", relative_person_id="probation:P2")
    for number in ("2", "3", "4", "5"):
        do(store, "drop", LATER, "no longer", number=number)
    do(store, "close", LATER, "order ended", case="1")
    told = do(store, "show", LATER, "audit of the case", case="1").says
    assert "rule iom 3; lead probation; lawful basis 35(2)(b)" in told and "because order ended" in told
    assert "need 7: pathway accommodation" in told and "met by Harbour Housing" in told
    assert "2025-03-03, A. Officer: need 7 met by nothing -> Harbour Housing (keys handed over)" in told
    assert "relative 9: relation partner" in told and "P2" not in told
    assert told.count("changed: casework") >= 5
    assert "consulted: casework show (audit of the case)" in do(store, "show", LATER, "again", case="1").says
    with pytest.raises(Refused, match="is not one that you work with"):
        do(store, "show", case="4")


def test_an_agencys_reader_sees_named_people_by_an_agreement_alone(store: DuckDBStore) -> None:
    """Probation's own reader needs none; the council's, who owes actions, does."""
    reads_as(store, "probation")
    assert "probation: 1 this week" in do(store, "due", ON).says
    assert "Audit of the person" not in do(store, "show", ON, case="1").says
    reads_as(store, "council")
    for look in ({"verb": "due"}, {"verb": "show", "case": "1"}):
        with pytest.raises(Refused, match="there is no agreement with any clause"):
            do(store, on=ON, **look)


@pytest.mark.parametrize(("purpose", "why"), [("crime", "due"), ("research", " ")])
def test_a_look_has_a_purpose_of_the_list_and_a_reason(store: DuckDBStore, purpose: str, why: str) -> None:
    with pytest.raises(Refused, match=r"names a regime of the law|why you look"):
        do(store, "due", ON, why, purpose=purpose)


def test_nothing_due_says_so() -> None:
    assert do(team(), "due", OPENED).says == "Nothing is due."


def test_open_cases_are_listed_overdue_for_review_first_and_children_are_marked(store: DuckDBStore) -> None:
    do(store, "open", **OPENING | {"person": "probation:P2", "review_on": date(2025, 2, 1)})
    do(store, "need", case="1", pathway="health", level="low")
    store.change("UPDATE person SET date_of_birth = '2007-03-02' WHERE person_id = 'P2'")
    store.change("UPDATE person SET date_of_birth = NULL WHERE person_id = 'P1'")
    first, second = do(store, "list", ON).says.splitlines()
    overdue = "OVERDUE for review since 2025-02-01; 0 open needs, 0 open actions"
    assert first == f"case 7 (probation:P2, UNDER 18), lead probation: {overdue}"
    assert second == (
        "case 1 (probation:P1, AGE NOT KNOWN), lead probation: review by 2025-07-01; 1 open need, 4 open actions"
    )
    assert "UNDER 18" not in do(store, "list", date(2025, 3, 2)).says
    assert do(store, "list", ON, agency="mind").says == "No case is open."
    assert "(probation:P1, AGE NOT KNOWN)" in do(store, "due", ON).says
    assert do(store, "show", ON, case="7").says.startswith("case 7 of probation:P2, UNDER 18: opened")
