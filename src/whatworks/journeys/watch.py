"""Who is reached, who is out by another way, and who is still unseen, so many days after entering a watched stage?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
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

    @property
    def unseen_at_liberty(self) -> float | None:
        """Return the unseen out of the unseen and the reached."""
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
    days = kept["days"].to_numpy()
    ways = kept["way"].to_list()
    others = sorted(set(ways) - {ONWARD, WAITING})
    curves = {
        way: cumulative_incidence(days, [1 if one == wanted else 0 if one == WAITING else 2 for one in ways])
        for way, wanted in [(REACHED, ONWARD), *((other, other) for other in others)]
    }
    out = cumulative_incidence(days, [0 if one == WAITING else 1 for one in ways])
    waiting = np.array([one == WAITING for one in ways], dtype=bool)
    found = []
    for day in watch.days:
        shares = {way: _share(curve, day) for way, curve in curves.items()}
        left = _share(out, day)
        shares[UNSEEN] = Share(
            1 - left.value,
            None if left.high is None else 1 - left.high,
            None if left.low is None else 1 - left.low,
        )
        found.append(WatchedDay(day, int((~waiting | (days >= day)).sum()), shares))
    return Watched(name, kept.height, stays.height - kept.height, tuple(found))


def _share(curve: Incidence, day: int) -> Share:
    at = int(np.searchsorted(curve.days, day, side="right")) - 1
    if at < 0:
        return Share(0.0, None, None)
    low, high = (None if np.isnan(end[at]) else float(end[at]) for end in log_log_band(curve))
    return Share(float(curve.share[at]), low, high)
