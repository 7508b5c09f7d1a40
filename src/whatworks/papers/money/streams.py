"""Funding streams: what came from whom, whether every hand balances, and what the money buys."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.streams.flows import Balance, Flows
from whatworks.money.streams.register import Register, register
from whatworks.money.streams.spend import BoroughSpend, Spending
from whatworks.money.streams.terms import Flow, StreamTerms
from whatworks.papers.answer import NO_SHEET, Answer, Rows, TableColumn
from whatworks.papers.money.stream_chart import flow_chart, flow_words, lineage_chart, lineage_words
from whatworks.papers.paper import Block, Bullets, Figure, Paragraph, Section, Table

NOT_STATED = "not stated"


def streams_answer(terms: StreamTerms, found: Flows, spent: Spending) -> Answer:
    """Return the streams, whether every hand balances, and what the money of one year buys."""
    listed, streams = register(terms), _by_stream(terms, found)
    flows, balances, boroughs = _flows(terms), _balances(found), _by_borough(spent)
    sections = [_streams(found, streams), _flow(terms, spent), _balance(balances), _bought(spent)]
    if listed.sentences:
        sections.append(Section("register", "Conditions, match money and bids", (Bullets(listed.sentences),)))
    if spent.boroughs:
        sections.append(_boroughs(spent, boroughs))
    return Answer(
        title=found.title,
        sentences=(),
        tables=(flows, balances, boroughs),
        sections=tuple(sections),
        screen=tuple(_screen(found, spent, listed, streams, boroughs)),
        figures=plain(found) | {"spending": plain(spent), "register": plain(listed)},
        prepared_for="The board and its finance lead",
        notice=f"Amounts in pounds, prices: {found.prices}. Source: {found.source or 'not named'}.",
    )


def _screen(
    found: Flows, spent: Spending, listed: Register, streams: Rows[Any], boroughs: Rows[Any]
) -> Iterator[str | Rows[Any]]:
    yield f"{found.title} (prices: {found.prices})"
    yield streams
    yield from (one.sentence for one in found.balances)
    yield from _derived(found)
    yield from (*found.refused, *listed.sentences)
    yield from _stages(spent) if spent.reached else ()
    yield from _without(spent)
    yield boroughs
    if spent.disparity:
        yield spent.disparity.sentence


def pounds(value: Decimal | None) -> str:
    """Return pounds in words.

    >>> pounds(Decimal("3.25E+7")), pounds(Decimal("-5.5")), pounds(None)
    ('£32,500,000', '−£5.50', 'not stated')
    """
    if value is None:
        return NOT_STATED
    places = 0 if value == value.to_integral_value() else 2
    return f"{'−' if value < 0 else ''}£{abs(value):,.{places}f}"


def _by_stream(terms: StreamTerms, found: Flows) -> Rows[tuple[str, str, Decimal | None]]:
    ends = {step.name: step for step in found.lineage}
    fenced = {stream.name: stream.ring_fenced for stream in terms.stream}

    def became(row: tuple[str, str, Decimal | None]) -> str:
        step = ends[row[0]]
        return f"{step.into}, {step.year}" if step.into else step.ends

    return Rows(
        name="streams",
        title="Funding streams by year",
        rows=found.by_stream,
        columns=(
            TableColumn("Stream", lambda row: row[0], width=2.4),
            TableColumn("Year", lambda row: row[1], width=0.9),
            TableColumn("Amount", lambda row: row[2], pounds, numeric=True, width=1.3),
            TableColumn("Ring-fenced", lambda row: "yes" if fenced[row[0]] else "no", width=0.9),
            TableColumn("What became of it", became, width=2.4),
        ),
        sheet=NO_SHEET,
    )


def _streams(found: Flows, streams: Rows[Any]) -> Section:
    blocks: list[Block] = [streams.on_page()]
    if any(step.year for step in found.lineage):
        blocks.append(
            Figure("lineage", "What became of the streams", lineage_words(found), partial(lineage_chart, found))
        )
    blocks += [Paragraph(one) for one in _derived(found)]
    if found.refused:
        blocks.append(Bullets(found.refused))
    return Section("streams", "The streams, and what became of them", tuple(blocks))


def _derived(found: Flows) -> Iterator[str]:
    for one in found.derived:
        rest = f", and the rest {pounds(one.rest)} from {one.rest_from}" if one.rest_from else ""
        yield (
            f"Derived, not stated by any paper: {one.stream}, {one.year}: {one.working}, "
            f"so {pounds(one.whole)} in all{rest}."
        )


def _flow(terms: StreamTerms, spent: Spending) -> Section:
    figure = Figure(
        "flow",
        f"Where the money of {spent.year} goes",
        flow_words(terms, spent.year),
        partial(flow_chart, terms, spent.year),
    )
    none = Paragraph(f"The file does not say which services the money of {spent.year} reaches, nor for which outcomes.")
    told = Bullets(tuple(_stages(spent))) if spent.reached else none
    return Section("flow", "From funder to service to outcome", (figure, told))


def _stages(spent: Spending) -> Iterator[str]:
    for one in spent.stages:
        yield f"{_capital(one.stage)}: {pounds(one.pounds)}, {100 * one.share:.1f}% of what services get."


def _balances(found: Flows) -> Rows[Balance]:
    return Rows(
        name="balances",
        title="Money into and out of every hand",
        rows=found.balances,
        columns=(
            TableColumn("Hand", lambda one: one.name, width=2.4),
            TableColumn("Year", lambda one: one.year, width=0.9),
            TableColumn("In", lambda one: one.inflow, pounds, numeric=True, width=1.2),
            TableColumn("Out", lambda one: one.outflow, pounds, numeric=True, width=1.2),
            TableColumn(
                "In less out",
                lambda one: one.residual,
                lambda value: "cannot be told" if value is None else pounds(value),
                numeric=True,
                width=1.2,
            ),
        ),
        notes=("What comes in and is not shown to go out stays here until somebody says where it went.",),
        sheet=("Balances", "In and out, pounds"),
    )


def _balance(balances: Rows[Balance]) -> Section:
    return Section("balance", "Does every hand balance?", (balances.on_page(),))


def _bought(spent: Spending) -> Section:
    rows = tuple((one.outcome, pounds(one.pounds)) for one in spent.outcomes)
    blocks: list[Block] = []
    if rows:
        columns = ("Outcome", "Spent on it")
        blocks.append(
            Table("outcomes", f"Outcomes that the money of {spent.year} works for", columns, rows, (False, True))
        )
    said = _without(spent)
    said += [f"{name}: no money works for it." for name in spent.without_spend]
    said += [
        f"{_capital(one.category)} in {one.borough}: bought by {' and '.join(one.partners)}, {pounds(one.pounds)} "
        "together. They could buy it together."
        for one in spent.overlaps
    ]
    if not rows:
        said.append("No outcome is named in the file, so no money can be said to work for one.")
    if said:
        blocks.append(Bullets(tuple(said)))
    return Section("outcomes", "What it buys", tuple(blocks))


def _without(spent: Spending) -> list[str]:
    return [f"{name}: {pounds(amount)} works for no outcome that is named." for name, amount in spent.without_outcome]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _by_borough(spent: Spending) -> Rows[BoroughSpend]:
    return Rows(
        name="boroughs",
        title=f"Spend by borough, {spent.year}",
        rows=spent.boroughs,
        columns=(
            TableColumn("Borough", lambda one: one.name),
            TableColumn("Spent", lambda one: one.pounds, pounds, numeric=True),
            TableColumn("A head", lambda one: one.per_head, _to_the_penny, numeric=True, cells=_rounded),
            TableColumn("For each unit of need", lambda one: one.per_need, _to_the_penny, numeric=True, cells=_rounded),
        ),
        notes=(f"Need: {spent.need_measure}.",),
        sheet=("Boroughs", "Spend by borough, pounds"),
    )


def _to_the_penny(value: Decimal | None) -> str:
    return "[z]" if value is None else f"£{value:,.2f}"


def _rounded(value: Decimal | None) -> tuple[Decimal | None]:
    return (None if value is None else round(value, 2),)


def _boroughs(spent: Spending, boroughs: Rows[BoroughSpend]) -> Section:
    said = (Paragraph(spent.disparity.sentence),) if spent.disparity else ()
    return Section("boroughs", "Borough by borough", (boroughs.on_page(), *said))


def _flows(terms: StreamTerms) -> Rows[Flow]:
    return Rows(
        name="Flows",
        title="Money from hand to hand, pounds",
        rows=terms.flow,
        columns=(
            TableColumn("Stream", lambda one: terms.called(one.stream)),
            TableColumn("From", lambda one: terms.named(one.start).name),
            TableColumn("To", lambda one: terms.named(one.end).name),
            TableColumn("Year", lambda one: one.year),
            TableColumn("Pounds", lambda one: NOT_STATED if one.pounds is None else one.pounds),
            TableColumn("Status", lambda one: one.status),
        ),
    )
