"""The outcomes as the Justice Data Lab computes them: Welch's t test of the matched groups, one outcome at a time."""

from dataclasses import replace
from math import sqrt

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis, group_result
from whatworks.evaluation.answer.area_answer import area_answer, end
from whatworks.evaluation.question.data_lab_list import (
    EVERYBODY,
    MOST_WITHOUT,
    OF_FLAT_FILE,
    OTHER_WINDOW,
    REOFFENDERS,
    SOME_WITHOUT_CLASS,
    WITHOUT_CLASS,
    of_tier,
    share_without,
)
from whatworks.evaluation.question.outcome_register import MEASURES
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import DataLab, GroupResult
from whatworks.records.follow_up import months_in_words, windowed
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import Estimate, Group, interval, two_sided_p
from whatworks.statistics.pairs.weights import effective_size
from whatworks.statistics.power import needed_for
from whatworks.statistics.verdict import verdict_of

KINDS = ("yes_no", "frequency", "days")


def data_lab(analysis: Analysis) -> tuple[DataLab, ...]:
    """Return the Data Lab's outcomes, first of everybody, then of reoffenders only.

    A partnership's records give its whole list, whether the protocol names an outcome or not; one that it does not
    name carries no verdict. Of a flat file's outcomes all of these kinds are given. Tiers are left out where too many
    reoffences are of no known class (`data_lab_notes` says so).
    """
    found = ((spec, lab_estimate(analysis, spec)) for spec in lab_specs(analysis))
    return tuple(_row(analysis, spec, joined) for spec, joined in found if joined is not None)


def lab_specs(analysis: Analysis) -> tuple[OutcomeSpec, ...]:
    """Return the outcomes of the form, of everybody and of reoffenders only."""
    if analysis.protocol.data.source == "partnership":
        return (*everybody_specs(analysis), *_reoffenders(analysis))
    return tuple(spec for spec in analysis.units.specs if spec.kind in KINDS and spec.ended_by is None)


def lab_name(spec: OutcomeSpec) -> str:
    """Return what an outcome of the form is called among the draws' estimates: it is compared in a way of its own."""
    return f"data lab: {spec.name}{', reoffenders' if spec.among else ''}"


def everybody_specs(analysis: Analysis) -> tuple[OutcomeSpec, ...]:
    """Return the outcomes of everybody that the form of a partnership holds; of a flat file they are the protocol's."""
    return tuple(_listed(analysis, EVERYBODY)) if analysis.protocol.data.source == "partnership" else ()


LINKS_ALLOWED_FOR = (
    "A linkage model says which records are one person's. Differences, their intervals and p-values allow for other "
    "believable links; the groups' means take those in force as sure."
)


def data_lab_notes(analysis: Analysis) -> tuple[str, ...]:
    """Return sentences on what the Data Lab's form lacks here, and what to supply."""
    if analysis.unlike:
        return (analysis.unlike,)
    if analysis.protocol.data.source != "partnership":
        return (OF_FLAT_FILE,)
    notes = [LINKS_ALLOWED_FOR] if analysis.redrawn is not None else []
    months = analysis.protocol.outcomes.follow_up_months
    notes += [OTHER_WINDOW.format(length=months_in_words(months))] if months != 12 else []
    without = _without_class(analysis)
    if without > MOST_WITHOUT:
        notes.append(WITHOUT_CLASS)
    elif without > 0:
        notes.append(SOME_WITHOUT_CLASS)
    return tuple(notes)


def _listed(analysis: Analysis, stems: tuple[str, ...]) -> list[OutcomeSpec]:
    """Return the outcomes that the records give, tiers only where their class is known."""
    columns = set(analysis.units.outcomes.columns)
    tiers = _without_class(analysis) <= MOST_WITHOUT
    specs = [MEASURES[stem].over(analysis.protocol.outcomes.follow_up_months) for stem in stems]
    return [spec for spec in specs if set(spec.columns) <= columns and (tiers or not of_tier(spec.name))]


def _reoffenders(analysis: Analysis) -> list[OutcomeSpec]:
    if (
        windowed("proven_reoffending", analysis.protocol.outcomes.follow_up_months)
        not in analysis.units.outcomes.columns
    ):
        return []
    return [of_reoffenders(spec) for spec in _listed(analysis, REOFFENDERS)]


def of_reoffenders(spec: OutcomeSpec) -> OutcomeSpec:
    """Return an outcome as one of reoffenders only.

    >>> of_reoffenders(MEASURES["custody_frequency"].over(12)).label
    'Custodial sentences for reoffending per reoffender'
    """
    return replace(
        spec,
        among=windowed("proven_reoffending", spec.months or 12),
        label=spec.label.replace("per person", "per reoffender").removesuffix(", among reoffenders"),
        unit=spec.unit.replace("people", "reoffenders").replace("per person", "per reoffender"),
    )


def _without_class(analysis: Analysis) -> float:
    """Return the greater of the two groups' shares of reoffences without a known class, among those analysed."""
    months, outcomes = analysis.protocol.outcomes.follow_up_months, analysis.units.outcomes
    if windowed("reoffences_without_class", months) not in outcomes.columns:
        return 1.0
    used, treated = _weights(analysis) > 0, analysis.units.treated
    return max(share_without(outcomes.filter(used & group), months) for group in (treated, ~treated))


def _weights(analysis: Analysis) -> Floats:
    """Return what each person weighs: a descriptive paper is about the whole groups, before any matching."""
    return analysis.sample.matched.weights if analysis.protocol.scheme.causal else np.ones(analysis.units.size)


def lab_estimate(analysis: Analysis, spec: OutcomeSpec) -> Estimate | None:
    """Return the groups compared as the records are joined; None where fewer than two of a group are known.

    A scheme given by area is estimated as the board's paper estimates it; reoffenders are compared whether or not the
    person whom they were matched with reoffended too.
    """
    values, treated = analysis.values(spec).copy(), analysis.units.treated
    if spec.among:
        values[~(np.nan_to_num(analysis.column(spec.among)) > 0)] = np.nan
    by_person = compared(values, treated, _weights(analysis))
    if by_person is None or analysis.areas is None:
        return by_person
    matched = replace(analysis.sample.matched, subclass=None) if spec.among else None
    found = analysis.effect(values, yes_no=spec.yes_no, matched=matched)
    groups = (
        whole if whole.events is not None else replace(whole, events=counted.events)
        for whole, counted in ((found.treated, by_person.treated), (found.comparison, by_person.comparison))
    )
    return replace(found, treated=next(groups), comparison=next(groups))


def _row(analysis: Analysis, spec: OutcomeSpec, joined: Estimate) -> DataLab:
    """Return an outcome's row, which allows for doubtful links; one that the protocol does not name is marked."""
    redrawn = analysis.redrawn
    found = joined if redrawn is None else redrawn.allow(lab_name(spec), joined)
    named = spec.name in {each.name for each in analysis.units.specs}
    row = lab_row(found, spec, verdict=analysis.protocol.scheme.causal and not spec.among and named)
    weaker = row.verdict if redrawn is None or row.verdict is None else redrawn.weaker(row.verdict)
    return row.model_copy(update={"named": named, "verdict": weaker})


def lab_row(found: Estimate, spec: OutcomeSpec, *, verdict: bool = True) -> DataLab:
    """Return the row of an outcome whose groups were compared.

    `n_needed` are the treated people, and `areas_needed` the areas of a scheme given by area, with which a difference
    as large as the one found would be found four times in five; none where it was found.
    """
    told = verdict_of(found)
    undecided = not told.startswith("significant") and found.difference != 0
    size = abs(found.difference)
    by_area = area_answer(found, size) if undecided else None
    return DataLab(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        unit=spec.unit,
        among_reoffenders=spec.among is not None,
        treated=_group(found.treated, spec),
        comparison=_group(found.comparison, spec),
        difference=found.difference,
        ci_low=end(found.ci_low),
        ci_high=end(found.ci_high),
        p=found.p,
        n_needed=needed_for(size, found.se, found.treated.n) if undecided and found.areas is None else None,
        areas_needed=by_area and by_area.areas_needed,
        verdict=told if verdict else None,
    )


def compared(values: Floats, treated: Flags, weights: Floats) -> Estimate | None:
    """Return both groups compared by Welch's t test; None where a group has fewer than two people of known outcome.

    Means are weighted as the matching weighs people, and a weighted group is worth its effective size (Kish); where all
    weigh the same this is Welch's t test as printed.
    """
    known = (weights > 0) & ~np.isnan(values)
    sides = [known & treated, known & ~treated]
    if min(int(side.sum()) for side in sides) < 2:
        return None
    ours, theirs = (_moments(values[side], weights[side]) for side in sides)
    difference = ours[0] - theirs[0]
    se = sqrt(ours[1] + theirs[1])
    below = ours[1] ** 2 / (ours[2] - 1) + theirs[1] ** 2 / (theirs[2] - 1)
    df = se**4 / below if below else float("inf")
    low, high = interval(difference, se, df)
    return Estimate(
        difference,
        se,
        low,
        high,
        two_sided_p(difference, se, df),
        df,
        _counted(values[sides[0]], ours),
        _counted(values[sides[1]], theirs),
        "Welch's t test of the matched groups",
        "unequal variances",
    )


def _moments(values: Floats, weights: Floats) -> tuple[float, float, float]:
    """Return the mean, its variance, and how many people of equal weight the group is worth."""
    mean, size = float(np.average(values, weights=weights)), effective_size(weights)
    return mean, float(np.average((values - mean) ** 2, weights=weights)) / (size - 1), size


def _counted(values: Floats, moments: tuple[float, float, float]) -> Group:
    mean, variance, size = moments
    low, high = interval(mean, sqrt(variance), size - 1)
    return Group(len(values), int(values.sum()), mean, max(0.0, low), high)


def _group(group: Group, spec: OutcomeSpec) -> GroupResult:
    counted = group_result(group)
    return counted if spec.kind in ("yes_no", "frequency") else counted.model_copy(update={"events": None})
