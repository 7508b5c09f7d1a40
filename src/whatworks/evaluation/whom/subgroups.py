"""For whom did it work? SubgroupSplit the primary effect by groups, and test whether they really differ."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from scipy.special import chdtrc

from whatworks.evaluation.answer.analysis import Analysis, group_result
from whatworks.evaluation.answer.area_answer import end
from whatworks.evaluation.question.covariate_names import CUT, SubgroupSplit, covariate_of
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import GroupResult, Subgroup
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.areas.effect import interaction_by_area
from whatworks.statistics.arrays import Flags
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.multiplicity import false_discovery, holm
from whatworks.statistics.pairs.weights import Matched

MOST_LEVELS = 12


def split_units(analysis: Analysis) -> list[SubgroupSplit]:
    """Return the protocol's subgroups, with the level of each unit."""
    return [_split(analysis, name) for name in analysis.protocol.subgroups.names]


def subgroups(analysis: Analysis, spec: OutcomeSpec, splits: Sequence[SubgroupSplit]) -> tuple[Subgroup, ...]:
    """Return the primary effect in each level of each subgroup, with tests of interaction adjusted by Holm.

    The share of false alarms among them is controlled beside (Benjamini and Hochberg), over planned and exploratory
    ones together.

    A level holds the matched sets whose treated person has it, so each is compared with its own comparisons.
    """
    found = [[(level, _effect(analysis, spec, split, level)) for level in _levels(split)] for split in splits]
    raw = [_interaction(analysis, spec, split, effects) for split, effects in zip(splits, found, strict=True)]
    known = [p for p in raw if p is not None]
    adjusted = iter(zip(holm(known), false_discovery(known), strict=True))
    rows: list[Subgroup] = []
    for split, effects, p in zip(splits, found, raw, strict=True):
        corrected, q = (None, None) if p is None else next(adjusted)
        rows += [_row(split, level, effect, (p, corrected, q)) for level, effect in effects]
    return tuple(rows)


def _interaction(
    analysis: Analysis, spec: OutcomeSpec, split: SubgroupSplit, effects: list[tuple[str, Estimate | None]]
) -> float | None:
    told = [(level, one) for level, one in effects if one is not None]
    if analysis.areas is None or len(told) < 2:
        return interaction_p([one for _, one in told])
    inside = np.column_stack([(split.levels == level).fill_null(False).to_numpy() for level, _ in told])
    values, treated = analysis.values(spec), analysis.units.treated
    return interaction_by_area(analysis.areas, values, treated, analysis.area_terms, inside)


def interaction_p(effects: list[Estimate]) -> float | None:
    """Return the p-value of the effects being equal (Cochran's Q); None with fewer than two of them."""
    if len(effects) < 2 or any(one.se <= 0 for one in effects):
        return None
    weights = np.array([1 / one.se**2 for one in effects])
    values = np.array([one.difference for one in effects])
    centre = float(weights @ values / weights.sum())
    return float(chdtrc(len(effects) - 1, float(weights @ (values - centre) ** 2)))


def _split(analysis: Analysis, subgroup: str) -> SubgroupSplit:
    name = covariate_of(subgroup)
    values, label = analysis.units.covariates[name], analysis.units.label(name)
    planned = subgroup in analysis.protocol.subgroups.planned
    cut = CUT.match(subgroup)
    if cut:
        limit = float(cut["limit"])
        flags = values.cast(pl.Float64) < limit
        frame = pl.DataFrame({"f": flags}).select(
            pl.when(pl.col("f"))
            .then(pl.lit(f"under {cut['limit']}"))
            .when(~pl.col("f"))
            .then(pl.lit(f"{cut['limit']} and over"))
        )
        return SubgroupSplit(subgroup, label, planned, frame.to_series())
    if values.drop_nulls().n_unique() > MOST_LEVELS:
        raise Refused(
            Fault(
                f"has more than {MOST_LEVELS} values",
                f'cut it, as in "{name} < 25", or name a factor',
                field="subgroups",
                value=subgroup,
            )
        )
    if values.dtype.is_float() and bool((values.drop_nulls() == values.drop_nulls().round()).all()):
        values = values.cast(pl.Int64)
    return SubgroupSplit(subgroup, label, planned, values.cast(pl.String))


def _levels(split: SubgroupSplit) -> list[str]:
    return sorted(
        split.levels.drop_nulls().unique().to_list(), key=lambda level: (not level.startswith("under"), level)
    )


def _effect(analysis: Analysis, spec: OutcomeSpec, split: SubgroupSplit, level: str) -> Estimate | None:
    inside = (split.levels == level).fill_null(False).to_numpy()
    matched = _within(analysis, inside)
    try:
        return analysis.effect(analysis.values(spec), yes_no=spec.yes_no, matched=matched, among=inside)
    except Refused:
        return None


def _within(analysis: Analysis, inside: Flags) -> Matched:
    """Narrow the sample to a level: whole matched sets by their treated person, else everybody by their own level."""
    matched, treated = analysis.sample.matched, analysis.units.treated
    if matched.subclass is None:
        return replace(matched, weights=matched.weights * inside)
    sets = matched.subclass[treated & inside & matched.used]
    keep = np.isin(matched.subclass, sets) & matched.used
    return Matched(matched.weights * keep, np.where(keep, matched.subclass, -1))


def _row(
    split: SubgroupSplit, level: str, effect: Estimate | None, tests: tuple[float | None, float | None, float | None]
) -> Subgroup:
    p, adjusted, q = tests
    nobody = GroupResult(n=0, events=None, value=None, ci_low=None, ci_high=None)
    return Subgroup(
        name=split.label,
        level=level,
        asked=split.name,
        planned=split.planned,
        treated=group_result(effect.treated) if effect else nobody,
        comparison=group_result(effect.comparison) if effect else nobody,
        difference=effect.difference if effect else None,
        ci_low=end(effect.ci_low) if effect else None,
        ci_high=end(effect.ci_high) if effect else None,
        p=effect.p if effect else None,
        interaction_p=p,
        interaction_p_adjusted=adjusted,
        interaction_q=q,
        sentence=_sentence(split, adjusted),
    )


def _sentence(split: SubgroupSplit, adjusted: float | None) -> str:
    origin = (
        "named beforehand"
        if split.planned
        else "exploratory: not named beforehand, so a lead to follow up and not a finding"
    )
    if adjusted is None:
        return f"Too few people to tell whether the effect differs by {split.label.lower()} ({origin})."
    if adjusted <= 0.05:
        return f"The effect differs by {split.label.lower()} ({origin})."
    return f"There is no sign that the effect differs by {split.label.lower()} beyond chance ({origin})."
