"""`whatworks board plan`, `agenda` and `meetings`: what is promised to which meeting, and what the next has to take."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import (
    BodyOption,
    ByOption,
    OnOption,
    OutOption,
    WhyOption,
    author,
    day,
    days,
    register_of,
    say,
    tell,
    write_out,
)
from whatworks.cli.options import FolderOption, JsonOption, read_day

NumberArgument = Annotated[int, typer.Argument(help="Its number, as the list shows it.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("plan")(plan)
    group.command("agenda")(agenda)
    group.command("meetings")(meetings)
    planned = typer.Typer(help="Promise business to a meeting, or record that it was taken.", no_args_is_help=True)
    planned.command("add")(add)
    planned.command("take")(take)
    planned.command("drop")(drop)
    group.add_typer(planned, name="planned")
    meeting = typer.Typer(help="Announce a meeting, or record that it was cancelled.", no_args_is_help=True)
    meeting.command("add")(add_meeting)
    meeting.command("cancel")(cancel)
    group.add_typer(meeting, name="meeting")


def plan(
    on: OnOption = "",
    body: BodyOption = None,
    out: OutOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show what is promised to which meeting, what was taken, what slipped, and what no record settles."""
    from whatworks.board.register.body import body_name, chosen_body
    from whatworks.board.register.forward_plan import forward_plan

    with register_of(partnership) as connection:
        found = forward_plan(connection, day(on))
        name = body_name(connection, chosen_body(connection, body))
    if out is not None:
        from whatworks.papers.board.forward_plan import forward_plan_paper

        write_out(forward_plan_paper(found, day(on), name), out, found, quiet=json)
    if json:
        print_json(found)
        return
    last = None
    for one in found:
        when = days(one.from_date, one.to_date)
        if when != last:
            say(f"Meeting {one.to_event_id}, {when} ({one.meeting_state.replace('_', ' ')}):")
            last = when
        say(f"  {one.comes_from} {one.id}: {one.outcome.upper()}: {one.text} ({one.says})")
    if not found:
        say("Nothing is promised to any meeting.")


def agenda(
    on: OnOption = "",
    body: BodyOption = None,
    out: OutOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Draft the agenda of the first meeting on or after a day, from what the record leaves open."""
    from whatworks.board.register.agenda import draft_agenda
    from whatworks.board.register.body import chosen_body

    with register_of(partnership) as connection:
        found = draft_agenda(connection, day(on), chosen_body(connection, body))
    if out is not None:
        from whatworks.papers.board.agenda import agenda_paper

        write_out(agenda_paper(found, day(on)), out, found, quiet=json)
    if json:
        print_json(found)
        return
    say(f"{found.body or 'The board'}: draft agenda for {found.meeting}")
    for item in found.items:
        say(f"{item.number}. {item.title}")
        for point in item.points:
            say(f"     - {point.text} ({point.source})")


def meetings(body: BodyOption = None, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show every meeting that the papers know of, and whether its record is held."""
    from whatworks.board.register.agenda import words_of
    from whatworks.board.register.body import chosen_body
    from whatworks.board.register.body import meetings as meetings_of
    from whatworks.board.register.ledger import rows

    with register_of(partnership) as connection:
        found = meetings_of(connection, chosen_body(connection, body))
        corrections = rows(connection, "correction")
    if json:
        print_json([{**one, "corrections": [c for c in corrections if c["event_id"] == one["id"]]} for one in found])
        return
    made = {one["id"]: one["from_date"] for one in found}
    for one in found:
        say(f"{one['id']:>4}  {days(one['from_date'], one['to_date'])}: {words_of(one['state'])}")
        for said in corrections:
            if said["event_id"] == one["id"]:
                say(f"      corrected on {made.get(said['made_at_id'])}, line {said['source_line']}: {said['text']}")


def add(
    text: Annotated[str, typer.Argument(help="What is promised.")],
    meeting: Annotated[int, typer.Option(help="Number of the meeting (`board meetings`).")],
    by: ByOption,
    owner: Annotated[str, typer.Option(help="Who brings it.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Promise business to a meeting."""
    from whatworks.board.register.forward_plan import plan as put

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = put(connection, text, meeting, owner or None, who)
    tell(f"planned item {number}", ["entered"], json)


def take(
    number: NumberArgument,
    by: ByOption,
    item: Annotated[int | None, typer.Option(help="Number of the item of a record under which it was taken.")] = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a planned item was taken."""
    from whatworks.board.register.forward_plan import take as put

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = put(connection, number, item, who)
    tell(f"planned item {number}", fields, json)


def drop(
    number: NumberArgument,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="Why it is no longer planned.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say that a planned item is no longer planned."""
    from whatworks.board.register.ledger import change

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = change(connection, "planned", number, {"state": "dropped"}, who)
    tell(f"planned item {number}", fields, json)


def add_meeting(
    when: Annotated[str, typer.Argument(help="Its day, as 2025-06-30.")],
    by: ByOption,
    time: Annotated[str, typer.Option(help="Start, as 14:30.")] = "",
    place: Annotated[str, typer.Option(help="Where.")] = "",
    body: BodyOption = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Announce a meeting that no paper names."""
    from whatworks.board.register.body import chosen_body
    from whatworks.board.register.event import announce

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = announce(connection, chosen_body(connection, body), read_day(when), (time or None, place or None), who)
    tell(f"meeting {number}", ["entered"], json)


def cancel(
    number: NumberArgument,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="What shows that it was not held.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a meeting was not held; what was promised to it is overdue from then on."""
    from whatworks.board.register.event import cancel as put

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = put(connection, number, who)
    tell(f"meeting {number}", fields, json)
