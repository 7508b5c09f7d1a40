"""Columns that many sections have: both groups' people and values, and a difference with its interval."""

from collections.abc import Callable
from typing import Any

from whatworks.papers.evaluation.section import Column
from whatworks.papers.evaluation.sections.verdicts import estimate, value

SIDES = (("Scheme", "treated"), ("Comparison", "comparison"))


def groups(widths: tuple[float, float, float, float], kind: Callable[[Any], Any] = lambda row: row) -> list[Column]:
    """Return the columns of both groups; `kind` gives what has a row's kind of outcome, the row itself or another."""
    found = []
    for at, (name, side) in enumerate(SIDES):

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
        held = getattr(row, within) if within else row
        return estimate(held.difference, held.ci_low, held.ci_high)

    return [
        Column("Difference", f"{where}difference", width, words or printed, page=heading),
        Column("Difference from", f"{where}ci_low", page=False),
        Column("Difference to", f"{where}ci_high", page=False),
    ]


def first_upper(name: str) -> str:
    """Return a name as a row begins with it."""
    return name[:1].upper() + name[1:]


def yes_no(found: bool | None) -> str | None:
    """Return whether something is so, as a sheet says it."""
    return None if found is None else "Yes" if found else "No"
