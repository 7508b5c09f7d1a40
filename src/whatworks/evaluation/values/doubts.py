"""Warn of values that can be meant and rarely are: ages of 121, a 999 among numbers, "Unknown" as a kind of people."""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from whatworks.evaluation.values.cleaned_file import counts_of
from whatworks.evaluation.values.cleaning import cleaned
from whatworks.records.missing_words import means_missing, missing_code
from whatworks.records.note import share_of

OLDEST = 110
_AGE = re.compile(r"(?:^|[^a-z])age(?:$|[^a-z])")


IN_PROTOCOL = "the protocol can list it in missing_values"
IN_TABLE = "make it missing: read_column(..., missing_values=[...]) of whatworks.evaluation does"


def doubts(columns: Iterable[pl.Series], labels: Mapping[str, str], way: str = IN_PROTOCOL) -> tuple[str, ...]:
    """Return a sentence for each column with values that are rarely meant; they are taken as they stand.

    `way` says how a value is said to mean not known.
    """
    found: list[str] = []
    for column in columns:
        label = labels.get(column.name, column.name.replace("_", " "))
        if column.dtype in (pl.String, pl.Categorical, pl.Enum):
            found += _words(column.cast(pl.String), label, way)
        elif column.dtype.is_numeric():
            found += [*_ages(column, label), *_codes(column, label, way)]
    return tuple(found)


def _words(column: pl.Series, label: str, way: str) -> list[str]:
    counts = counts_of(column)
    words = [text for text in counts if means_missing(text) and text != "not known"]
    if not words:
        return []
    quoted = ", ".join(f'"{word}"' for word in words)
    return [
        f"In {label} {quoted} stands as a kind of people of its own. If it means that the value is not known, {way}."
    ]


def _ages(column: pl.Series, label: str) -> list[str]:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{column.name} {label}").lower()
    if not _AGE.search(words.replace("_", " ")):
        return []
    known = column.drop_nulls()
    wrong = int(((known < 0) | (known > OLDEST)).sum())
    if not wrong:
        return []
    return [f"{share_of(wrong, len(known))} of the values of {label} are below 0 or above {OLDEST}, as no age is."]


def _codes(column: pl.Series, label: str, way: str) -> list[str]:
    """Warn of a number used for not known: it stands apart from all others, and in several rows."""
    known = column.drop_nulls().sort()
    found = []
    for code in (known[-1], known[0]) if len(known) else ():
        text = cleaned(str(code), ["numbers"])
        times = int((known == code).sum())
        others = known.filter(known != code)
        if missing_code(text) and times > 1 and len(others) and _apart(code, others):
            found.append(
                f"{share_of(times, len(known))} of the values of {label} are {text}, far from all others. If that "
                f"means not known, {way}."
            )
    return found


def _apart(code: float, others: pl.Series) -> bool:
    """Tell whether a value lies beyond all others by more than half of them span."""
    if code < 0:
        return bool(others.min() >= 0)  # type: ignore[operator]
    span = float(others.quantile(0.75, "linear") or 0) - float(others.quantile(0.25, "linear") or 0)
    return bool(code - float(others.max()) > max(span, 1.0))  # type: ignore[arg-type]
