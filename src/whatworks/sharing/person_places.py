"""Find where a person stands in the store: by the columns that name people, in whichever table, whoever declared it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import key_columns, references

SUBJECT = "subject_record"
"""The session's table of the agencies' numbers for the person."""
CHAIN = frozenset({"book_entry", "book_head", "audit_person", "audit_seal"})
"""Tables of the audit, which are asked by themselves."""
NUMBERS = ("pnc_id", "prison_number", "crn")
_PERSON = re.compile(r"^(.*_)?(person_id|person)$")
LEAST_LENGTH = 5
"""A shorter number, or one without a digit, is looked for only in columns that name people: it may be a word."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person: the agencies' records of them, and the texts by which they are known again in whatever was written."""

    records: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A pair of columns that names people: the agency's (None: none does) and the number's; `own` rows are theirs."""

    table: str
    agency: str | None
    number: str
    own: bool

    def matches(self, alias: str = "t") -> str:
        """Return the SQL condition that a row names the subject."""
        agency = f' AND s.organisation_id = {alias}."{self.agency}"' if self.agency else " AND s.distinct_number"
        return f'EXISTS (SELECT 1 FROM {SUBJECT} AS s WHERE s.person_id = {alias}."{self.number}"{agency})'


def find_subject(store: Store, record: tuple[str, str], *, only: bool = False) -> Subject:
    """Return the person of an agency's record, with the records linked to it unless `only`, and note them in SUBJECT.

    Whoever is not (or no longer) among the records is looked for by that agency's number alone.
    """
    StoreBook(store).head()  # a store that an earlier version made has no tables of the audit yet
    known = [row[0] for row in store.rows("SELECT DISTINCT organisation_id FROM organisation ORDER BY 1")]
    if known and record[0] not in known:
        raise Refused(Fault("is not an agency of the records", choice(record[0], known), value=record[0]))
    linked = store.rows(
        "SELECT DISTINCT o.organisation_id, o.person_id FROM identity AS i "
        "JOIN identity AS o ON o.linked_id = i.linked_id WHERE i.organisation_id = ? AND i.person_id = ? ORDER BY 1, 2",
        list(record),
    )
    records = tuple(sorted({record, *(() if only else ((row[0], row[1]) for row in linked))}))
    frame = pl.DataFrame(records, schema=["organisation_id", "person_id"], orient="row")
    distinct = [is_distinct(number) for _, number in records]
    store.put(SUBJECT, frame.with_columns(pl.Series("distinct_number", distinct, pl.Boolean)))
    numbers = store.rows(
        f"SELECT {', '.join(f'p.{name}' for name in NUMBERS)} FROM person AS p JOIN {SUBJECT} AS s "
        "ON s.organisation_id = p.organisation_id AND s.person_id = p.person_id"
    )
    texts = {text for row in (*numbers, *((number,) for _, number in records)) for text in row if text}
    return Subject(records, tuple(sorted(filter(is_distinct, texts))))


def is_distinct(text: str) -> bool:
    """Tell whether a text can only be somebody's number, wherever it stands.

    >>> is_distinct("P-00017"), is_distinct("17"), is_distinct("theft")
    (True, False, False)
    """
    return len(text) >= LEAST_LENGTH and any(letter.isdigit() for letter in text)


def whole_word(text: str) -> re.Pattern[str]:
    """Return the pattern of a text that is no part of a longer word.

    >>> bool(whole_word("P-0001").search("see p-0001.")), bool(whole_word("P-0001").search("P-00011"))
    (True, False)
    """
    return re.compile(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", re.IGNORECASE)


def base_tables(store: Engine) -> dict[str, dict[str, tuple[str, bool]]]:
    """Return the store's own tables but those of the chain: column -> (type, whether it may be null)."""
    rows = store.rows(
        "SELECT c.table_name, c.column_name, c.data_type, c.is_nullable FROM information_schema.columns AS c "
        "JOIN information_schema.tables AS t ON t.table_name = c.table_name AND t.table_schema = c.table_schema "
        "AND t.table_catalog = c.table_catalog "
        "WHERE t.table_type = 'BASE TABLE' AND c.table_catalog <> 'temp' ORDER BY 1, c.ordinal_position"
    )
    tables: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, column, kind, null in rows:
        if table not in CHAIN:
            tables.setdefault(table, {})[column] = (kind, null == "YES")
    return tables


def namings(table: str, columns: Iterable[str]) -> list[Naming]:
    """Return the pairs of columns by which a table names people, those of its own person first.

    >>> [(each.agency, each.number, each.own) for each in namings("x", ["organisation_id", "relative_person_id"])]
    [('organisation_id', 'relative_person_id', False)]
    """
    there, found = set(columns), []
    for column in columns:
        if match := _PERSON.match(column):
            prefix = match[1] or ""
            agencies = (f"{prefix}organisation_id", "organisation_id", "organisation")
            found.append(Naming(table, next((one for one in agencies if one in there), None), column, not prefix))
    return sorted(found, key=lambda one: not one.own)


def gather(store: Store, tables: Sequence[str]) -> None:
    """Note for each table of records the keys of the rows that are the subject's, in the session's `going_TABLE`.

    Those are rows that name them as their own person, or in a column that may not be empty, and rows of nobody else
    that hang on such a row: a sentence on an offence, an action on a case.
    """
    for table in (one for one in RECORD_TABLES if one in tables):
        keys = ", ".join(f't."{name}"' for name in key_columns(table))
        columns = RECORD_TABLES[table].columns()
        named = namings(table, columns)
        ways = [one.matches() for one in named if one.own or not columns[one.number].nullable]
        nobody = " AND ".join(f't."{one.number}" IS NULL' for one in named if one.own) or "TRUE"
        for reference in references(table):
            if reference.parent in RECORD_TABLES and reference.parent != table and _gathered(store, reference.parent):
                ways.append(
                    f"({nobody} AND EXISTS (SELECT 1 FROM going_{reference.parent} AS g WHERE "
                    f'g.organisation_id = t.organisation_id AND g."{reference.parent_key}" = t."{reference.field}"))'
                )
        if ways and "organisation_id" in key_columns(table):
            store.derive(f"going_{table}", f"SELECT {keys} FROM {table} AS t WHERE {' OR '.join(ways)}")


def going(store: Engine, table: str) -> str | None:
    """Return the SQL condition that a row `t` of a table of records is the subject's; None where none can be."""
    if not _gathered(store, table):
        return None
    same = " AND ".join(f'g."{name}" = t."{name}"' for name in key_columns(table))
    return f"EXISTS (SELECT 1 FROM going_{table} AS g WHERE {same})"


def _gathered(store: Engine, table: str) -> bool:
    return f"going_{table}" in store.tables()


def record_named(text: str) -> tuple[str, str]:
    """Return the agency and number that AGENCY:NUMBER names.

    >>> record_named("police:1234")
    ('police', '1234')
    """
    organisation, colon, person = text.partition(":")
    if not (organisation.strip() and colon and person.strip()):
        raise Refused("a record is not written as AGENCY:NUMBER", "write it as police:1234")
    return organisation.strip(), person.strip()
