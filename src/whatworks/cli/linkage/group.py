"""`whatworks link`: say which agencies' records are one person, have people decide, and show what is in doubt."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.app import add_commands
from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.place import existing_store
from whatworks.records.showing.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatworks.linkage import Hindrance, LinkageReport


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="Say which agencies' records are one person.", invoke_without_command=True)
    group.callback()(link_)
    add_commands(group, "linkage.report report", "linkage.decisions decide undo", "linkage.check check")
    app.add_typer(group, name="link")


def link_(
    context: typer.Context,
    train: Annotated[
        bool, typer.Option("--train", help="Train a model anew; without it the last one is used, if there is one.")
    ] = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Join records by names, dates, postcodes and numbers: train a model where there is none, and score all pairs."""
    if context.invoked_subcommand is not None:
        return
    from datetime import date

    from whatworks.cli.audit.noted import noted
    from whatworks.linkage import hindrances, train_and_link
    from whatworks.linkage.identities.journal import journal_since, last_entry
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    with existing_store(here) as store:
        before = last_entry(store)
        report = train_and_link(store, here.config.linkage, date.today(), retrain=train)
        noted(store, "linked", "all records", more={"model": report.model_id, "people": report.people})
        changes, hindering = journal_since(store, before), hindrances(store)
    if json:
        print_json({"report": report, "hindrances": hindering, "changes": changes})
        return
    for line in (*report_lines(report), *hindrance_lines(hindering), *(f"  {change}" for change in changes)):
        typer.echo(line)
    typer.echo("Next: `whatworks link report` says what is in doubt.")


def hindrance_lines(hindering: "Sequence[Hindrance]") -> list[str]:
    """Return what in the records keeps them from being joined, and what would help."""
    return ["What hinders joining:", *(f"  {hindrance}" for hindrance in hindering)] if hindering else []


def report_lines(report: "LinkageReport") -> "Iterator[str]":
    """Yield how records were joined, in how many people, and what is in doubt."""
    if report.model_id is not None:
        yield f"Joined by model {report.model_id}, pairs of probability {report.threshold} and above."
    else:
        yield "Joined by the PNC number that agencies share, and by nothing else."
    records = sum(agency.records for agency in report.organisations)
    yield (
        f"{counted(records, 'record is', 'records are')} {counted(report.people, 'person', 'people')}; "
        f"two agencies or more know {report.shared:,} of them."
    )
    for agency in report.organisations:
        twice = f", {agency.repeated:,} of a person whom it holds already" if agency.repeated else ""
        yield (
            f"  {agency.organisation_id}: {counted(agency.records, 'record')}{twice}; {agency.unlinked:,} not joined"
        )
    if report.refused:
        pairs = counted(report.refused, "likely pair was", "likely pairs were")
        yield f"{pairs} not joined, since the person would contradict themselves."
    if report.decisions:
        yield f"{counted(report.decisions, 'decision is', 'decisions are')} in force."
