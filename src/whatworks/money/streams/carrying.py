"""Follow a cut to those who carry it: which services and outcomes lose, and on whose budget it lands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from whatworks.money.streams.terms import Flow, Node, StreamTerms
from whatworks.records.refusal import Fault, Refused

Amounts = dict[str, Fraction]
Cause = Literal["reserve", "own budget", "statute", "closing", "match", "consequence"]


@dataclass(frozen=True, slots=True)
class ServiceLoss:
    """What a service loses of what it had. `closes` where what is left is below its minimum, and then all is lost.

    `from_stream` is the part of the cut that it carries, `from_match` what partners take away with it; `closing` is
    money that stays with its payers because the service cannot run on it.
    """

    in_json: ClassVar[tuple[str, ...]] = ("lost",)

    code: str
    name: str
    stage: str | None
    had: Fraction
    from_stream: Fraction
    from_match: Fraction
    closing: Fraction
    closes: bool

    @property
    def lost(self) -> Fraction:
        """Return all that the service no longer spends."""
        return self.from_stream + self.from_match + self.closing


@dataclass(frozen=True, slots=True)
class Landing:
    """Pounds that land on somebody's budget, or are saved there, and why."""

    code: str
    name: str
    cause: Cause
    why: str
    kind: str
    pounds: Fraction

    @property
    def saves(self) -> bool:
        """Say whether this is money that somebody no longer pays."""
        return self.cause in ("closing", "match")


@dataclass(frozen=True, slots=True)
class OutcomeLoss:
    """What an outcome loses: pounds of the services that work for it, and units where the file says how many."""

    code: str
    name: str
    pounds: Fraction
    units: Fraction | None


@dataclass(frozen=True, slots=True)
class CutResult:
    """Where a cut goes, in pounds. What services carry of it, what hands bear themselves and reserves sum to it."""

    year: str
    prices: str
    cuts: tuple[tuple[str, str, Fraction], ...]
    """Stream, hand that cuts, pounds."""
    whole: Fraction
    services: tuple[ServiceLoss, ...]
    landings: tuple[Landing, ...]
    outcomes: tuple[OutcomeLoss, ...]
    net: Fraction
    """Pounds that the public purse is better off: the cut and match money saved, less cashable costs elsewhere."""
    sentences: tuple[str, ...]


@dataclass(slots=True)
class Carried:
    """The state while a cut runs down: what each hand, service and reserve has lost so far."""

    losses: dict[str, Amounts] = field(default_factory=dict)
    borne: list[Landing] = field(default_factory=list)
    match: Amounts = field(default_factory=dict)

    def lose(self, code: str, stream: str, pounds: Fraction) -> None:
        """Add to what a hand has lost of a stream."""
        held = self.losses.setdefault(code, {})
        held[stream] = held.get(stream, Fraction(0)) + pounds


def cut(terms: StreamTerms, year: str, stream: str, by: Decimal, *, share: bool, start: str | None = None) -> CutResult:
    """Return what happens if a stream is cut by so many pounds, or by a `share` of it, in a year.

    `start` names the hand that cuts, where several pay into the stream. Cuts run down in proportion to what each hand
    passes on; ring-fenced money is cut only where it goes; a reserve is spent first; a statutory service loses nothing,
    and its provider bears it. Refused: a stream that does not flow, amounts that are not stated, more than there is.
    """
    flows = sources(terms, year, stream, start)
    whole = sum((Fraction(flow.pounds or 0) for flow in flows), Fraction(0))
    pounds = Fraction(by) * (whole if share else 1)
    if not 0 < pounds <= whole:
        remedy = f"cut between zero and the £{whole_pounds(whole)} that flow"
        raise Refused(Fault("is not a part of the stream", remedy, field="by", value=f"{by}"))
    cuts: dict[tuple[str, str], Fraction] = {}
    for flow in flows:
        key = flow.stream, flow.start
        cuts[key] = cuts.get(key, Fraction(0)) + pounds * Fraction(flow.pounds or 0) / whole
    return carry(terms, year, cuts)


def sources(terms: StreamTerms, year: str, stream: str, start: str | None = None) -> list[Flow]:
    """Return the flows in which a stream leaves those who pay it, or refuse what cannot be cut."""
    if stream not in {one.code for one in terms.stream}:
        codes = ", ".join(one.code for one in terms.stream)
        raise Refused(Fault("is not a stream of the file", f"choose from {codes}", field="stream", value=stream))
    every = [flow for flow in terms.of_year(year) if flow.stream == stream]
    if not every:
        years = ", ".join(sorted({flow.year for flow in terms.flow if flow.stream == stream})) or "none"
        raise Refused(
            Fault("does not flow in that year", f"it flows in {years}", field="stream", value=f"{stream} {year}")
        )
    ends = {flow.end for flow in every}
    found = [flow for flow in every if (flow.start == start if start else flow.start not in ends)]
    if not found:
        names = ", ".join(sorted({flow.start for flow in every}))
        raise Refused(Fault("pays nothing into the stream", f"choose from {names}", field="from", value=start))
    if any(flow.pounds is None for flow in every):
        raise Refused(Fault("has amounts that are not stated", "state them first", field="stream", value=stream))
    return found


def carry(terms: StreamTerms, year: str, cuts: Mapping[tuple[str, str], Fraction]) -> CutResult:
    """Return where these cuts go: pounds by stream and hand that cuts it."""
    state = Carried()
    flows = [flow for flow in terms.of_year(year) if flow.pounds]
    for (stream, start), pounds in cuts.items():
        every = sum(
            (Fraction(flow.pounds or 0) for flow in flows if (flow.stream, flow.start) == (stream, start)), Fraction(0)
        )
        for flow in flows:
            if (flow.stream, flow.start) == (stream, start):
                state.lose(flow.end, stream, pounds * Fraction(flow.pounds or 0) / every)
    for node in _downwards(terms, flows):
        if node.code in state.losses and node.kind != "service":
            _pass_on(terms, year, node, flows, state)
    services = tuple(_service_losses(terms, flows, state))
    landings = (*state.borne, *_closings(services), *_match_saved(terms, state), *_consequences(terms, services))
    whole = sum(cuts.values(), Fraction(0))
    gained = sum((one.pounds for one in landings if one.saves), Fraction(0))
    costs = sum((one.pounds for one in landings if not one.saves and one.kind == "cashable"), Fraction(0))
    found = CutResult(
        year=year,
        prices=terms.prices,
        cuts=tuple((terms.called(stream), terms.named(start).name, pounds) for (stream, start), pounds in cuts.items()),
        whole=whole,
        services=services,
        landings=landings,
        outcomes=tuple(_outcomes(terms, flows, services)),
        net=whole + gained - costs,
        sentences=(),
    )
    return replace(found, sentences=tuple(_say(found)))


def _downwards(terms: StreamTerms, flows: Sequence[Flow]) -> list[Node]:
    """Return the hands so that each stands after all that pay it."""
    order: list[Node] = []
    left = list(terms.node)
    while left:
        waiting = {flow.end for flow in flows if any(node.code == flow.start for node in left)}
        ready = [node for node in left if node.code not in waiting]
        order += ready
        left = [node for node in left if node.code in waiting]
    return order


def _pass_on(terms: StreamTerms, year: str, node: Node, flows: Sequence[Flow], state: Carried) -> None:
    """Spend reserves, then cut each flow out in proportion; what the hand does not pass on, it bears.

    Money of a stream that goes on under its own name is cut there. Other money, unless ring-fenced, is pooled, and cut
    from the streams that begin at this hand.
    """
    left = sum(
        (Fraction(one.pounds) for one in terms.reserve if (one.node, one.year) == (node.code, year)), Fraction(0)
    )
    fenced = {stream.code for stream in terms.stream if stream.ring_fenced}
    into = _by_stream(flow for flow in flows if flow.end == node.code)
    given = _by_stream(flow for flow in flows if flow.start == node.code)
    pooled = sum(
        (pounds for stream, pounds in into.items() if stream not in given and stream not in fenced), Fraction(0)
    )
    born = [flow for flow in flows if flow.start == node.code and flow.stream not in into]
    for stream, loss in sorted(state.losses[node.code].items()):
        drawn = min(left, loss)
        left -= drawn
        if drawn:
            state.borne.append(Landing(node.code, node.name, "reserve", "its reserve", "cashable", drawn))
        rest = loss - drawn
        own = [flow for flow in flows if flow.start == node.code and flow.stream == stream]
        out = own if own or stream in fenced else born
        passed = sum((Fraction(flow.pounds or 0) for flow in out), Fraction(0))
        base = max(into.get(stream, Fraction(0)) if own else pooled, passed)
        for flow in out:
            _lose(terms, flow, rest * Fraction(flow.pounds or 0) / base, state)
        kept = rest - rest * passed / base if out else rest
        if kept:
            why = "it passes on less than it gets"
            state.borne.append(Landing(node.code, node.name, "own budget", why, "cashable", kept))


def _by_stream(flows: Iterable[Flow]) -> Amounts:
    found: Amounts = {}
    for flow in flows:
        found[flow.stream] = found.get(flow.stream, Fraction(0)) + Fraction(flow.pounds or 0)
    return found


def _lose(terms: StreamTerms, flow: Flow, pounds: Fraction, state: Carried) -> None:
    end = terms.named(flow.end)
    if not end.statutory:
        state.lose(end.code, flow.stream, pounds)
        return
    bearer = terms.named(end.provider or flow.start)
    why = f"{end.name} has to go on by statute"
    state.borne.append(Landing(bearer.code, bearer.name, "statute", why, "cashable", pounds))


def _service_losses(terms: StreamTerms, flows: Sequence[Flow], state: Carried) -> Iterator[ServiceLoss]:
    for node in terms.node:
        if node.kind != "service" or node.code not in state.losses:
            continue
        had = sum((Fraction(flow.pounds or 0) for flow in flows if flow.end == node.code), Fraction(0))
        stream = sum(state.losses[node.code].values(), Fraction(0))
        match = Fraction(0)
        for one in terms.match:
            if one.service == node.code:
                lost = state.losses[node.code].get(one.stream, Fraction(0)) * Fraction(one.per_pound)
                paid = sum(
                    (
                        Fraction(flow.pounds or 0)
                        for flow in flows
                        if (flow.start, flow.end) == (one.partner, node.code)
                    ),
                    Fraction(0),
                )
                taken = min(lost, paid)
                state.match[one.partner] = state.match.get(one.partner, Fraction(0)) + taken
                match += taken
        rest = had - stream - match
        if rest < 0:
            remedy = "cut less, or at one place only"
            raise Refused(Fault("would lose more than it has", remedy, field="service", value=node.name))
        closes = rest < Fraction(node.minimum or 0) or rest <= 0
        closing = rest if closes and rest > 0 else Fraction(0)
        yield ServiceLoss(node.code, node.name, node.stage, had, stream, match, closing, closes)


def _closings(services: Sequence[ServiceLoss]) -> Iterator[Landing]:
    for one in services:
        if one.closing:
            why = f"{one.name} closes: money that it cannot run on stays with those who pay it"
            yield Landing(one.code, "its payers", "closing", why, "cashable", one.closing)


def _match_saved(terms: StreamTerms, state: Carried) -> Iterator[Landing]:
    for code, pounds in state.match.items():
        if pounds:
            yield Landing(code, terms.named(code).name, "match", "match money no longer paid", "cashable", pounds)


def _consequences(terms: StreamTerms, services: Sequence[ServiceLoss]) -> Iterator[Landing]:
    lost = {one.code: one for one in services}
    for one in terms.consequence:
        if one.service in lost and one.lands_on and one.per_pound:
            found = lost[one.service]
            why = f"less {found.name}: £{one.per_pound:.2f} for each pound ({one.basis})"
            landed = found.lost * Fraction(one.per_pound)
            yield Landing(one.lands_on, terms.named(one.lands_on).name, "consequence", why, one.kind, landed)


def _outcomes(terms: StreamTerms, flows: Sequence[Flow], services: Sequence[ServiceLoss]) -> Iterator[OutcomeLoss]:
    for node in terms.node:
        if node.kind != "outcome":
            continue
        pounds = sum(
            (
                one.lost * Fraction(flow.pounds or 0) / one.had
                for one in services
                for flow in flows
                if (flow.start, flow.end) == (one.code, node.code)
            ),
            Fraction(0),
        )
        units = [
            one.lost * Fraction(said.units_per_pound)
            for said in terms.consequence
            for one in services
            if said.outcome == node.code and said.service == one.code and said.units_per_pound is not None
        ]
        if pounds or units:
            yield OutcomeLoss(node.code, node.name, pounds, sum(units, Fraction(0)) if units else None)


def _say(found: CutResult) -> Iterator[str]:
    for stream, start, pounds in found.cuts:
        yield f"{start} cuts {stream} by £{whole_pounds(pounds)} in {found.year}."
    for one in found.services:
        end = " and closes" if one.closes else ""
        match = f", £{whole_pounds(one.from_match)} of it match money" if one.from_match else ""
        yield f"{one.name} loses £{whole_pounds(one.lost)} of £{whole_pounds(one.had)}{match}{end}."
    for landing in found.landings:
        verb = "is saved by" if landing.saves else "lands on"
        kind = "" if landing.saves else f" ({landing.kind})"
        yield f"£{whole_pounds(landing.pounds)} {verb} {landing.name}{kind}: {landing.why}."
    for outcome in found.outcomes:
        units = "" if outcome.units is None else f" and {float(outcome.units):,.1f} units by the file's consequences"
        yield f"{outcome.name} loses £{whole_pounds(outcome.pounds)} of work{units}."
    better = "better" if found.net >= 0 else "worse"
    yield f"Over all budgets, in cashable money, the cut leaves £{whole_pounds(abs(found.net))} {better} off."


def whole_pounds(pounds: Fraction) -> str:
    """Return pounds for a sentence, to the nearest pound, rounded half up.

    >>> whole_pounds(Fraction(2500001, 2))
    '1,250,001'
    """
    return f"{int(pounds + Fraction(1, 2)):,}"
