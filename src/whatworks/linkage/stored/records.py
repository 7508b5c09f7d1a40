"""Keep each record of a person in the form in which it is compared, and read anew only what has come or changed."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.identities.run import STANDS_AT
from whatworks.linkage.model.block_codes import beside, block_codes_sql
from whatworks.linkage.model.standardise import (
    COMPARED,
    NUMBERS,
    TABLE,
    StandardRecords,
    numbered_from_zero,
    query,
    standard_forms,
)
from whatworks.linkage.records_and_pairs import RecordTable, held_numbers_sql, numbers_query, table_of_frame
from whatworks.records.engine import Engine, Store
from whatworks.records.store import scratch

GONE = "gone_record"
"""The temporary table of records that have left or changed, as they were."""
RECORD_NOW = "record_now"
"""The temporary table of the records of people as they are now: the row of `person`, and hashes of what it says."""
_COMPARED = (
    "p.organisation_id, p.person_id, o.kind, p.forename, p.surname, p.date_of_birth, p.sex, p.postcode, "
    "p.pnc_id, p.prison_number, p.crn"
)
_NOW = f"""
SELECT p.rowid AS row, CAST(hash({_COMPARED}) >> 1 AS BIGINT) AS content, {STANDS_AT} AS stands_at
FROM person AS p
LEFT JOIN (SELECT DISTINCT organisation_id, kind FROM organisation) AS o ON o.organisation_id = p.organisation_id
"""
_CONTENT = f"SELECT COUNT(*), COALESCE(SUM(content), 0), COALESCE(SUM(stands_at), 0) FROM {RECORD_NOW}"
_SETTLED = {"_written": ("", query("placeholder_number")), "_checked": ("_known", numbers_query("number_of_nobody"))}
"""Of numbers as written and as checked: the column after it is asked who holds them, and the rule."""
_FORMS = tuple(
    (kind, f"{kind}{before}", f"{kind}{after}") for before, (after, _) in _SETTLED.items() for kind in NUMBERS
)
"""Kinds of numbers, with the columns before and after it is asked who holds them."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What has come or changed since the records were last read: all from the running number `first` on.

    `gone` are the running numbers of those that have left, or that stood otherwise before.
    """

    first: int
    count: int
    """Records from `first` on."""
    total: int
    gone: NDArray[np.int64]
    size: int
    """One more than the highest running number, of those that have left too."""


def people_content(connection: Engine) -> str:
    """Return a hash of the records of people, what is compared and where they stand; make `record_now` of them."""
    connection.derive(RECORD_NOW, _NOW)
    return ":".join(str(number) for number in connection.rows(_CONTENT)[0])


def renew_records(connection: Store, *, reread: bool = True) -> Renewed:
    """Bring `link_record` up to date with `person`, and say what has changed.

    A record of which anything that is compared differs counts as new, also where only others that hold its number
    came or left, so that the number no longer names somebody, or does again. Without `reread` the table `record_now`
    says what `person` holds.
    """
    if reread:
        people_content(connection)
    if connection.rows("SELECT 1 FROM link_record WHERE blocks_1 IS NULL LIMIT 1"):  # an earlier version kept no blocks
        connection.change("DELETE FROM link_record")
        connection.change("DELETE FROM link_scoring")
    connection.derive(
        "other_record",
        f"SELECT n.row, n.content, r.record FROM {RECORD_NOW} AS n FULL JOIN link_record AS r ON r.content = n.content "
        "WHERE n.content IS NULL OR r.content IS NULL",
    )
    connection.derive(GONE, "SELECT * FROM link_record WHERE record IN (SELECT record FROM other_record)")
    connection.change(f"DELETE FROM link_record WHERE record IN (SELECT record FROM {GONE})")
    connection.drop(RECORD_NOW)
    first = _next_number(connection)
    if _add_fresh(connection, first) or connection.rows(f"SELECT 1 FROM {GONE} LIMIT 1"):
        _settle_numbers(connection, first)
    connection.drop("other_record")
    [(total, count)] = connection.rows(f"SELECT count(*), count(*) FILTER (WHERE record >= {first}) FROM link_record")
    gone = connection.fetch(f"SELECT record FROM {GONE} ORDER BY record")["record"].to_numpy()
    return Renewed(first, count, total, np.asarray(gone, dtype=np.int64), _next_number(connection))


def _add_fresh(connection: Store, first: int) -> int:
    """Write the records that have come or changed in the form in which they are compared; return how many."""
    connection.derive(
        "fresh_person", "SELECT p.*, f.content FROM person AS p JOIN other_record AS f ON f.row = p.rowid"
    )
    if not connection.rows("SELECT 1 FROM fresh_person LIMIT 1"):
        return 0
    standard_forms(connection, "fresh_person", connection)
    as_first = ", ".join(f"s.{kind} AS {kind}_written, s.{kind}_checked AS {kind}_known" for kind in NUMBERS)
    rows = connection.fetch(
        f"SELECT {first} - 1 + row_number() OVER (ORDER BY s.organisation, s.person_id) AS record, s.*, {as_first}, "
        f"f.content FROM (SELECT *, {block_codes_sql()} FROM standard_form) AS s "
        "JOIN fresh_person AS f ON f.organisation_id = s.organisation AND f.person_id = s.person_id"
    )
    connection.drop("fresh_person", "standard_form")
    return connection.append("link_record", rows)


def _next_number(connection: Store) -> int:
    [(number,)] = connection.rows(
        f"SELECT coalesce(max(record) + 1, 0) FROM (SELECT record FROM link_record UNION ALL SELECT record FROM {GONE})"
    )
    return int(number)


def _settle_numbers(connection: Store, first: int) -> None:
    """Ask of the numbers of records that came or left whether they name somebody, now that others hold them or do not.

    Older records of which the answer has changed are as new.
    """
    before = ", ".join(column for _, column, _ in _FORMS)
    connection.derive(
        "moved_number",
        f"SELECT {before} FROM link_record WHERE record >= {first} UNION ALL SELECT {before} FROM {GONE}",
    )
    asked = (f"SELECT '{kind}' AS kind, {column} AS number FROM moved_number" for kind, column, _ in _FORMS)
    connection.derive("asked_number", " UNION ".join(asked))
    among = {
        column: f"{column} IN (SELECT number FROM asked_number WHERE kind = '{kind}')" for kind, column, _ in _FORMS
    }
    columns = ", ".join(f"{before}, {after}" for _, before, after in _FORMS)
    connection.derive(
        "holder",
        f"SELECT record, organisation, born, initials, {columns} "
        f"FROM link_record WHERE {' OR '.join(among.values()) if first else 'TRUE'}",
    )
    for form, (_, rule) in _SETTLED.items():
        numbers = held_numbers_sql("holder", suffix=form)
        connection.derive(f"nobody{form}", f"WITH {numbers} SELECT kind, number FROM ({rule}) AS nobody")
    values = {}
    for kind, column, after in _FORMS:
        nobody = f"SELECT number FROM nobody{column.removeprefix(kind)} WHERE kind = '{kind}'"
        named = f"CASE WHEN {column} IN ({nobody}) THEN NULL ELSE {column} END"
        values[after] = f"CASE WHEN {among[column]} THEN {named} ELSE {after} END"
    other = " OR ".join(f"{after} IS DISTINCT FROM {value}" for after, value in values.items())
    connection.derive("unsettled", f"SELECT record FROM holder WHERE {other}")
    unsettled = [record for (record,) in connection.rows("SELECT record FROM unsettled ORDER BY record")]
    if unsettled:
        now = ", ".join(f"{after} = {value}" for after, value in values.items())
        connection.change(f"UPDATE link_record SET {now} WHERE record IN (SELECT record FROM unsettled)")
    older = [record for record in unsettled if record < first]
    connection.drop("moved_number", "asked_number", "holder", *(f"nobody{form}" for form in _SETTLED), "unsettled")
    if older:
        _make_new(connection, older)


def _make_new(connection: Store, older: list[int]) -> None:
    """Give records the next running numbers, as if they had left and come anew."""
    last = _next_number(connection)
    moved = pl.DataFrame({"before": older, "after": range(last, last + len(older))})
    with connection.lent("moved_record", moved):
        connection.change(
            f"INSERT INTO {GONE} SELECT * FROM link_record WHERE record IN (SELECT before FROM moved_record)"
        )
        connection.change("UPDATE link_record SET record = m.after FROM moved_record AS m WHERE record = m.before")


def stored_table(connection: Store, chosen: NDArray[np.int64] | None = None) -> tuple[RecordTable, NDArray[np.int64]]:
    """Return the records that the store keeps, all or those chosen by running number, and their running numbers."""
    columns = (
        "record, organisation AS organisation_id, person_id, pnc_known AS pnc, prison_no_known AS prison, "
        "crn_no_known AS crn"
    )
    if chosen is None:
        frame = connection.fetch(f"SELECT {columns} FROM link_record")
    else:
        with connection.lent("chosen_record", pl.DataFrame({"record": chosen})):
            frame = connection.fetch(
                f"SELECT {columns} FROM link_record WHERE record IN (SELECT record FROM chosen_record)"
            )
    frame = frame.sort("organisation_id", "person_id")
    return table_of_frame(frame), frame["record"].to_numpy()


def records_to_compare(connection: Store, first: int = 0) -> StandardRecords:
    """Return the records that the store keeps, by running number; those from `first` on are marked as new."""
    connection.derive(TABLE, f"SELECT *, record >= {first} AS is_new FROM link_record", view=True)
    [(count, last)] = connection.rows("SELECT count(*), coalesce(max(record), -1) FROM link_record")
    return StandardRecords(connection, count, last + 1)


def leave_those_beside(connection: Store, first: int) -> None:
    """Leave, of the records to compare, those that may stand in a block with one that is new or has left."""
    with connection.lent("near_number", beside(connection, "link_record", GONE, first)):
        connection.derive(
            "near_record",
            f"SELECT record, {', '.join(COMPARED)}, record >= {first} AS is_new FROM link_record "
            "WHERE record IN (SELECT record FROM near_number)",
        )
    connection.derive(TABLE, "SELECT * FROM near_record", view=True)


def records_to_train_on(connection: Store) -> StandardRecords:
    """Return a copy of the records that the store keeps, in a connection of its own, as `standardise` makes it."""
    engine = scratch()
    rows = connection.fetch(
        "SELECT CAST(row_number() OVER (ORDER BY organisation, person_id) - 1 AS INT) AS record, "
        f"{', '.join(COMPARED)} FROM link_record ORDER BY record"
    )
    with engine.lent("copied", rows):
        engine.change(f"CREATE TABLE {TABLE} AS FROM copied")
    return numbered_from_zero(engine)
