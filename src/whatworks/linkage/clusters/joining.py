"""Join records into people, the strongest pair first, unless the person so made would contradict themselves."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from whatworks.linkage.clusters.decided import UNDECIDED, Decisions, Pair
from whatworks.linkage.clusters.growing import GrowingClusters
from whatworks.linkage.records_and_pairs import NUMBER_KINDS, RecordTable, ScoredPairs

Labels = NDArray[np.int32]

HELD_TWICE = 0.99
"""From this probability on two records of one agency may be one person, whom the agency holds twice."""


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

    >>> from whatworks.linkage.records_and_pairs import record_table
    >>> records = record_table(["court", "police", "police"], ["1", "1", "2"], pnc=[None, "X11", "Y22"])
    >>> pairs = ScoredPairs.sorted_from(np.array([0, 0]), np.array([1, 2]), np.array([0.9, 0.8]))
    >>> clustering = join(records, pairs)
    >>> clustering.label.tolist(), clustering.refused.tolist(), clustering.reasons
    ([0, 0, 2], [1], ('their PNC numbers differ',))
    """
    likely = pairs.chosen(pairs.probability >= threshold)
    must_left, must_right = decisions.ends()
    left, right = np.concatenate([likely.left, must_left]), np.concatenate([likely.right, must_right])
    component = _components(len(records), left, right)
    held_twice = _held_twice(records, pairs)
    walked = _contradictory(records, pairs, component, held_twice, decisions, lenient=lenient)
    label = _lowest(component)
    apart = walked[component]
    label[apart] = np.flatnonzero(apart)
    clusters = GrowingClusters(records, decisions.cannot, _as_pairs(pairs, held_twice), lenient=lenient)
    must = [(place, *pair) for place, pair in enumerate(decisions.must) if apart[pair[0]]]
    strained = _join_decided(clusters, must)
    refusals = _walk(clusters, pairs, np.flatnonzero(apart[likely.left]))
    for members in clusters.grown():
        label[members] = min(members)
    return Clustering(label, *_one_question_each(refusals, label, pairs), strained)


def _components(size: int, left: Labels, right: Labels) -> Labels:
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def _lowest(component: Labels) -> Labels:
    """Return for each record the lowest record of its component."""
    first = np.full(int(component.max(initial=-1)) + 1, len(component), np.int32)
    np.minimum.at(first, component, np.arange(len(component), dtype=np.int32))
    return first[component]


def _held_twice(records: RecordTable, pairs: ScoredPairs) -> NDArray[np.intp]:
    """Return the rows of the pairs that hold one person's two records of one agency."""
    sure = pairs.probability >= HELD_TWICE
    return np.flatnonzero(sure & (records.organisation[pairs.left] == records.organisation[pairs.right]))


def _contradictory(
    records: RecordTable,
    pairs: ScoredPairs,
    component: Labels,
    held_twice: NDArray[np.intp],
    decisions: Decisions,
    *,
    lenient: bool,
) -> NDArray[np.bool_]:
    """Tell of each component whether anything in it may forbid a joining: only these are walked pair by pair."""
    count = int(component.max(initial=-1)) + 1
    found = np.zeros(count, np.bool_)
    apart_left, apart_right = decisions.kept_apart()
    found[component[apart_left][component[apart_left] == component[apart_right]]] = True
    if lenient:
        return found
    for kind in NUMBER_KINDS:
        codes = records.codes(kind)
        rows = codes >= 0
        low, high = np.full(count, np.iinfo(np.int32).max, np.int32), np.full(count, -1, np.int32)
        np.minimum.at(low, component[rows], codes[rows])
        np.maximum.at(high, component[rows], codes[rows])
        found |= (high >= 0) & (low < high)
    agencies = max(len(records.organisations), 1)
    keys, times = np.unique(component.astype(np.int64) * agencies + records.organisation, return_counts=True)
    possible = np.bincount(keys // agencies, times * (times - 1) // 2, count)
    inside = held_twice[component[pairs.left[held_twice]] == component[pairs.right[held_twice]]]
    return found | (possible > np.bincount(component[pairs.left[inside]], minlength=count))


def _as_pairs(pairs: ScoredPairs, rows: NDArray[np.intp]) -> set[Pair]:
    return set(zip(pairs.left[rows].tolist(), pairs.right[rows].tolist(), strict=True))


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
