"""Look again at rows that were set aside because their parent was not known, now that more parents are."""

from collections.abc import Iterable

from whatworks.records.engine import Engine, Store
from whatworks.records.imports.conservation import check_conservation, recount
from whatworks.records.imports.cross_row import DUPLICATE, WAITING, parent_exists, unknown_parent_words
from whatworks.records.imports.staging import key_list, row_as_json
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.ddl import sql_type
from whatworks.records.tables.references import Reference, key_columns, own_key, references


def look_again(connection: Store, imported: Iterable[str]) -> dict[str, int]:
    """Keep quarantined rows whose only fault was a parent that is now there; return how many, by table.

    A row kept now may be the parent of others, which are looked at in turn. Rows with other faults lose this one.
    """
    changed, kept, waiting = set(imported), dict[str, int](), _waiting(connection)
    for child in waiting:
        met = [_mark_met(connection, reference) for reference in references(child) if reference.parent in changed]
        released = _release(connection, child) if any(met) else 0
        if released:
            changed.add(child)
            kept[child] = released
    reword_waiting(connection)
    return kept


def reword_waiting(connection: Store) -> None:
    """Say of each row that waits for a parent whether that is in quarantine itself, and where, or was never sent."""
    for child in _waiting(connection):
        for reference in references(child):
            _reword(connection, reference)


def _reword(connection: Store, reference: Reference) -> None:
    aside = (
        "SELECT min('source \"' || p.name || '\"') FROM held_row h JOIN source p USING (source_id) "
        f"WHERE p.\"table\" = '{reference.parent}' AND p.organisation_id = c.organisation_id "
        f"AND h.row_values ->> '$.{reference.parent_key}' = c.{reference.field}"
    )
    connection.derive(
        "worded",
        f"SELECT c.organisation_id, c.{reference.field} AS value, {unknown_parent_words(reference, aside)} FROM ("
        f"SELECT DISTINCT s.organisation_id, q.value AS {reference.field} FROM quarantine q JOIN source s "
        'USING (source_id) WHERE s."table" = ? AND q.rule IN (SELECT unnest(?)) AND q.field = ?) c',
        [reference.child, WAITING, reference.field],
    )
    connection.change(
        "UPDATE quarantine SET problem = w.problem, remedy = w.remedy, rule = w.rule FROM worded w, source s "
        "WHERE s.source_id = quarantine.source_id AND s.organisation_id = w.organisation_id "
        'AND s."table" = ? AND quarantine.rule IN (SELECT unnest(?)) AND quarantine.field = ? '
        "AND quarantine.value = w.value AND quarantine.remedy <> w.remedy",
        [reference.child, WAITING, reference.field],
    )
    connection.drop("worded")


def _waiting(connection: Engine) -> list[str]:
    """Return the tables of which rows wait for a parent, parents before children."""
    rows = connection.rows(
        'SELECT DISTINCT s."table" FROM quarantine q JOIN source s USING (source_id) WHERE list_contains(?, q.rule)',
        [WAITING],
    )
    found = {table for (table,) in rows}
    return [table for table in RECORD_TABLES if table in found]


def _mark_met(connection: Store, reference: Reference) -> int:
    """Mark the faults of this reference that are none any more; `_release` drops them once the rows have moved."""
    return connection.change(
        "UPDATE quarantine SET rule = 'met' FROM source s WHERE s.source_id = quarantine.source_id "
        'AND s."table" = ? AND list_contains(?, quarantine.rule) AND quarantine.field = ? AND EXISTS (SELECT 1 FROM '
        f"{reference.parent} p WHERE p.organisation_id = s.organisation_id "
        f"AND p.{reference.parent_key} = quarantine.value)",
        [reference.child, WAITING, reference.field],
    )


def _release(connection: Store, child: str) -> int:
    columns = [name for name in RECORD_TABLES[child].columns() if name not in ("source_id", "source_line")]
    values = ", ".join(
        f"CAST(h.row_values ->> '$.{name}' AS {sql_type(RECORD_TABLES[child].columns()[name])}) AS {name}"
        for name in columns
    )
    connection.derive(
        "sound",
        f"SELECT h.source_id, h.line AS source_line, {values} FROM held_row h "
        'JOIN (SELECT q.source_id, q.line FROM quarantine q JOIN source s USING (source_id) WHERE s."table" = ? '
        "GROUP BY q.source_id, q.line HAVING bool_and(q.rule = 'met')) m "
        "ON m.source_id = h.source_id AND m.line = h.line",
        [child],
    )
    _keep_back_taken(connection, child)
    names = ", ".join(["source_id", "source_line", *columns])
    connection.change(f"INSERT INTO {child} ({names}) SELECT {names} FROM sound ORDER BY source_id, source_line")
    counts = connection.rows("SELECT source_id, count(*) FROM sound GROUP BY 1 ORDER BY 1")
    for table in ("quarantine", "held_row"):
        connection.change(
            f"DELETE FROM {table} t USING sound s WHERE t.source_id = s.source_id AND t.line = s.source_line"
        )
    connection.change("DELETE FROM quarantine WHERE rule = 'met'")
    connection.drop("sound")
    for source_id, _ in counts:
        recount(connection, source_id, child)
    check_conservation(connection, [source_id for source_id, _ in counts])
    return sum(count for _, count in counts)


def _keep_back_taken(connection: Store, child: str) -> None:
    """Leave rows in quarantine whose key another row took in the meantime, or that two of them share."""
    same = " AND ".join(f"t.{key} = s.{key}" for key in key_columns(child))
    field = own_key(child)
    connection.derive(
        "taken",
        f"SELECT s.source_id, s.source_line, s.{field} AS value FROM sound s "
        f"WHERE EXISTS (SELECT 1 FROM {child} t WHERE {same}) "
        f"OR ({key_list(child, 's')}) IN "
        f"(SELECT ({key_list(child)}) FROM sound GROUP BY {key_list(child)} HAVING count(*) > 1)",
    )
    connection.change(
        f"UPDATE quarantine SET rule = '{DUPLICATE}', field = '{field}', value = taken.value, "
        "problem = 'was taken by another row since', remedy = 'give it its own number, or leave it out' "
        "FROM taken WHERE quarantine.source_id = taken.source_id AND quarantine.line = taken.source_line"
    )
    connection.change(
        "DELETE FROM sound USING taken "
        "WHERE sound.source_id = taken.source_id AND sound.source_line = taken.source_line"
    )
    connection.drop("taken")


def set_orphans_aside(connection: Store, replaced: Iterable[str]) -> dict[str, int]:
    """Quarantine kept rows whose parent a newer extract no longer holds; return how many, by table.

    Their raw text is the row as it was kept, as JSON. They are kept again when the parent comes back.
    """
    changed, aside = set(replaced), dict[str, int]()
    for child in RECORD_TABLES:
        for reference in references(child):
            if reference.parent in changed and (count := _set_aside(connection, reference)):
                changed.add(child)
                aside[child] = aside.get(child, 0) + count
    return aside


def _set_aside(connection: Store, reference: Reference) -> int:
    child = reference.child
    connection.derive(
        "orphan",
        f"SELECT c.source_id, c.source_line, c.{reference.field} AS value, "
        f"{row_as_json(child)} AS row_values FROM {child} c "
        f"WHERE c.{reference.field} IS NOT NULL AND NOT {parent_exists(reference, 'c')}",
    )
    connection.change(
        f"INSERT INTO quarantine SELECT source_id, source_line, row_values, '{reference.field}', value, "
        f"{unknown_parent_words(reference)} FROM orphan ORDER BY source_id, source_line"
    )
    connection.change(
        "INSERT INTO held_row SELECT source_id, source_line, row_values FROM orphan ORDER BY source_id, source_line"
    )
    connection.change(
        f"DELETE FROM {child} t USING orphan o WHERE t.source_id = o.source_id AND t.source_line = o.source_line"
    )
    counts = connection.rows("SELECT source_id, count(*) FROM orphan GROUP BY 1 ORDER BY 1")
    connection.drop("orphan")
    for source_id, _ in counts:
        recount(connection, source_id, child)
    check_conservation(connection, [source_id for source_id, _ in counts])
    return sum(count for _, count in counts)
