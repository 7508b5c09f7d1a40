"""Read a small file of rows as text, with its lines, and take days and whole numbers out of it without guessing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whatworks.records.file_settings import NoSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.showing.location import heads_locations

UNITS = ("family places", "family place", "bed spaces", "bed space", "beds", "bedrooms", "rooms", "places", "nights")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of a file: its texts by column, without surrounding spaces, and its line."""

    file: str
    line: int
    texts: dict[str, str]

    def text(self, name: str) -> str:
        """Return a column's text, empty where it has none."""
        return self.texts.get(name, "")

    def fault(self, problem: str, remedy: str, name: str | None = None, value: str | None = None) -> Fault:
        """Return a fault of this row; what may identify a person, or say where a refuge is, shows only its shape."""
        if name is not None and value is None:
            value = shown(self.text(name))
        return Fault(problem, remedy, self.file, self.line, name, value or None)


def shown(text: str) -> str:
    """Return what a message may show of a text: a number, a day or a unit as it stands, else its shape.

    >>> shown("31/02/2010"), shown("Bed spaces"), shown("12 Hidden Lane")
    ('31/02/2010', 'Bed spaces', '99 Aaaaaa Aaaa')
    """
    plain = re.fullmatch(r"[\d/.:+ -]{1,24}", text) or text.casefold() in UNITS
    return text if plain else shape(text)


HeaderFaults = Callable[[Sequence[str], str], Iterable[Fault]]
"""What is wrong with a header, given the file's name."""


def read_rows(path: Path, header_faults: HeaderFaults, notes: list[str]) -> tuple[list[TextRow], list[Fault]]:
    """Return the rows of a CSV, Excel or ODS file that can be split, and the faults of its header and other rows.

    A file that is empty or no table gives its faults and no rows. What is to be told of how it was read, hidden rows
    say, is added to `notes`.
    """
    rows: list[TextRow] = []
    try:
        reader = open_reader(path, NoSettings())
        notes += [f"{path.name}: {note}." for note in getattr(reader, "notes", ())]
        faults = list(header_faults(reader.header, path.name))
        if faults:
            return [], faults
        for batch in reader.batches():
            for line, texts in zip(batch.lines, batch.texts.iter_rows(named=True), strict=True):
                rows.append(TextRow(path.name, int(line), {k: (v or "").strip() for k, v in texts.items()}))
            faults += [Fault(one.problem, one.remedy, path.name, one.line) for one in batch.broken]
    except Refused as refused:
        return [], list(refused.faults)
    return rows, faults


def placeless(columns: Sequence[str], optional: Sequence[str], header: Sequence[str], file: str) -> list[Fault]:
    """Return what is wrong with a header: columns that are missing, unknown, or say where somebody is."""
    faults = [
        Fault("is missing", f"add the column; the file has {', '.join(columns)}", file, field=name)
        for name in columns
        if name not in header
    ]
    for at, name in enumerate(header, start=1):
        if heads_locations(name):
            problem, remedy = "seems to say where a refuge is", "delete the column: locations are never taken in"
            faults.append(Fault(problem, remedy, file, field=f"column {at}", value=shape(name)))
        elif name not in (*columns, *optional):
            problem, remedy = "is not a column of this file", f"delete or rename it; {', '.join(optional)} may be added"
            faults.append(Fault(problem, remedy, file, field=f"column {at}", value=shape(name)))
    return faults


def whole(row: TextRow, name: str, faults: list[Fault]) -> int | None:
    """Return a whole number, or add the fault."""
    text = row.text(name)
    found = re.fullmatch(r"([+-]?\d{1,12})(?:\.0+)?", text)
    if found is None:
        problem = "is not a whole number" if text else "is missing"
        faults.append(row.fault(problem, "write it in digits, as 1250", name))
        return None
    return int(found[1])


def day(row: TextRow, name: str, faults: list[Fault]) -> date | None:
    """Return a day written as 2010-04-30 or 30/04/2010, or add the fault."""
    text = row.text(name)
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?", text)
    parts = [int(part) for part in found.groups()] if found else []
    if not found and (british := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text)):
        parts = [int(part) for part in reversed(british.groups())]
    if not parts:
        problem = "is not a day" if text else "is missing"
        faults.append(row.fault(problem, "write it as 2010-04-30 or 30/04/2010", name))
        return None
    try:
        found_day = date(*parts)
    except ValueError:
        faults.append(row.fault("is not a day of the calendar", "correct it", name))
        return None
    if not FIRST_YEAR <= found_day.year <= LAST_YEAR:
        faults.append(row.fault(f"has a year outside {FIRST_YEAR}-{LAST_YEAR}", "correct it", name))
        return None
    return found_day
