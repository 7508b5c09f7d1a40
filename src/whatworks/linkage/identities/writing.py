"""Write who is who into the store, each linked number kept for its people, and each change in the journal."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.clusters.joining import Clustering
from whatworks.linkage.clusters.strength import to_nearest_doubling
from whatworks.linkage.identities.crosswalk import LINKED_NUMBER, Change, Crosswalk, Numbers, assign, linked_number
from whatworks.linkage.identities.run import ROW_CONTENT, STANDS_AT, IdentityContent, LinkRun, identity_content
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions
from whatworks.linkage.stored.rows import record_columns
from whatworks.records.engine import Store

COLUMNS = ("organisation_id", "person_id", "linked_id", "method", "probability", "pair_organisation_id",
           "pair_person_id", "reason")  # fmt: skip
"""What `identity` says of a record."""
_SOURCES = """
UPDATE identity SET source_id = p.source_id, source_line = p.source_line FROM person AS p
WHERE p.organisation_id = identity.organisation_id AND p.person_id = identity.person_id
  AND (p.source_id <> identity.source_id OR p.source_line <> identity.source_line)
"""


@dataclass(frozen=True, slots=True)
class Joined:
    """What one linking came to: for each record its method, probability, the record it was joined by, and why."""

    records: RecordTable
    clustering: Clustering
    method: NDArray[np.object_]
    probability: NDArray[np.float64]
    fellow: NDArray[np.int32]
    reason: NDArray[np.object_]
    whole: bool = True
    """Whether these are all records, or those of the table `touched_record` that are still there."""

    @property
    def identity(self) -> str:
        """Return the relation with the rows of `identity` that these records may change."""
        record = "(organisation_id, person_id)"
        touched = f"(SELECT * FROM identity WHERE {record} IN (SELECT {record} FROM touched_record))"
        return "identity" if self.whole else touched


def write_identities(
    connection: Store,
    joined: Joined,
    content: IdentityContent,
    before: LinkRun | None,
    now: LinkRun,
    on: date | None,
) -> IdentityContent:
    """Bring `identity`, `link_person` and `link_journal` up to what was joined; return by what `identity` is known now.

    Before it was known by `content`. Where not all records were joined anew, those of the temporary table
    `touched_record` are looked at alone. Linked numbers that an earlier version built from people's own numbers are
    replaced once, which the journal says.
    """
    standing = connection.fetch(
        f"SELECT {', '.join(COLUMNS)}, {ROW_CONTENT} AS content, {STANDS_AT} AS stands_at FROM {joined.identity} AS i"
    ).with_columns(number=pl.col("linked_id").str.extract(LINKED_NUMBER).cast(pl.Int64))
    previous, gone, older = _previous(standing, joined.records)
    [(last,)] = connection.rows("SELECT COALESCE(MAX(CAST(SUBSTRING(linked_id, 2) AS BIGINT)), 0) FROM link_person")
    crosswalk = assign(previous, joined.clustering.label, last, gone)
    _write_people(connection, crosswalk, on)
    entries = _entries(connection, crosswalk, joined, previous, before, now)
    if older:
        entries.insert(0, ("renamed", None, None, older, "older_store"))
    _write_journal(connection, entries, on)
    return _write_identity(connection, joined, content, crosswalk.number, standing.drop("number"), now.people_stand_at)


def write_refusals(connection: Store, joined: Joined, pairs: ScoredPairs) -> None:
    """Replace `link_refusal`, of the records that were joined anew, by their likely pairs that were not joined."""
    records, clustering = joined.records, joined.clustering
    rows = clustering.refused
    left, right = pairs.left[rows], pairs.right[rows]
    frame = pl.DataFrame(
        {
            **record_columns("left_", records, left),
            **record_columns("right_", records, right),
            "probability": to_nearest_doubling(pairs.probability[rows]),
            "reason": pl.Series(clustering.reasons, dtype=pl.String),
        }
    )
    ends = " OR ".join(
        f"({side}_organisation_id, {side}_person_id) IN (SELECT organisation_id, person_id FROM touched_record)"
        for side in ("left", "right")
    )
    connection.change("DELETE FROM link_refusal" + ("" if joined.whole else f" WHERE {ends}"))
    connection.append("link_refusal", frame)


def _previous(rows: pl.DataFrame, records: RecordTable) -> tuple[Numbers, dict[int, int], int]:
    """Return each record's running number before, the numbers of records gone, and how many records had older ones."""
    place = positions(records, rows["organisation_id"], rows["person_id"])
    numbers = rows["number"].fill_null(0).to_numpy()
    previous = np.zeros(len(records), np.int64)
    previous[place[place >= 0]] = numbers[place >= 0]
    lost, times = np.unique(numbers[(place < 0) & (numbers > 0)], return_counts=True)
    return previous, dict(zip(lost.tolist(), times.tolist(), strict=True)), int((numbers == 0).sum())


def _write_people(connection: Store, crosswalk: Crosswalk, on: date | None) -> None:
    made = pl.DataFrame({"linked_id": [linked_number(number) for number in crosswalk.made.tolist()]})
    connection.append("link_person", made.with_columns(pl.lit(on, pl.Date).alias("made_on")))
    for number, into in crosswalk.retired.items():
        connection.change(
            "UPDATE link_person SET retired_on = ?, retired_into = ? WHERE linked_id = ?",
            [on, None if into is None else linked_number(into), linked_number(number)],
        )


Entry = tuple[str, str | None, str | None, int, str]
"""Event, number before, number after, records, cause."""


def _entries(
    connection: Store,
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


def _decided(connection: Store, joined: Joined, before: LinkRun | None) -> set[int]:
    """Return the people (by lowest record) whose records stand in decisions made since the linking before."""
    rows = connection.rows(
        "SELECT left_organisation_id, left_person_id, right_organisation_id, right_person_id FROM link_decision "
        "WHERE decision_id > ?",
        [0 if before is None else before.decisions],
    )
    ends = [
        end
        for left_agency, left_number, right_agency, right_number in rows
        for end in ((left_agency, left_number), (right_agency, right_number))
    ]
    places = positions(joined.records, [end[0] for end in ends], [end[1] for end in ends])
    return set(joined.clustering.label[places[places >= 0]].tolist())


def _write_journal(connection: Store, entries: list[Entry], on: date | None) -> None:
    [(last,)] = connection.rows("SELECT COALESCE(MAX(entry), 0) FROM link_journal")
    kinds = {"event": pl.String, "from_id": pl.String, "to_id": pl.String, "records": pl.Int64, "cause": pl.String}
    frame = pl.DataFrame(entries, schema=kinds, orient="row").with_row_index("entry", last + 1)
    connection.append("link_journal", frame.with_columns(pl.lit(on, pl.Date).alias("happened_on")))


def _write_identity(
    connection: Store,
    joined: Joined,
    content: IdentityContent,
    number: Numbers,
    before: pl.DataFrame,
    people_stand_at: int,
) -> IdentityContent:
    """Make the rows `before` of `identity` what they are now by writing those that differ."""
    records, there = joined.records, joined.fellow >= 0
    now = pl.DataFrame(
        {
            **record_columns("", records, np.arange(len(records))),
            "linked_id": pl.Series([linked_number(running) for running in number.tolist()], dtype=pl.String),
            "method": pl.Series(joined.method.tolist(), dtype=pl.String),
            "probability": to_nearest_doubling(joined.probability),
            **record_columns("pair_", records, np.where(there, joined.fellow, 0)),
            "reason": pl.Series(joined.reason.tolist(), dtype=pl.String),
            "there": there,
        }
    ).with_columns(pl.when("there").then(pl.col("pair_organisation_id", "pair_person_id")))
    now = now.drop("there")
    new, old = (
        rows.join(others, on=COLUMNS, how="anti", nulls_equal=True) for rows, others in ((now, before), (before, now))
    )
    record = "(organisation_id, person_id)"
    with connection.lent("identity_old", old):
        connection.change(f"DELETE FROM identity WHERE {record} IN (SELECT {record} FROM identity_old)")
    with connection.lent("identity_new", new):
        rows = connection.fetch(
            f"SELECT *, {ROW_CONTENT} AS content, {STANDS_AT} AS stands_at FROM "
            "(SELECT p.source_id, p.source_line, n.* FROM identity_new AS n "
            "JOIN person AS p ON p.organisation_id = n.organisation_id AND p.person_id = n.person_id) AS written "
            "ORDER BY organisation_id, person_id"
        )
    connection.append("identity", rows.drop("content", "stands_at"))
    sums = ((sum(rows[name].to_list()) - sum(old[name].to_list())) for name in ("content", "stands_at"))
    after, places = (standing + change for standing, change in zip(content[1:], sums, strict=True))
    if places != people_stand_at:
        connection.change(_SOURCES)
        return identity_content(connection)
    return content[0] + rows.height - old.height, after, places
