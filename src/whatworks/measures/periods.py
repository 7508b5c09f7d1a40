"""Measure equal periods before and after the index date, for a difference in differences."""

from math import log

import polars as pl

from whatworks.measures.settings import MeasureSettings
from whatworks.measures.spans import Span, measure_spans
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

PERIOD_QUERIES = ("proven_reoffending", "seriousness", "sentences_by_length", "custody_nights")
PERIOD_COLUMNS = (
    "proven_reoffending", "frequency", "seriousness", "short_sentences", "long_sentences", "custody_nights",
)  # fmt: skip
"""What is measured by period, under the names of the outcomes."""
USUAL_MONTHS, MONTHS_BEFORE, FEWEST_BEFORE = 6, 24, 3
"""Periods are of six months or near it, over two years before, and three of them at least (to see a trend)."""


def period_outcomes(
    connection: Engine,
    cohort: pl.DataFrame,
    *,
    months: int = 6,
    before: int = 4,
    after: int = 2,
    run_in_months: int = 6,
    settings: MeasureSettings,
) -> pl.DataFrame:
    """Return a row a unit and period: `period` -before .. -1 and 1 .. after, none of them 0, each of `months`.

    Period 1 begins on the index date; period -1 ends `run_in_months` before it, because people are picked just after a
    burst of offending. The index offence and its sentence are left out. Columns: from_date, until, known, mature,
    days_at_liberty (all but nights in custody) and PERIOD_COLUMNS; null where not known or not mature.
    The records are taken to reach back to the first period: nothing in them says where they begin.

    >>> [(span.number, span.from_months, span.to_months) for span in period_spans(6, 2, 1, 6)]
    [(-2, -18, -12), (-1, -12, -6), (1, 0, 6)]
    """
    faults = [
        Fault("is too small", f"give at least {least}", field=name, value=str(value))
        for name, value, least in (
            ("months", months, 1), ("before", before, 0), ("after", after, 0), ("run_in_months", run_in_months, 0),
        )
        if value < least
    ]  # fmt: skip
    if faults:
        raise Refused(faults)
    spans = period_spans(months, before, after, run_in_months)
    long = measure_spans(connection, cohort, spans, PERIOD_QUERIES, leave_out_index=True)
    days = (pl.col("ends") - pl.col("starts")).dt.total_days() - pl.col("custody_nights")
    return long.select(
        "unit",
        pl.col("span").alias("period"),
        pl.col("starts").alias("from_date"),
        pl.col("ends").alias("until"),
        "known",
        "mature",
        days.alias("days_at_liberty"),
        *PERIOD_COLUMNS,
    )


def period_months(window: int) -> int:
    """Return how long the periods are into which a window of months falls: the part of it nearest to six months.

    >>> [period_months(window) for window in (3, 6, 9, 12, 18, 20, 24)]
    [3, 6, 9, 6, 6, 5, 6]
    """
    parts = [months for months in range(window, 0, -1) if window % months == 0]
    return min(parts, key=lambda months: abs(log(months / USUAL_MONTHS)))


def periods_before(months: int) -> int:
    """Return how many earlier periods of so many months are looked at.

    >>> periods_before(6), periods_before(9), periods_before(3)
    (4, 3, 8)
    """
    return max(FEWEST_BEFORE, MONTHS_BEFORE // months)


def period_spans(months: int, before: int, after: int, run_in_months: int) -> list[Span]:
    """Return the periods, numbered -before .. -1 and 1 .. after, by their months from the index date."""
    earlier = [Span(-k, -run_in_months - k * months, -run_in_months - (k - 1) * months) for k in range(before, 0, -1)]
    return [*earlier, *(Span(k, (k - 1) * months, k * months) for k in range(1, after + 1))]
