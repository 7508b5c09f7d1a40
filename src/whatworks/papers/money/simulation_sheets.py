"""A simulation's figures as plain tables, one a sheet of the spreadsheets."""

from collections.abc import Sequence
from decimal import Decimal

from whatworks.money.futures.chance import Chance, Estimate
from whatworks.money.futures.gaming import SHIFTS
from whatworks.money.futures.simulate import Simulation
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.money.amounts import per_cent, rounded
from whatworks.papers.paper import Table

Value = Decimal | int | str | None


def simulation_sheets(found: Simulation) -> tuple[Table, ...]:
    """Return the sheets that have rows."""
    tables = (_partners(found), _cash(found), _luck(found), _pooling(found), _practice(found))
    return tuple(table for table in tables if table.rows)


def _partners(found: Simulation) -> Table:
    rows = [
        [
            one.name,
            rounded(one.cash.outlay),
            *_three(one.cash.total),
            *_three(one.cash.discounted),
            *_three(one.cash.worst),
            rounded(one.cash.depth.typical),
            rounded(one.cash.depth.bad),
            per_cent(one.break_even.effect),
            per_cent(one.break_even.low),
            per_cent(one.break_even.high),
        ]
        for one in found.positions
    ]
    columns = [
        "Partner",
        "Outlay (£)",
        *_from_to("Expected net cash (£)"),
        *_from_to("Discounted (£)"),
        *_from_to("Worst 5% (£)"),
        "Deepest, middle path (£)",
        "Deepest, worst 5% (£)",
        *_from_to("Break-even effect (%)"),
    ]
    return sheet("partners", "Where each partner stands", columns, rows)


def _cash(found: Simulation) -> Table:
    rows = [
        [
            one.name,
            year.label,
            rounded(year.outlay),
            *_three(year.mean),
            *(rounded(value) for value in year.net),
            *(rounded(value) for value in year.cumulative),
        ]
        for one in found.positions
        for year in one.cash.years
    ]
    marks = ("5%", "25%", "50%", "75%", "95%")
    columns = ["Partner", "Year", "Outlay (£)", *_from_to("Expected net cash (£)")]
    columns += [f"{name} (£), {mark}" for name in ("Net cash", "So far") for mark in marks]
    return sheet("cash", "Net cash by year: means and quantiles", columns, rows)


def _luck(found: Simulation) -> Table:
    rows: list[list[Value]] = []
    for one in found.positions:
        for name, chances in (("with the effect", one.paid), ("nothing changed", one.paid_for_nothing)):
            for period, chance in zip(found.periods, chances.periods, strict=False):
                rows.append([one.name, name, period, *_chance(chance)])
            rows.append([one.name, name, "any", *_chance(chances.any_time)])
        if one.nothing_for_real:
            rows.append([one.name, "real effect, nothing earned", "any", *_chance(one.nothing_for_real)])
        if one.exact:
            for period, share in zip(found.periods, one.exact.periods, strict=False):
                rows.append([one.name, "nothing changed, exact sum", period, per_cent(share), None, None])
            rows.append([one.name, "nothing changed, exact sum", "any", per_cent(one.exact.any_period), None, None])
    return sheet("chances", "Chances of payment", ["Partner", "Case", "Period", *_from_to("Chance (%)")], rows)


def _pooling(found: Simulation) -> Table:
    rows = [
        [one.name, name, *_chance(side.luck), per_cent(side.exact), *_three(side.total), *_three(side.worst)]
        for one in found.pooling
        for name, side in (("alone", one.alone), ("pooled", one.pooled))
    ]
    columns = ["Partner", "Settled", *_from_to("Paid for nothing, first period (%)"), "Exact (%)"]
    columns += [*_from_to("Expected net cash (£)"), *_from_to("Worst 5% (£)")]
    return sheet("pooling", "Alone and pooled", columns, rows)


def _practice(found: Simulation) -> Table:
    rows = [
        [one.name, one.moved_to or "not counted", per_cent(part), *_three(gain)]
        for one in found.practices
        for part, gain in zip(SHIFTS, one.gains, strict=True)
    ]
    return sheet(
        "practice", "Gain by practice", ["Metric", "Counted as", "Part moved (%)", *_from_to("Gain (£)")], rows
    )


def _three(found: Estimate) -> Sequence[Value]:
    return [rounded(found.value), rounded(found.low), rounded(found.high)]


def _chance(found: Chance) -> Sequence[Value]:
    return [per_cent(found.share), per_cent(found.low), per_cent(found.high)]


def _from_to(name: str) -> list[str]:
    return [name, f"{name}: from", f"{name}: to"]
