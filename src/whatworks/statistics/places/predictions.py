"""How well a map that was made before the month did (PAI, Chainey 2008; PEI, Hunt 2016; RRI, Levine 2008)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.records.refusal import Refused


@dataclass(frozen=True, slots=True)
class PredictionScores:
    """Scores of the first 1, 2, 3 ... areas of the map, in the order predicted, ties as they came.

    `hit_rate_index` (PAI) is the share of events caught over the share of areas; `efficiency` (PEI) that over the
    best that so many areas could have caught; `predicted_over_observed` the cumulative share predicted over that
    observed, which one package calls RRI; `recapture` the published recapture rate index, events now over events then
    in the same areas, against the same of all.
    """

    hit_rate_index: tuple[float, ...]
    efficiency: tuple[float, ...]
    predicted_over_observed: tuple[float, ...]
    recapture: tuple[float, ...]


def prediction_scores(predicted: Sequence[float], observed: Sequence[float]) -> PredictionScores:
    """Return the scores of a map: what it predicted for each area, and what then happened there.

    >>> found = prediction_scores([3, 2, 1], [6, 3, 0])
    >>> found.hit_rate_index, found.efficiency
    ((2.0, 1.5, 1.0), (1.0, 1.0, 1.0))
    >>> [round(one, 4) for one in found.recapture]
    [1.3333, 1.2, 1.0]
    """
    then, now = np.asarray(predicted, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if then.size != now.size or not then.size or (then < 0).any() or (now < 0).any() or not now.sum() or not then.sum():
        raise Refused("a map is scored on what it predicted and what happened", "give both for every area")
    order = np.argsort(-then, kind="stable")
    caught, best = np.cumsum(now[order]), np.cumsum(np.sort(now)[::-1])
    share = np.arange(1, then.size + 1) / then.size
    foreseen = np.cumsum(then[order])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = foreseen / caught
        again = (caught / foreseen) / (now.sum() / then.sum())
    return PredictionScores(
        tuple(map(float, caught / now.sum() / share)),
        tuple(map(float, caught / best)),
        tuple(map(float, ratio)),
        tuple(map(float, again)),
    )
