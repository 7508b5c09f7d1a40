"""Measure what became of each person of a cohort, from their index date on."""

from typing import Literal

import polars as pl

from whatworks.measures.cohort import put_cohort
from whatworks.measures.derivation import derive, merge_offences, put
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine

STEPS = (
    "index_referral",
    "reoffence",
    "proven_reoffending",
    "reoffence_class",
    "seriousness",
    "custody_for_reoffending",
    "custody_nights",
    "earlier_custody",
    "time_at_risk",
    "sentence_day",
    "sentences_by_length",
    "under_requirement",
    "breaches",
    "appointments",
    "needs",
    "death",
    "outcome",
)


def measure_outcomes(
    connection: Engine,
    cohort: pl.DataFrame,
    *,
    follow_up_months: Literal[12, 24] = 12,
    settings: MeasureSettings,
) -> pl.DataFrame:
    """Return one row a unit, in unit order, with every outcome at one and two years; see docs/measures.md.

    The cohort has the columns unit (integer, unique), linked_id, index_date and, if known, kind of index event; without
    it, a caution or order that `index_event` holds for that very day is taken to be the index event. `prepare` must
    have run on the connection with the same settings.

    `known` says whether the person can be linked to the conviction record and `mature` whether the follow-up of
    `follow_up_months` and the six months after it had passed on the as-at date. Outcomes are null where either fails:
    never "did not reoffend". Yes/no outcomes are 0 or 1; times in days, nights or months; seriousness in the units of
    the edition. Needs are met or not by the end of `follow_up_months`.
    """
    put_cohort(connection, cohort)
    put(connection, "follow_up", "months BIGINT", [[follow_up_months]])
    derive(connection, ["offence_span", "offence_wanted"])
    merge_offences(connection, "cohort_offence", "offence_wanted")
    derive(connection, STEPS)
    frame: pl.DataFrame = connection.fetch("SELECT * FROM outcome ORDER BY unit")
    return frame
