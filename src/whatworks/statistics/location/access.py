"""Access to a service by floating catchment: how much supply there is for each unit of demand within reach."""

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused

Floats = npt.NDArray[np.float64]
ROUNDS = 10_000
CLOSE = 1e-10


def check_amounts(values: npt.ArrayLike, field: str, *, whole: bool = False) -> Floats:
    """Return amounts as an array; refuse one that is negative, not finite or (`whole`) a part of one, by its place.

    >>> check_amounts([3, 0], "need").tolist()
    [3.0, 0.0]
    >>> check_amounts([3, -1, 0.5], "need", whole=True)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: row 2, need "-1": is negative; correct it: nothing is less than none
    row 3, need "0.5": is a part of one; correct it: counts are whole numbers
    """
    amounts = np.asarray(values, dtype=np.float64)
    rules = [
        (~np.isfinite(amounts), "is not a finite number", "correct it, or leave the row out"),
        (amounts < 0, "is negative", "correct it: nothing is less than none"),
    ]
    if whole:
        rules.append((amounts != np.floor(amounts), "is a part of one", "correct it: counts are whole numbers"))
    faults: dict[int, Fault] = {}
    for wrong, problem, remedy in rules:
        for at in np.flatnonzero(wrong).tolist():
            faults.setdefault(at, Fault(problem, remedy, None, at + 1, field, f"{amounts[at]:g}"))
    if faults:
        raise Refused([faults[at] for at in sorted(faults)])
    return amounts


def floating_catchment(demand: npt.ArrayLike, supply: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Return the supply for each unit of demand, by two-step floating catchment (2SFCA; Luo and Wang 2003).

    `weights[i, j]` says how well demand i reaches supply j, from 0 to 1: 1 within a distance and 0 beyond it, or
    `gaussian`. Each site's supply is divided by the demand that it draws, then summed over the sites within reach.
    Supply that somebody reaches is used up: the sum of access times demand is the supply.

    >>> near = [[1, 0], [1, 1], [0, 1]]
    >>> floating_catchment([100, 100, 100], [10, 10], near).tolist()
    [0.05, 0.1, 0.05]
    """
    wanted, held = check_amounts(demand, "demand"), check_amounts(supply, "supply")
    reach = np.asarray(weights, dtype=np.float64)
    drawn = wanted @ reach
    ratio = np.divide(held, drawn, out=np.zeros_like(held), where=drawn > 0)
    result: Floats = reach @ ratio
    return result


def gaussian(distance: npt.ArrayLike, sigma: float) -> Floats:
    """Return the weights of distances, exp(-d^2 / 2 sigma^2): 1 at no distance, 0 at an infinite one.

    >>> gaussian([0.0, 1.0], 1.0).round(5).tolist()
    [1.0, 0.60653]
    """
    result: Floats = np.exp(-(np.asarray(distance, dtype=np.float64) ** 2) / (2 * sigma**2))
    return result


def raam(demand: npt.ArrayLike, supply: npt.ArrayLike, distance: npt.ArrayLike, tau: float) -> Floats:
    """Return the cost of access by the rational agent model (RAAM; Saxon and Snow 2020): lower is better.

    The cost of a site is its demand for each unit of supply, over that of all together, plus its distance over `tau`
    (the distance that is worth a doubling of the crowd). Everybody takes the cheapest until nobody would do better to
    change; an infinite distance is never taken. Demand that reaches nothing has an infinite cost.

    >>> raam([100, 100, 100], [10, 10], [[0, 2], [1, 1], [2, 0]], 60).round(6).tolist()
    [1.0, 1.016667, 1.0]
    """
    wanted, held = check_amounts(demand, "demand"), check_amounts(supply, "supply")
    travel = np.where(held > 0, np.asarray(distance, dtype=np.float64) / tau, np.inf)
    if not held.sum():
        return np.full(len(wanted), np.inf)
    crowding = np.divide(held.sum(), held * wanted.sum(), out=np.zeros_like(held), where=held * wanted.sum() > 0)
    takes = np.zeros_like(travel)
    for _ in range(ROUNDS):
        moved = 0.0
        for at in np.flatnonzero(wanted > 0):
            others = takes.sum(axis=0) - takes[at]
            best = _fill(wanted[at], others * crowding + travel[at], crowding)
            moved = max(moved, float(np.abs(best - takes[at]).max() / wanted[at]))
            takes[at] = best
        if moved < CLOSE:
            break
    result: Floats = (takes.sum(axis=0) * crowding + travel).min(axis=1)
    return result


def _fill(amount: float, costs: Floats, slopes: Floats) -> Floats:
    """Return how an amount divides over sites whose costs rise with it by `slopes`, so that none taken is dearer."""
    order = np.argsort(costs, kind="stable")
    order = order[np.isfinite(costs[order])]
    if not len(order):
        return np.zeros_like(costs)
    room = 1 / slopes[order]
    level = (amount + np.cumsum(room * costs[order])) / np.cumsum(room)
    last = int(np.flatnonzero(level >= costs[order])[-1])
    found = np.zeros_like(costs)
    taken = order[: last + 1]
    found[taken] = np.maximum((level[last] - costs[taken]) * room[: last + 1], 0.0)
    return found
