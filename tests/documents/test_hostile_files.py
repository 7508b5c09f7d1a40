"""Files made to cost much are refused before they do, and none of them stops a folder."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from string import ascii_uppercase

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whatworks.records.documents import read_document
from whatworks.records.guarding.workbook_extent import column_number
from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GIGABYTE = 2**30
Maker = Callable[[Path], None]


def container(path: Path, parts: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(name, content)


def word(path: Path, body: str, **more: str | bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    container(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{OFFICE}/content-types"><Default Extension="rels" '
            f'ContentType="{rels}"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{OFFICE}/relationships"><Relationship Id="r1" Type="{target}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **more,
        },
    )


def sheet(path: Path, *cells: tuple[str, str]) -> None:
    """Write a workbook with these cells, each in a row of its own, as another program would."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["person_id", "forename"])
    book.active.append(["P1", "x"])
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    name = "xl/worksheets/sheet1.xml"
    more = "".join(
        f'<row r="{place.lstrip(ascii_uppercase)}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for place, text in cells
    )
    parts[name] = parts[name].replace(b"</sheetData>", more.encode() + b"</sheetData>")
    container(path, parts)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def days(*counts: int) -> pa.Table:
    return pa.table({"person_id": ["P1"] * len(counts), "date_of_birth": pa.array(counts, pa.date32())})


WIDE = "<tr>" + '<td colspan="80">x</td>' * 9 + "</tr>"
PAPERS: dict[str, tuple[str, Maker, str]] = {
    "paragraphs": ("a.docx", lambda path: word(path, paragraph("A") * 4_000_000), "unpacks to more than 64 MB"),
    "a packed nothing": (
        "a.docx",
        lambda path: word(path, paragraph("Minutes"), **{"word/media/a.bin": bytes(250 * 2**20)}),
        "was packed more than 100 times smaller",
    ),
    "many parts": (
        "a.docx",
        lambda path: word(path, paragraph("Minutes"), **{f"x/{n}": "" for n in range(20_001)}),
        "holds more than 20,000 parts",
    ),
    "wide cells": (
        "a.docx",
        lambda path: word(
            path,
            "<w:tbl><w:tr>"
            + f'<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{paragraph("x")}</w:tc>' * 9
            + "</w:tr></w:tbl>",
        ),
        "a.docx: has a table of more than 200 columns",
    ),
    "colspan": (
        "a.html",
        lambda path: _text(path, f"<html><body><table>{WIDE * 9}</table>"),
        "a.html: has a table of more than 200 columns",
    ),
    "a far cell": ("a.xlsx", lambda path: sheet(path, ("XFD1048576", "z")), "reaches to column XFD and row 1,048,576"),
}  # fmt: skip
EXTRACTS: dict[str, tuple[str, Maker, str]] = {
    "the last cell": ("a.xlsx", lambda path: sheet(path, ("XFD1048576", "z")), "reaches to column XFD and row 1,048"),
    "a stray cell": ("a.xlsx", lambda path: sheet(path, ("BZ900000", " ")), "reaches to column BZ and row 900,000"),
    "no such cell": ("a.xlsx", lambda path: sheet(path, ("ZZZZZ7", "z")), "names a cell beyond XFD1048576"),
    "no such row": ("a.xlsx", lambda path: sheet(path, ("B99999999999", "z")), "names a cell beyond XFD1048576"),
    "days out of time": ("a.parquet", lambda path: pq.write_table(days(2**31 - 1, 0), path), "birth: holds a day"),
    "days before": ("a.parquet", lambda path: pq.write_table(days(-(2**31)), path), "date_of_birth: holds a day"),
    "endless decimals": (
        "a.parquet",
        lambda path: pq.write_table(pa.table({"a": pa.array([1], pa.decimal256(70, 2))}), path),
        "a: holds decimal256",
    ),
}  # fmt: skip


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("case", PAPERS)
def test_a_paper_that_would_cost_much_is_refused(case: str, tmp_path: Path) -> None:
    name, make, said = PAPERS[case]
    make(tmp_path / name)
    with pytest.raises(Refused, match=said):
        read_document(tmp_path / name)


@pytest.mark.parametrize("case", EXTRACTS)
def test_an_extract_that_would_cost_much_is_refused(case: str, tmp_path: Path) -> None:
    name, make, said = EXTRACTS[case]
    make(tmp_path / name)
    with pytest.raises(Refused, match=said):
        list(open_reader(tmp_path / name).batches())


def test_cells_that_are_only_far_down_are_read(tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx", ("A1048576", "P2"))
    assert sum(batch.texts.height for batch in open_reader(tmp_path / "a.xlsx").batches()) == 2
    assert (column_number("Z"), column_number("BZ")) == (26, 78)


@pytest.mark.parametrize(
    "name", ["rot13", "idna", "utf-7", "zlib", "undefined", "punycode", "unicode_escape", "x" * 60]
)
def test_an_odd_charset_is_not_believed(name: str, tmp_path: Path) -> None:
    page = f'<html><head><meta charset="{name}"></head><body>Minutes of 1 May 2024, Zo\u00eb</body></html>'
    (tmp_path / "a.html").write_bytes(page.encode())
    assert [line.text for line in read_document(tmp_path / "a.html").lines] == ["Minutes of 1 May 2024, Zo\u00eb"]
    with pytest.raises(ValueError, match=r"is not (known|read)"):
        FileSettings(encoding=name)


def test_long_lists_are_counted_as_they_are_read(tmp_path: Path) -> None:
    lists = f'<ol start="{"9" * 5_000}">{"<li>x</li>" * 30_000}</ol><ol start="3"><li>a<li value="7">b<li>c</ol>'
    (tmp_path / "a.html").write_text(f"<html><body>{lists}</body></html>")
    lines = [line.text for line in read_document(tmp_path / "a.html").lines]
    assert (lines[0], lines[29_999], lines[30_000:]) == ("1. x", "30000. x", ["3. a", "7. b", "5. c"])


LIMITED = """
import pathlib, resource, sys
from whatworks.cli.app import build, explain
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
try:
    build()(sys.argv[1:], standalone_mode=False)
except SystemExit as left:
    sys.exit(left.code)
except BaseException as fault:
    sys.exit(explain(fault))
finally:
    status = pathlib.Path("/proc/self/status")  # getrusage would count the process that this one was forked from
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    print(peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def test_one_bad_paper_stops_no_folder(tmp_path: Path) -> None:
    for number, (name, make, _) in enumerate(PAPERS.values()):
        make(tmp_path / f"{number}-{name}")
    (tmp_path / "good.txt").write_text("Minutes of the Board\n1 May 2024\nPresent: Ann Lee\n")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "board", "read", str(tmp_path), "--json"], capture_output=True, text=True
    )
    assert done.returncode == 2, done.stderr
    assert '"date": "2024-05-01"' in done.stdout
    for _, _, said in PAPERS.values():
        assert said.split(": ")[-1] in done.stderr
    assert int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) < GIGABYTE


PDF = """%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length LENGTH >> stream
STEPS
endstream endobj
trailer << /Size 5 /Root 1 0 R >>
startxref
0
%%EOF
"""


def drawn(path: Path, steps: str) -> None:
    path.write_text(PDF.replace("LENGTH", str(len(steps))).replace("STEPS", steps), encoding="latin-1")


FAR = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (The Board met) Tj 1 0 0 1 99999999999 700 Tm (at noon, far off.) Tj ET"
LINES = "72 700 m 90 703 l S " * 8_000 + "BT /F1 10 Tf 72 700 Td (The Board met at noon.) Tj ET " * 2_000


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.pdf", lambda path: drawn(path, FAR)),
        ("b.pdf", lambda path: drawn(path, LINES)),
        ("c.txt", lambda path: path.write_text("to write  Bo Day\n  again\n" * 10_000, encoding="utf-8")),
        ("d.txt", lambda path: path.write_text("a  " * 150_000, encoding="utf-8")),
        ("e.html", lambda path: path.write_text("<div><header>x" * 120 + "<p>y" * 10_000, encoding="utf-8")),
    ],
    ids=[
        "words far off the page",
        "many lines at one height",
        "a table without end",
        "a row without end",
        "a deep page",
    ],
)
def test_layouts_without_end_are_read(tmp_path: Path, name: str, write: Maker) -> None:
    write(tmp_path / name)
    document = read_document(tmp_path / name)
    assert max(len(line.text) for line in document.lines) <= 500_000
