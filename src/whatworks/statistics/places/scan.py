"""Where events crowd into a circle more than people do (Kulldorff's circular scan, Poisson, 1997)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats

DRAWS, SEED = 999, 1


@dataclass(frozen=True, slots=True)
class Cluster:
    """The circle least likely by chance: `areas` by place, from the middle out. `p` is over all circles at once."""

    areas: tuple[int, ...]
    observed: float
    expected: float
    ratio: float
    """The log likelihood ratio."""
    p: float
    draws: int


def circular_scan(
    events: Floats, people: Floats, centres: Floats, *, largest: float = 0.5, draws: int = DRAWS, seed: int = SEED
) -> Cluster:
    """Return the most likely cluster of events among areas with so many people (or whatever may suffer an event).

    A circle grows around each centre (x, y in metres) area by area, nearest first, as long as it holds at most the
    share `largest` of all people: without that cap a circle of nearly everything may win, so it is always said.

    >>> centres = np.column_stack([np.arange(20.0), np.zeros(20)])
    >>> found = circular_scan(np.r_[np.full(17, 5.0), 20, 20, 20], np.full(20, 100.0), centres, draws=99)
    >>> sorted(found.areas), found.p
    ([17, 18, 19], 0.01)
    """
    x, n = np.asarray(events, dtype=np.float64), np.asarray(people, dtype=np.float64)
    if not (np.isfinite(x).all() and np.isfinite(n).all()) or (x < 0).any() or (n < 0).any() or x.sum() <= 0:
        raise Refused("a scan needs events and people of every area", "leave out the areas that are not known")
    if n.sum() <= 0 or ((x > 0) & (n == 0)).any():
        raise Refused("events lie in areas without people", "give each area its people, or scan counts over areas")
    distance = np.hypot(centres[:, :1] - centres[:, 0], centres[:, 1:] - centres[:, 1])
    order = np.argsort(distance, axis=1, kind="stable")
    inside = np.cumsum(n[order], axis=1) <= largest * n.sum() + 1e-9
    share = np.cumsum(n[order], axis=1) / n.sum()
    best = _ratios(x, order, share, inside)
    centre, last = np.unravel_index(int(np.argmax(best)), best.shape)
    highest = float(best[centre, last])
    rng = np.random.default_rng(seed)
    thrown = rng.multinomial(round(float(x.sum())), n / n.sum(), draws).astype(np.float64)
    beaten = sum(float(_ratios(one, order, share, inside).max()) >= highest - 1e-9 for one in thrown)
    areas = tuple(int(at) for at in order[centre, : last + 1])
    expected = float(share[centre, last] * x.sum())
    return Cluster(areas, float(x[list(areas)].sum()), expected, highest, (beaten + 1) / (draws + 1), draws)


def _ratios(x: Floats, order: npt.NDArray[np.int64], share: Floats, inside: npt.NDArray[np.bool_]) -> Floats:
    """Return the log likelihood ratio of every circle; zero where it holds no more than expected, or too many."""
    total = x.sum()
    held = np.cumsum(x[order], axis=1)
    expected = share * total
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.where(held > 0, held * np.log(held / expected), 0.0)
        without = np.where(total > held, (total - held) * np.log((total - held) / (total - expected)), 0.0)
    found: Floats = np.where(inside & (held > expected), within + without, 0.0)
    return found
