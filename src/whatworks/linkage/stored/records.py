"""Keep each record of a person in the form in which it is compared, and read anew only what has come or changed."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

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
from whatworks.records.engine import Store
from whatworks.records.store import scratch

GONE = "gone_record"
"""The temporary table of records that have left or changed, as they were."""
_READ = (
    "p.organisation_id, p.person_id, o.kind, p.forename, p.surname, p.date_of_birth, p.sex, p.postcode, "
    "p.pnc_id, p.prison_number, p.crn"
)
_NOW = f"""
SELECT p.organisation_id AS organisation, p.person_id, CAST(hash({_READ}) >> 1 AS BIGINT) AS content
FROM person AS p
LEFT JOIN (SELECT DISTINCT organisation_id, kind FROM organisation) AS o ON o.organisation_id = p.organisation_id
"""
_FRESH = """
SELECT p.* FROM person AS p
JOIN (
  SELECT n.organisation, n.person_id FROM record_now AS n
  WHERE NOT EXISTS (SELECT 1 FROM link_record AS r WHERE r.content = n.content)
) AS f ON f.organisation = p.organisation_id AND f.person_id = p.person_id
"""
_SETTLED = (("_written", "", query("placeholder_number")), ("_checked", "_known", numbers_query("number_of_nobody")))
"""Of numbers as written and as checked: the columns before and after it is asked who holds them, and the rule."""


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


def renew_records(connection: Store) -> Renewed:
    """Bring `link_record` up to date with `person`, and say what has changed.

    A record of which anything that is compared differs counts as new, also where only others that hold its number
    came or left, so that the number no longer names somebody, or does again.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> from whatworks.records.store import scratch
    >>> con = scratch()
    >>> create_tables(con)
    >>> columns = "source_id, source_line, organisation_id, person_id, forename"
    >>> add = f"insert into person ({columns}) values ('s', 1, ?, ?, ?)"
    >>> con.change_each(add, [["police", "7", "Ann"], ["court", "9", "Ben"]])
    >>> renew_records(con).count, renew_records(con).count
    (2, 0)
    """
    connection.derive("record_now", _NOW)
    connection.derive(
        GONE,
        "SELECT * FROM link_record AS r WHERE NOT EXISTS (SELECT 1 FROM record_now AS n WHERE n.content = r.content)",
    )
    connection.change(f"DELETE FROM link_record WHERE record IN (SELECT record FROM {GONE})")
    connection.derive("fresh_person", _FRESH)
    first = _next_number(connection)
    as_first = ", ".join(f"f.{kind} AS {kind}_written, f.{kind}_checked AS {kind}_known" for kind in NUMBERS)
    with connection.lent(
        "standard_form", standard_forms(connection, "fresh_person").fetch("SELECT * FROM standard_form")
    ):
        fresh = connection.fetch(
            f"SELECT {first} - 1 + row_number() OVER (ORDER BY organisation, person_id) AS record, "
            f"f.*, {as_first}, n.content FROM standard_form AS f JOIN record_now AS n USING (organisation, person_id)"
        )
    connection.append("link_record", fresh)
    for before, after, rule in _SETTLED:
        _settle_numbers(connection, first, before, after, rule)
    connection.drop("record_now", "fresh_person")
    [(total, count)] = connection.rows(f"SELECT count(*), count(*) FILTER (WHERE record >= {first}) FROM link_record")
    gone = connection.fetch(f"SELECT record FROM {GONE} ORDER BY record")["record"].to_numpy()
    return Renewed(first, count, total, np.asarray(gone, dtype=np.int64), _next_number(connection))


def _next_number(connection: Store) -> int:
    [(number,)] = connection.rows(
        f"SELECT coalesce(max(record) + 1, 0) FROM (SELECT record FROM link_record UNION ALL SELECT record FROM {GONE})"
    )
    return int(number)


def _settle_numbers(connection: Store, first: int, before: str, after: str, rule: str) -> None:
    """Ask of the numbers of records that came or left whether they name somebody, now that others hold them or do not.

    Older records of which the answer has changed are as new.
    """
    asked = " UNION ".join(
        f"SELECT '{kind}' AS kind, {kind}{before} AS number FROM {table}"
        for kind in NUMBERS
        for table in (f"link_record WHERE record >= {first}", GONE)
    )
    connection.derive("asked_number", asked)
    among = {kind: f"{kind}{before} IN (SELECT number FROM asked_number WHERE kind = '{kind}')" for kind in NUMBERS}
    columns = ", ".join(f"{kind}{part}" for kind in NUMBERS for part in (before, after))
    connection.derive(
        "holder",
        f"SELECT record, organisation, born, initials, {columns} "
        f"FROM link_record WHERE {' OR '.join(among.values()) if first else 'TRUE'}",
    )
    held = held_numbers_sql("holder", suffix=before)
    connection.derive("nobody", f"WITH {held} SELECT kind, number FROM ({rule})")
    nobody = {kind: f"{kind}{before} IN (SELECT number FROM nobody WHERE kind = '{kind}')" for kind in NUMBERS}
    named = {kind: f"CASE WHEN {none} THEN NULL ELSE {kind}{before} END" for kind, none in nobody.items()}
    other = " OR ".join(f"({among[kind]} AND {kind}{after} IS DISTINCT FROM {named[kind]})" for kind in NUMBERS)
    connection.derive("unsettled", f"SELECT record FROM holder WHERE {other}")
    unsettled = [record for (record,) in connection.rows("SELECT record FROM unsettled ORDER BY record")]
    if unsettled:
        values = ", ".join(
            f"{kind}{after} = CASE WHEN {among[kind]} THEN {named[kind]} ELSE {kind}{after} END" for kind in NUMBERS
        )
        connection.change(f"UPDATE link_record SET {values} WHERE record IN (SELECT record FROM unsettled)")
    older = [record for record in unsettled if record < first]
    connection.drop("asked_number", "holder", "nobody", "unsettled")
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
