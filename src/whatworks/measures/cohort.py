"""Take in the people to be measured: a number for each, who they are and from which day they are followed."""

import polars as pl

from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

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
