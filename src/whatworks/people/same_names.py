"""The same names? A list's retention and dwell, against chance and against its rule, by borough and over the links."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import polars as pl

from whatworks.linkage.identities.lasting_name import lasting_names
from whatworks.people.churn import (
    STAYED,
    YEAR,
    AgainstRule,
    Chance,
    Dwell,
    Retention,
    against_rule,
    by_chance,
    dwell,
    listed,
    over_links,
    retention,
)
from whatworks.people.history import list_history, units
from whatworks.people.joinings import Joinings, joinings
from whatworks.people.meeting import meeting, person_marks
from whatworks.people.rule import ListRule, months_after
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.limits.funnel import Funnel, funnel

JUDGED_MONTHS = 24
"""Entries of so many months before a day are held against the rule."""


@dataclass(frozen=True, slots=True)
class SameNames:
    """What is to be said of a list's names on two days; what needs a rule is None without one.

    `by_borough` is the share of entries whose person met the rule on the day of entry, a borough beside all: a rule
    that is applied otherwise in one of them lies outside of its limits. `people` has a row for everybody who met the
    rule on the first day or was listed then: unit (a name that lasts), sex, ethnicity, age, and flags met, listed,
    reviewed, left. `names` gives each unit's lasting name.
    """

    name: str
    rule: ListRule | None
    retention: Retention
    dwell: Dwell
    chance: Chance | None
    against: AgainstRule | None
    by_borough: Funnel | None
    without_borough: int
    entries: pl.DataFrame = field(repr=False)
    people: pl.DataFrame = field(repr=False)
    names: Mapping[int, str] = field(repr=False)


def same_names(
    store: Engine, name: str, on: date, since: date, rule: ListRule | None = None, links: Joinings | None = None
) -> SameNames:
    """Return what is to be said of a list from day `on` to a year later; its records start on `since`.

    Raises `Refused` where there is no such list, nobody was on it, or the year is not over by the extracts.
    """
    links = links or joinings(store)
    history = list_history(store, name)
    times = units(history, links, links.in_force)
    found, later = retention(times, on), on + timedelta(YEAR)
    [(as_at,)] = store.rows("SELECT max(as_at) FROM source")
    if as_at is not None and later > as_at:
        remedy = f"ask from a day up to {as_at - timedelta(YEAR)}"
        raise Refused(
            Fault(f"the year ends on {later}, and the extracts on {as_at}", remedy, field="on", value=str(on))
        )
    drawn = [retention(units(history, links, label), on).everybody for label in links.draws]
    found = replace(found, over_links=over_links(drawn))
    met = [_meeting(store, rule, day, links) for day in (on, later)] if rule else [set[int](), set[int]()]
    here = {*listed(times, on)["unit"], *listed(times, later)["unit"]}
    people, names = _people(store, times, found, met[0], links)
    entries, without = _entries(store, rule, times, as_at or later, links, names)
    table = entries.group_by("borough").agg(pl.col("met").sum(), n=pl.len()).sort("borough")
    columns = [table[each].to_list() for each in ("borough", "met", "n")]
    boroughs = funnel(columns[0], columns[1], columns[2]) if table.height > 1 else None
    return SameNames(
        name, rule, found, dwell(times, since, as_at or later),
        by_chance(found, len(met[1] | here)) if rule else None, against_rule(found, met[1]) if rule else None,
        boroughs, without, entries, people, names,
    )  # fmt: skip


def _meeting(store: Engine, rule: ListRule, on: date, links: Joinings) -> set[int]:
    """Return the units that meet a rule on a day, by the links in force."""
    met = meeting(store, rule, on, replace(links, draws=())).filter(pl.col("agencies") >= rule.agencies)
    return {int(unit) for unit in links.in_force[links.rows(met)]}


def _entries(
    store: Engine, rule: ListRule | None, times: pl.DataFrame, as_at: date, links: Joinings, names: Mapping[int, str]
) -> tuple[pl.DataFrame, int]:
    """Return late entries, and whether each met the rule on its day; and how many more name no borough."""
    late = (pl.col("entered_on") > months_after(as_at, -JUDGED_MONTHS)) & (pl.col("entered_on") <= as_at)
    judged = times.filter(late if rule else pl.lit(False))
    placed = judged.drop_nulls("borough")
    held = {day: _meeting(store, rule, day, links) for day in sorted(set(placed["entered_on"])) if rule}
    rows = [
        (f"{names.get(unit, unit)} entered {day}", borough, unit in held[day])
        for unit, day, borough in placed.select("unit", "entered_on", "borough").iter_rows()
    ]
    columns = {"unit": pl.String, "borough": pl.String, "met": pl.Boolean}
    return pl.DataFrame(rows, schema=columns, orient="row"), judged.height - placed.height


def _people(
    store: Engine, times: pl.DataFrame, found: Retention, met: set[int], links: Joinings
) -> tuple[pl.DataFrame, dict[int, str]]:
    """Return those who met the rule or were listed, with their characteristics, and every unit's lasting name."""
    everybody = sorted({*found.fate, *met})
    known = {unit: str(links.linked_id[unit]) for unit in {*everybody, *times["unit"]} if unit >= 0}
    lasting = lasting_names(store, pl.Series([*known.values()], dtype=pl.String))
    names = dict(zip(known, lasting, strict=True))
    reviewed = set(times.filter(pl.col("reviewed_on") > pl.col("entered_on"))["unit"])
    marks = person_marks(store, pl.Series([*known.values()], dtype=pl.String))
    answers = {row[0]: row[1:] for row in marks.select("linked_id", "sex", "ethnicity", "born").iter_rows()}
    nothing = (None, None, None)
    rows = [
        (names.get(unit, f"removed entry {-unit}"), *answers.get(known.get(unit, ""), nothing), found.on, True,
         unit in found.fate, unit in found.fate and unit in reviewed, found.fate.get(unit, STAYED) != STAYED)
        for unit in everybody
    ]  # fmt: skip
    columns = {
        "unit": pl.String, "sex": pl.String, "ethnicity": pl.String, "date_of_birth": pl.Date, "first_day": pl.Date,
        "met": pl.Boolean, "listed": pl.Boolean, "reviewed": pl.Boolean, "left": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=columns, orient="row"), names
