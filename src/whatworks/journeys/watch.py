"""Who is reached, who is out by another way, and who is still unseen, so many days after entering a watched stage?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.journeys.cases import ONWARD, WAITING, Cases
from whatworks.journeys.kind import Watch
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.time.cumulative_incidence import Incidence, cumulative_incidence
from whatworks.statistics.time.time_to_share import log_log_band

Group = Literal["borough", "provider", "prison"]
REACHED, UNSEEN = "reached", "unseen"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of all who entered, with its 95% interval; no ends where nothing has happened yet, or all on one day."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class WatchedDay:
    """By a day: the share reached, out by each other way, and unseen; they add up to one.

    `watched` is how many entered so long before the extract, or have left the stage; the others are censored.
    `unseen_at_liberty` is the share unseen of those who are out by no other way.
    """

    day: int
    watched: int
    shares: dict[str, Share]
    in_json: ClassVar = ("unseen_at_liberty",)

    @property
    def unseen_at_liberty(self) -> float | None:
        """Return the unseen out of the unseen and the reached; None where no way is that of being reached."""
        if REACHED not in self.shares:
            return None
        both = self.shares[UNSEEN].value + self.shares[REACHED].value
        return self.shares[UNSEEN].value / both if both > 0 else None


@dataclass(frozen=True, slots=True)
class Watched:
    """A group of cases in the watched stage; `same_day` left by another way on the day they entered, and are apart."""

    name: str
    entered: int
    same_day: int
    days: tuple[WatchedDay, ...]


def watched(cases: Cases, by: Group | None = None) -> tuple[Watched, ...]:
    """Return the watched stage of a kind: everybody, then each borough, provider or prison if asked.

    Refused where the kind watches no stage.
    """
    if cases.kind.watch is None:
        remedy = "add [watch] with its stage and days to the kind's file"
        raise Refused(Fault("watches no stage", remedy, field="kind", value=cases.kind.kind))
    stays = cases.of_stage(cases.kind.watch.stage)
    groups = [("everybody", stays)]
    if by:
        named = stays.with_columns(pl.col(by).fill_null("not known"))
        groups += [(str(name), named.filter(pl.col(by) == name)) for name in sorted(set(named[by]))]
    return tuple(_watched(name, rows, cases.kind.watch) for name, rows in groups)


def _watched(name: str, stays: pl.DataFrame, watch: Watch) -> Watched:
    straight = (pl.col("days") == 0) & ~pl.col("way").is_in([ONWARD, WAITING])
    kept = stays.filter(~straight)
    ways = [REACHED if way == ONWARD else None if way == WAITING else way for way in kept["way"]]
    others = sorted({way for way in ways if way is not None} - {REACHED})
    found = shares_by(kept["days"].to_numpy(), ways, (REACHED, *others), watch.days)
    return Watched(name, kept.height, stays.height - kept.height, found)


def shares_by(
    days: npt.ArrayLike, ways: Sequence[str | None], names: Sequence[str], at: Sequence[int]
) -> tuple[WatchedDay, ...]:
    """Return by each day of `at` the shares out by each of the named ways and still unseen, by cumulative incidence.

    `ways[i]` is how somebody left after `days[i]`; None where they were still there when last seen.

    >>> found = shares_by([2, 5, 9, 9], ["placed", "lost", "placed", None], ("placed", "lost"), [7])
    >>> {way: share.value for way, share in found[0].shares.items()}
    {'placed': 0.25, 'lost': 0.25, 'unseen': 0.5}
    """
    spent = np.asarray(days)
    curves = {
        wanted: cumulative_incidence(spent, [0 if way is None else 1 if way == wanted else 2 for way in ways])
        for wanted in names
    }
    out = cumulative_incidence(spent, [0 if way is None else 1 for way in ways])
    waiting = np.array([way is None for way in ways], dtype=bool)
    found = []
    for day in at:
        shares = {way: _share(curve, day) for way, curve in curves.items()}
        left = _share(out, day)
        shares[UNSEEN] = Share(
            1 - left.value,
            None if left.high is None else 1 - left.high,
            None if left.low is None else 1 - left.low,
        )
        found.append(WatchedDay(day, int((~waiting | (spent >= day)).sum()), shares))
    return tuple(found)


def _share(curve: Incidence, day: int) -> Share:
    at = int(np.searchsorted(curve.days, day, side="right")) - 1
    if at < 0:
        return Share(0.0, None, None)
    low, high = (None if np.isnan(end[at]) else float(end[at]) for end in log_log_band(curve))
    return Share(float(curve.share[at]), low, high)
