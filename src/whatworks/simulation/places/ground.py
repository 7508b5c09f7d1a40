"""Make up incidents: hot places, one ward that rises, reports of one incident by several agencies, a silent partner.

Police, council and health report. The council has sent nothing from one borough, and nothing at all for two months.
"""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.days import Floats, Ints
from whatworks.simulation.places.layout import borough_boundaries, points_in, ward_cells
from whatworks.simulation.society.places import BOROUGHS, VINTAGE, WARDS_EACH, area_frame, borough_codes, ward_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

MONTHS = 24
KINDS = {"asb": 3.0, "burglary": 1.2, "violence": 1.5}
"""Incidents a ward and month, where nothing is planted."""
HOT = (17, 18, 21, 22, 16, 20)
"""Places of the hot wards: the west of the third borough, with four times the disorder."""
HOT_BY = 4.0
RISING, RISES_BY, RISING_MONTHS = 60, 5.0, 3
SILENT_BOROUGH, SILENT_MONTHS = 6, (8, 9)
COUNCIL_TOO, HEALTH_TOO = 0.30, 0.25
"""Shares of police reports of disorder, and of violence, that the council, and health, report too."""
REPEATS = 0.25
"""The share of burglaries that a second follows within three days and eighty metres."""
WITHOUT_ACTIVITY = (18, 22)
"""Hot wards where nobody works."""
UNHEARD, UNHEARD_BY = 90, 0.15
"""A ward of high need from which few report."""


def ground_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `area_boundary`, `incident` and `activity`."""
    rng, first = stream(world.seed, "places"), first_month(world)
    police = _happened(rng, first)
    reports = [police, *_reported_too(rng, police, first)]
    return {"area_boundary": borough_boundaries(), "incident": pl.concat(reports), "activity": _activities(rng, first)}


def first_month(world: World) -> datetime:
    """Return the first moment of the months that are made up: 24, the last of them that of the extracts."""
    as_at = world.settings.as_at
    months = as_at.year * 12 + as_at.month - MONTHS
    return datetime(months // 12, months % 12 + 1, 1)


def month_start(first: datetime, month: int) -> datetime:
    """Return the first moment of a month, counted from the first.

    >>> month_start(datetime(2023, 7, 1), 8)
    datetime.datetime(2024, 3, 1, 0, 0)
    """
    months = first.year * 12 + first.month - 1 + month
    return datetime(months // 12, months % 12 + 1, 1)


def _rates(kind: str) -> Floats:
    """Return the incidents expected by ward and month: as many a resident everywhere, but for what is planted."""
    people = area_frame()["population"].tail(len(BOROUGHS) * WARDS_EACH).to_numpy()
    wards = KINDS[kind] * people / people.mean()
    rates: Floats = np.repeat(wards[:, None], MONTHS, axis=1)
    if kind == "asb":
        rates[list(HOT)] *= HOT_BY
        rates[RISING, -RISING_MONTHS:] *= RISES_BY
    rates[UNHEARD] *= UNHEARD_BY
    return rates


def _happened(rng: np.random.Generator, first: datetime) -> pl.DataFrame:
    """Return what police hold."""
    parts = []
    for kind in KINDS:
        counts = rng.poisson(_rates(kind))
        ward = np.repeat(np.repeat(np.arange(counts.shape[0]), MONTHS), counts.ravel())
        month = np.repeat(np.tile(np.arange(MONTHS), counts.shape[0]), counts.ravel())
        point, times = points_in(ward, rng), _times(rng, month, kind, first)
        if kind == "burglary":
            again = np.flatnonzero(rng.random(len(ward)) < REPEATS)
            ward, point = (
                np.r_[ward, ward[again]],
                np.vstack([point, point[again] + rng.integers(-56, 57, (again.size, 2))]),
            )
            times += [times[at] + timedelta(hours=float(rng.uniform(2, 70))) for at in again]
        spans = (
            rng.choice([0, 30, 240], len(ward), p=[0.6, 0.3, 0.1])
            if kind != "burglary"
            else rng.integers(1, 720, len(ward))
        )
        parts.append(_frame("police", kind, ward, point, times, [int(one) for one in spans]))
    frame = pl.concat(parts).sort("from_time", "area_code", "kind")
    end = month_start(first, MONTHS)
    frame = frame.filter(pl.coalesce("to_time", "from_time") < end)
    number = pl.Series("incident_id", [f"PI{at:07d}" for at in range(1, frame.height + 1)])
    shared = (rng.random(frame.height) < 0.5).tolist()
    refs = [f"CAD{at:07d}" if one else None for at, one in enumerate(shared, start=1)]
    return frame.with_columns(number, pl.Series("incident_ref", refs, dtype=pl.String))


def _times(rng: np.random.Generator, month: Ints, kind: str, first: datetime) -> list[datetime]:
    starts = [month_start(first, at) for at in range(MONTHS + 1)]
    days = [(starts[at + 1] - starts[at]).days for at in range(MONTHS)]
    late = rng.random(len(month)) < (0.6 if kind == "asb" else 0.0)
    found = []
    for at, evening in zip(month.tolist(), late.tolist(), strict=True):
        day = starts[at] + timedelta(days=int(rng.integers(days[at])))
        if evening:  # disorder comes on Friday and Saturday evenings
            day += timedelta(days=(4 + int(rng.integers(2)) - day.weekday()) % 7)
            day -= timedelta(days=7) if day >= starts[at + 1] else timedelta(0)
        hour = 18 + int(rng.integers(6)) if evening else int(rng.integers(24))
        found.append(day + timedelta(hours=hour, minutes=int(rng.integers(60))))
    return found


def _frame(
    agency: str, kind: str, ward: Ints, point: Floats, times: list[datetime], minutes: list[int]
) -> pl.DataFrame:
    ends = [one + timedelta(minutes=span) if span else None for one, span in zip(times, minutes, strict=True)]
    return pl.DataFrame(
        {
            "organisation_id": [agency] * len(times),
            "kind": [kind] * len(times),
            "from_time": times,
            "to_time": ends,
            "easting": point[:, 0],
            "northing": point[:, 1],
            "area_code": pl.Series(ward_codes()).gather(ward),
        },
        schema_overrides={"from_time": pl.Datetime("us"), "to_time": pl.Datetime("us")},
    )


def _reported_too(rng: np.random.Generator, police: pl.DataFrame, first: datetime) -> list[pl.DataFrame]:
    """Return what council and health report of the same incidents, a little later and a little off."""
    found = []
    silent_wards = ward_codes()[SILENT_BOROUGH * WARDS_EACH : (SILENT_BOROUGH + 1) * WARDS_EACH]
    silent_months = [month_start(first, month) for month in SILENT_MONTHS]
    for agency, kind, share, letter in (("council", "asb", COUNCIL_TOO, "C"), ("health", "violence", HEALTH_TOO, "H")):
        rows = police.filter((pl.col("kind") == kind) & pl.Series(rng.random(police.height) < share))
        late = pl.Series(rng.integers(1, 25, rows.height)) * pl.lit(timedelta(minutes=1))
        off = rng.integers(-20, 21, (2, rows.height))
        rows = rows.with_columns(
            organisation_id=pl.lit(agency),
            from_time=pl.col("from_time") + late,
            to_time=pl.lit(None, pl.Datetime("us")),
            easting=pl.col("easting") + pl.Series(off[0]),
            northing=pl.col("northing") + pl.Series(off[1]),
            incident_id=pl.format("{}R{}", pl.lit(letter), pl.col("incident_id").str.slice(2)),
        ).filter(pl.col("from_time") < month_start(first, MONTHS))
        if agency == "council":
            month = pl.col("from_time").dt.truncate("1mo")
            rows = rows.filter(~pl.col("area_code").is_in(silent_wards) & ~month.is_in(silent_months))
        found.append(rows)
    return found


def _activities(rng: np.random.Generator, first: datetime) -> pl.DataFrame:
    """Return patrols and wardens of the last year: everywhere but in two hot wards."""
    column, _ = ward_cells()
    rows: list[dict[str, Any]] = []
    for ward in range(len(column)):
        number = 0 if ward in WITHOUT_ACTIVITY else 4 + int(rng.poisson(8 if ward in HOT else 4))
        for _ in range(number):
            start = month_start(first, 12 + int(rng.integers(12))) + timedelta(hours=int(rng.integers(14, 660)))
            agency, kind = (("police", "patrol"), ("council", "wardens"))[int(rng.random() < 0.4)]
            rows.append(
                {
                    "organisation_id": agency,
                    "activity_id": f"A{len(rows) + 1:06d}",
                    "kind": kind,
                    "about_kind": "asb",
                    "from_time": start,
                    "to_time": start + timedelta(hours=int(rng.integers(2, 8))),
                    "area_code": ward_codes()[ward],
                }
            )
    return pl.DataFrame(rows, schema_overrides={"from_time": pl.Datetime("us"), "to_time": pl.Datetime("us")})


def ground_truth(world: World) -> dict[str, Any]:
    """Return what is true: hot wards, the one that rises, who is silent where and when, shares reported twice."""
    codes, first = ward_codes(), first_month(world)
    return {
        "vintage": VINTAGE,
        "hot_wards_of_asb": [codes[at] for at in HOT],
        "hot_by": HOT_BY,
        "rising_ward_of_asb": codes[RISING],
        "rises_from": month_start(first, MONTHS - RISING_MONTHS).date(),
        "council_silent": {
            "borough": borough_codes()[SILENT_BOROUGH],
            "months": [month_start(first, month).date() for month in SILENT_MONTHS],
        },
        "reported_by_council_too": COUNCIL_TOO,
        "reported_by_health_too": HEALTH_TOO,
        "near_repeats_of_burglary": REPEATS,
        "hot_wards_without_activity": [codes[at] for at in WITHOUT_ACTIVITY],
        "few_report_from": codes[UNHEARD],
    }
