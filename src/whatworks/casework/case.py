"""Find a case and what belongs to it, for whoever may see it; what they may not see is refused as if it were not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

import polars as pl

from whatworks.casework.register import Kept, kept_record, kept_records
from whatworks.records.audit.reader import Reader, present_reader
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Verb, unknown_code
from whatworks.records.tables.codes import TIERS
from whatworks.records.tables.standing import standing

DEFAULT_TIER = "official-sensitive"
Person = tuple[str, str]


def not_seen(what: str, number: str) -> Refused:
    """Return the one refusal for a record that is not there, and for one that the reader may not see.

    >>> print(not_seen("case", "12"))
    case "12": is not one that you work with; name one that `whatworks casework due` lists
    """
    remedy = "name one that `whatworks casework due` lists"
    return Refused(Fault("is not one that you work with", remedy, field=what, value=number))


def open_case(connection: Engine, number: str) -> Kept:
    """Return an open case that the present reader may see."""
    case = seen_case(connection, number)
    if case.row["closed_on"] is not None:
        raise Refused(Fault(f"was closed on {case.row['closed_on']}", "open another", field="case", value=number))
    return case


def seen_case(connection: Engine, number: str) -> Kept:
    """Return a case that the present reader may see, open or closed."""
    reader, case = present_reader(connection), kept_record(connection, "casefile", number)
    seen = may_see(connection, reader, case)
    if case is None or not seen:
        raise not_seen("case", number)
    return case


def seen_record(connection: Engine, table: str, number: str) -> Kept:
    """Return a record of a case that the present reader may see; its case need not be open."""
    reader, kept = present_reader(connection), kept_record(connection, table, number)
    case = kept_record(connection, "casefile", _case_place(connection, kept) or number)
    own = case is None and kept is not None and reader.organisation_id in (None, kept.organisation)
    seen = may_see(connection, reader, case)
    if kept is None or not (seen or own):
        raise not_seen(table.replace("_", " "), number)
    return kept


def may_see(connection: Engine, reader: Reader, case: Kept | None) -> bool:
    """Return whether a case is within a reader's tier, and their agency, if they have one, has a part in it."""
    place = case.place if case else ""
    query = f"SELECT p.agency FROM ({_parts(connection)}) AS p WHERE p.place = ?"
    parts = [agency for (agency,) in connection.rows(query, [place])]
    return case is not None and is_seen(reader, case, parts)


def is_seen(reader: Reader, case: Kept, parts: Collection[str]) -> bool:
    """Return whether a reader may see a case in which the agencies `parts` have a part."""
    within = TIERS.index(reader.tier) >= TIERS.index(case.row["tier"] or DEFAULT_TIER)
    return within and (reader.organisation_id is None or reader.organisation_id in parts)


def seen_cases(connection: Engine) -> list[Kept]:
    """Return the open cases that the present reader may see; files without a day of opening are those of journeys."""
    reader, parts = present_reader(connection), dict[str, set[str]]()
    for place, agency in connection.rows(_parts(connection)):
        parts.setdefault(place, set()).add(agency)
    cases = kept_records(connection, "casefile", "opened_on IS NOT NULL AND closed_on IS NULL")
    return [case for case in cases if is_seen(reader, case, parts[case.place])]


def records_of(connection: Engine, table: str, cases: Collection[Kept]) -> list[tuple[Kept, Kept]]:
    """Return each record of a table that was kept for one of the cases, with its case."""
    by_place = {case.place: case for case in cases}
    recorded = connection.rows("SELECT e.id, e.of_case FROM casework_entry AS e WHERE e.kept_in = ?", [table])
    of_case = {f"casework-{number}": place for number, place in recorded if place}
    found = []
    for kept in kept_records(connection, table):
        own = f"{kept.organisation}:{kept.row['case_id']}" if "case_id" in kept.row else of_case.get(kept.key, "")
        if own in by_place:
            found.append((kept, by_place[own]))
    return found


def _parts(connection: Engine) -> str:
    standing(connection, "casefile", "handover", "plan_action")
    return files("whatworks.casework").joinpath("sql", "case_part.sql").read_text("utf-8")


def person_of(case: Kept) -> Person:
    """Return whose case it is, by agency and number."""
    return case.organisation, str(case.row["person_id"])


def people_of(connection: Engine, kept: Kept) -> tuple[Person, ...]:
    """Return whom a record is about: by its own column, or as the person of its case."""
    own = bool(kept.row.get("person_id"))
    about = kept if own else kept_record(connection, "casefile", _case_place(connection, kept) or "")
    return (person_of(about),) if about else ()


def filled(verb: Verb, author: Author, values: Mapping[str, Any]) -> None:
    """Refuse an option that must be given, and a reason that must be, where it is blank."""
    blank = [each.shown for each in verb.options if each.required and str(values.get(each.name, "?")).strip() == ""]
    blank += ["--why"] if verb.why and not author.why else []
    if blank:
        raise Refused([Fault("is empty", "give it", field=name) for name in blank])


def known_person(connection: Engine, text: str) -> Person:
    """Return a person by agency and number, written `probation:X123`; refused where nobody is known by it."""
    organisation, _, number = text.partition(":")
    known = agencies(connection)
    if not number or organisation not in known:
        remedy = f"write it as AGENCY:NUMBER, with one of {', '.join(known) or 'the agencies of whatworks.toml'}"
        raise Refused(Fault("does not say whose number it is", remedy, field="person", value=shape(text)))
    if not connection.rows(
        "SELECT p.person_id FROM person AS p WHERE p.organisation_id = ? AND p.person_id = ?", [organisation, number]
    ):
        remedy = f"check the number, or import {organisation}'s people"
        raise Refused(Fault(f"is not known to {organisation}", remedy, field="person", value=shape(number)))
    return organisation, number


def linked_people(connection: Engine, people: Sequence[Person]) -> dict[Person, str]:
    """Return who each is by the links; whoever is not linked stands for themselves."""
    _ask(connection, people)
    rows = connection.rows(
        "SELECT i.organisation_id, i.person_id, i.linked_id FROM person_asked AS a JOIN identity AS i "
        "ON i.organisation_id = a.organisation_id AND i.person_id = a.person_id"
    )
    return {person: ":".join(person) for person in people} | {(row[0], row[1]): row[2] for row in rows}


def under_18(connection: Engine, people: Sequence[Person], on: date) -> dict[Person, str]:
    """Return the mark of each who is a child on a day, or whose age is not known."""
    _ask(connection, people)
    rows = connection.rows(
        "SELECT p.organisation_id, p.person_id, p.date_of_birth FROM person_asked AS a JOIN person AS p "
        "ON p.organisation_id = a.organisation_id AND p.person_id = a.person_id"
    )
    grown = (on.year - 18, on.month, on.day)
    marks = {(row[0], row[1]): ", AGE NOT KNOWN" for row in rows if row[2] is None}
    return marks | {(row[0], row[1]): ", UNDER 18" for row in rows if row[2] and row[2].timetuple()[:3] > grown}


def _ask(connection: Engine, people: Sequence[Person]) -> None:
    names = ["organisation_id", "person_id"]
    connection.put("person_asked", pl.DataFrame([*people], schema=dict.fromkeys(names, pl.String), orient="row"))


def known_agency(connection: Engine, field: str, name: str | None) -> None:
    """Refuse an agency that the partnership does not have."""
    if name is not None and name not in (known := agencies(connection)):
        raise Refused(unknown_code(field, name, known))


def within_tier(connection: Engine, tier: str | None) -> None:
    """Refuse a tier above that of the present reader, who would not see the case again."""
    own = present_reader(connection).tier
    if TIERS.index(tier or DEFAULT_TIER) > TIERS.index(own):
        raise Refused(
            Fault(f"is above your own tier, {own}", "have it done by a reader of that tier", field="tier", value=tier)
        )


def agencies(connection: Engine) -> list[str]:
    """Return the partnership's agencies."""
    return [name for (name,) in connection.rows("SELECT DISTINCT organisation_id FROM organisation ORDER BY 1")]


def together(*checks: Callable[[], Any]) -> None:
    """Make all checks, and refuse with the faults of all."""
    faults: list[Fault] = []
    for check in checks:
        try:
            check()
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)


def _case_place(connection: Engine, kept: Kept | None) -> str | None:
    """Return the case of a record, as `kept_record` takes it: by its column, or by the register's entry.

    What is not there is looked up like what is: the time that a refusal takes tells nothing.
    """
    rows = connection.rows(
        "SELECT e.of_case FROM casework_entry AS e WHERE 'casework-' || e.id = ? AND e.of_case IS NOT NULL",
        [kept.key if kept else ""],
    )
    if kept is not None and kept.row.get("case_id"):
        return f"{kept.organisation}:{kept.row['case_id']}"
    return str(rows[0][0]) if rows else None
