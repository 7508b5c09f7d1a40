"""Do the intervals of an overlap hold the truth, and how long does one of a million people take?

Towns are made from arrays: people whom up to four agencies know, records joined by a tree of candidate pairs, each true
with the probability that the model gives it. The truth is one draw of those pairs; the interval is over others. The
time stands beside the bare query that counts the agencies of each linked number in the same rows.
"""

from dataclasses import dataclass

import numpy as np

from whatworks.linkage.doubt.draws import draw_labels
from whatworks.linkage.records_and_pairs import ScoredPairs, record_table
from whatworks.people.overlap import Spread, overlap_of

AGENCIES = ("council", "health", "police", "probation")


@dataclass(frozen=True, slots=True)
class Covered:
    """The shares of towns whose intervals held the truth: at two agencies or more, at all four, and of two lists."""

    several: float
    four: float
    both: float


def town(seed: int, people: int = 300, draws: int = 100) -> tuple[tuple[Spread, int], ...]:
    """Return for a made-up town three numbers by its links, each with the truth beside it."""
    rng = np.random.default_rng(seed)
    agency = np.tile(np.arange(4), people)
    here = rng.random(4 * people) < 0.7
    place = np.cumsum(here) - 1
    left, right = [], []
    for person in range(people):
        own = place[4 * person : 4 * person + 4][here[4 * person : 4 * person + 4]]
        left += own[:-1].tolist()
        right += own[1:].tolist()
    chance = np.where(
        rng.random(len(left)) < 0.6, rng.uniform(0.95, 1.0, len(left)), rng.uniform(0.05, 0.95, len(left))
    )
    agency = agency[here]
    order = np.lexsort((np.arange(len(agency)), agency))
    where = np.argsort(order)
    records = record_table([AGENCIES[code] for code in agency[order]], [f"{at:06}" for at in range(len(agency))])
    pairs = ScoredPairs.sorted_from(where[left], where[right], chance)
    sure, possible = (draw_labels(records, pairs, (pairs.probability >= least) * 1.0, 0) for least in (0.95, 0.3))
    truth = draw_labels(records, pairs, pairs.probability, [seed, 0])
    drawn = (draw_labels(records, pairs, pairs.probability, [seed, 1 + draw]) for draw in range(draws))
    size = len(records)
    found = overlap_of(agency[order], AGENCIES, possible, drawn, sure, possible, size)
    true = overlap_of(agency[order], AGENCIES, truth, [], truth, truth, size)

    def of(one: object) -> tuple[Spread, ...]:
        nothing = Spread(0, 0, 0, 0)
        return (one.several, one.numbers.get(4, nothing), one.pairs[0].shared)  # type: ignore[attr-defined]

    return tuple((spread, int(right.now)) for spread, right in zip(of(found), of(true), strict=True))


def coverage(towns: int, errors: tuple[float, ...] = (1.0,), seed: int = 1) -> tuple[Covered, ...]:
    """Return how often the intervals hold the truth; each of `errors` widens or narrows them about their mean."""
    held = np.zeros((len(errors), 3))
    for number in range(towns):
        for at, (spread, truth) in enumerate(town(seed * 100_000 + number)):
            for row, error in enumerate(errors):
                low, high = (spread.mean + error * (end - spread.mean) for end in (spread.low, spread.high))
                held[row, at] += low <= truth <= high
    return tuple(Covered(*shares) for shares in (held / towns).tolist())
