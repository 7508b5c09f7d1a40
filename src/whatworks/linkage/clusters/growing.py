"""Clusters of records while they grow, and what forbids that two of them become one person."""

from collections import defaultdict
from collections.abc import Iterable

from whatworks.linkage.clusters.decided import Pair
from whatworks.linkage.records_and_pairs import NUMBER_KINDS, NumberKind, RecordTable

KEPT_APART = "a person decided that they are two people"
ONE_AGENCY = "one agency holds both, and the two records are not alike enough for one person held twice"
UNLIKE_NUMBERS: dict[NumberKind, str] = {
    "pnc": "their PNC numbers differ",
    "prison": "their prison numbers differ",
    "crn": "their probation case reference numbers differ",
}


class GrowingClusters:
    """Disjoint sets of records that know their agencies and numbers.

    `held_twice` are the pairs of one agency's records that are alike enough to be one person; with `lenient` neither
    agencies nor numbers forbid anything.
    """

    def __init__(
        self, records: RecordTable, cannot: Iterable[Pair], held_twice: set[Pair], *, lenient: bool = False
    ) -> None:
        self._parent: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._records = records
        self._codes = [(kind, records.codes(kind).tolist()) for kind in NUMBER_KINDS]
        self._agency = records.organisation.tolist()
        self._held_twice = held_twice
        self._lenient = lenient
        self._apart: dict[int, set[int]] = defaultdict(set)
        for left, right in cannot:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def root(self, record: int) -> int:
        """Return the record that stands for the cluster of this one."""
        parent = self._parent
        while (above := parent.get(record, record)) != record:
            parent[record] = above = parent.get(above, above)
            record = above
        return record

    def members(self, root: int) -> list[int]:
        """Return the records of the cluster of this root."""
        return self._members.get(root, [root])

    def grown(self) -> Iterable[list[int]]:
        """Return the records of each cluster that holds more than one."""
        return self._members.values()

    def unite(self, first: int, second: int) -> None:
        """Make one cluster of those of these two roots."""
        if first == second:
            return
        if len(self.members(first)) < len(self.members(second)):
            first, second = second, first
        self._members[first] = self.members(first) + self.members(second)
        self._members.pop(second, None)
        self._parent[second] = first

    def why_not(self, first: int, second: int) -> str | None:
        """Return the rule that forbids joining the clusters of these two roots; None where nothing does.

        >>> from whatworks.linkage.records_and_pairs import record_table
        >>> two = record_table(["police", "police"], ["1", "2"])
        >>> GrowingClusters(two, [], set()).why_not(0, 1)[:22]
        'one agency holds both,'
        >>> GrowingClusters(two, [], {(0, 1)}).why_not(0, 1)
        """
        ours, theirs = self.members(first), self.members(second)
        if self._apart and any(not self._apart[record].isdisjoint(theirs) for record in ours if record in self._apart):
            return KEPT_APART
        if self._lenient:
            return None
        for kind, codes in self._codes:
            mine, others = _numbers(codes, ours), _numbers(codes, theirs)
            if mine and others and mine.isdisjoint(others) and not self._near(kind, mine, others):
                return UNLIKE_NUMBERS[kind]
        return ONE_AGENCY if self._one_agency(ours, theirs) else None

    def _near(self, kind: NumberKind, mine: set[int], others: set[int]) -> bool:
        return any(self._records.near(kind, first, second) for first in mine for second in others)

    def _one_agency(self, ours: list[int], theirs: list[int]) -> bool:
        agency = self._agency
        return any(
            agency[own] == agency[other] and (min(own, other), max(own, other)) not in self._held_twice
            for own in ours
            for other in theirs
        )


def _numbers(codes: list[int], members: list[int]) -> set[int]:
    return {codes[record] for record in members if codes[record] >= 0}
