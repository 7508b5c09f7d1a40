"""What waits for the officer's word: merges, what papers say became of a promise, cells of a sheet that conflict."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whatworks.board.register import merging
from whatworks.board.register.document import document_names
from whatworks.board.register.ledger import add, change, row_of, rows
from whatworks.board.register.office import meetings_of
from whatworks.board.register.promise import close, drop, set_due
from whatworks.board.register.sheet import apply_cells
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import MANUAL, Author
from whatworks.records.register.ledger import Connection, Row
from whatworks.records.register.sheet import Edit
from whatworks.records.register.verb import Done

_REFERENCE = re.compile(r"([PM])(\d+)", re.IGNORECASE)
_WORDS = {
    "close": "is done",
    "carry": "is carried forward",
    "drop": "is no longer to be kept",
    "value": "was changed in a sheet and here",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that waits: `reference` is P3, or M2 of a merge; `says` what would change, `shown_by` the words."""

    reference: str
    kind: str
    says: str
    shown_by: str
    document: str | None
    lines: tuple[int | None, int | None]


def proposals(connection: Connection, body_id: int | None = None) -> list[Proposal]:
    """Return what waits for somebody's word, oldest first: of promises (all, or a body's), then merges."""
    names, meetings = document_names(connection), meetings_of(connection, body_id)
    actions = {row["id"]: row for row in rows(connection, "action")}
    waiting = [
        Proposal(f"P{row['id']}", row["kind"], _says(row, actions[row["action_id"]]), row["text"], *_place(row, names))
        for row in rows(connection, "proposal", "state = 'proposed'")
        if actions[row["action_id"]]["event_id"] in meetings
    ]
    for row in rows(connection, "merge", "state = 'proposed'"):
        says = f"{row['kind']} {row['merged_id']} is the same as {row['kept_id']}: {row['reason']}"
        waiting.append(Proposal(f"M{row['id']}", "merge", says, "", *_place(row, names)))
    return waiting


def propose_conflict(connection: Connection, edit: Edit, file: str) -> int:
    """Keep a cell that was changed in a sheet and in the register, for somebody to decide; return its number."""
    same = "state = 'proposed' AND kind = 'value' AND action_id = ? AND field = ? AND value IS NOT DISTINCT FROM ?"
    held = rows(connection, "proposal", same, [edit.number, edit.field, edit.returned])
    if held:
        return int(held[0]["id"])
    sent, now, returned = (text or "nothing" for text in (edit.sent, edit.now, edit.returned))
    text = f"{file} says {returned}; it went out as {sent}, and is now {now}"
    values = {"kind": "value", "action_id": edit.number, "field": edit.field, "value": edit.returned, "text": text}
    return add(connection, "proposal", {**values, "reason": "its number in the sheet", "state": "proposed"}, MANUAL)


def accept(connection: Connection, references: Sequence[str], author: Author) -> Done:
    """Do what was proposed; what cannot be done is refused, and then nothing of it is."""
    return _settle(connection, references, author, "accepted", _accept, merging.accept)


def decline(connection: Connection, references: Sequence[str], author: Author) -> Done:
    """Say that what was proposed is not so; it is not proposed again from the same line."""
    return _settle(connection, references, author, "declined", lambda *_: None, merging.reject)


def read_reference(text: str) -> str:
    """Return a proposal's reference as it is written in lists.

    >>> read_reference("p3")
    'P3'
    """
    if not _REFERENCE.fullmatch(text.strip()):
        remedy = "write it as P3, or M2 for a merge, as `whatworks board proposal list` shows it"
        raise Refused(Fault("is not the reference of a proposal", remedy, value=text))
    return text.strip().upper()


def _settle(
    connection: Connection,
    references: Sequence[str],
    author: Author,
    state: str,
    do: Callable[[Connection, Row, Author], None],
    merges: Callable[[Connection, int, Author], object],
) -> Done:
    """Settle each proposal, once."""
    for reference in dict.fromkeys(map(read_reference, references)):
        number = int(reference[1:])
        if reference.startswith("M"):
            merges(connection, number, author)
            continue
        row = row_of(connection, "proposal", number)
        if row["state"] != "proposed":
            problem = f"proposal {reference} is {row['state']} already"
            raise Refused(Fault(problem, "see `whatworks board proposal list`"))
        do(connection, row, author)
        change(connection, "proposal", number, {"state": state}, author)
    return Done(f"{', '.join(references)}: {state}", None, ("state",))


def _accept(connection: Connection, row: Row, author: Author) -> None:
    number = row["action_id"]
    if row["kind"] == "value":
        apply_cells(connection, number, {row["field"]: row["value"] or ""}, author)
    elif row["kind"] == "close":
        close(connection, number, _evidence(connection, row), author)
    elif row["kind"] == "drop":
        drop(connection, number, replace(author, why=author.why or _evidence(connection, row)))
    elif row["event_id"] is not None:
        set_due(connection, number, author, text=row["text"], event_id=row["event_id"])
    else:
        day = date.fromisoformat(row["value"]) if row["value"] else None
        set_due(connection, number, author, text=row["text"], window=(day, day) if day else None)


def _evidence(connection: Connection, row: Row) -> str:
    document, lines = _place(row, document_names(connection))
    return f"{document}, line {lines[0]}: {row['text']}" if document else str(row["text"])


def _says(row: Row, action: Row) -> str:
    what = f"{row['field'].replace('_', ' ')} of " if row["field"] else ""
    return f"{what}action {action['id']} {_WORDS[row['kind']]}: {action['text']}"


def _place(row: Row, names: dict[str, str]) -> tuple[str | None, tuple[int | None, int | None]]:
    return names.get(row["source_id"]), (row["source_line"], row["last_line"])
