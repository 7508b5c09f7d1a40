"""Was the scheme given to areas, or to people? What people's areas say of who was in it."""

from dataclasses import dataclass

import polars as pl

MOSTLY_THE_AREA = 0.8
HALF = 0.5


@dataclass(frozen=True, slots=True)
class GivenByArea:
    """How far the area decides who was in the scheme.

    `r_squared` is that of treatment on area, over people whose area is known; `own` the share of the treated in whose
    own area somebody could be a comparison.
    """

    r_squared: float
    own: float

    @property
    def holds(self) -> bool:
        """Whether the scheme counts as given by area: R squared of 0.8 or more, or under half with one of their own."""
        return self.r_squared >= MOSTLY_THE_AREA or self.own < HALF


def given_by_area(people: pl.DataFrame) -> GivenByArea:
    """Return what `area` (null where not known) says of `treated`, over everybody eligible.

    >>> people = pl.DataFrame({"treated": [True, True, False, False], "area": ["A", "A", "B", "A"]})
    >>> found = given_by_area(people)
    >>> round(found.r_squared, 3), found.own, found.holds
    (0.333, 1.0, False)
    """
    known = people.filter(pl.col("area").is_not_null()).select("area", pl.col("treated").cast(pl.Int64))
    ours = int(known["treated"].sum())
    if not 0 < ours < known.height:
        return GivenByArea(0.0, 1.0)
    areas = known.group_by("area").agg(pl.len().alias("people"), pl.col("treated").sum()).sort("area")
    mean = ours / known.height
    between = areas.select((pl.col("treated") ** 2 / pl.col("people")).sum()).item() - known.height * mean**2
    alone = int(areas.filter(pl.col("treated") == pl.col("people"))["treated"].sum())
    return GivenByArea(float(between) / (known.height * mean * (1 - mean)), 1 - alone / ours)
