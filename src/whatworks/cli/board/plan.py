"""What is promised to which meeting, for `whatworks board plan` and `board meeting`."""

from dataclasses import asdict

from whatworks.board.register.agenda import draft_agenda, words_of
from whatworks.board.register.forward_plan import forward_plan
from whatworks.board.register.office import body_asked, body_name, chosen_body
from whatworks.board.register.office import meetings as meetings_of
from whatworks.cli.answer import View
from whatworks.cli.board.opening import days
from whatworks.cli.register import Desk
from whatworks.papers.board.forward_plan import agenda_paper, forward_plan_paper


def plan(desk: Desk, body: str | None = None) -> View:
    """Return what is promised to which meeting, what was taken, what slipped, and what no record settles."""
    business = forward_plan(desk.connection, desk.on, body_asked(desk.connection, body))
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    lines, last = [], None
    for each in business:
        when = days(each.from_date, each.to_date)
        if when != last:
            lines.append(f"Meeting {each.to_event_id}, {when} ({each.meeting_state.replace('_', ' ')}):")
            last = when
        lines.append(f"  {each.comes_from} {each.id}: {each.outcome.upper()}: {each.text} ({each.says})")
    return View(
        business,
        lines or ["Nothing is promised to any meeting."],
        lambda: (forward_plan_paper(business, desk.on, name), business),
    )


def agenda(desk: Desk, body: str | None = None) -> View:
    """Return the draft agenda of the first meeting on or after the desk's day."""
    draft = draft_agenda(desk.connection, desk.on, chosen_body(desk.connection, body))
    lines = [f"{draft.body or 'The board'}: draft agenda for {draft.meeting}"]
    for item in draft.items:
        lines.append(f"{item.number}. {item.title}")
        lines += [f"     - {point.text} ({point.source})" for point in item.points]
    return View(asdict(draft), lines, lambda: (agenda_paper(draft, desk.on), draft))


def meetings(desk: Desk, body: str | None = None) -> View:
    """Return every meeting that the papers know of, and whether its record is held."""
    known = meetings_of(desk.connection, body_asked(desk.connection, body))
    corrections = desk.ledger.rows(desk.connection, "correction")
    made = {each["id"]: each["from_date"] for each in known}
    rows = [{**each, "corrections": [c for c in corrections if c["event_id"] == each["id"]]} for each in known]
    lines = []
    for each in rows:
        lines.append(f"{each['id']:>4}  {days(each['from_date'], each['to_date'])}: {words_of(each['state'])}")
        for row in each["corrections"]:
            day = made.get(row["made_at_id"])
            lines.append(f"      corrected on {day}, line {row['source_line']}: {row['text']}")
    return View(rows, lines)
