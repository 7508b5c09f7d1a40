"""Choose one index event a person by one rule for both groups: the first eligible one in the protocol's window."""

from collections.abc import Callable

import polars as pl

from whatworks.evaluation.question.exclusions import eligible
from whatworks.evaluation.question.protocol import Cohort
from whatworks.records.engine import Engine

LIKE_EVENTS = ("release", "order_start", "caution")
"""What a start of the scheme is counted from where the protocol's index is `participation_start`."""

Profiler = Callable[[pl.DataFrame], pl.DataFrame]
"""Takes unit, linked_id, index_date; returns the covariates, one row a unit, in unit order."""

_EVENTS = """
SELECT e.linked_id, p.place, e.kind, e.index_date, e.area_code, e.borough
FROM index_event AS e
JOIN person_place AS p ON p.linked_id = e.linked_id
WHERE list_contains(CAST(? AS VARCHAR[]), e.kind)
ORDER BY p.place, e.linked_id, e.index_date, e.kind
"""


def event_kinds(cohort: Cohort) -> tuple[str, ...]:
    """Return the kinds of event from which time is counted.

    >>> event_kinds(Cohort(index="participation_start"))
    ('release', 'order_start', 'caution')
    """
    named = tuple(kind for kind in cohort.kinds if kind != "participation_start")
    return named or LIKE_EVENTS


def all_events(connection: Engine, cohort: Cohort) -> pl.DataFrame:
    """Return every index event of the protocol's kinds, in its window or not: linked_id, place, kind, day, areas.

    They are in order of `place`, the person's least (organisation_id, person_id), and of the day.
    """
    events: pl.DataFrame = connection.fetch(_EVENTS, [list(event_kinds(cohort))])
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
    """Return each person's first eligible event and their covariates on that day, in order of place.

    `events` are sorted by person and day. Whoever is not eligible at their first event is looked at again at the later
    ones, and counts from the first of these at which they are.
    """
    first = pl.col("linked_id").is_first_distinct()
    people, known = _eligible(events.filter(first), cohort, profiler)
    others = events.filter(~first).filter(~pl.col("linked_id").is_in(people["linked_id"].implode()))
    if not others.height:
        return people, known
    later, later_known = _eligible(others, cohort, profiler)
    keep = later["linked_id"].is_first_distinct()
    people, known = pl.concat([people, later.filter(keep)]), pl.concat([known, later_known.filter(keep)])
    order = people.select(pl.arg_sort_by("place", "linked_id")).to_series()
    return people[order], known[order]


def _eligible(events: pl.DataFrame, cohort: Cohort, profiler: Profiler) -> tuple[pl.DataFrame, pl.DataFrame]:
    numbered = events.with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
    known = profiler(numbered.select("unit", "linked_id", "index_date", "kind"))
    keep = eligible(known, cohort)
    return events.filter(keep), known.filter(keep).drop("unit")
