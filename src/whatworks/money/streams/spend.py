"""Say what the money buys: upstream or downstream, for which outcome, in which borough, for how much need."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.streams.terms import Borough, Node, StreamTerms
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class StageShare:
    """Money that reaches services of one stage; `share` is of all that reaches services."""

    stage: str
    pounds: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class OutcomeSpend:
    """Money given to an outcome by the services that work for it."""

    outcome: str
    pounds: Decimal


@dataclass(frozen=True, slots=True)
class BoroughSpend:
    """Money spent in a borough: in all, a head, and for each unit of need."""

    code: str
    name: str
    pounds: Decimal
    per_head: Decimal
    per_need: Decimal | None


@dataclass(frozen=True, slots=True)
class Disparity:
    """How unequal spend for need is: the highest over the lowest, the same a head, and what evens it out."""

    highest: str
    lowest: str
    ratio: Decimal | None
    per_head_ratio: Decimal | None
    to_move: Decimal
    """Pounds that would have to move for every borough to have the same for each unit of need."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """A kind of service that two or more partners buy in one place: something to buy together."""

    category: str
    borough: str
    partners: tuple[str, ...]
    pounds: Decimal


@dataclass(frozen=True, slots=True)
class Spending:
    """What the money of one year buys."""

    year: str
    reached: Decimal
    stages: tuple[StageShare, ...]
    outcomes: tuple[OutcomeSpend, ...]
    without_outcome: tuple[tuple[str, Decimal], ...]
    without_spend: tuple[str, ...]
    need_measure: str | None
    boroughs: tuple[BoroughSpend, ...]
    disparity: Disparity | None
    overlaps: tuple[Overlap, ...]


def spending(terms: StreamTerms, year: str) -> Spending:
    """Return what the money of a year buys; a year without flows is refused, as is need known for some boroughs only.

    Every pound that reaches a service is classified once, by the service; amounts that are not stated count nowhere.
    """
    if year not in terms.years:
        raise Refused(Fault("has no flows", f"choose from {', '.join(terms.years)}", field="year", value=year))
    services = [node for node in terms.node if node.kind == "service"]
    spent = {node.code: _into(terms, node, year) for node in services}
    reached = sum(spent.values(), Decimal(0))
    aimed = {node.code: _aimed(terms, node, year) for node in services}
    loose = ((node.name, spent[node.code] - aimed[node.code]) for node in services)
    outcomes = [OutcomeSpend(node.name, _into(terms, node, year)) for node in terms.node if node.kind == "outcome"]
    boroughs = tuple(_boroughs(terms, services, spent))
    return Spending(
        year=year,
        reached=reached,
        stages=tuple(_stages(services, spent, reached)),
        outcomes=tuple(outcomes),
        without_outcome=tuple((name, pounds) for name, pounds in loose if pounds > 0),
        without_spend=tuple(one.outcome for one in outcomes if not one.pounds),
        need_measure=terms.need_measure,
        boroughs=boroughs,
        disparity=_disparity(terms, boroughs),
        overlaps=tuple(_overlaps(terms, services, year)),
    )


def _into(terms: StreamTerms, node: Node, year: str) -> Decimal:
    amounts = [flow.pounds for flow in terms.of_year(year) if flow.end == node.code]
    return sum((one for one in amounts if one is not None), Decimal(0))


def _aimed(terms: StreamTerms, node: Node, year: str) -> Decimal:
    amounts = [flow.pounds for flow in terms.of_year(year) if flow.start == node.code]
    return sum((one for one in amounts if one is not None), Decimal(0))


def _stages(services: list[Node], spent: dict[str, Decimal], reached: Decimal) -> Iterator[StageShare]:
    for stage in ("upstream", "downstream", None):
        pounds = sum((spent[node.code] for node in services if node.stage == stage), Decimal(0))
        if pounds or stage:
            yield StageShare(stage or "not classified", pounds, pounds / reached if reached else Decimal(0))


def _boroughs(terms: StreamTerms, services: list[Node], spent: dict[str, Decimal]) -> Iterator[BoroughSpend]:
    for borough in terms.borough:
        pounds = sum((spent[node.code] for node in services if node.borough == borough.code), Decimal(0))
        need = pounds / borough.need if borough.need else None
        yield BoroughSpend(borough.code, borough.name, pounds, pounds / borough.population, need)


def _disparity(terms: StreamTerms, spent: tuple[BoroughSpend, ...]) -> Disparity | None:
    if len(spent) < 2:
        return None
    missing = [one for one in terms.borough if not one.need]
    if missing or terms.need_measure is None:
        remedy = "give need for each borough, and need_measure: spend a head alone does not show disparity"
        names = ", ".join(one.name for one in missing) or None
        raise Refused(Fault("has no need", remedy, field="borough.need", value=names))
    by_need = sorted(spent, key=lambda one: (one.per_need or Decimal(0), one.code))
    low, high = by_need[0], by_need[-1]
    heads = sorted(spent, key=lambda one: (one.per_head, one.code))
    ratio = _ratio(high.per_need, low.per_need)
    even = _to_move(terms.borough, spent)
    heads_ratio = _ratio(heads[-1].per_head, heads[0].per_head)
    sentence = (
        f"Spend for each unit of need ({terms.need_measure}): {high.name} £{high.per_need:,.2f}, {low.name} "
        f"£{low.per_need:,.2f}, {_said(ratio)}. For each head of population: {heads[-1].name} "
        f"£{heads[-1].per_head:,.2f}, {heads[0].name} £{heads[0].per_head:,.2f}, {_said(heads_ratio)}. "
        f"£{even:,.0f} would have to move to even out spend for need."
    )
    return Disparity(high.name, low.name, ratio, heads_ratio, even, sentence)


def _said(ratio: Decimal | None) -> str:
    return "no ratio, since one has nothing" if ratio is None else f"a ratio of {ratio:.2f}"


def _ratio(high: Decimal | None, low: Decimal | None) -> Decimal | None:
    return high / low if high is not None and low else None


def _to_move(boroughs: tuple[Borough, ...], spent: tuple[BoroughSpend, ...]) -> Decimal:
    whole, need = sum(one.pounds for one in spent), sum(one.need or 0 for one in boroughs)
    even = [whole * Decimal(one.need or 0) / need for one in boroughs]
    return sum((max(one.pounds - fair, Decimal(0)) for one, fair in zip(spent, even, strict=True)), Decimal(0))


def _overlaps(terms: StreamTerms, services: list[Node], year: str) -> Iterator[Overlap]:
    groups: dict[tuple[str, str], list[Node]] = {}
    for node in services:
        if node.category:
            groups.setdefault((node.category, node.borough or "everywhere"), []).append(node)
    names = {borough.code: borough.name for borough in terms.borough}
    for (category, borough), nodes in sorted(groups.items()):
        flows = [flow for flow in terms.of_year(year) if flow.end in {node.code for node in nodes} and flow.pounds]
        partners = tuple(sorted({terms.named(flow.start).name for flow in flows}))
        if len(partners) > 1:
            yield Overlap(
                category,
                names.get(borough, borough),
                partners,
                sum((flow.pounds or Decimal(0) for flow in flows), Decimal(0)),
            )
