"""Read the dictionary's own tables, which ship with the package."""

import csv
from functools import cache
from importlib import resources
from io import StringIO


@cache
def rows_of(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one of the dictionary's tables: words, headings, codes or sources.

    >>> rows_of("sources")[0]["source"]
    'usual'
    """
    place = resources.files("whatworks.records.suggesting").joinpath(f"dictionary/{table}.csv")
    return tuple(csv.DictReader(StringIO(place.read_text(encoding="utf-8"))))
