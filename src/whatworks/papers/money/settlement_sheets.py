"""The sheets of a settlement: every payment, every line of its working, and what was measured."""

from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.line import Line
from whatworks.money.contracts.settlement import Settlement
from whatworks.papers.money.penny import decimal
from whatworks.papers.paper import Cell, Table
from whatworks.papers.words import WITHHELD


def settlement_sheets(found: Settlement) -> tuple[Table, ...]:
    """Return the sheets: payments, their working, and what was measured."""
    paid: tuple[tuple[Cell, ...], ...] = tuple(
        (payee, one.flow.key, one.flow.on.isoformat(), one.reason, part)
        for one in found.settled
        for payee, part in one.parts
    )
    paid += tuple((payee, "results", WITHHELD, WITHHELD, WITHHELD) for payee in found.withheld)
    lines: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.unit,
            one.flow.key,
            line.item,
            line.working,
            "" if line.value is None else cell(line),
            "per cent" if line.unit == "share" else line.unit,
        )
        for one in found.settled
        for line in one.lines
    )
    metrics: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.payee,
            one.period,
            one.metric,
            "yes" if found.terms.metric[one.metric].pays else "no",
            decimal(one.expected, 3),
            one.actual.count,
            one.actual.people if one.actual.people else "",
            decimal(one.fall * 100, 3),
        )
        for one in found.measures
    )
    return (
        _sheet("Payments", f"Every payment, pounds, {prices(found)}", ("Payee", "For", "On", "Why", "Amount"), paid),
        _sheet("Working", "Every line of working", ("Unit", "For", "Line", "Working", "Result", "In"), lines),
        _sheet(
            "Measured",
            "What was expected and what was counted",
            ("Payee", "Period", "Metric", "Paid on", "Expected", "Counted", "People", "Fall, per cent"),
            metrics,
        ),
    )


def cell(line: Line) -> Decimal:
    """Return what a line comes to for a spreadsheet: pounds to the penny, shares in per cent."""
    value = line.value or Fraction(0)
    return decimal(value * 100, 3) if line.unit == "share" else decimal(value, 2 if line.unit == "pounds" else 3)


def _sheet(name: str, title: str, columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    numeric = tuple(any(not isinstance(row[at], str) for row in rows) for at in range(len(columns)))
    return Table(name=name, title=title, columns=columns, rows=rows, numeric=numeric)


def prices(found: Settlement) -> str:
    """Return the price base in words."""
    return "cash of the day" if found.terms.prices == "cash" else f"prices of {found.terms.prices}"
