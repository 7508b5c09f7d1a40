"""Put supply, demand, unmet need, waiting, flows and siting together: what the board asked for in 2010."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

from whatworks.journeys.watch import WatchedDay, shares_by
from whatworks.money.recharge.business_case import Supply, check_standard
from whatworks.money.recharge.recharge import chosen_years
from whatworks.money.recharge.term_faults import term_faults
from whatworks.money.recharge.terms import Terms
from whatworks.money.recharge.terms_file import read_terms
from whatworks.money.recharge.usage_file import Placement
from whatworks.places.areas import Areas, read_areas
from whatworks.places.refuges.episodes import (
    FATES,
    PLACED,
    REFERRALS,
    UNMET,
    WAYS,
    UnmetNeed,
    episodes,
    unmet_need,
)
from whatworks.places.refuges.stays import placements
from whatworks.places.refuges.supply import FAMILY_PLACE, beside_standard, distances, more_places, within_reach
from whatworks.places.refuges.terms import RefugeTerms, Siting
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

WATCHED = (7, 28, 90)
"""Days after the first call on which it is told who waits still."""


@dataclass(frozen=True, slots=True)
class MorePlaces:
    """Boroughs where more places would lie least far from the need, in order, and whose need each would meet."""

    hosts: dict[str, tuple[str, ...]]
    mean_km: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What is billed: the recharge's terms, the nights, and what stands in no bill."""

    terms: Terms
    placements: tuple[Placement, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefugeReport:
    """Refuges in one period. Counts are of households, each once an episode; papers withhold small ones.

    `origins` are fates by borough of origin; `flows` count who was placed, by origin and host; `ended_by` counts how
    many had ended each way by each day. `places` are by unit, then by host; `supply` is None where no place is counted
    in family places, `reach` and `more` where no siting was asked for. `episodes` and `calls` are those behind it all.
    """

    terms: RefugeTerms
    as_at: date
    names: dict[str, str]
    need: UnmetNeed
    origins: dict[str, dict[str, int]]
    waiting: tuple[WatchedDay, ...]
    ended_by: dict[int, dict[str, int]]
    flows: dict[tuple[str, str], int]
    places: dict[str, dict[str, int]]
    supply: tuple[Supply, ...] | None
    reach: dict[str, float] | None
    more: MorePlaces | None
    usage: Usage | None
    episodes: pl.DataFrame
    calls: pl.DataFrame
    areas: Areas | None = None
    """The boroughs, for the map of demand."""

    def net(self) -> dict[str, int]:
        """Return households hosted from elsewhere less households sent elsewhere, by borough: the sum is zero."""
        found = dict.fromkeys([*self.names, *(code for flow in self.flows for code in flow)], 0)
        for (origin, host), count in self.flows.items():
            found[host] += count
            found[origin] -= count
        return found


def refuge_report(store: Engine, terms: RefugeTerms, as_at: date, recharge: Terms | None = None) -> RefugeReport:
    """Return the report on the terms' period from a partnership's store; refused where nobody asked in it.

    `recharge` are the terms of the bills (`read_recharge`). Distances are between boroughs' centroids: where a refuge
    is stands nowhere.
    """
    if "refuge_referral" not in store.tables():
        raise Refused("this store was made before refuges were declared", "run `whatworks import` once")
    calls = _fetch(store, "refuge_call").select(pl.col(name).cast(kind) for name, kind in REFERRALS.items())
    areas = read_areas(store, "borough", terms.vintage)
    held = _fetch(store, "refuge_supply", {"day": min(as_at, terms.last_day)})
    every = episodes(calls, as_at)
    here = every.filter(pl.col("opened_on").is_between(terms.first_day, terms.last_day))
    need = unmet_need(every, calls, terms.first_day, terms.last_day, as_at)
    if not need.calls:
        remedy = f"import table refuge_referral ({calls.height:,} calls are held), or take another period"
        raise Refused(Fault("nobody asked for a place in that time", remedy, field="first_day"))
    origins = _origins(here)
    places = _places(held)
    reach, more = _siting(terms.siting, areas, origins, places.get(FAMILY_PLACE, {}))
    return RefugeReport(
        terms,
        as_at,
        dict(zip(areas.codes, areas.names, strict=True)),
        need,
        origins,
        shares_by(here["days"].to_numpy(), here["way"].to_list(), (PLACED, *WAYS), WATCHED),
        {day: {way: here.filter((pl.col("way") == way) & (pl.col("days") <= day)).height for way in (PLACED, *WAYS)}
         for day in WATCHED},
        _flows(here),
        places,
        beside_standard(places[FAMILY_PLACE], _people(areas), FAMILY_PLACE) if FAMILY_PLACE in places else None,
        reach,
        more,
        None if recharge is None else Usage(recharge, *placements(_fetch(store, "refuge_use"), recharge, as_at)),
        here,
        calls.filter(pl.col("referred_on").is_between(terms.first_day, terms.last_day)),
        areas,
    )  # fmt: skip


def read_recharge(terms: RefugeTerms, folder: Path) -> Terms | None:
    """Return the terms of the bills that the terms name, from their folder; refused with every fault of that file."""
    if terms.recharge is None:
        return None
    path = folder / terms.recharge.terms
    found = read_terms(path)
    faults = term_faults(found, path.name)
    if faults:
        raise Refused(faults)
    check_standard(found)
    billed = chosen_years(found, terms.recharge.year)[-1]
    if (billed.first_day, billed.last_day) != (terms.first_day, terms.last_day):
        problem = f"is not the billed year, {billed.year}, which is {billed.first_day} to {billed.last_day}"
        raise Refused(Fault(problem, "take that year as the period, or bill another year", field="first_day"))
    return found


def _fetch(store: Engine, name: str, values: Mapping[str, object] | None = None) -> pl.DataFrame:
    query = files("whatworks.places").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return store.fetch(query, values) if values else store.fetch(query)


def _people(areas: Areas) -> dict[str, int]:
    return {code: 0 if np.isnan(n) else int(n) for code, n in zip(areas.codes, areas.people, strict=True)}


def _origins(here: pl.DataFrame) -> dict[str, dict[str, int]]:
    found = {code: dict.fromkeys(FATES, 0) for code in here["origin"].unique().sort()}
    for code, fate, count in here.group_by("origin", "fate").len().iter_rows():
        found[code][fate] = count
    return found


def _flows(here: pl.DataFrame) -> dict[tuple[str, str], int]:
    placed = here.filter(pl.col("host").is_not_null())
    return {
        (origin, host): count
        for origin, host, count in placed.group_by("origin", "host").len().sort("origin", "host").iter_rows()
    }


def _places(held: pl.DataFrame) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for borough, units, count in held.iter_rows():
        found.setdefault(units, {})[borough] = int(count)
    return found


def _siting(
    asked: Siting | None, areas: Areas, origins: Mapping[str, Mapping[str, int]], places: Mapping[str, int]
) -> tuple[dict[str, float] | None, MorePlaces | None]:
    """Return the places within reach of each borough, and where more would stand best."""
    if asked is None:
        return None, None
    away = distances(areas.centres)
    people = np.nan_to_num(areas.people)
    held = [places.get(code, 0) for code in areas.codes]
    reach = within_reach(people, held, away, asked.nearest_km, asked.farthest_km)
    need = [
        origins.get(code, {}).get(UNMET, 0) if asked.weighed_by == "unmet" else sum(origins.get(code, {}).values())
        for code in areas.codes
    ]
    best = more_places(need, away, areas.codes, asked.sites, asked.nearest_km, asked.excluded)
    hosts = {
        areas.codes[site]: tuple(areas.codes[at] for at in np.flatnonzero(best.assigned == site)) for site in best.sites
    }
    return dict(zip(areas.codes, reach.tolist(), strict=True)), MorePlaces(hosts, best.distance)
