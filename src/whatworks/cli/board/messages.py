"""`whatworks board messages`: what is said to whom of a risk, and who approved it."""

from typing import Annotated, Literal

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import ByOption, OnOption, WhyOption, author, say
from whatworks.cli.board.store import done, risk_number, stored
from whatworks.cli.options import FolderOption, JsonOption, read_day


def register(group: typer.Typer) -> None:
    """Add the commands."""
    messages = typer.Typer(help="What is said to whom; nothing goes out before it was approved.")
    messages.callback(invoke_without_command=True)(show_messages)
    for name, said in (("add", add_message), ("approve", approve), ("publish", publish)):
        messages.command(name)(said)
    group.add_typer(messages, name="messages")


def show_messages(context: typer.Context, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show what is said to whom, and whether it was approved and is out."""
    if context.invoked_subcommand is not None:
        return
    from whatworks.board.risks.message import read_messages

    with stored(partnership, what="the log of messages", make="board messages add") as place:
        found = read_messages(place.connection)
    if json:
        print_json(found)
        return
    for one in found:
        approved = f"approved {one.approved_on} by {one.approved_by}" if one.approved_on else "not approved"
        out = f"out {one.published_on}" if one.published_on else "not out"
        risk = f"R{one.risk_id}" if one.risk_id else "no risk"
        say(f"{one.id:>4}  {one.kind} to {one.audience} ({risk}): {one.text}; {approved}, {out}")
    say(f"{len(found)} messages and events.")


def add_message(
    text: Annotated[str, typer.Argument(help="The message, or the event.")],
    audience: Annotated[str, typer.Option("--to", help="To whom.")],
    by: ByOption,
    risk: Annotated[str, typer.Option(help="The risk that it answers, as R5.")] = "",
    kind: Annotated[Literal["message", "event"], typer.Option(help="A launch is an event.")] = "message",
    planned: Annotated[str, typer.Option(help="When it is meant to go out, or happen.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a message, or an event such as a launch."""
    from whatworks.board.risks.message import add_message as enter

    values = {"text": text, "audience": audience, "kind": kind, "risk_id": risk_number(risk) if risk else None,
              "planned_on": read_day(planned) if planned else None}  # fmt: skip
    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        number = enter(place.connection, values, who)
    done(f"{kind} {number}", "entered", json)


def approve(
    number: Annotated[int, typer.Argument(help="The message's number.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Write down who approved a message, and when."""
    from whatworks.board.risks import message

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        message.approve(place.connection, number, who)
    done(f"message {number}", "approved", json)


def publish(
    number: Annotated[int, typer.Argument(help="The message's number.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Write down that a message went out, or an event took place; refused before it was approved."""
    from whatworks.board.risks import message

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        message.publish(place.connection, number, who)
    done(f"message {number}", "published", json)
