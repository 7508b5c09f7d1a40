"""Start everybody's time from the same point, so that nobody gets credit for days they had to survive to join."""

import numpy as np
import polars as pl

from whatworks.evaluation.studied.participants import Participants
from whatworks.records.engine import Engine

LONGEST_WAIT_DAYS = 365
"""A participation decided on longer before an event than this, or begun longer after it, belongs to another one."""
LAG_BAND_DAYS = 28
"""Clock `scheme_start`: matched people differ by less than this in the time since their index event."""

_STANDING = """
SELECT
  t.row,
  NOT EXISTS (
    SELECT 1 FROM custody_stay AS c
    WHERE c.linked_id = t.linked_id AND c.received_on <= t.index_date AND c.until > t.index_date
  ) AS at_liberty,
  NOT EXISTS (
    SELECT 1 FROM distinct_offence AS o
    WHERE o.linked_id = t.linked_id AND o.committed_from >= t.event_date AND o.committed_from < t.index_date
      AND o.sanctioned_on IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM not_counted_group AS g WHERE g.offence_group = o.offence_group)
  ) AS not_reoffended
FROM clock_row AS t
ORDER BY t.row
"""


def at_index_event(
    firsts: pl.DataFrame, events: pl.DataFrame, participants: Participants, within_days: int
) -> pl.DataFrame:
    """Return `firsts` with `treated`, `eligible_then` and `already`: the clock starts at the event for everyone.

    A participation belongs to the first event from `within_days` before it was decided on. People are treated where
    that event is their first eligible one, whether or not they ever started: a late start earns nothing. Who joined
    after a later event is not treated at this one, and may be a comparison. `already` marks people who had joined
    before their event by a participation that belongs to an earlier one, or whom the conviction record does not know;
    `eligible_then` those whom the scheme held as eligible at this event and never referred.
    """
    own = _own_events(participants.rows.filter("linked"), events, within_days).with_columns(treated=True)
    then = _own_events(participants.eligible_only, events, within_days).with_columns(eligible_then=True)
    joined = participants.rows.group_by("linked_id").agg(pl.col("joined_on").min())
    return (
        firsts.join(own, on=["linked_id", "index_date"], how="left", maintain_order="left")
        .join(then, on=["linked_id", "index_date"], how="left", maintain_order="left")
        .join(joined, on="linked_id", how="left", maintain_order="left")
        .with_columns(pl.col("treated", "eligible_then").fill_null(False))
        .with_columns(already=~pl.col("treated") & (pl.col("joined_on") <= pl.col("index_date")).fill_null(False))
        .drop("joined_on")
    )


def _own_events(rows: pl.DataFrame, events: pl.DataFrame, within_days: int) -> pl.DataFrame:
    """Return the event that each participation belongs to: linked_id, index_date."""
    days = events.select("linked_id", pl.col("index_date").alias("event_date")).sort("linked_id", "event_date")
    return (
        rows.with_columns((pl.col("joined_on") - pl.duration(days=within_days)).alias("from_date"))
        .sort("linked_id", "from_date")
        .join_asof(
            days,
            left_on="from_date",
            right_on="event_date",
            by="linked_id",
            strategy="forward",
            check_sortedness=False,
        )
        .filter(
            ((pl.col("event_date") - pl.col("joined_on")).dt.total_days() <= LONGEST_WAIT_DAYS)
            & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.col("event_date")))
        )
        .select("linked_id", pl.col("event_date").alias("index_date"))
        .unique()
    )


def at_scheme_start(connection: Engine, firsts: pl.DataFrame, participants: Participants, seed: int) -> pl.DataFrame:
    """Return both groups' rows under the clock that starts when people start: methods, clock (b).

    Treated: people who started within a year of their first eligible event, from their start. Comparisons: everybody's
    first eligible event (of those who join later too), from a day equally long after it, drawn by `seed` from the waits
    of the treated whose event was of the same kind in the same quarter. `at_liberty`, `not_reoffended` and `already`
    (in the scheme) say how each stood on that day; the same rules hold for both groups. A person may give a row to
    each group: errors are then clustered on the person.
    """
    starts = (
        participants.rows.drop_nulls("started_on")
        .filter("linked")
        .group_by("linked_id")
        .agg(pl.col("started_on").sort().alias("starts"))
    )
    waiting = pl.col("linked_id").is_in(participants.eligible_only["linked_id"].unique().implode())
    base = firsts.rename({"index_date": "event_date"}).with_columns(eligible_then=waiting)
    base = base.join(starts, on="linked_id", how="left", maintain_order="left")
    treated = _treated(base)
    drawn = _drawn(base, treated, seed)
    rows = pl.concat([treated, drawn]).sort("place", "linked_id", "treated", descending=[False, False, True])
    return _standing(connection, rows)


def _treated(base: pl.DataFrame) -> pl.DataFrame:
    lag = (pl.col("index_date") - pl.col("event_date")).dt.total_days()
    return (
        base.with_columns(pl.col("starts").alias("index_date"))
        .explode("index_date")
        .drop_nulls("index_date")
        .with_columns(lag.alias("lag_days"))
        .filter(pl.col("lag_days").is_between(0, LONGEST_WAIT_DAYS))
        .sort("place", "linked_id", "lag_days")
        .unique("linked_id", keep="first", maintain_order=True)
        .with_columns(treated=True, already=(pl.col("starts").list.min() < pl.col("index_date")))
        .drop("starts")
    )


def _drawn(base: pl.DataFrame, treated: pl.DataFrame, seed: int) -> pl.DataFrame:
    stratum = ["kind", "quarter"]
    waits = treated.group_by(stratum).agg(pl.col("lag_days").sort().alias("waits"))
    pool = base.join(waits, on=stratum, how="inner", maintain_order="left")
    draw = pl.Series("draw", np.random.default_rng([seed, 7]).random(pool.height))
    place = (draw * pool["waits"].list.len()).floor().cast(pl.Int64)
    pool = pool.with_columns(lag_days=pool["waits"].list.get(place, null_on_oob=True))
    pool = pool.with_columns(index_date=pl.col("event_date") + pl.duration(days=pl.col("lag_days")))
    began = (pl.col("starts").list.min() <= pl.col("index_date")).fill_null(False)
    return pool.with_columns(treated=False, already=began).select(treated.columns)


def _standing(connection: Engine, rows: pl.DataFrame) -> pl.DataFrame:
    with connection.lent("clock_row", rows.select("linked_id", "event_date", "index_date").with_row_index("row")):
        standing = connection.fetch(_STANDING)
    return pl.concat([rows, standing.drop("row")], how="horizontal")
