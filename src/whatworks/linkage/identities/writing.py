"""Write who is who into the store, each linked number kept for its people, and each change in the journal."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.clusters.joining import Clustering
from whatworks.linkage.identities.crosswalk import Change, Crosswalk, Numbers, assign
from whatworks.linkage.identities.linked_number import linked_number
from whatworks.linkage.identities.run import LinkRun
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions
from whatworks.linkage.stored.rows import insert_rows, record_columns
from whatworks.records.engine import Engine, Store

JOURNAL = ("entry", "happened_on", "event", "from_id", "to_id", "records", "cause")


@dataclass(frozen=True, slots=True)
class Joined:
    """What one linking came to: for each record its method, probability, the record it was joined by, and why."""

    records: RecordTable
    clustering: Clustering
    method: NDArray[np.object_]
    probability: NDArray[np.float64]
    fellow: NDArray[np.int32]
    reason: NDArray[np.object_]


def write_identities(connection: Store, joined: Joined, before: LinkRun | None, now: LinkRun, on: date | None) -> bool:
    """Bring `identity`, `link_person` and `link_journal` up to what was joined; tell whether anything changed.

    Linked numbers that an earlier version built from people's own numbers are replaced once, which the journal says.
    """
    previous, gone, older = _previous(connection, joined.records)
    [(last,)] = connection.rows("SELECT COALESCE(MAX(CAST(SUBSTRING(linked_id, 2) AS BIGINT)), 0) FROM link_person")
    crosswalk = assign(previous, joined.clustering.label, last, gone)
    _write_people(connection, crosswalk, on)
    entries = _entries(connection, crosswalk, joined, previous, before, now)
    if older:
        entries.insert(0, ("renamed", None, None, older, "older_store"))
    _write_journal(connection, entries, on)
    return _write_identity(connection, joined, crosswalk.number)


def write_refusals(connection: Store, records: RecordTable, clustering: Clustering, pairs: ScoredPairs) -> None:
    """Replace `link_refusal` by the likely pairs that were not joined."""
    rows = clustering.refused
    left, right = pairs.left[rows], pairs.right[rows]
    frame = pl.DataFrame(
        {
            **record_columns("left_", records, left),
            **record_columns("right_", records, right),
            "probability": pairs.probability[rows],
            "reason": pl.Series(clustering.reasons, dtype=pl.String),
        }
    )
    connection.change("DELETE FROM link_refusal")
    insert_rows(connection, "link_refusal", frame)


def _previous(connection: Engine, records: RecordTable) -> tuple[Numbers, dict[int, int], int]:
    """Return each record's running number before, the numbers of records gone, and how many records had older ones."""
    rows = connection.fetch(
        "SELECT i.organisation_id, i.person_id, CAST(SUBSTRING(p.linked_id, 2) AS BIGINT) AS number "
        "FROM identity AS i LEFT JOIN link_person AS p USING (linked_id)"
    )
    place = positions(records, rows["organisation_id"], rows["person_id"])
    numbers = rows["number"].fill_null(0).to_numpy()
    previous = np.zeros(len(records), np.int64)
    previous[place[place >= 0]] = numbers[place >= 0]
    lost, times = np.unique(numbers[(place < 0) & (numbers > 0)], return_counts=True)
    return previous, dict(zip(lost.tolist(), times.tolist(), strict=True)), int((numbers == 0).sum())


def _write_people(connection: Store, crosswalk: Crosswalk, on: date | None) -> None:
    made = pl.DataFrame({"linked_id": [linked_number(number) for number in crosswalk.made.tolist()]})
    insert_rows(connection, "link_person", made.with_columns(pl.lit(on, pl.Date).alias("made_on")))
    for number, into in crosswalk.retired.items():
        connection.change(
            "UPDATE link_person SET retired_on = ?, retired_into = ? WHERE linked_id = ?",
            [on, None if into is None else linked_number(into), linked_number(number)],
        )


Entry = tuple[str, str | None, str | None, int, str]
"""Event, number before, number after, records, cause."""


def _entries(
    connection: Engine,
    crosswalk: Crosswalk,
    joined: Joined,
    previous: Numbers,
    before: LinkRun | None,
    now: LinkRun,
) -> list[Entry]:
    """Return the journal's entries: one for each change, and one for all new people together."""
    label = joined.clustering.label
    has_new = set(label[previous == 0].tolist())
    decided = _decided(connection, joined, before)

    def cause(change: Change) -> str:
        if before is not None and before.model_id != now.model_id:
            return "new_model"
        if before is not None and (before.method, before.threshold) != (now.method, now.threshold):
            return "settings"
        if change.label in decided or change.before in decided_numbers:
            return "decision"
        return "new_record" if change.label in has_new else "corrected"

    decided_numbers = set(previous[np.isin(label, list(decided))].tolist()) - {0}
    entries: list[Entry] = [
        (
            change.event,
            linked_number(change.before),
            None if change.after is None else linked_number(change.after),
            change.records,
            cause(change),
        )
        for change in crosswalk.changes
    ]
    fresh = int(((previous == 0) & np.isin(crosswalk.number, crosswalk.made)).sum())
    return [("new", None, None, fresh, "new_record"), *entries] if fresh else entries


def _decided(connection: Engine, joined: Joined, before: LinkRun | None) -> set[int]:
    """Return the people (by lowest record) whose records stand in decisions made since the linking before."""
    rows = connection.rows(
        "SELECT left_organisation_id, left_person_id, right_organisation_id, right_person_id FROM link_decision "
        "WHERE decision_id > ?",
        [0 if before is None else before.decisions],
    )
    ends = [end for one, first, other, second in rows for end in ((one, first), (other, second))]
    places = positions(joined.records, [end[0] for end in ends], [end[1] for end in ends])
    return set(joined.clustering.label[places[places >= 0]].tolist())


def _write_journal(connection: Store, entries: list[Entry], on: date | None) -> None:
    [(last,)] = connection.rows("SELECT COALESCE(MAX(entry), 0) FROM link_journal")
    kinds = {"event": pl.String, "from_id": pl.String, "to_id": pl.String, "records": pl.Int64, "cause": pl.String}
    frame = pl.DataFrame(entries, schema=kinds, orient="row").with_row_index("entry", last + 1)
    insert_rows(connection, "link_journal", frame.with_columns(pl.lit(on, pl.Date).alias("happened_on")))


def _write_identity(connection: Store, joined: Joined, number: Numbers) -> bool:
    records, there = joined.records, joined.fellow >= 0
    fellow = np.where(there, joined.fellow, 0)
    frame = pl.DataFrame(
        {
            **record_columns("", records, np.arange(len(records))),
            "linked_id": pl.Series([linked_number(one) for one in number.tolist()], dtype=pl.String),
            "method": pl.Series(joined.method.tolist(), dtype=pl.String),
            "probability": joined.probability,
            **record_columns("pair_", records, fellow),
            "reason": pl.Series(joined.reason.tolist(), dtype=pl.String),
            "there": there,
        }
    ).with_columns(pl.when("there").then(pl.col("pair_organisation_id", "pair_person_id")))
    with connection.lent("identity_joined", frame.drop("there")):
        connection.derive(
            "identity_now",
            "SELECT p.source_id, p.source_line, j.* FROM identity_joined AS j "
            "JOIN person AS p ON p.organisation_id = j.organisation_id AND p.person_id = j.person_id "
            "ORDER BY j.organisation_id, j.person_id",
        )
    changed = _replace_changed(connection)
    connection.drop("identity_now")
    return changed


def _replace_changed(connection: Store) -> bool:
    """Make `identity` what `identity_now` is by writing only the rows that differ; tell whether any did."""
    columns = ", ".join(connection.columns("identity_now"))
    now, before = "SELECT * FROM identity_now", f"SELECT {columns} FROM identity"
    for name, one, other in (("identity_new", now, before), ("identity_old", before, now)):
        connection.derive(name, f"{one} EXCEPT ALL {other}")
    [(new,)], [(old,)] = (connection.rows(f"SELECT count(*) FROM {name}") for name in ("identity_new", "identity_old"))
    if old:
        connection.change(
            "DELETE FROM identity WHERE (organisation_id, person_id) IN "
            "(SELECT organisation_id, person_id FROM identity_old)"
        )
    if new:
        connection.change(
            f"INSERT INTO identity ({columns}) SELECT * FROM identity_now WHERE (organisation_id, person_id) IN "
            "(SELECT organisation_id, person_id FROM identity_new) ORDER BY organisation_id, person_id"
        )
    connection.drop("identity_new", "identity_old")
    return bool(new or old)
