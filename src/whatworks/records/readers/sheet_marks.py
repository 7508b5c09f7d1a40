"""Hold a sheet to what its author sees: what cannot be told is refused, naming the setting; the rest is noted."""

import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import IO

import polars as pl

from whatworks.records.file_settings import FileSettings
from whatworks.records.note import Note, share_of
from whatworks.records.readers.excel_marks import Place, SheetMarks, cell_name, read_excel_marks
from whatworks.records.readers.ods_marks import read_ods_marks
from whatworks.records.refusal import Fault, Refused


def read_marks(path: Path | IO[bytes], sheet: str) -> SheetMarks:
    """Return what the sheet of an .xlsx or .ods workbook shows besides its values; nothing for other files."""
    with zipfile.ZipFile(path) as container:
        names = container.namelist()
        if "xl/workbook.xml" in names:
            return read_excel_marks(container, sheet)
        return read_ods_marks(container, sheet) if "content.xml" in names else SheetMarks()


def refuse_unclear(marks: SheetMarks, settings: FileSettings, file: str, header: int, columns: Collection[int]) -> None:
    """Refuse, all at once: formulas without a saved result, struck-through cells that no setting explains, and columns
    that show some numbers as percentages or in another currency than the others. `header` is the header's row,
    `columns` are the numbers of those that matter.
    """
    faults = []
    unsaved = [place for place in marks.unsaved if place[1] in columns]
    if unsaved:
        faults.append(
            Fault(
                f"{_cells(unsaved)} formulas whose results were not saved",
                "open it in Excel or LibreOffice, save it there and send that, or put values in the formulas' place",
                file,
            )
        )
    struck = [place for place in marks.struck if place[0] > header and place[1] in columns]
    if struck and settings.struck_out is None:
        setting = settings.setting('struck_out = "empty"')
        remedy = f'{setting}, or "read" if they count'
        faults.append(Fault(f"{_cells(struck)} text that is struck through", remedy, file))
    for column, kinds in sorted(marks.kinds.items()):
        shown = [kind for kind in kinds if kind]
        if column in columns and len(kinds) > 1 and (len(shown) > 1 or "%" in shown):
            said = " and ".join(f"{count:,} {_shown_as(kind)}" for kind, count in kinds.most_common())
            remedy = "give the whole column one format, with numbers that mean the same, and send it again"
            faults.append(Fault(f"column {cell_name((1, column))[:-1]} shows {said}", remedy, file))
    if faults:
        raise Refused(faults)


def _shown_as(kind: str) -> str:
    return {"%": "numbers in per cent", "": "plain numbers"}.get(kind, f"amounts in {kind}")


def _cells(places: Iterable[Place]) -> str:
    listed = sorted(places)
    shown = ", ".join(cell_name(place) for place in listed[:5]) + (", ..." if len(listed) > 5 else "")
    return f"{len(listed):,} cell{'s' * (len(listed) != 1)} ({shown}) hold{'s' * (len(listed) == 1)}"


def as_shown(cells: pl.DataFrame, marks: SheetMarks, settings: FileSettings) -> pl.DataFrame:
    """Return the cells with the texts that the sheet shows: no raised note marks, but zeros in front."""
    texts = dict(marks.texts)
    if settings.struck_out == "empty":
        texts |= marks.struck
    changes: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        changes.setdefault(column - marks.first_column, {})[row - 1] = text
    for at, values in changes.items():
        shown = cells.to_series(at).scatter(list(values), list(values.values()))
        cells = cells.with_columns(shown.alias(cells.columns[at]))
    return cells


def notes(marks: SheetMarks, settings: FileSettings, hidden: int, records: int) -> tuple[Note, ...]:
    """Return what a reader of the sheet should be told; `hidden` is how many of its `records` are hidden."""
    found = []
    if hidden and settings.hidden_rows is None:
        rows, verb = ("row is", "it was") if hidden == 1 else ("rows are", "they were")
        setting = settings.setting('hidden_rows = "leave_out"')
        said = f"hidden or filtered out in the sheet; {{}} read all the same ({setting})"
        told = f"{share_of(hidden, records)} of the rows are {said.format('they were')}"
        found.append(Note(f"{hidden:,} {rows} {said.format(verb)}", told))
    shares = [cell_name((1, column))[:-1] for column, kinds in sorted(marks.kinds.items()) if set(kinds) == {"%"}]
    if shares:
        found.append(Note(f"column {', '.join(shares)} is shown in per cent and read as a share: 12.5% as 0.125"))
    raised = [place for place in marks.texts if marks.texts[place] and not marks.texts[place].isdigit()]
    if raised:
        said = "a raised note mark, which is not read"
        found.append(Note(f"{_cells(raised)} {said}", f"Some cells hold {said}"))
    return tuple(found)
