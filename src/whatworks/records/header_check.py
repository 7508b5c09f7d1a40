"""See before the first row whether a file is the one that was meant, and say which one it looks like if not."""

from collections.abc import Sequence

from whatworks.records.mapping import FILLED_BY_IMPORT, Mapping, identity_mapping
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables import RECORD_TABLES


def fit_header(header: Sequence[str], file: str, table: str | None, mapping: Mapping | None) -> Mapping:
    """Return the mapping to use, or refuse a file without the columns that it needs, naming all of them.

    >>> fit_header(["person_id", "forename"], "p.csv", "person", None).table[0].table
    'person'
    >>> fit_header(["person_id;forename"], "p.csv", "person", None)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: p.csv, person_id: is not in the header, which has 1 column: person_id;forename; \
the file seems to be split by ';': name it as delimiter, or correct the header
    p.csv, person_id;forename: is no column of table person; take it out, or write a mapping that says what it is
    """
    if mapping is not None:
        _refuse(_missing(mapping_needs(mapping), header, file, None))
        return mapping
    if table not in RECORD_TABLES:
        raise Refused(Fault(f"{table!r} is no table", f"use one of {', '.join(RECORD_TABLES)}", file))
    columns = RECORD_TABLES[table].columns()
    needed = [
        name
        for name, kind in columns.items()
        if not kind.nullable and name not in {*FILLED_BY_IMPORT, *({"organisation_id"} - {_own(table)})}
    ]
    faults = _missing(needed, header, file, table)
    like = looks_like(header)
    remedy = "take it out, or write a mapping that says what it is"
    if like not in (None, table):
        remedy = f"the file looks like table {like}: import it as that, or write a mapping"
    unknown = [name for name in header if name not in columns]
    faults += [Fault(f"is no column of table {table}", remedy, file, field=name) for name in unknown]
    _refuse(faults)
    return identity_mapping(table, list(header))


def mapping_needs(mapping: Mapping) -> list[str]:
    """Return the file's columns that a mapping reads, each once."""
    return list(dict.fromkeys(name for block in mapping.table for name in block.needs()))


def _own(table: str) -> str:
    return "organisation_id" if table == "organisation" else ""


def _missing(needed: Sequence[str], header: Sequence[str], file: str, table: str | None) -> list[Fault]:
    missing = [name for name in needed if name not in header]
    if not missing:
        return []
    shown = ", ".join(header[:12]) + (", ..." if len(header) > 12 else "")
    problem = f"is not in the header, which has {len(header)} column{'s' * (len(header) != 1)}: {shown}"
    remedy = _remedy(header, table)
    return [Fault(problem, remedy, file, field=name) for name in missing]


def _remedy(header: Sequence[str], table: str | None) -> str:
    if len(header) == 1:
        other = max(";,\t|", key=header[0].count)
        if other in header[0]:
            return f"the file seems to be split by {other!r}: name it as delimiter, or correct the header"
    like = looks_like(header)
    if like and like != table:
        return f"the file looks like table {like}: import it as that, or send the right file"
    return "send the right file, or correct the mapping"


def looks_like(header: Sequence[str]) -> str | None:
    """Return the table that most of the headers are columns of, if any are.

    >>> looks_like(["spell_id", "person_id", "received_on"])
    'custody_spell'
    """
    names = {name.lower() for name in header} - {"organisation_id", "person_id", *FILLED_BY_IMPORT}
    scores = {table: len(names & set(schema.columns())) for table, schema in RECORD_TABLES.items()}
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] else None


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refused(faults)
