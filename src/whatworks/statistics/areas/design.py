"""The areas of an evaluation: which had the scheme, how else it could have been given, and what that can ever show."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.areas.assignments import Assignments, assignments
from whatworks.statistics.areas.given import GivenByArea
from whatworks.statistics.arrays import Flags, Ints

FIELD = "comparison.area_strata"


@dataclass(frozen=True, slots=True)
class AreaDesign:
    """Each unit's area (`codes`, -1 where not known) and what is known of every area.

    `given` are the areas with the scheme: those at least half of whose eligible people were in it. `strata` are those
    within which areas were chosen (pairs, for one), or None. `seed` draws ways where they are too many to list.
    """

    codes: Ints
    given: Flags
    strata: Ints | None
    by_area: GivenByArea
    seed: int = 1

    @property
    def ways(self) -> Assignments | None:
        """All ways in which the scheme could have been given; None where one side has no area."""
        return self.ways_of(np.arange(len(self.given)))

    def ways_of(self, areas: npt.NDArray[np.intp]) -> Assignments | None:
        """Return the ways of giving the scheme to some of the areas only; None where one side has none of them."""
        given = self.given[areas]
        if given.all() or not given.any():
            return None
        strata = None if self.strata is None else tuple(self.strata[areas].tolist())
        return assignments(tuple(given.tolist()), strata, self.seed)

    @property
    def counts(self) -> tuple[int, int]:
        """How many areas had the scheme, and how many had not."""
        return int(self.given.sum()), int((~self.given).sum())


def area_design(
    people: pl.DataFrame, by_area: GivenByArea, strata: Mapping[str, str] | None = None, seed: int = 1
) -> AreaDesign:
    """Return the areas of `people` (`area`, `treated`), in the order of their names.

    `strata` says of every area in which pair or stratum it was chosen.

    >>> from whatworks.statistics.areas.given import given_by_area
    >>> people = pl.DataFrame({"treated": [True, True, False, False, False], "area": ["A", "B", "C", "D", None]})
    >>> design = area_design(people, given_by_area(people))
    >>> design.counts, design.ways.smallest_p, design.codes.tolist()
    ((2, 2), 0.3333333333333333, [0, 1, 2, 3, -1])
    """
    names = people["area"].drop_nulls().unique().sort()
    codes = people["area"].replace_strict(names, range(len(names)), default=-1, return_dtype=pl.Int64).to_numpy()
    told = codes >= 0
    treated = people["treated"].to_numpy()
    of_area = np.bincount(codes[told], minlength=len(names))
    given = 2 * np.bincount(codes[told], treated[told], minlength=len(names)) >= of_area
    return AreaDesign(codes, given, _strata(names.to_list(), strata or {}), by_area, seed)


def _strata(names: list[str], strata: Mapping[str, str]) -> Ints | None:
    if not strata:
        return None
    remedy = "name every area in which people live, and the pair or stratum that it was chosen in"
    faults = [Fault("has no stratum", remedy, field=FIELD, value=name) for name in names if name not in strata]
    faults += [Fault("is nobody's area", remedy, field=FIELD, value=name) for name in strata if name not in names]
    if faults:
        raise Refused(faults)
    return np.unique([strata[name] for name in names], return_inverse=True)[1].astype(np.int64)
