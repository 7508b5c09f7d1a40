"""`whatworks board members`, `member ...` and `attendance`: who sat in which seat, who came, and how the board grew."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import BodyOption, ByOption, OnOption, WhyOption, author, day, register_of, say, tell
from whatworks.cli.options import FolderOption, JsonOption, read_day


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("members")(members)
    group.command("attendance")(attendance)
    one = typer.Typer(help="Enter or end a membership.", no_args_is_help=True)
    one.command("add")(add)
    one.command("end")(end)
    group.add_typer(one, name="member")


def members(
    on: OnOption = "", body: BodyOption = None, partnership: FolderOption = None, json: JsonOption = False
) -> None:
    """Show who was a member, adviser or officer on a day, and what shows it: appointment, or the latest list."""
    from whatworks.board.register.body import body_name, chosen_body
    from whatworks.board.register.membership import members as seats_of

    with register_of(partnership) as connection:
        number = chosen_body(connection, body)
        event, seats = seats_of(connection, day(on), number)
        name = body_name(connection, number)
    if json:
        print_json({"body": name, "on": day(on), "listed_on": event["from_date"] if event else None, "seats": seats})
        return
    listed = f"the latest list is of {event['from_date']}" if event else "no list by that day is held"
    say(f"{name} on {day(on)}; {listed}. A list shows who was there, not who was appointed.")
    for seat in seats:
        said = ", ".join(part for part in (seat.role, seat.organisation) if part)
        say(f"  {seat.person} ({said or 'no office printed'}): {seat.capacity}; {seat.shown_by}")


def attendance(body: BodyOption = None, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show attendance by organisation, and the size of the lists set against any decision not to grow."""
    from whatworks.board.register import membership
    from whatworks.board.register.body import chosen_body

    with register_of(partnership) as connection:
        number = chosen_body(connection, body)
        days, found = membership.turnout(connection, number)
        sizes = membership.sizes(connection, number)
    if json:
        by_body = {
            name: {str(on): {"came": came, "apologies": sent} for on, (came, sent) in counts.items()}
            for name, counts in found.items()
        }
        print_json({"meetings": days, "organisations": by_body, "sizes": sizes})
        return
    for name, counts in found.items():
        said = "; ".join(
            f"{on}: {came} came" + (f", {sent} sent apologies" if sent else "")
            for on, (came, sent) in sorted(counts.items())
        )
        say(f"  {name}: {said}")
    for size in sizes:
        headings = ", ".join(f"{count} under “{name}”" for name, count in size.headings.items())
        say(f"{size.day}: {size.present} present; {headings}")
        if size.note:
            say(f"      {size.note}")


def add(
    by: ByOption,
    person: Annotated[int | None, typer.Option(help="Number of the person (`board people`).")] = None,
    organisation: Annotated[int | None, typer.Option(help="Number of the body whose seat it is.")] = None,
    role: Annotated[str, typer.Option(help="member, adviser, officer, invitee or chair.")] = "member",
    begins: Annotated[str, typer.Option("--from", help="First day, as 2025-06-30.")] = "",
    ends: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    body: BodyOption = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a membership, from terms of reference or an appointment."""
    from whatworks.board.register.body import chosen_body
    from whatworks.board.register.ledger import row_of
    from whatworks.board.register.membership import add_membership
    from whatworks.records.refusal import Refused

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = chosen_body(connection, body)
        if number is None:
            raise Refused("no body is in the register", "read its minutes first, or name it with --body")
        for table, asked in (("person", person), ("organisation", organisation)):
            if asked is not None:
                row_of(connection, table, asked)
        values = {
            "organisation_id": number,
            "person_id": person,
            "on_behalf_of_id": organisation,
            "role": role,
            "from_date": read_day(begins) if begins else None,
            "to_date": read_day(ends) if ends else None,
        }
        made = add_membership(connection, values, who)
    tell(f"membership {made}", ["entered"], json)


def end(
    number: Annotated[int, typer.Argument(help="The membership's number.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """End a membership on a day."""
    from whatworks.board.register.membership import end_membership

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = end_membership(connection, number, who)
    tell(f"membership {number}", fields, json)
