"""Look at cases by name: what is due, and one case from start to exit; who looked and why is kept in the audit."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from whatworks.casework.case import (
    DEFAULT_TIER,
    Person,
    known_agency,
    linked_people,
    person_of,
    records_of,
    seen_case,
    seen_cases,
    under_18,
)
from whatworks.casework.due import NOBODY, due_lines, tasks
from whatworks.casework.plan import TABLES, is_open
from whatworks.casework.register import Kept, number_of
from whatworks.records.audit.reader import present_reader
from whatworks.records.engine import Engine
from whatworks.records.partnership import Partnership
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done
from whatworks.records.showing.counted import counted
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import own_key
from whatworks.sharing.consult import permit


def named(
    connection: Connection, here: Partnership, author: Author, purpose: str, people: Collection[Person],
    tables: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """Refuse what the present reader may not see of people, table by table; return what the audit keeps of the look."""
    reader = present_reader(connection)
    for table in tables:
        fields = [*_shown_columns(table), *({"person_id"} & {*RECORD_TABLES[table].columns()})]
        permit(connection, here, reader, table, fields, people, purpose, author.why, author.true_day)
    return {"purpose": purpose}


def show_due(
    connection: Connection, here: Partnership, author: Author, purpose: str, agency: str | None = None
) -> Done:
    """Show what is due, overdue and without anybody, by agency."""
    known_agency(connection, "--agency", agency)
    found = tasks(connection, author.on, agency)
    people = tuple(sorted({task.person for task in found}))
    kept = named(
        connection, here, author, purpose, people, sorted({TABLES[task.sort] for task in found} | {"casefile"})
    )
    more = {"tasks": [asdict(task) for task in found]}
    return Done("\n".join(due_lines(found)), more=more, people=people, kept=kept)


def list_cases(
    connection: Connection, here: Partnership, author: Author, purpose: str, agency: str | None = None
) -> Done:
    """List the open cases, of one lead or all: those overdue for review first, each with what of it is open."""
    known_agency(connection, "--agency", agency)
    cases = [case for case in seen_cases(connection) if agency in (None, case.row["lead_organisation"])]
    people = tuple(sorted({person_of(case) for case in cases}))
    kept = named(connection, here, author, purpose, people, ["casefile", "need", "plan_action"])
    young = under_18(connection, people, author.on)
    left = {word: Counter(case.place for each, case in records_of(connection, TABLES[word], cases) if is_open(each))
            for word in ("need", "action")}  # fmt: skip
    lines = []
    for case in sorted(cases, key=lambda case: (case.row["review_on"] or date.min, case.place)):
        review, lead, person = case.row["review_on"], case.row["lead_organisation"] or NOBODY, person_of(case)
        day = (
            f"{'OVERDUE for review since' if review < author.on else 'review by'} {review}"
            if review
            else "NO DAY OF REVIEW"
        )
        counts = ", ".join(counted(number[case.place], f"open {word}") for word, number in left.items())
        lines.append(f"case {case.number} ({':'.join(person)}{young.get(person, '')}), lead {lead}: {day}; {counts}")
    return Done("\n".join(lines) or "No case is open.", more={"rows": lines}, people=people, kept=kept)


def show_case(
    connection: Connection, ledger: Ledger, here: Partnership, author: Author, purpose: str, case: str
) -> Done:
    """Show one case from start to exit: on what basis, which need which service met, who recorded and who looked.

    Who looked is shown to the partnership's own staff.
    """
    found = seen_case(connection, case)
    kept = named(connection, here, author, purpose, [person_of(found)], TABLES.values())
    row = found.row
    about = {"opened": row["opened_on"], "rule": row["opening_rule_version"], "lead": row["lead_organisation"],
             "lawful basis": row["lawful_basis"], "tier": row["tier"] or DEFAULT_TIER, "review": row["review_on"],
             "closed": row["closed_on"], "because": row["close_reason"]}  # fmt: skip
    person = person_of(found)
    mark = under_18(connection, [person], author.on).get(person, "")
    lines = [f"case {case} of {':'.join(person)}{mark}: {_said(about)}"]
    for word, table in TABLES.items():
        own = records_of(connection, table, [found]) if table != "casefile" else []
        lines += [
            f"    {word} {each.number}: {_said({name: each.row[name] for name in _shown_columns(table)})}"
            for each, _ in own
        ]
    lines += ["Recorded:", *_recorded(connection, ledger, found)]
    if present_reader(connection).organisation_id is None and "audit_person" in connection.tables():
        lines += ["Audit of the person:", *_looked(connection, found)]
    return Done("\n".join(lines), None, (), {"case": about, "lines": lines}, people=(person,), kept=kept)


def _said(values: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value is not None)


def _shown_columns(table: str) -> list[str]:
    """Return what is shown of a table: not its keys and places, and not who else is named."""
    kinds = RECORD_TABLES[table].columns()
    hidden = {own_key(table), "organisation_id", "source_id", "source_line", "replaces", "case_id"}
    named = {name for name, kind in kinds.items() if (kind.metadata or {}).get("identifying")}
    return [name for name in kinds if name not in hidden | named]


def _recorded(connection: Connection, ledger: Ledger, case: Kept) -> Iterator[str]:
    """Give each entry of a case and each correction, oldest first: when, who, what, what stood before, and why."""
    entries = {entry["id"]: entry for entry in ledger.rows(connection, "entry")}
    own = {f"casework-{number}" for number, entry in entries.items() if entry["of_case"] == case.place} | {case.key}
    words = {table: word for word, table in TABLES.items()}
    for change in ledger.rows(connection, "change", "table_name = 'entry'"):
        entry = entries[change["row_id"]]
        organisation, first = entry["organisation_id"], entry["corrects"] or f"casework-{change['row_id']}"
        if first not in own:
            continue
        said = "entered"
        if change["field"] != "*":
            values = (_value(connection, entry, change["field"], change[row]) for row in ("before", "after"))
            said = f"{change['field'].replace('_', ' ')} {' -> '.join(values)}"
        why = f" ({change['why']})" if change["why"] else ""
        what = f"{words[entry['kept_in']]} {number_of(organisation, first)}"
        yield f"    {change['changed_on']}, {change['changed_by']}: {what} {said}{why}"


def _value(connection: Connection, entry: Row, column: str, key: str) -> str:
    """Return what stood in a column of one row of a record, corrected since or not."""
    table = entry["kept_in"]
    if (RECORD_TABLES[table].columns()[column].metadata or {}).get("identifying"):
        return "(named)"
    query = f"SELECT {column} FROM {table} WHERE organisation_id = ? AND {own_key(table)} = ?"
    rows = connection.rows(query, [entry["organisation_id"], key])
    return "nothing" if not rows or rows[0][0] is None else str(rows[0][0])


def _looked(connection: Engine, case: Kept) -> Iterator[str]:
    """Give each entry of the audit that names the case's person under any number, oldest first."""
    rows = connection.rows(
        "SELECT DISTINCT p.entry_number, b.written_at, b.payload, s.why, p.organisation_id, p.person_id "
        "FROM audit_person AS p JOIN book_entry AS b ON b.entry_number = p.entry_number "
        "LEFT JOIN audit_seal AS s ON s.entry_number = p.entry_number ORDER BY 1"
    )
    linked = linked_people(connection, [person_of(case), *((row[4], row[5]) for row in rows)])
    for number, at, payload, why, *person in rows:
        if linked[person[0], person[1]] == linked[person_of(case)]:
            said = json.loads(payload)
            by = " of ".join(filter(None, (said["by"]["sign_in"], said["by"]["organisation_id"])))
            yield f"    {number}: {at}, {by}, {said['act']}: {said['what']}{f' ({why})' if why else ''}"
