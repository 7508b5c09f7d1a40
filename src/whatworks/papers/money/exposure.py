"""The paper on who pays for a project, and what of it rests on money that nobody has committed."""

from datetime import date
from functools import partial
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.tables.commitment import Exposure, Held
from whatworks.money.tables.fault import figure
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Bullets, Cell, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK


def exposure_paper(found: Exposure, as_at: date) -> Paper:
    """Return the paper."""
    unit = "pounds" if found.unit == 1 else f"units of £{found.unit:,}"
    blocks = (
        Bullets(found.sentences),
        Paragraph(f"Amounts are in {unit}, prices: {found.prices}. Source: {found.source}."),
        _funding(found),
        _spending(found),
        Figure(
            "committed",
            "Funding by year, committed and not",
            _words(found),
            partial(_chart, found),
        ),
    )
    return Paper(
        title=found.title,
        item="Money",
        prepared_for="The finance lead",
        as_at=as_at,
        notice="Sums are taken over the printed figures of the years; where printed totals differ, both are given.",
        sections=numbered([Section("exposure", "Who pays, and what is not yet committed", blocks)]),
        sheets=(_sheet("Funding", found, found.funders), _sheet("Spending", found, (*found.spenders, found.cost))),
    )


def exposure_figures(found: Exposure) -> dict[str, Any]:
    """Return what `summary.json` and `--json` hold."""
    document: dict[str, Any] = plain(found)
    for one, held in zip(document["funders"], found.funders, strict=True):
        one["not_committed"] = plain(held.open)
    return document


def _funding(found: Exposure) -> Table:
    rows = [_row(one, figure(one.open) if one.open else "all committed") for one in found.funders]
    rows.append(("Funding less cost", *(figure(gap) for gap in found.gap), figure(sum(found.gap)), "", ""))  # type: ignore[arg-type]
    return Table(
        name="funding",
        title="Who funds",
        columns=("Funder", *found.years, "Sum", "Share of cost", "Not yet committed"),
        rows=tuple(rows),
        numeric=(False, *(True for _ in found.years), True, True, True),
        widths=(2.2, *(1.0 for _ in found.years), 1.0, 1.0, 1.2),
    )


def _spending(found: Exposure) -> Table:
    rows = [_row(one) for one in (*found.spenders, found.cost)]
    return Table(
        name="spending",
        title="Who spends",
        columns=("Spender", *found.years, "Sum", "Share of cost"),
        rows=tuple(rows),
        numeric=(False, *(True for _ in found.years), True, True),
        widths=(2.2, *(1.0 for _ in found.years), 1.0, 1.0),
    )


def _row(one: Held, *more: str) -> tuple[Cell, ...]:
    printed = "" if one.printed in (None, one.total) else f" ({figure(one.printed)} as printed)"
    years = (figure(amount) for amount in one.by_year)
    return (one.name, *years, f"{figure(one.total)}{printed}", f"{100 * one.share:.1f}%", *more)


def _sheet(name: str, found: Exposure, parties: tuple[Held, ...]) -> Table:
    columns = ["Party", *found.years, "Sum", "As printed", "Not yet committed"]
    rows = [[one.name, *one.by_year, one.total, one.printed, one.open] for one in parties]
    return sheet(name, f"{name}, in units of £{found.unit:,}", columns, rows)


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
