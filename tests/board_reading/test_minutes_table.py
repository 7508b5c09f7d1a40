"""Minutes set as one table, with a column of initials beside what was said, are read as running minutes are."""

from pathlib import Path

from docx import Document as Word

from whatworks.board.reading import read_paper
from whatworks.records.documents import read_document

ROWS = (
    ("No.", "Item", "Action by"),
    ("1", "Welcome and apologies", ""),
    ("", "The Chair welcomed everyone to the meeting.", ""),
    ("2", "Risk register", ""),
    ("", "The Panel noted the register and agreed to remove the second risk.", ""),
    ("", "Reserves stood at a third. A note is to be written within 4 weeks.", "BL"),
    ("2.1", "It was not clear whether the first risk was scored as the guidance asks.", "TJ"),
)


def test_a_table_of_minutes_gives_items_decisions_and_actions(tmp_path: Path) -> None:
    word = Word()
    for text in ("Fernhill Safety Panel", "Minutes of 5 November 2019", "Present: Beth Lyle (Council)"):
        word.add_paragraph(text)
    table = word.add_table(0, 3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(tmp_path / "minutes.docx"))
    read = read_paper(read_document(tmp_path / "minutes.docx"))
    assert [(one.number, one.title, one.lines) for one in read.items] == [
        ("1", "Welcome and apologies", (5, 5)),
        ("2", "Risk register", (7, 7)),
    ]
    assert [(one.lines, one.decider) for one in read.decisions] == [((8, 8), "The Panel")]
    assert [(one.owners, one.lines, one.due_text) for one in read.actions] == [
        (("Beth Lyle",), (9, 9), "within 4 weeks"),
        (("TJ",), (10, 10), None),
    ]
    assert [one.text for one in read.unresolved] == ["TJ"]
    assert read.unplaced == ()


def test_an_action_log_stays_an_action_log(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text(
        "Fernhill Safety Panel\nMinutes of 5 November 2019\nPresent: Beth Lyle (Council)\n\n1. Actions\n"
        "No.\tAction\tOwner\tDue\n1\tWrite the plan\tBeth Lyle\t3 December 2019\n",
        encoding="utf-8",
    )
    (action,) = read_paper(read_document(file)).actions
    assert (action.text, action.owners, str(action.due_to)) == ("Write the plan", ("Beth Lyle",), "2019-12-03")
