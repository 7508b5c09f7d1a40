"""The five real papers give the counts, names and dates that were made by hand."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import as_json
from whatworks.records.documents import read_document

pytestmark = pytest.mark.real_data
MINUTES = ("lcrb-minutes-2010-12-07", "lcrb-minutes-2012-07-20", "lcrb-minutes-2014-06-09", "lcrb-minutes-2015-03-10")
REPORT = "mpa-report-diamond-2008-06-19"
CAPACITIES = {
    "board": "board",
    "lead_officers": "lead officer",
    "presenting": "presenting",
    "support": "secretariat",
    "officers": "officer",
    "apologies": "apologies",
}
"""The hand-made file's short names, and ours."""


@pytest.mark.parametrize("name", MINUTES)
def test_the_meeting_and_the_next_one(
    name: str, real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]
) -> None:
    held, wanted = as_json(real[name]), expected[name]
    for ours, theirs in (("date", "date"), ("time", "time"), ("end", "end"), ("next", "next"), ("previous", "prev")):
        assert held[ours] == wanted.get(theirs), ours
    assert held["time_text"] == wanted.get("time_text", held["time_text"])
    assert held["weekday_ok"] is wanted.get("weekday_ok", True)
    assert held["inferred"] == (["previous"] if "prev" in wanted else [])
    assert (held["kind"], held["body"]) == ("minutes", "London Crime Reduction Board")


@pytest.mark.parametrize("name", MINUTES)
def test_everybody_in_their_capacity(
    name: str, real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]
) -> None:
    people, wanted = real[name].people, expected[name]
    for theirs, ours in CAPACITIES.items():
        found = [one.name.replace("’", "'") for one in people if one.capacity == ours]
        assert found == wanted.get(theirs, []), ours
    assert sum(one.present for one in people) == wanted["present_total"]
    assert all(one.present is (one.capacity != "apologies") for one in people)


@pytest.mark.parametrize("name", MINUTES)
def test_items_and_paragraphs(name: str, real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]) -> None:
    parsed, wanted = real[name], expected[name]
    numbers = [one.number for one in parsed.items]
    assert (numbers if isinstance(wanted["items"], list) else len(numbers)) == wanted["items"]
    assert len([one for one in numbers if one]) == wanted.get("numbered_items", len(numbers))
    counted = [one.number for one in parsed.paragraphs if one.number]
    assert (counted if isinstance(wanted["paragraphs"], list) else len(counted)) == wanted["paragraphs"]
    if "subheads" in wanted:
        assert [one.title for one in parsed.subheadings] == wanted["subheads"]
    if "unnumbered_paragraphs_in_items_3_5" in wanted:
        plain = [one for one in parsed.paragraphs if one.number is None and one.item in ("3", "4", "5")]
        assert len(plain) == wanted["unnumbered_paragraphs_in_items_3_5"]


@pytest.mark.parametrize("name", MINUTES)
def test_decisions_and_promises(name: str, real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]) -> None:
    parsed, wanted = real[name], expected[name]
    found: Any = [one.paragraph for one in parsed.decisions]
    assert (found if isinstance(wanted["decisions"], list) else len(found)) == wanted["decisions"]
    assert len(parsed.actions) == wanted["marked_actions"]
    assert all(one.marked for one in parsed.actions)
    assert len(parsed.deliverables) == wanted.get("deliverables", 0)
    assert len(parsed.agenda_next) == wanted.get("agenda_next", 0)
    if "implicit" in wanted:
        assert sorted({one.paragraph for one in parsed.commitments}, key=_number) == sorted(
            wanted["implicit"], key=_number
        )
    assert [one.text for one in parsed.unresolved] == wanted.get("unresolved", [])
    assert [one.text for one in parsed.claims] == wanted.get("claims", [])


def _number(text: str | None) -> list[int]:
    return [int(part) for part in (text or "0").split(".")]


def test_the_seven_marked_actions(real: dict[str, ParsedPaper]) -> None:
    held = [(one.owners, one.due_text, one.due_from, one.due_to) for name in MINUTES for one in real[name].actions]
    december = ("December LCRB meeting", dt.date(2014, 12, 1), dt.date(2014, 12, 31))
    assert held == [
        (("Christian Steenberg",), None, None, None),
        (("Naomi Simpson",), None, None, None),
        ((), "once completed", None, None),
        (("Met",), *december),
        (("Partners",), *december),
        (
            ("MOPAC", "MPS", "London Councils", "Health", "MoJ/HO"),
            "May or June 2015",
            dt.date(2015, 5, 1),
            dt.date(2015, 6, 30),
        ),
        (("London Councils", "MOPAC"), "coming two months", dt.date(2015, 3, 10), dt.date(2015, 5, 10)),
    ]


def test_conditions_and_what_is_no_decision(real: dict[str, ParsedPaper]) -> None:
    conditions = [one.condition for one in real[MINUTES[2]].decisions]
    assert conditions == [None, *["subject to publication of the report"] * 3]
    verbs = [one.verb for one in real[MINUTES[1]].decisions]
    assert verbs == ["agreed", "agreed", "agreed", "happy to take", "agreed", "approved"]
    assert not any("DMG agreed" in one.text or "previously been" in one.text for one in real[MINUTES[1]].decisions)


def test_priorities_and_their_leads(real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]) -> None:
    held = real[MINUTES[1]].priorities
    assert [one.name for one in held] == expected[MINUTES[1]]["priorities"]
    shown = {one.name: f"{one.lead}{' (interim)' if one.interim else ''}" for one in held}
    assert shown == expected[MINUTES[1]]["leads"]
    assert {one.status for one in held} == {"identified"}
    assert [one.status for one in real[MINUTES[0]].priorities] == ["suggested"] * 3
    assert [one.name for one in real[MINUTES[2]].priorities] == [
        "victims", "reducing reoffending", "gangs", "anti-social behaviour",
    ]  # fmt: skip


def test_the_correction_to_march_2014(real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]]) -> None:
    (one,) = real[MINUTES[2]].corrections
    wanted = expected[MINUTES[2]]["correction"]
    assert {"meeting": str(one.meeting), "paragraph": one.paragraph, "change": one.change} == wanted
    assert one.inferred is expected[MINUTES[2]]["prev_inferred"]


def test_the_unresolved_initials_come_with_the_likely_reading(real: dict[str, ParsedPaper]) -> None:
    (one,) = real[MINUTES[0]].unresolved
    assert (one.text, one.likely[0], one.lines) == ("KB", "KM (Kit Malthouse)", (131, 131))
    assert not any("Kit Malthouse" in paragraph.text for paragraph in real[MINUTES[0]].paragraphs)


def test_rates_without_people(real: dict[str, ParsedPaper]) -> None:
    rates = [one for one in real[MINUTES[0]].figures if one.kind == "rate"]
    assert [(str(one.value), one.base) for one in rates] == [
        ("46.3", None),
        ("45.3", None),
        ("61.1", None),
        ("20", None),
    ]


def test_the_report_of_2008(real: dict[str, ParsedPaper], expected: dict[str, dict[str, Any]], papers: Path) -> None:
    parsed, wanted = real[REPORT], expected[REPORT]
    assert (parsed.kind, str(parsed.date)) == (wanted["kind"], wanted["date"])
    for kind in ("recommendations", "dependencies", "benefits", "measures", "risks", "abbreviations"):
        assert len(getattr(parsed, kind)) == wanted[kind], kind
    for section in ("B", "D"):
        assert sum(one.item == section and one.number is not None for one in parsed.paragraphs) == wanted[section]
    across, down = parsed.table_faults
    assert {"row": across.row, "printed": across.printed, "sum": across.sum} == wanted["table_faults"][0]
    assert across.across and not down.across
    assert (down.row, down.column.split()[0]) == ("TOTAL FUNDING AVAILABLE", "TOTAL")
    assert (down.printed, down.sum) == (wanted["table_faults"][1]["printed"], wanted["table_faults"][1]["sum_of_lines"])
    (table,) = read_document(papers / f"{REPORT}.txt").tables
    filled = [row for row in table.texts()[1:] if any(cell.strip("-") for cell in row[1:])]
    assert len(filled) == wanted["table_rows"]


@pytest.mark.parametrize("name", MINUTES)
def test_every_line_of_the_minutes_is_placed(name: str, real: dict[str, ParsedPaper]) -> None:
    assert real[name].unplaced == ()


def test_a_promise_asked_for_takes_the_date_of_the_sentence_that_goes_on(real: dict[str, ParsedPaper]) -> None:
    due = {one.paragraph: (one.due_text, one.due_to) for one in real[MINUTES[0]].commitments}
    assert due["5.12"] == ("next meeting", dt.date(2011, 3, 15))
    assert due["4.11"] == due["6.23"] == (None, None)
