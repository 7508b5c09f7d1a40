"""How long do cases wait in each stage, those still waiting not forgotten, and where is the bottleneck?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.journeys.cases import ONWARD, WAITING, Cases
from whatworks.journeys.finished import FinishedQuarter, finished_quarters
from whatworks.journeys.kind import JourneyStage, elapsed
from whatworks.journeys.reported import Remark, following
from whatworks.statistics.time.cumulative_incidence import Incidence, cumulative_incidence
from whatworks.statistics.time.occupancy import GONE, Occupancy, occupancy
from whatworks.statistics.time.restricted_mean import RestrictedMean, common_tau, restricted_mean
from whatworks.statistics.time.time_to_share import TimeToShare, time_to_share

MOST_OPEN = 0.10
"""With a larger share still open, the mean of the finished alone is not said."""
QUEUE_DAYS = 365
"""Calendar days up to the last extract over which a queue is watched, where no window is given."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What went into a stage and out of it over so many calendar days, and whether that explains how many wait there.

    `clearance` is out over in: below one the queue grows. By Little's law `mean_queue` is arrivals a day times the mean
    wait in calendar days (of all cases, up to the longest wait seen), if the period is stable: `expected_queue`.
    """

    days: int
    entered: int
    left: int
    waiting: int
    mean_queue: float
    mean_wait: float | None
    in_json: ClassVar = ("clearance", "expected_queue")

    @property
    def clearance(self) -> float | None:
        """Return cases out for each case in."""
        return self.left / self.entered if self.entered else None

    @property
    def expected_queue(self) -> float | None:
        """Return the mean queue by Little's law."""
        return None if self.mean_wait is None else self.entered / self.days * self.mean_wait


@dataclass(frozen=True, slots=True)
class StageTime:
    """A stage: `entered` cases, of whom `onward` moved on, `other` left by another way and `waiting` wait still.

    `median` and `ninetieth` are the days by which half and nine in ten of *all* entrants have moved on. `finished_mean`
    is of those who moved on alone: None where it is refused, as `open_share` of the entrants is above a tenth.
    `expected_days` are those that an entrant of the journey spends in the stage, of `share` of all; after it, between
    stages, `between_days`. `on_target` is the share of entrants that moved on within the stage's target. `done` are the
    days of those who moved on.
    """

    stage: JourneyStage
    entered: int
    onward: int
    other: dict[str, int]
    waiting: int
    median: TimeToShare
    ninetieth: TimeToShare
    restricted: RestrictedMean | None
    finished_median: float | None
    finished_mean: float | None
    open_share: float
    expected_days: float
    between_days: float
    share: float
    on_target: float | None
    queue: Queue
    curve: Incidence
    done: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JourneyTime:
    """Time in every stage of a kind. `expected` is over all entrants of the journey, up to its tau; `finished` is the
    official count beside it."""

    kind: str
    title: str
    unit: str
    clock: str
    cases: int
    open: int
    first: date
    last: date
    stages: tuple[StageTime, ...]
    expected: Occupancy
    finished: tuple[FinishedQuarter, ...]
    apart: dict[str, int]
    remarks: tuple[Remark, ...]

    @property
    def bottleneck(self) -> StageTime | None:
        """Return the stage in which most of the expected days are spent; None if there are none."""
        best = max(self.stages, key=lambda one: one.expected_days)
        return best if best.expected_days > 0 else None

    @property
    def gap(self) -> StageTime | None:
        """Return the stage after which more days are spent in no stage than in any stage; None if there is none."""
        worst = max(self.stages, key=lambda one: one.between_days)
        return worst if worst.between_days > max(one.expected_days for one in self.stages) else None


def journey_time(cases: Cases, first: date | None = None, last: date | None = None) -> JourneyTime:
    """Return how long cases opened from a day up to another wait in each stage; refused where none was."""
    chosen = cases.opened(first, last)
    spent = expected_days(chosen)
    until = chosen.as_at
    window = (until - first).days if first else QUEUE_DAYS
    stages = tuple(_stage_time(chosen, cases, at, spent, until, max(window, 1)) for at in range(len(cases.kind.stage)))
    return JourneyTime(
        cases.kind.kind, cases.kind.title, cases.kind.unit, cases.kind.clock, chosen.count, open_cases(chosen),
        min(chosen.stays["opened_on"]), until, stages, spent, finished_quarters(chosen),
        cases.apart, cases.remarks,
    )  # fmt: skip


def is_open(cases: Cases) -> pl.Expr:
    """Return the condition that a final stay leaves its case open: waiting, or onward to a stage it never entered."""
    last = len(cases.kind.stage) - 1
    return (pl.col("way") == WAITING) | ((pl.col("way") == ONWARD) & (pl.col("place") != last))


def open_cases(cases: Cases) -> int:
    """Return how many cases have not ended."""
    return cases.stays.filter(pl.col("final") & is_open(cases)).height


def ways(stays: pl.DataFrame, completing: list[str]) -> npt.NDArray[np.int64]:
    """Return 1 for stays that moved on or completed the journey, 2 for other ways out, 0 for those that wait."""
    reached = pl.col("way").is_in([ONWARD, *completing])
    found = stays.select(pl.when(reached).then(1).when(pl.col("way") == WAITING).then(0).otherwise(2))
    return found.to_series().to_numpy().astype(np.int64)


def whole_days(cases: Cases) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return how many days after being opened each case was last seen, and whether it had ended by then."""
    last = _path(cases).group_by("case").agg(pl.col("end").max(), pl.col("ended").any()).sort("case")
    return last["end"].to_numpy(), last["ended"].to_numpy()


def reach(cases: Cases) -> npt.NDArray[np.float64]:
    """Return how many days after being opened each case was last seen."""
    return whole_days(cases)[0]


def expected_days(cases: Cases, tau: float | None = None) -> Occupancy:
    """Return the days that an entrant is expected in each stage, and after them the days between it and the next.

    They are counted up to `tau`, by default the last day on which a tenth, and ten, are watched; half of the cases
    where there are too few for that.
    """
    path = _path(cases)
    if tau is None:
        tau = common_tau(reach(cases)) or float(np.median(reach(cases)))
    columns = (path[name].to_numpy() for name in ("case", "state", "start", "end", "goes_to"))
    return occupancy(*columns, states=2 * len(cases.kind.stage), tau=tau)


def _path(cases: Cases) -> pl.DataFrame:
    """Return every case's way through states in days since it was opened: a stage's number, or between it and the next.

    A stay ends for this purpose when the next begins. Stays of no days are not seen.
    """
    stages, later = len(cases.kind.stage), following("entered_on")
    rows = cases.stays.with_columns(later=later, over=pl.col("final") & ~is_open(cases))
    rows = rows.with_columns(until=pl.min_horizontal("last_seen", pl.coalesce("later", "last_seen")))
    inside = rows.select("case", "over", "opened_on", state="place", since="entered_on", until="until")
    gap_until = pl.coalesce("later", "as_at")
    waits = (pl.col("way") == ONWARD) & ~pl.col("over") & (gap_until > pl.col("until"))
    gaps = rows.filter(waits).select(
        "case", "over", "opened_on", state=pl.col("place") + stages, since="until", until=gap_until
    )
    path = pl.concat([inside, gaps.with_columns(pl.col("state").cast(inside["state"].dtype))])
    path = path.with_columns(
        pl.col("state").cast(pl.Int64),
        start=elapsed(cases.kind, path["opened_on"], path["since"]),
        end=elapsed(cases.kind, path["opened_on"], path["until"]),
    ).sort("case", "since", "until", "state")
    ended = path.group_by("case").agg(pl.col("over").any().alias("ended"))
    path = path.join(ended, "case", maintain_order="left")
    kept = path.filter(
        (pl.col("end") > pl.col("start")) | (pl.int_range(pl.len()).over("case") == pl.len().over("case") - 1)
    )
    after = following("state")
    gone = pl.when("ended").then(pl.lit(GONE)).otherwise("state")
    return kept.with_columns(goes_to=pl.coalesce(after, gone))


def _stage_time(chosen: Cases, every: Cases, at: int, spent: Occupancy, until: date, window: int) -> StageTime:
    stage = chosen.kind.stage[at]
    stays = chosen.of_stage(stage.id)
    completing = [one.id for one in chosen.kind.ending if one.completes]
    days, kinds = stays["days"].to_numpy(), ways(stays, completing)
    curve = cumulative_incidence(days, kinds)
    tau = common_tau(days)
    done = days[kinds == 1]
    waiting = int((kinds == 0).sum())
    others = stays.filter(pl.Series(kinds == 2)).group_by("way").len().sort("way")
    open_share = waiting / len(days) if len(days) else 0.0
    between = len(chosen.kind.stage) + at
    return StageTime(
        stage=stage,
        entered=len(days),
        onward=len(done),
        other=dict(others.iter_rows()),
        waiting=waiting,
        median=time_to_share(curve),
        ninetieth=time_to_share(curve, 0.9),
        restricted=None if tau is None else restricted_mean(days, kinds > 0, tau),
        finished_median=float(np.median(done)) if len(done) else None,
        finished_mean=float(done.mean()) if len(done) and open_share <= MOST_OPEN else None,
        open_share=open_share,
        expected_days=float(spent.areas[at]),
        between_days=float(spent.areas[between]),
        share=float(spent.areas[at] / spent.total) if spent.total else 0.0,
        on_target=None if stage.target_days is None or not len(days) else curve.by(stage.target_days),
        queue=_queue(every.of_stage(stage.id), until, window),
        curve=curve,
        done=done,
    )


def _queue(stays: pl.DataFrame, until: date, window: int) -> Queue:
    since = until - timedelta(days=window)
    entered, left = stays["entered_on"], stays["left_on"]
    overlap = (
        pl.min_horizontal("last_seen", pl.lit(until)) - pl.max_horizontal("entered_on", pl.lit(since))
    ).dt.total_days()
    days = stays.select(overlap.clip(0)).to_series().sum()
    waits = (stays["last_seen"] - stays["entered_on"]).dt.total_days().to_numpy()
    curve = cumulative_incidence(waits, left.is_not_null().to_numpy())
    return Queue(
        days=window,
        entered=int(((entered > since) & (entered <= until)).sum()),
        left=int(((left > since) & (left <= until)).fill_null(False).sum()),
        waiting=int(left.is_null().sum()),
        mean_queue=float(days) / window,
        mean_wait=curve.free if stays.height else None,
    )
