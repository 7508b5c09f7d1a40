"""Percentages of which only the figures were published: each needs its number of people, days and a design effect."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from math import inf, sqrt
from pathlib import Path

from whatworks.records.published_table import PublishedTable, published_number
from whatworks.statistics.groups.estimate import interval
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.power import smallest_detectable
from whatworks.statistics.survey_design import SurveyEstimate, check_design_effect
from whatworks.surveys.answers import LEAST_EFFECTIVE
from whatworks.surveys.change import Change, controlled, overlapping_se
from whatworks.surveys.wave import Wave, breaks

NEEDED = ("from", "to", "percent", "n")


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """One published percentage: its area, its wave, and its estimate (None: it rests on too few people)."""

    area: str
    wave: Wave
    n: int
    design_effect: float
    estimate: SurveyEstimate | None
    change: Change
    broken: bool = False


def read_published(path: Path, design_effect: float | None = None) -> tuple[PublishedShare, ...]:
    """Return the percentages of a file, each with the change since the row before it in its area.

    The columns are `from`, `to`, `percent`, `n`, and optionally `area`, `design_effect`, `question`, `mode` and
    `population`. What a row does not say of its design effect is `design_effect`. Refused, all at once, are rows
    without a number of people, what is not a percentage or a day, a period twice, and a design effect not stated, or
    stated where every row has its own.
    """
    table = PublishedTable(
        path, NEEDED, "a percentage without the number of people behind it says nothing; give the column"
    )
    if design_effect is not None:
        check_design_effect(design_effect)
    if not table.faults:
        table.check()
        if design_effect is not None and all(line.get("design_effect") for _, line in table.lines):
            table.wrong(
                "has no effect: every row states its own", "leave it out", None, "design effect", f"{design_effect:g}"
            )
    table.check()
    rows = [row for at, line in table.lines if (row := _row(table, at, line, design_effect))]
    keys = [(row.area, row.wave.first, row.wave.last) for row in rows]
    for area, first, last in sorted({key for key in keys if keys.count(key) > 1}):
        table.wrong(f"{area}: {first} to {last} stands twice", "keep one of the rows")
    table.check()
    return _with_changes(sorted(rows, key=lambda row: (row.area, row.wave.last, row.wave.first)))


def _row(table: PublishedTable, at: int, line: dict[str, str], stated: float | None) -> PublishedShare | None:
    had = len(table.faults)

    def number(name: str, low: float, high: float, remedy: str, missing: float | None = None) -> float:
        text = line.get(name, "") or (f"{missing:g}" if missing is not None else "")
        value = published_number(text)
        if not low <= value <= high:
            table.wrong("cannot be so" if text else "is missing", remedy, at, name, text or None)
        return value

    def day(name: str) -> date:
        try:
            return date.fromisoformat(line.get(name, ""))
        except ValueError:
            table.wrong("is not a day", "write it as 2025-06-30", at, name, line.get(name))
            return date.min

    percent = number("percent", 0, 100, "give a share from 0 to 100")
    n = number("n", 1, 1e9, "give the number of people who were asked: a percentage without it says nothing")
    remedy = "state it in the column, or with --design-effect; 1 is a simple random sample"
    effect = number("design_effect", 0.01, 1_000, remedy, stated)
    first, last = day("from"), day("to")
    if n > 0 and n != int(n):
        table.wrong("is not a whole number", "give the number of people who were asked", at, "n", str(n))
    if len(table.faults) == had and last < first:
        table.wrong(f"lies before {first}", "swap the two days", at, "to", str(last))
    if len(table.faults) > had:
        return None
    wording, mode, population = (line.get(name) or None for name in ("question", "mode", "population"))
    wave = Wave(f"{first} to {last}", first, last, wording, mode, population)
    estimate = _estimate(percent / 100, n, effect)
    return PublishedShare(line.get("area") or "All", wave, int(n), effect, estimate, Change("", ""))


def _estimate(share: float, n: float, effect: float) -> SurveyEstimate | None:
    """Return Wilson's interval of as many people as the design leaves of `n`."""
    kish = n / effect
    if kish < LEAST_EFFECTIVE:
        return None
    return SurveyEstimate(
        share, sqrt(share * (1 - share) / kish), *wilson(share * kish, kish), inf, int(n), kish, effect
    )


def _with_changes(rows: list[PublishedShare]) -> tuple[PublishedShare, ...]:
    found: list[PublishedShare] = []
    for _, group in groupby(rows, key=lambda row: row.area):
        own = list(group)
        found.append(own[0])
        broken = {one.after for one in breaks([row.wave for row in own])}
        found += [
            replace(after, broken=True) if after.wave.name in broken else _since(before, after)
            for before, after in pairwise(own)
        ]
    tested = controlled([row.change for row in found])
    return tuple(replace(row, change=change) for row, change in zip(found, tested, strict=True))


def _since(before: PublishedShare, after: PublishedShare) -> PublishedShare:
    if before.estimate is None or after.estimate is None:
        return after
    old, new = before.estimate, after.estimate
    se = overlapping_se(old.se, new.se, _overlap(before.wave, after.wave))
    if se == 0:
        return after
    value = new.value - old.value
    moved = SurveyEstimate(value, se, *interval(value, se, inf), inf, after.n, min(old.kish, new.kish), float("nan"))
    return replace(after, change=Change("", after.area, old, new, moved, smallest_detectable(se)))


def _overlap(before: Wave, after: Wave) -> float:
    """Return the share of the longer period that both have: so much of their people they share, if asked evenly."""
    shared = (min(before.last, after.last) - max(before.first, after.first)).days + 1
    longest = max((wave.last - wave.first).days + 1 for wave in (before, after))
    return max(0, shared) / longest
