"""Look at every watched number, and let risks change their state by it; each change is kept with its day and reason."""

from dataclasses import dataclass
from typing import Any

from whatworks.board.register import ledger
from whatworks.board.risks.number import Ground, Number, have
from whatworks.board.risks.register import read_risks
from whatworks.board.risks.risk import WORST_FIRST, Risk, State, Watch
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, picked
from whatworks.records.register.verb import Done

WATCHER = "whatworks"
"""Who changes a state that follows from a number."""
WORDS = {
    "sample_size": "people analysed in the scheme group",
    "matched_share": "share of scheme people with a comparison",
    "linked_share": "share of records joined to another agency's",
    "quarantined_share": "share of rows set aside at import",
    "projected_people": "people projected by the scheme's last day",
    "figure": "figure",
}
SHARES = ("matched_share", "linked_share", "quarantined_share")


@dataclass(frozen=True, slots=True)
class StateChange:
    """A risk whose state changed, and why."""

    risk_id: int
    before: State
    after: State
    sentence: str


def watch(
    connection: Connection,
    number: int,
    watched: str,
    author: Author,
    *,
    below: float | None = None,
    above: float | None = None,
    **known: Any,
) -> Done:
    """Let a risk watch a number; red is `below` or `above` a limit, and `known` holds other columns of the watch."""
    if below is not None and above is not None:
        raise Refused(Fault("give one of --below and --above", "a number is worse on one side"))
    limits = {"worse": "below" if above is None else "above", "red": below if above is None else above}
    made = add_watch(connection, number, {"number": watched, **limits, **known}, author)
    return Done(f"risk {number}: watch {made} entered", made, ("*",))


def add_watch(connection: Connection, number: int, values: dict[str, Any], author: Author) -> int:
    """Let a risk watch a number, and return the watch's number; refuse limits that contradict each other."""
    ledger.row_of(connection, "risk", number)
    ledger.check("watch", {"number": values.get("number"), "worse": values.get("worse")})
    faults = _faults(values)
    if faults:
        raise Refused(faults)
    return ledger.add(connection, "watch", {"risk_id": number, **values}, author=author)


def end_watch(connection: Connection, number: int, author: Author) -> Done:
    """Stop watching; what was read so far stays."""
    changed = ledger.change(connection, "watch", number, {"ends_on": author.on}, author)
    return Done(f"watch {number}: ended", number, tuple(changed))


def look(connection: Connection, ground: Ground) -> tuple[StateChange, ...]:
    """Look at the numbers of all open risks and dependencies; return whose state changed.

    A reading is kept where the number or its state is another than last time. Looking twice on the same numbers
    changes nothing.
    """
    changed = []
    for risk in read_risks(connection):
        if not risk.watches:
            continue
        states = [_look(connection, risk, watch, ground) for watch in risk.watches]
        after = min((state for state, _ in states), key=WORST_FIRST.index)
        why = " ".join(sentence for _, sentence in states)
        if after != risk.state:
            author = Author(WATCHER, ground.on, why)
            ledger.change(connection, "risk", risk.id, {"state": after}, author)
            changed.append(StateChange(risk.id, risk.state, after, why))
    return tuple(changed)


def state_of(value: float | None, worse: str, amber: float | None, red: float | None) -> State:
    """Return the state that follows from a number and its limits.

    >>> [state_of(value, "below", 400, 350) for value in (420.0, 380.0, 349.0, None)]
    ['green', 'amber', 'red', 'not known']
    >>> state_of(0.02, "above", None, 0.01)
    'red'
    """
    if value is None:
        return "not known"
    for state, limit in (("red", red), ("amber", amber)):
        if limit is not None and (value < limit if worse == "below" else value > limit):
            return "red" if state == "red" else "amber"
    return "green"


def _look(connection: Connection, risk: Risk, watch: Watch, ground: Ground) -> tuple[State, str]:
    number = have(watch, ground)
    red = number.limit if number.limit is not None else watch.red
    state = state_of(number.value, watch.worse, watch.amber, red)
    sentence = _sentence(watch, number, red)
    last = risk.last_reading(watch)
    if last is None or (last.value, last.state, last.limit) != (number.value, state, red):
        row = {"watch_id": watch.id, "read_on": ground.on, "limit": red, "state": state, "sentence": sentence}
        ledger.add(connection, "reading", row | picked(number, "as_at value"))
    return state, sentence


def _sentence(watch: Watch, number: Number, red: float | None) -> str:
    what = WORDS[watch.number] if watch.number != "figure" else str(watch.name)
    what = what[:1].upper() + what[1:]
    if number.value is None:
        return f"{what}: not known ({number.problem})."
    sentence = f"{what}: {_shown(number.value, watch)}"
    if red is not None:
        side = "needed" if watch.number == "projected_people" else "limit"
        sentence += f" ({side} {_shown(red, watch)})"
    return f"{sentence}{f', as at {number.as_at.isoformat()}' if number.as_at else ''}."


def _shown(value: float, watch: Watch) -> str:
    if watch.number in SHARES:
        return f"{100 * value:.1f}%"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _faults(values: dict[str, Any]) -> list[Fault]:
    number, worse = values.get("number"), values.get("worse")
    amber, red = values.get("amber"), values.get("red")
    faults = []
    if number == "projected_people":
        faults += [
            Fault("is missing", "say which effect the study has to be able to find", field=name)
            for name in ("comparison_share", "smallest_effect")
            if values.get(name) is None
        ]
    elif amber is None and red is None:
        faults.append(Fault("is missing", "give the limit with --below or --above", field="limit"))
    if number in ("sample_size", "matched_share", "figure", "projected_people") and not values.get("place"):
        faults.append(Fault("is missing", "say where the number is had with --of", field="of"))
    if number == "figure" and not values.get("name"):
        faults.append(Fault("is missing", "name the figure with --name", field="name"))
    if amber is not None and red is not None and (amber < red if worse == "below" else amber > red):
        faults.append(Fault("lies beyond the limit of red", "amber comes before red", field="amber", value=str(amber)))
    if number in SHARES:
        faults += [
            Fault("is not a share", "write 5% as 0.05", field=name, value=str(values[name]))
            for name in ("amber", "red")
            if values.get(name) is not None and not 0 <= values[name] <= 1
        ]
    return faults
