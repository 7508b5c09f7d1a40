"""Put into words what is wrong with a column's values, and by which setting of the protocol it would be put right."""

from collections.abc import Collection, Mapping

import polars as pl

from whatworks.evaluation.values.cleaning import ALL, several_spellings, steps_needed
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.remedies import IN_PROTOCOL, Remedies
from whatworks.records.refusal import Fault
from whatworks.records.showing.person_like import looks_identifying
from whatworks.records.showing.shown import shown
from whatworks.records.visible import as_latin

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


def spelling_faults(
    field: str, column: str, counts: Mapping[str, int], file: str, remedies: Remedies = IN_PROTOCOL
) -> list[Fault]:
    """Return a fault for a column that spells one kind in several ways, which would be several kinds of people."""
    several = several_spellings(counts)
    if not several:
        return []
    first = {text: counts[text] for text in several[0]}
    needed = {step for spellings in several for step in steps_needed(spellings)}
    steps = [step for step in ALL if step in needed]
    remedy = f"correct the file, or {remedies.clean(column, steps)}"
    more = f", and {len(several) - 1} more such" if several[1:] else ""
    identifying = looks_identifying(counts)
    common = max(first, key=lambda text: first[text])
    known = [common] if shown_text(common, first[common], (), identifying) == common else []
    quoted = ", ".join(f'"{shown_text(text, rows, known, identifying)}" ({rows})' for text, rows in first.items())
    if any(as_latin(text) != text for spellings in several for text in spellings):
        more += "; some letters are of another alphabet, though they look alike"
    return [Fault(f"spells one kind in several ways: {quoted} rows{more}", remedy, file, field=field)]


def first_row(values: pl.Series, texts: Collection[str], file: FlatFile) -> int:
    """Return the line of the first row that holds one of these texts."""
    return file.lines[int(values.is_in(list(texts)).fill_null(False).arg_true()[0])]
