"""Keep scored pairs in the store, and score only the pairs of records that are new or have changed."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model import score_records, standardise
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions
from whatworks.linkage.stored.models import StoredModel
from whatworks.linkage.stored.rows import insert_rows, record_columns
from whatworks.records.engine import Engine, Store

MOST_NEW = 0.05
"""Where a larger share of the records is new, all pairs are scored anew: how frequent names are has changed too."""

_EDGES = """
SELECT left_organisation_id, left_person_id, right_organisation_id, right_person_id, probability, weight, pattern
FROM link_edge WHERE model_id = ?
"""


def stored_pairs(connection: Engine, records: RecordTable, model_id: str) -> ScoredPairs:
    """Return the pairs that the store holds of this model's scoring, of records that are still there."""
    edges = connection.fetch(_EDGES, [model_id])
    left, right = (
        positions(records, edges[f"{side}_organisation_id"], edges[f"{side}_person_id"]) for side in ("left", "right")
    )
    there = (left >= 0) & (right >= 0)
    probability, weight = (edges[name].to_numpy()[there] for name in ("probability", "weight"))
    pattern = edges["pattern"].to_numpy().astype(object)[there]
    return ScoredPairs.sorted_from(left[there], right[there], probability, weight, pattern)


def scored_pairs(connection: Store, records: RecordTable, stored: StoredModel, *, anew: bool = False) -> ScoredPairs:
    """Return the model's scored pairs of all records, and keep them; `anew` scores all, whatever was scored before.

    Pairs of records that were scored before and stand as they did are not scored again, unless more than 5% of the
    records are new or changed. So records that came in parts may weigh a little otherwise than the same records at
    once, as the prior and the frequencies of names then were others: scoring anew makes them the same.
    """
    standard = standardise(connection)
    content = np.array([text[:16] for text in standard.contents().tolist()], dtype=object)
    before = pl.Series(_content_before(connection, records, stored.model_id), dtype=pl.String)
    new = (before != pl.Series(content.tolist(), dtype=pl.String)).fill_null(True).to_numpy()
    if anew or new.mean() > MOST_NEW:
        pairs = score_records(standard, stored.model)
        _forget_all(connection)
        _keep_pairs(connection, records, stored.model_id, pairs)
        _keep_content(connection, records, stored.model_id, content, np.ones(len(records), np.bool_))
        return pairs
    _forget(connection, records, new)
    pairs = stored_pairs(connection, records, stored.model_id)
    if not new.any():
        return pairs
    standard.mark_new(new)
    added = score_records(standard, stored.model, only_new=True)
    _keep_pairs(connection, records, stored.model_id, added)
    _keep_content(connection, records, stored.model_id, content, new)
    return _together(pairs, added)


def _together(pairs: ScoredPairs, added: ScoredPairs) -> ScoredPairs:
    return ScoredPairs.sorted_from(
        np.concatenate([pairs.left, added.left]),
        np.concatenate([pairs.right, added.right]),
        np.concatenate([pairs.probability, added.probability]),
        np.concatenate([pairs.weight, added.weight]),
        np.concatenate([pairs.pattern, added.pattern]),
    )


def _content_before(connection: Engine, records: RecordTable, model_id: str) -> list[str | None]:
    """Return what each record was when this model scored it; None where it did not."""
    rows = connection.fetch(
        "SELECT organisation_id, person_id, content FROM link_scored WHERE model_id = ?", [model_id]
    )
    place = positions(records, rows["organisation_id"], rows["person_id"])
    before = np.full(len(records), None, dtype=object)
    before[place[place >= 0]] = rows["content"].to_numpy().astype(object)[place >= 0]
    content: list[str | None] = before.tolist()
    return content


def _forget_all(connection: Store) -> None:
    connection.change("DELETE FROM link_edge")
    connection.change("DELETE FROM link_scored")


def _forget(connection: Store, records: RecordTable, new: NDArray[np.bool_]) -> None:
    """Drop what was scored of records that have changed or gone."""
    standing = pl.DataFrame(record_columns("", records, np.flatnonzero(~new)))
    with connection.lent("standing_record", standing):
        connection.derive(
            "stale_record",
            "SELECT organisation_id, person_id FROM link_scored AS s WHERE NOT EXISTS (SELECT 1 FROM standing_record "
            "AS r WHERE r.organisation_id = s.organisation_id AND r.person_id = s.person_id)",
        )
    if connection.rows("SELECT 1 FROM stale_record LIMIT 1"):
        connection.change(
            "DELETE FROM link_edge WHERE (left_organisation_id, left_person_id) IN (FROM stale_record) "
            "OR (right_organisation_id, right_person_id) IN (FROM stale_record)"
        )
        connection.change("DELETE FROM link_scored WHERE (organisation_id, person_id) IN (FROM stale_record)")
    connection.drop("stale_record")


def _keep_pairs(connection: Store, records: RecordTable, model_id: str, pairs: ScoredPairs) -> None:
    frame = pl.DataFrame(
        {
            **record_columns("left_", records, pairs.left),
            **record_columns("right_", records, pairs.right),
            "probability": pairs.probability,
            "weight": pairs.weight,
            "pattern": pl.Series(pairs.pattern.tolist(), dtype=pl.String),
        }
    )
    insert_rows(connection, "link_edge", frame.with_columns(pl.lit(model_id).alias("model_id")))


def _keep_content(
    connection: Store,
    records: RecordTable,
    model_id: str,
    content: NDArray[np.object_],
    new: NDArray[np.bool_],
) -> None:
    rows = np.flatnonzero(new)
    frame = pl.DataFrame(
        {**record_columns("", records, rows), "content": pl.Series(content[rows].tolist(), dtype=pl.String)}
    )
    insert_rows(connection, "link_scored", frame.with_columns(pl.lit(model_id).alias("model_id")))
