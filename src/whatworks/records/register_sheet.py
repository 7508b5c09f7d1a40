"""Read a workbook of a register that came back: its rows, and the rows as they were sent, which travel beside them."""

from collections.abc import Sequence
from pathlib import Path

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused

Cells = dict[str, str]
"""Heading -> text of one row."""


def read_register_sheet(path: Path, header: Sequence[str], returned: str, sent: str) -> tuple[list[Cells], list[Cells]]:
    """Return the rows as sent and as returned, from the sheets of these names, each cell as stripped text.

    Raises `Refused` for a file that is no such workbook, and for headings that were changed. Rows whose cells are all
    empty are passed over.
    """
    return _rows(path, header, sent), _rows(path, header, returned)


def _rows(path: Path, header: Sequence[str], sheet: str) -> list[Cells]:
    try:
        reader = open_reader(path, FileSettings(sheet=sheet, header_row=1))
    except Refused as refused:
        if "has no sheet" not in str(refused):
            raise
        remedy = "use one that the register wrote; leave its sheets as they are"
        raise Refused(Fault(f"has no sheet {sheet!r}", remedy, path.name)) from None
    missing = [name for name in header if name not in reader.header]
    if missing:
        remedy = "leave the headings as they are"
        raise Refused([Fault("is not as it was sent", remedy, path.name, field=name) for name in missing])
    found: list[Cells] = []
    for batch in reader.batches():
        if batch.broken:
            raise Refused([Fault(one.problem, one.remedy, path.name, one.line) for one in batch.broken])
        for row in batch.texts.select(header).iter_rows():
            texts = [(value or "").strip() for value in row]
            if any(texts):
                found.append(dict(zip(header, texts, strict=True)))
    return found
