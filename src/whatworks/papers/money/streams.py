"""The paper on funding streams: what came from whom, whether every hand balances, and what the money buys."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.streams.flows import Flows
from whatworks.money.streams.register import Register, register
from whatworks.money.streams.spend import Spending
from whatworks.money.streams.terms import StreamTerms
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.money.stream_chart import flow_chart, flow_words, lineage_chart, lineage_words
from whatworks.papers.paper import Block, Bullets, Cell, Figure, Paper, Paragraph, Section, Table, numbered

NOT_STATED = "not stated"
Row = list[Decimal | int | str | None]


def streams_paper(terms: StreamTerms, found: Flows, spent: Spending, as_at: date) -> Paper:
    """Return the paper on the streams, with what the money of one year buys."""
    sections = [_streams(terms, found), _flow(terms, spent), _balance(found), _bought(spent)]
    listed = register(terms)
    if listed.sentences:
        sections.append(_register(listed))
    if spent.boroughs:
        sections.append(_boroughs(spent))
    return Paper(
        title=found.title,
        item="Money",
        prepared_for="The board and its finance lead",
        as_at=as_at,
        notice=f"Amounts in pounds, prices: {found.prices}. Source: {found.source or 'not named'}.",
        sections=numbered(sections),
        sheets=_sheets(terms, found, spent),
    )


def streams_figures(terms: StreamTerms, found: Flows, spent: Spending) -> dict[str, Any]:
    """Return what `summary.json` and `--json` hold."""
    document: dict[str, Any] = plain(found)
    for one, balance in zip(document["balances"], found.balances, strict=True):
        one["sentence"] = balance.sentence
    return document | {"spending": plain(spent), "register": plain(register(terms))}


def pounds(value: Decimal | None) -> str:
    """Return pounds in words.

    >>> pounds(Decimal("3.25E+7")), pounds(Decimal("-5.5")), pounds(None)
    ('£32,500,000', '−£5.50', 'not stated')
    """
    if value is None:
        return NOT_STATED
    places = 0 if value == value.to_integral_value() else 2
    return f"{'−' if value < 0 else ''}£{abs(value):,.{places}f}"


def _streams(terms: StreamTerms, found: Flows) -> Section:
    blocks: list[Block] = [
        Table(
            name="streams",
            title="Funding streams by year",
            columns=("Stream", "Year", "Amount", "Ring-fenced", "What became of it"),
            rows=tuple(_stream_rows(terms, found)),
            numeric=(False, False, True, False, False),
            widths=(2.4, 0.9, 1.3, 0.9, 2.4),
        ),
    ]
    if any(step.year for step in found.lineage):
        blocks.append(
            Figure("lineage", "What became of the streams", lineage_words(found), partial(lineage_chart, found))
        )
    for one in found.derived:
        rest = f", and the rest {pounds(one.rest)} from {one.rest_from}" if one.rest_from else ""
        blocks.append(
            Paragraph(
                f"Derived, not stated by any paper: {one.stream}, {one.year}: {one.working}, "
                f"so {pounds(one.whole)} in all{rest}."
            )
        )
    if found.refused:
        blocks.append(Bullets(found.refused))
    return Section("streams", "The streams, and what became of them", tuple(blocks))


def _stream_rows(terms: StreamTerms, found: Flows) -> list[tuple[Cell, ...]]:
    ends = {step.name: step for step in found.lineage}
    fenced = {stream.name: stream.ring_fenced for stream in terms.stream}
    rows: list[tuple[Cell, ...]] = []
    for name, year, amount in found.by_stream:
        step = ends[name]
        became = f"{step.into}, {step.year}" if step.into else step.ends
        rows.append((name, year, pounds(amount), "yes" if fenced[name] else "no", became))
    return rows


def _flow(terms: StreamTerms, spent: Spending) -> Section:
    figure = Figure(
        "flow",
        f"Where the money of {spent.year} goes",
        flow_words(terms, spent.year),
        partial(flow_chart, terms, spent.year),
    )
    shares = [
        f"{one.stage[:1].upper()}{one.stage[1:]}: {pounds(one.pounds)}, {100 * one.share:.1f}% of what services get."
        for one in spent.stages
    ]
    none = Paragraph(f"The file does not say which services the money of {spent.year} reaches, nor for which outcomes.")
    told = Bullets(tuple(shares)) if spent.reached else none
    return Section("flow", "From funder to service to outcome", (figure, told))


def _balance(found: Flows) -> Section:
    rows = tuple(
        (
            one.name,
            one.year,
            pounds(one.inflow),
            pounds(one.outflow),
            "cannot be told" if one.residual is None else pounds(one.residual),
        )
        for one in found.balances
    )
    table = Table(
        name="balances",
        title="Money into and out of every hand",
        columns=("Hand", "Year", "In", "Out", "In less out"),
        rows=rows,
        numeric=(False, False, True, True, True),
        widths=(2.4, 0.9, 1.2, 1.2, 1.2),
        notes=("What comes in and is not shown to go out stays here until somebody says where it went.",),
    )
    return Section("balance", "Does every hand balance?", (table,))


def _bought(spent: Spending) -> Section:
    rows = tuple((one.outcome, pounds(one.pounds)) for one in spent.outcomes)
    blocks: list[Block] = []
    if rows:
        columns = ("Outcome", "Spent on it")
        blocks.append(
            Table("outcomes", f"Outcomes that the money of {spent.year} works for", columns, rows, (False, True))
        )
    said = [f"{name}: {pounds(amount)} works for no outcome that is named." for name, amount in spent.without_outcome]
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


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _register(listed: Register) -> Section:
    return Section("register", "Conditions, match money and bids", (Bullets(listed.sentences),))


def _boroughs(spent: Spending) -> Section:
    rows = tuple(
        (
            one.name,
            pounds(one.pounds),
            f"£{one.per_head:,.2f}",
            "[z]" if one.per_need is None else f"£{one.per_need:,.2f}",
        )
        for one in spent.boroughs
    )
    columns = ("Borough", "Spent", "A head", "For each unit of need")
    table = Table(
        name="boroughs",
        title=f"Spend by borough, {spent.year}",
        columns=columns,
        rows=rows,
        numeric=(False, True, True, True),
        notes=(f"Need: {spent.need_measure}.",),
    )
    said = (Paragraph(spent.disparity.sentence),) if spent.disparity else ()
    return Section("boroughs", "Borough by borough", (table, *said))


def _sheets(terms: StreamTerms, found: Flows, spent: Spending) -> tuple[Table, ...]:
    flows: Sequence[Row] = [
        [
            terms.called(flow.stream),
            terms.named(flow.start).name,
            terms.named(flow.end).name,
            flow.year,
            NOT_STATED if flow.pounds is None else flow.pounds,
            flow.status,
        ]
        for flow in terms.flow
    ]
    balances: Sequence[Row] = [[one.name, one.year, one.inflow, one.outflow, one.residual] for one in found.balances]
    boroughs: Sequence[Row] = [
        [one.name, one.pounds, round(one.per_head, 2), None if one.per_need is None else round(one.per_need, 2)]
        for one in spent.boroughs
    ]
    tables = (
        sheet("Flows", "Money from hand to hand, pounds", ["Stream", "From", "To", "Year", "Pounds", "Status"], flows),
        sheet("Balances", "In and out, pounds", ["Hand", "Year", "In", "Out", "In less out"], balances),
        sheet(
            "Boroughs", "Spend by borough, pounds", ["Borough", "Spent", "A head", "For each unit of need"], boroughs
        ),
    )
    return tuple(table for table in tables if table.rows)
