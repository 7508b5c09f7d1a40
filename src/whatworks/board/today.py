"""A day's work of a board's officer: what is due, what waits for a decision, what the last paper left unplaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whatworks.board.contradictions import contradictions, differing
from whatworks.board.register.agenda import draft_agenda
from whatworks.board.register.decision_state import decisions
from whatworks.board.register.document import StoredDocument, as_papers, last_read, stored_documents
from whatworks.board.register.office import chosen_body, meetings_of
from whatworks.board.register.proposal import proposals
from whatworks.board.register.standing import Standing, promises
from whatworks.records.register.ledger import Connection

AHEAD = timedelta(days=30)
"""How far ahead a promise counts as due soon."""


@dataclass(frozen=True, slots=True)
class DayTask:
    """A part of the day's work: its entries, the command that deals with it, and the one that shows everything."""

    title: str
    count: int
    entries: tuple[str, ...]
    command: str
    everything: str


def tasks(connection: Connection, on: date, body_id: int | None = None) -> tuple[DayTask, ...]:
    """Return the parts of a day's work that hold anything, the most pressing first: of all bodies, or of one."""
    meetings = meetings_of(connection, body_id)
    papers = [each for each in stored_documents(connection) if each.event_id in meetings and (each.dated or on) <= on]
    waiting = proposals(connection, body_id)
    clashes = differing(contradictions(as_papers(papers)))
    conditional = [each for each in decisions(connection, body_id) if each.condition_state == "open"]
    every = (
        *_due(promises(connection, on, body_id=body_id), on),
        _task(
            "Waits for your word",
            [f"{each.reference}  {each.says}{f' (“{each.shown_by}”)' if each.shown_by else ''}" for each in waiting],
            f"whatworks board proposal accept {waiting[0].reference if waiting else 'P1'} --by NAME (or decline)",
            "whatworks board proposal list",
        ),
        _task("Contradictions in the record", [each.title for each in clashes], "whatworks board contradictions"),
        _task(
            "Decisions whose condition is not recorded as met",
            [f"{each.id:>3}  {each.text} ({each.condition})" for each in conditional if (each.day or on) <= on],
            "whatworks board decision condition NUMBER --met --evidence TEXT --by NAME",
            "whatworks board decisions",
        ),
        _unplaced(connection, papers),
        _next(connection, on, body_id),
    )
    return tuple(task for task in every if task is not None)


def _task(title: str, entries: Sequence[str], command: str, everything: str = "") -> DayTask | None:
    return DayTask(title, len(entries), tuple(entries), command, everything or command) if entries else None


def _due(standing: Sequence[Standing], on: date) -> list[DayTask | None]:
    """Return what is overdue, what no record settles, and what is due soon; what was promised in prose comes last."""
    close = "whatworks board action close NUMBER --evidence TEXT --by NAME"
    unheld = "whatworks board read FILE (the minutes), or whatworks board meeting cancel NUMBER --why TEXT --by NAME"
    soon = [each for each in standing if each.state == "due" and each.due_to is not None and each.due_to <= on + AHEAD]
    overdue, unresolved = ([each for each in standing if each.state == state] for state in ("overdue", "unresolved"))
    parts = (
        ("Overdue", overdue, close, "--state overdue"),
        ("Promised to a meeting of which no record is held", unresolved, unheld, "--state unresolved"),
        (f"Due by {on + AHEAD}", soon, close, f"--within {AHEAD.days}"),
    )
    for _, found, _, _ in parts:
        found.sort(key=lambda each: each.kind == "commitment")
    return [
        _task(title, list(map(_promise, found)), command, f"whatworks board actions {option}")
        for title, found, command, option in parts
    ]


def _promise(promise: Standing) -> str:
    return f"{promise.id:>3}  {', '.join(promise.owners) or 'no owner stated'}: {promise.text} ({promise.says})"


def _unplaced(connection: Connection, papers: Sequence[StoredDocument]) -> DayTask | None:
    """Return what the paper that was read last left unplaced, with its words."""
    last = last_read(connection, papers)
    if last is None:
        return None
    entries = [f"line {each.lines[0]}: {each.text}, {each.reason}" for each in last.parsed.unresolved]
    entries += [f"line {each.lines[0]}: “{each.text}”" for each in last.parsed.unplaced]
    return _task(f"Not placed in the last paper, {last.name}", entries, f"whatworks board paper show {last.id}")


def _next(connection: Connection, on: date, body_id: int | None) -> DayTask | None:
    draft = draft_agenda(connection, on, body_id if body_id is not None else chosen_body(connection, None))
    if draft.day is None:
        return None
    when = " at ".join(part for part in (str(draft.day), draft.start_time) if part)
    entry = f"{draft.body or 'The board'}: {when}{f', {draft.place}' if draft.place else ''}"
    return _task("Next meeting", [entry], f"whatworks board meeting agenda --on {on}")
