"""Where incidents crowd by more than chance: Gi*, false discoveries held; a scan; near repeats; hours of the week."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.places.areas import NOWHERE, Areas
from whatworks.places.incidents import FINE, Incidents, Totals
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.places.aoristic import WeekHours, aoristic
from whatworks.statistics.places.getis_ord import LocalStatistics, getis_ord
from whatworks.statistics.places.near_repeats import NearRepeats, near_repeats
from whatworks.statistics.places.scan import Cluster, circular_scan

FEWEST = 100
"""Near repeats and hours are told of at least so many incidents."""
PER = 1000
BLOCK = 4
"""Hours that stand together in a table."""
REPEAT_DRAWS = 199


@dataclass(frozen=True)
class HotSpots:
    """The answer for one kind of incident (None: all). `areas` are those known, in the order of the statistics.

    `per_people` says whether the measure is incidents per 1,000 residents, or a count. What the data are too coarse for
    is None, with the reason beside.
    """

    incidents: Incidents
    kind: str | None
    totals: Totals
    areas: Areas
    measure: NDArray[np.float64]
    per_people: bool
    local: LocalStatistics
    cluster: Cluster
    largest: float
    repeats: NearRepeats | str
    repeats_of: str
    hours: WeekHours | str

    @property
    def behind(self) -> dict[str, pl.DataFrame]:
        """The incidents (`unit`) behind the hours, each in the block of its start, and behind other figures."""
        inside = self.incidents.distinct(self.kind).filter(pl.col("area") != NOWHERE)
        fine = _fine(inside)
        start, turned = pl.col("from_time"), (pl.col("to_time") < pl.col("from_time")).fill_null(False)
        block = (start.dt.weekday() - 1).cast(pl.String) + " " + (start.dt.hour() // BLOCK).cast(pl.String)
        codes = [self.areas.codes[at] for at in self.cluster.areas]
        circle = [at for at, code in enumerate(self.incidents.areas.codes) if code in codes]
        other = {"reversed": fine.filter(turned), "circle": inside.filter(pl.col("area").is_in(circle)),
                 "repeats": inside.filter(pl.col("organisation_id") == self.repeats_of)}  # fmt: skip
        return {
            "hours": fine.filter(~turned).select("unit", cell=block),
            "figures": pl.concat([rows.select("unit", cell=pl.lit(name)) for name, rows in other.items()]),
        }


def hot_spots(
    incidents: Incidents, kind: str | None = None, *, largest: float = 0.5, draws: int = 999, seed: int = 1
) -> HotSpots:
    """Return the areas amid more incidents per resident than chance puts together, and the finer findings.

    Residents are asked of table `area`; where any is missing, counts are compared instead, and that is said.
    `largest` is the share of all residents (or areas) that the scan's circle may hold.
    """
    if not 0 < largest <= 1:
        raise Refused(Fault("is not a share", "write one above 0, at most 1", field="largest", value=f"{largest:g}"))
    totals = incidents.totals(kind)
    areas = incidents.areas.only(totals.known)
    counts = totals.values[totals.known]
    per_people = bool((areas.people > 0).all())
    measure = PER * counts / areas.people if per_people else counts
    base = areas.people if per_people else np.ones(len(areas))
    repeats, of = _repeats(incidents, kind, min(draws, REPEAT_DRAWS), seed)
    return HotSpots(
        incidents,
        kind,
        totals,
        areas,
        measure,
        per_people,
        getis_ord(measure, areas.neighbours.links),
        circular_scan(counts, base, areas.centres, largest=largest, draws=draws, seed=seed),
        largest,
        repeats,
        of,
        _hours(incidents, kind),
    )


def _repeats(incidents: Incidents, kind: str | None, draws: int, seed: int) -> tuple[NearRepeats | str, str]:
    """Return near repeats among the reports of one agency, or why the data are too coarse for them.

    One agency's, since two agencies' reports of one incident would be a repeat that never happened.
    """
    rows = incidents.distinct(kind).filter(pl.col("area") != NOWHERE)
    if rows.is_empty():
        return "no incident lies in the areas", ""
    agency = str(rows["organisation_id"].mode().sort()[0])
    rows = rows.filter(organisation_id=agency)
    coarse = int((rows["time_precision"] == "month").sum())
    moved = int(((rows["place_precision"] == "snapped") | (rows["place_precision"] == "area")).sum())
    if coarse or moved:
        what = "days are not known" if coarse else "points were moved to published places"
        return f"{what}, and near repeats need days and places as recorded", agency
    rows = rows.filter(pl.col("x").is_finite() & pl.col("y").is_finite())
    if rows.height < FEWEST:
        return f"fewer than {FEWEST} incidents have a point and a day", agency
    first = rows["from_time"].dt.date().min()
    days = (rows["from_time"].dt.date() - first).dt.total_days().to_list()
    try:
        found = near_repeats(days, rows["x"].to_list(), rows["y"].to_list(), draws=draws, seed=seed)
    except Refused as refused:
        return str(refused.faults[0].problem), agency
    return found, agency


def _hours(incidents: Incidents, kind: str | None) -> WeekHours | str:
    rows = incidents.distinct(kind).filter(pl.col("area") != NOWHERE)
    fine = _fine(rows)
    if fine.height < FEWEST:
        return f"fewer than {FEWEST} incidents have a time of day"
    return aoristic(list(zip(fine["from_time"], fine["to_time"], strict=True)))


def _fine(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("time_precision").fill_null("minute").is_in(FINE))
