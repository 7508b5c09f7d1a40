"""`whatworks money check`, `exposure` and `variance`: does a table add up, who pays, and plan against actual."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.money.paper import AsAtOption, OutOption, check_out, write
from whatworks.cli.options import JsonOption

TableOption = Annotated[
    str | None, typer.Option(help="The table's name or number (from 1), where a file holds several.")
]
FileArgument = Annotated[
    Path, typer.Argument(help="CSV, Excel, ODS, Word, PDF, HTML, or a report's text as it stands.")
]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("check")(check)
    group.command("exposure")(exposure)
    group.command("variance")(variance)


def check(
    file: FileArgument,
    table: TableOption = None,
    out: OutOption = None,
    as_at: AsAtOption = None,
    json: JsonOption = False,
) -> None:
    """Work out every row, column, sub-total and total of a file's tables, and report each that does not foot.

    Nothing is repaired: which figure, what is printed, what its parts give, and what rests on it.
    """
    from whatworks.money.tables import check_report
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.table_check import fault_lines, table_check_figures, table_check_paper, verdict
    from whatworks.records.documents import read_document

    check_out(out)
    document = read_document(file)
    reports = [check_report(grid) for grid in ([choose_table(document, table)] if table else document.tables)]
    held = [report for report in reports if report.rows]
    if not held:
        choose_table(document)  # refuses
    figures = table_check_figures(file.name, held)
    write(out, as_at, lambda day: (table_check_paper(file.name, held, day), figures))
    if document.partial:
        typer.echo(f"Note: {document.partial}", err=True)
    if json:
        print_json(figures)
        return
    for report in held:
        typer.echo(verdict(report))
        for line in fault_lines(report):
            typer.echo(f"  {line}")


def exposure(
    file: FileArgument,
    terms: Annotated[Path, typer.Option(help="Whose the table's lines are, a TOML file (docs/money.md).")],
    table: TableOption = None,
    out: OutOption = None,
    as_at: AsAtOption = None,
    json: JsonOption = False,
) -> None:
    """Say who spends and who funds by a table, and how much of which years rests on money not yet committed."""
    from whatworks.money.tables import exposure as worked_out
    from whatworks.money.tables import load_exposure
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.exposure import exposure_figures, exposure_paper
    from whatworks.records.documents import read_document

    check_out(out)
    asked = load_exposure(terms)
    found = worked_out(choose_table(read_document(file), table or asked.table), asked, file.name, terms.name)
    figures = exposure_figures(found)
    write(out, as_at, lambda day: (exposure_paper(found, day), figures))
    if json:
        print_json(figures)
        return
    typer.echo(f"{found.title} (units of £{found.unit:,}, prices: {found.prices})")
    for sentence in found.sentences:
        typer.echo(sentence)


def variance(
    plan: Annotated[Path, typer.Argument(help="The planned table.")],
    actual: Annotated[
        Path, typer.Argument(help="The table of what was spent, with the same names of lines and years.")
    ],
    prices: Annotated[str, typer.Option(help='The plan\'s price base: "cash", or the price year.')],
    actual_prices: Annotated[str | None, typer.Option(help="The actual figures' price base, if it is another.")] = None,
    plan_table: Annotated[str | None, typer.Option(help="The table in the plan, where there are several.")] = None,
    actual_table: Annotated[str | None, typer.Option(help="The table in the actual file.")] = None,
    out: OutOption = None,
    as_at: AsAtOption = None,
    json: JsonOption = False,
) -> None:
    """Set what was spent against what was planned, line by line and year by year."""
    from whatworks.money.tables import variance as worked_out
    from whatworks.money.tables.chosen import choose_table
    from whatworks.papers.money.variance import left_out, share_words, variance_figures, variance_paper
    from whatworks.records.documents import read_document

    check_out(out)
    planned, spent = choose_table(read_document(plan), plan_table), choose_table(read_document(actual), actual_table)
    found = worked_out(planned, spent, prices, actual_prices or prices)
    figures = variance_figures(found)
    write(out, as_at, lambda day: (variance_paper(found, f"Plan against actual: {planned.name}", day), figures))
    if json:
        print_json(figures)
        return
    width = max(len(cell.line) for cell in found.cells)
    for cell in found.cells:
        moved = f"{cell.difference:+,}".replace("-", "−") if cell.difference else "0"
        amounts = f"plan {cell.planned:>10,}  actual {cell.actual:>10,}  difference {moved:>9}  {share_words(cell):>7}"
        typer.echo(f"{cell.line:<{width}}  {cell.year}  {amounts}")
    for line in left_out(found):
        typer.echo(line)
