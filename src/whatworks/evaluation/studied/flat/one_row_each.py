"""Let a person stand once, where a file has several rows of some: equal rows count once, others are set aside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from whatworks.evaluation.values.file import FlatFile

DISAGREE = (
    "Some people stand in the file in several rows that do not agree, or in rows without their number. Nobody knows "
    "which row is right, so these rows were set aside; the restricted result lists their lines."
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Which rows of a file are not among the people: lines at fault, rows that repeat, and people left out."""

    lines: tuple[int, ...] = ()
    repeated: int = 0
    left_out: int = 0


def one_row_each(file: FlatFile, number: str, read: Sequence[str]) -> tuple[FlatFile, SetAside]:
    """Return the file with the first row of every person, and what was set aside.

    `number` is the column of people's numbers. The rows of a person are compared in the columns that are `read`; where
    they differ, all of them are set aside, as is a row without a number.
    """
    rows = file.texts.select(number, *(name for name in dict.fromkeys(read) if name != number))
    others = pl.struct(pl.exclude(number)).n_unique().over(number) == 1 if rows.width > 1 else pl.lit(value=True)
    alike = rows.with_columns(agree=others, first=pl.col(number).is_first_distinct())
    agree = (alike["agree"] & alike[number].is_not_null()).fill_null(False)
    kept = agree & alike["first"]
    lines = pl.Series(file.lines)
    aside = SetAside(tuple(lines.filter(~agree).to_list()), int((agree & ~kept).sum()))
    return only(file, kept), aside


def only(file: FlatFile, kept: pl.Series) -> FlatFile:
    """Return the file with these rows."""
    lines = tuple(pl.Series(file.lines).filter(kept).to_list())
    return replace(file, texts=file.texts.filter(kept), lines=lines)
