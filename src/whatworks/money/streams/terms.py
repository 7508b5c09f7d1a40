"""What a file of funding streams says: who holds money, what flows where in which year, and what a cut would bring."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from whatworks.records.hand_written import HandWritten

NodeKind = Literal["funder", "pot", "partner", "service", "outcome", "reserve"]
Stage = Literal["upstream", "downstream"]
Status = Literal["paid", "committed", "provisional", "not announced"]
Pounds = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False)]


class Entry(HandWritten):
    """A part of the file: it cannot be changed, and knows no other keys."""

    model_config = ConfigDict(populate_by_name=True)


class Node(Entry):
    """A hand that money passes through. A `service` may have a stage, a borough and a provider.

    `minimum` is the pounds below which a service closes; a `statutory` one cannot be cut, so that its provider bears
    what it loses.
    """

    code: str
    name: str
    kind: NodeKind
    stage: Stage | None = None
    borough: str | None = None
    category: str | None = None
    provider: str | None = None
    minimum: Pounds | None = None
    statutory: bool = False


class Stream(Entry):
    """A funding stream: what it is called, whether it may be spent on its own purpose only, on what conditions."""

    code: str
    name: str
    ring_fenced: bool = False
    conditions: str | None = None
    source: str | None = None


class Flow(Entry):
    """Money of one stream from one hand to another in one year; no `pounds` where the amount is not stated.

    `share_of_whole` says what part of the whole stream this is, where the rest goes another way.
    """

    stream: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    year: str
    pounds: Pounds | None = None
    status: Status = "paid"
    share_of_whole: Annotated[Share, Field(gt=0)] | None = None
    rest_from: str | None = None
    note: str | None = None


class Succession(Entry):
    """What became of streams: into which stream, from which year; no `into` where that is not stated."""

    streams: tuple[str, ...] = Field(min_length=1)
    year: str
    into: str | None = None
    note: str | None = None


class Match(Entry):
    """Money that a partner adds to a service for every pound of a stream, and takes away with it."""

    stream: str
    partner: str
    service: str
    per_pound: Pounds


class Consequence(Entry):
    """What a pound less for a service brings: pounds on somebody's budget, or units of an outcome, with its basis."""

    service: str
    lands_on: str | None = None
    per_pound: Pounds | None = None
    kind: Literal["cashable", "economic"] = "cashable"
    outcome: str | None = None
    units_per_pound: Pounds | None = None
    basis: str


class Reserve(Entry):
    """Money that a hand holds back and spends before it passes a cut on."""

    node: str
    year: str
    pounds: Pounds
    purpose: str = ""


class StatedTotal(Entry):
    """A total that a paper states, to be held against its parts: all money into one hand in one year."""

    into: str
    year: str
    pounds: Pounds


class Bid(Entry):
    """A fund that may be bid for. A national sum is never presented as the area's."""

    fund: str
    year: str
    pounds: Pounds | None = None
    scope: Literal["national", "area"]
    applicant: str | None = None
    deadline: str | None = None
    conditions: str | None = None
    category: str | None = None


class Borough(Entry):
    """A borough with its people and its need, counted by the file's `need_measure`."""

    code: str
    name: str
    population: int = Field(gt=0)
    need: int | None = Field(default=None, gt=0)


class Option(Entry):
    """A cut that could be made: of a stream out of a hand, at most a share of it, in steps of so many pounds."""

    stream: str
    start: str = Field(alias="from")
    year: str
    most: Share = Decimal(1)
    step: Annotated[Decimal, Field(gt=0)] = Decimal(1000)


class StreamTerms(Entry):
    """A partnership's funding streams. `prices` is "cash" or a price year, and holds for every amount."""

    title: str
    area: str
    prices: str
    source: str = ""
    need_measure: str | None = None
    node: tuple[Node, ...] = Field(min_length=1)
    stream: tuple[Stream, ...] = Field(min_length=1)
    flow: tuple[Flow, ...] = Field(min_length=1)
    succession: tuple[Succession, ...] = ()
    match: tuple[Match, ...] = ()
    consequence: tuple[Consequence, ...] = ()
    reserve: tuple[Reserve, ...] = ()
    total: tuple[StatedTotal, ...] = ()
    bid: tuple[Bid, ...] = ()
    borough: tuple[Borough, ...] = ()
    option: tuple[Option, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years in which money flows, in order."""
        return tuple(sorted({flow.year for flow in self.flow}))

    def named(self, code: str) -> Node:
        """Return the hand of that code."""
        return next(node for node in self.node if node.code == code)

    def called(self, code: str) -> str:
        """Return a stream's name."""
        return next(stream.name for stream in self.stream if stream.code == code)

    def of_year(self, year: str) -> Iterator[Flow]:
        """Yield the flows of a year."""
        return (flow for flow in self.flow if flow.year == year)
