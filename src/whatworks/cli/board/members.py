"""`whatworks board member list` and `attendance`: who sat in which seat, and who came."""

from whatworks.board.register import membership
from whatworks.board.register.membership import members as seats_of
from whatworks.board.register.office import body_name, chosen_body
from whatworks.cli.answer import View
from whatworks.cli.register import Desk


def members(desk: Desk, body: str | None = None) -> View:
    """Return who was a member, adviser or officer on the desk's day, and what shows it."""
    number = chosen_body(desk.connection, body)
    event, seats = seats_of(desk.connection, desk.on, number)
    name = body_name(desk.connection, number)
    listed = f"the latest list is of {event['from_date']}" if event else "no list by that day is held"
    lines = [f"{name} on {desk.on}; {listed}. A list shows who was there, not who was appointed."]
    for seat in seats:
        office = ", ".join(part for part in (seat.role, seat.organisation) if part) or "no office printed"
        lines.append(f"  {seat.person} ({office}): {seat.capacity}; {seat.shown_by}")
    listed_on = event["from_date"] if event else None
    return View({"body": name, "on": desk.on, "listed_on": listed_on, "rows": seats}, lines)


def attendance(desk: Desk, body: str | None = None) -> View:
    """Return attendance by organisation."""
    number = chosen_body(desk.connection, body)
    meetings, counted = membership.turnout(desk.connection, number)
    by_body = {
        name: {str(on): {"came": came, "apologies": sent} for on, (came, sent) in counts.items()}
        for name, counts in counted.items()
    }
    lines = []
    for name, counts in counted.items():
        each = (
            f"{on}: {n} came" + (f", {sent} sent apologies" if sent else "") for on, (n, sent) in sorted(counts.items())
        )
        lines.append(f"  {name}: {'; '.join(each)}")
    return View({"meetings": meetings, "organisations": by_body}, lines)
