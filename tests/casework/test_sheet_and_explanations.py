"""Cases go out to a workbook and come back with conflicts shown, in time; and cases explain who reads of whom."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from casework.made_up_team import LATER, OPENED, OPENING, do, reads_as, team
from whatworks.casework.explanations import of_cases
from whatworks.casework.register import kept_record
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

LAST = date(2025, 3, 20)


@pytest.fixture
def store() -> DuckDBStore:
    made = team()
    do(made, "open", **OPENING)
    do(made, "open", **OPENING | {"person": "probation:P2"})
    return made


def export(store: DuckDBStore, folder: Path) -> Path:
    file = folder / "cases.xlsx"
    with store.transaction():
        do(store, "export", LATER, file=file, expires_on=LAST)
    return file


def fill_in(file: Path, **cells: str) -> None:
    """Write cells of the sheet that comes back, as B2='...'."""
    book = openpyxl.load_workbook(file)
    for cell, value in cells.items():
        book["Cases"][cell] = value
    book.save(file)


def standing_value(store: DuckDBStore, case: str, column: str) -> object:
    kept = kept_record(store, "casefile", case)
    assert kept is not None
    return kept.row[column]


def test_what_was_filled_in_is_taken_and_what_changed_meanwhile_is_a_conflict(
    store: DuckDBStore, tmp_path: Path
) -> None:
    file = export(store, tmp_path)
    assert oct(file.stat().st_mode)[-3:] == "600"
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file)["Cases"].iter_rows()]
    assert rows[1][:7] == ["1", "1", "probation:P1", "probation", "2025-01-10", "2025-07-01", ""]
    fill_in(file, F2="2025-09-01", G2="E09000001", F3="2025-10-01")
    do(store, "review", LATER, case="2", review_on=date(2025, 8, 1))
    done = do(store, "import", LAST, file=file)
    assert done.says.splitlines()[:2] == [
        "case 1: review_on 2025-07-01 -> 2025-09-01", "case 1: borough nothing -> E09000001"]  # fmt: skip
    assert "case 2: CONFLICT in review_on: sent 2025-07-01, returned 2025-10-01, but it is now 2025-08-01" in done.says
    assert standing_value(store, "1", "review_on") == date(2025, 9, 1)
    assert standing_value(store, "2", "review_on") == date(2025, 8, 1)
    assert store.rows("SELECT through FROM casework_change ORDER BY id DESC LIMIT 1") == [("sheet",)]


def test_a_sheet_that_comes_back_late_is_refused_and_changes_nothing(store: DuckDBStore, tmp_path: Path) -> None:
    file = export(store, tmp_path)
    fill_in(file, F2="2025-09-01")
    with pytest.raises(Refused, match="came back after 2025-03-20, its last day"):
        do(store, "import", date(2025, 3, 21), file=file)
    assert standing_value(store, "1", "review_on") == date(2025, 7, 1)


def test_another_partnerships_sheet_and_a_bad_cell_are_refused(store: DuckDBStore, tmp_path: Path) -> None:
    file = export(store, tmp_path)
    fill_in(file, F2="soon", F3="2025-01-01", G3="E09000001")
    done = do(store, "import", LATER, file=file)
    assert [(fault.row, fault.field, fault.problem) for fault in done.faults] == [
        (2, "Review on", "is not a day"), (3, "Review on", "does not lie ahead")]  # fmt: skip
    assert standing_value(store, "2", "borough") is None
    other = team()
    do(other, "open", **OPENING)
    with pytest.raises(Refused, match="is not a sheet of cases that went out"):
        do(other, "import", LATER, file=file)


def test_a_sheet_holds_no_case_above_its_readers_tier(store: DuckDBStore, tmp_path: Path) -> None:
    reads_as(store, None, "secret")
    do(store, "open", **OPENING | {"person": "probation:P3", "tier": "secret"})
    reads_as(store, None)
    book = openpyxl.load_workbook(export(store, tmp_path))
    assert [row[2].value for page in book.worksheets[:2] for row in page.iter_rows(min_row=2)] == [
        "probation:P1", "probation:P2"] * 2  # fmt: skip


def test_cases_and_tasks_explain_who_reads_of_whom(store: DuckDBStore) -> None:
    do(store, "action", case="1", action="call", due_on=LATER, owner_organisation="council")
    do(store, "transfer", LATER, case="1", to_organisation="mind")
    do(store, "refer", LATER, case="1", to_organisation="police")
    do(store, "accept", LATER, handover="4")
    do(store, "refuse", LAST, handover="5")
    do(store, "done", LAST, number="3")
    do(store, "close", LAST, case="2")
    readers = pl.DataFrame(
        {"reader": ["cat", "may", "pam", "pol", "sam"], "team": ["council", "mind", "probation", "police", None]}
    )
    found = of_cases(store, readers).rows()
    assert [row for row in found if row[1] == "a"] == [
        ("cat", "a", OPENED, LAST, "action"),
        ("may", "a", LATER, None, "handover"),
        ("may", "a", OPENED, None, "lead"),
        ("pam", "a", OPENED, LATER, "lead"),
        ("pam", "a", OPENED, None, "record"),
        ("pol", "a", LATER, LAST, "handover"),
        ("sam", "a", OPENED, None, "team"),
    ]
    assert {(row[0], row[3]) for row in found if row[1] == "b"} == {("pam", LAST), ("sam", LAST)}
