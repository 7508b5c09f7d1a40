"""Hand the register over: Popolo's JSON, a CSV of each table, and a calendar of meetings and what is due."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

from whatworks.board.register.ledger import rows
from whatworks.board.register.merging import NamedEntity, entities, roots
from whatworks.board.register.standing import promises
from whatworks.board.tables import BOARD_TABLES
from whatworks.records.register.ledger import Connection, Row

_LONGEST_LINE = 75


def export(connection: Connection, on: date) -> dict[str, str]:
    """Return all files of the export, by name; those in `csv/` hold one table each."""
    files = {f"csv/{name}.csv": table_csv(connection, name) for name in BOARD_TABLES}
    files["popolo.json"] = json.dumps(popolo(connection), indent=2, ensure_ascii=False) + "\n"
    files["board.ics"] = calendar(connection, on)
    return files


def popolo(connection: Connection) -> dict[str, Any]:
    """Return persons, organisations, posts, memberships, events and motions in Popolo's terms.

    Rows that were merged appear once, under the row that stays, with their names as `other_names`. Attendance is given
    with each event, since Popolo has no term for it.
    """
    person, body = roots(connection, "person"), roots(connection, "organisation")
    return {
        "persons": [_named("person", entity) for entity in entities(connection, "person")],
        "organizations": [
            _named("organization", entity) | _dated(rows(connection, "organisation", "id = ?", [entity.id])[0])
            for entity in entities(connection, "organisation")
        ],
        "posts": [
            {"id": f"post/{row['id']}", "label": row["label"]} | _link("organization", row["organisation_id"], body)
            for row in rows(connection, "post")
        ],
        "memberships": [
            {"id": f"membership/{row['id']}", "role": row["role"]}
            | {"start_date": _iso(row["from_date"]), "end_date": _iso(row["to_date"])}
            | _link("organization", row["organisation_id"], body)
            | _link("person", row["person_id"], person)
            | _link("organization", row["on_behalf_of_id"], body, "on_behalf_of_id")
            for row in rows(connection, "membership")
        ],
        "events": [_event(connection, row, person, body) for row in rows(connection, "event")],
        "motions": [
            {
                "id": f"motion/{row['id']}",
                "text": row["text"],
                "classification": row["kind"],
                "result": row["state"],
                "requirement": row["condition"],
                "legislative_session_id": f"event/{row['event_id']}" if row["event_id"] else None,
            }
            | _link("organization", row["body_id"], body)
            | _sources(row)
            for row in rows(connection, "motion", "state <> 'withdrawn'")
        ],
    }


def table_csv(connection: Connection, name: str) -> str:
    """Return one table as CSV with a header, in the order of its rows' numbers."""
    columns = list(BOARD_TABLES[name].columns())
    order = "id" if "id" in columns else "source_id, source_line"
    listed = ", ".join(f'"{column}"' for column in columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in connection.rows(f"SELECT {listed} FROM {name} ORDER BY {order}"):
        writer.writerow(["" if value is None else _not_a_formula(str(value)) for value in row])
    return out.getvalue()


def calendar(connection: Connection, on: date) -> str:
    """Return an iCalendar (RFC 5545) of meetings, and of the last day of every promise that is not ended.

    Meetings that are only expected in a window are no day, and are left out. The stamp is the day `on`, not the clock.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//whatworks//board register//EN"]
    for row in rows(connection, "event", "from_date = to_date"):
        status = {"cancelled": "CANCELLED", "announced": "TENTATIVE"}.get(row["state"], "CONFIRMED")
        said = f"Board meeting ({row['state'].replace('_', ' ')})"
        lines += _entry(f"event-{row['id']}", on, row["from_date"], said, row["place"], status)
    for promise in promises(connection, on):
        if promise.due_to is not None and promise.state in ("overdue", "unresolved", "due"):
            said = f"Due: {', '.join(promise.owners) or 'no owner stated'}: {promise.text} ({promise.says})"
            lines += _entry(f"action-{promise.id}", on, promise.due_to, said, None, "CONFIRMED")
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(connection: Connection, row: Row, person: dict[int, int], body: dict[int, int]) -> dict[str, Any]:
    attendees = [
        {"person_id": f"person/{person[one['person_id']]}", "role": one["capacity"], "present": one["present"]}
        for one in rows(connection, "attendance", "event_id = ?", [row["id"]])
    ]
    start = row["from_date"].isoformat() + (f"T{row['start_time']}" if row["start_time"] else "")
    end = row["to_date"].isoformat() + (f"T{row['end_time']}" if row["end_time"] else "")
    said = {
        "id": f"event/{row['id']}",
        "name": f"Board meeting of {row['from_date']}",
        "classification": row["state"],
        "start_date": start,
        "end_date": end,
        "location": row["place"],
        "attendees": attendees,
    }
    return said | _link("organization", row["body_id"], body) | _sources(row)


def _named(kind: str, entity: NamedEntity) -> dict[str, Any]:
    others = sorted({row["printed"] for row in entity.names} - {entity.name})
    return {"id": f"{kind}/{entity.id}", "name": entity.name, "other_names": [{"name": other} for other in others]}


def _dated(row: Row) -> dict[str, Any]:
    return {
        "classification": row["classification"],
        "parent_id": f"organization/{row['parent_id']}" if row["parent_id"] else None,
        "founding_date": _iso(row["founded_on"]),
        "dissolution_date": _iso(row["dissolved_on"]),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _link(kind: str, number: int | None, root: dict[int, int], name: str | None = None) -> dict[str, str | None]:
    return {name or f"{kind}_id": f"{kind}/{root[number]}" if number is not None else None}


def _sources(row: Row) -> dict[str, Any]:
    if row["source_line"] is None:
        return {"sources": []}
    return {"sources": [{"note": f"{row['source_id']} lines {row['source_line']} to {row['last_line']}"}]}


def _entry(uid: str, stamp: date, day: date, said: str, place: str | None, status: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@whatworks",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(said)}",
        f"STATUS:{status}",
    ]
    return [*lines, *([f"LOCATION:{_escaped(place)}"] if place else []), "END:VEVENT"]


def _escaped(text: str) -> str:
    r"""Return a text as RFC 5545 has it.

    >>> _escaped("One, two; three")
    'One\\, two\\; three'
    """
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> list[str]:
    """Fold a line at 75 octets, never inside a character; further parts begin with a space."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > _LONGEST_LINE - 1:
            parts.append(part)
            part = " "
        part += character
    return [*parts, part]


def _not_a_formula(text: str) -> str:
    """Return a cell that no spreadsheet runs: a text that begins like a formula gets a quote in front.

    >>> _not_a_formula("=1+1"), _not_a_formula("- a bullet")
    ("'=1+1", "'- a bullet")
    """
    return f"'{text}" if text[:1] in "=+-@\t" else text
