"""Open a paper whatever its form, or say in a sentence why it cannot be read."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from whatworks.records.documents.document import Aside, Document, Grid, Kind, Line
from whatworks.records.documents.note_mark import without_marks
from whatworks.records.guarding.container import check_container
from whatworks.records.guarding.workbook_extent import check_extent
from whatworks.records.refusal import Fault, Refused, faults_of

MOST_BYTES = 200 * 2**20
MOST_WRITING = 64 * 2**20
"""Bytes of text and tables, unpacked: the longest papers hold a tenth of it."""
_OLD_OR_LOCKED = bytes.fromhex("D0CF11E0A1B11AE1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BY_ENDING: dict[str, Kind] = {
    ".txt": "text",
    ".md": "text",
    ".text": "text",
    "": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
}
ENDINGS = tuple(ending for ending in _BY_ENDING if ending)
"""Of the files that `read_document` reads."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one form hands back."""

    lines: tuple[Line, ...]
    tables: tuple[Grid, ...]
    partial: str | None = None
    asides: tuple[Aside, ...] = ()


def read_document(path: Path) -> Document:
    """Return the lines and tables of a paper.

    The form is told by the file's first bytes and then by its ending. Refused, each with a sentence and a remedy:
    empty files, scanned PDFs without text, locked files, damaged ones, and what is no document at all.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "minutes.txt")
    ...     _ = file.write_text("Minutes\\nPresent: A Person\\n", encoding="utf-8")
    ...     [line.text for line in read_document(file).lines]
    ['Minutes', 'Present: A Person']
    """
    data = _bytes(path)
    kind = _kind(path, data)
    with faults_of(path.name):
        content = _without_marks(_reader(kind)(data, path))
    if not any(line.text.strip() for line in content.lines):
        raise Refused(Fault("holds no text", "open it to see whether anything is in it, and send it again", path.name))
    digest = hashlib.sha256(data).hexdigest()
    return Document(path.name, kind, digest, content.lines, content.tables, content.partial, content.asides)


def _without_marks(content: Content) -> Content:
    """Take out the marks of notes that are signs of their own, whatever the file's form."""
    lines = tuple(
        replace(one, text=text) if (text := without_marks(one.text)) != one.text else one for one in content.lines
    )
    tables = tuple(
        replace(
            one, rows=tuple(tuple(replace(cell, text=without_marks(cell.text)) for cell in row) for row in one.rows)
        )
        if any(without_marks(cell.text) != cell.text for row in one.rows for cell in row)
        else one
        for one in content.tables
    )
    return replace(content, lines=lines, tables=tables)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(Fault("is not there, or is no file", "check the name and the folder", path.name))
    if path.stat().st_size > MOST_BYTES:
        raise Refused(Fault("is larger than 200 MB", "send the paper itself, without its pictures", path.name))
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise Refused(Fault(f"cannot be opened ({fault.strerror})", "check who may read it", path.name)) from fault
    if not data.strip():
        raise Refused(Fault("is empty", "send the paper again", path.name))
    return data


def _kind(path: Path, data: bytes) -> Kind:
    ending = path.suffix.lower()
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(_OLD_OR_LOCKED):
        raise Refused(
            Fault(
                "is locked by a password, or a Word or Excel file of before 2007",
                "open it and save it as .docx or .xlsx without a password",
                path.name,
            )
        )
    if data.lstrip()[:5] == b"{\\rtf":
        raise Refused(Fault("is a rich text file", "save it as .docx or PDF", path.name))
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_container(path, data)
    if data.startswith(_PICTURES):
        remedy = "send the Word file, or a PDF made from it"
        raise Refused(Fault("is a picture: its words cannot be read", remedy, path.name))
    if ending == ".pdf":
        raise Refused(Fault("has the ending of a PDF but is none: it is damaged", "send it again", path.name))
    if ending in (".docx", ".docm", ".xlsx", ".xlsm", ".ods"):
        raise Refused(Fault(f"has the ending {ending} but is no such file: it is damaged", "send it again", path.name))
    if _is_html(data):
        return "html"
    return _BY_ENDING.get(ending, "text")


def _kind_of_container(path: Path, data: bytes) -> Kind:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
            form = container.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
            check_container(container, path.name, 4 * MOST_BYTES)
            check_container(container, path.name, MOST_WRITING, lambda name: name.endswith((".xml", ".rels")))
            check_extent(container, path.name)
    except zipfile.BadZipFile:
        raise Refused(Fault("is damaged: it breaks off or was changed", "send it again", path.name)) from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "opendocument.spreadsheet" in form:
        return "ods"
    if "opendocument.text" in form:
        raise Refused(Fault("is an OpenDocument text", "save it as Word (.docx) or PDF", path.name))
    raise Refused(Fault("is a container of files, not a paper", "unpack it and send the paper", path.name))


def _is_html(data: bytes) -> bool:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<body" in head or b"<html" in head


def _reader(kind: Kind) -> Callable[[bytes, Path], Content]:
    module = {"xlsx": "sheets", "ods": "sheets", "csv": "sheets", "text": "plain"}.get(kind, kind)
    read: Callable[[bytes, Path], Content] = import_module(f"whatworks.records.documents.{module}").read
    return read
