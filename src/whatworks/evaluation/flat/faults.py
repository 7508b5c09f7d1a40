"""Put into words what is wrong with a column's values, and by which setting of the protocol it would be put right."""

import json
import re
from collections.abc import Collection, Mapping, Sequence

import polars as pl

from whatworks.evaluation.flat.cleaning import ALL, several_spellings, steps_needed
from whatworks.evaluation.flat.file import FlatFile
from whatworks.records.missing_words import means_missing
from whatworks.records.refusal import Fault
from whatworks.records.showing.person_like import looks_identifying
from whatworks.records.showing.shown import shown

SHOWN = 5


def counted(counts: Mapping[str, int], known: Collection[str] = ()) -> str:
    """Return texts with the number of their rows, the commonest first, each as a message may show it.

    >>> counted({"Yes": 30, "Lee": 1, "N/A": 2, "9": 1})
    'Yes (30 rows), N/A (2 rows), 9 (1 row), Aaa (1 row)'
    """
    order = sorted(counts, key=lambda text: (-counts[text], text))
    identifying = looks_identifying(counts)
    words = [
        f"{shown_text(text, counts[text], known, identifying)} ({counts[text]} row{'s' * (counts[text] > 1)})"
        for text in order[:SHOWN]
    ]
    return ", ".join(words) + (f" and {len(order) - SHOWN} more" if order[SHOWN:] else "")


def shown_text(text: str, rows: int, known: Collection[str] = (), identifying: bool = False) -> str:
    """Return a text as a message may show it; a single sign tells nobody's name.

    >>> shown_text("Lee", 1), shown_text("North", 12), shown_text("N/A", 1), shown_text("9", 1)
    ('Aaa', 'North', 'N/A', '9')
    """
    return text if len(text) == 1 else shown(text, rows, codes=known, identifying=identifying)


def under_data(setting: str) -> str:
    """Return how to make a setting of the whole file.

    >>> under_data('decimal = ","')
    'put decimal = "," under [data] in the protocol'
    """
    return f"put {setting} under [data] in the protocol"


def under_column(column: str, setting: str) -> str:
    """Return how to make a setting of one column.

    >>> under_column("Age (yrs)", 'unit = "years"')
    'put unit = "years" under [data.columns."Age (yrs)"] in the protocol'
    """
    return f"put {setting} {under(column)}"


def under(column: str) -> str:
    """Return where a column's settings stand.

    >>> under("age")
    'under [data.columns.age] in the protocol'
    """
    name = column if re.fullmatch(r"[A-Za-z0-9_-]+", column) else json.dumps(column, ensure_ascii=False)
    return f"under [data.columns.{name}] in the protocol"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a TOML list.

    >>> listed(["N/A", "9"])
    '["N/A", "9"]'
    """
    return json.dumps(list(texts), ensure_ascii=False)


def not_known(column: str, texts: Sequence[str]) -> str:
    """Return how to say that these texts mean not known: of the file where they are words, else of the column.

    >>> not_known("age", ["N/A"]), not_known("age", ["999"])
    ('put missing_values = ["N/A"] under [data] in the protocol', \
'put missing_values = ["999"] under [data.columns.age] in the protocol')
    """
    setting = f"missing_values = {listed(texts[:SHOWN])}"
    return under_data(setting) if all(means_missing(text) for text in texts) else under_column(column, setting)


def spelling_faults(field: str, column: str, counts: Mapping[str, int], file: str) -> list[Fault]:
    """Return a fault for a column that spells one kind in several ways, which would be several kinds of people."""
    several = several_spellings(counts)
    if not several:
        return []
    first = {text: counts[text] for text in several[0]}
    needed = {step for spellings in several for step in steps_needed(spellings)}
    steps = [step for step in ALL if step in needed]
    remedy = f"correct the file, or {under_data(f'clean = {listed(steps)}')} (or of this column alone)"
    more = f", and {len(several) - 1} more such" if several[1:] else ""
    identifying = looks_identifying(counts)
    common = max(first, key=lambda text: first[text])
    known = [common] if shown_text(common, first[common], (), identifying) == common else []
    quoted = ", ".join(f'"{shown_text(text, rows, known, identifying)}" ({rows})' for text, rows in first.items())
    return [Fault(f"spells one kind in several ways: {quoted} rows{more}", remedy, file, field=field)]


def first_row(values: pl.Series, texts: Collection[str], file: FlatFile) -> int:
    """Return the line of the first row that holds one of these texts."""
    return file.lines[int(values.is_in(list(texts)).fill_null(False).arg_true()[0])]
