"""`whatworks contract settle`, `check` and `terms`: what a contract pays, and where it breaks common sense."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.money.contract_options import FiguresOption, SetOption, TermsArgument
from whatworks.cli.money.working import RESTRICTED, WorkingOption, check_working, minimum_count, write_working
from whatworks.cli.options import JsonOption, read_day

if TYPE_CHECKING:
    from datetime import date

    from whatworks.money.contracts.finding import Finding
    from whatworks.money.contracts.line import Line
    from whatworks.money.contracts.settlement import Leaving, Settled, Settlement
    from whatworks.papers.paper import Paper

OutOption = Annotated[Path | None, typer.Option(help="Write the paper into this folder.")]
FormsOption = Annotated[str, typer.Option(help="Which forms of the paper, separated by commas.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("terms")(terms)
    group.command("settle")(settle)
    group.command("check")(check)


def terms(
    name: Annotated[str | None, typer.Argument(help="A ready-made contract; without one, all are listed.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of terms.")] = False,
) -> None:
    """List the ready-made contracts, or print one, to be copied and filled in."""
    import json

    from whatworks.money.contracts.load import gaps, ready_made, terms_path
    from whatworks.money.contracts.terms import terms_schema
    from whatworks.records.toml_file import read_toml

    if schema:
        typer.echo(json.dumps(terms_schema(), indent=2, ensure_ascii=False))
        return
    if name is not None:
        typer.echo(terms_path(name).read_text(encoding="utf-8"), nl=False)
        return
    for one in ready_made():
        content = read_toml(terms_path(one))
        open_ = len(list(gaps(content)))
        typer.echo(f"{one}: {content['name']} ({open_} figure{'' if open_ == 1 else 's'} to state)")


def settle(
    terms: TermsArgument,
    outcomes: Annotated[Path, typer.Option(help="The counts: payee, metric, period, count (docs/money.md).")],
    figures: FiguresOption = None,
    set_: SetOption = None,
    leaves: Annotated[list[str] | None, typer.Option(help="A payee who uses the break clause.")] = None,
    out: OutOption = None,
    working: WorkingOption = None,
    forms: FormsOption = "",
    as_at: Annotated[str, typer.Option(help="Day of the paper; by default the last day measured.")] = "",
    json: JsonOption = False,
) -> None:
    """Work out every payment of a contract, line by line, to the penny.

    The screen and the paper withhold small counts, and payments that would give them back. The exact figures stand in
    --working and --json, which are restricted.
    """
    from whatworks.money.contracts.answer import settlement_json
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.outcome_file import read_outcomes
    from whatworks.money.contracts.settling import settle as settled

    wanted = _wanted(out, forms)
    check_working(working, out)
    minimum = minimum_count()
    agreed = load_terms(terms, set_ or (), figures)
    counted = read_outcomes(outcomes)
    for note in counted.notes:
        typer.echo(f"Note: {note}", err=True)
    found = settled(agreed, counted, leaves or ())
    written: list[Path] = []
    if out:
        from whatworks.papers.money.settlement import settlement_figures, settlement_paper

        day = read_day(as_at) if as_at else last_measured(found)
        written = _write(settlement_paper(found, day, minimum), out, settlement_figures(found, minimum), wanted)
    write_working(working, settlement_json(found), err=json)
    if json:
        print_json(RESTRICTED | settlement_json(found))
        return
    for line in _lines(found, minimum):
        typer.echo(line)
    for path in written:
        typer.echo(f"Paper: {path}")


def last_measured(found: "Settlement") -> "date":
    """Return the last day of the last period that is measured."""
    return max(period.last for key, period in found.terms.period.items() if key not in found.not_yet)


def check(
    terms: TermsArgument,
    figures: FiguresOption = None,
    set_: SetOption = None,
    out: OutOption = None,
    forms: FormsOption = "",
    as_at: Annotated[str, typer.Option(help="Day of the paper; by default the last day of the contract.")] = "",
    json: JsonOption = False,
) -> None:
    """Search a contract for what its makers would not have meant, such as a larger fall that pays less.

    Made-up results are settled by the hundred thousand and compared; what is found can be settled again.
    """
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.searching import findings

    wanted = _wanted(out, forms)
    contract = load_terms(terms, set_ or (), figures)
    found = findings(contract)
    written: list[Path] = []
    if out:
        from whatworks.papers.money.contract_check import check_figures, check_paper

        day = read_day(as_at) if as_at else max(period.last for period in contract.period.values())
        written = _write(check_paper(contract, found, day), out, check_figures(contract, found), wanted)
    if json:
        print_json({"contract": contract.id, "name": contract.name, "findings": found})
        return
    typer.echo(f"{contract.name}: {_counted(found)}")
    for one in found:
        typer.echo(f"  {one.rank}: {one.sentence}")
    for path in written:
        typer.echo(f"Paper: {path}")


def _counted(found: "tuple[Finding, ...]") -> str:
    breaches = sum(one.rank == "breach" for one in found)
    others = len(found) - breaches
    plural = "" if breaches == 1 else "es"
    return f"{breaches} breach{plural} of common sense, {others} warning{'' if others == 1 else 's'}."


def _wanted(out: Path | None, forms: str) -> tuple[str, ...]:
    """Return the forms asked for, or refuse them, or a folder that cannot hold them, before anything is computed."""
    from whatworks.papers import FORMS, check_forms
    from whatworks.records.writing.whole_folder import check_swappable

    wanted = tuple(form.strip() for form in forms.split(",") if form.strip()) or FORMS
    check_forms(wanted)
    if out is not None:
        check_swappable(out)
    return wanted


def _write(paper: "Paper", out: Path, figures: Any, wanted: tuple[str, ...]) -> list[Path]:
    from whatworks.papers import write_paper

    return write_paper(paper, out, figures, forms=wanted)  # type: ignore[arg-type]


def _lines(settled: "Settlement", minimum: int) -> list[str]:
    from whatworks.money.contracts.line import pounds
    from whatworks.papers.money.settlement import withheld_words
    from whatworks.papers.money.settlement_clearance import clear_settlement

    found = clear_settlement(settled, minimum)
    lines = [f"{found.terms.name} ({found.terms.prices})", ""]
    for one in found.settled:
        lines += _flow(one)
    for left in found.leaving:
        lines += _leaving(left)
    lines += [
        f"{payee}: {'withheld' if payee in found.withheld else f'{pounds(found.total(payee))} in all'}"
        for payee in found.terms.payees
    ]
    lines.append(withheld_words(found, minimum) or f"All payees: {pounds(found.total())}")
    if found.not_yet:
        lines.append(f"Not yet measured: {', '.join(found.not_yet)}.")
    lines += [f"Note: {remark}" for remark in found.remarks]
    lines += [f"Taken to be so: {one}" for one in found.terms.assumptions]
    return [*lines, f"Rounding: {found.rounding}."]


def _flow(one: "Settled") -> list[str]:
    from whatworks.money.contracts.line import pounds

    head = f"{one.unit}, {one.flow.key}, {one.flow.on}: {pounds(one.amount)} ({one.reason})"
    parts = [f"  to {payee}: {pounds(part)}" for payee, part in one.parts] if len(one.parts) > 1 else []
    return [head, *(_working(line) for line in one.lines), *parts, ""]


def _working(line: "Line") -> str:
    from whatworks.money.contracts.line import number, percent, pounds

    forms = {"pounds": pounds, "share": percent, "count": number}
    value = "" if line.value is None or not line.unit else f" = {forms[line.unit](line.value)}"
    return f"  {line.item}: {line.working}{value}"


def _leaving(one: "Leaving") -> list[str]:
    from whatworks.money.contracts.line import percent, pounds

    need = "no fall would do" if one.needed_fall > 1 else f"{percent(one.needed_fall)} is still needed"
    return [
        f"{one.unit}, break clause{' (left)' if one.left else ''}:",
        f"  received by the break {pounds(one.received)}; still to come if staying {pounds(one.still_to_come)}",
        f"  at risk if staying {pounds(one.most_repaid)}; fall so far {percent(one.fall_so_far)}, {need}",
        f"  if later periods are alike, staying repays {pounds(one.repaid_if_alike)}",
        f"  the right to leave is worth {pounds(one.worth_leaving)}",
        "",
    ]
