"""Are the same names on the list year after year: how many stay, why others left, and against what?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log, sqrt

import numpy as np
import polars as pl
from scipy.stats import hypergeom

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.rubin import combine_draws
from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
from whatworks.statistics.time.time_to_share import TimeToShare, log_log_band, time_to_share

YEAR = 365
STAYED, NOT_GIVEN = "stayed", "not given"
CUSTODY = "in_custody"


@dataclass(frozen=True, slots=True)
class ShareOf:
    """So many of `n`, with Wilson's 95% interval: read as "if such years recur"."""

    events: int
    n: int

    @property
    def value(self) -> float | None:
        """The share; None of nobody."""
        return self.events / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval; None of nobody.

        >>> tuple(round(100 * end, 1) for end in ShareOf(54, 120).interval), round(100 * ShareOf(0, 30).interval[1], 1)
        ((36.4, 53.9), 11.4)
        """
        return wilson(self.events, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Chance:
    """How many names would be on both lists by chance, with the 95% limits: n1 n2 / N, hypergeometric."""

    n1: int
    n2: int
    everybody: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AgainstRule:
    """Of those listed on the first day, who still meets the rule on the second; the two lists that a reviewer gets."""

    meets: ShareOf
    kept_without: frozenset[int]
    dropped_with: frozenset[int]
    met: frozenset[int]


@dataclass(frozen=True, slots=True)
class Retention:
    """Of those listed on a day, who is listed on a later one; `fate` gives each unit's, by name of the reason.

    `again` left in between and came back; `overdue` are those listed on the later day whose review was overdue then.
    `over_links` is the interval that allows for doubtful links (Rubin's rules on the logit), None without draws.
    """

    on: date
    later: date
    everybody: ShareOf
    alive: ShareOf
    again: frozenset[int]
    overdue: frozenset[int]
    size_later: int
    fate: dict[int, str] = field(repr=False)
    over_links: tuple[float, float] | None = None

    def left(self) -> dict[str, int]:
        """Return how many left by each reason, those most frequent first."""
        reasons = [fate for fate in self.fate.values() if fate != STAYED]
        counts = {reason: reasons.count(reason) for reason in set(reasons)}
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def listed(times: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return the times that hold on a day: begun by then, and not ended; somebody whom no record says dead."""
    return times.filter(
        pl.col("entered_on") <= on,
        pl.col("left_on").is_null() | (pl.col("left_on") > on),
        pl.col("died_on").is_null() | (pl.col("died_on") > on),
    )


def retention(times: pl.DataFrame, on: date, days: int = YEAR) -> Retention:
    """Return who of a list's people on a day is on it so many days later; `times` have a column `unit`.

    Raises `Refused` where nobody was listed on the first day.
    """
    later = on + timedelta(days)
    first, second = listed(times, on), listed(times, later)
    if first.is_empty():
        spans = f"its times begin on {times['entered_on'].min()!s}"
        raise Refused(Fault("nobody was on the list on that day", spans, field="on", value=str(on)))
    stays = set(second["unit"])
    ended = first.sort("left_on", nulls_last=True).unique("unit", keep="last", maintain_order=True)
    fate = {}
    for unit, reason, died_on in ended.select("unit", "leave_reason", "died_on").iter_rows():
        dead = reason == "died" or (died_on is not None and died_on <= later)
        fate[unit] = STAYED if unit in stays else "died" if dead else reason or NOT_GIVEN
    again = first.filter(pl.col("left_on") <= later).join(second, on="unit", how="semi")["unit"]
    kept, died = (sum(each == name for each in fate.values()) for name in (STAYED, "died"))
    overdue = second.filter(pl.col("review_on") < later)["unit"]
    shares = ShareOf(kept, len(fate)), ShareOf(kept, len(fate) - died)
    return Retention(on, later, *shares, frozenset(again), frozenset(overdue), len(stays), fate)


def over_links(shares: Sequence[ShareOf]) -> tuple[float, float] | None:
    """Return a 95% interval that allows for the draws of the linkage: Rubin's rules on the logit, half a case added.

    A missed link makes a new name: without the draws a share is too sure, and too low. None of fewer than two draws.
    """
    known = [share for share in shares if share.n]
    if len(known) < 2:
        return None
    odds = [((share.events + 0.5), (share.n - share.events + 0.5)) for share in known]
    found = combine_draws([log(yes / no) for yes, no in odds], [sqrt(1 / yes + 1 / no) for yes, no in odds])
    low, high = (1 / (1 + exp(-end)) for end in found.interval())
    return low, high


def by_chance(found: Retention, everybody: int) -> Chance:
    """Return how many names chance would keep, if the later list were drawn from `everybody` who could be on it.

    >>> stayed = ShareOf(20, 100)
    >>> nobody = frozenset()
    >>> found = Retention(date(2024, 1, 1), date(2024, 12, 31), stayed, stayed, nobody, nobody, 100, {})
    >>> both = by_chance(found, 5_000)
    >>> both.expected, both.low, both.high
    (2.0, 0, 5)
    """
    n1, n2 = found.everybody.n, found.size_later
    if everybody < max(n1, n2):
        problem = "is smaller than a list drawn from it"
        raise Refused(
            Fault(problem, "count everybody who meets the rule or is listed", field="N", value=str(everybody))
        )
    low, high = hypergeom.ppf([0.025, 0.975], everybody, n1, n2)
    return Chance(n1, n2, everybody, n1 * n2 / everybody, int(low), int(high))


def against_rule(found: Retention, meets: set[int]) -> AgainstRule:
    """Return who is kept though the rule no longer holds, or dropped though it does; `meets` are units that meet it."""
    stayed = {unit for unit, fate in found.fate.items() if fate == STAYED}
    gone = {unit for unit, fate in found.fate.items() if fate not in (STAYED, "died")}
    still = ShareOf(len(meets & {*found.fate}), len(found.fate))
    return AgainstRule(still, frozenset(stayed - meets), frozenset(gone & meets), frozenset(meets & {*found.fate}))


@dataclass(frozen=True, slots=True)
class Dwell:
    """How long people stay: the share removed within a year and two, and the days by which half are, with intervals.

    Death competes; who is listed still, or left into custody, is not out. `before` were listed before the records
    start, and are watched from then on. `again` are times of people who had been on the list before.
    """

    times: int
    before: int
    again: int
    by_year: tuple[tuple[float, float, float] | None, ...]
    median: TimeToShare


def dwell(times: pl.DataFrame, since: date, as_at: date) -> Dwell:
    """Return how long people stay on a list, watched from day `since` (when its records start) to `as_at`."""
    kept = times.filter(
        pl.col("entered_on") < as_at, pl.min_horizontal(pl.col("left_on"), pl.col("died_on")).fill_null(as_at) > since
    ).with_columns(end=pl.min_horizontal("left_on", "died_on", pl.lit(as_at)))
    dead = (pl.col("died_on") <= pl.col("end")) | (pl.col("leave_reason") == "died")
    out = (pl.col("left_on") <= pl.col("end")) & (pl.col("leave_reason") != CUSTODY).fill_null(True)
    kept = kept.with_columns(
        days=(pl.col("end") - pl.col("entered_on")).dt.total_days(),
        late=(pl.lit(since) - pl.col("entered_on")).dt.total_days().clip(lower_bound=0),
        kind=pl.when(dead.fill_null(False)).then(2).when(out.fill_null(False)).then(1).otherwise(0),
    )
    curve = cumulative_incidence(kept["days"], kept["kind"], entry=kept["late"])
    low, high = log_log_band(curve)
    years = []
    for day in (YEAR, 2 * YEAR):
        at = int(np.searchsorted(curve.days, day, side="right")) - 1
        seen = bool((kept["days"] >= day).any())
        years.append((curve.by(day), float(low[at]), float(high[at])) if at >= 0 and seen else None)
    again = kept.height - kept["unit"].n_unique()
    return Dwell(kept.height, int((kept["late"] > 0).sum()), again, tuple(years), time_to_share(curve))
