"""Measure equal periods before and after the index date, for a difference in differences."""

import polars as pl

from whatworks.measures.cohort import put_cohort
from whatworks.measures.derivation import derive, merge_offences, put
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

STEPS = (
    "known_offence",
    "index_sentence",
    "index_offence",
    "index_referral",
    "sentence_day",
    "period_offence",
    "period_sentence",
    "period_custody",
    "period_outcome",
)


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
    burst of offending. The index offence and its sentence are left out. Columns: from_date, until, days_at_liberty,
    seriousness, offences, short_sentences, long_sentences, custody_nights; null where not known or not mature.
    The records are taken to reach back to the first period: nothing in them says where they begin.

    >>> spans(6, 2, 1, 6)
    [[-2, -18, -12], [-1, -12, -6], [1, 0, 6]]
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
    put_cohort(connection, cohort)
    put(
        connection,
        "period",
        "period BIGINT, from_months BIGINT, to_months BIGINT",
        spans(months, before, after, run_in_months),
    )
    derive(connection, ["period_window", "period_span"])
    connection.derive("offence_span", "SELECT * FROM period_span")
    derive(connection, ["offence_wanted"])
    merge_offences(connection, "cohort_offence", "offence_wanted")
    derive(connection, STEPS)
    frame: pl.DataFrame = connection.fetch("SELECT * FROM period_outcome ORDER BY unit, period")
    return frame


def spans(months: int, before: int, after: int, run_in_months: int) -> list[list[int]]:
    """Return each period's number and its first and last month, counted from the index date."""
    earlier = [[-k, -run_in_months - k * months, -run_in_months - (k - 1) * months] for k in range(before, 0, -1)]
    return [*earlier, *([k, (k - 1) * months, k * months] for k in range(1, after + 1))]
