"""Read the dictionary's own tables: what the codes of the usual systems mean in ours. Others are not guessed."""

import csv
import re
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


def meaning(table: str, column: str, code: str, ours: tuple[str, ...]) -> str | None:
    """Return our code for theirs, "" where it stands for none of ours, or None where nobody has told.

    >>> meaning("person", "sex", "FEMALE", ("female", "male")), meaning("person", "sex", "Q", ("female", "male"))
    ('female', None)
    >>> meaning("custody_spell", "status", "LR_ORA", ("remand", "sentence", "recall"))
    'recall'
    """
    plain = _plain(code)
    own = {_plain(known): known for known in ours}
    return own.get(plain, _known(f"{table}.{column}").get(plain))


@cache
def _known(column: str) -> dict[str, str]:
    return {_plain(row["theirs"]): row["ours"] for row in rows_of("codes") if row["column"] == column}


def _plain(code: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", code.casefold()))
