"""See before the first row whether a file is the one that was meant, and say which one it looks like if not."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from whatworks.records.file_settings import FileSettings, NoMapping
from whatworks.records.mappings.mapping import FILLED_BY_IMPORT, UNKNOWN, Mapping, identity_mapping
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import shown_header
from whatworks.records.tables.agency_tables import RECORD_TABLES

Columns: TypeAlias = Iterable[Iterable[str | None]]


def fit_header(
    header: Sequence[str],
    file: str,
    table: str | None,
    mapping: Mapping | None,
    first_rows: Callable[[], Columns] = tuple,
) -> Mapping:
    """Return the mapping to use, or refuse a file without the columns that it needs, naming all of them.

    The `first_rows` are asked for, column by column, where the header does not fit: it may be a record itself.

    >>> fit_header(["person_id", "forename"], "p.csv", "person", None).table[0].table
    'person'
    >>> fit_header(["person_id;sex"], "p.csv", "person", None)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: p.csv, person_id: is not in the header, which has 1 column: person_id;sex; \
the file seems to be split by ';': put delimiter = ";" under [file] in a mapping (`whatworks mapping suggest FILE \
--as TABLE` drafts one), or correct the header
    p.csv, person_id;sex: is not a column of table person; take it out, or write a mapping that says what it is
    """
    if mapping is not None:
        needed = list(dict.fromkeys(name for block in mapping.table for name in block.needs() if name != UNKNOWN))
        _refuse(needed, header, file, mapping, first_rows)
        return mapping
    if table not in RECORD_TABLES:
        raise Refused(Fault(f"{table!r} is not a table", f"use one of {', '.join(RECORD_TABLES)}", file))
    _refuse(_needed(table), header, file, table, first_rows)
    return identity_mapping(table, list(header))


def _untold(mapping: Mapping, file: str) -> list[Fault]:
    """Return what a drafted mapping still has to be told."""
    remedy = (
        "name their column in its place, give one text for all rows under [table.constants], or take its [[table]] "
        "block out"
    )
    return [
        Fault(f"of table {block.table} is still to be told: the mapping has {UNKNOWN!r}", remedy, file, field=ours)
        for block in mapping.table
        for ours, theirs in block.columns.items()
        if theirs == UNKNOWN
    ]


def _needed(table: str) -> list[str]:
    filled = {*FILLED_BY_IMPORT} | ({"organisation_id"} if table != "organisation" else set())
    return [name for name, kind in RECORD_TABLES[table].columns().items() if not kind.nullable and name not in filled]


def _unknown(header: Sequence[str], file: str, table: str, shown_names: Sequence[str]) -> list[Fault]:
    columns, other = RECORD_TABLES[table].columns(), _other_table(header, [table])
    remedy = "take it out, or write a mapping that says what it is"
    if other is not None:
        remedy = f"the file looks like table {other}: import it as that, or write a mapping"
    return [
        Fault(f"is not a column of table {table}", remedy, file, field=shown)
        for name, shown in zip(header, shown_names, strict=True)
        if name not in columns
    ]


def _missing(
    needed: Sequence[str],
    header: Sequence[str],
    file: str,
    how: Mapping | str,
    shown_names: Sequence[str],
) -> list[Fault]:
    missing = [name for name in needed if name not in header]
    if not missing:
        return []
    found = ", ".join(shown_names[:20]) + (", ..." if len(header) > 20 else "")
    verb, plural = "are" if len(missing) > 1 else "is", "s" * (len(header) > 1)
    problem = f"{verb} not in the header, which has {len(header)} column{plural}: {found}"
    return [Fault(problem, _remedy(header, how, shown_names), file, field=", ".join(missing))]


def _remedy(header: Sequence[str], how: Mapping | str, shown_names: Sequence[str]) -> str:
    settings: FileSettings = NoMapping() if isinstance(how, str) else how.file
    if len(header) == 1:
        mark = max(";,\t|", key=header[0].count)
        if mark in header[0]:
            setting = settings.setting(f"delimiter = {json.dumps(mark)}")
            return f"the file seems to be split by {mark!r}: {setting}, or correct the header"
    if list(shown_names) != list(header):
        return "its first line seems to be a record: put a line of column names above it"
    other = _other_table(header, [how] if isinstance(how, str) else [block.table for block in how.table])
    if other is not None:
        return f"the file looks like table {other}: import it as that, or send the right file"
    own = "write a mapping that says which of its columns are ours"
    return f"send the right file, or {own if isinstance(how, str) else 'correct the mapping'}"


def _other_table(header: Sequence[str], tables: Sequence[str]) -> str | None:
    """Return the table that a file looks like, where it is none of these and the file has all that it needs."""
    like = looks_like(header)
    return like if like is not None and like not in tables and set(_needed(like)) <= set(header) else None


def looks_like(header: Sequence[str]) -> str | None:
    """Return the table that most of the headers are columns of, if any are.

    >>> looks_like(["spell_id", "person_id", "received_on"])
    'custody_spell'
    """
    names = {name.lower() for name in header} - {"organisation_id", "person_id", *FILLED_BY_IMPORT}
    scores = {table: len(names & set(schema.columns())) for table, schema in RECORD_TABLES.items()}
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] else None


def _refuse(
    needed: Sequence[str],
    header: Sequence[str],
    file: str,
    how: Mapping | str,
    first_rows: Callable[[], Columns],
) -> None:
    """Raise `Refused` where columns that a mapping or a table needs are missing or, for a table, others are there."""
    table, mapping = (how, None) if isinstance(how, str) else (None, how)
    known = RECORD_TABLES[table].columns() if table else header
    untold = _untold(mapping, file) if mapping else []
    if set(needed) <= set(header) <= set(known) and not untold:
        return
    shown_names = shown_header(header, first_rows())
    faults = [*untold, *_missing(needed, header, file, how, shown_names)]
    raise Refused([*faults, *(_unknown(header, file, table, shown_names) if table else [])])
