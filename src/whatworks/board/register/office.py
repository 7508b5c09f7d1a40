"""Whom a question is about: a body by any of its names, or who held an office on a day, such as "the Mayor"."""

import re
from dataclasses import dataclass
from datetime import date

from whatworks.board.register.ledger import rows
from whatworks.board.register.merging import roots
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.ledger import Connection, Row

_SHORT = {"dmpc": "deputy mayor for policing and crime", "coo": "chief operating officer", "ceo": "chief executive"}
_BELOW = {"deputy", "vice", "assistant", "acting", "interim"}
"""Words that make another office of one."""
_MINOR = {"the", "of", "for", "and", "a"}


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who may be meant by an office on a day, with what shows it. The likeliest comes first."""

    person: str
    role: str
    day: date
    says: str


def holders(connection: Connection, office: str, on: date) -> list[Holder]:
    """Return who held an office, as far as papers up to that day show; several where they do not settle it.

    Of two people with the same title, the one who chairs, or whom no other organisation sends, is the likelier.
    """
    wanted = _words(office)
    root, names = roots(connection, "person"), {row["id"]: row["name"] for row in rows(connection, "person")}
    events = {row["id"]: row for row in rows(connection, "event", "state = 'recorded' AND from_date <= ?", [on])}
    found: dict[int, tuple[tuple[int, int, date], Holder]] = {}
    for row in rows(connection, "attendance"):
        event = events.get(row["event_id"])
        role = _words(row["role"] or "")
        if event is None or not wanted or not wanted <= role or role & _BELOW - wanted:
            continue
        person = names[root[row["person_id"]]]
        says = f"listed as {row['role']!r} on {event['from_date']} (line {row['source_line']})"
        holder = Holder(person, row["role"], event["from_date"], says)
        rank = (_closeness(row, wanted), event["from_date"])
        key = root[row["person_id"]]
        if key not in found or rank[1] > found[key][0][2]:
            found[key] = ((rank[0], 0, rank[1]), holder)
    posts = _posts(connection, wanted, names, on)
    return posts + [one[1] for one in sorted(found.values(), key=lambda one: (-one[0][0], -one[0][2].toordinal()))]


def _closeness(row: Row, wanted: frozenset[str]) -> int:
    role = _words(row["role"])
    alone = row["organisation_id"] is None
    return 4 * ("chair" in role) + 2 * alone + (len(role - {"chair"} - wanted) <= 1)


def _posts(connection: Connection, wanted: frozenset[str], names: dict[int, str], on: date) -> list[Holder]:
    return [
        Holder(names[row["person_id"]], row["label"], row["from_date"] or on, f"post {row['id']}, entered")
        for row in rows(connection, "post", "person_id IS NOT NULL")
        if wanted <= _words(row["label"]) and (row["from_date"] or date.min) <= on <= (row["to_date"] or date.max)
    ]


def _words(office: str) -> frozenset[str]:
    """Return the telling words of an office.

    >>> sorted(_words("the DMPC")), sorted(_words("Mayor, Chair"))
    (['crime', 'deputy', 'mayor', 'policing'], ['chair', 'mayor'])
    """
    words = re.findall(r"[a-z]+", office.casefold().replace("'s", "").replace("’s", ""))
    return frozenset(" ".join(_SHORT.get(word, word) for word in words).split()) - _MINOR


def chosen_body(connection: Connection, name: str | None) -> int | None:
    """Return the number of a body, by any of its names; refused where nothing is known by that name."""
    if name is not None:
        number = Recogniser(connection, "entered").known_organisation(name)
        if number is None:
            raise Refused(Fault(f"no body of the register is called {name!r}", "see `whatworks board body list`"))
        return roots(connection, "organisation")[number]
    found = connection.rows(
        "SELECT body_id FROM board_event WHERE state = 'recorded' "
        "GROUP BY body_id ORDER BY count(*) DESC, body_id LIMIT 1"
    )
    return found[0][0] if found else None


def meetings_of(connection: Connection, body_id: int | None) -> set[int | None]:
    """Return the numbers of a body's meetings, under any row that is read as it; of every body where None is given.

    None is among them: what hangs on no meeting, such as a promise entered by hand, belongs to every body.
    """
    root = roots(connection, "organisation") if body_id is not None else {}
    return {None} | {
        row["id"] for row in rows(connection, "event") if body_id is None or root.get(row["body_id"]) == body_id
    }


def body_asked(connection: Connection, name: str | None) -> int | None:
    """Return the number of the body that was named, or None where all are asked about."""
    return None if name is None else chosen_body(connection, name)


def body_name(connection: Connection, number: int | None) -> str:
    """Return a body's name, or words that stand for it where no paper names it."""
    found = rows(connection, "organisation", "id = ?", [number])
    return str(found[0]["name"]) if found else "the board"


def meetings(connection: Connection, body_id: int | None) -> list[Row]:
    """Return a body's meetings, or all, however they are known, in the order of their days."""
    numbers = meetings_of(connection, body_id)
    found = [row for row in rows(connection, "event") if row["id"] in numbers]
    return sorted(found, key=lambda row: (row["from_date"], row["to_date"], row["id"]))
