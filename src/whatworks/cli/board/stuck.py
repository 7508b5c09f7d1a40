"""`whatworks board blockages` and `blockage ...`: what is stuck, who owns it, which lever the board has."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import ByOption, OnOption, WhyOption, author, register_of, say, tell
from whatworks.cli.options import FolderOption, JsonOption

NumberArgument = Annotated[int, typer.Argument(help="Its number, as the list shows it.")]
OwnerOption = Annotated[str, typer.Option(help="The agency that owns it.")]
LeverOption = Annotated[str, typer.Option(help="The lever that the board has.")]
HarmOption = Annotated[str, typer.Option(help="Evidence of harm.")]
EscalationOption = Annotated[str, typer.Option(help="To whom it goes next.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("blockages")(blockages)
    one = typer.Typer(help="Enter what is stuck, complete it, and record what came of it.", no_args_is_help=True)
    for name, command in (("add", add), ("set", set_), ("end", end)):
        one.command(name)(command)
    group.add_typer(one, name="blockage")


def blockages(partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show what is stuck, first what the board could act on today, and what each entry lacks."""
    from whatworks.board.register.blockage import blockages as stuck

    with register_of(partnership) as connection:
        found = stuck(connection)
    if json:
        print_json(found)
        return
    for one in found:
        row = one.row
        say(f"{row['id']:>4}  {row['state']}: {row['text']}")
        said = ("owner", "lever", "escalation", "harm", "result")
        say("      " + "; ".join(f"{name}: {row[name]}" for name in said if row[name]))
        if one.lacks:
            say(f"      not stated: {', '.join(one.lacks)}")
    if not found:
        say("No blockage was entered.")


def add(
    text: Annotated[str, typer.Argument(help="What is stuck.")],
    by: ByOption,
    owner: OwnerOption = "",
    lever: LeverOption = "",
    harm: HarmOption = "",
    escalation: EscalationOption = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a blockage; nothing is taken from papers by itself."""
    from whatworks.board.register.blockage import add_blockage

    who = author(by, on, why)
    said = {"owner": owner, "lever": lever, "harm": harm, "escalation": escalation}
    with register_of(partnership, writing=True) as connection:
        number = add_blockage(connection, text, {name: value for name, value in said.items() if value}, who)
    tell(f"blockage {number}", ["entered"], json)


def set_(
    number: NumberArgument,
    by: ByOption,
    owner: OwnerOption = "",
    lever: LeverOption = "",
    harm: HarmOption = "",
    escalation: EscalationOption = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Complete or correct a blockage."""
    from whatworks.board.register.ledger import change
    from whatworks.records.refusal import Refused

    who = author(by, on, why)
    said = {"owner": owner, "lever": lever, "harm": harm, "escalation": escalation}
    values = {name: value for name, value in said.items() if value}
    if not values:
        raise Refused("nothing is to be set", "give --owner, --lever, --harm or --escalation")
    with register_of(partnership, writing=True) as connection:
        fields = change(connection, "blockage", number, values, who)
    tell(f"blockage {number}", fields, json)


def end(
    number: NumberArgument,
    state: Annotated[str, typer.Argument(help="unblocked, escalated or returned (one agency owns it alone).")],
    result: Annotated[str, typer.Option(help="What came of it.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a blockage was unblocked, escalated or returned."""
    from whatworks.board.register.blockage import end_blockage
    from whatworks.records.refusal import Fault, Refused

    if state not in ("unblocked", "escalated", "returned"):
        raise Refused(Fault("is not known", "choose from unblocked, escalated, returned", field="state", value=state))
    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = end_blockage(connection, number, state, result, who)
    tell(f"blockage {number}", fields, json)
