"""The paper on a cut: who carries it, on whose budget it lands, and the cuts that would do the least harm."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from whatworks.money.contracts.waterfall import Fall
from whatworks.money.plain import plain
from whatworks.money.streams.carrying import CutResult, Landing, whole_pounds
from whatworks.money.streams.search import Search
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.money.waterfall_chart import waterfall_chart, waterfall_words
from whatworks.papers.paper import Block, Bullets, Figure, Paper, Paragraph, Section, Table, numbered

CAUSES = {
    "reserve": "Reserves spent",
    "own budget": "Borne by hands on the way",
    "statute": "Borne for statutory services",
    "closing": "Saved as services close",
    "match": "Match money saved",
    "consequence": "Costs landing elsewhere",
}


def cut_paper(title: str, result: CutResult, as_at: date, search: Search | None = None) -> Paper:
    """Return the paper on a cut, or on the least harmful cuts that a search found."""
    sections = [_search(search), *_carried(result)] if search else _carried(result)
    return Paper(
        title=title,
        item="Money",
        prepared_for="The board and its finance lead",
        as_at=as_at,
        notice="What a cut brings rests on the file's assumptions, which are named beside each figure.",
        sections=numbered(sections),
        sheets=_sheets(result),
    )


def cut_figures(result: CutResult, search: Search | None = None) -> dict[str, Any]:
    """Return what `summary.json` and `--json` hold."""
    document: dict[str, Any] = {"cut": plain(result)}
    for one, loss in zip(document["cut"]["services"], result.services, strict=True):
        one["lost"] = plain(loss.lost)
    if search:
        keep = ("harm", "total", "constraints", "best_harm", "even_harm", "sentence")
        document["search"] = {name: plain(getattr(search, name)) for name in keep}
        document["in_proportion"] = plain(search.even)
    return document


def cashable_steps(result: CutResult) -> tuple[Fall, ...]:
    """Return the steps from the cut to what all budgets together gain, in cashable money."""
    steps = [Fall("The cut", result.whole, True)]
    for cause, label in CAUSES.items():
        pounds = sum(
            (_signed(one) for one in result.landings if one.cause == cause and one.kind == "cashable"), Fraction(0)
        )
        if pounds:
            steps.append(Fall(label, pounds))
    return (*steps, Fall("All budgets together", result.net, True))


def _signed(one: Landing) -> Fraction:
    return one.pounds if one.saves else -one.pounds


def _search(search: Search) -> Section:
    blocks: list[Block] = [
        Paragraph(search.sentence, "verdict"),
        Paragraph("The constraints, within which no other set of whole steps does less harm:"),
        Bullets(search.constraints),
    ]
    return Section("search", "The least harm for the total", tuple(blocks))


def _carried(result: CutResult) -> list[Section]:
    services = tuple(
        (
            one.name,
            f"£{whole_pounds(one.had)}",
            f"£{whole_pounds(one.lost)}",
            f"£{whole_pounds(one.from_match)}",
            "closes" if one.closes else "goes on",
        )
        for one in result.services
    )
    landings = tuple(
        (one.name, "saves" if one.saves else "bears", one.kind, f"£{whole_pounds(one.pounds)}", one.why)
        for one in result.landings
    )
    outcomes = tuple(
        (one.name, f"£{whole_pounds(one.pounds)}", "not said" if one.units is None else f"{float(one.units):,.1f}")
        for one in result.outcomes
    )
    steps = cashable_steps(result)
    blocks: list[Block] = [Bullets(result.sentences)]
    if services:
        columns = ("Service", "Had", "Loses", "Match money in it", "And then")
        numeric = (False, True, True, True, False)
        blocks.append(
            Table("services", "Services that carry the cut", columns, services, numeric, (2.4, 1.1, 1.1, 1.1, 0.9))
        )
    if outcomes:
        heads = ("Outcome", "Work lost", "Units, by the file's consequences")
        blocks.append(Table("outcomes", "Outcomes that carry the cut", heads, outcomes, (False, True, True)))
    if landings:
        columns = ("Whose budget", "Saves or bears", "Kind of money", "Pounds", "Why")
        numeric = (False, False, False, True, False)
        blocks.append(
            Table("landings", "On whose budget it lands", columns, landings, numeric, (1.6, 0.9, 0.9, 0.9, 3.0))
        )
    blocks.append(
        Figure(
            "waterfall",
            "From the cut to what all budgets gain, cashable money only",
            waterfall_words(steps),
            partial(waterfall_chart, steps),
        )
    )
    return [Section("carried", f"Who carries the cut of {result.year}", tuple(blocks))]


def _sheets(result: CutResult) -> tuple[Table, ...]:
    services: list[list[Decimal | int | str | None]] = [
        [
            one.name,
            _pence(one.had),
            _pence(one.from_stream),
            _pence(one.from_match),
            _pence(one.closing),
            _pence(one.lost),
        ]
        for one in result.services
    ]
    landings: list[list[Decimal | int | str | None]] = [
        [one.name, "saves" if one.saves else "bears", one.kind, _pence(one.pounds), one.why] for one in result.landings
    ]
    columns = ["Service", "Had", "Lost of the stream", "Match money lost", "Unspent as it closes", "Lost in all"]
    tables = (
        sheet("Services", "Services that carry the cut, pounds", columns, services),
        sheet(
            "Budgets",
            "On whose budget it lands, pounds",
            ["Whose budget", "Saves or bears", "Kind", "Pounds", "Why"],
            landings,
        ),
    )
    return tuple(table for table in tables if table.rows)


def _pence(value: Fraction) -> Decimal:
    return Decimal(round(value * 100)).scaleb(-2)
