"""Withhold what would show how a handful of people fared, over all the files of one paper together."""

from collections.abc import Iterable
from dataclasses import dataclass

from whatworks.evaluation.result import GroupResult, Outcome, Result, Subgroup
from whatworks.papers.data_lab.cells import few_people
from whatworks.papers.disclosure.nested import NOISE, Nested, below_threshold, widen
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary


def withheld_outcomes(result: Result, more: Secondary = NOTHING_MORE) -> frozenset[str]:
    """Return the names of the outcomes whose values may not be shown.

    Either group's being below the threshold withholds both, since a difference, an interval or a p-value would give
    it back. So does whatever the Data Lab's rows, in tiers and of reoffenders only, would give back: both papers may
    lie on one table.
    """
    few = few_people(result)
    return more.named("outcome") | frozenset(
        outcome.name
        for outcome in result.outcomes
        if outcome.name in few
        or any(
            below_threshold(group, outcome.kind, result.minimum_count) or scarce(outcome, group, result.minimum_count)
            for group in (outcome.treated, outcome.comparison)
            if group
        )
    )


def scarce(outcome: Outcome, group: GroupResult, minimum: int) -> bool:
    """Return whether a number per person, times the people, is too few events to show, as the Data Lab has it.

    A mean of 0.02 sentences over 160 people is three sentences, of three people at most. A change from before to after
    is no count of events.
    """
    if outcome.kind != "frequency" or outcome.design == "difference_in_differences" or group.value is None:
        return False
    return group.value * group.n < minimum - NOISE


@dataclass(frozen=True, slots=True)
class Family:
    """The levels of one subgroup, which add up to everybody."""

    name: str
    rows: tuple[Subgroup, ...]

    def sizes(self) -> dict[str, list[float]]:
        """Return for each level what totals could give back: people, and people with and without the outcome."""
        return {row.level: [*counts(row.treated), *counts(row.comparison)] for row in self.rows}


def counts(group: GroupResult) -> list[float]:
    """Return people, people with the outcome and people without it."""
    events = group.events if group.events is not None else (group.value or 0.0) * group.n
    return [group.n, events, group.n - events]


def families(rows: Iterable[Subgroup]) -> list[Family]:
    """Return the subgroups as the protocol names them, in the order met: each cut of a number by itself."""
    names: dict[tuple[str, str], list[Subgroup]] = {}
    for row in rows:
        names.setdefault((row.name, row.asked), []).append(row)
    return [Family(name, tuple(members)) for (name, _), members in names.items()]


def withheld_levels(result: Result, more: Secondary = NOTHING_MORE) -> dict[str, frozenset[str]]:
    """Return for each subgroup the levels that may not be shown, none of which subtraction gives back."""
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    kind = primary.kind if primary else "yes_no"
    hidden: dict[str, frozenset[str]] = {}
    for family in families(result.subgroups):
        few = {
            row.level
            for row in family.rows
            if row.treated.value is None
            or below_threshold(row.treated, kind, result.minimum_count)
            or below_threshold(row.comparison, kind, result.minimum_count)
        }
        few |= more.within("level", family.name) & {row.level for row in family.rows}
        if not few and remainder_is_small(family, result):
            few = {min(family.rows, key=lambda row: (row.treated.n, row.level)).level}
        withheld = widen(few, family.sizes(), result.minimum_count)
        hidden[family.name] = hidden.get(family.name, frozenset()) | withheld
    return hidden


def remainder_is_small(family: Family, result: Result) -> bool:
    """Return whether those whose level or outcome is not known are few: the shown levels would give their number."""
    left = (
        result.n.treated - sum(row.treated.n for row in family.rows),
        result.n.comparison - sum(row.comparison.n for row in family.rows),
    )
    return any(Nested(result.minimum_count).sensitive(count) for count in left)
