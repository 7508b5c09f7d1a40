"""The least and the greatest that a small count can be, given all that is known: integer programming, by HiGHS."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from whatworks.papers.disclosure.knowledge import Knowledge, SmallCell, Statement
from whatworks.papers.disclosure.secondary import Item

MOST_NODES = 20_000
"""Branches looked at for one end of a range: reached before the clock on whatever a paper holds."""
SECONDS = 20.0
"""The clock's own limit for one end, for a machine that is slower than any known."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a reader can narrow a count down to, and counts that give either end.

    `decided` is false where the solver gave up first.
    """

    low: int
    high: int
    at_low: Mapping[str, int]
    at_high: Mapping[str, int]
    decided: bool = True

    @property
    def width(self) -> int:
        """How far the ends lie apart."""
        return self.high - self.low

    def plus(self, other: "Range") -> "Range":
        """Return the range of two sums together, which have nothing to do with each other."""
        return Range(
            self.low + other.low,
            self.high + other.high,
            {**self.at_low, **other.at_low},
            {**self.at_high, **other.at_high},
            self.decided and other.decided,
        )


@dataclass(slots=True)
class Solver:
    """All that is known, ready to be asked. Every answer found is kept: two that differ enough settle later cells.

    Counts that are known exactly tie nothing together, so what remains falls apart into small components.
    """

    knowledge: Knowledge
    without: frozenset[Item] = frozenset()
    most: int = 0
    parts: dict[str, "Component"] = field(default_factory=dict)
    before: "Solver | None" = None

    def __post_init__(self) -> None:
        truth = self.knowledge.truth
        self.most = 10 * (100 + max(truth.values(), default=0))
        statements = [one for one in self.knowledge.statements if one.item is None or one.item not in self.without]
        fixed, open_ones = settled(statements)
        for names, own in components(truth, open_ones):
            part = Component(names, own, self.most, truth, fixed)
            self.parts |= dict.fromkeys(names, part)

    def looser(self, without: frozenset[Item]) -> "Solver":
        """Return the same with more withheld: whatever could be so before can be so still."""
        return Solver(self.knowledge, without, before=self)

    def _inherit(self, part: "Component") -> None:
        """Let a component see, when it is first asked, the ways that were met in what it is made of."""
        if self.before is None or part.ready is not None or len(part.seen) > 1:
            return
        for old in {id(self.before.parts[name]): self.before.parts[name] for name in part.names}.values():
            self.before._inherit(old)
            part.see(old)

    def try_out(self, cells: Sequence[SmallCell]) -> None:
        """Meet ways in which many cells at once are far from the truth: few such answers settle most of them."""
        about: dict[int, tuple[Component, list[dict[str, int]]]] = {}
        for cell in cells:
            for part, terms in self._shares(cell.terms):
                about.setdefault(id(part), (part, []))[1].append(terms)
        for part, own in about.values():
            for bit in range(1, len(own).bit_length()):
                goal: dict[str, int] = {}
                for number, terms in enumerate(own):
                    for name, factor in terms.items():
                        goal[name] = goal.get(name, 0) + (-factor if number >> bit - 1 & 1 else factor)
                part.spread(goal, float("inf"))

    def is_hidden(self, cell: SmallCell) -> bool:
        """Return whether a cell can be as far apart as its sign says: from one to the minimum less one.

        Where the solver gives up, it is taken not to be.
        """
        return self.apart(cell, self.knowledge.minimum - 2) is not None

    def apart(self, cell: SmallCell, wanted: int) -> Range | None:
        """Return two ways in which all counts can be that leave a cell so far apart; None where there are none."""
        found = self.spread(cell.terms, enough=wanted)
        return found if found.width >= wanted else None

    def spread(self, terms: Mapping[str, int], enough: float = float("inf")) -> Range:
        """Return the range of a sum; once it is known to be `enough` wide, the rest need not be worked out."""
        found = Range(0, 0, {}, {})
        for part, own in self._shares(terms):
            found = found.plus(part.spread(own, enough))
        return found

    def _shares(self, terms: Mapping[str, int]) -> Iterable[tuple["Component", dict[str, int]]]:
        shares: dict[int, tuple[Component, dict[str, int]]] = {}
        for name, factor in terms.items():
            part = self.parts[name]
            self._inherit(part)
            shares.setdefault(id(part), (part, {}))[1][name] = factor
        return shares.values()


def settled(statements: Sequence[Statement]) -> tuple[dict[str, int], list[Statement]]:
    """Return the counts that follow exactly, one after another, and what is left to say of the others.

    >>> both, whole = Statement({"a": 1, "b": 1, "all": -1}, 0, 0), Statement({"all": 1}, 9, 9)
    >>> settled([both, whole])[0], settled([both, whole, Statement({"a": 1}, 4, 4)])[0]
    ({'all': 9}, {'all': 9, 'a': 4, 'b': 5})
    """
    fixed: dict[str, int] = {}
    while True:
        left = []
        count = len(fixed)
        for one in statements:
            rest = one.given(fixed) if not fixed.keys().isdisjoint(one.terms) else one
            if not rest.terms:
                continue
            if len(rest.terms) == 1 and rest.low == rest.high and not rest.values:
                ((name, factor),) = rest.terms.items()
                fixed[name] = int(rest.low) // factor
                continue
            left.append(rest)
        statements = left
        if len(fixed) == count:
            return fixed, left


def components(names: Iterable[str], statements: Sequence[Statement]) -> Iterator[tuple[list[str], list[Statement]]]:
    """Yield the counts that hang together by what is known of them, with the statements about them."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for statement in statements:
        first, *others = statement.terms
        for other in others:
            leader[find(other)] = find(first)
    members: dict[str, list[str]] = {}
    for name in leader:
        members.setdefault(find(name), []).append(name)
    about: dict[str, list[Statement]] = {}
    for statement in statements:
        about.setdefault(find(next(iter(statement.terms))), []).append(statement)
    for head, own in members.items():
        yield own, about.get(head, [])


@dataclass(slots=True)
class Component:
    """Counts that hang together; `seen` holds every solution met, the true counts first."""

    names: list[str]
    statements: list[Statement]
    most: int
    truth: Mapping[str, int]
    fixed: Mapping[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    seen: list[npt.NDArray[np.int64]] = field(default_factory=list)
    ready: "Programme | None" = None

    def __post_init__(self) -> None:
        self.columns = {name: at for at, name in enumerate(self.names)}
        self.seen.append(np.array([self.truth[name] for name in self.names], dtype=np.int64))

    def see(self, other: "Component") -> None:
        """Add the ways met in which another's counts can be, those that are only here being as they are."""
        shared = [(at, self.columns[name]) for name, at in other.columns.items() if name in self.columns]
        theirs, ours = np.array(shared, dtype=np.int64).reshape(-1, 2).T
        for way in other.seen[1:]:
            counts = self.seen[0].copy()
            counts[ours] = way[theirs]
            self.seen.append(counts)

    def spread(self, terms: Mapping[str, int], enough: float) -> Range:
        """Return the least and the greatest of a sum, or two values of it that are `enough` apart."""
        goal = np.zeros(len(self.names), dtype=np.int64)
        for name, factor in terms.items():
            goal[self.columns[name]] = factor
        decided = True
        for sign in (-1, 1, 0):
            known = [int(goal @ solution) for solution in self.seen]
            if sign == 0 or max(known) - min(known) >= enough or self.names[0] in self.fixed:
                break
            solution = self._programme().least(sign * goal)
            decided = decided and solution is not None
            if solution is not None:
                self.seen.append(solution)
        low, high = min(known), max(known)
        return Range(low, high, self._counts(known.index(low)), self._counts(known.index(high)), decided)

    def _counts(self, at: int) -> dict[str, int]:
        return dict(zip(self.names, self.seen[at].tolist(), strict=True))

    def _programme(self) -> "Programme":
        if self.ready is None:
            self.ready = Programme(self.columns, self.statements, self.most)
        return self.ready


class Programme:
    """An integer programme: a row a statement, a column a count, and a yes-or-no column for each of several values."""

    def __init__(self, columns: Mapping[str, int], statements: Sequence[Statement], most: int) -> None:
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import coo_array

        self.size = len(columns)
        entries: list[tuple[int, int, float]] = []
        ends: list[tuple[float, float]] = []
        width = self.size
        for statement in statements:
            entries += [(len(ends), columns[name], float(factor)) for name, factor in statement.terms.items()]
            if not statement.values:
                ends.append((statement.low, statement.high))
                continue
            chosen = range(width, width + len(statement.values))
            entries += [(len(ends), at, -float(value)) for at, value in zip(chosen, statement.values, strict=True)]
            entries += [(len(ends) + 1, at, 1.0) for at in chosen]
            ends += [(0.0, 0.0), (1.0, 1.0)]
            width += len(statement.values)
        self.upper = np.concatenate([np.full(self.size, float(most)), np.ones(width - self.size)])
        self.bounds = Bounds(np.zeros(width), self.upper)
        rows, places, factors = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = coo_array((factors, (rows, places)), shape=(len(ends), width)).tocsr()
        self.ends = np.array(ends, dtype=float).reshape(len(ends), 2)
        self.constraints = [LinearConstraint(self.matrix, *self.ends.T)] if ends else []

    def least(self, goal: npt.NDArray[np.int64]) -> npt.NDArray[np.int64] | None:
        """Return the counts that make a sum least; None where the solver gave up.

        The solver works in floating point: whole numbers that do not keep exactly to what is known are no answer.
        """
        from scipy.optimize import milp

        answer = milp(
            np.concatenate([goal.astype(float), np.zeros(len(self.upper) - self.size)]),
            constraints=self.constraints,
            integrality=np.ones(len(self.upper)),
            bounds=self.bounds,
            options={"node_limit": MOST_NODES, "time_limit": SECONDS, "mip_rel_gap": 0.0},
        )
        if answer.status != 0 or answer.x is None:
            return None
        whole = np.rint(answer.x)
        sums = self.matrix @ whole
        if (sums < self.ends[:, 0]).any() or (sums > self.ends[:, 1]).any():
            return None
        counts: npt.NDArray[np.int64] = whole[: self.size].astype(np.int64)
        return counts
