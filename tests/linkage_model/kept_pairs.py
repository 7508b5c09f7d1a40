"""Put scored pairs into a store, as a model that nobody trained would have scored them."""

from collections.abc import Sequence

import polars as pl

from whatworks.linkage.stored.records import renew_records
from whatworks.records.engine import Store

Row = tuple[str, str, str, str, float]
"""Agency and number of one record, of another, and how probably both are one person."""
PAIRS = """
SELECT l.organisation AS left_organisation_id, l.person_id AS left_person_id,
  r.organisation AS right_organisation_id, r.person_id AS right_person_id, p.pattern, w.bits - p.commonness AS weight,
  1 / (1 + power(2, p.commonness - w.bits)) AS probability, p.rowid AS row
FROM link_pair AS p JOIN link_pattern AS w USING (pattern)
JOIN link_record AS l ON l.record = p.left_record JOIN link_record AS r ON r.record = p.right_record
"""
"""The pairs that a store keeps, in words that a test can read."""


def keep_pairs(connection: Store, rows: Sequence[Row], model_id: str = "m") -> None:
    """Keep these pairs of records of the store, all with one pattern."""
    renew_records(connection)
    ends = [f"{side}_{part}" for side in ("left", "right") for part in ("organisation", "person")]
    with connection.lent("rows", pl.DataFrame(rows, schema=[*ends, "probability"], orient="row")):
        connection.change(
            "INSERT INTO link_pair (left_record, right_record, pattern, commonness) "
            "SELECT least(l.record, r.record), greatest(l.record, r.record), 0, "
            "log2((1 - probability) / probability) FROM rows "
            "JOIN link_record AS l ON l.organisation = left_organisation AND l.person_id = left_person "
            "JOIN link_record AS r ON r.organisation = right_organisation AND r.person_id = right_person"
        )
    connection.change("INSERT INTO link_pattern VALUES (0, 0.0)")
    connection.change("INSERT INTO link_scoring (model_id, prior, held, risen) VALUES (?, 0.5, '{}', 0.0)", [model_id])
