"""What whoever reads everything that is published knows of the true counts, as linear statements over whole numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from whatworks.papers.disclosure.rounding import Safe
from whatworks.papers.disclosure.secondary import EARLIER, Item


@dataclass(frozen=True, slots=True)
class Statement:
    """A sum of counts lies between two ends, or is one of some values. `item` printed it; None: it is always known."""

    terms: Mapping[str, int]
    low: float
    high: float
    values: tuple[int, ...] = ()
    item: Item | None = None

    def holds(self, counts: Mapping[str, int]) -> bool:
        """Return whether it is so of these counts."""
        total = sum(factor * counts[name] for name, factor in self.terms.items())
        return self.low <= total <= self.high and (not self.values or total in self.values)

    def given(self, fixed: Mapping[str, int]) -> "Statement":
        """Return what it says of the other counts, where some are known exactly.

        >>> Statement({"a": 2, "b": -1}, 0, 9).given({"b": 4})
        Statement(terms={'a': 2}, low=4, high=13, values=(), item=None)
        """
        known = sum(factor * fixed[name] for name, factor in self.terms.items() if name in fixed)
        terms = {name: factor for name, factor in self.terms.items() if name not in fixed}
        values = tuple(value - known for value in self.values)
        return Statement(terms, self.low - known, self.high - known, values, self.item)


@dataclass(frozen=True, slots=True)
class SmallCell:
    """A sum of counts that is small in truth, and that no reader may narrow down."""

    name: str
    terms: Mapping[str, int]
    truth: int


@dataclass(slots=True)
class Knowledge:
    """Unknown counts with their true values, what is known of them, and which sums of them must stay in the dark.

    A statement that is not so of the true counts discloses something else than counts (a share after weighting, an
    adjusted mean), so it narrows none of them and is left out.
    """

    minimum: int
    truth: dict[str, int] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    cells: dict[str, SmallCell] = field(default_factory=dict)

    def count(self, name: str, truth: int) -> str:
        """Add an unknown count, and return its name."""
        self.truth[name] = truth
        return name

    def sum(self, terms: Mapping[str, int]) -> int:
        """Return the true value of a sum."""
        return sum(factor * self.truth[name] for name, factor in terms.items())

    def state(self, terms: Mapping[str, int], low: float, high: float = float("inf"), item: Item | None = None) -> None:
        """State that a sum lies between `low` and `high`."""
        if low <= self.sum(terms) <= high:
            self.statements.append(Statement(terms, low, high, (), item))

    def same(self, terms: Mapping[str, int]) -> None:
        """State that a sum is zero, as everybody knows from how the tables are made."""
        self.state(terms, 0, 0)

    def at_most(self, part: str, whole: str) -> None:
        """State that one count lies within another."""
        if part != whole:
            self.state({whole: 1, part: -1}, 0)

    def printed(self, name: str, shown: object, item: Item) -> None:
        """State that a count is what is printed, if it is."""
        if isinstance(shown, int):
            self.state({name: 1}, shown, shown, item)

    def one_of(self, name: str, values: Iterable[int], item: Item) -> None:
        """State that a count is one of some values."""
        kept = tuple(sorted(values))
        if self.truth[name] not in kept:
            return
        whole = kept[-1] - kept[0] == len(kept) - 1
        self.statements.append(Statement({name: 1}, kept[0], kept[-1], () if whole else kept, item))

    def ratio(self, part: str, whole: str, shown: Safe, scale: int, item: Item) -> None:
        """State what a ratio of two counts, times `scale` and rounded half away from zero, discloses them.

        A share printed as 17% lies from 16.5% up to, and not at, 17.5%: 200 x part is 33 x whole at least, and less
        than 35 x whole.
        """
        if not isinstance(shown, Decimal):
            return
        places = 10 ** max(0, -int(shown.as_tuple().exponent))
        value, double = int(shown * places), 2 * scale * places
        self.state({part: double, whole: -(2 * value - 1)}, 0, item=item)
        self.state({part: -double, whole: 2 * value + 1}, 1, item=item)

    def near(self, names: Iterable[str]) -> Iterator[frozenset[Item]]:
        """Yield the items that print something of some counts alone, then of any of them, and so on ever wider.

        >>> known = Knowledge(10, {"part": 4, "whole": 30})
        >>> known.at_most("part", "whole")
        >>> known.printed("whole", 30, Item("people", "treated", "30"))
        >>> [len(items) for items in known.near(["part"])]
        [0, 0, 1, 1]
        """
        about: dict[str, list[Statement]] = {}
        for one in self.statements:
            for name in one.terms:
                about.setdefault(name, []).append(one)
        seen: set[str] = set()
        new, items = set(names), frozenset[Item]()
        while new:
            seen |= new
            says = [one for name in new for one in about.get(name, ())]
            for wide in (False, True):
                items |= {one.item for one in says if one.item is not None and (wide or seen.issuperset(one.terms))}
                items -= {EARLIER}
                yield items
            new = {name for one in says for name in one.terms} - seen

    def guard(self, name: str, terms: Mapping[str, int], *, none_tells: bool = False) -> None:
        """Hold a sum of people to be undisclosed, where it is small: some, but fewer than the minimum.

        Of those who did, or did not, have an outcome none tells as much as few: it is true of everybody else.
        """
        truth = self.sum(terms)
        if (0 if none_tells else 1) <= truth < self.minimum:
            self.cells[name] = SmallCell(name, terms, truth)
