"""Choose one index event a person by one rule for both groups: the first eligible one in the protocol's window."""

from collections.abc import Callable

import duckdb
import polars as pl

from whatworks.evaluation.exclusions import eligible
from whatworks.evaluation.protocol import Cohort

LIKE_EVENTS = ("release", "order_start", "caution")
"""What a start of the scheme is counted from where the protocol's index is `participation_start`."""

Profiler = Callable[[pl.DataFrame], pl.DataFrame]
"""Takes unit, linked_id, index_date; returns the covariates, one row a unit, in unit order."""

_EVENTS = """
SELECT linked_id, kind, index_date, area_code, borough
FROM index_event
WHERE list_contains(CAST(? AS VARCHAR[]), kind)
ORDER BY linked_id, index_date, kind
"""


def event_kinds(cohort: Cohort) -> tuple[str, ...]:
    """Return the kinds of event from which time is counted.

    >>> event_kinds(Cohort(index="participation_start"))
    ('release', 'order_start', 'caution')
    """
    named = tuple(kind for kind in cohort.kinds if kind != "participation_start")
    return named or LIKE_EVENTS


def all_events(connection: duckdb.DuckDBPyConnection, cohort: Cohort) -> pl.DataFrame:
    """Return every index event of the protocol's kinds, in its window or not: linked_id, kind, index_date, areas."""
    events: pl.DataFrame = connection.sql(_EVENTS, params=[list(event_kinds(cohort))]).pl()
    return events


def in_window(events: pl.DataFrame, cohort: Cohort) -> pl.DataFrame:
    """Return the events on the days that the protocol names, both ends included."""
    keep = pl.lit(True)
    if cohort.first_index is not None:
        keep = keep & (pl.col("index_date") >= cohort.first_index)
    if cohort.last_index is not None:
        keep = keep & (pl.col("index_date") <= cohort.last_index)
    return events.filter(keep)


def first_eligible(events: pl.DataFrame, cohort: Cohort, profiler: Profiler) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each person's first eligible event and their covariates on that day, in order of linked_id.

    `events` are sorted by person and day. Whoever is not eligible at one event is looked at again at the next.
    """
    numbered = events.with_columns(pl.int_range(pl.len()).over("linked_id").alias("turn"))
    chosen: list[pl.DataFrame] = []
    covariates: list[pl.DataFrame] = []
    turn, waiting = 0, numbered.select("linked_id").unique()
    while waiting.height:
        at = numbered.filter(pl.col("turn") == turn).join(waiting, on="linked_id", how="semi")
        if not at.height:
            break
        at = at.drop("turn").with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
        known = profiler(at.select("unit", "linked_id", "index_date", "kind"))
        keep = eligible(known, cohort)
        chosen.append(at.filter(keep).drop("unit"))
        covariates.append(known.filter(keep).drop("unit"))
        waiting, turn = at.filter(~keep).select("linked_id"), turn + 1
    if not chosen:
        return events.clear(), pl.DataFrame()
    people, known = pl.concat(chosen), pl.concat(covariates)
    order = people["linked_id"].arg_sort()
    return people[order], known[order]
