"""The sheet that comes back, the export, and the papers: what is handed over holds what the register holds."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.register import Author, decisions, delegations, draft_agenda, forward_plan, history, promises
from whatworks.board.register.export import calendar, export, popolo, table_csv
from whatworks.board.register.merging import accept
from whatworks.board.register.promise import close, owners_of
from whatworks.board.register.sheet import ACTION_SHEET, sheet_rows
from whatworks.papers import write_paper
from whatworks.papers.board.action_log import action_log
from whatworks.papers.board.action_sheet import ACTIONS_SHEET, SENT_SHEET, action_sheet
from whatworks.papers.board.decision_register import decision_register
from whatworks.papers.board.forward_plan import agenda_paper, forward_plan_paper
from whatworks.records.register.sheet import NUMBER, read_sheet

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY, "sheet", "sheet")


@pytest.fixture
def sent(connection: Any, put: Any, made_up: Any) -> list[dict[str, str]]:
    put(made_up.june())
    put(made_up.march())
    return [dict(zip(ACTION_SHEET.header, row, strict=True)) for row in sheet_rows(connection, DAY)]


def returned(sent: list[dict[str, str]], number: str, **cells: str) -> list[dict[str, str]]:
    return [{**row, **cells} if row[NUMBER] == number else dict(row) for row in sent]


def test_the_sheet_comes_back_as_it_went_out(connection: Any, sent: Any, tmp_path: Path) -> None:
    rows = sheet_rows(connection, DAY)
    file = tmp_path / "log.xlsx"
    file.write_bytes(action_sheet(rows, "Northmoor", DAY))
    assert action_sheet(rows, "Northmoor", DAY) == file.read_bytes()
    before, after = read_sheet(file, ACTION_SHEET.header, ACTIONS_SHEET, SENT_SHEET)
    assert before == after
    assert [{name: row[name] for name in ACTION_SHEET.header} for row in after] == sent
    found = ACTION_SHEET.take(connection, before, after, WHO, "log.xlsx")
    assert (found.taken, found.conflicts) == ((), ())


def test_what_the_sheet_changed_is_taken_with_its_author(connection: Any, sent: Any) -> None:
    back = returned(sent, "3", Owners="Dev Dummy; NP", State="closed", Evidence="letter of 1 April")
    found = ACTION_SHEET.take(connection, sent, back, WHO, "log.xlsx")
    assert {(edit.field, edit.returned) for edit in found.taken} == {
        ("owners", "Dev Dummy; NP"),
        ("state", "closed"),
        ("evidence", "letter of 1 April"),
    }
    [said] = [one for one in promises(connection, DAY) if one.id == 3]
    assert (said.state, said.closed_on, owners_of(connection, 3)) == ("closed", DAY, ("Dev Dummy", "NP"))
    assert {row["through"] for row in history(connection, "action", 3)} == {"sheet"}


def test_what_both_changed_is_listed_and_not_applied(connection: Any, sent: Any) -> None:
    close(connection, 1, "report of 30 March", Author("A", DAY))
    back = returned(sent, "1", State="dropped", **{"Due to": "2022-06-30"})
    found = ACTION_SHEET.take(connection, sent, back, WHO, "log.xlsx")
    assert [(edit.field, edit.now, edit.returned) for edit in found.conflicts] == [("state", "closed", "dropped")]
    assert [edit.field for edit in found.taken] == ["due_to"]
    [said] = [one for one in promises(connection, DAY) if one.id == 1]
    assert (said.state, said.due_to) == ("closed", dt.date(2022, 6, 30))


def test_the_same_change_on_both_sides_is_no_conflict(connection: Any, sent: Any) -> None:
    close(connection, 1, "report", Author("A", DAY))
    back = returned(sent, "1", State="closed", Evidence="report", **{"Closed on": str(DAY)})
    found = ACTION_SHEET.take(connection, sent, back, WHO, "log.xlsx")
    assert (found.taken, found.conflicts) == ((), ())


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"State": "closed"}, "closed without evidence"),
        ({"State": "finished, I think"}, "is not a state"),
        ({"Due to": "31/06/2022"}, "is not a day"),
        ({"Due from": "2022-07-01", "Due to": "2022-06-01"}, "lies before"),
        ({NUMBER: "77"}, "not a row that went out"),
        ({NUMBER: "2"}, "stands twice"),
    ],
)
def test_of_a_bad_row_nothing_is_taken_and_the_good_rows_are(
    connection: Any, sent: Any, cells: Any, problem: str
) -> None:
    back = [{**row, "Update": "letter drafted"} if row[NUMBER] == "3" else row for row in returned(sent, "1", **cells)]
    before = [row for row in promises(connection, DAY) if row.id in (1, 2)]
    found = ACTION_SHEET.take(connection, sent, back, WHO, "log.xlsx")
    assert any(problem in fault.problem for fault in found.faults)
    assert {(fault.file, fault.row) for fault in found.faults} <= {("log.xlsx", 2), ("log.xlsx", 3)}
    assert all(fault.field in (*ACTION_SHEET.editable, NUMBER) and fault.value for fault in found.faults)
    assert [(edit.number, edit.field, edit.returned) for edit in found.taken] == [(3, "progress", "letter drafted")]
    assert [row for row in promises(connection, DAY) if row.id in (1, 2)] == before


@pytest.mark.parametrize("day", ["30/06/2022", "30 June 2022", "30.6.22", "2022-06-30", "2022-06-30 00:00:00"])
@pytest.mark.parametrize("state", ["Done", "complete", "CLOSED", "finished."])
def test_a_sheet_is_filled_in_as_people_write(connection: Any, sent: Any, day: str, state: str) -> None:
    back = returned(sent, "1", State=state, Update="lamps counted, report sent", **{"Closed on": day})
    assert ACTION_SHEET.take(connection, sent, back, WHO, "log.xlsx").faults == ()
    [said] = [one for one in promises(connection, DAY) if one.id == 1]
    assert (said.state, said.closed_on, said.evidence) == ("closed", dt.date(2022, 6, 30), "lamps counted, report sent")


def test_what_is_in_progress_is_open_and_an_american_day_is_no_day(connection: Any, sent: Any) -> None:
    found = ACTION_SHEET.take(connection, sent, returned(sent, "1", State="In progress"), WHO, "log.xlsx")
    assert (found.taken, found.faults) == ((), ())
    found = ACTION_SHEET.take(connection, sent, returned(sent, "1", **{"Due to": "06/30/2022"}), WHO, "log.xlsx")
    assert [str(fault) for fault in found.faults] == [
        'log.xlsx, row 2, Due to "06/30/2022": is not a day; write it as 30/06/2025'
    ]


def test_every_reference_of_the_popolo_export_stands_in_it(connection: Any, sent: Any) -> None:
    accept(connection, 1, Author("A", DAY))
    made = popolo(connection)
    held = {one["id"] for group in made.values() for one in group}
    for group in made.values():
        for one in group:
            for name, value in one.items():
                if name.endswith("_id") and value is not None:
                    assert value in held
            for came in one.get("attendees", ()):
                assert came["person_id"] in held
    [merged] = [one for one in made["persons"] if one["name"] == "Stephen Sample"]
    assert merged["other_names"] == [{"name": "Steve Sample"}]
    assert len(made["persons"]) == 5


def test_the_calendar_folds_its_lines_and_holds_what_is_due(connection: Any, sent: Any) -> None:
    text = calendar(connection, DAY)
    lines = text.split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in unfolded if line.startswith("UID:action")] == [
        "UID:action-1@whatworks",
        "UID:action-2@whatworks",
    ]
    assert "DTSTART;VALUE=DATE:20211231" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 6


def test_a_table_goes_out_whole_and_runs_no_formula(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(made_up.replace(june, actions=(made_up.replace(june.actions[0], text='=HYPERLINK("x")'),)))
    files = export(connection, DAY)
    assert len([name for name in files if name.startswith("csv/")]) == len(list(made_up.tables))
    [row] = csv.DictReader(io.StringIO(table_csv(connection, "board_action")))
    assert row["text"] == '\'=HYPERLINK("x")'
    assert json.loads(files["popolo.json"])["events"]


def test_the_papers_are_written_and_say_what_the_register_says(connection: Any, sent: Any, tmp_path: Path) -> None:
    body = "Northmoor Safety Board"
    papers = {
        "log": action_log(promises(connection, DAY), DAY, body),
        "plan": forward_plan_paper(forward_plan(connection, DAY), DAY, body),
        "agenda": agenda_paper(draft_agenda(connection, DAY, 1), DAY),
        "decisions": decision_register(decisions(connection), delegations(connection, DAY), DAY, body),
    }
    for name, paper in papers.items():
        write_paper(paper, tmp_path / name, {}, forms=["html", "pdf"])
    page = (tmp_path / "log" / "paper.html").read_text(encoding="utf-8")
    assert "2 unresolved; 1 no date" in page
    assert "minutes-2021-06-07-v1.txt, line 18" in page
    assert "subject to a costed report" in (tmp_path / "decisions" / "paper.html").read_text(encoding="utf-8")
    assert "Unresolved" in (tmp_path / "plan" / "paper.html").read_text(encoding="utf-8")
