"""Erase a person: every row, line, link and key by which the store could tell that they were ever in it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import Reader
from whatworks.records.engine import Store
from whatworks.records.imports.conservation import recount
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.sharing.aside import lines_aside
from whatworks.sharing.person_places import SUBJECT, Naming, Subject, base_tables, gather, going, namings, whole_word

ERASED = "erased"
"""What stands in a text in place of a number."""
LINKED = frozenset({"identity", "link_record"})
"""What linking itself takes people out of, and everything that hangs on them."""
LINE_TABLES = ("quarantine", "held_row", "dropped")


@dataclass(slots=True)
class Erased:
    """What an erasure on a day took away: rows by table, texts put out, references and reasons of the audit closed."""

    on: date
    rows: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    references: int = 0
    seals: int = 0


def erase(store: Store, subject: Subject, *, reader: Reader, at: date, by: str, why: str) -> Erased:
    """Take a subject out of every table of the store in one transaction, and write the erasure into the audit.

    The caller links anew afterwards, which takes their records out of the pairs, sweeps the rest with `sweep`, and
    writes the store's file anew, since what was deleted stays in a file until it is overwritten. Raises `Refused` for a
    reason that names the subject.
    """
    named = [text for text in (*subject.texts, *(number for _, number in subject.records)) if text in why.split()]
    rows = store.rows(f"SELECT p.surname FROM person AS p JOIN {SUBJECT} AS s "
                      "ON s.organisation_id = p.organisation_id AND s.person_id = p.person_id")  # fmt: skip
    named += [name for (name,) in rows if name and len(name) > 3 and whole_word(name).search(why)]
    if named or any(text.casefold() in why.casefold() for text in subject.texts):
        remedy = "give the reason without name and number"
        raise Refused(Fault("names the person, and it is kept", remedy, field="--why"))
    done = Erased(date(at.year, at.month, at.day))
    with store.transaction():
        _lines(store, subject, done)
        _records(store, done)
        sweep(store, subject, done, but=LINKED)
        _audit(store, subject, done)
        counts = {"rows": sum(done.rows.values()), "references": done.references, "seals": done.seals}
        journal(store, "erased", "a person", reader=reader, at=at, why=why, more={"by": by, **counts})
    return done


def sweep(store: Store, subject: Subject, done: Erased, but: frozenset[str] = frozenset()) -> None:
    """Take out what still names the subject in any table, records or not; a number within a text becomes `erased`."""
    for table, columns in base_tables(store).items():
        if table in but:
            continue
        for naming in namings(table, columns):
            if table in RECORD_TABLES and not naming.own and columns[naming.number][1]:
                _set_null(store, naming, [naming.number], done)
            elif {"id", "source_line", "last_line"} <= set(columns):
                texts = [name for name, (kind, null) in columns.items() if kind == "VARCHAR" and null]
                _bury(store, naming, texts, done)
            elif naming.own or not columns[naming.number][1]:
                done.rows[table] += store.change(f'DELETE FROM "{table}" AS t WHERE {naming.matches()}')
            else:
                _set_null(store, naming, [naming.number], done)
        _put_out(store, table, [name for name, (kind, _) in columns.items() if kind == "VARCHAR"], subject, done)
    if "link_judgement" in base_tables(store):
        done.rows["link_judgement"] += store.change(
            "DELETE FROM link_judgement WHERE NOT EXISTS (SELECT 1 FROM link_question AS q "
            "WHERE q.sample_id = link_judgement.sample_id AND q.question = link_judgement.question)"
        )


def _lines(store: Store, subject: Subject, done: Erased) -> None:
    """Take the subject's lines out of quarantine and of what was dropped, and out of their sources' counts."""
    lines = pl.DataFrame(lines_aside(store, subject).own, schema=["source_id", "line"], orient="row").cast(
        {"source_id": pl.String, "line": pl.Int64}
    )
    store.put("erased_line", lines)
    same = "EXISTS (SELECT 1 FROM erased_line AS e WHERE e.source_id = t.source_id AND e.line = t.line)"
    asked = " UNION ".join(f"SELECT t.source_id, t.line FROM {table} AS t WHERE {same}{_standing(table)}"
                           for table in LINE_TABLES)  # fmt: skip
    store.derive("erased_count", f"SELECT source_id, count(*) AS lines FROM ({asked}) AS gone GROUP BY source_id")
    for table in LINE_TABLES:
        done.rows[table] += store.change(f"DELETE FROM {table} AS t WHERE {same}")
    _recount(store, "erased_count")


def _standing(table: str) -> str:
    return " AND NOT t.replaced" if table == "dropped" else ""


def _recount(store: Store, counts: str) -> None:
    """Take rows that went out of their sources' counts, so that rows in are still what became of them."""
    rows = store.rows(
        f'SELECT c.source_id, s."table", c.lines FROM {counts} AS c JOIN source AS s ON s.source_id = c.source_id'
    )
    for source, table, lines in rows:
        store.change("UPDATE source SET rows_in = rows_in - ? WHERE source_id = ?", [lines, source])
        recount(store, source, table)


def _records(store: Store, done: Erased) -> None:
    """Delete the subject's rows of agencies' tables, and what hangs on them and on nobody else."""
    gather(store, list(RECORD_TABLES))
    for table in RECORD_TABLES:
        condition = going(store, table)
        if condition is None:
            continue
        store.derive("erased_count", f"SELECT t.source_id, count(*) AS lines FROM {table} AS t WHERE {condition} "
                                     "GROUP BY t.source_id")  # fmt: skip
        done.rows[table] += store.change(f"DELETE FROM {table} AS t WHERE {condition}")
        _recount(store, "erased_count")


def _bury(store: Store, naming: Naming, texts: list[str], done: Erased) -> None:
    """Leave of a register's row that names the subject its numbers, days and codes, and of its history nothing.

    An entry of a list ends with it.
    """
    columns = store.columns(naming.table)
    ended = ["removed_on = COALESCE(removed_on, ?)"] if "removed_on" in columns else []
    days = [done.on] * len(ended)
    ended += ["state = 'removed'"] if ended and "state" in columns else []
    change = ", ".join([_nothing(texts), *ended])
    rows = store.rows(f'SELECT t.id FROM "{naming.table}" AS t WHERE {naming.matches()}')
    for (number,) in rows:
        store.change(f'UPDATE "{naming.table}" SET {change} WHERE id = ?', [*days, number])
        for table in store.tables():
            prefix = table.removesuffix("change")
            if table.endswith("_change") and naming.table.startswith(prefix):
                texts_of_history = _nothing(["before", "after", "why"])
                store.change(
                    f"UPDATE {table} SET {texts_of_history} WHERE table_name = ? AND row_id = ?",
                    [naming.table.removeprefix(prefix), number],
                )
    done.rows[naming.table] += len(rows)


def _set_null(store: Store, naming: Naming, columns: list[str], done: Erased) -> None:
    statement = f'UPDATE "{naming.table}" AS t SET {_nothing(columns)} WHERE {naming.matches()}'
    done.rows[naming.table] += store.change(statement)


def _nothing(columns: list[str]) -> str:
    return ", ".join(f'"{name}" = NULL' for name in columns)


def _put_out(store: Store, table: str, columns: list[str], subject: Subject, done: Erased) -> None:
    """Put each of the subject's numbers out of texts in which it stands among other words."""
    words = [whole_word(text) for text in subject.texts]
    like = {f"text{at}": f"%{text.lower()}%" for at, text in enumerate(subject.texts)}
    for column in columns if words else ():
        asked = " OR ".join(f'LOWER("{column}") LIKE ${name}' for name in like)
        for (before,) in store.rows(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {asked}', like):
            after = before
            for word in words:
                after = word.sub(ERASED, after)
            if after != before:
                statement = f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?'
                done.texts[table] += store.change(statement, [after, before])


def _audit(store: Store, subject: Subject, done: Erased) -> None:
    """Delete the keys that say whose a reference is, and reasons kept of this person alone or that name them."""
    mine = (
        f"EXISTS (SELECT 1 FROM {SUBJECT} AS s WHERE s.organisation_id = a.organisation_id "
        "AND s.person_id = a.person_id)"
    )
    store.derive("erased_entry", f"SELECT DISTINCT a.entry_number FROM audit_person AS a WHERE {mine}")
    done.references = store.change(f"DELETE FROM audit_person AS a WHERE {mine}")
    alone = (
        "EXISTS (SELECT 1 FROM erased_entry AS e WHERE e.entry_number = k.entry_number) AND NOT EXISTS "
        "(SELECT 1 FROM audit_person AS a WHERE a.entry_number = k.entry_number)"
    )
    done.seals = store.change(f"DELETE FROM audit_seal AS k WHERE {alone}")
    for number, why in store.rows("SELECT entry_number, why FROM audit_seal WHERE why IS NOT NULL"):
        if any(whole_word(text).search(why) for text in subject.texts):
            done.seals += store.change("DELETE FROM audit_seal WHERE entry_number = ?", [number])
