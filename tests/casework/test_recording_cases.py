"""What the team records are rows of the declared tables, counted by its own source; nothing is overwritten."""

from datetime import date
from pathlib import Path

import pytest

from casework.made_up_team import LATER, OPENED, OPENING, do, reads_as, team
from whatworks.casework.register import CASEWORK, record_faults
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.imports.conservation import ConservationError, check_conservation
from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import identity_mapping
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.records.tables.standing import standing


@pytest.fixture
def store() -> DuckDBStore:
    made = team()
    do(made, "open", **OPENING)
    return made


def stands(store: DuckDBStore, table: str, columns: str) -> list[tuple[object, ...]]:
    standing(store, table)
    return store.rows(f"SELECT {columns} FROM standing_{table} ORDER BY 1, 2")


def test_a_case_has_its_rule_lead_basis_and_review(store: DuckDBStore) -> None:
    columns = "organisation_id, case_id, opening_rule_version, lead_organisation, lawful_basis, review_on, opened_on"
    assert stands(store, "casefile", columns) == [
        ("probation", "casework-1", "iom 3", "probation", "35(2)(b)", date(2025, 7, 1), OPENED)
    ]


def test_a_need_is_met_by_a_service_and_what_stood_before_stays(store: DuckDBStore) -> None:
    need = do(store, "need", case="1", pathway="accommodation", level="high").number
    do(store, "meet", LATER, number=str(need), met_by="Harbour Housing")
    assert stands(store, "need", "need_id, person_id, level, met_on, met_by") == [
        ("casework-2", "P1", "high", LATER, "Harbour Housing")
    ]
    assert store.rows("SELECT need_id, replaces, met_on FROM need ORDER BY source_line") == [
        ("casework-2", None, None), ("casework-3", "casework-2", LATER)]  # fmt: skip
    changes = store.rows("SELECT row_id, field, changed_by, changed_on, why FROM casework_change ORDER BY id")
    assert changes[2:] == [(3, "met_on", "A. Officer", LATER, "due"), (3, "met_by", "A. Officer", LATER, "due")]


def test_the_source_is_counted_by_the_registers_entries(store: DuckDBStore) -> None:
    do(store, "need", case="1", pathway="health", level="low")
    do(store, "need", case="1", pathway="drugs_alcohol", level="low")
    source = "casework register/probation/need"
    counted = "SELECT rows_in, rows_kept, rows_quarantined, as_at FROM source WHERE source_id = ?"
    assert store.rows(counted, [source]) == [(2, 2, 0, OPENED)]
    check_conservation(store, [source])
    store.change("DELETE FROM need WHERE need_id = 'casework-2'")
    with pytest.raises(ConservationError):
        do(store, "need", case="1", pathway="children_families", level="low")


def test_appointments_are_made_under_a_requirement_of_the_person(store: DuckDBStore) -> None:
    number = do(store, "appoint", case="1", requirement_id="R1", due_on=LATER).number
    for wrong, problem in [("R2", "not a requirement"), ("R9", "not a requirement"), ("police:R1", "not a req")]:
        with pytest.raises(Refused, match=problem):
            do(store, "appoint", case="1", requirement_id=wrong, due_on=LATER)
    with pytest.raises(Refused, match="before the requirement, which begins on 2025-01-10"):
        do(store, "appoint", case="1", requirement_id="R1", due_on=date(2025, 1, 9))
    with pytest.raises(Refused, match="has an appointment"):
        do(store, "appoint", case="1", requirement_id="R1", due_on=LATER)
    with pytest.raises(Refused, match="is due on 2025-03-03"):
        do(store, "attend", OPENED, number=str(number))
    do(store, "attend", LATER, number=str(number))
    with pytest.raises(Refused, match="settled already: kept"):
        do(store, "miss", LATER, number=str(number), outcome="acceptable_absence")
    do(store, "correct", LATER, what="appointment", number=str(number), set_to=["outcome=acceptable_absence"])
    columns = "organisation_id, appointment_id, requirement_id, outcome"
    assert stands(store, "appointment", columns) == [("probation", "casework-2", "R1", "acceptable_absence")]


def test_an_order_of_another_agency_binds_whoever_links_say_is_the_same_person() -> None:
    made = team()
    do(made, "open", **OPENING | {"person": "council:C1"})
    do(made, "appoint", case="1", requirement_id="probation:R1", due_on=LATER)
    assert made.rows("SELECT organisation_id, requirement_id FROM appointment") == [("probation", "R1")]


def test_every_deed_is_journalled_with_the_person_it_touched(store: DuckDBStore) -> None:
    do(store, "contact", case="1", how="phone", outcome="kept", provider="mind")
    entries = StoreBook(store).entries()
    assert [entry.payload["what"] for entry in entries] == ["casework open", "casework contact"]
    whose = store.rows("SELECT entry_number, organisation_id, person_id FROM audit_person ORDER BY 1")
    assert whose == [(1, "probation", "P1"), (2, "probation", "P1")]
    assert "P1" not in str([entry.payload for entry in entries])


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"person": "P1"}, "does not say whose number"),
        ({"person": "probation:P9"}, 'person "A9": is not known to probation'),
        ({"person": "police:P1"}, "is not known to police"),
        ({"lead_organisation": "probatoin"}, "did you mean probation"),
        ({"review_on": OPENED}, "does not lie ahead"),
        ({"person": "council:C1"}, "has case 1 already"),
    ],
)
def test_a_bad_opening_is_refused(store: DuckDBStore, changed: dict[str, object], problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        do(store, "open", **OPENING | changed)


def test_all_faults_of_an_opening_are_told_at_once(store: DuckDBStore) -> None:
    with pytest.raises(Refused) as refused:
        do(store, "open", **OPENING | {"person": "P1", "lead_organisation": "x", "review_on": OPENED})
    assert len(refused.value.faults) == 3


def test_nothing_happens_before_birth_or_after_today(store: DuckDBStore) -> None:
    row = {"organisation_id": "probation", "person_id": "P1", "contacted_on": date(1989, 1, 1), "how": "phone",
           "outcome": "kep"}  # fmt: skip
    assert [str(fault) for fault in record_faults(store, "contact", row, OPENED)] == [
        'outcome "kep": is not known; did you mean kept?',
        'contacted_on "9999-99-99": lies before the person\'s birth; correct it, or the person',
    ]
    do(store, "contact", case="1", how="phone", outcome="kept")
    with pytest.raises(Refused, match="lies after 2025-01-10"):
        do(store, "correct", what="contact", number="2", set_to=["contacted_on=2025-02-01"])


def test_a_correction_names_all_that_is_wrong(store: DuckDBStore) -> None:
    need = str(do(store, "need", case="1", pathway="health", level="low").number)
    with pytest.raises(Refused) as refused:
        do(store, "correct", what="need", number=need, set_to=["met_on=x", "person_id=P2", "levle=high"])
    assert [fault.problem for fault in refused.value.faults] == [
        "is not a day", "is not a column to correct", "is not a column to correct"]  # fmt: skip
    do(store, "correct", what="need", number=need, set_to=["level=none"])
    assert stands(store, "need", "need_id, level") == [("casework-2", "none")]


def test_a_tier_above_ones_own_is_refused(store: DuckDBStore) -> None:
    with pytest.raises(Refused, match="is above your own tier, official-sensitive"):
        do(store, "open", **OPENING | {"person": "probation:P2", "tier": "secret"})
    with pytest.raises(Refused, match="is above your own tier"):
        do(store, "correct", what="case", number="1", set_to=["tier=secret"])


def test_what_must_be_given_is_not_empty(store: DuckDBStore) -> None:
    do(store, "need", case="1", pathway="health", level="low")
    with pytest.raises(Refused, match="--service: is empty"):
        do(store, "meet", number="2", met_by=" ")
    for verb, values in (("leave", {"number": "2"}), ("close", {"case": "1"}), ("transfer", {"case": "1"})):
        with pytest.raises(Refused, match="--why: is empty"):
            do(store, verb, why=None, **{"to_organisation": "mind"} if verb == "transfer" else {}, **values)
    with pytest.raises(Refused) as refused:
        do(store, "open", **OPENING | {"person": "P2", "opening_rule_version": "", "lawful_basis": " "})
    assert [fault.field for fault in refused.value.faults] == ["--rule", "--basis", "person"]


def test_a_need_is_open_once_on_a_pathway(store: DuckDBStore) -> None:
    do(store, "need", case="1", pathway="health", level="low")
    with pytest.raises(Refused, match="is open already as need 2"):
        do(store, "need", case="1", pathway="health", level="high")
    do(store, "leave", LATER, "moved away", number="2")
    do(store, "need", LATER, case="1", pathway="health", level="high")
    assert stands(store, "need", "need_id, closed_on, close_reason")[0] == ("casework-2", LATER, "moved away")


def test_a_case_closes_when_nothing_of_it_is_open(store: DuckDBStore) -> None:
    do(store, "need", case="1", pathway="health", level="low")
    do(store, "action", case="1", action="see a doctor", due_on=LATER, owner_organisation="mind", need_id="2")
    do(store, "refer", case="1", to_organisation="mind")
    with pytest.raises(Refused) as refused:
        do(store, "close", LATER, case="1")
    open_ones = [(fault.field, fault.value) for fault in refused.value.faults]
    assert open_ones == [("need", "2"), ("action", "3"), ("handover", "4")]
    do(store, "meet", LATER, number="2", met_by="Dr")
    do(store, "done", LATER, number="3")
    do(store, "refuse", LATER, handover="4")
    do(store, "close", LATER, case="1")
    with pytest.raises(Refused, match="was closed on 2025-03-03"):
        do(store, "contact", LATER, case="1", how="phone", outcome="kept")


def test_a_case_that_an_agency_sent_is_worked_on_under_its_own_number() -> None:
    made = team()
    made.change("INSERT INTO casefile (source_id, source_line, organisation_id, case_id, kind, person_id) "
                "VALUES ('x', 1, 'council', 'C-77', 'offenders', 'C1')")  # fmt: skip
    do(made, "transfer", case="council:C-77", to_organisation="mind")
    do(made, "accept", handover="1")
    assert stands(made, "casefile", "case_id, lead_organisation") == [("C-77", "mind")]
    assert made.rows("SELECT count(*) FROM casefile") == [(2,)]


def test_the_sender_keeps_the_duty_until_the_receiver_accepts(store: DuckDBStore) -> None:
    do(store, "transfer", case="1", to_organisation="mind")
    assert stands(store, "casefile", "case_id, lead_organisation") == [("casework-1", "probation")]
    with pytest.raises(Refused, match="was asked already"):
        do(store, "transfer", case="1", to_organisation="mind")
    reads_as(store, "council")
    with pytest.raises(Refused, match="is not one that you work with"):
        do(store, "accept", LATER, handover="2")
    reads_as(store, "mind")
    assert "duty is with mind" in do(store, "accept", LATER, handover="2").says
    assert stands(store, "casefile", "case_id, lead_organisation") == [("casework-1", "mind")]


def take_in_people(store: DuckDBStore, folder: Path, people: str, source: str = "people") -> None:
    file = folder / "person.csv"
    file.write_text(f"person_id\n{people}\n", "utf-8")
    mapping = identity_mapping("person", ["person_id"])
    import_file(store, file, mapping=mapping, organisation_id="mind", source=source, as_at=LATER, received_on=LATER,
                replace=True)  # fmt: skip


def test_what_waits_for_a_person_that_an_extract_left_out_comes_back_with_them(tmp_path: Path) -> None:
    made, source = team(), "casework register/mind/need"
    take_in_people(made, tmp_path, "M1\nM2")
    do(made, "open", **OPENING | {"person": "mind:M1"})
    do(made, "need", case="1", pathway="health", level="low")
    take_in_people(made, tmp_path, "M2")
    counts = "SELECT rows_in, rows_kept, rows_quarantined FROM source WHERE source_id = ?"
    assert made.rows(counts, [source]) == [(1, 0, 1)]
    with pytest.raises(Refused, match="is not one that you work with"):
        do(made, "contact", case="1", how="phone", outcome="kept")
    take_in_people(made, tmp_path, "M1\nM2")
    assert made.rows(counts, [source]) == [(1, 1, 0)]
    do(made, "meet", LATER, number="2", met_by="Dr")
    assert made.rows(counts, [source]) == [(2, 2, 0)]


def test_no_file_comes_in_under_the_name_of_what_the_team_records(store: DuckDBStore, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="takes the name of what the team records itself"):
        take_in_people(store, tmp_path, "P1", source="casework register")


def test_the_register_is_ready_twice(store: DuckDBStore) -> None:
    CASEWORK.make_ready(store)
    assert CASEWORK.is_ready(store)
