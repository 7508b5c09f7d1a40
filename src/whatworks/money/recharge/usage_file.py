"""Read who placed families where, and for how many nights, and say everything that is wrong with the file at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from whatworks.money.recharge.term_faults import OUTSIDE
from whatworks.money.recharge.terms import Terms, Year
from whatworks.money.text_rows import TextRow, day, placeless, read_rows, whole
from whatworks.records.refusal import Fault, shape

COLUMNS = ("placing", "host", "from_date", "to_date", "nights", "unit")
OPTIONAL = ("reference",)
MIXED = (
    "a family place and a bed space are not the same (in England in 1998/99, 7,215 bed spaces were 2,715 household "
    "places): give nights of one unit"
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Nights that one borough's families spent with one host. `placing` may be "outside"; `year` names the year.

    `family` tells which family it was, where the row says so.
    """

    placing: str
    host: str
    year: str
    nights: int
    family: str = ""


@dataclass(slots=True)
class UsageFile:
    """What a usage file holds: sound rows, and the faults of the others."""

    placements: list[Placement] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is to be told of how the file was read."""


def read_usage(path: Path, terms: Terms | None) -> UsageFile:
    """Read the file, with all its faults; without `terms` (they have faults of their own) only what needs none is held.

    One row is nights of one placing borough with one host over days that lie within one year of the terms; `reference`
    tells apart two families whom one borough placed with one host on the same days.
    """
    found = UsageFile()
    rows, found.faults = read_rows(path, partial(placeless, COLUMNS, OPTIONAL), found.notes)
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        _take(row, terms, found, seen)
    if terms is not None and not found.faults:
        found.faults += _too_full(found.placements, terms, path.name)
    return found


def _take(row: TextRow, terms: Terms | None, found: UsageFile, seen: dict[tuple[object, ...], int]) -> None:
    """Add a row's placement or its faults; `seen` are the rows by whom, where, when and which family."""
    faults: list[Fault] = []
    nights = whole(row, "nights", faults)
    first, last = day(row, "from_date", faults), day(row, "to_date", faults)
    if first and last and last < first:
        faults.append(row.fault("lies before from_date", "correct one of them", "to_date"))
    if nights is not None and nights < 0:
        faults.append(row.fault("is negative", "correct it: an earlier row is put right in that row itself", "nights"))
    placing = _borough(row, "placing", terms, faults)
    host = _borough(row, "host", terms, faults)
    family = row.text("reference").casefold()
    earlier = seen.setdefault((placing, host, first, last, family), row.line)
    if earlier != row.line and placing and host and first and last:
        problem, remedy = f"repeats row {earlier}", "delete it, or tell the two apart in the column reference"
        faults.append(row.fault(problem, remedy))
    if terms is not None:
        _check_unit(row, terms, faults)
        year = _year(row, first, last, terms, faults) if first and last and last >= first else None
        if year and nights is not None and first and last and host:
            _check_nights(row, nights, (last - first).days + 1, year, host, faults)
        if not faults and year and placing and host and nights is not None:
            found.placements.append(Placement(placing, host, year.year, nights, family))
    found.faults += faults


def _borough(row: TextRow, name: str, terms: Terms | None, faults: list[Fault]) -> str | None:
    """Return the code of a borough written as its code or its name; a message shows only the shape of another."""
    text = row.text(name)
    if not text:
        faults.append(row.fault("is missing", f'write a borough, or "{OUTSIDE}" for placing', name))
        return None
    if terms is None:
        return text
    if name == "placing" and text.casefold() == OUTSIDE:
        return OUTSIDE
    known = {one.code.casefold(): one.code for one in terms.boroughs}
    known |= {one.name.casefold(): one.code for one in terms.boroughs}
    if text.casefold() in known:
        return known[text.casefold()]
    near = get_close_matches(text.casefold(), known, 1, 0.75)
    spelt = {one.name.casefold(): one.name for one in terms.boroughs}
    meant = f'did you mean "{spelt.get(near[0], known[near[0]])}"? else ' if near else ""
    other = f'"{OUTSIDE}" for a family that none of them placed' if name == "placing" else "leave the row out"
    remedy = f"{meant}write the name or the code of a borough of the terms, or {other}"
    faults.append(row.fault("is not a borough of these terms", remedy, name, shape(text)))
    return None


def _check_unit(row: TextRow, terms: Terms, faults: list[Fault]) -> None:
    unit = row.text("unit").casefold()
    if not unit:
        faults.append(
            row.fault("is missing", f'write "{terms.service.units}" if that is what the nights are of', "unit")
        )
    elif unit != terms.service.units:
        faults.append(row.fault(f"is not the unit of these terms, {terms.service.units}", MIXED, "unit"))


def _year(row: TextRow, first: date, last: date, terms: Terms, faults: list[Fault]) -> Year | None:
    whole_in = [year for year in terms.years if year.first_day <= first and last <= year.last_day]
    if whole_in:
        return whole_in[0]
    touched = [year.year for year in terms.years if first <= year.last_day and last >= year.first_day]
    if len(touched) > 1:
        faults.append(row.fault(f"runs from {touched[0]} into {touched[-1]}", "give each year a row", "to_date"))
        return None
    spans = ", ".join(f"{year.first_day} to {year.last_day}" for year in terms.years)
    late = "to_date" if touched and last > max(year.last_day for year in terms.years) else "from_date"
    faults.append(row.fault(f"lies outside the years of the terms ({spans})", "correct it, or leave the row out", late))
    return None


def _check_nights(row: TextRow, nights: int, days: int, year: Year, host: str, faults: list[Fault]) -> None:
    places = {one.host: one.places for one in year.places}.get(host, 0)
    if places == 0:
        faults.append(
            row.fault(f"has no places in {year.year}", "correct it, or add places to the terms", "host", host)
        )
    elif nights > days * places:
        problem = f"are more than {places} places give in {days} days ({days * places:,})"
        faults.append(row.fault(problem, "correct the nights, the days or the host's places", "nights"))


def _too_full(placements: list[Placement], terms: Terms, file: str) -> Iterator[Fault]:
    for year in terms.years:
        for one in year.places:
            used = sum(row.nights for row in placements if row.year == year.year and row.host == one.host)
            if used > one.places * year.days:
                yield Fault(
                    f"has {used:,} nights used in {year.year}, and {one.places * year.days:,} that its {one.places} "
                    "places give",
                    "correct the rows of this host, or its places in the terms",
                    file,
                    field="host",
                    value=one.host,
                )
