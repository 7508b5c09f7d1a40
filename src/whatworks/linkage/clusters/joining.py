"""Join records into people, the strongest pair first, unless the person so made would contradict themselves."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.components import (
    Labels,
    as_pairs,
    components,
    contradictory,
    held_twice_rows,
    lowest_records,
)
from whatworks.linkage.clusters.decided import UNDECIDED, Decisions, Pair
from whatworks.linkage.clusters.growing import GrowingClusters
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs


@dataclass(frozen=True, slots=True)
class Clustering:
    """Which records are one person, and which likely pairs were not joined.

    `label` is the lowest record index of each record's person. `refused` are rows of the scored pairs, one for each two
    people who were not joined (their strongest pair), and `reasons` says why. `strained` are the must-decisions that
    joined what the rules would have kept apart, as places in `Decisions.must`, with the rule.
    """

    label: Labels
    refused: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    reasons: tuple[str, ...] = ()
    strained: tuple[tuple[int, str], ...] = ()


def join(
    records: RecordTable,
    pairs: ScoredPairs,
    decisions: Decisions = UNDECIDED,
    threshold: float = 0.3,
    *,
    lenient: bool = False,
) -> Clustering:
    """Return the people whom the pairs of at least `threshold` probability make, strongest first.

    What people decided must be joined is joined first, whatever speaks against it. Then two clusters are joined by
    their strongest pair unless (a) a person decided against it, (b) both have numbers of one kind, none equal and none
    one slip of the pen apart, or (c) one agency holds records in both whose own pair is below 0.99; a pair that was
    not scored counts as 0. With `lenient` only (a) forbids. The order of pairs and records changes nothing: pairs as
    probable as each other go by record.
    """
    likely = pairs.chosen(pairs.probability >= threshold)
    must_left, must_right = decisions.ends()
    left, right = np.concatenate([likely.left, must_left]), np.concatenate([likely.right, must_right])
    component = components(len(records), left, right)
    held_twice = held_twice_rows(records, pairs)
    walked = contradictory(records, pairs, component, held_twice, decisions, lenient=lenient)
    label = lowest_records(component)
    apart = walked[component]
    label[apart] = np.flatnonzero(apart)
    clusters = GrowingClusters(records, decisions.cannot, as_pairs(pairs, held_twice), lenient=lenient)
    must = [(place, *pair) for place, pair in enumerate(decisions.must) if apart[pair[0]]]
    strained = _join_decided(clusters, must)
    refusals = _walk(clusters, pairs, np.flatnonzero(apart[likely.left]))
    for members in clusters.grown():
        label[members] = min(members)
    return Clustering(label, *_one_question_each(refusals, label, pairs), strained)


def _join_decided(clusters: GrowingClusters, must: list[tuple[int, int, int]]) -> tuple[tuple[int, str], ...]:
    """Join what people decided (place, record, record); return the places that a rule speaks against, with the rule."""
    strained = []
    for place, left, right in must:
        first, second = clusters.root(left), clusters.root(right)
        rule = None if first == second else clusters.why_not(first, second)
        if rule is not None:
            strained.append((place, rule))
        clusters.unite(first, second)
    return tuple(strained)


def _walk(clusters: GrowingClusters, pairs: ScoredPairs, rows: NDArray[np.intp]) -> list[tuple[int, str]]:
    """Join what may be joined, pair by pair; return the rows of the pairs that were refused, with the rule."""
    refusals = []
    for row, left, right in zip(rows.tolist(), pairs.left[rows].tolist(), pairs.right[rows].tolist(), strict=True):
        first, second = clusters.root(left), clusters.root(right)
        rule = None if first == second else clusters.why_not(first, second)
        if rule is not None:
            refusals.append((row, rule))
        else:
            clusters.unite(first, second)
    return refusals


def _one_question_each(
    refusals: list[tuple[int, str]], label: Labels, pairs: ScoredPairs
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return of each two people who were not joined the first refusal, that of their strongest pair."""
    asked: dict[Pair, tuple[int, str]] = {}
    for row, rule in refusals:
        first, second = int(label[pairs.left[row]]), int(label[pairs.right[row]])
        if first != second:
            asked.setdefault((min(first, second), max(first, second)), (row, rule))
    return np.array([row for row, _ in asked.values()], np.int32), tuple(rule for _, rule in asked.values())
