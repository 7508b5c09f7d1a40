"""A register as a spreadsheet that goes out and comes back: what changed is taken, what conflicts is listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection

NUMBER = "Number (do not change)"
"""The heading of the column by which rows are known again."""
ROW = "row of the sheet"
"""The key of `Cells` that holds where in the returned sheet a row stands; header is 1."""
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
    """What became of a sheet: edits taken, conflicts, where the register was changed meanwhile, and what was bad.

    Of a row with a fault nothing is taken; the other rows are.
    """

    taken: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class RegisterSheet:
    """The columns of a register's sheet, and how its register reads and keeps them.

    `fixed` headings are shown only; `editable` ones (heading -> column) may be changed. `values` gives a row's editable
    values as text; `read` a cell's text (column, text) as the register writes it, or refuses it; `apply` keeps the
    edits of one row, or refuses them before anything of the row is kept. `enter` is the remedy for a row that never
    went out.
    """

    fixed: tuple[str, ...]
    editable: Mapping[str, str]
    values: Callable[[Connection, int], Mapping[str, str]]
    read: Callable[[str, str], str]
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
        was changed in both, to different values, is a conflict and is not applied. A row that is unknown, stands twice
        or holds what the register cannot keep is left as it was, and each of its faults is named with its cell.
        """
        before = {row[NUMBER]: row for row in sent}
        numbers = [row[NUMBER].strip() for row in returned]
        taken: list[Edit] = []
        conflicts: list[Edit] = []
        faults: list[Fault] = []
        for at, row in enumerate(returned, start=2):
            line, number = int(row.get(ROW, at)), row[NUMBER].strip()
            try:
                if number not in before:
                    raise Refused(Fault("is not a row that went out", self.enter, field=NUMBER, value=number))
                if numbers.count(number) > 1:
                    raise Refused(Fault("stands twice", "keep one row of each", field=NUMBER, value=number))
                edits = self._edits(connection, before[number], row)
                own = [edit for edit in edits if edit.now == edit.sent]
                if own:
                    self.apply(connection, int(number), {edit.field: edit.returned for edit in own}, author)
            except Refused as refused:
                faults += [replace(fault, file=file, row=line) for fault in refused.faults]
                continue
            taken += own
            conflicts += [edit for edit in edits if edit.now not in (edit.sent, edit.returned)]
        return Returned(tuple(taken), tuple(conflicts), tuple(faults))

    def _edits(self, connection: Connection, sent: Cells, row: Cells) -> list[Edit]:
        number = int(row[NUMBER])
        now = self.values(connection, number)
        edits: list[Edit] = []
        faults: list[Fault] = []
        for heading, column in self.editable.items():
            before, text = sent[heading].strip(), row[heading].strip()
            if text == before:
                continue
            try:
                after = self.read(column, text)
            except Refused as refused:
                faults += [replace(fault, field=heading, value=text) for fault in refused.faults]
                continue
            if after != before:
                edits.append(Edit(number, column, before, now[column], after))
        if faults:
            raise Refused(faults)
        return edits


def read_sheet(path: Path, header: Sequence[str], returned: str, sent: str) -> tuple[list[Cells], list[Cells]]:
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
    rows: list[Cells] = []
    for batch in reader.batches():
        if batch.broken:
            raise Refused([Fault(each.problem, each.remedy, path.name, each.line) for each in batch.broken])
        for line, row in zip(batch.lines, batch.texts.select(header).iter_rows(), strict=True):
            texts = [(value or "").strip() for value in row]
            if any(texts):
                rows.append({**dict(zip(header, texts, strict=True)), ROW: str(line)})
    return rows
