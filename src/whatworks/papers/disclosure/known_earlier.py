"""What earlier papers disclosed of some of the same people: every set of theirs and of this paper is a sum of atoms."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from whatworks.evaluation.result.crossing import CrossedSets, EarlierPapers
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.secondary import EARLIER

FEW_SETS = 24
"""Up to so many sets of a family, whatever two of them leave of a third is guarded; beyond, whatever one leaves."""


def know_earlier(known: Knowledge, earlier: EarlierPapers) -> None:
    """Add earlier figures, which nobody can take back, and guard what they and this paper's leave of each other."""
    for figure in earlier.figures:
        known.count(figure.name, figure.people)
        known.state({figure.name: 1}, figure.low, figure.high, EARLIER)
    for at, family in enumerate(earlier.families):
        _Sums(known, f"atom of family {at}", family).know()
    _meet(known, earlier.families)


class _Sums:
    """A family in an audit. A sum of atoms is a whole number whose bits say which."""

    def __init__(self, known: Knowledge, label: str, family: CrossedSets) -> None:
        self.known, self.label, self.family = known, label, family
        self.sizes = [atom.people for atom in family.atoms]
        self.sets = [0] * len(family.sets)
        for at, atom in enumerate(family.atoms):
            for place in atom.within:
                self.sets[place] |= 1 << at

    def know(self) -> None:
        """State that each set is the sum of its atoms, and guard what is left of one by others."""
        for at, size in enumerate(self.sizes):
            self.known.count(f"{self.label}, {at}", size)
        for one, members in zip(self.family.sets, self.sets, strict=True):
            for name in one.names:
                if name in self.known.truth:
                    self.known.same({name: 1} | {atom: -factor for atom, factor in self._terms(members).items()})
        wholes = [members for one, members in zip(self.family.sets, self.sets, strict=True) if one.whole]
        parts = [at for at, one in enumerate(self.family.sets) if not one.whole]
        left = dict.fromkeys(_left(wholes))
        for members in left if not parts else ():
            self._guard(members)
        for at in parts:
            among = self.family.sets[at].among
            for members in (*wholes, *left):
                some = among is not None and self._size(members & self.sets[among]) > 0
                self._guard(members & self.sets[at], none_tells=some)
        for members in _left([self.sets[at] for at in parts]):
            self._guard(members)
        for at in range(len(self.sizes)):
            self._guard(1 << at)

    def _guard(self, members: int, *, none_tells: bool = False) -> None:
        if members and self._size(members) < self.known.minimum:
            self.known.guard(f"{self.label}s {members:x}", self._terms(members), none_tells=none_tells)

    def _size(self, members: int) -> int:
        return sum(self.sizes[at] for at in _bits(members))

    def _terms(self, members: int) -> dict[str, int]:
        return {f"{self.label}, {at}": 1 for at in _bits(members)}


def _left(sets: Sequence[int]) -> Iterator[int]:
    """Yield what two share, and what is left of one when another, two others, or all that lie within it are taken away.

    >>> [f"{left:b}" for left in _left([0b111, 0b001, 0b010])]
    ['110', '101', '100']
    """
    found: dict[int, None] = {}
    for one, other in permutations(dict.fromkeys(sets), 2):
        found |= {one & ~other: None, one & other: None}
    for whole in sets:
        rest = whole
        for other in sets:
            rest &= ~other if other | whole == whole != other else -1
        found[rest] = None
    if len(sets) <= FEW_SETS:
        for whole in sets:
            for one, other in combinations(sets, 2):
                found[whole & ~one & ~other] = None
    return (members for members in found if members and members not in sets)


def _bits(members: int) -> Iterator[int]:
    while members:
        low = members & -members
        yield low.bit_length() - 1
        members ^= low


def _meet(known: Knowledge, families: Sequence[CrossedSets]) -> None:
    """State that families which share sets have as many people in each part into which these cut them.

    What two families share of wholes only they share with the family of wholes.
    """
    whole = [(at, family) for at, family in enumerate(families) if not family.small]
    for (at, one), (beside, other) in combinations(whole, 2):
        keys = [{(part.names, part.whole): place for place, part in enumerate(family.sets)} for family in (one, other)]
        shared = [key for key in keys[0] if key[0] and key in keys[1]]
        if len(shared) < 2 or not (len(shared) in map(len, keys) or any(not whole for _, whole in shared)):
            continue
        sums: dict[tuple[int, ...], dict[str, int]] = {}
        for label, family, places, sign in ((at, one, keys[0], 1), (beside, other, keys[1], -1)):
            order = {places[key]: number for number, key in enumerate(shared)}
            for number, atom in enumerate(family.atoms):
                pattern = tuple(sorted(order[place] for place in atom.within if place in order))
                if pattern:
                    sums.setdefault(pattern, {})[f"atom of family {label}, {number}"] = sign
        for terms in sums.values():
            if len(set(terms.values())) == 2:  # a part that one of them takes to be empty says nothing of the other's
                known.same(terms)
