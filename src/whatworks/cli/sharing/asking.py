"""`whatworks sharing may`, `agreements`, `matrix` and `oversight`: what is agreed, and whether it covers a request."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import View, print_json
from whatworks.cli.answering import answering, saying
from whatworks.cli.options import FolderOption, JsonOption, read_day
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer

OnOption = Annotated[str, typer.Option("--on", help="The day it is about, as 2025-06-30; today if not given.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for command in (may, agreements, matrix, oversight):
        group.command(command.__name__)(command)


@saying()
def may(
    organisation: Annotated[str, typer.Argument(help="Who wants to see it: an agency.")],
    see: Annotated[str, typer.Option("--see", help="Fields of one table: TABLE.FIELD,TABLE.FIELD.")],
    of: Annotated[str, typer.Option("--of", help="Whose records: an agency.")],
    purpose: Annotated[str, typer.Option("--for", help="The purpose, from the list in docs/sharing.md.")],
    whose: Annotated[
        str, typer.Option("--whose", help="list:NAME, scheme:ID, area:CODE, ages, joined by +, or AGENCY:NUMBER.")
    ] = "everybody",
    tier: Annotated[str, typer.Option("--tier", help="To what the reader is cleared.")] = "official-sensitive",
    on: OnOption = "",
    partnership: FolderOption = None,
) -> View:
    """Say whether an agency may see fields of people for a purpose, and by which clause, or what is missing."""
    from whatworks.cli.place import opened_store
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused
    from whatworks.records.register.verb import unknown_code
    from whatworks.records.tables.codes import TIERS
    from whatworks.sharing import People, Request, read_agreements, resolve
    from whatworks.sharing import may as rule_on
    from whatworks.sharing.release import what_is_asked

    here, day = Partnership.open(partnership), read_day(on) if on else date.today()
    if tier not in TIERS:
        raise Refused(unknown_code("--tier", tier, TIERS))
    table, fields = what_is_asked(here, see, {"organisation": organisation, "--of": of}, purpose, of, whose)
    people = People.named(of, whose)
    if whose.startswith(f"{of}:"):
        with opened_store(partnership) as (_, store):
            people = resolve(store, of, whose, day)
    ruling = rule_on(read_agreements(here), Request(organisation, table, fields, people, purpose, day, tier))
    return View(
        {name: getattr(ruling, name) for name in ("allowed", "clause", "missing", "says")}, ruling.says.splitlines()
    )


@with_paper()
def agreements(
    within: Annotated[int, typer.Option("--within", min=0, help="Days within which an end is told.")] = 90,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of agreements.")] = False,
    on: OnOption = "",
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """List the agreements, and which end soon, lack owner or DPIA, are overdue for review, or contradict others."""
    from whatworks.papers.sharing.agreements import agreements_answer
    from whatworks.records.partnership import Partnership
    from whatworks.sharing.agreement import agreement_schema, read_agreements

    if schema:
        print_json(agreement_schema())
        return
    here, day = Partnership.open(partnership), read_day(on) if on else date.today()
    show(agreements_answer(read_agreements(here), day, within), paper.check(), json, day)


@with_paper()
def matrix(
    on: OnOption = "", partnership: FolderOption = None, paper: PaperOptions = NO_PAPER, json: JsonOption = False
) -> None:
    """Show who may see what of whose records, by which clause, on a day."""
    from whatworks.papers.sharing.agreements import matrix_answer
    from whatworks.records.partnership import Partnership
    from whatworks.sharing.agreement import read_agreements

    here, day = Partnership.open(partnership), read_day(on) if on else date.today()
    show(matrix_answer(read_agreements(here), here.config.organisations, day), paper.check(), json, day)


@answering
def oversight(
    file: Annotated[Path, typer.Argument(help="The areas, those with priority, and the bodies, as TOML.")],
) -> "Answer":
    """Show which bodies oversee which areas, by priority, and where nobody does."""
    from whatworks.papers.sharing.oversight import oversight_answer
    from whatworks.sharing.oversight import load_oversight

    return oversight_answer(load_oversight(file))
