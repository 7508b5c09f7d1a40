"""Measure a cohort over spans of months, a row a person and span: follow-ups, and periods before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.measures.cohort import know_index, put_cohort
from whatworks.measures.derivation import Query, derive, put, resting_on
from whatworks.records.engine import Engine
from whatworks.records.follow_up import PROOF_MONTHS

_KEY = ("unit", "span")
_LEFT_OUT = "unit BIGINT, offence_key VARCHAR, sanctioned_on DATE, sentenced_on DATE"


@dataclass(frozen=True, slots=True)
class Span:
    """Months counted from the index date, half-open, and the months after it in which its offences can be proved."""

    number: int
    from_months: int
    to_months: int
    proof_months: int = PROOF_MONTHS


def measure_spans(
    connection: Engine,
    cohort: pl.DataFrame,
    spans: Sequence[Span],
    queries: Sequence[str | Query],
    *,
    leave_out_index: bool,
) -> pl.DataFrame:
    """Return a row a unit and span, in this order: what each of the queries counts, and starts, ends, known, mature.

    A query gives rows of unit, span and its columns. What it has no row for is zero; a null in a row stays null. All is
    null where the person is not known or the span not mature. `leave_out_index` leaves out the index offence and
    sentence, as periods before and after do; a follow-up leaves out by the rules of `reoffence`.
    """
    put_cohort(connection, cohort)
    given = put_spans(connection, spans, leave_out_index=leave_out_index)
    derive(connection, resting_on(["cohort", *given], queries))
    return connection.fetch(_assembled(connection, queries))


def put_spans(connection: Engine, spans: Sequence[Span], *, leave_out_index: bool) -> list[str]:
    """Make the tables by which queries know the spans of the cohort, and return their names."""
    columns = "span BIGINT, from_months BIGINT, to_months BIGINT, proof_months BIGINT"
    rows = [[span.number, span.from_months, span.to_months, span.proof_months] for span in spans]
    put(connection, "span_asked", columns, rows)
    if leave_out_index:
        know_index(connection)
        return ["span_asked"]
    put(connection, "left_out", _LEFT_OUT, [])
    return ["span_asked", "left_out"]


def _assembled(connection: Engine, queries: Sequence[str | Query]) -> str:
    """Return the query that sets the tables of the measures beside each other."""
    tables = [one if isinstance(one, str) else one.name for one in queries]
    columns = [
        f"CASE WHEN NOT (w.known AND w.mature) THEN NULL WHEN {table}.unit IS NULL THEN 0 ELSE {table}.{column} END "
        f"AS {column}"
        for table in tables
        for column in connection.columns(table)
        if column not in _KEY
    ]
    joins = [f"LEFT JOIN {table} ON {table}.unit = w.unit AND {table}.span = w.span" for table in tables]
    shown = ", ".join(("w.unit", "w.span", "w.starts", "w.ends", "w.known", "w.mature", *columns))
    return f"SELECT {shown} FROM measure_window AS w {' '.join(joins)} ORDER BY w.unit, w.span"
