"""Every form of a paper gives the same lines and cells, and what cannot be read is refused with a sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as NewWord
from pypdf import PdfReader, PdfWriter

from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused

LINES = ["Anytown Partnership", "Minutes", "", "1. Welcome"]


def _refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_document(path)
    return str(caught.value)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_gives_its_lines_in_any_encoding(tmp_path: Path, ending: str, encoding: str) -> None:
    file = tmp_path / "minutes.txt"
    file.write_bytes(ending.join([*LINES, "Zoë – £5"]).encode(encoding))
    assert [line.text for line in read_document(file).lines] == [*LINES, "Zoë – £5"]
    assert [line.number for line in read_document(file).lines] == [1, 2, 3, 4, 5]


def test_cells_are_split_before_no_break_spaces_are_cleaned(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    nb = "\xa0"
    file.write_text(
        "Costs of two sites\nCosts 2020/21 £000’s 2021/22 £000’s TOTAL £000’s\n"
        f"STAFF {nb}  {nb}  {nb}\nPilot teams 700 1,282 1,982\nIT 60 {nb}  60\nTraining, of 30 staff 72 - 72\n"
        f"{nb} {nb} {nb} {nb}\nTOTAL 832 1,282 2,114\n\nTable 3: Costs of two sites\n",
        encoding="utf-8",
    )
    (table,) = read_document(file).tables
    assert table.name == "Table 3: Costs of two sites"
    assert table.texts() == (
        ("Costs", "2020/21 £000’s", "2021/22 £000’s", "TOTAL £000’s"),
        ("STAFF", "", "", ""),
        ("Pilot teams", "700", "1,282", "1,982"),
        ("IT", "60", "", "60"),
        ("Training, of 30 staff", "72", "-", "72"),
        ("", "", "", ""),
        ("TOTAL", "832", "1,282", "2,114"),
    )
    assert table.rows[3][1].lines == (5, 5)


def test_prose_with_figures_is_no_table(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text("In 2012 there were 40 50\nand then nothing\nuntil 2013.\nThe end was 3.\n", encoding="utf-8")
    assert read_document(file).tables == ()


def test_word_keeps_the_order_of_paragraphs_and_tables_and_draws_the_numbers(tmp_path: Path) -> None:
    word = NewWord()
    word.add_paragraph("Anytown Partnership")
    table = word.add_table(2, 2)
    for n, text in enumerate(["Name", "Role", "Ada Example", "Chair"]):
        table.cell(n // 2, n % 2).text = text
    for text, style in [("Welcome", "List Number"), ("a point", "List Bullet"), ("Minutes", "List Number")]:
        word.add_paragraph(text, style=style)
    word.save(str(tmp_path / "minutes.docx"))
    document = read_document(tmp_path / "minutes.docx")
    assert [line.text for line in document.lines] == [
        "Anytown Partnership",
        "Name\tRole",
        "Ada Example\tChair",
        "1. Welcome",
        "- a point",
        "2. Minutes",
    ]
    assert document.tables[0].texts() == (("Name", "Role"), ("Ada Example", "Chair"))
    assert document.tables[0].lines == (2, 3)


def _changed(word: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a Word file with other bytes in one of its parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as before, zipfile.ZipFile(held, "w") as after:
        for part in before.namelist():
            data = before.read(part)
            assert part != name or old in data
            after.writestr(part, data.replace(old, new) if part == name else data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/_rels/document.xml.rels", b"relationships/numbering", b"relationships/unknown"),
        ("[Content_Types].xml", b"wordprocessingml.numbering+xml", b"unknown"),
        ("word/_rels/document.xml.rels", b'Target="numbering.xml"', b'Target="numbering.xml" TargetMode="External"'),
    ],
    ids=["no numbering part", "a numbering part that is not XML", "a numbering part outside the file"],
)
def test_word_without_numbering_is_read_without_numbers(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    word, held, file = NewWord(), io.BytesIO(), tmp_path / "minutes.docx"
    word.add_paragraph("Welcome", style="List Number")
    word.save(held)
    file.write_bytes(held.getvalue())
    assert [line.text for line in read_document(file).lines] == ["1. Welcome"]
    file.write_bytes(_changed(held.getvalue(), part, old, new))
    assert [line.text for line in read_document(file).lines] == ["Welcome"]


def test_html_gives_a_line_a_block_and_a_table_its_cells(tmp_path: Path) -> None:
    file = tmp_path / "minutes.html"
    file.write_text(
        "<!doctype html><title>x</title><script>var a</script><h1>Board</h1><p>One <b>bold</b>\nword<br>next</p>"
        "<ol start=3><li>three<li>four</ol><ul><li>dot</ul>"
        "<table><caption>Costs</caption><tr><th>A<th>B<tr><td>1<td></table><p>end &pound;5",
        encoding="utf-8",
    )
    document = read_document(file)
    assert [line.text for line in document.lines] == [
        "Board", "One bold word", "next", "3. three", "4. four", "- dot", "Costs", "A\tB", "1\t", "end £5",
    ]  # fmt: skip
    assert document.tables[0].name == "Costs"
    assert document.tables[0].texts() == (("A", "B"), ("1", ""))


def test_csv_and_excel_give_the_same_cells(tmp_path: Path) -> None:
    import xlsxwriter

    rows = [("Line", "2020/21", "Total"), ("Staff", "60", "60"), ("", "", "")]
    (tmp_path / "costs.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    book = xlsxwriter.Workbook(str(tmp_path / "costs.xlsx"))
    sheet = book.add_worksheet("costs")
    for row, texts in enumerate(rows[:2]):
        for column, text in enumerate(texts):
            sheet.write(row, column, int(text) if text.isdigit() else text)
    book.close()
    for name in ("costs.csv", "costs.xlsx"):
        (table,) = read_document(tmp_path / name).tables
        assert (table.name, table.texts()[:2]) == ("costs", tuple(rows[:2]))


def _pdf(pages: list[str]) -> bytes:
    """Return a PDF with one line of text a page; a page without text has an empty content stream."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for n, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents {4 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_pdf_gives_lines_with_their_pages(tmp_path: Path) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(_pdf(["Anytown Partnership minutes", "The meeting finished at noon"]))
    lines = [(line.text.strip(), line.page) for line in read_document(file).lines if line.text.strip()]
    assert lines == [("Anytown Partnership minutes", 1), ("The meeting finished at noon", 2)]


def test_scanned_pdf_is_refused_and_one_scanned_page_marks_it_partial(tmp_path: Path) -> None:
    scan, mixed = tmp_path / "scan.pdf", tmp_path / "mixed.pdf"
    scan.write_bytes(_pdf(["", ""]))
    mixed.write_bytes(_pdf(["Anytown Partnership minutes", ""]))
    assert "without text, probably a scan" in _refusal(scan)
    assert "page 2 of 2" in (read_document(mixed).partial or "")


def test_locked_files_are_refused(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(_pdf(["Anytown Partnership minutes"]))))
    writer.encrypt("secret", algorithm="RC4-128")
    pdf, word = tmp_path / "locked.pdf", tmp_path / "locked.docx"
    writer.write(str(pdf))
    word.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    assert "locked by a password" in _refusal(pdf)
    assert "locked by a password" in _refusal(word)


def _container(names: list[str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as container:
        for name in names:
            container.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n\t", "is empty"),
        ("a.txt", bytes(range(256)) * 20, "binary data"),
        ("a.pdf", b"hello", "ending of a PDF but is none"),
        ("a.pdf", b"%PDF-1.4 nothing follows", "damaged"),
        ("a.docx", b"hello", "ending .docx"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.docx", _container(["word/document.xml"]), "damaged"),
        ("a.zip", _container(["a.txt"]), "container of files"),
        ("a.rtf", b"{\\rtf1 hello}", "rich text"),
        ("a.html", b"<html><body></body></html>", "holds no text"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert sentence in _refusal(file)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "is not there" in _refusal(tmp_path / "none.txt")
    assert "is not there, or is no file" in _refusal(tmp_path)


def test_ten_megabytes_are_read_in_part_and_say_so(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"The board agreed to meet again.\n" * 330_000)
    document = read_document(file)
    assert "Only the first 500,000 characters were read" in (document.partial or "")
    assert len(document.lines) == 15_625
