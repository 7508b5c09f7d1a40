"""Describe each person as they were known on the index date, to find others like them."""

import numpy as np
import polars as pl

from whatworks.measures.cohort import put_cohort, remember_index
from whatworks.measures.covariates import COVARIATES
from whatworks.measures.derivation import derive, resting_on
from whatworks.measures.ogrs3 import copas, ogrs3
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine


def profile(connection: Engine, cohort: pl.DataFrame, settings: MeasureSettings) -> pl.DataFrame:
    """Return `unit` and every registered covariate (see COVARIATES), one row a unit of the cohort, in unit order.

    `prepare` must have run on the connection. What is not known is null; what the conviction record would show is null
    for who is not in it. What happened, or was written down, after the index date changes nothing.
    """
    put_cohort(connection, cohort)
    connection.derive("residence_wanted", "SELECT DISTINCT linked_id, index_date AS on_date FROM cohort")
    derive(connection, ["residence", *resting_on(["cohort"], ["profile"])])
    remember_index(connection)
    frame = connection.fetch("SELECT * FROM profile ORDER BY unit")
    return _scored(frame, settings).select("unit", *COVARIATES)


def _scored(frame: pl.DataFrame, settings: MeasureSettings) -> pl.DataFrame:
    def floats(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    ages = floats("age_at_conviction"), floats("age_first_sanction")
    one, two = ogrs3(
        frame["sex"].to_list(),
        *ages,
        floats("age"),
        floats("previous_sanctions"),
        frame["index_offence_group"].to_list(),
        settings.ogrs3,
    )
    return frame.with_columns(
        pl.Series("copas", copas(floats("previous_sanctions"), *ages)).fill_nan(None),
        pl.Series("ogrs3_1y", one).fill_nan(None),
        pl.Series("ogrs3_2y", two).fill_nan(None),
    )
