"""Cross sets of people of several papers: who lies in which of them at once, a family of sets at a time.

Wholes (whoever was analysed, before matching, after a step) are one family. Divisions of wholes, by an outcome, a
factor or a subgroup, are of one family where they hang together: one paper's levels lie within another's. Other
families meet in their wholes only, as subgroups of one paper do. A reader is taken to know which atoms of a family are
empty.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

MOST_IN_TRIPLES = 600
"""So many sets, this paper's first, are looked at three by three."""
MOST_ATOMS = 200
"""So many atoms a family; beyond them a family is taken apart, the nearest of the earlier sets first."""


@dataclass(frozen=True, slots=True)
class Division:
    """Parts of a whole, by their places among all sets. `levels` are those by which it hangs together with others.

    Of an outcome parts tell who had it and who had not. `outcomes` divide the same whole by the outcome that levels of
    this one are divided by.
    """

    name: str
    whole: int
    parts: tuple[int, ...]
    levels: tuple[int, ...]
    now: bool
    of_outcome: bool = False
    outcomes: tuple[int, ...] = ()

    @property
    def sets(self) -> tuple[int, ...]:
        """All sets that it takes to say it."""
        return tuple(dict.fromkeys((self.whole, *self.outcomes, *self.parts)))


@dataclass(slots=True)
class Family:
    """Sets that are crossed with each other, and for each atom in which of them it lies and how many people it has."""

    sets: tuple[int, ...]
    atoms: dict[tuple[int, ...], int] = field(default_factory=dict)
    small: bool = False


@dataclass(slots=True)
class Crossing:
    """All sets over one list of people: a row a set. `now` says which are of this paper.

    With `by_name` divisions hang together by their name alone, those of this paper also without any of an earlier one;
    of other divisions such sets meet, by twos and threes, as leave fewer than `few` when taken from each other.
    """

    members: npt.NDArray[np.bool_]
    now: Sequence[bool]
    wholes: Sequence[int]
    divisions: Sequence[Division]
    near: int
    by_name: bool = False
    few: int = 0

    def families(self) -> Iterator[Family]:
        """Yield the family of wholes, then those of divisions, if they have sets of this paper and of earlier ones.

        >>> everybody = np.array([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=bool)
        >>> found, = Crossing(everybody, [True, False], [0, 1], [], 30).families()
        >>> found.sets, found.atoms
        ((0, 1), {(0,): 1, (0, 1): 3})
        """
        ours = [at for at in self.wholes if self.now[at]]
        theirs = sorted((at for at in self.wholes if not self.now[at]), key=lambda at: self._apart(at, ours))
        yield from self._batches([(at,) for at in ours], [(at,) for at in theirs], ())
        for family in self._hanging():
            ours_divided = [one.sets for one in family if one.now]
            earlier = sorted((one for one in family if not one.now), key=lambda one: self._apart(one.whole, ours))
            yield from self._batches(ours_divided, [one.sets for one in earlier], family)

    def near_pairs(self) -> list[tuple[int, int]]:
        """Return each set of this paper with every set that lies within it or around it and differs by few.

        >>> everybody = np.array([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=bool)
        >>> Crossing(everybody, [True, False], [0, 1], [], 30, by_name=True, few=10).near_pairs()
        [(0, 1)]
        """
        now, sizes = np.array(self.now), self.members.sum(axis=1)
        met, own = self._met(now), sizes[now][:, None]
        near = (met == np.minimum(sizes, own)) & (sizes != own) & (np.abs(sizes - own) < self.few)
        ours = np.flatnonzero(now)
        return [(int(ours[one]), int(other)) for one, other in np.argwhere(near).tolist()]

    def near_triples(self) -> list[tuple[int, int, int]]:
        """Return two sets that share nobody with a set that holds both and few more; one of the three is this paper's.

        >>> everybody = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [0, 1, 1, 0]], dtype=bool)
        >>> Crossing(everybody, [True, False, False], [0], [], 30, by_name=True, few=10).near_triples()
        [(0, 1, 2)]
        """
        now, found = np.array(self.now), list[tuple[int, int, int]]()
        chosen = np.concatenate([np.flatnonzero(now), np.flatnonzero(~now)])[:MOST_IN_TRIPLES]
        weights = self.members[chosen].astype(np.float32)
        met = (weights @ weights.T).astype(np.int64)
        sizes, now = met.diagonal(), now[chosen]
        for whole in range(len(chosen)):
            inside = np.flatnonzero((met[whole] == sizes) & (sizes < sizes[whole]))
            left = sizes[whole] - np.add.outer(sizes[inside], sizes[inside])
            near = (met[np.ix_(inside, inside)] == 0) & (left > 0) & (left < self.few)
            near &= now[whole] | np.logical_or.outer(now[inside], now[inside])
            pairs = np.argwhere(np.triu(near)).tolist()
            found += [(int(chosen[whole]), *sorted(int(chosen[inside[at]]) for at in pair)) for pair in pairs]  # type: ignore[misc]
        return found

    def small(self, near: Sequence[tuple[int, ...]], families: Sequence[Family]) -> Iterator[Family]:
        """Yield families of the few sets that are near each other, where no other family has them all.

        >>> everybody = np.array([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=bool)
        >>> [one.sets for one in Crossing(everybody, [True, False], [0, 1], [], 30).small([(1, 0)], [])]
        [(0, 1)]
        """
        together = [set(family.sets) for family in families]
        for sets in sorted({tuple(sorted(one)) for one in near}):
            if not any(one.issuperset(sets) for one in together):
                yield Family(sets, self._atoms([sets]), small=True)

    def _apart(self, at: int, ours: Sequence[int]) -> int:
        return min((int((self.members[at] ^ self.members[own]).sum()) for own in ours), default=0)

    def _batches(
        self, ours: Sequence[tuple[int, ...]], theirs: Sequence[tuple[int, ...]], divisions: Sequence[Division]
    ) -> Iterator[Family]:
        """Yield families of all of ours and as many of theirs as keep to the most atoms."""
        left, alone = list(theirs), self.by_name and not theirs
        while ours and (left or alone):
            alone, taken = False, left[:1]
            del left[:1]
            atoms = self._atoms([*ours, *taken])
            while left and len(more := self._atoms([*ours, *taken, left[0]])) <= MOST_ATOMS:
                taken.append(left.pop(0))
                atoms = more
            family = Family(_flat([*ours, *taken]), atoms)
            if divisions:
                _add_empty(family, [one for one in divisions if set(one.sets) <= set(family.sets)])
            yield family

    def _atoms(self, groups: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
        sets = np.array(_flat(groups))
        rows = self.members[sets]
        codes = np.zeros(rows.shape[1], dtype=np.uint64)
        _, codes = np.unique(codes, return_inverse=True)
        for start in range(0, len(sets), 32):
            chunk = rows[start : start + 32]
            bits = (chunk.T @ (np.uint64(1) << np.arange(len(chunk), dtype=np.uint64))).astype(np.uint64)
            _, codes = np.unique((codes.astype(np.uint64) << np.uint64(32)) | bits, return_inverse=True)
        _, first, counts = np.unique(codes, return_index=True, return_counts=True)
        found = {
            tuple(sets[rows[:, at]].tolist()): int(count)
            for at, count in zip(first.tolist(), counts.tolist(), strict=True)
        }
        return {within: count for within, count in sorted(found.items()) if within}

    def _hanging(self) -> list[list[Division]]:
        """Return the divisions by families, where one is of this paper and one of an earlier or they go by name."""
        if self.by_name:
            named: dict[str, list[Division]] = {}
            for division in self.divisions:
                named.setdefault(division.name, []).append(division)
            return [one for one in named.values() if any(division.now for division in one)]
        families: list[list[Division]] = []
        met = self._met(slice(None))
        for division in self.divisions:
            near = [one for one in families if any(self._together(met, division, other) for other in one)]
            families = [one for one in families if one not in near]
            families.append([member for one in near for member in one] + [division])
        return [one for one in families if len({division.now for division in one}) == 2]

    def _met(self, rows: slice | npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Return how many people some sets share with each set."""
        weights = self.members.astype(np.float32)
        return (weights[rows] @ weights.T).astype(np.int64)

    def _together(self, met: npt.NDArray[np.int64], one: Division, other: Division) -> bool:
        """Say whether levels of one lie within the other's, all of them or one nearly so."""
        if not met[one.whole, other.whole]:
            return False
        if one.name == other.name:
            return True
        if one.now == other.now:
            return False
        table = met[np.ix_((one.whole, *one.levels), (other.whole, *other.levels))]
        table = np.vstack([table[1:], table[:1] - table[1:].sum(axis=0)])
        table = np.hstack([table[:, 1:], table[:, :1] - table[:, 1:].sum(axis=1, keepdims=True)])
        by_row, by_column = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
        rows, columns = int((by_row > 0).sum()), int((by_column > 0).sum())
        if min(rows, columns) < 2:
            return False
        more = by_row + by_column - 2 * table
        within = (table > 0) & ((table == by_row) | (table == by_column)) & (more < self.near)
        return bool((table > 0).sum() == max(rows, columns) or within.any())


def _flat(groups: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(at for group in groups for at in group))


def _add_empty(family: Family, divisions: Sequence[Division]) -> None:
    """Add the atoms that a reader cannot know to be empty: of some more people, all may have had an outcome."""
    if not any(one.of_outcome or one.outcomes for one in divisions):
        return
    wholes = {one.whole for one in divisions}
    divided = {at: one.whole for one in divisions for at in (*one.parts, *one.outcomes) if at not in wholes}
    for pattern in sorted({frozenset(wholes.intersection(atom)) for atom in family.atoms}, key=sorted):
        for atom in tuple(family.atoms):
            if pattern <= set(atom) and len(family.atoms) < 2 * MOST_ATOMS:
                family.atoms.setdefault(tuple(at for at in atom if divided.get(at, at) in pattern), 0)
