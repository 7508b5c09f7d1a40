"""A board, group or task-and-finish group: what the record says of it, and what was entered by hand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from whatworks.board.contradictions.record import Quote

Kind = Literal[
    "board", "group", "task and finish group", "challenge board", "partnership", "committee", "panel", "forum"
]
Standing = Literal["met", "named", "planned"]
"""`met`: minutes of its own are held; `named`: papers speak of it as existing; `planned`: only as something to come."""


@dataclass(frozen=True, slots=True)
class BodyNaming:
    """Where and when a body is named, and whether only as something planned."""

    day: date
    quote: Quote
    planned: bool


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the map. Dates of start and end are known only where a paper states them or somebody entered them."""

    name: str
    kind: Kind
    standing: Standing
    namings: tuple[BodyNaming, ...]
    also: tuple[str, ...] = ()
    """Other ways in which papers write it."""
    several: bool = False
    """Whether the name is a plural that stands for many bodies, such as one in each borough."""
    remit: tuple[Quote, ...] = ()
    members: tuple[str, ...] = ()
    """Agencies, and chairs by name where papers give them."""
    reports_to: str | None = None
    geography: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    finish_test: str | None = None
    started: date | None = None
    ended: date | None = None
    terms: frozenset[str] = field(default=frozenset())
    """Stems of the words of its name and remit, for the overlap."""

    @property
    def first_named(self) -> date:
        """The first day on which a paper names it."""
        return min(naming.day for naming in self.namings)

    @property
    def last_named(self) -> date:
        """The last day on which a paper names it."""
        return max(naming.day for naming in self.namings)

    @property
    def lacks_finish_test(self) -> bool:
        """Whether it is a task-and-finish group for which nobody said when it is finished."""
        return self.kind == "task and finish group" and self.finish_test is None

    def named_in(self, year: int) -> bool:
        """Return whether a paper of that year names it."""
        return any(naming.day.year == year for naming in self.namings)


@dataclass(frozen=True, slots=True)
class EnteredBody:
    """What somebody entered of a body; None where nothing was. It stands over what was read."""

    name: str
    kind: Kind | None = None
    remit: str | None = None
    members: tuple[str, ...] = ()
    reports_to: str | None = None
    started: date | None = None
    ended: date | None = None
    finish_test: str | None = None
