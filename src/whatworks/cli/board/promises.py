"""`whatworks board actions` and `board action ...`: who owes what by when, and what shows that it was done."""

from typing import TYPE_CHECKING

from whatworks.board.verbs import ACTION, BODY_NAMED
from whatworks.cli.board.opening import DAY
from whatworks.cli.register import ON, OUT, Desk, View
from whatworks.records.register.verb import NUMBER, Verb, VerbOption

if TYPE_CHECKING:
    from whatworks.board.register import Standing

STATES = ("overdue", "unresolved", "due", "waits", "no date", "closed", "dropped", "withdrawn")


def actions(desk: Desk, state: str = "", kind: str = "", body: str | None = None) -> View:
    """Return the promises as they stand on the desk's day."""
    from whatworks.board.register.office import body_name, chosen_body
    from whatworks.board.register.standing import promises
    from whatworks.papers.board.action_log import action_log

    standing = promises(desk.connection, desk.on)
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    chosen = [each for each in standing if state in ("", each.state) and kind in ("", each.kind)]
    lines = [line for each in chosen for line in _lines(each)]
    for claim in sorted({claim for each in chosen for claim in each.contradicted_by}):
        open_then = sum(claim in each.contradicted_by for each in chosen)
        lines.append(f"{claim} But {open_then} of the actions above were made before and are not closed on the record.")
    lines.append(f"{len(chosen)} promises on {desk.on}." if chosen else "No promise is in the register.")
    return View(chosen, lines, lambda: (action_log(chosen, desk.on, name), chosen))


def show(desk: Desk, number: int) -> View:
    """Return one promise with its source and its whole history."""
    from whatworks.board.register.standing import promises
    from whatworks.records.register.showing import history_lines

    row = desk.ledger.row(desk.connection, "action", number)
    [promise] = promises(desk.connection, desk.on, number=number)
    against = [f"      but {claim}" for claim in promise.contradicted_by]
    lines = [*_lines(promise), *against, *history_lines(list(promise.history))]
    return View({"row": row, "history": promise.history, "standing": promise}, lines)


def _lines(promise: "Standing") -> list[str]:
    owners = ", ".join(promise.owners) or "no owner stated"
    where = f"{promise.document}, line {promise.lines[0]}" if promise.document else "entered"
    return [
        f"{promise.id:>4}  {promise.state.upper():<10} {owners}: {promise.text}",
        f"      {promise.kind} of {promise.made_on or 'a day not known'} ({where}); {promise.says}",
    ]


_OPTIONS = (
    ON,
    VerbOption("state", "Only those in this state.", codes=STATES),
    VerbOption("kind", "Only this kind.", codes=("action", "deliverable", "commitment")),
    BODY_NAMED,
    OUT,
)
_HELP = "Show promises as they stand on a day; one to a meeting without a record is unresolved, never done."
VERBS = (
    Verb(DAY, "actions", _HELP, actions, _OPTIONS, signed=False),
    Verb(ACTION, "list", _HELP, actions, _OPTIONS, signed=False),
    Verb(ACTION, "show", "Show one promise with its source and its whole history.", show, (NUMBER, ON), signed=False),
)
