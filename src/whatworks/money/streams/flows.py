"""Balance every hand that money passes through, follow each stream through the years, and say what is only derived."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from whatworks.money.streams.terms import Flow, Node, Stream, StreamTerms


@dataclass(frozen=True, slots=True)
class Balance:
    """Money into and out of one hand in one year; `residual` is in less out, None where an amount is not stated."""

    in_json: ClassVar[tuple[str, ...]] = ("sentence",)

    node: str
    name: str
    kind: str
    year: str
    inflow: Decimal
    outflow: Decimal
    not_stated: int
    residual: Decimal | None

    @property
    def sentence(self) -> str:
        """Return the balance in one sentence."""
        if self.residual is None:
            flows = f"{self.not_stated} amount{'s are' if self.not_stated > 1 else ' is'} not stated"
            return f"{self.name}, {self.year}: cannot be balanced, since {flows}."
        if self.residual == 0:
            return f"{self.name}, {self.year}: balances at £{self.inflow:,}."
        way = "more comes in than goes out" if self.residual > 0 else "more goes out than comes in"
        return f"{self.name}, {self.year}: £{abs(self.residual):,} {way} (£{self.inflow:,} in, £{self.outflow:,} out)."


@dataclass(frozen=True, slots=True)
class LineageStep:
    """What a stream was in its last stated year, and what became of it; `into` None is an open end."""

    stream: str
    name: str
    last_year: str | None
    pounds: Decimal | None
    year: str | None
    into: str | None
    note: str | None
    ends: str
    """"no successor named", "becomes" or "open end: not stated"."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that no paper states: worked out from a stated share, and marked as such."""

    stream: str
    year: str
    whole: Decimal
    rest: Decimal
    rest_from: str | None
    working: str


@dataclass(frozen=True, slots=True)
class Flows:
    """A partnership's money: balances, lineage, derived figures, and what may not be said."""

    title: str
    prices: str
    source: str
    balances: tuple[Balance, ...]
    lineage: tuple[LineageStep, ...]
    derived: tuple[Derived, ...]
    by_stream: tuple[tuple[str, str, Decimal | None], ...]
    """Stream, year, pounds entering it from funders; None where an amount is not stated."""
    refused: tuple[str, ...]


def read_flows(terms: StreamTerms) -> Flows:
    """Return the balances of all hands, the streams' lineage and derived wholes, from checked terms."""
    return Flows(
        title=terms.title,
        prices=terms.prices,
        source=terms.source,
        balances=tuple(_balances(terms)),
        lineage=tuple(_lineage(terms)),
        derived=tuple(_derived(terms)),
        by_stream=tuple(_by_stream(terms)),
        refused=tuple(_refused(terms)),
    )


def balance(node: Node, flows: Iterable[Flow], year: str) -> Balance:
    """Return one hand's balance in a year."""
    every = list(flows)
    into = [flow.pounds for flow in every if flow.end == node.code and flow.year == year]
    out = [flow.pounds for flow in every if flow.start == node.code and flow.year == year]
    missing = (into + out).count(None)
    inflow = sum((one for one in into if one is not None), Decimal(0))
    outflow = sum((one for one in out if one is not None), Decimal(0))
    residual = None if missing else inflow - outflow
    return Balance(node.code, node.name, node.kind, year, inflow, outflow, missing, residual)


def _balances(terms: StreamTerms) -> Iterator[Balance]:
    for year in terms.years:
        for node in terms.node:
            touched = any(node.code in (flow.start, flow.end) for flow in terms.of_year(year))
            if touched and node.kind in ("pot", "partner", "service"):
                found = balance(node, terms.flow, year)
                own = node.kind == "partner" and found.inflow == 0 and not found.not_stated
                if not own:  # a partner that receives nothing spends its own budget
                    yield found


def _lineage(terms: StreamTerms) -> Iterator[LineageStep]:
    for stream in _funding(terms):
        flows = [flow for flow in terms.flow if flow.stream == stream.code]
        last = max((flow.year for flow in flows), default=None)
        into = next((one for one in terms.succession if stream.code in one.streams), None)
        yield LineageStep(
            stream=stream.code,
            name=stream.name,
            last_year=last,
            pounds=_entering(terms, stream.code, last) if last else None,
            year=into.year if into else None,
            into=terms.called(into.into) if into and into.into else None,
            note=into.note if into else None,
            ends="no successor named" if into is None else "becomes" if into.into else "open end: not stated",
        )


def _funding(terms: StreamTerms) -> list[Stream]:
    """Return the streams that fund something, without those by which services say what they work for."""
    given = {flow.stream for flow in terms.flow}
    aims = given - {flow.stream for flow in terms.flow if terms.named(flow.start).kind != "service"}
    return [stream for stream in terms.stream if stream.code not in aims]


def _entering(terms: StreamTerms, stream: str, year: str) -> Decimal | None:
    flows = [flow for flow in terms.of_year(year) if flow.stream == stream]
    first = [flow for flow in flows if not any(other.end == flow.start for other in flows)]
    amounts = [flow.pounds for flow in first]
    return None if None in amounts or not amounts else sum((one or Decimal(0) for one in amounts), Decimal(0))


def _derived(terms: StreamTerms) -> Iterator[Derived]:
    for flow in terms.flow:
        if flow.share_of_whole and flow.pounds is not None:
            whole = flow.pounds / flow.share_of_whole
            rest = terms.named(flow.rest_from).name if flow.rest_from else None
            working = f"£{flow.pounds:,} is {100 * flow.share_of_whole:g}% of the whole"
            yield Derived(terms.called(flow.stream), flow.year, whole, whole - flow.pounds, rest, working)


def _by_stream(terms: StreamTerms) -> Iterator[tuple[str, str, Decimal | None]]:
    for stream in _funding(terms):
        for year in terms.years:
            if any(flow.stream == stream.code for flow in terms.of_year(year)):
                yield stream.name, year, _entering(terms, stream.code, year)


def _refused(terms: StreamTerms) -> Iterator[str]:
    for flow in terms.flow:
        if flow.pounds is None:
            what = "has not been announced" if flow.status == "not announced" else "is not stated"
            name = terms.called(flow.stream)
            yield f"No total of {name} is given for {flow.year}: it {what}, and last year's parts are no forecast."
    for bid in terms.bid:
        if bid.scope == "national":
            amount = "" if bid.pounds is None else f" of £{bid.pounds:,}"
            yield f"{bid.fund}{amount} ({bid.year}) is national: it is not counted for {terms.area}."
