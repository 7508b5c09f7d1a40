"""Minutes of other boards, in layouts that the London papers do not show, come out right."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from board_layouts import BULLETS, COMMITTEE, NUMBERED, PARTNERSHIP, WRAPPED_TABLE

from whatworks.board.parsed import ParsedPaper

Read = Callable[[str], ParsedPaper]


def people(parsed: ParsedPaper, capacity: str) -> list[str]:
    """Return the names of one list."""
    return [one.name for one in parsed.people if one.capacity == capacity]


def test_a_council_committee_resolves(read: Read) -> None:
    parsed = read(COMMITTEE)
    assert parsed.body == "CRIME AND DISORDER SCRUTINY COMMITTEE"
    assert (parsed.date, parsed.weekday_ok) == (dt.date(2024, 6, 12), True)
    assert (parsed.time, parsed.end) == (dt.time(18, 30), dt.time(20, 15))
    assert parsed.place == "the Council Chamber, Town Hall, Anytown"
    assert parsed.previous == dt.date(2024, 3, 13)
    assert people(parsed, "board") == ["Brown", "Green", "Hughes", "Patel", "White"]
    assert people(parsed, "officer") == ["Jane Marsh", "Paul Reed", "Ruth Webb", "Ian Cole"]
    assert people(parsed, "apologies") == ["Turner", "Walsh"]
    assert [one.number for one in parsed.items] == ["45", "46", "47", "48", "49"]
    texts = [one.text for one in parsed.decisions]
    assert texts[0].startswith("That the minutes of the meeting held on 13 March 2024 be approved")
    assert texts[1:] == [
        "the report be noted",
        "the action plan be approved, subject to a further report on youth work",
        "the Head of Community Safety report to the September meeting on test purchases.",
    ]
    assert [one.condition for one in parsed.decisions[1:]] == [None, "subject to a further report on youth work", None]
    assert [one.item for one in parsed.decisions] == ["47", "48", "48", "48"]
    assert [str(one.value) for one in parsed.figures if one.kind == "rate"] == ["62"]


def test_a_partnership_keeps_its_actions_in_a_table(read: Read) -> None:
    parsed = read(PARTNERSHIP)
    assert (parsed.date, parsed.time, parsed.end) == (dt.date(2023, 11, 5), dt.time(10), dt.time(12))
    assert parsed.place == "Fire Station, Mill Lane"
    assert people(parsed, "board") == ["Helen Wood", "Amir Shah", "Lucy Grant", "Tom Bell"]
    assert [(one.role, one.organisation) for one in parsed.people[:2]] == [
        ("Chair, Chief Executive", "Eastvale Council"),
        ("Chief Inspector", "Northshire Police"),
    ]
    assert people(parsed, "apologies") == ["Nina Ward", "Carl Moss"]
    assert [one.number for one in parsed.items] == ["1", "2", "3", "4"]
    assert parsed.next and (parsed.next.day, parsed.next.time) == (dt.date(2024, 2, 6), dt.time(10))
    assert (parsed.previous, parsed.inferred) == (dt.date(2023, 8, 3), ("previous",))
    held = [(one.text, one.owners, one.due_text, one.due_to) for one in parsed.actions]
    assert held == [
        ("Share the needs assessment with members", ("Amir Shah",), "30 November 2023", dt.date(2023, 11, 30)),
        ("Draft the outreach specification", ("Helen Wood", "Lucy Grant"), "January 2024", dt.date(2024, 1, 31)),
        ("Arrange a workshop on data sharing", ("All",), None, None),
    ]
    assert len(parsed.decisions) == 2
    assert [one.owners for one in parsed.commitments] == [("Lucy Grant",)]
    assert parsed.commitments[0].due_to == dt.date(2024, 2, 6)
    assert [one.text for one in parsed.unresolved] == ["JB"]
    assert parsed.unplaced == ()


def test_numbered_minutes_with_marked_actions(read: Read) -> None:
    parsed = read(NUMBERED)
    assert (parsed.time, parsed.end, parsed.place) == (dt.time(14), dt.time(16), "Microsoft Teams")
    assert people(parsed, "board") == ["Sally Price", "Omar Khan", "Beth Lowe", "Dev Nair"]
    assert people(parsed, "apologies") == ["Fiona Hart", "Greg Stone"]
    assert [one.number for one in parsed.items] == ["1", "2", "5", "6"]
    assert [one.number for one in parsed.paragraphs] == ["1.1", "2.1", "2.2", "5.1", "5.2", "5.3", "5.4", "6.1"]
    assert [(one.number, one.owners, one.due_to) for one in parsed.actions] == [
        ("3", ("Beth Lowe",), dt.date(2024, 3, 1)),
        ("4", ("Chair",), None),
    ]
    assert [one.paragraph for one in parsed.decisions] == ["2.1", "5.2"]
    (correction,) = parsed.corrections
    assert (correction.meeting, correction.paragraph, correction.change) == (dt.date(2023, 10, 19), "3.2", "amended")
    (rate,) = [one for one in parsed.figures if one.kind == "rate"]
    assert (str(rate.value), rate.base) == ("39", "212 of 540")
    (money,) = [one for one in parsed.figures if one.kind == "money"]
    assert money.value == 145000
    assert [(one.text, one.likely) for one in parsed.unresolved] == [("ON", ("OK (Omar Khan)", "DN (Dev Nair)"))]
    assert [one.text for one in parsed.claims] == ["All actions were completed"]


def test_bullets_and_an_action_in_brackets(read: Read) -> None:
    parsed = read(BULLETS)
    assert parsed.place == "Westmoor House"
    assert [(one.name, one.role, one.organisation) for one in parsed.people] == [
        ("Rosa Field", "Police and Crime Commissioner, Chair", None),
        ("Neil Frost", "Chief Constable", "Westmoor Police"),
        ("Grace Holt", "Chief Finance Officer", "OPCC"),
        ("Will Pace", "Head of Performance", "OPCC"),
        ("Ann Dale", "Minute taker", None),
    ]
    assert [one.title for one in parsed.items] == ["Performance report", "Estates strategy"]
    assert len(parsed.paragraphs) == 5
    assert [(one.owners, one.due_text) for one in parsed.actions] == [(("Grace Holt",), "May 2025")]
    assert [one.decider for one in parsed.decisions] == ["The Board"]
    due = [one.due_to for one in parsed.commitments]
    assert due == [dt.date(2025, 6, 2), dt.date(2025, 3, 17)]
    assert parsed.next and parsed.next.time == dt.time(13, 30)


def test_a_table_set_with_spaces_whose_cells_run_over_lines(read: Read) -> None:
    parsed = read(WRAPPED_TABLE)
    assert people(parsed, "board") == ["Kate Lloyd", "Marcus Bright", "Olivia Penn"]
    assert [(one.text, one.owners, one.due_to, one.lines) for one in parsed.actions] == [
        ("Publish the strategy on the website", ("Kate Lloyd",), dt.date(2024, 9, 30), (19, 19)),
        ("Report on refuge places, with figures for each district", ("Olivia Penn",), dt.date(2024, 12, 10), (20, 21)),
    ]
    assert [one.text for one in parsed.decisions] == ["The Board considered the draft strategy and agreed to adopt it."]
    assert [one.owners for one in parsed.commitments] == [("Olivia Penn",)]
    assert parsed.place == "Civic Offices"


def test_word_gives_the_same_record_as_text(tmp_path: Path, read: Read) -> None:
    from docx import Document as NewWord

    from whatworks.board.reading import read_paper
    from whatworks.records.documents import read_document

    word = NewWord()
    rows: list[list[str]] = []
    for line in [*PARTNERSHIP.splitlines(), ""]:
        if " | " in line:
            rows.append(line.split(" | "))
            continue
        if rows:
            table = word.add_table(len(rows), len(rows[0]))
            for at, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    table.cell(at, column).text = text
            rows = []
        word.add_paragraph(line)
    word.save(str(tmp_path / "minutes.docx"))
    as_word, as_text = read_paper(read_document(tmp_path / "minutes.docx")), read(PARTNERSHIP)
    assert [(one.text, one.owners, one.due_to) for one in as_word.actions] == [
        (one.text, one.owners, one.due_to) for one in as_text.actions
    ]
    assert [(one.name, one.role) for one in as_word.people] == [(one.name, one.role) for one in as_text.people]
    assert as_word.decisions == as_text.decisions
    assert as_word.next == as_text.next


def test_opinions_and_other_bodies_are_no_decisions(read: Read) -> None:
    head = "Example Safety Board\nMonday 3 June 2024, 2pm\nPresent: Ada Grant (Chair), Tom Bell\n1. REVIEW\n1.1 {}\n"
    for sentence in (
        "The Board agreed that demand was rising.",
        "The Chair concluded that the pilot was disappointing but that this should not end the work.",
        "Members of the Delivery Group agreed that this should be stopped.",
        "The paper had previously been approved by the Cabinet.",
        "TB agreed that more should be done.",
        "The Board agreed with the analysis.",
        "The plan was approved by the Cabinet.",
        "The Board noted the report.",
    ):
        assert read(head.format(sentence)).decisions == (), sentence
    for sentence in (
        "The Board agreed that the pilot should be extended.",
        "Following discussion, the Board agreed to extend the pilot.",
        "The Chair agreed the proposal.",
        "It was agreed that the pilot will be extended.",
        "The terms of reference were approved.",
        "The plan was approved by the Board.",
        "The ESB supported the bid.",
        "The Board was happy to take a lighter approach.",
    ):
        assert len(read(head.format(sentence)).decisions) == 1, sentence


def test_the_lead_of_a_meeting_without_am_or_pm_is_not_guessed(read: Read) -> None:
    parsed = read("Example Board\nMonday 3 June 2024, 3:30 Town Hall\nPresent: Ada Grant\n")
    assert (parsed.time, parsed.time_text, parsed.place) == (None, "3:30", "Town Hall")
