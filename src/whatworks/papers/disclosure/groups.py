"""Decide how both groups of one row are shown: their numbers of people go together, and intervals follow them."""

from dataclasses import replace
from typing import Protocol, TypeVar

from whatworks.evaluation.result import Counts, GroupResult, Kind
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.published import Disclosure, Group, Published
from whatworks.papers.disclosure.rounding import SCALES, rounded

GROUPS = ("treated", "comparison")
OF_REOFFENDERS = ("days_to_first", "seriousness_among_reoffenders")
P = TypeVar("P", bound=Published)


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
    return "c" if withheld and group.n != analysed else shown.publish(group.n, keep=keep)


def disclosure(kind: Kind, numbers: tuple[Count, Count | None], minimum: int, withheld: bool) -> Disclosure:
    """Return how a row is published: differences of shares in whole points where a number of people is withheld.

    How wide their intervals are would disclose how many people they are of.
    """
    scale, coarse = SCALES[kind], "c" in numbers and kind in ("yes_no", "share")
    return Disclosure(minimum, withheld, coarse, replace(scale, end_places=0) if coarse else scale)


def group(counted: GroupResult, n: Count, row: Disclosure) -> Group:
    """Return a group's value and interval; of a share the interval goes where the number of people does."""
    hidden = row.withheld or (n == "c" and row.scale.factor == 100)
    value = rounded(counted.value, row.withheld, row.scale.value_places, row.scale.factor)
    return Group.of(counted, replace(row, withheld=hidden), n=n, value=value)


def without_reoffenders(outcomes: tuple[P, ...]) -> tuple[P, ...]:
    """Return the outcomes, those about reoffenders without a number that would give the people back.

    A share of 73% and 332 reoffenders say that there were 452 to 457 people: too narrow, where that number is withheld.
    """
    everybody = {one.name: one for one in outcomes}
    return tuple(_held(one, everybody) for one in outcomes)


def of_reoffenders(reoffenders: Count, people: Count) -> Count:
    """Return the number of reoffenders, where that of the people may be shown.

    >>> of_reoffenders(332, 456), of_reoffenders(332, "c")
    (332, 'c')
    """
    return "c" if people == "c" else reoffenders


def _held(outcome: P, everybody: dict[str, P]) -> P:
    stem, _, suffix = outcome.name.rpartition("_")
    whole = everybody.get(f"proven_reoffending_{suffix}")
    if stem not in OF_REOFFENDERS or whole is None:
        return outcome
    return outcome.model_copy(
        update={
            "treated": _group(outcome.treated, whole.treated),
            "comparison": outcome.comparison and _group(outcome.comparison, whole.comparison or whole.treated),
        }
    )


def _group(reoffenders: Group, people: Group) -> Group:
    return reoffenders.model_copy(update={"n": of_reoffenders(reoffenders.n, people.n)})
