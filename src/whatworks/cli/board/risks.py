"""`whatworks board risk` and `message`: registers that watch numbers and change by them."""

from typing import Any, Literal

from whatworks.board.risks.number import Ground
from whatworks.board.risks.register import read_messages, read_risks, take_from_papers
from whatworks.board.risks.watching import WATCHER, look
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.papers.board.risk_register import cleared, reference, risk_paper
from whatworks.records.register.entry import Author
from whatworks.records.register.showing import history_lines

ENTER = "Taken from a report by `whatworks board read FILE`, or entered by `whatworks board risk add TEXT --by NAME`"


def risks(
    desk: Desk, kind: Literal["risk", "dependency"] | None = None, closed: bool = False, item: str = "For discussion"
) -> View:
    """Look at every watched number, and return risks and dependencies as they stand, the worst first."""
    reader = Author(WATCHER, desk.on, "read in a report to the board", "reading")
    taken = take_from_papers(desk.connection, reader)
    states = look(desk.connection, Ground(desk.connection, desk.partnership.root, desk.on))
    stored = read_risks(desk.connection, kind, closed=closed)
    messages = read_messages(desk.connection) if not kind else ()
    names = {each.id: reference(each) for each in read_risks(desk.connection, closed=True)}
    paper, figures = risk_paper(
        stored, messages, as_at=desk.on, minimum=desk.minimum_count, prepared_for=desk.name, item=item
    )
    changed = [f"{names[state.risk_id]}: {state.before} to {state.after}" for state in states]
    lines = [f"{len(taken)} taken from reports read since."] if taken else []
    lines += [line for each in figures["risks"] for line in _lines(each)]
    lines += [f"Changed: {names[state.risk_id]} from {state.before} to {state.after}." for state in states]
    lines.append(f"{len(stored)} open on {desk.on}." if stored else f"None is held. {ENTER}.")
    return View({**figures, "taken": len(taken), "changed": changed}, lines, lambda: (paper, figures))


def show(desk: Desk, number: int) -> View:
    """Return one risk with its watches, what their numbers showed, and every change."""
    row = desk.ledger.row(desk.connection, "risk", number)
    changes = desk.ledger.history(desk.connection, "risk", number)
    stored = next(risk for risk in read_risks(desk.connection, closed=True) if risk.id == number)
    risk = cleared(stored, desk.minimum_count)
    lines = [
        f"{reference(risk)} {risk.state.upper()} {risk.text}",
        f"      mitigation: {risk.mitigation}; missing: {', '.join(risk.missing) or 'nothing'}",
    ]
    lines += [
        f"      watch {each.id}: {each.number} {each.place or ''} {each.name or ''}".rstrip() for each in risk.watches
    ]
    lines += [f"      {reading.read_on} {reading.state}: {reading.sentence}" for reading in risk.readings]
    answer = {"reference": reference(risk), "risk": risk, "mitigation": risk.mitigation, "missing": risk.missing}
    return View({"row": row, "history": changes, **answer}, [*lines, *history_lines(changes)])


def messages(desk: Desk) -> View:
    """Return what is said to whom, and whether it was approved and is out."""
    logged = read_messages(desk.connection)
    lines = []
    for each in logged:
        approved = f"approved {each.approved_on} by {each.approved_by}" if each.approved_on else "not approved"
        out = f"out {each.published_on}" if each.published_on else "not out"
        risk = f"R{each.risk_id}" if each.risk_id else "no risk"
        lines.append(f"{each.id:>4}  {each.kind} to {each.audience} ({risk}): {each.text}; {approved}, {out}")
    return View(logged, [*lines, f"{len(logged)} messages and events."])


def _lines(risk: dict[str, Any]) -> list[str]:
    lines = [
        f"{risk['reference']:>4}  {risk['state'].upper():<9} {risk['text']}; owner: {risk['owner'] or 'not said'}",
        f"      {risk['why']}",
    ]
    lines += [f"      mitigation: {risk['mitigation']}"] if risk["reference"].startswith("R") else []
    return lines + ([f"      missing: {', '.join(risk['missing'])} ({risk['from']})"] if risk["missing"] else [])
