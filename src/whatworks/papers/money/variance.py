"""The paper on plan against actual: each line by year, and the lines that stand on one side only."""

from datetime import date
from decimal import Decimal
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.tables.fault import figure
from whatworks.money.tables.plan_actual import Variance, VarianceCell
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Paper, Paragraph, Section, Table, numbered


def variance_paper(found: Variance, title: str, as_at: date) -> Paper:
    """Return the paper."""
    blocks: list[Block] = [
        Paragraph(f"Actual less plan: above zero is overspent. Prices on both sides: {found.prices}."),
        Table(
            name="variance",
            title="Plan against actual",
            columns=("Line", "Year", "Plan", "Actual", "Difference", "Of the plan"),
            rows=tuple(_row(cell) for cell in found.cells),
            numeric=(False, False, True, True, True, True),
            widths=(2.6, 1.0, 1.0, 1.0, 1.0, 0.9),
        ),
    ]
    left = left_out(found)
    if left:
        blocks.append(Bullets(tuple(left)))
    columns = ["Line", "Year", "Plan", "Actual", "Difference"]
    rows: list[list[Decimal | int | str | None]] = [
        [cell.line, cell.year, cell.planned, cell.actual, cell.difference] for cell in found.cells
    ]
    return Paper(
        title=title,
        item="Money",
        prepared_for="The finance lead",
        as_at=as_at,
        notice="Lines that stand on one side only are named, not taken for zero.",
        sections=numbered([Section("variance", "Plan against actual", tuple(blocks))]),
        sheets=(sheet("Variance", "Plan against actual by line and year", columns, rows),),
    )


def variance_figures(found: Variance) -> dict[str, Any]:
    """Return what `summary.json` and `--json` hold."""
    document: dict[str, Any] = plain(found)
    for cell, held in zip(document["cells"], found.cells, strict=True):
        cell["difference"] = plain(held.difference)
    return document


def left_out(found: Variance) -> list[str]:
    """Return what could not be compared, a sentence each."""
    said = [f"Planned, but not in the actual figures: {line}." for line in found.only_planned]
    said += [f"Spent, but not in the plan: {line}." for line in found.only_actual]
    return said + [f"In one table only: {year}." for year in found.years_left_out]


def share_words(cell: VarianceCell) -> str:
    """Return the difference as a share of the plan.

    >>> from decimal import Decimal
    >>> share_words(VarianceCell("Staff", "2026/27", False, Decimal(100), Decimal(90)))
    '−10.0%'
    """
    return "[z]" if cell.share is None else f"{100 * cell.share:+.1f}%".replace("-", "−").replace("+0.0", "0.0")


def _row(cell: VarianceCell) -> tuple[str, ...]:
    amounts = (figure(cell.planned), figure(cell.actual), figure(cell.difference))
    return (cell.line, cell.year, *amounts, share_words(cell))
