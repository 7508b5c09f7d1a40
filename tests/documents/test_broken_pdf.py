"""A PDF that is locked, damaged or filled in is read as far as it can be or refused in a sentence."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused

ONE, TWO = "Anytown Partnership minutes", "The meeting finished at noon"


def pdf(*pages: str) -> bytes:
    """Return a PDF with a line of text a page. It has no table of places, which readers then make for themselves."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for n, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents {4 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode()


WHOLE = pdf(ONE, TWO)


def written(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def locked(user: str, owner: str) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(WHOLE)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    return written(writer)


def with_notes(page: str, *notes: dict[str, str], parent: dict[str, str] | None = None) -> bytes:
    """Return a PDF of one page with form fields and notes on it; `parent` holds what the fields have in common."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf(page))))
    made = []
    for note in notes:
        entries: dict[Any, Any] = {NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (50, 50, 300, 80)])}
        for name, value in note.items():
            entries[NameObject(name)] = NameObject(value) if value.startswith("/") else TextStringObject(value)
        if parent is not None:
            above = {NameObject(name): TextStringObject(value) for name, value in parent.items()}
            entries[NameObject("/Parent")] = writer._add_object(DictionaryObject(above))
        made.append(writer._add_object(DictionaryObject(entries)))
    writer.pages[0][NameObject("/Annots")] = ArrayObject(made)
    return written(writer)


def text(folder: Path, data: bytes) -> tuple[list[str], str | None]:
    (folder / "m.pdf").write_bytes(data)
    found = read_document(folder / "m.pdf")
    return [line.text.strip() for line in found.lines if line.text.strip()], found.partial


def run(*words: str) -> Any:
    return CliRunner().invoke(build(), list(words))


AES = b"/V 4\n/CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >>\n/StmF /StdCF\n/StrF /StdCF\n"
FIELD = {"/Subtype": "/Widget", "/V": "Ada Grant to write to the school"}
AGAIN = "print the paper to a new PDF and send that"
REFUSED: dict[str, tuple[bytes, str]] = {
    "locked": (locked("secret", "owner"), "is locked by a password; save it without one"),
    "restricted by AES": (
        locked("", "owner").replace(b"/V 2\n", AES),
        "is locked; save it without a password or restr",
    ),
    "cut off": (written(PdfWriter(io.BytesIO(WHOLE)))[:400], "cannot be read as a PDF: it is damaged; save it again"),
    "a head only": (b"%PDF-1.7\n%%EOF\n", "cannot be read as a PDF: it is damaged; save it again"),
    "pages in a circle": (WHOLE.replace(b"/Kids [", b"/Kids [2 0 R "), "cannot be read as a PDF: it is damaged"),
    "no pages": (written(PdfWriter()), "is a PDF without pages; save it again from its source"),
    "scans only": (pdf("", ""), "is a PDF without text, probably a scan; send the Word file, or a PDF made from it"),
    "a form only": (with_notes("", FIELD), f"holds its words in form fields, which are not read; {AGAIN}"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    data, said = REFUSED[case]
    (tmp_path / "m.pdf").write_bytes(data)
    answer = run("board", "read", str(tmp_path / "m.pdf"), "--json")
    assert isinstance(answer.exception, Refused)
    assert str(answer.exception).startswith(f"m.pdf: {said}")
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/Root 1 0 R", b""),
        (rb"/Root 1 0 R", b"/Root 99 0 R"),
        (rb"/Count \d+", b"/Count 100000000"),
        (rb"/Count \d+", b"/Count -1"),
        (rb"/Count \d+", b"/Count /x"),
        (rb"/Length \d+", b"/Length 999999"),
        (rb"/Contents 4", b"/Annots 3 /Contents 4"),
        (rb"/Contents 4", b"/Annots [<< /Subtype /Widget /V (x) /Parent 7 >>] /Contents 4"),
    ],
)
def test_what_is_wrong_round_the_pages_does_not_matter(old: bytes, new: bytes, tmp_path: Path) -> None:
    damaged, many = re.subn(old, new, WHOLE)
    assert many > 0
    assert text(tmp_path, damaged) == ([ONE, TWO], None)


def test_a_restriction_without_a_password_is_no_lock(tmp_path: Path) -> None:
    assert text(tmp_path, locked("", "owner")) == ([ONE, TWO], None)


def test_a_damaged_page_leaves_the_others(tmp_path: Path) -> None:
    found = text(tmp_path, WHOLE.replace(b"Td (The", b"Td (((The"))
    assert found == ([ONE], "No text on page 2 of 2: blank, damaged, or scanned pictures that were not read.")


def test_all_pages_without_text_are_counted(tmp_path: Path) -> None:
    (_, partial) = text(tmp_path, pdf(ONE, *[""] * 13))
    assert partial is not None
    assert partial.startswith("No text on page 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more of 14:")


def test_what_was_filled_in_and_is_not_read_is_said(tmp_path: Path) -> None:
    empty, unticked = {"/Subtype": "/Widget", "/V": ""}, {"/Subtype": "/Widget", "/V": "/Off"}
    link = {"/Subtype": "/Link", "/Contents": "x"}
    typed = {"/Subtype": "/FreeText", "/Contents": "Postponed"}
    one = f"1 form field or typed note was not read: {AGAIN}."
    assert text(tmp_path, with_notes(ONE, empty, unticked, link)) == ([ONE], None)
    assert text(tmp_path, with_notes(ONE, FIELD, empty, link)) == ([ONE], one)
    assert text(tmp_path, with_notes(ONE, {"/Subtype": "/Widget"}, parent={"/V": "Ada Grant"})) == ([ONE], one)
    assert text(tmp_path, with_notes(ONE, FIELD, typed))[1] == one.replace("1 form field or typed note was", (
        "2 form fields or typed notes were"))  # fmt: skip
    (tmp_path / "m.pdf").write_bytes(with_notes(ONE, FIELD))
    assert one in json.loads(run("board", "read", str(tmp_path / "m.pdf"), "--json").stdout)["partial"]


def test_a_font_that_maps_to_what_is_no_text_is_read_with_its_gap_marked(tmp_path: Path) -> None:
    """The font's map says that A is half of a sign, and n nothing: neither can be written to a file."""
    mapped = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
        b"endcodespacerange 2 beginbfchar <41> <D800> <6E> <0000> endbfchar endcmap end end"
    )
    holder = b"99 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\ntrailer" % (len(mapped), mapped)
    data = pdf(ONE).replace(b"/Helvetica", b"/Helvetica /ToUnicode 99 0 R").replace(b"trailer", holder)
    assert text(tmp_path, data)[0] == ["��ytow� Part�ership mi�utes"]
    assert run("board", "read", str(tmp_path / "m.pdf"), "--json").exit_code == 0
