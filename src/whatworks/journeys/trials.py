"""What becomes of trials: effective, cracked, ineffective or vacated, by reason; and has listing practice changed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

import polars as pl

from whatworks.journeys.cases import reported
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.intervals import newcombe, wilson
from whatworks.statistics.power import detectable_by

Group = Literal["quarter", "court", "court_kind"]
OUTCOMES = ("effective", "cracked", "ineffective", "vacated")


@dataclass(frozen=True, slots=True)
class Rate:
    """Events of a base, with Wilson's 95% limits; no value where the base is empty."""

    events: int
    base: int
    in_json: ClassVar = ("value", "limits")

    @property
    def value(self) -> float | None:
        """Return the share."""
        return self.events / self.base if self.base else None

    @property
    def limits(self) -> tuple[float, float] | None:
        """Return Wilson's 95% interval."""
        return wilson(self.events, self.base) if self.base else None


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials of a group by outcome, and why the ineffective and the vacated did not go ahead."""

    name: str
    outcomes: dict[str, int]
    reasons: dict[str, dict[str, int]]
    in_json: ClassVar = ("listed", "ineffective_rate", "lost_rate")

    @property
    def listed(self) -> int:
        """How many there are of all four outcomes."""
        return sum(self.outcomes.values())

    @property
    def ineffective_rate(self) -> Rate:
        """Ineffective of effective, cracked and ineffective, as is published: what was vacated is left out."""
        return Rate(self.outcomes["ineffective"], self.listed - self.outcomes["vacated"])

    @property
    def lost_rate(self) -> Rate:
        """Ineffective and vacated of all four: what a change of listing practice leaves as it is."""
        return Rate(self.outcomes["ineffective"] + self.outcomes["vacated"], self.listed)


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """Trials before a day and from it on: how each rate changed, with Newcombe's 95% interval.

    `by_listing` says that the ineffective rate changed beyond chance, that vacated trials went the other way beyond
    chance, and that both together did not change so.
    """

    on: date
    before: Trials
    after: Trials
    ineffective: tuple[float, float, float]
    vacated: tuple[float, float, float]
    lost: tuple[float, float, float]
    in_json: ClassVar = ("by_listing", "smallest")

    @property
    def smallest(self) -> tuple[float, float, float]:
        """Return the smallest changes (ineffective, vacated, both) that would be found four times in five."""
        ineffective, vacated, lost = (detectable_by(*span[1:]) for span in (self.ineffective, self.vacated, self.lost))
        return ineffective, vacated, lost

    @property
    def moved(self) -> bool:
        """Return whether any of the three rates changed beyond chance."""
        return any(_sign(span) for span in (self.ineffective, self.vacated, self.lost))

    @property
    def lost_moved(self) -> bool:
        """Return whether ineffective and vacated together changed beyond chance."""
        return _sign(self.lost) != 0

    @property
    def by_listing(self) -> bool:
        """Return whether a change of listing practice explains what the ineffective rate did."""
        one, other = (_sign(span) for span in (self.ineffective, self.vacated))
        return one != 0 and other == -one and _sign(self.lost) == 0


@dataclass(frozen=True, slots=True)
class TrialReport:
    """All trials, each group of them, and what changed on a day if one was asked about.

    `unknown` listings lie past and have no outcome; `ahead` lie after the day of the extract. Neither is in a rate.
    `rows` are all listings of that time.
    """

    first: date
    last: date
    everybody: Trials
    groups: tuple[Trials, ...]
    change: PracticeChange | None
    unknown: int
    ahead: int
    without_reason: int
    rows: pl.DataFrame


def trials(
    connection: Engine,
    first: date | None = None,
    last: date | None = None,
    by: Group = "quarter",
    change: date | None = None,
) -> TrialReport:
    """Return what became of trials listed from a day to another, by quarter or court; `change` splits them by a day.

    Refused where no outcome is known in that time, or none on one side of the day of `change`.
    """
    return trials_of(reported(connection, "trial_listing", "listing"), first, last, by, change)


def trials_of(
    listings: pl.DataFrame,
    first: date | None = None,
    last: date | None = None,
    by: Group = "quarter",
    change: date | None = None,
) -> TrialReport:
    """Return the same of a frame of listings, whose columns are those of `sql/listing.sql`."""
    wanted = listings
    wanted = wanted.filter(pl.col("listed_for") >= first) if first else wanted
    wanted = wanted.filter(pl.col("listed_for") <= last) if last else wanted
    ahead = wanted.filter(pl.col("listed_for") > pl.col("as_at"))
    past = wanted.filter(pl.col("listed_for") <= pl.col("as_at"))
    known = past.filter(pl.col("outcome").is_not_null()).sort("listed_for")
    if known.is_empty():
        have = f"there are {listings.height:,} listings in all" if listings.height else "no listing was imported"
        remedy = f"{have}; import table trial_listing, or ask for another time"
        raise Refused(Fault("no trial of that time has an outcome", remedy, field="from"))
    quarter = pl.format("{} Q{}", pl.col("listed_for").dt.year(), pl.col("listed_for").dt.quarter())
    wanted = wanted.with_columns(quarter=quarter, court=pl.col("court").fill_null("not known"))
    named = known.with_columns(quarter=quarter, court=pl.col("court").fill_null("not known"))
    names = sorted(set(named[by]))
    lost = known.filter(pl.col("outcome").is_in(["ineffective", "vacated"]))
    return TrialReport(
        first=known["listed_for"][0],
        last=known["listed_for"][-1],
        everybody=_trials("all", known),
        groups=tuple(_trials(name, named.filter(pl.col(by) == name)) for name in names),
        change=None if change is None else _change(known, change),
        unknown=past.height - known.height,
        ahead=ahead.height,
        without_reason=int(lost["reason"].null_count()),
        rows=wanted,
    )


def _trials(name: str, rows: pl.DataFrame) -> Trials:
    counts = rows["outcome"].to_list()
    reasons = {
        outcome: dict(
            rows.filter(pl.col("outcome") == outcome)
            .group_by(pl.col("reason").fill_null("not given"))
            .len()
            .sort("reason")
            .iter_rows()
        )
        for outcome in ("ineffective", "vacated", "cracked")
    }
    return Trials(name, {outcome: counts.count(outcome) for outcome in OUTCOMES}, reasons)


def _change(known: pl.DataFrame, on: date) -> PracticeChange:
    sides = (known.filter(pl.col("listed_for") < on), known.filter(pl.col("listed_for") >= on))
    before, after = (_trials(name, rows) for name, rows in zip((f"before {on}", f"from {on}"), sides, strict=True))
    if not before.ineffective_rate.base or not after.ineffective_rate.base:
        remedy = f"name a day between {known['listed_for'][0]} and {known['listed_for'][-1]}, or widen the time"
        raise Refused(Fault("has no trials on one side of it", remedy, field="change", value=str(on)))
    vacated = [Rate(side.outcomes["vacated"], side.listed) for side in (before, after)]
    ineffective, lost = (before.ineffective_rate, after.ineffective_rate), (before.lost_rate, after.lost_rate)
    return PracticeChange(on, before, after, *(_difference(pair) for pair in (ineffective, vacated, lost)))


def _difference(rates: Sequence[Rate]) -> tuple[float, float, float]:
    before, after = rates
    ends = newcombe(after.events, after.base, before.events, before.base)
    return (after.events / after.base - before.events / before.base, *ends)


def _sign(span: tuple[float, float, float]) -> int:
    """Return 1 or -1 where an interval lies wholly above or below zero, else 0."""
    _, low, high = span
    return 1 if low > 0 else -1 if high < 0 else 0
