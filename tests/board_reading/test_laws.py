"""What must hold whatever is done to the papers: the methods page's property tests."""

import re
import textwrap
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import as_json, read_paper
from whatworks.records.documents import Document, Line, read_document
from whatworks.records.documents.text_table import find_grids

Y2012, Y2014, Y2015 = "lcrb-minutes-2012-07-20", "lcrb-minutes-2014-06-09", "lcrb-minutes-2015-03-10"
REPORT = "mpa-report-diamond-2008-06-19"


def document(text: str) -> Document:
    """Return a text as a document, without a file."""
    lines = tuple(Line(number, line) for number, line in enumerate(text.splitlines(), start=1))
    return Document("minutes.txt", "text", "", lines, find_grids(lines))


def without_lines(value: Any) -> Any:
    """Return a record without its line numbers."""
    if isinstance(value, dict):
        return {key: without_lines(one) for key, one in value.items() if key not in ("lines", "due_lines", "file")}
    return [without_lines(one) for one in value] if isinstance(value, list) else value


@cache
def record(text: str) -> Any:
    """Return what a text says, without line numbers."""
    return without_lines(as_json(read_paper(document(text))))


@pytest.mark.real_data
def test_deleting_an_action_removes_it_and_nothing_else(papers: Path) -> None:
    text = (papers / f"{Y2014}.txt").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("Action 2"))
    before, after = record(text), record(text.replace(line + "\n", ""))
    assert [one["number"] for one in after["actions"]] == ["1"]
    assert before["actions"][:1] == after["actions"]
    for key in before:
        if key != "actions":
            assert before[key] == after[key], key


def rewrapped(text: str, width: int, *, at_hyphens: bool) -> str:
    """Wrap every run of lines below the attendance list anew, as one who does not know the layout would."""
    head, body = text.split(" 1. WELCOME", 1)
    out: list[str] = []
    run: list[str] = []
    for line in [*f" 1. WELCOME{body}".split("\n"), ""]:
        if line.strip():
            run.append(line)
            continue
        out += textwrap.wrap(" ".join(" ".join(run).split()), width, break_on_hyphens=at_hyphens) if run else []
        out.append(line)
        run = []
    return head + "\n".join(out)


@pytest.mark.real_data
@pytest.mark.parametrize("width", [60, 61, 73, 80, 96, 113, 140, 199, 200])
def test_wrapping_prose_anew_changes_nothing(width: int, papers: Path) -> None:
    text = (papers / f"{Y2012}.txt").read_text(encoding="utf-8")
    assert record(rewrapped(text, width, at_hyphens=width % 2 == 0)) == record(text)


@pytest.mark.real_data
@pytest.mark.parametrize("spaces", [2, 4, 9])
def test_spaces_for_tabs_change_nothing(spaces: int, papers: Path) -> None:
    text = (papers / f"{Y2014}.txt").read_text(encoding="utf-8")
    assert record(text.replace("\t", " " * spaces)) == record(text)


@pytest.mark.real_data
def test_moving_the_meeting_moves_what_is_relative_to_it(papers: Path) -> None:
    text = (papers / f"{Y2015}.txt").read_text(encoding="utf-8")
    moved = record(text.replace("Tuesday 10 March 2015", "Tuesday 7 April 2015"))
    two_months = moved["actions"][1]
    assert (two_months["due_from"], two_months["due_to"]) == ("2015-04-07", "2015-06-07")
    assert (moved["actions"][0]["due_from"], moved["actions"][0]["due_to"]) == ("2015-05-01", "2015-06-30")
    text = (papers / f"{Y2014}.txt").read_text(encoding="utf-8")
    december = record(text.replace("Monday 9 June 2014", "Monday 7 July 2014"))["actions"]
    assert {(one["due_from"], one["due_to"]) for one in december} == {("2014-12-01", "2014-12-31")}


def test_the_next_meeting_moves_what_is_due_at_it(read: Callable[[str], ParsedPaper]) -> None:
    text = "Example Board\nMonday 3 June 2024\nPresent: Ada Grant\n1. REVIEW\n"
    text += "Action: Ada Grant to report to the next meeting.\nNext meeting: {}\n"
    for day in (date(2024, 9, 2), date(2024, 10, 7)):
        (action,) = read(text.format(f"{day.day} {day:%B %Y}")).actions
        assert (action.due_from, action.due_to, action.due_kind) == (day, day, "meeting")


def sums_that_fail(rows: list[list[Decimal | None]], shape: list[tuple[str, list[int]]]) -> set[tuple[int, int]]:
    """Return (row, column) of each total that its parts do not come to: an arithmetic of the test's own."""
    wrong = {
        (at, 3) for at, row in enumerate(rows) if sum((one for one in row[:3] if one is not None), Decimal(0)) != row[3]
    }
    totals = {
        (at, column)
        for at, (_, parts) in enumerate(shape)
        if parts
        for column in range(4)
        if sum((rows[part][column] or Decimal(0) for part in parts), Decimal(0)) != rows[at][column]
    }
    return wrong | totals


# Rows of figures in the table of 2008: five lines and their total, two and theirs, the grand total, six and theirs.
SHAPE: list[tuple[str, list[int]]] = [
    *[("line", [])] * 5, ("total", [0, 1, 2, 3, 4]), *[("line", [])] * 2, ("total", [6, 7]), ("total", [5, 8]),
    *[("line", [])] * 6, ("total", [10, 11, 12, 13, 14, 15]),
]  # fmt: skip


def figures(doc: Document) -> tuple[list[int], list[list[Decimal | None]]]:
    """Return the lines of the rows of figures, and the figures."""
    rows = [row for row in doc.tables[0].rows[1:] if any(re.search(r"\d", cell.text) for cell in row[1:])]
    values = [
        [Decimal(cell.text.replace(",", "")) if re.search(r"\d", cell.text) else None for cell in row[1:]]
        for row in rows
    ]
    return [row[0].lines[0] for row in rows], values


@pytest.mark.real_data
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_digit_reports_exactly_the_sums_that_fail(data: st.DataObject, papers: Path) -> None:
    text = (papers / f"{REPORT}.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    at = data.draw(st.sampled_from([n for n in range(138, 160) if re.search(r" \d[\d,]*$", lines[n])]))
    tail = re.search(r"(?: (?:[\d,]+|-|\xa0+|\d+\xa0))+$", lines[at])
    assert tail
    places = [n for n in range(tail.start(), len(lines[at])) if lines[at][n].isdigit()]
    place = data.draw(st.sampled_from(places))
    lines[at] = lines[at][:place] + data.draw(st.sampled_from("123456789")) + lines[at][place + 1 :]
    doc = document("\n".join(lines))
    numbers, values = figures(doc)
    wanted = {(numbers[row], column) for row, column in sums_that_fail(values, SHAPE)}
    header = [cell.text for cell in doc.tables[0].rows[0]][1:]
    found = {(fault.lines[0], header.index(fault.column)) for fault in read_paper(doc).table_faults}
    assert found == wanted


@pytest.mark.real_data
def test_57_for_58_repairs_the_row_that_does_not_foot(papers: Path) -> None:
    text = (papers / f"{REPORT}.txt").read_text(encoding="utf-8")
    mended = read_paper(document(text.replace("central staff 58 58 34 149", "central staff 57 58 34 149")))
    assert not any(fault.across for fault in mended.table_faults)


@pytest.mark.real_data
def test_the_same_text_gives_the_same_record(papers: Path) -> None:
    for path in sorted(papers.glob("lcrb*201[45]*.txt")):
        assert as_json(read_paper(read_document(path))) == as_json(read_paper(read_document(path)))


WORDS = st.sampled_from(
    [
        "Action:",
        "Present:",
        "1.",
        "2.1",
        "ITEM",
        "the",
        "board",
        "agreed",
        "to",
        "Ada",
        "Grant",
        "3",
        "June",
        "2024",
        "RESOLVED:",
        "by",
        "|",
        "Owner",
        "Due",
        "£5m",
        "12%",
        "–",
        "-",
        ".",
        "next",
        "meeting",
        "minutes",
        "Apologies",
        "will",
        "subject:",
        "1)",
        "(a)",
        "Chair",
        "KB",
        "said",
        "\t",
    ]
)


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=30))
def test_nothing_is_invented_and_nothing_is_lost(lines: list[str]) -> None:
    doc = document("\n".join(lines))
    parsed = read_paper(doc)
    printed = " ".join(" ".join(line.text.replace("|", " ").split()) for line in doc.lines).replace(" ", "")
    for field in fields(parsed):
        for one in getattr(parsed, field.name) if isinstance(getattr(parsed, field.name), tuple) else ():
            if not hasattr(one, "lines"):
                continue
            first, last = one.lines
            assert 1 <= first <= last <= len(doc.lines)
            for name in ("text", "name", "title"):
                said = str(getattr(one, name, "") or "")
                for word in said.replace("|", " ").split():
                    assert word.strip(" ;.,()") in printed, (field.name, said)


@settings(max_examples=30)
@given(st.integers(0, 3000))
def test_a_wrong_weekday_is_seen(days: int) -> None:
    day = date(2018, 1, 1) + timedelta(days=days)
    text = f"Example Board\nMonday {day.day} {day:%B %Y}, 2pm\nPresent: Ada Grant\n"
    parsed = read_paper(document(text))
    assert (parsed.date, parsed.weekday_ok) == (day, day.weekday() == 0)
