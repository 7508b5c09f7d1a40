"""Look at cases by name: what is due, and one case from start to exit; who looked and why is kept in the audit."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from whatworks.casework.case import DEFAULT_TIER, linked_people, person_of, records_of, seen_case
from whatworks.casework.due import due_lines, tasks
from whatworks.casework.plan import TABLES
from whatworks.casework.register import Kept
from whatworks.records.engine import Engine
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger
from whatworks.records.register.verb import Done
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import own_key


def show_due(connection: Connection, author: Author, agency: str | None = None) -> Done:
    """Show what is due, overdue and without anybody, by agency."""
    found = tasks(connection, author.on, agency)
    more = {"tasks": [asdict(task) for task in found]}
    return Done("\n".join(due_lines(found)), more=more, people=tuple(sorted({task.person for task in found})))


def show_case(connection: Connection, ledger: Ledger, case: str) -> Done:
    """Show one case from start to exit: on what basis, which need which service met, who recorded and who looked."""
    found = seen_case(connection, case)
    row = found.row
    about = {"opened": row["opened_on"], "rule": row["opening_rule_version"], "lead": row["lead_organisation"],
             "lawful basis": row["lawful_basis"], "tier": row["tier"] or DEFAULT_TIER, "review": row["review_on"],
             "closed": row["closed_on"], "because": row["close_reason"]}  # fmt: skip
    person = person_of(found)
    lines = [f"case {case} of {':'.join(person)}: {_said(about)}"]
    for word, table in TABLES.items():
        kept = [each for each, _ in records_of(connection, table, [found])] if table != "casefile" else []
        lines += [f"    {word} {each.number}: {_said(_shown(each))}" for each in kept]
    recorded, looked = list(_recorded(connection, ledger, found)), list(_looked(connection, found))
    lines += ["Recorded:", *recorded, "Audit of the person:", *looked]
    more = {"case": about, "lines": lines}
    return Done("\n".join(lines), None, (), more, people=(person,))


def _said(values: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value is not None)


def _shown(kept: Kept) -> dict[str, Any]:
    """Return what a record says, but for its place, its number and who else it names."""
    kinds = RECORD_TABLES[kept.table].columns()
    hidden = {own_key(kept.table), "organisation_id", "source_id", "source_line", "replaces", "case_id"}
    named = {name for name, kind in kinds.items() if (kind.metadata or {}).get("identifying")}
    return {name: kept.row[name] for name in kinds if name not in hidden | named}


def _recorded(connection: Connection, ledger: Ledger, case: Kept) -> Iterator[str]:
    """Give each entry of a case and each correction, oldest first: when, who, what, why, and what stood before."""
    entries = {entry["id"]: entry for entry in ledger.rows(connection, "entry")}
    own = {f"casework-{number}" for number, entry in entries.items() if entry["of_case"] == case.place} | {case.key}
    for change in ledger.rows(connection, "change", "table_name = 'entry'"):
        entry = entries[change["row_id"]]
        first = entry["corrects"] or f"casework-{change['row_id']}"
        if first not in own:
            continue
        what = "entered" if change["field"] == "*" else f"{change['field'].replace('_', ' ')} changed"
        why = f" ({change['why']})" if change["why"] else ""
        yield f"    {change['changed_on']}, {change['changed_by']}: {entry['kept_in']} {first} {what}{why}"


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
