"""Measure what became of each person of a cohort, from their index date on."""

from collections.abc import Sequence

import polars as pl

from whatworks.measures.derivation import Query
from whatworks.measures.settings import MeasureSettings
from whatworks.measures.spans import Span, measure_spans
from whatworks.records.engine import Engine
from whatworks.records.follow_up import windowed
from whatworks.records.refusal import Fault, Refused

OUTCOME_QUERIES: tuple[str | Query, ...] = (
    "proven_reoffending",
    "time_to_first",
    "reoffence_class",
    "seriousness",
    "custody_for_reoffending",
    "custody_nights",
    "time_at_risk",
    "sentences_by_length",
    "compliance",
    "needs",
)
"""The queries whose columns are outcomes: each has rows of unit and span."""


def measure_outcomes(
    connection: Engine,
    cohort: pl.DataFrame,
    *,
    windows: Sequence[int] = (12,),
    settings: MeasureSettings,
    queries: Sequence[str | Query] = OUTCOME_QUERIES,
) -> pl.DataFrame:
    """Return one row a unit, in unit order, with every outcome over each window (in months); see docs/measures.md.

    The cohort has the columns unit (integer, unique), linked_id, index_date and, if known, kind of index event; without
    it, a caution or order that `index_event` holds for that very day is taken to be the index event. `prepare` must
    have run on the connection with the same settings.

    An outcome's name ends in its window: `frequency_1y`, `frequency_18m`; those of needs have no ending and are of the
    longest. `known` says whether the person can be linked to the conviction record and `mature` whether the longest
    window and the six months after it had passed on the as-at date (`mature_1y` of each). Outcomes are null where
    either fails: never "did not reoffend". Yes/no outcomes are 0 or 1; times in days, nights or months; seriousness in
    the units of the edition.
    """
    months = sorted(set(windows))
    if not months or months[0] < 1:
        value = ", ".join(str(window) for window in windows) or None
        raise Refused(Fault("are not windows", "give one or more, in whole months", field="windows", value=value))
    spans = [Span(window, 0, window) for window in months]
    long = measure_spans(connection, cohort, spans, queries, leave_out_index=False)
    by_window = [long.filter(pl.col("span") == window).drop("span", "starts", "ends") for window in months]
    longest = by_window[-1]
    whole = [name for name in longest.columns if name in ("unit", "known", "mature") or name.startswith("needs_")]
    ended = [name for name in longest.columns if name not in whole or name == "mature"]
    parts = [
        frame.select(pl.col(name).alias(windowed(name, window)) for name in ended)
        for window, frame in zip(months, by_window, strict=True)
    ]
    return pl.concat([longest.select(whole), *parts], how="horizontal")
