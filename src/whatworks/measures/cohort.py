"""Take in the people to be measured: a number for each, who they are and from which day they are followed.

Which offence brought a person in on a day is worked out once, whoever asks again: `index_known` remembers it.
"""

import polars as pl

from whatworks.measures.derivation import derive, put, resting_on
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

_NOT_KNOWN = """
SELECT 1 FROM cohort AS c WHERE NOT EXISTS (
  SELECT 1 FROM index_known AS d
  WHERE d.linked_id = c.linked_id AND d.index_date = c.index_date AND COALESCE(d.kind, '') = COALESCE(c.kind, '')
) LIMIT 1
"""
_KNOWN = """
SELECT linked_id, index_date, kind, offence_key, sanctioned_on, sentenced_on FROM index_known
UNION
SELECT u.linked_id, u.index_date, u.kind, o.offence_key, o.sanctioned_on, s.sentenced_on
FROM measured_unit AS u
LEFT JOIN index_offence AS o ON o.unit = u.unit
LEFT JOIN index_sentence AS s ON s.unit = u.unit
"""
INDEX_KINDS = ("release", "order_start", "caution", "participation_start")


def put_cohort(connection: Engine, cohort: pl.DataFrame) -> None:
    """Make the table `cohort` from a frame with columns unit, linked_id, index_date.

    `unit` is unique; a fourth column, `kind`, may say what the index event was. Refuses a frame that is not so.
    """
    faults = [
        Fault("is missing or holds nulls", "give every unit a value", field=name)
        for name in ("unit", "linked_id", "index_date")
        if name not in cohort.columns or cohort[name].null_count()
    ]
    if not faults and cohort["unit"].n_unique() != len(cohort):
        faults = [Fault("is not unique", "number every person of the cohort once", field="unit")]
    if faults:
        raise Refused(faults)
    kind = pl.col("kind") if "kind" in cohort.columns else pl.lit(None)
    frame = cohort.select(
        pl.col("unit").cast(pl.Int64),
        pl.col("linked_id").cast(pl.String),
        pl.col("index_date").cast(pl.Date),
        kind.cast(pl.String).alias("kind"),
    )
    unknown = sorted(set(frame["kind"].drop_nulls().unique()) - set(INDEX_KINDS))
    if unknown:
        remedy = f"write one of: {', '.join(INDEX_KINDS)}"
        raise Refused([Fault("is not a kind of index event", remedy, field="kind", value=value) for value in unknown])
    connection.put("cohort", frame.sort("unit"))


def forget_index(connection: Engine) -> None:
    """Make `index_known` empty: the records or their people are others than they were."""
    columns = (
        "linked_id VARCHAR, index_date DATE, kind VARCHAR, offence_key VARCHAR, sanctioned_on DATE, sentenced_on DATE"
    )
    put(connection, "index_known", columns, [])


def remember_index(connection: Engine) -> None:
    """Add what brought in each person of the cohort to `index_known`; `index_offence` and `index_sentence` say it."""
    connection.derive("index_known", _KNOWN)


def know_index(connection: Engine) -> None:
    """Make `index_known` hold each person of the cohort on their day; what it holds already is not derived again."""
    if connection.rows(_NOT_KNOWN):
        derive(connection, resting_on(["cohort"], ["index_offence", "index_sentence"]))
        remember_index(connection)
