"""A table gives the same sums in whatever file it stands, also where spaces, dots or places alone make it."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import typst

from whatworks.money.tables import check_report
from whatworks.money.tables.fault import CheckReport
from whatworks.records.documents import read_document

ROWS = [
    ["Service", "2025/26", "2026/27", "Total"],
    ["Prevention", "30", "31", "61"],
    ["    Youth", "10", "11", "21"],
    ["    Schools", "20", "20", "40"],
    ["Custody and courts", "7", "", "7"],
    ["Total", "37", "31", "68"],
]


def of_pdf(path: Path, rows: list[list[str]]) -> None:
    texts = [f"#h(12pt){cell.strip()}" if cell.startswith(" ") else cell for row in rows for cell in row]
    cells = ", ".join(f"[{text}]" for text in texts)
    source = f"#table(columns: 4, align: (left, right, right, right), stroke: none, {cells})"
    path.write_bytes(typst.compile(source.encode(), format="pdf"))


def of_text(path: Path, rows: list[list[str]]) -> None:
    lines = [row[0].ljust(24) + "".join(cell.rjust(10) for cell in row[1:]) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


def of_word(path: Path, rows: list[list[str]]) -> None:
    paper = docx.Document()
    table = paper.add_table(len(rows), 4)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(at, column)
            cell.text = text.strip()
            if text.startswith(" "):
                cell.paragraphs[0].paragraph_format.left_indent = docx.shared.Pt(18)
    paper.save(str(path))


def of_html(path: Path, rows: list[list[str]]) -> None:
    body = "".join(
        "<tr>" + "".join(f"\n  <td>{cell.replace(' ' * 4, '&nbsp;' * 4)}</td>" for cell in row) for row in rows
    )
    path.write_text(f"<body><table>{body}</table></body>", encoding="utf-8")


def of_csv(path: Path, rows: list[list[str]]) -> None:
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")


FORMS: dict[str, Callable[[Path, list[list[str]]], None]] = {
    "a.pdf": of_pdf, "a.txt": of_text, "a.docx": of_word, "a.html": of_html, "a.csv": of_csv,
}  # fmt: skip


def checked(path: Path) -> CheckReport:
    [table] = read_document(path).tables
    return check_report(table)


@pytest.mark.parametrize("name", FORMS)
def test_one_table_in_every_form(tmp_path: Path, name: str) -> None:
    FORMS[name](tmp_path / name, ROWS)
    sound = checked(tmp_path / name)
    # Down: Prevention and Total in 3 columns; along: Total of 5 rows.
    assert (len(sound.sums), sound.faults, sound.untold) == (11, (), ())
    wrong = [list(row) for row in ROWS]
    wrong[3][2] = "29"
    FORMS[name](tmp_path / name, wrong)
    assert {str(fault.place) for fault in checked(tmp_path / name).faults} == {"Prevention, 2026/27", "Schools, Total"}


@pytest.mark.parametrize(
    "text",
    [
        "Costs of the service\nStaff 100\nRent and rates 50\nTotal 151\n",
        "Costs\nStaff.......100\nRent and rates.......50\nTotal........151\n",
        "Costs              £000\nStaff . . . . . .  100\nRent . . . . . . .  50\nTotal . . . . . .  151\n",
        "Item           2025/26\nStaff              100\nRent and rates\n  of the office     50\n"
        "Total              151\n",
    ],
)
def test_text_with_one_column_of_figures(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    [fault] = checked(tmp_path / "a.txt").faults
    assert (fault.text, fault.recomputed, fault.place.row_label) == ("151", 150, "Total")


def test_lines_that_end_with_years_are_no_table(tmp_path: Path) -> None:
    text = "The board met in 2012\nand again in 2013\nbut not in the year 2014\nuntil the end of 2015.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert read_document(tmp_path / "a.txt").tables == ()
