"""Find what no row shows by itself: numbers used twice, and sentences for people whom nobody has heard of."""

from collections.abc import Collection
from dataclasses import dataclass

from whatworks.records.engine import Engine, Store
from whatworks.records.imports.staging import key_list
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.references import Reference, key_columns, own_key, references, shown_value

DECLARED_SCHEMES = "schemes of whatworks.toml"
"""The source of the schemes that `whatworks.toml` declares in [[scheme]] blocks."""
CASEWORK_SOURCE = "casework register"
"""The name of the sources of all rows that the multi-agency team records; no file comes in by it."""
DUPLICATE, UNKNOWN_PARENT, QUARANTINED_PARENT = "duplicate_key", "unknown_parent", "quarantined_parent"
WAITING = (UNKNOWN_PARENT, QUARANTINED_PARENT)
"""Faults that end when the parent is kept."""
_KEEP_ONE = (
    "keep one of them, or give each its own number; distinct = true in the mapping''s [[table]] keeps one of rows that "
    "say the same"
)
_FAULT = "INSERT INTO staged_fault (source_id, line, field, value, problem, remedy, rule)"


def find_duplicates(connection: Store, table: str) -> None:
    """Give every staged row whose key stands more than once a fault; none of them is kept, not even one of twins."""
    keys, field = key_list(table), own_key(table)
    same = " AND ".join(f"s.{key} = d.{key}" for key in key_columns(table))
    present = " AND ".join(f"{key} IS NOT NULL" for key in key_columns(table))
    connection.change(
        f"{_FAULT} SELECT s.source_id, s.source_line, '{field}', s.{field}, "
        f"'stands in ' || d.times || ' rows of this file', '{_KEEP_ONE}', "
        f"'{DUPLICATE}' FROM staged_{table} s JOIN (SELECT {keys}, count(*) AS times FROM staged_{table} "
        f"WHERE {present} GROUP BY {keys} HAVING count(*) > 1) d ON {same}"
    )


def mark_held(connection: Store, table: str) -> None:
    """Give every staged row whose key is in the table already a fault."""
    same = " AND ".join(f"s.{key} = t.{key}" for key in key_columns(table))
    field = own_key(table)
    connection.change(
        f"{_FAULT} SELECT s.source_id, s.source_line, '{field}', s.{field}, 'is held already from ' || t.source_id "
        f"|| ', line ' || t.source_line, 'give it its own number, or leave it out', '{DUPLICATE}' "
        f"FROM staged_{table} s JOIN {table} t ON {same}"
    )


@dataclass(frozen=True, slots=True)
class _Clash:
    source: str
    rows: int
    example: str


def refuse_held(connection: Engine, table: str, file: str) -> None:
    """Raise `Refused`, naming the sources, where other sources hold ids of the staged rows already."""
    field = own_key(table)
    same = " AND ".join(f"s.{key} = t.{key}" for key in key_columns(table))
    found = connection.rows(
        f"SELECT coalesce(f.name, t.source_id), count(*), min(s.{field}) FROM staged_{table} s "
        f"JOIN {table} t ON {same} LEFT JOIN source f ON f.source_id = t.source_id GROUP BY 1 ORDER BY 1"
    )
    faults = [_held_fault(table, field, _Clash(*row), file) for row in found]
    if faults:
        raise Refused(faults)


def _held_fault(table: str, field: str, clash: _Clash, file: str) -> Fault:
    return Fault(
        f"and {clash.rows - 1:,} more rows of table {table} are held already from source {clash.source}"
        if clash.rows > 1
        else f"of table {table} is held already from source {clash.source}",
        _remedy_of(clash.source),
        file,
        field=field,
        value=shown_value(table, field, clash.example),
    )


def _remedy_of(source: str) -> str:
    if source == DECLARED_SCHEMES:
        return "take its [[scheme]] block out of whatworks.toml, or leave it out of the file"
    return (
        "if it is a newer extract, import it as that source with --replace; if both are to stand, put only_new = true "
        "in its [[table]] block of the mapping, which leaves out what is known, or begin a key of lines with #source"
    )


def find_unknown_parents(connection: Store, table: str, staged: Collection[str] = ()) -> None:
    """Give every staged row that names a parent which is not in the store a fault.

    Parents of the `staged` tables that are not in the store by now are at fault themselves.
    """
    for reference in references(table):
        aside = f"SELECT min('this file') FROM staged_{reference.parent} p WHERE {_same(reference, 'p', 's')}"
        words = unknown_parent_words(reference, aside if reference.parent in staged else None)
        connection.change(
            f"{_FAULT} SELECT s.source_id, s.source_line, '{reference.field}', s.{reference.field}, {words} "
            f"FROM staged_{table} s WHERE s.{reference.field} IS NOT NULL AND NOT {parent_exists(reference, 's')}"
        )


_WORDS = ("problem", "remedy", "rule")


def unknown_parent_words(reference: Reference, aside: str | None = None) -> str:
    """Return problem, remedy and rule of a parent that is not kept, as three SQL texts.

    `aside` is a query of the place where the parent waits in quarantine, null where it does not.
    """
    parent = reference.parent
    block = "add it as a [[scheme]] of this agency in whatworks.toml, or " if parent == "scheme" else ""
    unknown = (
        f"is not in table {parent}",
        f"{block}import this agency''s {parent} file; the row is then looked at again",
        UNKNOWN_PARENT,
    )
    if aside is None:
        return ", ".join(f"'{text}' AS {name}" for name, text in zip(_WORDS, unknown, strict=True))
    waits = (
        f"names a row of table {parent} that is in quarantine itself",
        f"correct that row of ' || ({aside}) || ' first; this row is then looked at again",
        QUARANTINED_PARENT,
    )
    named = zip(_WORDS, waits, unknown, strict=True)
    return ", ".join(
        f"CASE WHEN ({aside}) IS NULL THEN '{other}' ELSE '{known}' END AS {name}" for name, known, other in named
    )


def parent_exists(reference: Reference, child: str) -> str:
    """Return the SQL condition that the parent of row `child` is in the store."""
    return f"EXISTS (SELECT 1 FROM {reference.parent} p WHERE {_same(reference, 'p', child)})"


def _same(reference: Reference, parent: str, child: str) -> str:
    return (
        f"{parent}.organisation_id = {child}.organisation_id "
        f"AND {parent}.{reference.parent_key} = {child}.{reference.field}"
    )
