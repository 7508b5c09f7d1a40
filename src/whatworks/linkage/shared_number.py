"""Join agencies' records of one person by the Police National Computer number that they share."""

from dataclasses import dataclass, field
from importlib.resources import files

import duckdb

from whatworks.linkage.records_and_pairs import checked_numbers_sql


@dataclass(frozen=True, slots=True)
class OrganisationLinkage:
    """How far one agency's records of people could be joined with others' (numbers of records)."""

    organisation_id: str
    records: int
    linked: int
    unlinked: int
    repeated: int
    """Records whose number stands on an earlier record of the same agency too: one person held twice."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why records could not be joined (`pnc_id` empty, not a PNC number, ...), the most frequent first."""

    def __str__(self) -> str:
        """Return what stands in the way of joining this agency's records, for a person to read.

        >>> print(OrganisationLinkage("probation", 9, 4, 5, 0, {"empty": 3, "without a check letter": 2}))
        probation: 5 of 9 records of people cannot be joined: pnc_id is empty in 3, without a check letter in 2
        """
        why = ", ".join(f"{reason} in {count:,}" for reason, count in self.reasons.items())
        plain = f"{self.organisation_id}: {self.unlinked:,} of {self.records:,} records of people cannot be joined"
        return f"{plain}: pnc_id is {why}" if why else plain


@dataclass(frozen=True, slots=True)
class LinkageReport:
    """What joining by a shared number did. Nobody is dropped: who has no number stays, as a person of one agency."""

    organisations: tuple[OrganisationLinkage, ...]
    people: int
    shared: int
    """People known to at least two agencies."""
    unlike: int = 0
    """People joined though their records' birth dates differ, by one slip of the pen."""

    @property
    def unlinked(self) -> int:
        """Return the number of records that could not be joined: a counted step of the attrition trail."""
        return sum(one.unlinked for one in self.organisations)


def link_shared_number(connection: duckdb.DuckDBPyConnection) -> LinkageReport:
    """Fill `identity` from `person.pnc_id`, replacing what stood there, and count who could not be joined.

    Where nothing has changed nothing is written: rows deleted and written again leave the store larger each time, and
    what the query planner believes about it further from the truth.

    The number is compared without regard to case, spaces or hyphens, with its year in four digits (two digits above 39
    are read as 19..) and its serial in seven; its check letter must be right. A person without such a number gets a
    `linked_id` of their own, built from the agency's number, and the method `unlinked`, and so does everybody whose
    number stands with birth dates that one slip of the pen does not explain: it names no one. `probability` is 1: this
    way of joining knows no doubt.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = duckdb.connect()
    >>> create_tables(con)
    >>> add = "insert into person (source_id, source_line, organisation_id, person_id, pnc_id) values ('s', 1, ?, ?, ?)"
    >>> people = [["police", "7", "1998/12345J"], ["prison", "A1", "98/0012345j"], ["prison", "A2", "N/K 1"]]
    >>> _ = con.executemany(add, people)
    >>> report = link_shared_number(con)
    >>> report.people, report.shared, report.unlinked
    (2, 1, 1)
    >>> print(report.organisations[1])
    prison: 1 of 2 records of people cannot be joined: pnc_id is not a PNC number in 1
    >>> con.execute("select distinct linked_id from identity order by 1").fetchall()
    [('pnc:1998/0012345J',), ('prison:A2',)]
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE identity_now AS SELECT * EXCLUDE (reason) FROM ({_statement()})")
    if _changed(connection):
        connection.execute("BEGIN")
        try:
            connection.execute("DELETE FROM identity")
            connection.execute("INSERT INTO identity BY NAME FROM identity_now")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    connection.execute("DROP TABLE identity_now")
    return linkage_report(connection)


def _statement() -> str:
    query = files("whatworks.linkage").joinpath("sql/shared_number.sql").read_text(encoding="utf-8")
    return f"WITH checked_number AS ({checked_numbers_sql()})\n{query}"


def _changed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether `identity_now` and `identity` differ in any row, or in how often one stands there."""
    columns = ", ".join(row[0] for row in connection.execute("DESCRIBE identity_now").fetchall())
    now, before = "SELECT * FROM identity_now", f"SELECT {columns} FROM identity"
    return any(
        connection.execute(f"SELECT 1 FROM ({one} EXCEPT ALL {other}) LIMIT 1").fetchall()
        for one, other in ((now, before), (before, now))
    )


def linkage_report(connection: duckdb.DuckDBPyConnection) -> LinkageReport:
    """Count what `identity` holds now, by agency, with the reasons why records are not joined."""
    rows = connection.execute(
        """
        SELECT organisation_id, count(*), count(*) FILTER (WHERE method <> 'unlinked'),
          count(*) FILTER (WHERE method = 'unlinked'), count(*) - count(DISTINCT linked_id)
        FROM identity GROUP BY organisation_id ORDER BY organisation_id
        """
    ).fetchall()
    reasons: dict[str, dict[str, int]] = {}
    for organisation, reason, count in connection.execute(
        f"SELECT organisation_id, reason, count(*) AS times FROM ({_statement()}) WHERE reason IS NOT NULL "
        "GROUP BY ALL ORDER BY organisation_id, times DESC, reason"
    ).fetchall():
        reasons.setdefault(organisation, {})[reason] = count
    people, shared = connection.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE agencies > 1)
        FROM (SELECT linked_id, count(DISTINCT organisation_id) AS agencies FROM identity GROUP BY linked_id)
        """
    ).fetchall()[0]
    [(unlike,)] = connection.execute(
        "SELECT count(*) FROM (SELECT linked_id FROM identity JOIN person USING (organisation_id, person_id) "
        "GROUP BY linked_id HAVING count(DISTINCT date_of_birth) > 1)"
    ).fetchall()
    organisations = [
        OrganisationLinkage(name, records, linked, unlinked, repeated, reasons.get(name, {}))
        for name, records, linked, unlinked, repeated in rows
    ]
    return LinkageReport(tuple(organisations), people, shared, unlike)
