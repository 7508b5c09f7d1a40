"""Say which agencies' records are the same person: the one door, for every command that needs to know."""

from dataclasses import replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.clusters.joining import Clustering, join
from whatworks.linkage.clusters.strength import strength
from whatworks.linkage.identities.decisions import as_pairs, last_decision, standing_decisions
from whatworks.linkage.identities.run import LinkRun, day_of_change, keep_run, last_run, people_content
from whatworks.linkage.identities.writing import Joined, write_identities, write_refusals
from whatworks.linkage.numbers.shared import pairs_sharing_a_number
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, checked_numbers_sql, positions, read_records
from whatworks.linkage.report import LinkageReport, linkage_report
from whatworks.linkage.settings import LinkageSettings
from whatworks.records.store import transaction


def link(connection: duckdb.DuckDBPyConnection, settings: LinkageSettings | None = None) -> LinkageReport:
    """Bring `identity` up to date with records, decisions, model and settings; count who could not be joined.

    Where a model was trained and the method is `probabilistic`, records are joined as it scores their pairs; else by
    the Police National Computer number that they share, once it has passed its checks. No model is trained here. What
    people decided holds either way. Where nothing has changed nothing is written. A linked number is opaque and stays
    with its people; whatever changes one stands in `link_journal`.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = duckdb.connect()
    >>> create_tables(con)
    >>> add = "insert into person (source_id, source_line, organisation_id, person_id, pnc_id) values ('s', 1, ?, ?, ?)"
    >>> people = [["police", "7", "1998/12345J"], ["prison", "A1", "98/0012345j"], ["prison", "A2", "N/K 1"]]
    >>> _ = con.executemany(add, people)
    >>> report = link(con)
    >>> report.people, report.shared, report.unlinked
    (2, 1, 1)
    >>> print(report.organisations[1])
    prison: 1 of 2 records of people cannot be joined: pnc_id is not a PNC number in 1
    >>> con.execute("select distinct linked_id from identity order by 1").fetchall()
    [('L0000001',), ('L0000002',)]
    """
    asked = settings or LinkageSettings()
    before = last_run(connection)
    now = LinkRun("shared_number", None, None, last_decision(connection), people_content(connection))
    if before == now:
        return linkage_report(connection)
    records = read_records(connection)
    decisions, _ = as_pairs(standing_decisions(connection), records)
    pairs = pairs_sharing_a_number(records)
    clustering = join(records, pairs, decisions, asked.threshold, lenient=True)
    joined = _by_number(connection, records, clustering, pairs, decisions)
    with transaction(connection):
        changed = write_identities(connection, joined, before, now, day_of_change(connection))
        write_refusals(connection, records, clustering, pairs)
        keep_run(connection, now)
    return replace(linkage_report(connection), changed=changed)


def _by_number(
    connection: duckdb.DuckDBPyConnection,
    records: RecordTable,
    clustering: Clustering,
    pairs: ScoredPairs,
    decisions: Decisions,
) -> Joined:
    """Describe a joining by number: who has one is linked, even where no other record has it; no doubt is known."""
    sure = strength(clustering, pairs, decisions)
    decided = (sure.fellow >= 0) & (sure.pair < 0)
    method = np.where(decided, "decision", np.where(records.pnc >= 0, "shared_number", "unlinked")).astype(object)
    reason = _reasons(sure.pair, pairs)
    reason[method == "unlinked"] = _number_faults(connection, records)[method == "unlinked"]
    return Joined(records, clustering, method, sure.probability, sure.fellow, reason)


def _reasons(pair: NDArray[np.int32], pairs: ScoredPairs) -> NDArray[np.object_]:
    reason = np.full(len(pair), None, dtype=object)
    reason[pair >= 0] = pairs.pattern[pair[pair >= 0]]
    return reason


def _number_faults(connection: duckdb.DuckDBPyConnection, records: RecordTable) -> NDArray[np.object_]:
    """Return why each record has no PNC number that passed its checks; None where it has one."""
    rows = connection.sql(f"SELECT organisation_id, person_id, pnc_fault FROM ({checked_numbers_sql()})").pl()
    fault = np.full(len(records), None, dtype=object)
    fault[positions(records, rows["organisation_id"].to_list(), rows["person_id"].to_list())] = rows[
        "pnc_fault"
    ].to_list()
    return fault
