"""Tables without rules are read by the places of their words, alike in a PDF and in a text file."""

from pathlib import Path

import pytest
import typst

from whatworks.board.reading.paper import read_paper
from whatworks.money.tables import check_report
from whatworks.records.documents import read_document

COSTS = (
    ("Item", "2025/26", "2026/27", "Total"),
    ("Staff", "1,200", "1,300", "2,500"),
    ("Rent and rates of the two offices in town", "400", "450", "850"),
    ("Travel", "", "120", "120"),
    ("Total", "1,600", "1,870", "3,470"),
)
ACTIONS = (
    ("Action", "Owner", "Due"),
    ("Report on the van and say what it has cost since the spring of last year", "Bo Day", "30 June 2025"),
    ("Write to the bank", "Ann Lee and the clerk of the board", "1 August 2025"),
    ("Meet", "Bo Day", "5 May 2025"),
)
RISKS = (
    ("Risk", "Response", "Owner"),
    ("The money ends in March, before the work does", "Ask for more of it in the autumn", "AL"),
    ("Nobody comes", "Send letters to all who were asked, and call those who do not answer", "BD"),
)
LOOKS = {
    "as wide as its words": ("auto", "left", "5pt"),
    "figures at the right": ("auto", "(left, right, right, right)", "5pt"),
    "cells that run over lines": ("(100pt, 70pt, 70pt, 70pt)", "(left, right, right, right)", "5pt"),
    "cells in the middle": ("(100pt, 70pt, 70pt, 70pt)", "(left + horizon, center + horizon)", "5pt"),
    "over the whole page": ("(1fr, 1fr, 1fr, 1fr)", "center", "5pt"),
    "narrow gaps": ("auto", "(left, right, right, right)", "(x: 3pt, y: 5pt)"),
}


MINUTES = """Anytown Crime Board

Minutes of the meeting held on 1 May 2025

Present: Ann Lee (Chair), Bo Day

1\\. Actions
"""
Rows = tuple[tuple[str, ...], ...]


def made(path: Path, rows: Rows, look: tuple[str, str, str], lines: str = "none", above: str = "Words.") -> Path:
    """Write a PDF with a table between two texts."""
    columns, align, inset = look
    columns = f"{columns}.slice(0, {len(rows[0])})" if columns != "auto" else str(len(rows[0]))
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: {columns}, align: {align}, inset: {inset}, stroke: {lines}, {cells})"
    source = f"{above}\n\n{table}\n\nAnd below it, after its last row."
    path.write_bytes(typst.compile(source.encode(), format="pdf"))
    return path


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("rows", [COSTS, ACTIONS, RISKS], ids=["costs", "actions", "risks"])
@pytest.mark.parametrize("lines", ["none", "0.5pt"])
def test_cells_of_a_table(tmp_path: Path, look: str, rows: Rows, lines: str) -> None:
    document = read_document(made(tmp_path / "a.pdf", rows, LOOKS[look], lines))
    assert [table.texts() for table in document.tables] == [rows]


def test_the_same_table_as_text(tmp_path: Path) -> None:
    lines = [f"{row[0]:<44}{row[1]:>9}{row[2]:>9}{row[3]:>9}" for row in COSTS]
    (tmp_path / "a.txt").write_text("\n".join(["Some words.", "", *lines, "", "The end."]), encoding="utf-8")
    assert [table.texts() for table in read_document(tmp_path / "a.txt").tables] == [COSTS]


def test_actions_in_a_table_of_a_pdf(tmp_path: Path) -> None:
    document = read_document(made(tmp_path / "a.pdf", ACTIONS, LOOKS["cells that run over lines"], above=MINUTES))
    assert [(one.text, one.owners, str(one.due_from)) for one in read_paper(document).actions] == [
        (ACTIONS[1][0], ("Bo Day",), "2025-06-30"),
        (ACTIONS[2][0], ("Ann Lee", "the clerk of the board"), "2025-08-01"),
        (ACTIONS[3][0], ("Bo Day",), "2025-05-05"),
    ]


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    rows = [(f"Item {at}", str(10 * at), str(at)) for at in range(1, 80)]
    total = ("Total", str(sum(10 * at for at in range(1, 80))), str(sum(range(1, 80)) + 1))
    cells = ", ".join(f"[{cell}]" for row in [*rows, total] for cell in row)
    head = "table.header([Item], [2025/26], [2026/27])"
    source = f'#set page(numbering: "1")\n#table(columns: 3, stroke: none, {head}, {cells})'
    (tmp_path / "a.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))
    document = read_document(tmp_path / "a.pdf")
    assert [len(table.rows) for table in document.tables] == [81]
    [fault] = check_report(document.tables[0]).faults
    assert (str(fault.place), fault.difference) == ("Total, 2026/27", 1)
