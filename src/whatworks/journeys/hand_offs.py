"""Which cases are dropped between two stages, by whom, and to whom they went if they were not?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from whatworks.journeys.cases import ONWARD, Cases
from whatworks.journeys.kind import HandOff
from whatworks.statistics.groups.intervals import wilson


@dataclass(frozen=True, slots=True)
class Passing:
    """Cases that one provider let go: `in_time` entered the next stage within the days, `late` after them, `never` not
    at all. `dropped` is the share that did not in time, with Wilson's 95% interval; None where there are none."""

    provider: str
    in_time: int
    late: int
    never: int
    in_json: ClassVar = ("left", "dropped", "interval")

    @property
    def left(self) -> int:
        """How many left the stage, the next one within their reach."""
        return self.in_time + self.late + self.never

    @property
    def dropped(self) -> float | None:
        """Return the share that did not enter the next stage in time."""
        return (self.late + self.never) / self.left if self.left else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return Wilson's interval of that share."""
        return wilson(self.late + self.never, self.left) if self.left else None


@dataclass(frozen=True, slots=True)
class HandOffResult:
    """A hand-off: everybody, each provider that let cases go, to whom they went in time, and reasons of those dropped.

    Who left fewer than the days before the extract is `too_recent`, in no share, even if taken on already: the others
    cannot be counted yet, and the quick alone would flatter. Until the next provider takes a case on, the one who let
    it go holds the duty.
    """

    hand_off: HandOff
    everybody: Passing
    providers: tuple[Passing, ...]
    pairs: tuple[tuple[str, str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    too_recent: int

    @property
    def standing_out(self) -> tuple[Passing, ...]:
        """Return the providers whose whole interval lies above everybody's share, most first."""
        whole = self.everybody.dropped
        high = [one for one in self.providers if whole is not None and one.interval and one.interval[0] > whole]
        return tuple(sorted(high, key=lambda one: -(one.dropped or 0)))


def hand_off_results(cases: Cases) -> tuple[HandOffResult, ...]:
    """Return what became of each hand-off that the kind declares."""
    return tuple(_result(cases, one) for one in cases.kind.hand_offs)


def passed_on(cases: Cases, hand_off: HandOff) -> pl.DataFrame:
    """Return a row for each stay that was left onward: `unit`, `provider`, `reason`, `borough`, `left_on`, `to`, `way`.

    `way` is in_time, late, never or too_recent. Stages in between do not matter: a case is there when it first enters
    the stage handed on to, or one beyond it.
    """
    stages = cases.kind.stages
    wanted = stages.index(hand_off.to_stage)
    there = pl.col("place") >= wanted

    def then(column: str) -> pl.Expr:
        return pl.when(there).then(pl.col(column)).shift(-1).backward_fill().over("case")

    rows = cases.stays.with_columns(next_on=then("entered_on"), to=then("provider")).filter(
        (pl.col("stage") == hand_off.from_stage) & (pl.col("way") == ONWARD)
    )
    entered = pl.col("next_on").is_not_null()
    waited = (pl.col("next_on") - pl.col("left_on")).dt.total_days()
    seen = (pl.col("as_at") - pl.col("left_on")).dt.total_days()
    way = (
        pl.when(seen < hand_off.within_days)
        .then(pl.lit("too_recent"))
        .when(entered & (waited <= hand_off.within_days))
        .then(pl.lit("in_time"))
        .when(entered)
        .then(pl.lit("late"))
        .otherwise(pl.lit("never"))
    )
    return rows.select("unit", "provider", "reason", "borough", "left_on", to=pl.when(entered).then("to"), way=way)


def _result(cases: Cases, hand_off: HandOff) -> HandOffResult:
    rows = passed_on(cases, hand_off)
    counted = rows.filter(pl.col("way") != "too_recent")
    lost = counted.filter(pl.col("way") != "in_time")
    reasons = (
        lost.group_by(pl.col("reason").fill_null("no reason given"))
        .len()
        .sort("len", "reason", descending=[True, False])
    )
    pairs = counted.filter(pl.col("way") == "in_time").group_by("provider", "to").len().sort("provider", "to")
    by_provider = [_passing(name, counted.filter(pl.col("provider") == name)["way"].to_list())
                   for name in sorted(set(counted["provider"]))]  # fmt: skip
    return HandOffResult(
        hand_off, _passing("everybody", counted["way"].to_list()), tuple(by_provider), tuple(pairs.iter_rows()),
        tuple(reasons.iter_rows()), rows.height - counted.height,
    )  # fmt: skip


def _passing(name: str, ways: Sequence[str]) -> Passing:
    return Passing(name, *(ways.count(way) for way in ("in_time", "late", "never")))
