"""Write the data dictionary from the declarations, so that what agencies read is what the software checks.

Run it as `python -m whatworks.records.tables.data_dictionary [FILE]`.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import dataframely as dy

from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.bookkeeping import BOOKKEEPING_TABLES
from whatworks.records.tables.declaration import handling_of

_TYPES: dict[type[dy.Column], str] = {
    dy.String: "text",
    dy.Enum: "code",
    dy.Date: "date",
    dy.Int64: "whole number",
    dy.Float64: "number",
    dy.Bool: "yes or no",
    dy.Datetime: "date and time of day, by the clock on the wall",
    dy.Binary: "geometry",
}

_HEAD = """\
# Data dictionary

Written by `make docs` from the declarations in `src/whatworks/records/`; a test holds it to them. Every row also has
`source_id` and `source_line`: the imported file that it came from, and its line there. A column marked *identifies*
shows only the shape of its values in messages. A date marked *event* may not lie after the day of the extract. Unless a
column says `official` or `secret`, it is handled as `official-sensitive`.
"""


def column_row(name: str, column: dy.Column) -> str:
    """Return a column's line of the table.

    >>> from whatworks.records.tables.agency_tables import Sentence
    >>> column_row("length_days", Sentence.columns()["length_days"])
    '| `length_days` | whole number of days, 0 to 36600 |  | Length as pronounced. |'
    """
    about = column.metadata or {}
    marks = [
        "key" if column.primary_key else "",
        "" if column.nullable or column.primary_key else "required",
        "identifies" if about.get("identifying") else "",
        "event" if about.get("event") else "",
        f"in `{about['references']}`" if about.get("references") else "",
        handling if (handling := handling_of(column)) != "official-sensitive" else "",
    ]
    return f"| `{name}` | {_values(column)} | {', '.join(mark for mark in marks if mark)} | {column.description} |"


def _values(column: dy.Column) -> str:
    unit = (column.metadata or {}).get("unit")
    text = _TYPES[type(column)] + (f" of {unit}" if unit else "")
    if isinstance(column, dy.Enum):
        return "code: " + ", ".join(f"`{code}`" for code in column.categories)
    low, high = getattr(column, "min", None), getattr(column, "max", None)
    if low is not None and high is not None:
        return f"{text}, {low} to {high}"
    if (above := getattr(column, "min_exclusive", None)) is not None:
        return f"{text}, more than {above:g}"
    return f"{text}, {low} or more" if low is not None else text


def table_section(name: str, schema: type[dy.Schema]) -> str:
    """Return a table's section: what a row is, and its columns."""
    rows = [
        column_row(column, kind)
        for column, kind in schema.columns().items()
        if column not in ("source_id", "source_line") or name in BOOKKEEPING_TABLES
    ]
    meaning = " ".join((schema.__doc__ or "").split())
    return "\n".join([f"## {name}", meaning, "", "| column | values | | meaning |", "|---|---|---|---|", *rows, ""])


def page(tables: Mapping[str, type[dy.Schema]] | None = None, head: str = _HEAD) -> str:
    """Return the whole page, by default of all that records declares: the agencies' tables, then the store's own."""
    chosen = tables if tables is not None else {**RECORD_TABLES, **BOOKKEEPING_TABLES}
    return "\n".join([head, *(table_section(name, schema) for name, schema in chosen.items())]).rstrip() + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), "utf-8", newline="\n")
    else:
        sys.stdout.write(page())
