"""The official way of counting: completed cases by the quarter of completion, which leaves out who waits still."""

from dataclasses import dataclass

import polars as pl

from whatworks.journeys.cases import ONWARD, Cases
from whatworks.journeys.kind import elapsed


@dataclass(frozen=True, slots=True)
class FinishedQuarter:
    """The cases completed in a quarter, and the median of their days from being opened to completion."""

    quarter: str
    cases: int
    median: float


def completed(cases: Cases) -> pl.DataFrame:
    """Return the last stay of each completed case, left after the last stage or by an ending that completes it, with
    its `quarter`."""
    ends = [one.id for one in cases.kind.ending if one.completes]
    onward = (pl.col("way") == ONWARD) & (pl.col("place") == len(cases.kind.stage) - 1)
    done = cases.stays.filter(pl.col("final") & (pl.col("way").is_in(ends) | onward))
    return done.with_columns(quarter=pl.format("{} Q{}", pl.col("left_on").dt.year(), pl.col("left_on").dt.quarter()))


def finished_quarters(cases: Cases) -> tuple[FinishedQuarter, ...]:
    """Return the completed cases by the quarter of completion."""
    done = completed(cases)
    whole = done.with_columns(elapsed(cases.kind, done["opened_on"], done["left_on"]).alias("whole"))
    rows = whole.group_by("quarter").agg(pl.len().alias("cases"), pl.col("whole").median()).sort("quarter")
    return tuple(FinishedQuarter(*row) for row in rows.iter_rows())
