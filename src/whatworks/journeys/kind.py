"""What a kind of journey is: its stages in order, how it ends, who owns what, and the clock; a TOML file."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.toml_file import load_model

READY_MADE = Path(__file__).resolve().parents[1] / "examples" / "journeys"
HOLIDAYS = Path(__file__).with_name("holidays")
PAGE = "docs/journeys.md"
Dates = npt.NDArray[np.datetime64]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class JourneyStage(HandWritten):
    """A stage: what a case waits for in it."""

    id: Name
    name: str
    owner: str = Field(description="The agency, or kind of agency, that answers for it; its dates are believed first.")
    target_days: int | None = Field(None, ge=0, description="Days within which a case should have moved on.")
    may_be_skipped: bool = False
    may_repeat: bool = False


class Ending(HandWritten):
    """An outcome of a stage that ends the journey."""

    id: Name
    name: str
    completes: bool = Field(False, description="Whether it is the end that the journey aims at.")
    apart: bool = Field(False, description="Whether such cases are told on a line of their own, and counted nowhere.")


class HandOff(HandWritten):
    """From one stage to another: of those who left the first, who entered the second within some days?"""

    from_stage: Name
    to_stage: Name
    within_days: int = Field(ge=0)


class Watch(HandWritten):
    """A stage in which somebody waits unseen: how many are neither reached nor out by another way on these days?"""

    stage: Name
    days: tuple[Annotated[int, Field(ge=0)], ...] = (1, 7, 14, 28)
    reached: str = Field("contacted", description="What moving on from the stage is called.")
    waiting: str = Field("at liberty, alive and unseen", description="What those still waiting are called.")


class JourneyKind(HandWritten):
    """A kind of journey. Stages stand in the order in which a case goes through them."""

    kind: Name
    title: str
    unit: str = Field(description="What is counted, in the plural: defendants, releases.")
    clock: Literal["calendar", "working"] = "calendar"
    holidays: str | None = Field(None, description="Edition of the holidays that are no working days.")
    stage: tuple[JourneyStage, ...]
    ending: tuple[Ending, ...] = ()
    hand_off: tuple[HandOff, ...] = ()
    watch: Watch | None = None

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        stages, endings = self.stages, tuple(one.id for one in self.ending)
        twice = (name for ids in (stages, endings) for name in sorted({one for one in ids if ids.count(one) > 1}))
        faults = [f"{name!r} is declared twice" for name in twice]
        faults += [] if self.stage else ["a kind of journey has at least one [[stage]]"]
        used = [name for one in self.hand_off for name in (one.from_stage, one.to_stage)]
        used += [self.watch.stage] if self.watch else []
        faults += [f"{name!r} is not a stage of this file" for name in dict.fromkeys(used) if name not in stages]
        if self.clock == "calendar" and self.holidays:
            faults.append("holidays have no use with clock = 'calendar'")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages' ids, in order."""
        return tuple(one.id for one in self.stage)

    @property
    def hand_offs(self) -> tuple[HandOff, ...]:
        """The hand-offs that are declared; else each stage to the next, within four weeks."""
        pairs = zip(self.stages, self.stages[1:], strict=False)
        return self.hand_off or tuple(HandOff(from_stage=a, to_stage=b, within_days=28) for a, b in pairs)

    def named(self, stage: str) -> JourneyStage:
        """Return a stage by its id, or refuse naming those that there are."""
        for one in self.stage:
            if one.id == stage:
                return one
        raise Refused(Fault("is not a stage of this kind", choice(stage, self.stages), field="stage", value=stage))


def ready_made() -> tuple[str, ...]:
    """Return the kinds that come with the software.

    >>> "through_the_gate" in ready_made()
    True
    """
    return tuple(sorted(path.stem for path in READY_MADE.glob("*.toml")))


def load_kind(name: str | Path, folder: Path | None = None) -> JourneyKind:
    """Return the kind in a file, or by its bare name: of the partnership's `folder` first, else a ready-made one.

    Refused with every fault at once: unknown keys, stages declared twice, hand-offs between stages that there are not.

    >>> load_kind("through_the_gate").stages
    ('contact', 'handover', 'support')
    """
    path = Path(name)
    if path.suffix != ".toml":
        own = sorted(folder.glob("*.toml")) if folder else []
        known = {one.stem: one for one in (*READY_MADE.glob("*.toml"), *own)}
        if str(name) not in known:
            remedy = f"{choice(str(name), sorted(known), 'known are')}; another is a file in journeys/ ({PAGE})"
            raise Refused(Fault("is not a kind of journey", remedy, field="kind", value=str(name)))
        path = known[str(name)]
    return load_model(JourneyKind, path, PAGE)


def kind_schema() -> dict[str, Any]:
    """Return the JSON schema of a kind of journey.

    >>> kind_schema()["required"]
    ['kind', 'title', 'unit', 'stage']
    """
    return JourneyKind.model_json_schema()


def elapsed(kind: JourneyKind, start: pl.Series, end: pl.Series) -> pl.Series:
    """Return the days from each `start` to its `end`; working days count the first day and not the last.

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
