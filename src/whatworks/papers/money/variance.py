"""Plan against actual: each line by year, and the lines that stand on one side only."""

from whatworks.money.plain import plain
from whatworks.money.tables.fault import figure
from whatworks.money.tables.plan_actual import Variance, VarianceCell
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.paper import Block, Bullets, Paragraph, Section


def variance_answer(found: Variance, title: str) -> Answer:
    """Return plan against actual."""
    left = tuple(left_out(found))
    cells: Rows[VarianceCell] = Rows(
        name="variance",
        title="Plan against actual",
        rows=found.cells,
        columns=(
            TableColumn("Line", lambda cell: cell.line, width=2.6),
            TableColumn("Year", lambda cell: cell.year),
            TableColumn("Plan", lambda cell: cell.planned, figure, numeric=True),
            TableColumn("Actual", lambda cell: cell.actual, figure, numeric=True),
            TableColumn("Difference", lambda cell: cell.difference, figure, numeric=True),
            TableColumn("Of the plan", share_words, str, numeric=True, width=0.9, sheet=()),
        ),
        sheet=("Variance", "Plan against actual by line and year"),
    )
    told = f"Actual less plan: above zero is overspent. Prices on both sides: {found.prices}."
    blocks: list[Block] = [Paragraph(told), cells.on_page(), *([Bullets(left)] if left else [])]
    return Answer(
        title=title,
        sentences=left,
        tables=(cells,),
        sections=(Section("variance", "Plan against actual", tuple(blocks)),),
        screen=(cells, *left),
        figures=plain(found),
        notice="Lines that stand on one side only are named, not taken for zero.",
    )


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
