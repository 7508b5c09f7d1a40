"""Say which agencies' records are the same person: the one door, for every command that needs to know."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.clusters.joining import join
from whatworks.linkage.clusters.strength import strength
from whatworks.linkage.clusters.touched import touched
from whatworks.linkage.identities.decisions import as_pairs, decided_pairs, last_decision, standing_decisions
from whatworks.linkage.identities.run import LinkRun, day_of_change, identity_content, keep_run, last_run
from whatworks.linkage.identities.writing import Joined, write_identities, write_refusals
from whatworks.linkage.model import train_on
from whatworks.linkage.numbers.shared import pairs_sharing_a_number
from whatworks.linkage.records_and_pairs import (
    RecordTable,
    ScoredPairs,
    checked_numbers_sql,
    positions,
    read_records,
)
from whatworks.linkage.report import LinkageReport, linkage_report
from whatworks.linkage.stored.models import StoredModel, keep_model, model_in_force
from whatworks.linkage.stored.pairs import Rescored, rescore
from whatworks.linkage.stored.records import (
    GONE,
    Renewed,
    people_content,
    records_to_train_on,
    renew_records,
    stored_table,
)
from whatworks.linkage.stored.references import reference_content
from whatworks.records.declaring.linkage_block import LinkageSettings
from whatworks.records.engine import Store


def link(connection: Store, settings: LinkageSettings | None = None) -> LinkageReport:
    """Bring `identity` up to date with records, decisions, model and settings; count who could not be joined.

    Where a model was trained and the method is `probabilistic`, records are joined as it scores their pairs; else by
    the Police National Computer number that they share, once it has passed its checks. No model is trained here. What
    people decided holds either way. Where nothing has changed nothing is written. A linked number is opaque and stays
    with its people; whatever changes one stands in `link_journal`.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = scratch()
    >>> create_tables(con)
    >>> add = "insert into person (source_id, source_line, organisation_id, person_id, pnc_id) values ('s', 1, ?, ?, ?)"
    >>> people = [["police", "7", "1998/12345J"], ["prison", "A1", "98/0012345j"], ["prison", "A2", "N/K 1"]]
    >>> con.change_each(add, people)
    >>> report = link(con)
    >>> report.people, report.shared, report.unlinked
    (2, 1, 1)
    >>> print(report.organisations[1])
    prison: 1 of 2 records of people cannot be joined: pnc_id is not a PNC number in 1
    >>> con.rows("select distinct linked_id from identity order by 1")
    [('L0000001',), ('L0000002',)]
    """
    return _link(connection, settings or LinkageSettings())


def train_and_link(connection: Store, settings: LinkageSettings, on: date, *, retrain: bool = False) -> LinkageReport:
    """Train a model where none is in force (or with `retrain`), and link.

    The people that come out do not depend on how the records came in, in one import or in three. Where the method is
    `shared_number` nothing is trained. `on` is the day of training.
    """
    if settings.method == "probabilistic" and (retrain or model_in_force(connection) is None):
        with connection.transaction():
            renew_records(connection)
            connection.change("DELETE FROM link_scoring")
        keep_model(connection, train_on(records_to_train_on(connection), settings.seed), on)
    return _link(connection, settings)


def _link(connection: Store, settings: LinkageSettings) -> LinkageReport:
    stored = model_in_force(connection) if settings.method == "probabilistic" else None
    content = identity_content(connection)
    before = last_run(connection, content)
    references = "" if stored is None else reference_content(connection)
    now = LinkRun(
        "shared_number" if stored is None else "probabilistic",
        None if stored is None else stored.model_id,
        None if stored is None else settings.threshold,
        last_decision(connection),
        f"{people_content(connection)} {references}".strip(),
    )
    for_now = settings.method == "probabilistic" and stored is None
    if before == now:
        return replace(linkage_report(connection), by_number_for_now=for_now)
    with connection.transaction():
        if stored is None:
            pairs, joined = _by_number(connection)
        else:
            pairs, joined = _by_model(connection, stored, before, now, settings.threshold, references)
        written = write_identities(connection, joined, content, before, now, day_of_change(connection))
        write_refusals(connection, joined, pairs)
        keep_run(connection, now, written)
    changed = written[:2] != content[:2]
    return replace(linkage_report(connection), by_number_for_now=for_now, changed=changed)


def _by_model(
    connection: Store,
    stored: StoredModel,
    before: LinkRun | None,
    now: LinkRun,
    threshold: float,
    references: str,
) -> tuple[ScoredPairs, Joined]:
    """Join the records that need it by a model: all, or those that new pairs, records or decisions can touch."""
    renewed = renew_records(connection, reread=False)
    rescored = rescore(connection, stored, renewed, references)
    standing = standing_decisions(connection)
    same = before is not None and replace(before, decisions=now.decisions, people_content=now.people_content) == now
    chosen = _touched(connection, renewed, rescored, threshold) if same else None
    records, numbers = stored_table(connection, chosen)
    place = np.full(renewed.size, -1, np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    pairs = rescored.after.scored(place)
    decisions, _ = as_pairs(standing, records)
    clustering = join(records, pairs, decisions, threshold)
    sure = strength(clustering, pairs, decisions, threshold)
    by_pair = np.where(sure.pair < 0, "decision", "probabilistic")
    method = np.where(sure.fellow < 0, "unlinked", by_pair).astype(object)
    reasons = _reasons(sure.pair, pairs)
    return pairs, Joined(records, clustering, method, sure.probability, sure.fellow, reasons, chosen is None)


def _touched(connection: Store, renewed: Renewed, rescored: Rescored, threshold: float) -> NDArray[np.int64] | None:
    """Return the running numbers of the records to be joined anew, None for all; name them in `touched_record`."""
    if rescored.before is None:
        return None
    fresh = connection.fetch(f"SELECT record FROM link_record WHERE record >= {renewed.first}")["record"].to_numpy()
    was, is_now = (pairs.edges() for pairs in (rescored.before, rescored.after))
    seeds = np.concatenate([np.asarray(fresh, dtype=np.int64), renewed.gone])
    chosen = np.flatnonzero(
        touched(renewed.size, was, is_now, rescored.stays, threshold, seeds, decided_pairs(connection))
    )
    with connection.lent("found_record", pl.DataFrame({"record": chosen})):
        connection.derive(
            "touched_record",
            "SELECT organisation AS organisation_id, person_id "
            f"FROM (SELECT * FROM link_record UNION ALL SELECT * FROM {GONE}) AS each "
            "WHERE record IN (SELECT record FROM found_record)",
        )
    return chosen


def _by_number(connection: Store) -> tuple[ScoredPairs, Joined]:
    """Join all records by number: who has one is linked, even where no other record has it; no doubt is known."""
    records = read_records(connection)
    pairs = pairs_sharing_a_number(records)
    decisions, _ = as_pairs(standing_decisions(connection), records)
    clustering = join(records, pairs, decisions, lenient=True)
    sure = strength(clustering, pairs, decisions)
    decided = (sure.fellow >= 0) & (sure.pair < 0)
    method = np.where(decided, "decision", np.where(records.pnc >= 0, "shared_number", "unlinked")).astype(object)
    reason = _reasons(sure.pair, pairs)
    reason[method == "unlinked"] = _number_faults(connection, records)[method == "unlinked"]
    return pairs, Joined(records, clustering, method, sure.probability, sure.fellow, reason)


def _reasons(pair: NDArray[np.int32], pairs: ScoredPairs) -> NDArray[np.object_]:
    reason = np.full(len(pair), None, dtype=object)
    reason[pair >= 0] = pairs.pattern[pair[pair >= 0]]
    return reason


def _number_faults(connection: Store, records: RecordTable) -> NDArray[np.object_]:
    """Return why each record has no PNC number that passed its checks; None where it has one."""
    rows = connection.fetch(f"SELECT organisation_id, person_id, pnc_fault FROM ({checked_numbers_sql()})")
    fault = np.full(len(records), None, dtype=object)
    fault[positions(records, rows["organisation_id"], rows["person_id"])] = rows["pnc_fault"].to_list()
    return fault
