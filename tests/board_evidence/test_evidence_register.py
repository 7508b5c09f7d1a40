"""What is entered comes back, what is changed keeps what stood before, and what may not be said is refused."""

import re
from datetime import date
from pathlib import Path

import pytest
from made_up_evidence import DAY, entries, study
from pydantic import ValidationError

from whatworks.board.evidence.advice import advise
from whatworks.board.evidence.entry import read_studies
from whatworks.board.evidence.own import ResultNotes
from whatworks.board.evidence.register import (
    add_file,
    add_result,
    add_studies,
    change_intervention,
    find,
    read_register,
)
from whatworks.board.evidence.standards import shipped_standards
from whatworks.board.register.ledger import history
from whatworks.papers.board import evidence_sheets
from whatworks.papers.board.clear_evidence import proposals
from whatworks.papers.evaluation.sample import sample_result
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author

STANDARDS = shipped_standards()


def test_entered_twice_changes_nothing(store: Store, officer: Author) -> None:
    file = entries(
        {"short": "skills", "study": [study()], "delivery": [{"place": "Northbank", "cost_a_year": "10.55"}]}
    )
    assert len(add_file(store, file, officer, STANDARDS).added) == 3
    again = add_file(store, file, officer, STANDARDS)
    assert (again.added, again.changed, again.unchanged) == ([], [], 3)
    (held,) = read_register(store)
    assert held.deliveries[0].cost_pence_a_year == 1055
    assert held.studies[0].finding == "better"


def test_a_change_keeps_who_when_why_and_what_stood_before(store: Store, officer: Author) -> None:
    add_file(store, entries({"short": "skills", "owner": "Probation"}), officer, STANDARDS)
    other = Author("The chair", date(2025, 7, 1), "reorganised")
    assert change_intervention(store, "skills", other, owner="Police").changed == ("owner",)
    last = history(store, "intervention", 1)[-1]
    assert (last["field"], last["before"], last["after"]) == ("owner", "Probation", "Police")
    assert (last["changed_by"], last["changed_on"], last["why"]) == ("The chair", date(2025, 7, 1), "reorganised")


def test_what_a_file_does_not_say_stays(store: Store, officer: Author) -> None:
    add_file(store, entries({"short": "skills", "owner": "Probation"}), officer, STANDARDS)
    add_file(store, entries({"short": "skills", "strand": "Youth"}), officer, STANDARDS)
    assert find(store, "skills").owner == "Probation"


def test_a_result_of_our_own_enters_with_its_design_people_and_status(store: Store, officer: Author) -> None:
    add_file(store, entries({"short": "aid"}), officer, STANDARDS)
    told = ResultNotes(Path("result.json"), "ab" * 32)
    done = add_result(store, sample_result(), "aid", told, officer, STANDARDS)
    assert done.added == ["study rossi:arrest"]
    (one,) = find(store, "aid").studies
    assert (one.maryland, one.treated, one.events_treated) == (5, 216, 48)  # Rossi: 48 of 216 with aid
    assert one.effect == pytest.approx((48 - 66) / 216)
    assert (one.status, one.primary, one.origin) == ("exploratory", True, "own")
    assert add_result(store, sample_result(), "aid", told, officer, STANDARDS).unchanged == 1


@pytest.mark.parametrize(("said", "found"), [(None, "better"), (True, "better"), (False, "worse")])
def test_what_is_better_is_taken_from_the_result(store: Store, officer: Author, said: bool | None, found: str) -> None:
    add_file(store, entries({"short": "aid"}), officer, STANDARDS)
    result = sample_result()  # fewer were rearrested; a result made before results said what is better says nothing
    fewer = result.outcomes[0].model_copy(update={"lower_is_better": said, "ci_low": -0.16, "ci_high": -0.01})
    told = ResultNotes(Path("result.json"), "ab" * 32)
    add_result(store, result.model_copy(update={"outcomes": (fewer,)}), "aid", told, officer, STANDARDS)
    assert find(store, "aid").studies[0].finding == found


def test_children_have_no_reoffending_and_declare_a_horizon(store: Store, officer: Author) -> None:
    small = {"short": "nursery", "age_from": 2, "age_to": 4}
    with pytest.raises(Refused) as refused:
        add_file(store, entries(small | {"study": [study()]}), officer, STANDARDS)
    assert {fault.field for fault in refused.value.faults} == {"horizon_years", "outcome"}
    hidden = study(family="child_development", outcome_label="Later offending")
    with pytest.raises(Refused):
        add_file(store, entries(small | {"horizon_years": 15, "study": [hidden]}), officer, STANDARDS)
    add_file(store, entries(small | {"horizon_years": 15}), officer, STANDARDS)
    with pytest.raises(Refused):  # nor by way of a result
        add_result(store, sample_result(), "nursery", ResultNotes(Path("r.json"), "0"), officer, STANDARDS)
    assert find(store, "nursery").studies == ()


def test_studies_of_unknown_interventions_are_refused_together(store: Store, officer: Author, tmp_path: Path) -> None:
    columns = list(study())
    row = ",".join(str(study()[name]).replace("True", "true") for name in columns)
    table = tmp_path / "studies.csv"
    table.write_text(f"intervention,{','.join(columns)}\nskils,{row}\nother,{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        add_studies(store, read_studies(table), officer, STANDARDS)
    assert [fault.value for fault in refused.value.faults] == ["skils", "other"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ci_high": None},
        {"effect": 0.2},
        {"effect": -5.0, "ci_low": -9.0, "ci_high": -1.0},
        {"effect_kind": "ratio"},
        {"effect": None},
        {"colour": "blue"},
        {"maryland": 6},
    ],
)
def test_a_study_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        entries({"short": "skills", "study": [study(**wrong)]})


def test_delivery_ends(store: Store, officer: Author) -> None:
    ended = {"place": "Northbank", "to_date": date(2025, 3, 31)}
    add_file(store, entries({"short": "skills", "delivery": [ended, {"place": "Southbank"}]}), officer, STANDARDS)
    assert [one.place for one in find(store, "skills").delivered(DAY)] == ["Southbank"]


def test_the_sheets_of_evidence_have_the_headings_that_members_read(store: Store, officer: Author) -> None:
    add_file(store, entries({"short": "skills", "delivery": [{"place": "Northbank"}]}), officer, STANDARDS)
    sheets = evidence_sheets.sheets(proposals(advise(read_register(store), STANDARDS, DAY), 10), 10)
    tables = {sheet.name: list(sheet.columns) for sheet in sheets}
    assert any("Proposal" in columns for columns in tables.values())
    assert not [heading for columns in tables.values() for heading in columns if re.search(r"[a-z][A-Z]", heading)]
