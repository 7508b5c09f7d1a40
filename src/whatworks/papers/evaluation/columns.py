"""Columns that many sections have: both groups' people and values, and a difference with its interval."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from whatworks.papers.evaluation.section import Column, Value
from whatworks.papers.evaluation.sections.verdicts import estimate, value


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a listing that is not a row of the result: a figure's name, its unit, and the figure."""

    label: str
    name: str
    unit: str | None = None
    difference: Value = None
    ci_low: Value = None
    ci_high: Value = None
    p: str | None = None
    note: str | None = None


RANGES = "Ranges in brackets are 95% intervals."


def groups(
    widths: tuple[float, float, float, float], kind: Callable[[Any], Any] = lambda row: row, other: str = "Comparison"
) -> list[Column]:
    """Return the columns of both groups; `kind` gives what has a row's kind of outcome, the row itself or another."""
    found = []
    for at, (name, side) in enumerate((("Scheme", "treated"), (other, "comparison"))):

        def words(row: Any, side: str = side) -> str:
            return value(kind(row), getattr(row, side))

        found += [
            Column(f"{name}: people", f"{side}.n", widths[2 * at]),
            Column(f"{name}: value", f"{side}.value", widths[2 * at + 1], words),
            Column(f"{name}: interval from", f"{side}.ci_low", page=False),
            Column(f"{name}: interval to", f"{side}.ci_high", page=False),
        ]
    return found


def effect(
    width: float, within: str = "", heading: bool | str = True, words: Callable[[Any], str] | None = None
) -> list[Column]:
    """Return the columns of a difference: one on the page, with its interval, and three in the sheet."""
    where = f"{within}." if within else ""

    def printed(row: Any) -> str:
        return estimated(getattr(row, within) if within else row)

    return [
        Column("Difference", f"{where}difference", width, words or printed, page=heading),
        Column("Difference from", f"{where}ci_low", page=False),
        Column("Difference to", f"{where}ci_high", page=False),
    ]


def estimated(row: Any) -> str:
    """Return a row's difference with its interval."""
    return estimate(row.difference, row.ci_low, row.ci_high)


def first_upper(name: str) -> str:
    """Return a name as a row begins with it."""
    return name[:1].upper() + name[1:]


def yes_no(found: bool | None) -> str | None:
    """Return whether something is so, as a sheet says it."""
    return None if found is None else "Yes" if found else "No"
