"""Which sites make the way of all demand shortest, where the nearest may be too near: the p-median, exactly."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.location.access import Floats, check_amounts
from whatworks.statistics.location.covering import least_cover


@dataclass(frozen=True, slots=True)
class Median:
    """The chosen `sites` in order, the site of each demand (`assigned`), and the mean `distance` of demand."""

    sites: tuple[int, ...]
    assigned: npt.NDArray[np.int64]
    distance: float


def p_median(
    demand: npt.ArrayLike,
    distance: npt.ArrayLike,
    sites: int,
    *,
    minimum: float = 0.0,
    excluded: npt.ArrayLike | None = None,
) -> Median:
    """Return the `sites` columns of `distance[demand, site]` whose sum of demand times distance is least.

    Nobody is assigned to a site nearer than `minimum` (a place of safety is away from home), and none of the `excluded`
    columns is chosen. Rows without demand are assigned to nothing (-1). Refused where no site is left to somebody, or
    where more sites are needed so that all have one: the fewest that do are named.

    >>> found = p_median([10, 1], [[0, 4, 9], [4, 0, 3]], 1, minimum=1)
    >>> found.sites, found.assigned.tolist(), round(found.distance, 3)
    ((2,), [2, 2], 8.455)
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    weights, away = check_amounts(demand, "demand"), np.asarray(distance, dtype=np.float64)
    open_to = (away >= minimum) & np.isfinite(away)
    if excluded is not None:
        open_to[:, np.asarray(excluded, dtype=bool)] = False
    wanted = np.flatnonzero(weights > 0)
    _check(open_to, wanted, sites)
    columns = np.flatnonzero(open_to.any(axis=0))
    rows, taken = np.nonzero(open_to[np.ix_(wanted, columns)])
    pairs, width, people = len(rows), len(columns), len(wanted)
    worth = weights[wanted][rows] * away[wanted[rows], columns[taken]]
    solved: Any = milp(
        np.concatenate([worth, np.zeros(width)]),
        constraints=LinearConstraint(_rows(rows, taken, people, width), *_ends(pairs, people, sites)),
        integrality=np.concatenate([np.zeros(pairs), np.ones(width)]),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if not solved.success:
        fewest = len(least_cover(open_to[np.ix_(wanted, columns)]))
        remedy = f"allow {fewest} sites, a shorter minimum distance, or fewer excluded places"
        raise Refused(Fault("cannot serve all demand at the minimum distance", remedy, field="sites", value=str(sites)))
    chosen = columns[np.rint(solved.x[pairs:]).astype(bool)]
    return _assign(weights, away, open_to, chosen)


def _rows(rows: npt.NDArray[np.intp], taken: npt.NDArray[np.intp], people: int, width: int) -> Any:
    """Return the constraints: each demand is assigned once, only to what is chosen, and so many are chosen."""
    from scipy.sparse import csr_array

    pairs = len(rows)
    each = np.arange(pairs)
    below = people + each
    at = np.concatenate([rows, below, below, np.full(width, people + pairs)])
    column = np.concatenate([each, each, pairs + taken, pairs + np.arange(width)])
    value = np.concatenate([np.ones(2 * pairs), -np.ones(pairs), np.ones(width)])
    return csr_array((value, (at, column)), shape=(people + pairs + 1, pairs + width))


def _ends(pairs: int, people: int, sites: int) -> tuple[Floats, Floats]:
    return (
        np.concatenate([np.ones(people), np.full(pairs, -np.inf), [sites]]),
        np.concatenate([np.ones(people), np.zeros(pairs), [sites]]),
    )


def _check(open_to: npt.NDArray[np.bool_], wanted: npt.NDArray[np.intp], sites: int) -> None:
    width = int(open_to.any(axis=0).sum())
    if not len(wanted):
        raise Refused(Fault("are all zero", "give demand of some place, or leave the siting out", field="demand"))
    if not 1 <= sites <= width:
        problem, remedy = f"is not between 1 and the {width} sites that are open", "choose another number of sites"
        if not width:
            problem, remedy = "has no feasible site", "shorten the minimum distance, or exclude fewer places"
        raise Refused(Fault(problem, remedy, field="sites", value=str(sites)))
    alone = [int(at) + 1 for at in wanted if not open_to[at].any()]
    if alone:
        raise Refused(
            [
                Fault("has no feasible site", "shorten the minimum distance, or exclude fewer places", row=at)
                for at in alone
            ]
        )


def _assign(weights: Floats, away: Floats, open_to: npt.NDArray[np.bool_], chosen: npt.NDArray[np.intp]) -> Median:
    allowed = np.where(open_to[:, chosen], away[:, chosen], np.inf)
    nearest = allowed.argmin(axis=1)
    assigned = np.where(weights > 0, chosen[nearest], -1).astype(np.int64)
    travelled = np.where(weights > 0, allowed[np.arange(len(weights)), nearest], 0.0)
    return Median(tuple(int(one) for one in chosen), assigned, float(weights @ travelled / weights.sum()))
