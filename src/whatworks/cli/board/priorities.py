"""`whatworks board priorities` and `strategies`: what the board works on, why, and what waits for sign-off."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import ByOption, EvidenceOption, OnOption, WhyOption, author, register_of, say, tell
from whatworks.cli.options import FolderOption, JsonOption

NumberArgument = Annotated[int, typer.Argument(help="Its number, as the list shows it.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("priorities")(priorities)
    one = typer.Typer(help="Record how a priority left.", no_args_is_help=True)
    one.command("end")(end)
    group.add_typer(one, name="priority")
    group.command("strategies")(strategies)
    paper = typer.Typer(help="Documents on their way to sign-off.", no_args_is_help=True)
    for name, command in (("add", add), ("consulted", consulted), ("sign-off", sign_off)):
        paper.command(name)(command)
    group.add_typer(paper, name="strategy")


def priorities(partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show each priority through the years: who named it, who led, how it left and what the record leaves unsaid."""
    from whatworks.board.register.timeline import timelines

    with register_of(partnership) as connection:
        found = timelines(connection)
    if json:
        print_json(found)
        return
    for one in found:
        say(one.name)
        for named in one.namings:
            by = f" by {named.by}" if named.by else ""
            lead = f"; lead {named.lead}{' (interim)' if named.interim else ''}" if named.lead else ""
            waits = f", {named.condition} (not recorded as met)" if named.condition else ""
            say(f"  {named.day}: {named.standing}{by}{waits}{lead} ({named.document or 'entered'}, line {named.line})")
        if one.exit_criterion:
            say(f"  left on {one.left_on or 'a day since overtaken'}: {one.exit_criterion}")
        if one.oversight:
            say(f"  oversight that remains: {one.oversight}")
        for unsaid in one.unsaid:
            say(f"  {unsaid}")
    if not found:
        say("No priority is in the register.")


def end(
    name: Annotated[str, typer.Argument(help="The priority's name.")],
    criterion: Annotated[str, typer.Option(help="By which criterion it left.")],
    by: ByOption,
    oversight: Annotated[str, typer.Option(help="What oversight remains.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a priority left on a day, by which criterion and with what oversight left."""
    from whatworks.board.register.priority import end_priority

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = end_priority(connection, name, criterion, oversight or None, who)
    tell(f"priority {number}", ["to_date", "exit_criterion"], json)


def strategies(partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show documents on their way to sign-off, with the consultation that was promised before it."""
    from whatworks.board.register.ledger import rows

    with register_of(partnership) as connection:
        found = rows(connection, "strategy")
    if json:
        print_json(found)
        return
    for one in found:
        say(f"{one['id']:>4}  {one['name']} ({one['owner'] or 'no owner stated'})")
        consulted = f"ended on {one['consulted_on']}" if one["consulted_on"] else "not recorded"
        say(f"      consultation: {one['consultation'] or 'none promised'}: {consulted}")
        signed = f"signed off on {one['signed_off_on']}" if one["signed_off_on"] else "not signed off"
        say(f"      {signed}; gate: {one['gate_text'] or 'none stated'}")
    if not found:
        say("No document is in the register.")


def add(
    name: Annotated[str, typer.Argument(help="The document.")],
    by: ByOption,
    consultation: Annotated[str, typer.Option(help="The consultation that has to come first.")] = "",
    gate: Annotated[str, typer.Option(help="The meeting that is to sign it off, in words.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a document on its way to sign-off."""
    from whatworks.board.register.strategy import add_strategy

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = add_strategy(connection, name, consultation or None, gate or None, who)
    tell(f"strategy {number}", ["entered"], json)


def consulted(
    number: NumberArgument,
    evidence: EvidenceOption,
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a document's consultation ended on a day."""
    from whatworks.board.register import strategy

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = strategy.consulted(connection, number, evidence, who)
    tell(f"strategy {number}", fields, json)


def sign_off(
    number: NumberArgument,
    evidence: EvidenceOption,
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record a sign-off; refused while a consultation that was promised is not recorded."""
    from whatworks.board.register import strategy

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = strategy.sign_off(connection, number, evidence, who)
    tell(f"strategy {number}", fields, json)
