"""The need that cameras could see: incidents where they happened, in the hours that matter."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.places.cameras.terms import CameraTerms
from whatworks.places.gaps import silences
from whatworks.places.incidents import FINE, Incidents
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.location.access import Floats
from whatworks.statistics.places.aoristic import aoristic


@dataclass(frozen=True, slots=True)
class Need:
    """Places of incidents in metres, a row each, and what each weighs; how many are in no place or at no hour.

    `snapped` says how many stand on a published point near where they happened; `silent` which agency did not send
    what, so that need may be unseen there.
    """

    places: Floats
    weights: Floats
    incidents: int
    no_place: int
    no_hour: int
    snapped: int
    silent: tuple[str, ...] = ()
    units: pl.Series | None = None
    """The incident of each row."""
    behind: pl.DataFrame | None = None
    """The incidents behind each count (`unit`, `cell`); cells overlap."""


def need_of(incidents: Incidents, terms: CameraTerms) -> Need:
    """Return the need of the terms' period: each incident once, though several agencies reported it.

    Where hours matter an incident weighs the share of its span that lies in them (aoristic). One of which only the day
    is known has no hour, and one of which only the area is known has no place: both are counted, and are in no sum.
    """
    rows = incidents.distinct().filter(pl.col("from_time").dt.date().is_between(terms.first_day, terms.last_day))
    if terms.incidents:
        held = set(rows["kind"])
        unknown = [Fault("was not reported in this time", f"use one of {', '.join(sorted(held)[:20])}",
                         field=f"incidents.{kind}") for kind in terms.incidents if kind not in held]  # fmt: skip
        if unknown:
            raise Refused(unknown)
        rows = rows.filter(pl.col("kind").is_in(list(terms.incidents)))
    fine = pl.col("time_precision").fill_null(FINE[0]).is_in(FINE) if terms.hours else pl.lit(True)
    placed = pl.col("x").is_finite() & pl.col("place_precision").fill_null("exact").ne("area")
    kept = rows.filter(fine & placed)
    hours = [24 * day + hour for day in range(7) for hour in terms.hours] or list(range(168))
    spans = kept.select("from_time", "to_time").rows()
    share = [float(aoristic([span]).weights[hours].sum()) for span in spans] if terms.hours else [1.0] * len(spans)
    worth = [terms.incidents.get(kind, 1.0) for kind in kept["kind"]]
    snapped = kept.filter(pl.col("place_precision") == "snapped")
    apart = {"incidents": rows, "no place": rows.filter(~placed), "no hour": rows.filter(placed & ~fine)}
    behind = [of.select("unit", cell=pl.lit(name)) for name, of in (apart | {"snapped": snapped}).items()]
    return Need(
        kept.select("x", "y").to_numpy().astype(np.float64),
        np.array(share) * np.array(worth),
        rows.height,
        apart["no place"].height,
        apart["no hour"].height,
        snapped.height,
        silences(incidents),
        kept["unit"],
        pl.concat(behind),
    )
