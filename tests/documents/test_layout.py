"""Columns of a page and tables that only lay it out are read as a reader does."""

from pathlib import Path

import docx
import pytest
import typst

from whatworks.board.reading.paper import read_paper
from whatworks.records.documents.opening import read_document

MINUTES = """
= Anytown Crime Board
Minutes of the meeting held on 12 May 2025

#columns(COUNT)[
Present

Ann Lee (Chair), Anytown and Otherton Borough Council

Bo Day, Anytown Police

*1. WELCOME*

1.1 The Chair welcomed those who had come to the meeting and thanked them for coming out on a wet morning in the spring
of the year, and for the papers that they had sent before it.

1.2 The minutes of the last meeting were agreed as they stood after a short discussion of their length and wording.

#colbreak()
*2. GANGS PROGRAMME*

2.1 The Board heard how the programme had gone in its second year and noted that its money would end in the next spring.

2.2 The Board AGREED to extend the programme to March 2026.

ACTION: Bo Day to report on what it did by 30 June 2025.
]
"""


@pytest.mark.parametrize("count", [1, 2])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, count: int) -> None:
    source = MINUTES.replace("COUNT", str(count))
    (tmp_path / "a.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))
    document = read_document(tmp_path / "a.pdf")
    paper = read_paper(document)
    assert [(one.name, one.organisation) for one in paper.people] == [
        ("Ann Lee", "Anytown and Otherton Borough Council"),
        ("Bo Day", "Anytown Police"),
    ]
    assert paper.decisions[-1].text == "The Board AGREED to extend the programme to March 2026."
    assert [(one.owners, str(one.due_from)) for one in paper.actions] == [(("Bo Day",), "2025-06-30")]
    assert document.partial is None


SIDEBAR = """
Anytown Crime Board: minutes of the meeting held on 12 May 2025, at the Town Hall

#grid(columns: (1fr, 3fr), gutter: 20pt, [*Present* \\ Ann Lee (Chair) \\ Bo Day \\ Cy Fox \\ Ed Poe \\ Flo Rae], [
1\\. Welcome

1.1 The Chair welcomed those who had come to the meeting and thanked them for coming out on a wet morning in the spring
of the year, and for the papers that they had sent before it, which she said had been short and clear.

1.2 The Board heard how the programme had gone in its second year and noted that its money would end in the spring.
])
"""


def test_a_list_beside_prose_is_read_before_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(typst.compile(SIDEBAR.encode(), format="pdf"))
    texts = [line.text for line in read_document(tmp_path / "a.pdf").lines if line.text]
    assert texts[1:8] == ["Present", "Ann Lee (Chair)", "Bo Day", "Cy Fox", "Ed Poe", "Flo Rae", "1. Welcome"]
    assert texts[8].startswith("1.1 The Chair welcomed those who had come")


LISTS = """
Anytown Crime Board: minutes of the meeting held on 12 May 2025, at the Town Hall

#grid(columns: (1fr, 1fr), [*Present* \\ Ann Lee (Chair), Anytown \\ Bo Day, Police \\ Cy Fox, Probation GAP], [
*Apologies* \\ Ed Poe \\ Flo Rae])

The Chair welcomed those who had come to the meeting and thanked them for coming out on a wet morning in the spring.
"""


@pytest.mark.parametrize("gap", ["", "#v(40pt) Guy Hope, Council"])
def test_lists_of_people_side_by_side(tmp_path: Path, gap: str) -> None:
    (tmp_path / "a.pdf").write_bytes(typst.compile(LISTS.replace("GAP", gap).encode(), format="pdf"))
    people = read_paper(read_document(tmp_path / "a.pdf")).people
    away = {one.name for one in people if not one.present}
    assert away <= {"Ed Poe", "Flo Rae"}
    if not gap:
        assert [one.name for one in people] == ["Ann Lee", "Bo Day", "Cy Fox", "Ed Poe", "Flo Rae"]
        assert away == {"Ed Poe", "Flo Rae"}


ROWS = [
    ("Too few officers are trained in time for the summer, and the programme then begins too late in the year.",
     "Train twenty more before May; borrow five from the next borough until then; tell the board in June."),
    ("The money ends in the spring of 2026.", "Find other money, or end the programme with the year that is paid."),
    ("Partners leave the programme before the end of the year, for want of people who could do the work of it.",
     "A letter from the chair to each of them in the autumn, and a visit by the lead officer."),
]  # fmt: skip


def test_a_table_of_two_columns_of_prose_is_not_read_down_its_columns(tmp_path: Path) -> None:
    cells = ", ".join(f"[{text}]" for row in [("Risk", "Response"), *ROWS] for text in row)
    source = f"#table(columns: (190pt, 190pt), stroke: none, {cells})"
    (tmp_path / "a.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))
    document = read_document(tmp_path / "a.pdf")
    assert [table.texts() for table in document.tables] == [(("Risk", "Response"), *ROWS)]


def test_a_table_within_a_table_that_lays_out_the_page(tmp_path: Path) -> None:
    paper = docx.Document()
    for text in ("Anytown Crime Board", "Minutes of the meeting held on 12 May 2025", "Present: Ann Lee, Bo Day"):
        paper.add_paragraph(text)
    outer = paper.add_table(1, 2)
    outer.cell(0, 0).paragraphs[0].add_run("1. WELCOME")
    inner = outer.cell(0, 1).add_table(2, 3)
    for at, row in enumerate([("Action", "Owner", "Due"), ("Call the bank", "Bo Day", "30 June 2025")]):
        for column, text in enumerate(row):
            inner.cell(at, column).text = text
    paper.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert [table.texts() for table in document.tables] == [
        (("Action", "Owner", "Due"), ("Call the bank", "Bo Day", "30 June 2025"))
    ]
    [action] = read_paper(document).actions
    assert (action.text, action.owners, str(action.due_from)) == ("Call the bank", ("Bo Day",), "2025-06-30")
