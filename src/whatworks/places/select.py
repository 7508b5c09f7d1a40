"""Where do people who go to custody live, what does it cost, which areas stand out for sure, and could a study tell?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.measures.derivation import derive
from whatworks.measures.prepare import put_settings
from whatworks.measures.settings import MeasureSettings
from whatworks.places.areas import Areas, read_areas
from whatworks.places.incidents import codes_within, read_lookup
from whatworks.places.monthly_counts import month_after
from whatworks.places.select_terms import BY_HAND, SelectTerms
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.places.gamma_poisson import gamma_poisson
from whatworks.statistics.study_size import Plan, smallest_found

Floats = NDArray[np.float64]
DRAWS, SEED = 400, 1
CLEAR, OUT = 0.8, 0.2
SHIFTS = {"a year earlier": -12, "as asked": 0, "a year later": 12}
DAYS = 365.25


@dataclass(frozen=True, slots=True)
class AreaCustody:
    """One area: people taken into custody who lived there, their nights and pounds in the window, with intervals.

    `per_1000` is people per 1,000 residents drawn towards all areas. `share` is the least and the most share of draws,
    over windows and weightings, in which the area is on the shortlist; `place` is `clear`, `borderline`, `out`, or
    empty for an area that is not a candidate.
    """

    code: str
    name: str
    people: int
    nights: int
    pounds: float
    pounds_interval: tuple[float, float]
    per_1000: float
    per_1000_interval: tuple[float, float]
    share: tuple[float, float]
    place: str


@dataclass(frozen=True)
class Selection:
    """The answer. `homeless` are people and nights without a known home, `elsewhere` those with one outside.

    `custody` has who (`unit`) lived in which area (its place) for how many nights.
    `detectable` is the smallest fall that a study in the `chosen` areas would find, as a share; None: none.
    """

    terms: SelectTerms
    areas: Areas
    rows: tuple[AreaCustody, ...]
    homeless: tuple[int, int]
    elsewhere: tuple[int, int]
    windows: tuple[str, ...]
    weightings: int
    chosen: tuple[str, ...]
    eligible: float
    comparison: float
    comparison_areas: int
    detectable: float | None
    without_control: tuple[str, ...]
    custody: pl.DataFrame


def select_areas(store: Engine, terms: SelectTerms, settings: MeasureSettings) -> Selection:
    """Return the areas by what custody cost there, the shortlist with its uncertainty, and what a study could find.

    `settings` say the partnership's day, and whose address is believed first where agencies tie.
    """
    areas = read_areas(store, terms.areas, terms.vintage)
    _check_editions(store, areas)
    _prepare(store, settings)
    windows = {}
    for words, months in SHIFTS.items():
        first = month_after(terms.begins, months)
        last = month_after(first, terms.months)
        if last <= settings.as_at or not months:
            windows[words] = _custody(store, areas, first, last)
    return selection(terms, areas, windows)


def _prepare(store: Engine, settings: MeasureSettings) -> None:
    put_settings(store, settings)
    derive(store, ["linked_person"])
    derive(store, ["custody_record"], view=True)
    derive(store, ["custody_stay", "area_borough"])
    store.derive("residence_wanted", "SELECT DISTINCT linked_id, received_on AS on_date FROM custody_stay")
    derive(store, ["residence"])


def _check_editions(store: Engine, areas: Areas) -> None:
    """Refuse addresses of another edition that no look-up leads from."""
    known = {vintage for _, vintage in codes_within(areas, read_lookup(store, areas))}
    query = "SELECT a.area_vintage, COUNT(*) FROM address AS a WHERE a.area_vintage IS NOT NULL GROUP BY a.area_vintage"
    faults = [
        Fault(
            f"{count:,} addresses are of edition {vintage}, and the areas are of {areas.vintage}",
            f"import the look-up from {vintage} to {areas.vintage} as table area_lookup",
            field="area_vintage",
            value=str(vintage),
        )
        for vintage, count in sorted(store.rows(query))
        if vintage not in known
    ]
    if faults:
        raise Refused(faults)


def _custody(store: Engine, areas: Areas, first: date, last: date) -> pl.DataFrame:
    """Return unit, person, area (its place, -1 without a known home, -2 elsewhere), nights."""
    query = (files("whatworks.places") / "sql/custody_home.sql").read_text("utf-8")
    rows = store.fetch(query, {"starts": first, "ends": last})
    if rows.is_empty():
        remedy = "import table custody_spell, or ask for another window"
        raise Refused(f"nobody was in custody from {first} to {last}", remedy)
    place = {code: at for (code, vintage), at in codes_within(areas, read_lookup(store, areas)).items()}
    found = [-1 if code is None else place.get(code, -2) for code in rows["area_code"]]
    person = pl.col("linked_id").rank("dense").cast(pl.Int64) - 1
    return rows.select(unit="linked_id", person=person, area=pl.Series(found, dtype=pl.Int64), nights="nights")


def selection(terms: SelectTerms, areas: Areas, windows: Mapping[str, pl.DataFrame]) -> Selection:
    """Return the same of custody by person and area in each window, with the columns of `_custody`."""
    counted = windows["as asked"]
    candidates = _candidates(terms, areas)
    weightings = _weightings(terms)
    shares = np.array(
        [
            _shares(terms, candidates, weights, drawn)
            for custody in windows.values()
            for drawn in [_drawn(custody, areas)]
            for weights in weightings
        ]
    )
    low, high = shares.min(axis=0), shares.max(axis=0)
    place = np.where(low >= CLEAR, "clear", np.where(high <= OUT, "out", "borderline"))
    rows = _rows(terms, areas, counted, {int(at): (low[n], high[n], str(place[n])) for n, at in enumerate(candidates)})
    best = sorted(candidates.tolist(), key=lambda at: -shares.mean(axis=0)[candidates.tolist().index(at)])
    chosen = sorted(best[: terms.shortlist])
    return Selection(
        terms, areas, rows, _apart(counted, -1), _apart(counted, -2), tuple(windows), len(weightings),
        tuple(areas.codes[at] for at in chosen), *_study(terms, areas, rows, chosen), counted,
    )  # fmt: skip


def _candidates(terms: SelectTerms, areas: Areas) -> NDArray[np.int64]:
    if not any(name in BY_HAND for name in terms.weights.used):
        return np.arange(len(areas))
    place = {code: at for at, code in enumerate(areas.codes)}
    if strange := [one.code for one in terms.area if one.code not in place]:
        remedy = f"use codes of the {areas.kind}s of {areas.vintage}"
        raise Refused([Fault("is not one of the areas", remedy, field="area.code", value=one) for one in strange[:5]])
    return np.array(sorted(place[one.code] for one in terms.area), dtype=np.int64)


def _weightings(terms: SelectTerms) -> list[dict[str, float]]:
    """Return the weights as declared, and every corner of half as much and half as much again."""
    used = terms.weights.used
    declared = {name: float(getattr(terms.weights, name)) for name in used}
    corners = [
        {name: weight * factor for (name, weight), factor in zip(declared.items(), factors, strict=True)}
        for factors in product((0.5, 1.5), repeat=len(used))
        if len(used) > 1
    ]
    return [declared, *corners]


def _drawn(custody: pl.DataFrame, areas: Areas) -> tuple[Floats, Floats]:
    """Return draws of people (posterior) and of nights (people drawn anew) by area, a row a draw."""
    rng = np.random.default_rng(SEED)
    home = custody.filter(pl.col("area") >= 0)
    area, nights = home["area"].to_numpy(), home["nights"].to_numpy().astype(np.float64)
    person = home["person"].rank("dense").cast(pl.Int64).to_numpy() - 1
    people = np.bincount(area, minlength=len(areas)).astype(np.float64)
    drawn_people = gamma_poisson(people, _residents(areas)).draws(DRAWS, rng) * _residents(areas)
    drawn_nights = np.empty((DRAWS, len(areas)))
    for draw in range(DRAWS):
        times = rng.multinomial(int(person.max()) + 1, np.full(int(person.max()) + 1, 1 / (person.max() + 1)))
        drawn_nights[draw] = np.bincount(area, weights=nights * times[person], minlength=len(areas))
    return drawn_people, drawn_nights


def _residents(areas: Areas) -> Floats:
    if not (areas.people > 0).all():
        raise Refused("residents are not known of every area", "import table area with the population of each")
    return areas.people


def _shares(
    terms: SelectTerms, candidates: NDArray[np.int64], weights: Mapping[str, float], drawn: tuple[Floats, Floats]
) -> Floats:
    """Return the share of draws in which each candidate is on the shortlist under these weights."""
    facts = {one.code: one for one in terms.area}
    order = sorted(facts)
    score = np.zeros((DRAWS, candidates.size))
    for name, weight in weights.items():
        if name in BY_HAND:
            given = np.array([float(getattr(facts[code], name)) for code in order])[None, :]
        else:
            given = drawn[0 if name == "eligible_people" else 1][:, candidates]
        score += weight * given / np.maximum(given.max(axis=1, keepdims=True), 1e-12)
    top = np.argsort(-score, axis=1, kind="stable")[:, : terms.shortlist]
    found: Floats = np.bincount(top.ravel(), minlength=candidates.size) / DRAWS
    return found


def _rows(
    terms: SelectTerms, areas: Areas, custody: pl.DataFrame, places: Mapping[int, tuple[float, float, str]]
) -> tuple[AreaCustody, ...]:
    home = custody.filter(pl.col("area") >= 0)
    people = np.bincount(home["area"].to_numpy(), minlength=len(areas)).astype(np.float64)
    nights = np.bincount(home["area"].to_numpy(), weights=home["nights"].to_numpy(), minlength=len(areas))
    price = terms.price.pounds_a_year / DAYS
    shrunk = gamma_poisson(people, _residents(areas))
    low, high = shrunk.interval()
    ends = np.quantile(_drawn(custody, areas)[1], [0.025, 0.975], axis=0) * price
    return tuple(
        AreaCustody(
            code, areas.names[at], int(people[at]), int(nights[at]), float(nights[at] * price),
            (float(ends[0, at]), float(ends[1, at])), float(1000 * shrunk.mean[at]),
            (float(1000 * low[at]), float(1000 * high[at])), places.get(at, (0.0, 0.0, ""))[:2],
            places.get(at, (0.0, 0.0, ""))[2],
        )
        for at, code in enumerate(areas.codes)
    )  # fmt: skip


def _apart(custody: pl.DataFrame, place: int) -> tuple[int, int]:
    rows = custody.filter(pl.col("area") == place)
    return rows["person"].n_unique(), int(rows["nights"].sum() or 0)


def _study(
    terms: SelectTerms, areas: Areas, rows: Sequence[AreaCustody], chosen: Sequence[int]
) -> tuple[float, float, int, float | None, tuple[str, ...]]:
    """Return people eligible in the study and elsewhere, other areas, what would be found, boroughs without one."""
    a_year = 12 / terms.months * terms.study.years * terms.study.taking_part
    eligible = a_year * sum(rows[at].people for at in chosen)
    others = [at for at in range(len(rows)) if at not in chosen and rows[at].people]
    comparison = a_year * sum(rows[at].people for at in others)
    boroughs = {areas.parents[at] for at in chosen} - {areas.parents[at] for at in others}
    left = tuple(sorted(one for one in boroughs if one)) if terms.areas == "ward" else ()
    if eligible < 1 or comparison < 1:
        return eligible, comparison, len(others), None, left
    plan = Plan(terms.study.reoffend, ratio=comparison / eligible, share_matched=terms.study.matched)
    return eligible, comparison, len(others), smallest_found(plan, int(eligible)), left
