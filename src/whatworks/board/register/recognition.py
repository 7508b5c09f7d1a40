"""Recognise people and bodies across papers: the same name is the same row; anything less is a proposal."""

from dataclasses import dataclass, field
from typing import Any

from whatworks.board.register.ledger import add, add_many, rows
from whatworks.board.register.names import FULL_NAMES, bracketed, is_short_name_of, normal, perhaps_one_person
from whatworks.records.register.entry import RowSource
from whatworks.records.register.ledger import Connection

Key = tuple[str, str]
"""("person" or "organisation", the name as compared)."""


@dataclass(slots=True)
class Recogniser:
    """What names have meant so far. `before` is what the same names meant in a version that this paper replaces."""

    connection: Connection
    document_id: str
    before: dict[Key, int] = field(default_factory=dict)
    meant: dict[Key, int] = field(default_factory=dict)
    names: dict[str, dict[int, str]] = field(default_factory=dict)
    proposed: int = 0
    new_people: list[str] = field(default_factory=list)
    noted: list[tuple[dict[str, Any], RowSource]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind in ("person", "organisation"):
            self.names[kind] = {row["id"]: row["name"] for row in rows(self.connection, kind)}
        for row in rows(self.connection, "name", "entity_id IS NOT NULL"):
            self.meant.setdefault((row["kind"], normal(row["printed"])), row["entity_id"])
        for kind, held in self.names.items():
            for number, name in held.items():
                self.meant.setdefault((kind, normal(name)), number)

    def person(self, printed: str, lines: tuple[int, int], told_by: str) -> int:
        """Return the person whom a printed name means; a new one is made, and likenesses to others are proposed."""
        return self.person_at(printed, RowSource(self.document_id, lines), told_by)

    def person_at(self, printed: str, source: RowSource, told_by: str) -> int:
        """Return the person whom a name means that is printed in this paper or another."""
        key = ("person", normal(printed))
        number, reason = self._known(key)
        if number is None:
            number = self._new("person", " ".join(printed.split()), source)
            reason = "first time that this name stands in the record"
            self.new_people.append(printed)
            self._propose_people(number, printed)
        self._note(key, printed, source, told_by, number, reason)
        return number

    def known_person(self, printed: str) -> int | None:
        """Return the person of exactly that name, or None."""
        return self._known(("person", normal(printed)))[0]

    def organisation(self, printed: str, lines: tuple[int, int], told_by: str) -> int:
        """Return the body that a printed name means; of several set apart by strokes, the first.

        A short name in brackets is kept as another name of the body.
        """
        first, *others = [part.strip() for part in printed.split("/") if part.strip()] or [printed]
        for other in others:
            self.organisation(other, lines, told_by)
        key, source = ("organisation", normal(first)), RowSource(self.document_id, lines)
        number, reason = self._known(key)
        if number is None:
            number, reason = self._from_gazetteer(first, source)
        if number is None:
            number = self._new("organisation", _full(first), source)
            reason = "first time that this name stands in the record"
            self._propose_bodies(number, first)
        self._note(key, first, source, told_by, number, reason)
        short = bracketed(first)
        if short and ("organisation", normal(short)) not in self.meant:
            self._note(("organisation", normal(short)), short, source, told_by, number, f"in brackets after {first!r}")
        return number

    def known_organisation(self, printed: str) -> int | None:
        """Return the body of that name or known short name, or None; nothing is made."""
        found = self._known(("organisation", normal(printed)))[0]
        full = FULL_NAMES.get(normal(printed))
        return found or (self._known(("organisation", normal(full)))[0] if full else None)

    def is_body(self, printed: str) -> bool:
        """Whether a name is a body's that is known already, or one of the known short names."""
        return self.known_organisation(printed) is not None or normal(printed) in FULL_NAMES

    def alias(self, short: str, full: str, lines: tuple[int, int]) -> None:
        """Keep a short name that the paper itself defines, where it is a body's that the register knows."""
        number = self.known_organisation(full)
        key = ("organisation", normal(short))
        if number is not None and key not in self.meant:
            reason = f"the paper's own abbreviation of {full!r}"
            self._note(key, short, RowSource(self.document_id, lines), "abbreviation", number, reason)

    def keep(self) -> None:
        """Write down what the names were taken to mean; until then the register does not show it."""
        add_many(self.connection, "name", self.noted)
        self.noted = []

    def _known(self, key: Key) -> tuple[int | None, str]:
        if key in self.before:
            return self.before[key], "as in the version that this paper replaces"
        return self.meant.get(key), "the same name as before"

    def _from_gazetteer(self, printed: str, source: RowSource) -> tuple[int | None, str]:
        full = FULL_NAMES.get(normal(printed))
        if full is None:
            return None, ""
        number = self.meant.get(("organisation", normal(full))) or self._new("organisation", full, source)
        self.meant[("organisation", normal(full))] = number
        return number, f"{printed!r} is a known name of {full!r}"

    def _new(self, kind: str, name: str, source: RowSource) -> int:
        number = add(self.connection, kind, {"name": name}, source)
        self.names[kind][number] = name
        return number

    def _note(self, key: Key, printed: str, source: RowSource, told_by: str, number: int, reason: str) -> None:
        self.meant.setdefault(key, number)
        values = {"kind": key[0], "printed": printed, "entity_id": number, "told_by": told_by, "reason": reason}
        self.noted.append((values, source))

    def _propose_people(self, number: int, printed: str) -> None:
        for other, name in self.names["person"].items():
            if other != number and perhaps_one_person(printed, name):
                self._propose("person", other, number, f"{printed!r} may be {name!r}: one surname, forms of a forename")

    def _propose_bodies(self, number: int, printed: str) -> None:
        for other, name in self.names["organisation"].items():
            if other == number:
                continue
            if is_short_name_of(printed, name) or is_short_name_of(name, printed):
                self._propose("organisation", other, number, f"{printed!r} and {name!r}: one is the other's initials")

    def _propose(self, kind: str, kept: int, merged: int, reason: str) -> None:
        values = {"kind": kind, "kept_id": kept, "merged_id": merged, "reason": reason, "state": "proposed"}
        add(self.connection, "merge", values, RowSource(self.document_id))
        self.proposed += 1


def _full(printed: str) -> str:
    """Return a body's name without brackets; `LB` is a London borough."""
    name = printed.split("(")[0].strip() or printed
    return f"London Borough of {name[3:].strip()}" if name.startswith("LB ") else name
