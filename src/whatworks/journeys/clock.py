"""Count days as a kind of journey does: calendar days, or working days without an edition's holidays."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.journeys.kind import JourneyKind
from whatworks.records.refusal import Fault, Refused

HOLIDAYS = Path(__file__).with_name("holidays")
Dates = npt.NDArray[np.datetime64]


def elapsed(kind: JourneyKind, start: pl.Series, end: pl.Series) -> pl.Series:
    """Return the days from each `start` to its `end`; working days count the first day and not the last.

    >>> from whatworks.journeys.kind import load_kind
    >>> from datetime import date
    >>> friday, monday = pl.Series([date(2024, 3, 22)]), pl.Series([date(2024, 4, 3)])
    >>> [elapsed(load_kind(name), friday, monday).to_list() for name in ("magistrates", "co_location")]
    [[12.0], [6.0]]
    """
    first, last = (one.cast(pl.Date).to_numpy().astype("datetime64[D]") for one in (start, end))
    if kind.clock == "calendar" or not len(first):
        return pl.Series((last - first).astype(np.int64).astype(np.float64))
    days = holidays(kind.holidays) if kind.holidays else np.array([], dtype="datetime64[D]")
    if kind.holidays:
        _check_covered(kind.holidays, days, first.min(), last.max())
    return pl.Series(np.busday_count(first, last, holidays=days).astype(np.float64))


@cache
def holidays(edition: str) -> Dates:
    """Return the days of an edition of holidays, or refuse naming the editions that there are.

    >>> str(holidays("england-and-wales-2026")[-1])
    '2027-12-28'
    """
    path = HOLIDAYS / f"{edition}.csv"
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in HOLIDAYS.glob("*.csv")))
        raise Refused(Fault("is not an edition of holidays", f"use {known}", field="holidays", value=edition))
    days: Dates = pl.read_csv(path, try_parse_dates=True)["day"].to_numpy().astype("datetime64[D]")
    return days


def _check_covered(edition: str, days: Dates, first: np.datetime64, last: np.datetime64) -> None:
    years = [int(str(day)[:4]) for day in (days[0], days[-1], first, last)]
    if years[2] < years[0] or years[3] > years[1]:
        problem = f"holds the holidays of {years[0]} to {years[1]}, and the cases run from {first} to {last}"
        remedy = "use an edition that covers them, or clock = 'calendar'"
        raise Refused(Fault(problem, remedy, field="holidays", value=edition))
