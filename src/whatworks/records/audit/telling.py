"""What a paper tells of which units (people, cases, respondents): rooms name the sets, and ask what may be shown."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import numpy as np
import polars as pl

from whatworks.records.audit.people_set import Keys, PeopleSet

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class ToldSet:
    """The units behind one count, as sorted keyed hashes.

    A whole stands by itself. A part belongs to a division of a whole: by an outcome, a factor, a subgroup. `among`
    names those of whom these did, or did not, have an outcome.
    """

    keys: Keys
    whole: str | None = None
    divides: str = ""
    among: str | None = None


ALL = "all"


@dataclass(frozen=True, slots=True)
class Cells:
    """Units by cells (areas, months): each one's keys; those withheld; whether the number of all is told.

    Cells are disjoint where the number of all is told; else they may overlap.
    """

    keys: dict[str, Keys]
    hidden: frozenset[str] = frozenset()
    total: bool = True

    @property
    def everybody(self) -> Keys:
        """The units of all cells."""
        return np.unique(np.concatenate([*self.keys.values(), np.empty(0, dtype=np.uint64)]))

    @property
    def rest(self) -> Keys:
        """The units of all cells that are withheld."""
        return replace(self, keys={cell: self.keys[cell] for cell in self.hidden & self.keys.keys()}).everybody


@dataclass(slots=True)
class Telling:
    """The sets of units that a paper is about, and which of their counts it shows.

    `withheld` are labels of counts that would give back a small one; `beside` is the sentence that says so, and empty
    where nothing is withheld for the sake of an earlier paper. What is shown together is withheld together. Where
    counts hang together in many ways, `anywhere` lets any be withheld for a small one, and not those nearest to it.

    >>> told = Telling(b"key", withheld=frozenset({"left, by way: late"}))
    >>> ways = pl.DataFrame({"unit": ["a", "b", "c"], "way": ["in time", "in time", "late"]})
    >>> told.whole("left", ways["unit"])
    >>> told.parts("left", ways, "way")
    >>> told.count("left", 3), told.count("left, by way: late", 1), told.count("left, by way: in time", "c")
    (3, 'c', 'c')
    >>> sorted(told.shown), len(told.sets)
    (['left'], 3)
    """

    key: bytes = b"nobody"
    withheld: frozenset[str] = frozenset()
    beside: str = ""
    sets: dict[str, ToldSet] = field(default_factory=dict)
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cells: dict[str, Cells] = field(default_factory=dict)
    anywhere: bool = False

    def whole(self, name: str, units: Iterable[str]) -> None:
        """Name a set of units that stands by itself."""
        self._add(name, units)

    def parts(
        self, whole: str, rows: pl.DataFrame, *columns: str, among: bool = False, divides: str | None = None
    ) -> None:
        """Name the parts into which columns of `rows` divide a whole, each column within those before it.

        `rows` have a column `unit`. With `among` the last column says what became of the units. Divisions of one name
        are crossed with each other: `divides` gives it where it is not that of the columns.
        """
        divides = divides or f"{whole}, by {' and '.join(columns)}"
        for depth in range(1, len(columns) + 1):
            for values, own in rows.drop_nulls(columns[:depth]).group_by(columns[:depth], maintain_order=True):
                outcome = depth == len(columns) and (among or depth > 1)
                of = part(whole, *zip(columns, values[:-1], strict=False)) if outcome else None
                self._add(part(whole, *zip(columns, values, strict=False)), own["unit"], whole, divides, of)

    def tells(self, *names: str, label: str = "") -> bool:
        """Return whether counts may be shown together, under a `label`; those that may are taken to be shown."""
        label = label or " + ".join(names)
        if label in self.withheld:
            return False
        if known := tuple(name for name in names if name in self.sets):
            self.shown[label] = known
        return True

    def count(self, name: str, shown: Shown) -> Shown | Literal["c"]:
        """Return a count as it may be shown."""
        return "c" if shown == "c" or not self.tells(name) else shown

    def divide(self, name: str, rows: pl.DataFrame, hidden: Iterable[str] = (), *, total: bool = True) -> None:
        """Name cells of `rows` (`unit`, `cell`), the `hidden` ones withheld; `total`: all together are told.

        Cells may overlap where the number of all is not told.

        >>> told = Telling(b"key", withheld=frozenset({"incidents: W1"}))
        >>> told.divide("incidents", pl.DataFrame({"unit": ["a", "b"], "cell": ["W1", "W2"]}))
        >>> [told.cell("incidents", code, 1) for code in ("W1", "W2")]
        ['c', 1]
        """
        if name not in self.cells:
            cells = rows.group_by("cell", maintain_order=True).agg("unit").sort("cell").iter_rows()
            keys = {cell: PeopleSet.of(self.key, units).keys for cell, units in cells}
            self.cells[name] = Cells(keys, frozenset(hidden), total)

    def cell(self, name: str, cell: str, shown: Shown) -> Shown | Literal["c"]:
        """Return the count of a cell, or of all together (`ALL`), as it may be shown."""
        return "c" if f"{name}: {cell}" in self.withheld else shown

    def _add(self, name: str, units: Iterable[str], whole: str | None = None, divides: str = "",
             among: str | None = None) -> None:  # fmt: skip
        if name not in self.sets and len(keys := PeopleSet.of(self.key, units).keys):
            self.sets[name] = ToldSet(keys, whole, divides, among)

    def again(self, withheld: frozenset[str], beside: str = "") -> "Telling":
        """Return the same sets for the same paper, written anew with more withheld."""
        return replace(self, withheld=withheld, beside=beside, shown={})

    def fingerprint(self, minimum: int) -> str:
        """Return what tells this paper from others: of which units which counts would be shown."""
        digest = hashlib.sha256(f"{minimum}".encode())
        for name, one in sorted(self.sets.items()):
            digest.update(f"\0{name}\0{one.whole}\0{one.divides}\0{one.among}\0".encode() + one.keys.tobytes())
        digest.update("\0".join(sorted(self.shown)).encode())
        return digest.hexdigest()


def part(whole: str, *within: tuple[str, object]) -> str:
    """Return the name of a part.

    >>> part("left", ("provider", "P1"), ("way", "late"))
    'left, by provider: P1, by way: late'
    """
    return ", ".join((whole, *(f"by {column}: {value}" for column, value in within)))
