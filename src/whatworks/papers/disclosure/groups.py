"""Decide how both groups of one row are shown: their numbers of people go together, and intervals follow them."""

from dataclasses import replace
from typing import Protocol

from whatworks.evaluation.result import Counts, GroupResult, Kind
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.published import Disclosure, Group
from whatworks.papers.disclosure.rounding import SCALES, rounded

GROUPS = ("treated", "comparison")


class Compared(Protocol):
    """A row of the result that sets two groups against each other."""

    @property
    def name(self) -> str:
        """What the row is called."""

    @property
    def kind(self) -> Kind:
        """What is measured of the groups."""

    @property
    def treated(self) -> GroupResult:
        """The scheme group."""

    @property
    def comparison(self) -> GroupResult | None:
        """The comparison group, where there is one."""


def both_people(
    row: Compared, analysed: Counts, shown: tuple[Nested, Nested], keep: bool, withheld: bool
) -> tuple[Count, Count | None]:
    """Return both groups' numbers of people. Where outcomes are compared, one withheld takes the other with it.

    Matched sets are whole, so that 316 comparisons, two for each, are of 158 people. Everybody analysed stays, since
    that number stands elsewhere. `keep` holds the numbers against those that come later.
    """
    other = row.comparison
    ours = people(row.treated, analysed.treated, shown[0], keep, withheld)
    theirs = people(other, analysed.comparison, shown[1], keep, withheld) if other else None
    if keep and "c" in (ours, theirs):
        ours = ours if row.treated.n == analysed.treated else "c"
        theirs = theirs if other is None or other.n == analysed.comparison else "c"
    return ours, theirs


def people(group: GroupResult, analysed: int, shown: Nested, keep: bool, withheld: bool) -> Count:
    """Return a group's number of people: of a withheld row only where it is simply everybody analysed."""
    return "c" if withheld and group.n != analysed else shown.admit(group.n, keep=keep)


def disclosure(kind: Kind, numbers: tuple[Count, Count | None], minimum: int, withheld: bool) -> Disclosure:
    """Return how a row is published: differences of shares in whole points where a number of people is withheld.

    How wide their intervals are would tell how many people they are of.
    """
    scale, coarse = SCALES[kind], "c" in numbers and kind in ("yes_no", "share")
    return Disclosure(minimum, withheld, coarse, replace(scale, end_places=0) if coarse else scale)


def group(counted: GroupResult, n: Count, row: Disclosure) -> Group:
    """Return a group's value and interval; of a share the interval goes where the number of people does."""
    hidden = row.withheld or (n == "c" and row.scale.factor == 100)
    value = rounded(counted.value, row.withheld, row.scale.value_places, row.scale.factor)
    return Group.of(counted, replace(row, withheld=hidden), n=n, value=value)
