"""Faults as rows of a frame: one row a fault, so that millions of them cost no more than they must."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.records.readers.reading import BrokenRecord

FAULT_SCHEMA: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "field": pl.String(),
    "value": pl.String(),
    "problem": pl.String(),
    "remedy": pl.String(),
    "rule": pl.String(),
}
TEXT = "text:"
"""Before a column's name: its text, as the agency wrote it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that every row must keep; `bad` is true where it does not. Null counts as kept."""

    rule: str
    field: str | None
    bad: pl.Expr
    problem: pl.Expr
    remedy: str


def list_faults(rows: pl.DataFrame, checks: Sequence[Check]) -> pl.DataFrame:
    """Return every fault of `rows`, which has `source_line` and for each column a text and a typed value.

    All checks are tried on all rows; only bad rows cost more than that. They are put into one chunk first: polars 2.1
    fails to format texts of a frame some of whose chunks are empty.
    """
    bad = rows.select([check.bad.fill_null(False).alias(str(n)) for n, check in enumerate(checks)])
    found = [n for n, any_bad in enumerate(bad.select(pl.all().any()).row(0)) if any_bad]
    return pl.concat(
        [pl.DataFrame(schema=FAULT_SCHEMA), *(_faults(rows.filter(bad[str(n)]).rechunk(), checks[n]) for n in found)]
    )


def _faults(rows: pl.DataFrame, check: Check) -> pl.DataFrame:
    text = f"{TEXT}{check.field}"
    value = pl.col(text) if text in rows.columns else pl.lit(None, pl.String)
    return rows.select(
        pl.col("source_line").alias("line"),
        pl.lit(check.field, pl.String).alias("field"),
        value.alias("value"),
        check.problem.alias("problem"),
        pl.lit(check.remedy).alias("remedy"),
        pl.lit(check.rule).alias("rule"),
    )


def broken_faults(broken: Iterable[BrokenRecord]) -> pl.DataFrame:
    """Return the faults of records that could not be split into fields.

    >>> broken_faults([BrokenRecord(3, "a,b", "has 2 fields", "send 3", "ragged")]).row(0)
    (3, None, None, 'has 2 fields', 'send 3', 'ragged')
    """
    rows = [(one.line, None, None, one.problem, one.remedy, one.rule) for one in broken]
    return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")
