"""Who pays for a project, and what of it rests on money that nobody has committed."""

from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.tables.commitment import Exposure, Held
from whatworks.money.tables.fault import figure
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.paper import Bullets, Figure, Paragraph, Section
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK


def exposure_answer(found: Exposure) -> Answer:
    """Return who pays, and what is not yet committed."""
    unit = "pounds" if found.unit == 1 else f"units of £{found.unit:,}"
    funding, spending = _funding(found), _spending(found)
    blocks = (
        Bullets(found.sentences),
        Paragraph(f"Amounts are in {unit}, prices: {found.prices}. Source: {found.source}."),
        funding.on_page(),
        spending.on_page(),
        Figure("committed", "Funding by year, committed and not", _words(found), partial(_chart, found)),
    )
    return Answer(
        title=found.title,
        sentences=found.sentences,
        tables=(funding, spending),
        sections=(Section("exposure", "Who pays, and what is not yet committed", blocks),),
        screen=(f"{found.title} (units of £{found.unit:,}, prices: {found.prices})", *found.sentences),
        figures=plain(found)
        | {"funders": [plain(one) | {"not_committed": plain(one.not_committed)} for one in found.funders]},
        notice="Sums are taken over the printed figures of the years; where printed totals differ, both are given.",
    )


def _funding(found: Exposure) -> Rows[Held]:
    open_: TableColumn[Held] = TableColumn(
        "Not yet committed", lambda one: one.not_committed, _open, numeric=True, width=1.2
    )
    gap = ("Funding less cost", *(figure(year) for year in found.gap), figure(sum(found.gap, Decimal(0))), "", "")
    return Rows(
        name="funding",
        title="Who funds",
        rows=found.funders,
        columns=(*_columns("Funder", found), open_),
        last=(gap,),
        sheet=("Funding", f"Funding, in units of £{found.unit:,}"),
    )


def _spending(found: Exposure) -> Rows[Held]:
    open_: TableColumn[Held] = TableColumn("Not yet committed", lambda one: one.not_committed, None)
    return Rows(
        name="spending",
        title="Who spends",
        rows=(*found.spenders, found.cost),
        columns=(*_columns("Spender", found), open_),
        sheet=("Spending", f"Spending, in units of £{found.unit:,}"),
    )


def _columns(party: str, found: Exposure) -> tuple[TableColumn[Held], ...]:
    """Return what both tables tell of a party: its years, their sum, the printed sum where it differs, its share."""
    return (
        TableColumn(party, lambda one: one.name, width=2.2, sheet=("Party",)),
        *(
            TableColumn(year, partial(_of_year, at=at), figure, numeric=True, width=1.0)
            for at, year in enumerate(found.years)
        ),
        TableColumn("Sum", lambda one: one, _sum, numeric=True, width=1.0, cells=lambda one: (one.total,)),
        TableColumn("As printed", lambda one: one.printed, None),
        TableColumn("Share of cost", lambda one: f"{100 * one.share:.1f}%", str, numeric=True, width=1.0, sheet=()),
    )


def _of_year(one: Held, at: int) -> Decimal:
    return one.by_year[at]


def _sum(one: Held) -> str:
    printed = "" if one.printed in (None, one.total) else f" ({figure(one.printed)} as printed)"
    return f"{figure(one.total)}{printed}"


def _open(amount: Decimal) -> str:
    return figure(amount) if amount else "all committed"


def _totals(found: Exposure) -> list[dict[str, Any]]:
    data = []
    for at, year in enumerate(found.years):
        uncommitted = sum(one.uncommitted[at] for one in found.funders if one.uncommitted)
        whole = sum(one.by_year[at] for one in found.funders)
        data.append({"year": year, "kind": "committed", "amount": float(whole - uncommitted), "order": 0})
        data.append({"year": year, "kind": "not yet committed", "amount": float(uncommitted), "order": 1})
    return data


def _chart(found: Exposure) -> dict[str, Any]:
    import altair as alt

    chart = (
        alt.Chart(alt.Data(values=_totals(found)))
        .mark_bar()
        .encode(
            x=alt.X("year:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("sum(amount):Q", title="Funding", axis=alt.Axis(format=",.0f", tickCount=5)),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=["committed", "not yet committed"], range=[DARK_BLUE, DARK_PINK]),
                legend=alt.Legend(orient="bottom", title=None),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=520, height=260)
    )
    return specification(chart)


def _words(found: Exposure) -> str:
    said = []
    data = _totals(found)
    for committed, open_ in zip(data[::2], data[1::2], strict=True):
        said.append(
            f"{committed['year']}: {committed['amount']:,.0f} committed, {open_['amount']:,.0f} not yet committed"
        )
    return f"Funding by year. {'. '.join(said)}."
