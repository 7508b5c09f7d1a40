"""Did events fall where something was done, and did they move next door or spread their fall there?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.places.areas import Areas
from whatworks.places.displacement_terms import DisplacementTerms
from whatworks.places.monthly_counts import MonthlyCounts, month_after
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.displacement.controls import (
    ControlCandidate,
    ControlChoice,
    rank_controls,
    specification_curve,
    trend_doubt,
    trend_variance,
)
from whatworks.statistics.displacement.dispersion import FEWEST_PERIODS, Dispersion, dispersion
from whatworks.statistics.displacement.ratio_of_ratios import RatioOfRatios, ratio_of_ratios
from whatworks.statistics.displacement.weighted_difference import (
    Difference,
    Quotient,
    WeightedDifference,
    levels_alike,
    weighted_difference,
    weighted_quotient,
)
from whatworks.statistics.verdict import SIGNIFICANT

Floats = npt.NDArray[np.float64]
Places = tuple[int, ...]
Change = Literal["fell", "rose", "cannot be told", "no verdict"]
FEWEST_BEFORE = 50
"""Events before, under which an area's trend is too rough for it to be a control."""
ON_THE_CURVE = 6
"""Control areas of which every choice is shown."""


@dataclass(frozen=True, slots=True)
class DisplacementResult:
    """What changed where it was done (`local`) and next door (`moved`), and all that the answer hangs on.

    `counts` are control, treated, displacement control and displacement treated (or the first two), before and after;
    `scale` divides each of them in the difference. `by` names the answer: the difference where levels are alike, else
    the ratio of ratios; `ratios` are of the treated and of the displacement area. `spread` is None where fewer than 12
    earlier months show how counts vary: the interval then holds if counts are purely Poisson, and there is no verdict.
    `trends_vary` is by how much areas' trends a year may differ (standard deviation of the logarithm), which the errors
    allow for; None of named controls, which are taken to move alike. `beside` are areas that touch the treated one:
    left out of the candidates, or, of named controls, those that do; None where no boundaries are held. `ground`
    are all areas, for a map.
    """

    terms: DisplacementTerms
    roles: dict[str, tuple[str, ...]]
    candidates: tuple[ControlCandidate, ...]
    too_few: int
    counts: tuple[tuple[int, int], ...]
    scale: tuple[float, ...]
    spread: Dispersion | None
    by: Literal["difference", "ratio"]
    difference: WeightedDifference
    harm: WeightedDifference | None
    ratios: tuple[RatioOfRatios, ...]
    quotient: Quotient | None
    no_quotient: str
    curve: tuple[ControlChoice, ...]
    curve_counts: tuple[int, ...]
    local: Change
    moved: Change | None
    late: bool
    beside: tuple[str, ...] | None
    trends_vary: float | None
    reports: pl.DataFrame | None
    ground: Areas | None = None


def measure_displacement(terms: DisplacementTerms, counts: MonthlyCounts) -> DisplacementResult:
    """Return what changed in the treated and displacement areas against areas that moved alike before.

    Refused, all at once: areas or kinds that are not there, an area in two roles, months that are not known.
    """
    treated, displaced = (counts.places_of(getattr(terms, role), role) for role in ("treated", "displacement"))
    events = counts.of_kinds(terms.kinds)
    start = counts.place_of(terms.first_month)
    spans = slice(start - terms.before, start), slice(start, start + terms.after)
    _check_months(terms, counts, start)
    history = _history(events.sum(axis=0), start, (*treated, *displaced))
    control, moved_control, ranked, too_few = _controls(terms, counts, history, treated, displaced)
    groups = [control, treated] + ([moved_control, displaced] if displaced else [])
    _check_roles(terms, counts, groups, events, slice(spans[0].start, spans[1].stop))
    series = np.stack([events[:, group].sum(axis=1) for group in groups], axis=1)
    pairs = np.stack([series[:, :, span].sum(axis=2) for span in spans], axis=2)
    long = _history(series.sum(axis=0), start, range(len(groups)))
    spread = dispersion(long) if long.shape[1] >= FEWEST_PERIODS else None
    phi, df = (spread.phi, spread.df) if spread else (1.0, np.inf)
    scale = _scale(terms, counts, groups)
    time = (terms.before / terms.after, 1.0)
    varies = None if terms.control else trend_variance(ranked)
    drift = [_drift(terms, history, groups[at], groups[at + 1], varies) for at in range(0, len(groups), 2)]
    weights = [terms.harm.get(kind, 1.0) for kind in terms.kinds]
    weighed = partial(weighted_difference, pairs, time=time, area=scale, phi=phi, df=df, drift=drift)
    difference, harm = weighed(), weighed(harm=weights) if terms.harm else None
    both = pairs.sum(axis=0)
    ratios = tuple(
        ratio_of_ratios(_pair(both[2 * at + 1]), _pair(both[2 * at]), phi, df, adds) for at, adds in enumerate(drift)
    )
    alike = levels_alike(pairs, scale)
    late = bool(terms.control) and (terms.chosen_on is None or terms.chosen_on >= terms.first_month)
    changes = [
        _change(difference_of if alike else ratio, spread is None or late)
        for difference_of, ratio in zip((difference.local, difference.displacement), ratios, strict=False)
    ]
    quotient, why = _quotient(both, changes, bool(displaced))
    near = [each.name for each in ranked if each.alike][:ON_THE_CURVE] or [counts.names[at] for at in control]
    tried = {name: both_of for name in near if (both_of := _own_pair(counts, events, name, spans)) is not None}

    def drift_of(names: tuple[str, ...]) -> float:
        return _drift(terms, history, tuple(counts.names.index(name) for name in names), treated, varies)

    return DisplacementResult(
        terms, {role: tuple(counts.names[at] for at in group) for role, group in zip(ROLES, groups, strict=False)},
        ranked, too_few, tuple((int(before), int(after)) for before, after in both), tuple(scale), spread,
        "difference" if alike else "ratio", difference, harm, ratios, quotient, why,
        specification_curve(_pair(both[1]), list(tried.items()), phi, df, drift_of),
        tuple(int(count) for pair in tried.values() for count in pair),
        changes[0], changes[1] if displaced else None, late, _beside(terms, counts, control, treated, displaced),
        None if varies is None else varies**0.5, _reports(terms, counts, groups), counts.ground,
    )  # fmt: skip


ROLES = ("control", "treated", "displacement control", "displacement")


def _reports(terms: DisplacementTerms, counts: MonthlyCounts, groups: Sequence[Places]) -> pl.DataFrame | None:
    """Return the incidents behind the counts (`unit`) by role and side (`cell`), where they are a partnership's own."""
    first, start, last = (month_after(terms.first_month, at) for at in (-terms.before, 0, terms.after - 1))
    spans = {"before": (first, month_after(start, -1)), "after": (start, last)}
    return counts.behind(terms.kinds, dict(zip(ROLES, groups, strict=False)), spans)


def _check_months(terms: DisplacementTerms, counts: MonthlyCounts, start: int) -> None:
    first, last = (month_after(terms.first_month, at) for at in (-terms.before, terms.after - 1))
    if start - terms.before < 0 or start + terms.after > len(counts.months):
        span = f"{counts.months[0]:%Y-%m} to {counts.months[-1]:%Y-%m}"
        problem = f"{first:%Y-%m} to {last:%Y-%m} are asked for, and {span} are held"
        raise Refused(Fault(problem, "take fewer months, or send the others", field="before, after"))


def _history(events: Floats, start: int, areas: Sequence[int]) -> Floats:
    """Return the earlier months, back from the beginning as far as all these areas are known."""
    known = np.isfinite(events[list(areas), :start]).all(axis=0)
    gap = np.flatnonzero(~known)
    return events[:, (int(gap[-1]) + 1 if gap.size else 0) : start]


def _controls(
    terms: DisplacementTerms, counts: MonthlyCounts, history: Floats, treated: Places, displaced: Places
) -> tuple[Places, Places, tuple[ControlCandidate, ...], int]:
    """Return the controls of the treated and of the displacement area, the candidates, and how many were too few."""
    if terms.control:
        both = (counts.places_of(getattr(terms, role), role) for role in ("control", "displacement_control"))
        return *both, (), 0  # type: ignore[return-value]
    named = counts.places_of(terms.not_control, "not_control")
    barred = {*treated, *displaced, *named, *_next_to(counts, treated)}
    offered = counts.places_of(terms.candidates, "candidates") or range(len(counts.areas))
    known = [at for at in offered if at not in barred and np.isfinite(history[at]).all()]
    pool = [at for at in known if history[at].sum() >= FEWEST_BEFORE]
    chosen: list[Places] = []
    candidates: tuple[ControlCandidate, ...] = ()
    for group in (treated, displaced):
        free = [at for at in pool if not any(at in taken for taken in chosen)]
        if not group:
            chosen.append(())
            continue
        ranked = rank_controls(history[list(group)].sum(axis=0), [str(at) for at in free], history[free])
        alike = [int(each.name) for each in ranked if each.alike][: terms.controls]
        if not alike:
            raise Refused(_no_control(len(free), len(known) - len(pool), len(_next_to(counts, treated))))
        chosen.append(tuple(alike))
        candidates = candidates or tuple(replace(each, name=counts.names[int(each.name)]) for each in ranked)
    return chosen[0], chosen[1], candidates, len(known) - len(pool)


def _no_control(tried: int, few: int, beside: int) -> Fault:
    """Return why no control is left: nothing can be compared without an area that moved alike before."""
    problem = (
        f"none of {tried} candidates is known to have moved like the area before" if tried else "no candidate is left"
    ) + f"; {few} have fewer than {FEWEST_BEFORE} events before, {beside} touch the treated area"
    return Fault(problem, "name other candidates, or take other areas, a longer time or more kinds", field="candidates")


def _next_to(counts: MonthlyCounts, areas: Places) -> set[int]:
    """Return the places of the areas that touch some of those given, and are none of them."""
    near = counts.neighbours
    return set() if near is None else {one for at in areas for one in near[at]} - {*areas}


def _beside(
    terms: DisplacementTerms, counts: MonthlyCounts, control: Places, treated: Places, displaced: Places
) -> tuple[str, ...] | None:
    if counts.neighbours is None:
        return None
    near = _next_to(counts, treated) - {*displaced}
    return tuple(counts.names[at] for at in sorted(near & {*control} if terms.control else near))


def _check_roles(
    terms: DisplacementTerms, counts: MonthlyCounts, groups: Sequence[Places], events: Floats, span: slice
) -> None:
    faults = []
    used = [at for group in groups for at in group]
    for kind in sorted({*terms.harm} - {*terms.kinds}):
        faults.append(Fault("is not among the kinds", "take it out, or count it too", field="harm", value=kind))
    for at in sorted({at for at in used if used.count(at) > 1}):
        faults.append(
            Fault("stands in two roles, or twice in one", "give it one", field="area", value=counts.names[at])
        )
    if terms.control and terms.chosen_on is None:
        faults.append(Fault("is missing", "say when the control areas were chosen", field="chosen_on"))
    if terms.control and terms.displacement and not terms.displacement_control:
        remedy = "name them too, or leave out control so that both are chosen by the trend before"
        faults.append(Fault("is missing", remedy, field="displacement_control"))
    for at in dict.fromkeys(used):
        if not np.isfinite(events[:, at, span]).all():
            problem = "is not known in every month that is counted"
            faults.append(
                Fault(problem, "ask the agencies for it: a gap is not zero", field="area", value=counts.names[at])
            )
    if faults:
        raise Refused(faults)


def _drift(terms: DisplacementTerms, history: Floats, control: Places, treated: Places, varies: float | None) -> float:
    """Return what not knowing the control's trend adds to the variance of a change in proportion."""
    if varies is None:
        return 0.0
    own, others = (history[list(group)].sum(axis=0) for group in (treated, control))
    return trend_doubt(own, others, len(control), varies, (terms.before, terms.after))


def _scale(terms: DisplacementTerms, counts: MonthlyCounts, groups: Sequence[Places]) -> list[float]:
    """Return what divides each group's counts: its size over that of the area it is compared with."""
    if terms.sizes:
        sized = dict(zip(counts.places_of(terms.sizes, "sizes"), terms.sizes.values(), strict=True))
        if lacking := [counts.names[at] for group in groups for at in group if at not in sized]:
            raise Refused(
                [Fault("has no size", "give one for every area", field="sizes", value=one) for one in lacking]
            )
        sizes = [sum(sized[at] for at in group) for group in groups]
    else:
        sizes = [float(len(group)) for group in groups]
    return [sizes[at] / sizes[at | 1] for at in range(len(groups))]


def _change(measured: Difference | RatioOfRatios | None, silent: bool) -> Change:
    if measured is None or silent:
        return "no verdict"
    if measured.p > SIGNIFICANT:
        return "cannot be told"
    if isinstance(measured, Difference):
        return "fell" if measured.value < 0 else "rose"
    return "fell" if measured.value is not None and measured.value < 1 else "rose"


def _quotient(both: Floats, changes: Sequence[Change], displaced: bool) -> tuple[Quotient | None, str]:
    if not displaced:
        return None, "there is no displacement area"
    if changes[0] != "fell":
        return None, "the response is not shown to have worked, and a failed one can look like diffusion"
    try:
        return weighted_quotient(_pair(both[1]), _pair(both[3]), _pair(both[0])), ""
    except Refused as refused:
        return None, refused.faults[0].problem


def _own_pair(
    counts: MonthlyCounts, events: Floats, name: str, spans: tuple[slice, slice]
) -> tuple[float, float] | None:
    """Return an area's own counts before and after, None where a month is not known or it has none."""
    own = events[:, counts.names.index(name)].sum(axis=0)
    pair = (float(own[spans[0]].sum()), float(own[spans[1]].sum()))
    return pair if np.isfinite(pair).all() and all(pair) else None


def _pair(row: Floats) -> tuple[float, float]:
    return float(row[0]), float(row[1])
