"""A cut: who carries it, on whose budget it lands, and the cuts that would do the least harm."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from whatworks.money.contracts.waterfall import Fall
from whatworks.money.plain import plain
from whatworks.money.streams.carrying import CutResult, Landing, OutcomeLoss, ServiceLoss, whole_pounds
from whatworks.money.streams.search import Search
from whatworks.papers.answer import NO_SHEET, Answer, Rows, TableColumn
from whatworks.papers.money.waterfall_chart import waterfall_chart, waterfall_words
from whatworks.papers.paper import Block, Bullets, Figure, Paragraph, Section

CAUSES = {
    "reserve": "Reserves spent",
    "own budget": "Borne by hands on the way",
    "statute": "Borne for statutory services",
    "closing": "Saved as services close",
    "match": "Match money saved",
    "consequence": "Costs landing elsewhere",
}


def cut_answer(title: str, result: CutResult, search: Search | None = None) -> Answer:
    """Return who carries a cut, or the least harmful cuts that a search found."""
    tables = (_services(result), _outcomes(result), _landings(result))
    found = (search.sentence, *(f"  within: {one}" for one in search.constraints)) if search else ()
    return Answer(
        title=title,
        sentences=(*found, *result.sentences),
        tables=tables,
        sections=(*([_search(search)] if search else []), _carried(result, tables)),
        screen=(*found, *result.sentences),
        figures=_figures(result, search),
        prepared_for="The board and its finance lead",
        notice="What a cut brings rests on the file's assumptions, which are named beside each figure.",
    )


def _figures(result: CutResult, search: Search | None) -> dict[str, Any]:
    document: dict[str, Any] = {"cut": plain(result)}
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


def _carried(result: CutResult, tables: Sequence[Rows[Any]]) -> Section:
    steps = cashable_steps(result)
    title = "From the cut to what all budgets gain, cashable money only"
    figure = Figure("waterfall", title, waterfall_words(steps), partial(waterfall_chart, steps))
    blocks: tuple[Block, ...] = (Bullets(result.sentences), *(one.on_page() for one in tables if one.rows), figure)
    return Section("carried", f"Who carries the cut of {result.year}", blocks)


def _services(result: CutResult) -> Rows[ServiceLoss]:
    return Rows(
        name="services",
        title="Services that carry the cut",
        rows=result.services,
        columns=(
            TableColumn("Service", lambda one: one.name, width=2.4),
            _pounds("Had", "Had", lambda one: one.had, 1.1),
            _pounds("", "Lost of the stream", lambda one: one.from_stream),
            _pounds("", "Match money lost", lambda one: one.from_match),
            _pounds("", "Unspent as it closes", lambda one: one.closing),
            _pounds("Loses", "Lost in all", lambda one: one.lost, 1.1),
            TableColumn("Match money in it", lambda one: one.from_match, _whole, numeric=True, width=1.1, sheet=()),
            TableColumn("And then", lambda one: "closes" if one.closes else "goes on", width=0.9, sheet=()),
        ),
        sheet=("Services", "Services that carry the cut, pounds"),
    )


def _outcomes(result: CutResult) -> Rows[OutcomeLoss]:
    return Rows(
        name="outcomes",
        title="Outcomes that carry the cut",
        rows=result.outcomes,
        columns=(
            TableColumn("Outcome", lambda one: one.name),
            TableColumn("Work lost", lambda one: one.pounds, _whole, numeric=True),
            TableColumn(
                "Units, by the file's consequences",
                lambda one: "not said" if one.units is None else f"{float(one.units):,.1f}",
                numeric=True,
            ),
        ),
        sheet=NO_SHEET,
    )


def _landings(result: CutResult) -> Rows[Landing]:
    return Rows(
        name="landings",
        title="On whose budget it lands",
        rows=result.landings,
        columns=(
            TableColumn("Whose budget", lambda one: one.name, width=1.6),
            TableColumn("Saves or bears", lambda one: "saves" if one.saves else "bears", width=0.9),
            TableColumn("Kind of money", lambda one: one.kind, width=0.9, sheet=("Kind",)),
            _pounds("Pounds", "Pounds", lambda one: one.pounds, 0.9),
            TableColumn("Why", lambda one: one.why, width=3.0),
        ),
        sheet=("Budgets", "On whose budget it lands, pounds"),
    )


def _pounds(heading: str, on_sheet: str, value: Callable[[Any], Fraction], width: float = 1.0) -> TableColumn[Any]:
    """Return a column of whole pounds on the page, where it is headed, and of pounds and pence on the sheet."""
    words = _whole if heading else None
    return TableColumn(
        heading, value, words, numeric=True, width=width, sheet=(on_sheet,), cells=lambda one: (_pence(one),)
    )


def _whole(pounds: Fraction) -> str:
    return f"£{whole_pounds(pounds)}"


def _pence(value: Fraction) -> Decimal:
    return Decimal(round(value * 100)).scaleb(-2)
