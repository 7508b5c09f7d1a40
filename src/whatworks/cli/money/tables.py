"""`whatworks money check`, `exposure` and `variance`: does a table add up, who pays, and plan against actual."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import note
from whatworks.cli.answering import answering

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer

TableOption = Annotated[
    str | None, typer.Option(help="The table's name or number (from 1), where a file holds several.")
]
FileArgument = Annotated[
    Path, typer.Argument(help="CSV, Excel, ODS, Word, PDF, HTML, or a report's text as it stands.")
]


@answering
def check(
    file: FileArgument,
    table: TableOption = None,
) -> "Answer":
    """Work out every row, column, sub-total and total of a file's tables, and report each that does not foot.

    Nothing is repaired: which figure, what is printed, what its parts give, and what rests on it.
    """
    from whatworks.money.tables import check_report
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.table_check import table_check_answer
    from whatworks.records.documents import read_document

    document = read_document(file)
    reports = [check_report(grid) for grid in ([choose_table(document, table)] if table else document.tables)]
    held = [report for report in reports if report.rows]
    if not held:
        choose_table(document)  # refuses
    if document.partial:
        note(f"Note: {document.partial}")
    return table_check_answer(file.name, held)


@answering
def exposure(
    file: FileArgument,
    terms: Annotated[Path, typer.Option(help="Whose the table's lines are, a TOML file (docs/money.md).")],
    table: TableOption = None,
) -> "Answer":
    """Say who spends and who funds by a table, and how much of which years rests on money not yet committed."""
    from whatworks.money.tables import exposure as worked_out
    from whatworks.money.tables import load_exposure
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.exposure import exposure_answer
    from whatworks.records.documents import read_document

    asked = load_exposure(terms)
    grid = choose_table(read_document(file), table or asked.table)
    return exposure_answer(worked_out(grid, asked, file.name, terms.name))


@answering
def variance(
    plan: Annotated[Path, typer.Argument(help="The planned table.")],
    actual: Annotated[
        Path, typer.Argument(help="The table of what was spent, with the same names of lines and years.")
    ],
    prices: Annotated[str, typer.Option(help='The plan\'s price base: "cash", or the price year.')],
    actual_prices: Annotated[str | None, typer.Option(help="The actual figures' price base, if it is another.")] = None,
    plan_table: Annotated[str | None, typer.Option(help="The table in the plan, where there are several.")] = None,
    actual_table: Annotated[str | None, typer.Option(help="The table in the actual file.")] = None,
) -> "Answer":
    """Set what was spent against what was planned, line by line and year by year."""
    from whatworks.money.tables import variance as worked_out
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.variance import variance_answer
    from whatworks.records.documents import read_document

    planned, spent = choose_table(read_document(plan), plan_table), choose_table(read_document(actual), actual_table)
    found = worked_out(planned, spent, prices, actual_prices or prices)
    return variance_answer(found, f"Plan against actual: {planned.name}")
