"""Victim, offender, location, time: a register of problems, not of people, with who already works on each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Literal

import numpy as np
import polars as pl

from whatworks.measures.severity import severity_table
from whatworks.places.areas import NOWHERE, Areas
from whatworks.places.incidents import FINE, Incidents, placed
from whatworks.places.monthly_counts import month_after
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.places.aoristic import aoristic
from whatworks.statistics.places.top_ten import top_ten

Dimension = Literal["victim", "offender", "location", "time"]
DIMENSIONS: tuple[Dimension, ...] = ("victim", "offender", "location", "time")
ROLES: dict[Dimension, str] = {"victim": "victim", "offender": "suspect"}
BLOCK, DAYS = 4, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Hours of the week stand together in blocks of so many."""
SURE, ORDERED = 0.975, 0.5
TEXT = dict.fromkeys(("agency", "what", "about_kind", "borough", "area_code"), pl.String)
THERE = pl.DataFrame(schema=TEXT | {"area": pl.Int64, "block": pl.Int64})
"""Nothing done by anybody: `area` is its place, `block` that of its hours; `about_kind` is null where about any."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Incidents of one kind on repeat victims, by repeat offenders, in an area, or at hours; `code` is the area's.

    `chance` is what would be if they fell at random: on the residents, on areas by their residents, evenly on hours.
    `drawn` is the count drawn towards all units of its family, with its interval; `top` the chance of being among the
    ten with most beyond chance. `trend` is the later half of the months over the earlier, with its interval; `weight`
    in hundredths of the edition. `there` says what each agency does there. `units` are its incidents, `people` those
    repeatedly in them.
    """

    dimension: Dimension
    kind: str
    code: str
    name: str
    count: float
    chance: float
    drawn: tuple[float, float, float]
    top: float
    trend: tuple[float, float, float] | None
    weight: int | None
    there: Mapping[str, tuple[str, ...]]
    units: pl.Series = field(repr=False)
    people: pl.Series | None = field(repr=False)


@dataclass(frozen=True)
class Problems:
    """What is more than chance for sure, in the order of `top` where one reaches .5 (`ordered`), else by name.

    `fitted` units were looked at, those without incidents too. `exposure` says what they are held against, `without`
    which dimensions nothing is known of.
    """

    incidents: Incidents
    problems: tuple[Problem, ...]
    ordered: bool
    fitted: int
    exposure: str
    without: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    """Units of one dimension and kind: names by place, counts, exposure, chance; `rows` are their incidents (`at`)."""

    dimension: Dimension
    kind: str
    names: Sequence[tuple[str, str]]
    counts: Floats
    exposure: Floats
    chance: Floats
    rows: pl.DataFrame


def problems(store: Engine, incidents: Incidents, kind: str | None = None, edition: str | None = None) -> Problems:
    """Return the problems of one kind of incident, or of all kinds, in the incidents' areas and months."""
    first, last = incidents.months[0], month_after(incidents.months[-1], 1)
    days = {"first": datetime(first.year, first.month, 1), "last": datetime(last.year, last.month, 1)}
    rows = store.fetch(_sql("who_works_there"), days)
    there = THERE.clear() if rows.is_empty() else placed(store, rows, incidents.areas)
    there = there.with_columns(block=block_of("from_time"), borough=pl.col("area_code")).select(THERE.columns)
    cases = store.fetch(_sql("who_has_a_case"), days)
    return problems_of(incidents, store.fetch(_sql("incident_part")), there, cases, kind, edition)


def problems_of(
    incidents: Incidents,
    parts: pl.DataFrame,
    there: pl.DataFrame,
    cases: pl.DataFrame,
    kind: str | None = None,
    edition: str | None = None,
) -> Problems:
    """Return the same of frames: `parts` (organisation_id, incident_id, role, person), `there` (as `THERE`), `cases`
    (agency, what, person).
    """
    kinds = [kind] if kind else incidents.rows["kind"].unique().sort().to_list()
    families = [family for one in kinds for family in _families(incidents, one, parts)]
    families = [one for one in families if len(one.counts) > 1 and one.counts.sum() > 0]
    if not families:
        raise Refused("no area is known in which an incident happened", "ask for other months, agencies or kinds")
    weights = dict(severity_table(edition).by_group) if edition else {}
    found = []
    for family, beyond in zip(families, top_ten([(f.counts, f.exposure, f.chance) for f in families]), strict=True):
        for at in np.flatnonzero((beyond.sure >= SURE) & (family.counts > 0)):
            drawn = float(beyond.mean[at]), float(beyond.low[at]), float(beyond.high[at])
            found.append(
                _problem(
                    family,
                    int(at),
                    drawn,
                    float(beyond.top[at]),
                    incidents,
                    _there(family, int(at), incidents, there, cases),
                    weights,
                )
            )
    ordered = any(one.top >= ORDERED for one in found)
    found.sort(key=lambda one: (-one.top if ordered else 0.0, one.kind, one.dimension, one.name))
    exposure = "residents" if _residents(incidents.areas) is not None else "areas alike, since residents are not known"
    without = tuple(one for one in DIMENSIONS if one not in {family.dimension for family in families})
    return Problems(incidents, tuple(found), ordered, sum(len(f.counts) for f in families), exposure, without)


def _residents(areas: Areas) -> Floats | None:
    return areas.people if (areas.people > 0).all() else None


def _families(incidents: Incidents, kind: str, parts: pl.DataFrame) -> Iterator[_Family]:
    totals = incidents.totals(kind)
    rows = incidents.distinct(kind).filter(pl.col("month").is_in(list(totals.months)) & (pl.col("area") != NOWHERE))
    rows = rows.filter(pl.Series(totals.known[rows["area"].to_numpy()]))
    people = _residents(incidents.areas)
    exposure = (np.ones(len(incidents.areas)) if people is None else people)[totals.known]
    place = np.cumsum(totals.known) - 1
    rows = rows.with_columns(at=pl.Series(place[rows["area"].to_numpy()], dtype=pl.Int64))
    names = [(incidents.areas.codes[at], incidents.areas.names[at]) for at in np.flatnonzero(totals.known)]
    counts = totals.values[totals.known]
    yield _Family("location", kind, names, counts, exposure, counts.sum() * exposure / exposure.sum(), rows)
    yield from _people(kind, names, None if people is None else exposure, rows, parts)
    yield _hours(kind, rows)


def _people(
    kind: str, names: Sequence[tuple[str, str]], residents: Floats | None, rows: pl.DataFrame, parts: pl.DataFrame
) -> Iterator[_Family]:
    """Yield incidents on repeat victims, and by repeat offenders, by area; none where residents are not known.

    Thrown at random over the residents, of N at a rate r each N r (1 - exp(-r)) would fall on people with two or more.
    """
    for dimension, role in ROLES.items():
        named = rows.join(parts.filter(role=role), on=["organisation_id", "incident_id"]).unique(["unit", "person"])
        if residents is None or named.is_empty():
            continue
        again = named.filter(pl.len().over("person", "at") > 1)
        rate = np.bincount(named["at"].to_numpy(), minlength=len(names)) / residents
        counts = again.group_by("at").agg(pl.col("unit").n_unique()).sort("at")
        held = np.zeros(len(names))
        held[counts["at"].to_numpy()] = counts["unit"].to_numpy()
        yield _Family(dimension, kind, names, held, residents, residents * rate * -np.expm1(-rate), again)


def _hours(kind: str, rows: pl.DataFrame) -> _Family:
    """Return incidents by hours of the week, each spread over its own span; only those whose hour is known."""
    fine = rows.filter(pl.col("time_precision").fill_null("minute").is_in(FINE))
    counts = aoristic(fine.select("from_time", "to_time").rows()).weights.reshape(-1, BLOCK).sum(axis=1)
    blocks = [("", f"{day} {hour:02}:00 to {hour + BLOCK:02}:00") for day in DAYS for hour in range(0, 24, BLOCK)]
    even = np.ones(len(blocks))
    return _Family(
        "time", kind, blocks, counts, even, even * counts.mean(), fine.with_columns(at=block_of("from_time"))
    )


def block_of(column: str) -> pl.Expr:
    """Return the block of hours of the week in which a moment lies; Monday from midnight is 0."""
    moment = pl.col(column)
    hours = (moment.dt.weekday().cast(pl.Int64) - 1) * 24 + moment.dt.hour().cast(pl.Int64)
    return hours // BLOCK


def _problem(
    family: _Family, at: int, drawn: tuple[float, float, float], top: float, incidents: Incidents,
    there: Mapping[str, tuple[str, ...]], weights: Mapping[str, int],
) -> Problem:  # fmt: skip
    own, (code, name) = family.rows.filter(at=at), family.names[at]
    return Problem(
        family.dimension, family.kind, code, name, float(family.counts[at]), float(family.chance[at]), drawn, top,
        _trend(own.unique("unit")["month"].to_list(), incidents), weights.get(family.kind), there,
        own["unit"].unique().sort(), own["person"].unique().sort() if "person" in own.columns else None,
    )  # fmt: skip


def _there(
    family: _Family, at: int, incidents: Incidents, there: pl.DataFrame, cases: pl.DataFrame
) -> dict[str, tuple[str, ...]]:
    """Return what each agency does there, who does most first: about its incidents, or with a case of its people."""
    mine = there.filter(pl.col("about_kind").is_null() | (pl.col("about_kind") == family.kind))
    if family.dimension == "time":
        mine = mine.filter(block=at)
    else:
        area = incidents.areas.codes.index(family.names[at][0])
        mine = mine.filter((pl.col("area") == area) | (pl.col("borough") == (incidents.areas.boroughs[area] or "")))
    rows = mine.select("agency", "what").rows()
    if "person" in family.rows.columns:
        people = family.rows.filter(at=at)["person"].unique()
        rows += cases.filter(pl.col("person").is_in(people.implode())).select("agency", "what").rows()
    does: dict[str, Counter[str]] = {}
    for agency, what in rows:
        does.setdefault(agency, Counter())[what] += 1
    most = sorted(does.items(), key=lambda one: (-one[1].total(), one[0]))
    return {agency: tuple(what for what, _ in found.most_common()) for agency, found in most}


def _trend(months: Sequence[object], incidents: Incidents) -> tuple[float, float, float] | None:
    """Return the later half of the months over the earlier with its 95% interval; None where neither has incidents."""
    half = len(incidents.months) // 2
    if not half or not months:
        return None
    later, earlier = set(incidents.months[-half:]), set(incidents.months[:half])
    after, before = sum(month in later for month in months), sum(month in earlier for month in months)
    if not before or not after:
        return None
    low, high = wilson(after, after + before)
    return after / before, low / (1 - low), high / (1 - high)


def _sql(name: str) -> str:
    return (files("whatworks.people") / f"sql/{name}.sql").read_text("utf-8")
