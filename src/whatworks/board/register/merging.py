"""Read two rows as one, and take that back: merges of people and bodies are proposals until somebody accepts them."""

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.register.ledger import add, change, note, row_of, rows, set_quietly
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import ENTERED, Author
from whatworks.records.register.ledger import Connection, Row
from whatworks.records.register.verb import Done

_WORDS = {"person": "person", "organisation": "body"}
"""What commands call the rows of a table."""


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A person or a body with all names that papers print for it, and what is proposed about it."""

    id: int
    kind: str
    name: str
    names: tuple[Row, ...]
    merged_from: tuple[Row, ...]
    proposals: tuple[Row, ...]


def roots(connection: Connection, kind: str) -> dict[int, int]:
    """Return, for each row of a kind, the row that it is read as: itself, unless a merge was accepted."""
    into = {row["id"]: row["merged_into"] for row in rows(connection, kind)}
    found = {}
    for number in into:
        root = number
        while into[root] is not None:
            root = into[root]
        found[number] = root
    return found


def entities(connection: Connection, kind: str) -> list[NamedEntity]:
    """Return all people, or all bodies, as they are read now."""
    held = {row["id"]: row for row in rows(connection, kind)}
    root = roots(connection, kind)
    names = rows(connection, "name", "kind = ?", [kind])
    merges = rows(connection, "merge", "kind = ?", [kind])
    found = []
    for number, row in held.items():
        if root[number] != number:
            continue
        inside = {other for other, its in root.items() if its == number}
        if row["source_id"] != ENTERED and not any(name["entity_id"] in inside for name in names):
            continue
        own = tuple(name for name in names if name["entity_id"] in inside)
        merged = tuple(held[other] for other in sorted(inside - {number}))
        open_merges = (each for each in merges if each["state"] == "proposed")
        proposed = tuple(each for each in open_merges if {each["kept_id"], each["merged_id"]} & inside)
        found.append(NamedEntity(number, kind, row["name"], own, merged, proposed))
    return found


def merge(connection: Connection, kind: str, kept: int, merged: int, author: Author) -> Done:
    """Read `merged` as `kept` from now on; the number done is the merge's. A proposal of the same pair is accepted."""
    _check_pair(connection, kind, kept, merged)
    merges = rows(connection, "merge", "kind = ?", [kind])
    held = [row for row in merges if {row["kept_id"], row["merged_id"]} == {kept, merged}]
    if held:
        number = int(held[-1]["id"])
        change(connection, "merge", number, {"state": "accepted", "kept_id": kept, "merged_id": merged}, author)
    else:
        values = {"kind": kind, "kept_id": kept, "merged_id": merged, "reason": author.why or "", "state": "accepted"}
        number = add(connection, "merge", values, author=author)
    change(connection, kind, merged, {"merged_into": kept}, author)
    return Done(f"merge {number}: {kind} {merged} is read as {kept}", number, ("state",))


def accept(connection: Connection, number: int, author: Author) -> Done:
    """Accept a proposed merge."""
    row = row_of(connection, "merge", number)
    return merge(connection, row["kind"], row["kept_id"], row["merged_id"], author)


def reject(connection: Connection, number: int, author: Author) -> list[str]:
    """Say that two rows are not one; the proposal is not made again."""
    row = row_of(connection, "merge", number)
    if row["state"] != "proposed":
        remedy = "take an accepted merge back with `whatworks board person split`"
        raise Refused(Fault(f"merge {number} is {row['state']}", remedy))
    return change(connection, "merge", number, {"state": "rejected"}, author)


def split(connection: Connection, kind: str, number: int, author: Author, names: Sequence[int] = ()) -> Done:
    """Take an accepted merge back: row `number` stands for itself again; or part printed names from it, by number."""
    if names:
        new = part(connection, kind, number, names, author)
        return Done(f"{kind} {new} was made of {len(names)} printed names of {kind} {number}", new, ("names",))
    row = row_of(connection, kind, number)
    if row["merged_into"] is None:
        remedy = "name one that was merged, or name printed names with --name to part them from it"
        raise Refused(Fault(f"{kind} {number} is merged into no other", remedy))
    change(connection, kind, number, {"merged_into": None}, author)
    for held in rows(connection, "merge", "kind = ? AND merged_id = ? AND state = 'accepted'", [kind, number]):
        change(connection, "merge", held["id"], {"state": "split"}, author)
    return Done(f"{kind} {number} stands for itself again", number, ("merged_into",))


def part(connection: Connection, kind: str, number: int, names: Sequence[int], author: Author) -> int:
    """Take printed names, by number, away from a row and give them to a new row, whose number is returned.

    It undoes a recognition, such as two people of one name: attendance that stands on the same lines goes with them.
    """
    taken = [row_of(connection, "name", name) for name in names]
    strange = [row for row in taken if row["kind"] != kind or row["entity_id"] != number]
    remedy = f"see `whatworks board {_WORDS[kind]} list` for its names"
    if strange:
        raise Refused([Fault(f"name {row['id']} does not belong to {kind} {number}", remedy) for row in strange])
    new = add(connection, kind, {"name": taken[0]["printed"]}, author=author)
    for row in taken:
        change(connection, "name", row["id"], {"entity_id": new}, author)
        if kind == "person":
            _repoint(connection, row, new, author)
    return new


def _repoint(connection: Connection, name: Row, new: int, author: Author) -> None:
    place = [name["source_id"], name["source_line"], name["entity_id"]]
    for table in ("attendance", "action_owner"):
        for row in rows(connection, table, "source_id = ? AND source_line = ? AND person_id = ?", place):
            set_quietly(connection, table, row["id"], {"person_id": new})
            note(connection, table, row["id"], ("person_id", name["entity_id"], new), author)


def _check_pair(connection: Connection, kind: str, kept: int, merged: int) -> None:
    row_of(connection, kind, kept)
    row = row_of(connection, kind, merged)
    if kept == merged:
        raise Refused(Fault(f"{kind} {kept} is the same row twice", "name two different ones"))
    if row["merged_into"] is not None:
        raise Refused(Fault(f"{kind} {merged} is merged into {row['merged_into']} already", "split it first"))
    if roots(connection, kind)[kept] == merged:
        raise Refused(Fault(f"{kind} {kept} is itself read as {merged}", "split it, or merge the other way round"))
