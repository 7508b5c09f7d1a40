"""What was decided and delegated, for `whatworks board decisions` and `board delegation`."""

from whatworks.board.register import decision_state
from whatworks.board.register.decision_state import DecisionState, DelegationState
from whatworks.board.register.office import body_asked, body_name, chosen_body
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.papers.board.decision_register import decision_register
from whatworks.records.register.showing import history_lines
from whatworks.records.showing.counted import counted


def decisions(desk: Desk, elsewhere: bool = True, body: str | None = None) -> View:
    """Return the decisions taken by the desk's day."""
    number = body_asked(desk.connection, body)
    given = decision_state.delegations(desk.connection, desk.on, number)
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    taken = [
        each
        for each in decision_state.decisions(desk.connection, number)
        if (elsewhere or each.own) and (each.day is None or each.day <= desk.on)
    ]
    figures = {"decisions": taken, "delegations": given}
    waiting = sum(each.condition_state == "open" for each in taken)
    head = f"{counted(len(taken), 'decision')} by {desk.on}; {waiting} wait for a condition."
    lines = [line for each in reversed(taken) for line in _lines(each)]
    return View(taken, lines, lambda: (decision_register(taken, given, desk.on, name), figures), head=[head])


def show(desk: Desk, number: int) -> View:
    """Return one decision with its whole history."""
    row = desk.ledger.row(desk.connection, "motion", number)
    stated = [each for each in decision_state.decisions(desk.connection) if each.id == number]
    changes = desk.ledger.history(desk.connection, "motion", number)
    lines = [f"{each.id}: {each.text} ({each.says}; {_source(each)})" for each in stated]
    return View({"row": row, "history": changes, "decision": stated[0] if stated else None},
                [*lines, *history_lines(changes)])  # fmt: skip


def delegations(desk: Desk, body: str | None = None) -> View:
    """Return authority given or asked for: scope, limit, expiry, and the further report that it requires."""
    given = decision_state.delegations(desk.connection, desk.on, body_asked(desk.connection, body))
    lines = []
    for each in given:
        giver = each.giver or "a giver not stated"
        lines.append(f"{each.id:>4}  {each.day}  {each.holder}: {each.scope} (on behalf of {giver})")
        lines.append(f"      {_source(each)}; duty: {each.duty or 'none stated'}")
        lines += [f"      {lack}" for lack in each.open]
    return View(given, lines or ["No delegation is in the register."])


def _lines(decision: DecisionState) -> list[str]:
    who = decision.decider or "decider not stated"
    other = "" if decision.own else f"; decided by another body ({decision.body}), reported here"
    return [
        f"{decision.id:>4}  {decision.day}  {decision.says}",
        f"      {f'[{decision.item}] ' if decision.item else ''}{decision.text}",
        f"      {who}{other}; {_source(decision)}",
    ]


def _source(state: DecisionState | DelegationState) -> str:
    return f"{state.document}, line {state.lines[0]}" if state.document else "entered by hand"
