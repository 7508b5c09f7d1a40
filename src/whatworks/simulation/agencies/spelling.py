"""Write a name or a birth date as someone does who misheard, mistyped or swapped it."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import Flags, Floats

_KEYS = "abcdefghijklmnoprstuvwyz"


def short_form(name: str, draw: float) -> str:
    """Return a form by which a person of that name is known, or the name where there is none; draw in [0, 1).

    >>> short_form("William", 0.0), short_form("Aisha", 0.0)
    ('Will', 'Aisha')
    """
    forms = _spellings()["short_forms"].get(name.title(), [name])
    return str(_drawn(forms, draw))


def respelt(name: str, draw: float) -> str:
    """Return the name as someone writes it who does not know how its bearer does.

    >>> respelt("Hussain", 0.0), respelt("Warsame", 0.5), respelt("Abel", 0.5)
    ('Hussein', 'Varsame', 'Aebl')
    """
    others = [other for other in _one_name().get(name.lower(), ()) if other.lower() != name.lower()]
    if others:
        return str(_drawn(others, draw))
    heard: str
    written: str
    for heard, written in _spellings()["sounds"]["pairs"]:
        if heard in name.lower():
            at = name.lower().index(heard)
            new = name[:at] + written + name[at + len(heard) :]
            return new[:1].upper() + new[1:]
    return mistyped(name, draw)


def mistyped(name: str, draw: float) -> str:
    """Return the name with one letter left out, changed, doubled or swapped with the next; the first letter stays.

    >>> [mistyped("Walker", draw) for draw in (0.0, 0.3, 0.6, 0.9)]
    ['Wlker', 'Whlker', 'Wakler', 'Walkeer']
    """
    if len(name) < 3:
        return name
    kind, rest = divmod(draw * 4, 1)
    place = 1 + int(rest * (len(name) - 1))
    letter = _KEYS[int(rest * 997) % len(_KEYS)]
    before, here, after = name[:place], name[place], name[place + 1 :]
    if kind == 0:
        return before + after
    if kind == 1:
        return before + letter + after
    if kind == 2 and after:
        return before + after[0] + here + after[1:]
    return before + here + here + after


def wrong_date(born: date, draw: float, latest: date) -> date:
    """Return a birth date as a slip of the pen makes it: day and month swapped, one part wrong, or 1 January.

    Never later than `latest`.

    >>> wrong_date(date(1990, 3, 7), 0.1, date(2010, 1, 1)), wrong_date(date(1990, 3, 7), 0.95, date(2010, 1, 1))
    (datetime.date(1990, 7, 3), datetime.date(1990, 1, 1))
    """
    kind, rest = divmod(draw * 5, 1)
    if kind == 0 and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month)
    if kind in (0, 1):
        year = born.year + (-10, -1, 1, 10)[int(rest * 4)]
        moved = born.replace(year=year, day=min(born.day, 28))
        return moved if moved <= latest else born.replace(year=born.year - 1, day=min(born.day, 28))
    if kind == 2:
        return born.replace(day=1 + (born.day - 1 + 1 + int(rest * 9)) % 28)
    if kind == 3:
        return born.replace(month=1 + (born.month + int(rest * 10)) % 12, day=min(born.day, 28))
    return date(born.year, 1, 1)


def another_date(born: date, draw: float) -> date:
    """Return a birth date of one to six years before that nobody would take for the same.

    >>> another_date(date(1990, 3, 7), 0.5)
    datetime.date(1987, 8, 11)
    """
    moved = born - timedelta(days=400 + int(draw * 1_500))
    return moved.replace(month=1 + (born.month + 4) % 12, day=1 + (born.day + 3) % 28)


def changed(
    values: npt.NDArray[np.object_], hit: Flags, draw: Floats, change: Callable[..., object]
) -> npt.NDArray[np.object_]:
    """Return the values with `change(value, draw)` in place of each that is hit and not None.

    >>> changed(np.array(["Ann", None], dtype=object), np.array([True, True]), np.array([0.0, 0.0]), mistyped).tolist()
    ['An', None]
    """
    result = values.copy()
    for place in np.flatnonzero(hit):
        if result[place] is not None:
            result[place] = change(result[place], float(draw[place]))
    return result


def _drawn(choices: Any, draw: float) -> Any:
    return choices[int(draw * len(choices))]


@cache
def _one_name() -> dict[str, tuple[str, ...]]:
    """Return each spelling's line of spellings."""
    lines = [tuple(line.split()) for line in _spellings()["transliterations"]["lines"]]
    return {spelling.lower(): line for line in reversed(lines) for spelling in line}


@cache
def _spellings() -> dict[str, Any]:
    text = files("whatworks.simulation.agencies").joinpath("spellings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
