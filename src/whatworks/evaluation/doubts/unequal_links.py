"""Say whose links are in doubt more than others', and what that does where the two arms differ in it."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.redrawn import Redrawn
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Outcome
from whatworks.evaluation.result.links import LinkGroup
from whatworks.linkage.checking.by_group import MARGIN
from whatworks.linkage.checking.groups import CHARACTERISTICS, DIFFERENT
from whatworks.linkage.doubt.corrected import SPLIT_PART
from whatworks.statistics.arrays import Flags

JUDGED_BY = tuple(name for column, name in CHARACTERISTICS.items() if column != "scheme")
"""What people are grouped by: the arms themselves are no group."""
FEWEST = 10
"""A group of fewer people who could be analysed is not looked at."""


def link_groups(analysis: Analysis, redrawn: Redrawn, spec: OutcomeSpec, outcome: Outcome) -> tuple[LinkGroup, ...]:
    """Return each group's doubt of links and its share of each arm.

    A group is warned of where its links are in doubt for at least `MARGIN` more of its people than of the others, and
    where its share differs between the arms by as much as makes a covariate's balance red.
    """
    people = redrawn.people
    made = []
    for name in (name for name in people.columns if name in JUDGED_BY):
        values = people[name]
        for group in values.drop_nulls().unique().sort().to_list():
            rows = (values == group).fill_null(value=False).to_numpy()
            rest = values.is_not_null().to_numpy() & ~rows
            if group != DIFFERENT and min(rows.sum(), rest.sum()) >= FEWEST:
                made.append(_group(analysis, redrawn, spec, outcome, (name, group), _doubt(people, rows, rest)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Who is of a group and who of the others, and the shares of each whose links are false or missed."""

    rows: Flags
    rest: Flags
    false: tuple[float, float]
    missed: tuple[float, float]


def _doubt(people: pl.DataFrame, rows: Flags, rest: Flags) -> _Doubt:
    false, missed = (people[column].to_numpy() for column in ("false", "missed"))
    shares = [(float(each[rows].mean()), float(each[rest].mean())) for each in (false, missed)]
    return _Doubt(rows, rest, *shares)


def _group(
    analysis: Analysis, redrawn: Redrawn, spec: OutcomeSpec, outcome: Outcome, names: tuple[str, str], doubt: _Doubt
) -> LinkGroup:
    rows, rest = doubt.rows, doubt.rest
    more_false, more_missed = (own - others for own, others in (doubt.false, doubt.missed))
    ours, theirs = (_share(analysis, rows, rest, arm) for arm in (analysis.units.treated, ~analysis.units.treated))
    spread = sqrt((ours * (1 - ours) + theirs * (1 - theirs)) / 2)
    smd = (ours - theirs) / spread if spread else 0.0
    return LinkGroup(
        characteristic=names[0],
        group=names[1],
        false=doubt.false[0],
        missed=doubt.missed[0],
        treated=ours,
        comparison=theirs,
        smd=smd,
        shift=_shift(redrawn, spec, outcome, ours - theirs, more_false, more_missed),
        warned=more_false + more_missed >= MARGIN and abs(smd) >= analysis.protocol.comparison.balance_red,
    )


def _share(analysis: Analysis, rows: Flags, rest: Flags, arm: Flags) -> float:
    """Return the group's share of one arm as it is analysed, of those whose group is known."""
    matched = analysis.sample.matched
    weights = np.where(matched.used & arm, matched.weights, 0.0)
    known = float(weights[rows | rest].sum())
    return float(weights[rows].sum()) / known if known else 0.0


def _shift(
    redrawn: Redrawn, spec: OutcomeSpec, outcome: Outcome, more: float, false: float, missed: float
) -> float | None:
    """Return what the group's doubt beyond the others' adds to the difference, since the arms hold it unequally.

    Who is joined to another's record shows the mean of those who could be comparisons in place of their own, and who
    lacks a record half of their own.
    """
    others, comparison = redrawn.others.get(spec.name), outcome.comparison
    if others is None or comparison is None or comparison.value is None or spec.design != "matched":
        return None
    return more * (false * (others - comparison.value) - missed * SPLIT_PART * comparison.value)


def unequal_sentence(group: LinkGroup, spec: OutcomeSpec) -> str:
    """Return the warning of one group: it holds no number of people and no share of an arm."""
    which = "more" if group.treated > group.comparison else "fewer"
    begin = (
        f'Links are in doubt for more people of the group "{group.group}" ({group.characteristic}) than for others, '
        f"and the scheme group holds {which} of them than its comparisons do"
    )
    if group.shift is None:
        return f"{begin}: for that alone the difference may be wrong."
    side, size = "high" if group.shift > 0 else "low", spec.wording.amount(group.shift)
    if not size.strip("0.,"):
        return f"{begin}: for that alone the difference is wrong by less than {_least(spec)} {spec.wording.unit}."
    return f"{begin}: for that alone the difference may be {size} {spec.wording.unit} too {side}."


def _least(spec: OutcomeSpec) -> str:
    return f"{10.0**-spec.wording.digits:g}"
