"""What the board works on, what waits, what is stuck, for `whatworks board priority`, `strategy` and `blockage`."""

from whatworks.board.register.blockage import blockages as stuck
from whatworks.board.register.office import body_asked
from whatworks.board.register.priority import timelines
from whatworks.cli.answer import View
from whatworks.cli.register import Desk


def priorities(desk: Desk, body: str | None = None) -> View:
    """Return each priority through the years: who named it, who led, how it left, what the record leaves unsaid."""
    through_years = timelines(desk.connection, body_asked(desk.connection, body))
    lines = []
    for each in through_years:
        lines.append(each.name)
        for named in each.namings:
            by = f" by {named.by}" if named.by else ""
            lead = f"; lead {named.lead}{' (interim)' if named.interim else ''}" if named.lead else ""
            waits = f", {named.condition} (not recorded as met)" if named.condition else ""
            where = f"({named.document or 'entered'}, line {named.line})"
            lines.append(f"  {named.day}: {named.standing}{by}{waits}{lead} {where}")
        if each.exit_criterion:
            lines.append(f"  left on {each.left_on or 'a day since overtaken'}: {each.exit_criterion}")
        if each.oversight:
            lines.append(f"  oversight that remains: {each.oversight}")
        lines += [f"  {unsaid}" for unsaid in each.unsaid]
    return View(through_years, lines or ["No priority is in the register."])


def strategies(desk: Desk) -> View:
    """Return documents on their way to sign-off, with the consultation that was promised before it."""
    rows = desk.ledger.rows(desk.connection, "strategy")
    lines = []
    for row in rows:
        consulted = f"ended on {row['consulted_on']}" if row["consulted_on"] else "not recorded"
        signed = f"signed off on {row['signed_off_on']}" if row["signed_off_on"] else "not signed off"
        lines += [
            f"{row['id']:>4}  {row['name']} ({row['owner'] or 'no owner stated'})",
            f"      consultation: {row['consultation'] or 'none promised'}: {consulted}",
            f"      {signed}; gate: {row['gate_text'] or 'none stated'}",
        ]
    return View(rows, lines or ["No document is in the register."])


def blockages(desk: Desk) -> View:
    """Return what is stuck, first what the board could act on today, and what each entry lacks."""
    entries = stuck(desk.connection)
    lines = []
    for each in entries:
        row = each.row
        known = ("owner", "lever", "escalation", "harm", "result")
        lines.append(f"{row['id']:>4}  {row['state']}: {row['text']}")
        lines.append("      " + "; ".join(f"{name}: {row[name]}" for name in known if row[name]))
        lines += [f"      not stated: {', '.join(each.lacks)}"] if each.lacks else []
    return View(entries, lines or ["No blockage was entered."])
