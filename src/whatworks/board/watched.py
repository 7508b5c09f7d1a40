"""Figures that a challenge watches: each from the JSON of `journeys` or `surveys`, held against what is expected of it.

A figure outside of its expected range is a ground for a challenge only where its 95% interval lies outside too; where
the interval reaches into the range, or there is none, chance may be all of it: too few to tell.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model

PAGE = "docs/board.md"
NAME_ANOTHER = "name one that has; of one that is withheld nothing stands there"
Verdict = Literal["as expected", "outside", "too few to tell"]
_CALLED = ("stage", "name", "provider", "wave", "code", "level", "quarter", "from_stage")
_VALUES = ("value", "days", "dropped", "share")
_PEOPLE = ("n", "base", "entered", "left")


class Expected(HandWritten):
    """A figure to watch: the file, the way to the figure in it, and the range in which it is expected."""

    name: str
    file: str = Field(description="What a command of journeys or surveys printed with --json, beside this file.")
    figure: str = Field(description="The way to the figure, as stages/contact/median.")
    expected: tuple[float, float] = Field(description="The lowest and the highest value expected; inf where none is.")
    to: str = Field("whoever answers for it", description="Whom a challenge is put to.")
    period: str | None = Field(None, description="When the figure is of, where its file does not say.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.expected[0] <= self.expected[1]:
            raise ValueError("expected is a lowest and a highest value, in this order")
        return self


class WatchFile(HandWritten):
    """The figures that a challenge watches, any number of them."""

    watched: tuple[Expected, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class WatchedFigure:
    """A figure as it stands: value and 95% interval (None: it never gets there, or is withheld), base and period."""

    name: str
    source: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    period: str
    expected: tuple[float, float]
    to: str
    in_days: bool = False
    in_json: ClassVar = ("verdict",)

    @property
    def verdict(self) -> Verdict:
        """Return whether the figure is as expected, outside for sure, or moved by no more than chance may.

        >>> def found(*figure, days=False):
        ...     return WatchedFigure("x", "a.json", *figure, 40, "2024", (0.0, 0.1), "all", days).verdict
        >>> found(0.08, 0.02, 0.2), found(0.2, 0.15, 0.26), found(0.2, 0.05, 0.5), found(0.2, None, None)
        ('as expected', 'outside', 'too few to tell', 'too few to tell')
        >>> found(None, 9.0, None, days=True), found(None, None, None, days=True)
        ('outside', 'too few to tell')
        """
        least, most = self.expected
        never = self.in_days and self.value is None and self.low is not None
        value = inf if never else self.value
        if value is None:
            return "too few to tell"
        if least <= value <= most:
            return "as expected"
        low, high = -inf if self.low is None else self.low, inf if self.high is None else self.high
        return "too few to tell" if low <= most and least <= high else "outside"


def read_watched(path: Path) -> tuple[WatchedFigure, ...]:
    """Return the figures that a file of `[[watched]]` names.

    Refused, all at once, are files that are not such JSON, figures that are not in them, and figures without an
    interval, a base or a period.
    """
    found: list[WatchedFigure] = []
    faults: list[Fault] = []
    for one in load_model(WatchFile, path, PAGE).watched:
        try:
            found.append(_figure(one, _document(path.parent / one.file)))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return tuple(found)


def _document(path: Path) -> dict[str, Any]:
    remedy = "write it with a command of journeys or surveys, as `whatworks journeys time KIND --json > FILE`"
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise Refused(Fault("is not there, or is not JSON", remedy, path.name)) from None
    if not isinstance(found, dict):
        raise Refused(Fault("is not one answer", remedy, path.name))
    return found


def _figure(one: Expected, document: dict[str, Any]) -> WatchedFigure:
    trail: list[dict[str, Any]] = [document]
    place: Any = document
    for name in one.figure.split("/"):
        known = _parts(place)
        if name not in known:
            remedy = f"use one of {', '.join(list(known)[:12])}" if known else "name a figure with its interval"
            raise Refused(Fault(f"{name!r} is not in it", remedy, one.file, field="figure", value=one.figure))
        place = known[name]
        trail += [place] if isinstance(place, dict) else []
    node = trail[-1] if place is trail[-1] or place is None else {}
    # what is withheld or unknown stands as null: nothing of it is known but its base
    value_name = next((name for name in _VALUES if name in node), None)
    ends = next((ends for name in ("interval", "limits") if (ends := node.get(name, ())) != ()), None)
    low, high = ends or (node.get("ci_low", node.get("low")), node.get("ci_high", node.get("high")))
    has_interval = {"interval", "limits", "ci_low", "low"} & set(node)
    n = next((held[name] for held in reversed(trail) for name in _PEOPLE if isinstance(held.get(name), int)), None)
    period = one.period or _period(trail)
    lacking = [
        (what, remedy)
        for lacks, what, remedy in (
            (place is not None and not (value_name and has_interval), "a value with an interval", NAME_ANOTHER),
            (place is not None and n is None, "a number of people or cases behind it", NAME_ANOTHER),
            (period is None, "a period", "write it as period = \"2024\""),
        )
        if lacks
    ]  # fmt: skip
    if lacking:
        problem = f"has not {' and not '.join(what for what, _ in lacking)}"
        raise Refused(Fault(problem, lacking[0][1], one.file, field="figure", value=one.figure))
    return WatchedFigure(
        one.name, one.file, node[value_name] if value_name else None, low, high, n or 0, str(period), one.expected,
        one.to, value_name == "days",
    )  # fmt: skip


def _parts(place: Any) -> dict[str, Any]:
    """Return what stands in a part of a document, by its name; of a list, by what each is called and by its number."""
    if isinstance(place, dict):
        return place
    if not isinstance(place, list):
        return {}
    called = {str(row[name]): row for row in place if isinstance(row, dict) for name in _CALLED if row.get(name)}
    return called | {str(at): row for at, row in enumerate(place, 1)}


def _period(trail: Sequence[dict[str, Any]]) -> str | None:
    for held in reversed(trail):
        if held.get("first") and held.get("last"):
            return f"{held['first']} to {held['last']}"
        names = next((held[name] for name in ("waves", "after") if isinstance(held.get(name), list)), None)
        if names:
            return f"{names[0]} to {names[-1]}" if len(names) > 1 else str(names[0])
        if isinstance(held.get("wave"), str):
            return str(held["wave"])
    return None
