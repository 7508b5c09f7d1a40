"""When money moves: the contract's years, its flows and each partner's outlay, dated and discounted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from whatworks.money.contracts.terms import Terms, months_after
from whatworks.money.futures.partners import Partner
from whatworks.statistics.arrays import Floats

Pence = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years of a contract, counted from the first day of its first period; earlier flows belong to year 1.

    `flow_year` and `flow_factor` are by flow, in the order of the terms' flows; `year_factor` discounts what is spent
    evenly through a year; `outlay` (partner, year) is in pence. `labels` are the years' first months, and
    `rate` is one plus the discount rate.
    """

    years: int
    labels: tuple[str, ...]
    flow_year: tuple[int, ...]
    flow_at: Floats
    flow_factor: Floats
    year_factor: Floats
    outlay: Pence
    rate: float

    def spent(self, at: float) -> Pence:
        """Return each partner's outlay in pence up to a time in years, spent evenly within each year."""
        parts = np.clip(at - np.arange(self.years), 0.0, 1.0)
        spent: Pence = np.rint(self.outlay * parts).astype(np.int64).sum(axis=1)
        return spent

    def saved(self, at: float) -> Pence:
        """Return the outlay (partner, year) in pence that is not spent by who leaves at a time in years."""
        parts = np.clip(at - np.arange(self.years), 0.0, 1.0)
        left: Pence = self.outlay - np.rint(self.outlay * parts).astype(np.int64)
        return left


def timeline(terms: Terms, partners: Mapping[str, Partner], discount: float) -> Timeline:
    """Return when this contract's money moves; `discount` is a rate a year, to the first day of the first period."""
    start = next(iter(terms.period.values())).first
    at = np.array([years_after(start, flow.on) for flow in terms.flows])
    last = next(reversed(terms.period.values())).last
    longest = max((len(one.outlay) for one in partners.values()), default=0)
    flow_year = tuple(max(0, _months(start, flow.on)) // 12 for flow in terms.flows)
    years = max(longest, _months(start, last) // 12 + 1, *(year + 1 for year in flow_year))
    outlay = np.zeros((len(partners), years), dtype=np.int64)
    for row, one in enumerate(partners.values()):
        outlay[row, : len(one.outlay)] = [int(pounds * 100) for pounds in one.outlay]
    rate = 1.0 + discount
    return Timeline(
        years=years,
        labels=tuple(f"Year {year + 1}, from {_month(start, year)}" for year in range(years)),
        flow_year=flow_year,
        flow_at=at,
        flow_factor=rate**-at,
        year_factor=np.asarray(rate ** -(np.arange(years) + 0.5), dtype=np.float64),
        outlay=outlay,
        rate=rate,
    )


def years_after(start: date, day: date) -> float:
    """Return whole months from `start` to `day`, in years; a day before `start` is at zero.

    The last day of a month counts as the month's end.

    >>> years_after(date(2011, 7, 1), date(2012, 6, 30)), years_after(date(2011, 7, 1), date(2011, 4, 1))
    (1.0, 0.0)
    """
    return max(0, _months(start, day) + (day == months_after(_earlier(day), 1))) / 12


def _months(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def _earlier(day: date) -> date:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, 1)


def _month(start: date, year: int) -> str:
    return date(start.year + year, start.month, 1).strftime("%B %Y")
