"""What was found in a table: its sums, those that do not foot, what rests on them, and what one change would mend."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from whatworks.money.tables.figure import shown

FaultKind = Literal["does not foot", "is not a number"]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table: its labels, its row and column counted from 0, and its line in the document, from 1."""

    row: int
    column: int
    row_label: str
    column_label: str
    line: int

    def __str__(self) -> str:
        """Return the cell's name, row first."""
        return ", ".join(part for part in (self.row_label, self.column_label) if part) or f"row {self.row + 1}"


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that goes into a sum, with the sign it is taken with."""

    place: Place
    printed: Decimal
    sign: int = 1
    text: str = ""
    """As it is printed."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that the table gives as the sum (or difference) of others, along a row or down a column."""

    place: Place
    printed: Decimal
    parts: tuple[Part, ...]
    along: Literal["row", "column"]

    @property
    def recomputed(self) -> Decimal:
        """Return the sum of the printed parts."""
        return sum((part.sign * part.printed for part in self.parts), Decimal(0))

    @property
    def foots(self) -> bool:
        """Say whether the printed figure is the sum of its printed parts."""
        return self.printed == self.recomputed


@dataclass(frozen=True, slots=True)
class TableFault:
    """One thing that is wrong with a table: which cell, what is printed, what its parts give, what rests on it.

    `difference` is printed minus recomputed, in the table's own unit. `depends` names the figures that are summed from
    the printed one, directly or through others. `rounding` says whether parts rounded before they were printed could
    explain the difference; the table alone does not tell.
    """

    in_json: ClassVar[tuple[str, ...]] = ("sentence",)

    kind: FaultKind
    place: Place
    text: str
    printed: Decimal | None
    recomputed: Decimal | None
    difference: Decimal | None
    along: Literal["row", "column"] | None
    parts: tuple[Part, ...]
    depends: tuple[Place, ...]
    rounding: bool

    @property
    def sentence(self) -> str:
        """Return the fault in one sentence."""
        if self.kind == "is not a number":
            return f'{self.place} (line {self.place.line}) holds "{self.text}", which is not a number.'
        terms = " ".join(_term(part, first=at == 0) for at, part in enumerate(self.parts))
        gives, out = (shown(value or Decimal(0), self.text) for value in (self.recomputed, self.difference))
        return (
            f"{self.place} (line {self.place.line}) is printed as {self.text}; its {self.along} gives "
            f"{terms} = {gives}, a difference of {out}."
        )


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A sum that could not be checked, and why."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Mend:
    """One changed figure with which every sum of the table would foot. A hint for whoever holds the originals."""

    place: Place
    printed: Decimal
    would_be: Decimal
    text: str = ""
    """As it is printed."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that checking a table found; `rows` and `columns` are those that hold figures."""

    name: str
    rows: int
    columns: int
    sums: tuple[Sum, ...]
    faults: tuple[TableFault, ...]
    unchecked: tuple[Unchecked, ...]
    mends: tuple[Mend, ...]
    untold: tuple[Place, ...] = ()
    """Figures that stand in no sum: a wrong digit in one of them is beyond telling."""


def figure(value: Decimal | None) -> str:
    """Return a figure as it is printed in sentences.

    >>> figure(Decimal("-1500")), figure(Decimal("12.50"))
    ('−1,500', '12.50')
    """
    return "nothing" if value is None else f"{value:,}".replace("-", "−")


def _term(part: Part, *, first: bool) -> str:
    """Return a part as it is printed, with the sign that it is taken with."""
    if first and part.sign > 0:
        return part.text
    sign = "+" if part.sign > 0 else "−"
    return f"{sign} {f'({part.text})' if part.printed < 0 and not part.text.startswith('(') else part.text}"
