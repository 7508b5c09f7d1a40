"""Events by kind, area and month, from a partnership's reports or from a published table; a gap is not known."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.places.areas import Areas
from whatworks.places.incidents import Incidents
from whatworks.records.documents import read_document
from whatworks.records.plain_number import ungrouped
from whatworks.records.refusal import Fault, Refused

COLUMNS = ("area", "kind", "month", "count")
MONTH = r"(19|20)\d\d-(0[1-9]|1[0-2])"
MOST = 10**9
"""Events of one kind in one area and month."""


@dataclass(frozen=True)
class MonthlyCounts:
    """Events: kinds x areas x months, not a number where not known; months by their first days, with none left out.

    `neighbours` has the places of the areas that touch each one, None where no boundaries are held. `reports` are the
    distinct incidents that were counted (unit, kind, area, month), where they are the partnership's own; `ground` are
    the areas, in their order, for a map.
    """

    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    names: tuple[str, ...]
    months: tuple[date, ...]
    events: npt.NDArray[np.float64]
    neighbours: tuple[frozenset[int], ...] | None = None
    reports: pl.DataFrame | None = None
    ground: Areas | None = None

    def places_of(self, areas: Iterable[str], field: str) -> tuple[int, ...]:
        """Return the places of areas named by code or name, or refuse those that are not there, all at once."""
        places = {name.casefold(): at for names in (self.names, self.areas) for at, name in enumerate(names)}
        faults, chosen = [], []
        for area in areas:
            if area.casefold() in places:
                chosen.append(places[area.casefold()])
                continue
            near = get_close_matches(area, [*self.areas, *self.names], 1)
            remedy = f"did you mean {near[0]!r}?" if near else "use a code or name of the edition that is counted"
            faults.append(Fault("is not an area of these counts", remedy, field=field, value=area))
        if faults:
            raise Refused(faults)
        return tuple(chosen)

    def of_kinds(self, kinds: Iterable[str]) -> npt.NDArray[np.float64]:
        """Return the events of some kinds, in their order, or refuse a kind that is not there."""
        wanted = tuple(kinds)
        if unknown := [kind for kind in wanted if kind not in self.kinds]:
            remedy = f"use one of {', '.join(self.kinds[:20])}"
            raise Refused([Fault("is not a kind that is counted", remedy, field="kinds", value=one) for one in unknown])
        return self.events[[self.kinds.index(kind) for kind in wanted]]

    def behind(
        self,
        kinds: Iterable[str],
        groups: Mapping[str, Sequence[int]],
        spans: Mapping[str, tuple[date, date]],
    ) -> pl.DataFrame | None:
        """Return the incidents (`unit`) behind groups of areas in spans of months, as `cell`: span and group.

        None where the counts are not of a partnership's own reports.
        """
        if self.reports is None:
            return None
        of = {at: name for name, group in groups.items() for at in group}
        rows = self.reports.filter(pl.col("kind").is_in(list(kinds)))
        rows = rows.with_columns(group=pl.col("area").replace_strict(of, default=None, return_dtype=pl.String))
        found = [
            rows.filter(pl.col("month").is_between(*span)).select(
                "unit", cell=pl.concat_str(pl.lit(f"{name} "), "group")
            )
            for name, span in spans.items()
        ]
        return pl.concat(found).drop_nulls().unique(maintain_order=True)

    def place_of(self, month: date) -> int:
        """Return a month's place, before the first below 0 and after the last beyond the end.

        >>> MonthlyCounts((), (), (), (date(2024, 1, 1),), np.zeros((0, 0, 1))).place_of(date(2023, 12, 1))
        -1
        """
        return (month.year - self.months[0].year) * 12 + month.month - self.months[0].month


def counts_of(incidents: Incidents, kinds: Iterable[str] = ()) -> MonthlyCounts:
    """Return distinct incidents by kind, area and month."""
    wanted = tuple(kinds) or tuple(incidents.rows["kind"].unique().sort())
    events = np.stack([incidents.counts(kind) for kind in wanted])
    areas = incidents.areas
    near = None
    if areas.outlines:
        links = areas.touching.links
        near = tuple(frozenset(links.indices[a:b].tolist()) for a, b in pairwise(links.indptr))
    units = pl.concat([incidents.distinct(kind) for kind in wanted])
    return MonthlyCounts(wanted, areas.codes, areas.names, incidents.months, events, near, units, areas)


def read_counts(path: Path) -> MonthlyCounts:
    """Return a table with columns area, kind, month (as 2024-07) and count; a row that is missing is not known.

    Refused, all at once: a month twice, what is no month, a count that is negative or not whole.
    """
    tables = read_document(path).tables
    lines = [[cell.text.strip() for cell in row] for row in tables[0].rows] if tables else [[]]
    header = [name.lower() for name in lines[0]]
    if lacking := [name for name in COLUMNS if name not in header]:
        remedy = f"give the columns {', '.join(COLUMNS)}"
        raise Refused([Fault("has no such column", remedy, path.name, 1, name) for name in lacking])
    rows = [(at, dict(zip(header, line, strict=False))) for at, line in enumerate(lines[1:], 2) if any(line)]
    faults = [fault for at, row in rows for fault in _faults(row, at, path.name)]
    if not rows:
        faults.append(Fault("has no rows", "send the counts again", path.name))
    seen: dict[tuple[str, str, str], int] = {}
    for at, row in rows:
        key = (row["area"], row["kind"], row["month"])
        if key in seen:
            problem = f"stands twice, first in row {seen[key]}"
            faults.append(Fault(problem, "keep one of the rows", path.name, at, "month", row["month"]))
        seen.setdefault(key, at)
    if faults:
        raise Refused(faults)
    return _counted({(row["area"], row["kind"], _day(row["month"])): float(ungrouped(row["count"])) for _, row in rows})


def _counted(counts: dict[tuple[str, str, date], float]) -> MonthlyCounts:
    areas, kinds = (tuple(sorted({str(key[at]) for key in counts})) for at in (0, 1))
    first, last = (end(month for _, _, month in counts) for end in (min, max))
    many = (last.year - first.year) * 12 + last.month - first.month + 1
    months = tuple(month_after(first, at) for at in range(many))
    made = MonthlyCounts(kinds, areas, areas, months, np.full((len(kinds), len(areas), many), np.nan))
    for (area, kind, month), count in counts.items():
        made.events[kinds.index(kind), areas.index(area), made.place_of(month)] = count
    return made


def month_after(month: date, many: int) -> date:
    """Return the first day of the month so many months later.

    >>> month_after(date(2024, 11, 1), 3)
    datetime.date(2025, 2, 1)
    """
    reached = month.year * 12 + month.month - 1 + many
    return date(reached // 12, reached % 12 + 1, 1)


def _day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _faults(row: dict[str, str], at: int, file: str) -> Iterator[Fault]:
    for name in ("area", "kind"):
        if not row.get(name):
            yield Fault("is empty", "say what is counted where", file, at, name)
    if not re.fullmatch(MONTH, row.get("month", "")):
        yield Fault("is not a month", "write it as 2024-07", file, at, "month", row.get("month"))
    try:
        count = float(ungrouped(row.get("count", "")))
    except ValueError:
        count = float("nan")
    if not (0 <= count <= MOST and count.is_integer()):
        yield Fault("is not a number of events", "write a whole number from 0", file, at, "count", row.get("count"))
