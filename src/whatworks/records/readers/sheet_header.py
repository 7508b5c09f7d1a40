"""Find the row of a sheet that holds the headers, or say which one it seems to be."""

import polars as pl

from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import HeaderBelow, shown_header

LOOKED_AT = 40
"""Rows at the top of a sheet among which the headers are expected."""


def find_header(cells: pl.DataFrame, settings: FileSettings, file: str) -> tuple[int, list[str]]:
    """Return the header's position (from 0) and names: the row that is set (from 1), else the first that is filled.

    A sheet that begins with titles is refused, naming the row that looks like its header.

    >>> cells = pl.DataFrame({"0": ["Crimes 2024", "id", "7"], "1": [None, "day", "2024-01-31"]})
    >>> find_header(cells, FileSettings(header_row=2), "crimes.xlsx")
    (1, ['id', 'day'])
    >>> find_header(cells, FileSettings(), "crimes.xlsx")
    Traceback (most recent call last):
    whatworks.records.showing.header.HeaderBelow: crimes.xlsx, row 1: fills 1 of 2 columns, as a title does; row 2 \
looks like the header (id, day): put header_row = 2 under [file] in the mapping, or 1 if that is the header
    """
    header_row = settings.header_row
    top = cells.head(max(LOOKED_AT, header_row or 0)).rows()
    filled = [sum(1 for value in row if value is not None and value.strip()) for row in top]
    first = next((at for at, count in enumerate(filled) if count), None)
    if first is None:
        raise Refused(Fault("is empty", "send the extract again", file))
    if header_row is not None:
        if header_row > len(top) or not filled[header_row - 1]:
            raise Refused(
                Fault("is empty, but named as the header", f"correct header_row {settings.place}", file, header_row)
            )
        return header_row - 1, _names(top[header_row - 1])
    likely = _likely(top, filled)
    if likely is not None and likely != first and filled[first] <= max(1, filled[likely] / 2):
        shown = ", ".join(shown_header(_names(top[likely]))[:6])
        raise HeaderBelow(
            Fault(
                f"fills {filled[first]} of {cells.width} columns, as a title does",
                f"row {likely + 1} looks like the header ({shown}): "
                f"put header_row = {likely + 1} {settings.place}, or {first + 1} if that is the header",
                file,
                first + 1,
            ),
            likely + 1,
        )
    return first, _names(top[first])


def _names(row: tuple[str | None, ...]) -> list[str]:
    return ["" if value is None else value.strip() for value in row]


def _likely(top: list[tuple[str | None, ...]], filled: list[int]) -> int | None:
    """Return the first row that fills nearly all columns with different words rather than numbers or dates."""
    for at, row in enumerate(top):
        names = [name for name in _names(row) if name]
        wordy = sum(1 for name in names if any(c.isalpha() for c in name)) >= 0.8 * len(names)
        if filled[at] >= 0.8 * max(filled) and wordy and len(set(names)) == len(names):
            return at
    return None
