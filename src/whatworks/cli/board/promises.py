"""`whatworks board actions` and `board action ...`: who owes what by when, and what shows that it was done."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import (
    BodyOption,
    ByOption,
    EvidenceOption,
    OnOption,
    OutOption,
    WhyOption,
    author,
    day,
    register_of,
    say,
    tell,
    window,
    write_out,
)
from whatworks.cli.options import FolderOption, JsonOption

if TYPE_CHECKING:
    from whatworks.board.register import Standing

NumberArgument = Annotated[int, typer.Argument(help="The promise's number, as `board actions` shows it.")]
DueOption = Annotated[str, typer.Option("--due", help="2025-06-30, 2025-05-01..2025-06-30, or none.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("actions")(actions)
    one = typer.Typer(help="Keep one promise, or enter one that no paper holds.", no_args_is_help=True)
    for name, command in (
        ("add", add),
        ("close", close),
        ("reopen", reopen),
        ("drop", drop),
        ("assign", assign),
        ("due", due),
        ("show", show),
    ):
        one.command(name)(command)
    group.add_typer(one, name="action")


def actions(
    on: OnOption = "",
    state: Annotated[str, typer.Option(help="Only those in this state, such as overdue or unresolved.")] = "",
    kind: Annotated[str, typer.Option(help="Only action, deliverable or commitment.")] = "",
    body: BodyOption = None,
    out: OutOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show promises as they stand on a day; one to a meeting without a record is unresolved, never done."""
    from whatworks.board.register.body import body_name, chosen_body
    from whatworks.board.register.standing import ORDER, promises
    from whatworks.board.tables import ACTION_KINDS
    from whatworks.records.refusal import Fault, Refused

    wrong = [
        Fault("is not known", f"choose from {', '.join(known)}", field=option, value=asked)
        for option, asked, known in (("--state", state, ORDER), ("--kind", kind, ACTION_KINDS))
        if asked and asked not in known
    ]
    if wrong:
        raise Refused(wrong)
    with register_of(partnership) as connection:
        found = promises(connection, day(on))
        name = body_name(connection, chosen_body(connection, body))
    found = [one for one in found if state in ("", one.state) and kind in ("", one.kind)]
    if out is not None:
        from whatworks.papers.board.action_log import action_log

        write_out(action_log(found, day(on), name), out, found, quiet=json)
    if json:
        print_json(found)
        return
    for one in found:
        _say(one)
    for told in sorted({told for one in found for told in one.told}):
        open_then = sum(told in one.told for one in found)
        say(f"{told} But {open_then} of the actions above were made before and are not closed on the record.")
    say(f"{len(found)} promises on {day(on)}." if found else "No promise is in the register.")


def add(
    text: Annotated[str, typer.Argument(help="What was promised.")],
    by: ByOption,
    owner: Annotated[list[str] | None, typer.Option(help="An owner; give it once for each.")] = None,
    due: DueOption = "none",
    meeting: Annotated[int | None, typer.Option(help="Number of the meeting that made it (`board meetings`).")] = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a promise that no paper holds."""
    from whatworks.board.register.ledger import row_of
    from whatworks.board.register.promise import add_promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        if meeting is not None:
            row_of(connection, "event", meeting)
        number = add_promise(connection, text, owner or (), window(due), who, meeting)
    tell(f"action {number}", ["entered"], json)


def close(
    number: NumberArgument,
    evidence: EvidenceOption,
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Close a promise, with what shows that it was done."""
    from whatworks.board.register import promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = promise.close(connection, number, evidence, who)
    tell(f"action {number}", fields, json)


def reopen(
    number: NumberArgument,
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Open a promise again that was closed or dropped; what stood before stays in its history."""
    from whatworks.board.register import promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = promise.reopen(connection, number, who)
    tell(f"action {number}", fields, json)


def drop(
    number: NumberArgument,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="Why it is no longer to be kept.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say that a promise is no longer to be kept, and why."""
    from whatworks.board.register import promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = promise.drop(connection, number, who)
    tell(f"action {number}", fields, json)


def assign(
    number: NumberArgument,
    owner: Annotated[list[str], typer.Argument(help="Its owners from now on.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Give a promise other owners."""
    from whatworks.board.register import promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = promise.assign(connection, number, owner, who)
    tell(f"action {number}", fields, json)


def due(
    number: NumberArgument,
    by: ByOption,
    when: Annotated[str, typer.Argument(help="2025-06-30, 2025-05-01..2025-06-30, or none.")] = "none",
    meeting: Annotated[int | None, typer.Option(help="Number of a meeting (`board meetings`) instead of days.")] = None,
    text: Annotated[str, typer.Option(help="What it waits for, in words, as in 'once the report is published'.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Set when a promise is due; the date before stays in its history."""
    from whatworks.board.register import promise

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = promise.set_due(connection, number, window(when), text or None, who, meeting)
    tell(f"action {number}", fields, json)


def show(number: NumberArgument, on: OnOption = "", partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show one promise with its source and its whole history."""
    from whatworks.board.register.ledger import row_of
    from whatworks.board.register.standing import promises

    with register_of(partnership) as connection:
        row_of(connection, "action", number)
        found = promises(connection, day(on), number=number)[0]
    if json:
        print_json(found)
        return
    _say(found)
    for told in found.told:
        say(f"      but {told}")
    for row in found.history:
        before, after = row["before"] or "nothing", row["after"] or "nothing"
        why = f" ({row['why']})" if row["why"] else ""
        who = f"{row['changed_on']}, {row['changed_by']}, by {row['through']}"
        say(f"    {who}: {row['field']} {before} -> {after}{why}")


def _say(one: "Standing") -> None:
    owners = ", ".join(one.owners) or "no owner stated"
    say(f"{one.id:>4}  {one.state.upper():<10} {owners}: {one.text}")
    where = f"{one.document}, line {one.lines[0]}" if one.document else "entered"
    say(f"      {one.kind} of {one.made_on or 'a day not known'} ({where}); {one.says}")
