"""A register as a spreadsheet that goes out and comes back: what changed is taken, what conflicts is listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection

NUMBER = "Number (do not change)"
"""The heading of the column by which rows are known again."""
Cells = dict[str, str]
"""Heading -> text of one row."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that was changed in the sheet: what stood when it went out, what stands now, what came back."""

    number: int
    field: str
    sent: str
    now: str
    returned: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a sheet: edits taken, and conflicts, where the register was changed meanwhile."""

    taken: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]


@dataclass(frozen=True)
class RegisterSheet:
    """The columns of a register's sheet, and how its register reads and keeps them.

    `fixed` headings are shown only; `editable` ones (heading -> column) may be changed. `values` gives a row's editable
    values as text, `faults` what is wrong with the edits of a returned sheet (edits, rows by number, file name), and
    `apply` keeps the edits of one row. `enter` is the remedy for a row that never went out.
    """

    fixed: tuple[str, ...]
    editable: Mapping[str, str]
    values: Callable[[Connection, int], Mapping[str, str]]
    faults: Callable[[Sequence[Edit], Mapping[str, Cells], str], list[Fault]]
    apply: Callable[[Connection, int, Mapping[str, str], Author], None]
    enter: str

    @property
    def header(self) -> tuple[str, ...]:
        """All headings, in order."""
        return (NUMBER, *self.fixed, *self.editable)

    def take(
        self, connection: Connection, sent: Sequence[Cells], returned: Sequence[Cells], author: Author, file: str
    ) -> Returned:
        """Take a returned sheet in: for each cell, what went out, what came back and what stands now are set together.

        A cell that came back as it went out changes nothing. One that was changed in the sheet only is taken. One that
        was changed in both, to different values, is a conflict and is not applied. Raises `Refused`, changing nothing,
        where a row is unknown, stands twice, or holds what the register cannot keep.
        """
        before = {row[NUMBER]: row for row in sent}
        edits = [edit for row in returned for edit in self._edits(connection, before.get(row[NUMBER].strip()), row)]
        faults = [*self._unknown(before, returned, file), *self.faults(edits, _by_number(returned), file)]
        if faults:
            raise Refused(faults)
        taken = [edit for edit in edits if edit.now == edit.sent]
        for number in sorted({edit.number for edit in taken}):
            self.apply(connection, number, {e.field: e.returned for e in taken if e.number == number}, author)
        return Returned(tuple(taken), tuple(edit for edit in edits if edit.now not in (edit.sent, edit.returned)))

    def _edits(self, connection: Connection, sent: Cells | None, row: Cells) -> list[Edit]:
        if sent is None:
            return []
        number = int(row[NUMBER])
        now = self.values(connection, number)
        return [
            Edit(number, column, sent[heading].strip(), now[column], row[heading].strip())
            for heading, column in self.editable.items()
            if row[heading].strip() != sent[heading].strip()
        ]

    def _unknown(self, before: Mapping[str, Cells], returned: Sequence[Cells], file: str) -> list[Fault]:
        numbers = [row[NUMBER].strip() for row in returned]
        unknown = [
            Fault("is not a row that went out", self.enter, file, field=NUMBER, value=number)
            for number in numbers
            if number not in before
        ]
        return unknown + [
            Fault("stands twice", "keep one row of each", file, field=NUMBER, value=number)
            for number in sorted({number for number in numbers if numbers.count(number) > 1})
        ]


def read_sheet(path: Path, header: Sequence[str], returned: str, sent: str) -> tuple[list[Cells], list[Cells]]:
    """Return the rows as sent and as returned, from the sheets of these names, each cell as stripped text.

    Raises `Refused` for a file that is no such workbook, and for headings that were changed. Rows whose cells are all
    empty are passed over.
    """
    return _rows(path, header, sent), _rows(path, header, returned)


def _by_number(rows: Sequence[Cells]) -> dict[str, Cells]:
    return {row[NUMBER].strip(): row for row in rows}


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
    rows: list[Cells] = []
    for batch in reader.batches():
        if batch.broken:
            raise Refused([Fault(each.problem, each.remedy, path.name, each.line) for each in batch.broken])
        for row in batch.texts.select(header).iter_rows():
            texts = [(value or "").strip() for value in row]
            if any(texts):
                rows.append(dict(zip(header, texts, strict=True)))
    return rows
