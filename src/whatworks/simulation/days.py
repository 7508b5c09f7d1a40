"""Count days as whole numbers since 1970, which is what vectorised arithmetic on dates needs."""

from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Days: TypeAlias = npt.NDArray[np.int32]
"""Days since 1970-01-01, one a row; `NEVER` where nothing happened."""
Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

NEVER = np.int32(2**30)
"""Later than every date, so that `day <= as_at` is false for what never happened."""

_EPOCH = date(1970, 1, 1)


def day(when: date) -> int:
    """Return the number of a day.

    >>> day(date(1970, 1, 31))
    30
    """
    return (when - _EPOCH).days


def dates(days: Days, until: int | None = None) -> pl.Series:
    """Return a column of dates; null for what never happened, or only after the day `until`.

    >>> dates(np.array([0, NEVER], dtype=np.int32)).to_list()
    [datetime.date(1970, 1, 1), None]
    """
    latest = NEVER - 1 if until is None else until
    return only(pl.Series(days.astype(np.int32, copy=False)).cast(pl.Date), days <= latest)


def only(column: pl.Series, known: Flags) -> pl.Series:
    """Return a column with null wherever it is not `known`.

    >>> only(pl.Series([1, 2]), np.array([True, False])).to_list()
    [1, None]
    """
    return column.set(pl.Series(~known), None)


def add_months(days: Days, months: int) -> Days:
    """Return the same day of the month so many months later, or the month's last day where there is none.

    >>> leap = np.array([day(date(2020, 2, 29)), day(date(2020, 8, 31))], dtype=np.int32)
    >>> dates(add_months(leap, 12)).to_list(), dates(add_months(leap, 18)).to_list()[1]
    ([datetime.date(2021, 2, 28), datetime.date(2021, 8, 31)], datetime.date(2022, 2, 28))
    """
    when = days.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    later = (month + np.timedelta64(months, "M")).astype("datetime64[M]")
    last = (later + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    moved = later.astype("datetime64[D]") + (when - month.astype("datetime64[D]"))
    result: Days = np.minimum(moved, last).astype(np.int64).astype(np.int32)
    return result


def age(born: Days, on: Days) -> npt.NDArray[np.int32]:
    """Return age in completed years; someone born on 29 February comes of age on 1 March of other years.

    >>> age(np.array([day(date(2000, 6, 2))], dtype=np.int32), np.array([day(date(2020, 6, 1))], dtype=np.int32))
    array([19], dtype=int32)
    """
    birth, then = born.astype("datetime64[D]"), on.astype("datetime64[D]")
    years = then.astype("datetime64[Y]").astype(np.int64) - birth.astype("datetime64[Y]").astype(np.int64)
    result: npt.NDArray[np.int32] = (years - (_in_year(then) < _in_year(birth))).astype(np.int32)
    return result


def _in_year(when: npt.NDArray[np.datetime64]) -> Ints:
    month = when.astype("datetime64[M]")
    in_month = (when - month.astype("datetime64[D]")).astype(np.int64)
    result: Ints = (month.astype(np.int64) % 12) * 32 + in_month
    return result
