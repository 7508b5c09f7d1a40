"""Take in no file that says where a refuge is: what looks like its address refuses the file, and is kept nowhere."""

import re
from collections.abc import Iterable, Iterator

import polars as pl

from whatworks.records.refusal import Fault, Refused, shape

HIDDEN = frozenset({"refuge_service", "refuge_referral", "refuge_stay"})
"""Tables of which no file may hold an address, in any of its columns."""
STREET = (
    r"(?i)\b\d{1,4}[a-z]?,? +(?:[a-z][a-z'-]+ +){1,3}(?:street|st|road|rd|lane|avenue|ave|close|drive|gardens|grove|"
    r"terrace|crescent|mews|walk|row|square|hill|court)\b"
)
POSTCODE = r"(?i)\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b"
POINT = r"^-?\d{1,2}\.\d{3,}, ?-?\d{1,2}\.\d{3,}$"
_HEADINGS = re.compile(r"(?i)post ?_?code|street|latitude|longitude|easting|northing|grid.?ref|uprn")
"""Columns that say where something is, by their headings: refused if anything stands in them."""


def refuse_hidden_places(tables: Iterable[str], texts: pl.DataFrame, lines: Iterable[int], file: str) -> None:
    """Refuse a file for tables of refuges in which a text has the shape of an address, naming column and row.

    >>> refuse_hidden_places(["refuge_stay"], pl.DataFrame({"note": ["12 Acacia Road"]}), [2], "stays.csv")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: stays.csv, row 2, note "99 Aaaaaa Aaaa": looks like an address; take the column \
out: where a refuge is is taken in nowhere, and its host borough is enough
    """
    if not HIDDEN & set(tables):
        return
    faults = [fault for name in texts.columns for fault in _found(texts[name], list(lines), file)]
    if faults:
        raise Refused(faults)


def _found(column: pl.Series, lines: list[int], file: str) -> Iterator[Fault]:
    if column.dtype != pl.String:
        return
    text = column.fill_null("")
    told = text.str.contains(STREET) | text.str.contains(POSTCODE) | text.str.contains(POINT)
    if _HEADINGS.search(column.name):
        told |= text.str.strip_chars() != ""
    first = told.arg_max()
    if told.any() and first is not None:
        remedy = "take the column out: where a refuge is is taken in nowhere, and its host borough is enough"
        yield Fault("looks like an address", remedy, file, lines[first], column.name, shape(text[first]))
