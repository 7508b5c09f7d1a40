"""How few areas hold most incidents, how few would by chance, and whether near areas are alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.places.incidents import Incidents, Totals
from whatworks.records.refusal import Refused
from whatworks.statistics.limits.concentration import Concentration, concentration
from whatworks.statistics.places.moran import Moran, morans_i

HALF, MOST = 0.5, 0.8
"""The first areas that hold half of all incidents, and those that hold the next three tenths."""


@dataclass(frozen=True)
class PlaceConcentration:
    """The figures of one kind of incident (None: all). `classes` has each area's class, None: not known.

    Class 0 has no incident, 1 the last fifth of all, 2 the three tenths before, 3 the first half. `moran` is the
    reason where it cannot be told.
    """

    incidents: Incidents
    kind: str | None
    totals: Totals
    figures: Concentration
    classes: tuple[int | None, ...]
    moran: Moran | str


def place_concentration(incidents: Incidents, kind: str | None = None, *, seed: int = 1) -> PlaceConcentration:
    """Return how far incidents crowd into areas, areas that are not known left out and never taken for zero."""
    totals = incidents.totals(kind)
    known = totals.values[totals.known]
    found = concentration([int(count) for count in known], seed=seed)
    moran: Moran | str = "no boundaries are held"
    if incidents.areas.outlines:
        try:
            moran = morans_i(known, incidents.areas.only(totals.known).neighbours.rows_of_one)
        except Refused as refused:
            moran = "; ".join(fault.problem for fault in refused.faults)
    return PlaceConcentration(incidents, kind, totals, found, _classes(totals.values), moran)


def _classes(values: NDArray[np.float64]) -> tuple[int | None, ...]:
    known = np.nan_to_num(values, nan=-1.0)
    order = np.argsort(-known, kind="stable")
    held = np.cumsum(np.maximum(known[order], 0.0)) - np.maximum(known[order], 0.0)
    share = np.empty(values.size)
    share[order] = held / max(float(np.nansum(values)), 1.0)
    found = np.where(share < HALF, 3, np.where(share < MOST, 2, 1))
    found = np.where(known == 0, 0, found)
    return tuple(None if count < 0 else int(one) for one, count in zip(found, known, strict=True))
