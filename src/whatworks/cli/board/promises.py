"""`whatworks board actions` and `board action ...`: who owes what by when, and what shows that it was done."""

from collections import Counter

from whatworks.board.register import Standing
from whatworks.board.register.office import body_asked, body_name, chosen_body
from whatworks.board.register.standing import ORDER, owned_by, promises, within_days
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.papers.board.action_log import action_log
from whatworks.records.register.showing import history_lines
from whatworks.records.showing.counted import counted


def actions(
    desk: Desk, state: str = "", kind: str = "", owner: str = "", within: int | None = None, body: str | None = None
) -> View:
    """Return the promises as they stand on the desk's day."""
    chosen = [
        each
        for each in promises(desk.connection, desk.on, body_id=body_asked(desk.connection, body))
        if state in ("", each.state) and kind in ("", each.kind)
    ]
    if owner:
        chosen = owned_by(desk.connection, chosen, owner)
    if within is not None:
        chosen = within_days(chosen, desk.on, within)
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    counts = Counter[str](each.state for each in chosen)
    states = ", ".join(f"{counts[state]} {state}" for state in ORDER if counts[state])
    lines = [line for each in chosen for line in _lines(each)]
    head = f"{counted(len(chosen), 'promise')} on {desk.on}{f': {states}' if states else ''}."
    return View(chosen, lines, lambda: (action_log(chosen, desk.on, name), chosen), head=[head])


def show(desk: Desk, number: int) -> View:
    """Return one promise with its source and its whole history."""
    row = desk.ledger.row(desk.connection, "action", number)
    [promise] = promises(desk.connection, desk.on, number=number)
    lines = [*_lines(promise), *history_lines(list(promise.history))]
    return View({"row": row, "history": promise.history, "standing": promise}, lines)


def _lines(promise: Standing) -> list[str]:
    owners = ", ".join(promise.owners) or "no owner stated"
    where = f"{promise.document}, line {promise.lines[0]}" if promise.document else "entered"
    return [
        f"{promise.id:>4}  {promise.state.upper():<10} {owners}: {promise.text}",
        f"      {promise.kind} of {promise.made_on or 'a day not known'} ({where}); {promise.says}",
    ]
