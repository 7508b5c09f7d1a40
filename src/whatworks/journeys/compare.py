"""Is it higher here, or now, and than what? Areas by a funnel plot, periods by the interval of their difference."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from whatworks.journeys.cases import ONWARD, WAITING, Cases
from whatworks.journeys.hand_offs import passed_on
from whatworks.journeys.kind import HandOff, elapsed
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.statistics.groups.intervals import newcombe
from whatworks.statistics.limits.control_chart import FEWEST_POINTS, ControlChart, primed, xmr
from whatworks.statistics.limits.funnel import Funnel, funnel
from whatworks.statistics.power import detectable_by

Each = Literal["month", "quarter"]
STEPS: dict[Each, str] = {"month": "1mo", "quarter": "1q"}
_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A period, both days included, and the words that named it."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Counted:
    """What is compared: a row a case with `unit`, `borough`, `on` (its day), `event`; and what it counts, in words."""

    rows: pl.DataFrame
    definition: str
    base: str
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a share of so many in a period."""

    span: Span
    events: int
    n: int

    @property
    def share(self) -> float:
        """The share."""
        return self.events / self.n


@dataclass(frozen=True, slots=True)
class PeriodComparison:
    """A period against another: the difference with Newcombe's interval.

    Beside it stand control charts over all months (or quarters), of the share and of its base, None where they are too
    few or one counts nobody.
    """

    definition: str
    base: str
    now: Side
    before: Side
    difference: float
    ci_low: float
    ci_high: float
    each: Each
    names: tuple[str, ...]
    events: tuple[int, ...]
    sizes: tuple[int, ...]
    chart: ControlChart | None
    base_chart: ControlChart | None

    @property
    def smallest(self) -> float:
        """The smallest difference that would be found four times in five."""
        return detectable_by(self.ci_low, self.ci_high)

    @property
    def verdict(self) -> str:
        """`higher`, `lower`, or that these numbers could tell no difference."""
        if self.ci_low > 0 or self.ci_high < 0:
            return "higher" if self.ci_low > 0 else "lower"
        return "no difference that these numbers could tell"


@dataclass(frozen=True, slots=True)
class AreaComparison:
    """The boroughs against all of them: a funnel, and how many cases name no borough."""

    definition: str
    base: str
    first: date
    last: date
    funnel: Funnel
    without_area: int


def span(text: str) -> Span:
    """Return the period that `2024`, `2024-Q2`, `2024-05` or `2024-01-15..2024-03-31` names.

    >>> span("2024-Q2").last, span("2024-02").last, span("2024-01-15..2024-03-31").first
    (datetime.date(2024, 6, 30), datetime.date(2024, 2, 29), datetime.date(2024, 1, 15))
    """
    found = _PERIOD.fullmatch(text.strip())
    try:
        if found is None:
            first, last = (date.fromisoformat(part.strip()) for part in text.split(".."))
        else:
            year, month = int(found[1]), int(found[3] or 3 * int(found[2] or 1) - 2)
            length = 1 if found[3] else 3 if found[2] else 12
            after = year * 12 + month - 1 + length
            first, last = date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        raise Refused(f"{text!r} is not a period", "write 2024, 2024-Q2, 2024-05 or 2024-01-15..2024-03-31") from None
    if last < first:
        raise Refused(f"{text!r} ends before it begins", "name the earlier day first")
    return Span(text.strip(), first, last)


def stage_share(cases: Cases, stage: str | None = None, within: int | None = None, ended: str | None = None) -> Counted:
    """Return of a stage's cases which moved on within some days, or by which way they left it.

    Without `stage` the kind's first is taken, without `within` its target. Cases that entered too late to be watched so
    long are undecided, as are those that still wait where an ending is asked about; neither is in the base.
    """
    kind = cases.kind
    chosen = kind.named(stage or kind.stages[0])
    stays = cases.of_stage(chosen.id)
    if ended is not None:
        known = {one.id: one.name for one in kind.ending if not one.apart}
        if ended not in known:
            raise Refused(Fault("is not an ending of this kind", choice(ended, [*known]), field="ended", value=ended))
        left = stays.filter(pl.col("way") != WAITING)
        rows = left.select("unit", "borough", on="left_on", event=pl.col("way") == ended)
        said = f"left the stage {chosen.name!r} by: {known[ended]}"
        return Counted(rows, said, f"{kind.unit} that left it in the period", stays.height - rows.height)
    days = chosen.target_days if within is None else within
    if days is None:
        remedy = "say within how many days, as --within 28, or by which --ended it is left"
        raise Refused(Fault("has no target", remedy, field="stage", value=chosen.id))
    watched = elapsed(kind, stays["entered_on"], stays["as_at"])
    rows = stays.filter(watched >= days).select(
        "unit", "borough", on="entered_on", event=(pl.col("way") == ONWARD) & (pl.col("days") <= days)
    )
    said = f"moved on from the stage {chosen.name!r} within {days} days"
    return Counted(rows, said, f"{kind.unit} that entered it in the period", stays.height - rows.height)


def hand_off_share(cases: Cases, from_stage: str, to_stage: str, within: int | None = None) -> Counted:
    """Return of the cases that left a stage onward which were dropped: not in the other stage within the days.

    The days are those of the kind's hand-off between the two, if not given.
    """
    names = [cases.kind.named(name).name for name in (from_stage, to_stage)]
    if within is None:
        pair = (from_stage, to_stage)
        within = next((o.within_days for o in cases.kind.hand_offs if (o.from_stage, o.to_stage) == pair), None)
    if within is None:
        raise Refused(Fault("is not a hand-off of this kind", "say --within how many days", field="to", value=to_stage))
    hand_off = HandOff(from_stage=from_stage, to_stage=to_stage, within_days=within)
    rows = passed_on(cases, hand_off)
    watched = rows.filter(pl.col("way") != "too_recent")
    return Counted(
        watched.select("unit", "borough", on="left_on", event=pl.col("way") != "in_time"),
        f"were dropped between {names[0]!r} and {names[1]!r}: not there within {hand_off.within_days} days",
        f"{cases.kind.unit} that left the first in the period",
        rows.height - watched.height,
    )


def compare_periods(counted: Counted, now: str, before: str | None, each: Each = "month") -> PeriodComparison:
    """Return a period against another; refused without the other one, or where a side counts nobody."""
    if before is None:
        remedy = "name it with --against, as --period 2024 --against 2023"
        raise Refused(
            Fault("higher or lower than what? The period to hold it against is missing", remedy, field="against")
        )
    late, early = (_side(counted, span(text)) for text in (now, before))
    nobody = f"nobody is counted in it: the base is missing ({counted.base})"
    faults = [
        Fault(nobody, _days(counted), field=name, value=side.span.name)
        for name, side in (("period", late), ("against", early))
        if side.n == 0
    ]
    if late.span.first <= early.span.last and early.span.first <= late.span.last:
        remedy = "name two periods that share no day"
        faults.append(Fault("overlaps the other period", remedy, field="against", value=before))
    if faults:
        raise Refused(faults)
    names, events, sizes = _series(counted.rows, each)
    enough = len(names) >= FEWEST_POINTS and min(sizes) > 0
    return PeriodComparison(
        counted.definition,
        counted.base,
        late,
        early,
        late.share - early.share,
        *newcombe(late.events, late.n, early.events, early.n),
        each,
        tuple(names),
        tuple(events),
        tuple(sizes),
        primed(events, sizes) if enough else None,
        xmr(sizes) if enough else None,
    )


def compare_boroughs(counted: Counted, when: str | None = None) -> AreaComparison:
    """Return each borough against all of them in a period (all days if none is named), by the limits of chance."""
    rows, wanted = counted.rows, span(when) if when else None
    if wanted is not None:
        rows = rows.filter(pl.col("on").is_between(wanted.first, wanted.last))
    placed = rows.filter(pl.col("borough").is_not_null())
    if placed.is_empty():
        problem = f"nobody is counted: the base is missing ({counted.base})"
        remedy = _days(counted) if rows.is_empty() else "give the cases their boroughs in the mapping"
        raise Refused(Fault(problem, remedy, field="period", value=when))
    table = placed.group_by("borough").agg(pl.col("event").sum(), n=pl.len()).sort("borough")
    if table.height < 2:
        raise Refused("all cases are of one borough: there is none to hold it against", "compare two periods instead")
    first, last = rows.select(first=pl.col("on").min(), last=pl.col("on").max()).row(0)
    whole = wanted or Span("all", first, last)
    found = funnel(table["borough"].to_list(), table["event"].to_list(), table["n"].to_list())
    return AreaComparison(counted.definition, counted.base, whole.first, whole.last, found, rows.height - placed.height)


def named_month(each: Each, column: str = "month") -> pl.Expr:
    """Return the name of a day's month, or quarter."""
    day = pl.col(column)
    return pl.format("{}-Q{}", day.dt.year(), day.dt.quarter()) if each == "quarter" else day.dt.strftime("%Y-%m")


def _side(counted: Counted, when: Span) -> Side:
    rows = counted.rows.filter(pl.col("on").is_between(when.first, when.last))
    return Side(when, int(rows["event"].sum()), rows.height)


def _days(counted: Counted) -> str:
    days = sorted(counted.rows["on"].drop_nulls())
    return f"choose within {days[0]} and {days[-1]}" if days else "import such cases first"


def _series(rows: pl.DataFrame, each: Each) -> tuple[list[str], list[int], list[int]]:
    """Return every month (or quarter) from the first to the last, with its events and its base."""
    if rows.is_empty():
        return [], [], []
    step = STEPS[each]
    table = rows.group_by(month=pl.col("on").dt.truncate(step)).agg(pl.col("event").sum(), n=pl.len())
    every = pl.DataFrame({"month": pl.date_range(table["month"].min(), table["month"].max(), step, eager=True)})  # type: ignore[arg-type]
    filled = every.join(table, on="month", how="left").sort("month").fill_null(0)
    names = filled.select(named_month(each)).to_series().to_list()
    return names, filled["event"].to_list(), filled["n"].to_list()
