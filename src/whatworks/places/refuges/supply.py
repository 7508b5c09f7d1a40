"""How many places there are beside the standard and within reach, and where more would stand best: away from home."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from whatworks.money.recharge.business_case import PEOPLE_PER_PLACE, Supply
from whatworks.money.recharge.terms_file import UNITS
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.location.access import Floats, check_amounts, floating_catchment
from whatworks.statistics.location.p_median import Median, p_median

FAMILY_PLACE = "family_place"
"""The one unit that the standard is in: one family place for 10,000 people (1975)."""


def beside_standard(places: Mapping[str, int], people: Mapping[str, int], units: str) -> tuple[Supply, ...]:
    """Return each borough's family places beside the standard of one for 10,000 people; other units are refused.

    A borough that is not named in `places` provides none; one whose residents are not known is refused by name.

    >>> [str(one.short) for one in beside_standard({"A": 6}, {"A": 85_000}, "family_place")]
    ['5/2']
    >>> beside_standard({"A": 6}, {"A": 85_000}, "bed_space")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: units "bed_space": cannot be held to the standard, which is one family place \
for 10,000 people; count family places (in England in 1998/99, 7,215 bed spaces were 2,715 household places)
    """
    faults = []
    if units != FAMILY_PLACE:
        problem = f"cannot be held to the standard, which is one family place for {PEOPLE_PER_PLACE:,} people"
        faults.append(Fault(problem, f"count family places {UNITS[UNITS.index('(') :]}", field="units", value=units))
    lacking = [code for code in dict.fromkeys([*places, *people]) if not people.get(code)]
    faults += [Fault("has no residents", "give its population", field="borough", value=code) for code in lacking]
    if faults:
        raise Refused(faults)
    counts = check_amounts([places.get(code, 0) for code in people], "places", whole=True)
    return tuple(Supply(code, int(people[code]), int(held)) for code, held in zip(people, counts, strict=True))


def within_reach(
    people: npt.ArrayLike, places: npt.ArrayLike, kilometres: npt.ArrayLike, nearest: float, farthest: float
) -> Floats:
    """Return the places for 10,000 people of each borough that lie at least `nearest` and at most `farthest` away.

    Places that nobody may use for being too near to everybody are in no borough's figure.

    >>> within_reach([20_000, 20_000], [4, 0], [[0, 9], [9, 0]], 5, 20).tolist()
    [0.0, 2.0]
    """
    away = np.asarray(kilometres, dtype=np.float64)
    return PEOPLE_PER_PLACE * floating_catchment(people, places, (away >= nearest) & (away <= farthest))


def more_places(
    need: npt.ArrayLike,
    kilometres: npt.ArrayLike,
    codes: Sequence[str],
    sites: int,
    nearest: float,
    excluded: Collection[str],
) -> Median:
    """Return the host boroughs where more places would lie least far from the need, none nearer than `nearest` to it.

    An excluded borough that is not one of the `codes` is refused: it would exclude nothing.

    >>> more_places([9, 1, 0], [[0, 8, 20], [8, 0, 12], [20, 12, 0]], ["A", "B", "C"], 1, 5, ["B"]).sites
    (2,)
    """
    unknown = [code for code in excluded if code not in codes]
    if unknown:
        remedy = "use the code of a borough of the records"
        raise Refused([Fault("is not a borough", remedy, field="siting.excluded", value=code) for code in unknown])
    out = np.isin(np.array(codes), list(excluded))
    return p_median(need, kilometres, sites, minimum=nearest, excluded=out)


def distances(centres: npt.ArrayLike) -> Floats:
    """Return the kilometres between boroughs, from their centroids in metres.

    >>> distances([[0, 0], [3000, 4000]])[0].tolist()
    [0.0, 5.0]
    """
    at = np.asarray(centres, dtype=np.float64)
    result: Floats = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) / 1000
    return result
