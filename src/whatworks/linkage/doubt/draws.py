"""Join the records in another believable way: which pairs are one person's is drawn by how sure each pair is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from whatworks.linkage.clusters.components import (
    Labels,
    as_pairs,
    components,
    contradictory,
    held_twice_rows,
    lowest_records,
)
from whatworks.linkage.clusters.decided import UNDECIDED, Decisions
from whatworks.linkage.clusters.growing import GrowingClusters
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs

LEAST = 0.01
"""Pairs believed less than this are never joined."""
MOST_DOUBT = 0.8
"""A pair that was joined is never believed less than 1 in 5."""
MOST_BELIEF = 0.95
"""A pair that was not joined is never believed more than this."""


def recalibrated(
    probability: NDArray[np.float64], threshold: float, false_factor: ArrayLike, missed_factor: ArrayLike
) -> NDArray[np.float64]:
    """Return what to believe of each pair, given how far a model's doubts fall short of the truth.

    `false_factor` (phi) is how many of the pairs joined are false for each that the model says, `missed_factor` (psi)
    how many of those not joined are true for each that it says; numbers, or one for each pair. 1 leaves the model's
    word.

    >>> recalibrated(np.array([0.99, 0.5, 0.1]), 0.3, 2.0, 1.5).round(3).tolist()
    [0.98, 0.2, 0.15]
    """
    doubted = 1 - np.minimum(MOST_DOUBT, np.multiply(false_factor, 1 - probability))
    believed = np.minimum(MOST_BELIEF, np.multiply(missed_factor, probability))
    return np.where(probability >= threshold, doubted, believed)


@dataclass(frozen=True, slots=True)
class Settled:
    """Which records hang together by any pair that a draw may join, and whether a draw must look at those at all.

    Where nothing forbids a joining and every pair is joined in force, a draw that draws them all joins them all: each
    record's `label` is then the lowest. `of_pair` is the component of each pair.
    """

    component: Labels
    open: NDArray[np.bool_]
    label: Labels
    of_pair: Labels


def settled(
    records: RecordTable, pairs: ScoredPairs, believed: NDArray[np.float64], threshold: float, decisions: Decisions
) -> Settled:
    """Return this for draws that believe of no pair more than `believed`."""
    asked = believed >= LEAST
    must_left, must_right = decisions.ends()
    left, right = np.concatenate([pairs.left[asked], must_left]), np.concatenate([pairs.right[asked], must_right])
    component = components(len(records), left, right)
    open_ = contradictory(records, pairs, component, held_twice_rows(records, pairs), decisions, lenient=False)
    open_[component[pairs.left[asked & (pairs.probability < threshold)]]] = True
    return Settled(component, open_, lowest_records(component), component[pairs.left])


def draw_labels(
    records: RecordTable,
    pairs: ScoredPairs,
    probability: NDArray[np.float64],
    seed: int | Sequence[int],
    decisions: Decisions = UNDECIDED,
    known: Settled | None = None,
) -> Labels:
    """Return one believable joining: of each record the lowest record of its person.

    `probability` is what to believe of each pair. The strongest pair comes first, and each two clusters are decided
    once, by one draw with that pair's probability: their other pairs are the same evidence. What contradicts itself is
    never joined, as in `join`. The same seed gives the same joining, with or without what is `known` to be settled.
    """
    asked = probability >= LEAST
    drawn = (np.random.default_rng(seed).random(len(probability)) < probability) & asked
    if known is None:
        return _joined(records, pairs, probability, asked, drawn, decisions)
    look = known.open.copy()
    look[known.of_pair[asked & ~drawn]] = True
    rows, kept = np.flatnonzero(look[known.component]), np.flatnonzero(look[known.of_pair])
    place = np.full(len(records), -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    some = pairs.chosen(kept)
    some = replace(some, left=place[some.left], right=place[some.right])
    label = known.label.copy()
    own = _joined(records.chosen(rows), some, probability[kept], asked[kept], drawn[kept], decisions.within(place))
    label[rows] = rows[own]
    return label


def _joined(
    records: RecordTable,
    pairs: ScoredPairs,
    probability: NDArray[np.float64],
    asked: NDArray[np.bool_],
    drawn: NDArray[np.bool_],
    decisions: Decisions,
) -> Labels:
    """Return the joining of the pairs `drawn` of those `asked`."""
    must_left, must_right = decisions.ends()
    left, right = np.concatenate([pairs.left[drawn], must_left]), np.concatenate([pairs.right[drawn], must_right])
    component = components(len(records), left, right)
    held_twice = held_twice_rows(records, pairs)
    walked = contradictory(records, pairs, component, held_twice, decisions, lenient=False)
    inside = asked & (component[pairs.left] == component[pairs.right])
    walked[component[pairs.left[inside & ~drawn]]] = True
    label = lowest_records(component)
    apart = walked[component]
    label[apart] = np.flatnonzero(apart)
    clusters = _DrawnClusters(records, decisions.cannot, as_pairs(pairs, held_twice))
    for first, second in (pair for pair in decisions.must if apart[pair[0]]):
        clusters.unite(clusters.root(first), clusters.root(second))
    rows = np.flatnonzero(inside & apart[pairs.left])
    clusters.walk(pairs, rows[np.argsort(-probability[rows], kind="stable")], drawn)
    for members in clusters.grown():
        label[members] = min(members)
    return label


class _DrawnClusters(GrowingClusters):
    """Clusters that remember which others it was decided not to join them with."""

    def __init__(self, records: RecordTable, cannot: Sequence[tuple[int, int]], held_twice: set[tuple[int, int]]):
        super().__init__(records, cannot, held_twice)
        self._decided: dict[int, set[int]] = {}

    def walk(self, pairs: ScoredPairs, rows: NDArray[np.intp], drawn: NDArray[np.bool_]) -> None:
        """Decide each two clusters by the first of these pairs that stands between them."""
        edges = pairs.left[rows].tolist(), pairs.right[rows].tolist(), drawn[rows].tolist()
        for left, right, believed in zip(*edges, strict=True):
            first, second = self.root(left), self.root(right)
            if first == second or second in self._decided.get(first, ()):
                continue
            if believed and self.why_not(first, second) is None:
                self._unite_decided(first, second)
            else:
                self._decided.setdefault(first, set()).add(second)
                self._decided.setdefault(second, set()).add(first)

    def _unite_decided(self, first: int, second: int) -> None:
        """Unite two clusters; whoever was decided apart from either is apart from both."""
        self.unite(first, second)
        kept = self.root(first)
        gone = second if kept == first else first
        for other in self._decided.pop(gone, ()):
            self._decided[other].discard(gone)
            self._decided[other].add(kept)
            self._decided.setdefault(kept, set()).add(other)
