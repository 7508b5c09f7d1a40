"""Clear outcomes, subgroups and sensitivity for leaving: withheld where people are few, else rounded."""

from typing import Any

from whatworks.evaluation import result as inside
from whatworks.evaluation.result import doubts
from whatworks.measures.periods import USUAL_MONTHS, period_months
from whatworks.papers.disclosure.groups import both_people, disclosure, group
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.other_samples import other_way
from whatworks.papers.disclosure.published import Disclosure, Effect
from whatworks.papers.disclosure.rounding import SCALES, Rounded, Safe, Scale, half_away, p_value, rounded
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.clear_ratios import clear_ratios
from whatworks.papers.evaluation.clear_time import clear_time
from whatworks.papers.words import without_small_counts
from whatworks.records.follow_up import window_of
from whatworks.statistics.verdict import SIGNIFICANT, finds_effect

CAUSAL = ("matched", "randomised", "difference_in_differences")
COMPARED = (
    "difference",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "smallest_detectable",
    "n_needed",
    "areas",
    "ruled_out",
    "verdict",
    "guard",
    "bounds",
)


def clear_outcome(
    outcome: inside.Outcome,
    result: inside.Result,
    hidden: frozenset[str],
    shown_people: tuple[Nested, Nested],
    more: Secondary = NOTHING_MORE,
) -> outside.Outcome:
    """Return an outcome as it may leave; `shown_people` hold the counts already shown, of scheme and comparisons.

    Where a number of people is withheld, so is the interval of their share, and that of the difference is rounded to
    whole points: how wide they are tells how many people they are of.
    """
    withheld = outcome.name in hidden
    keep = outcome.design in CAUSAL
    n_treated, n_comparison = both_people(outcome, result.n, shown_people, keep, withheld)
    row = disclosure(outcome.kind, (n_treated, n_comparison), result.minimum_count, withheld)
    coarse, scale = row.coarse, row.scale
    if not (result.protocol.causal and outcome.design in CAUSAL):
        outcome = only_described(outcome, causal=result.protocol.causal)
    told = () if withheld else periods(outcome, result.minimum_count)
    return outside.Outcome(
        name=outcome.name,
        label=outcome.label,
        kind=outcome.kind,
        design=outcome.design,
        measure=outcome.measure,
        unit=outcome.unit,
        window=outcome.window,
        primary=outcome.primary,
        withheld=withheld,
        treated=group(outcome.treated, n_treated, row),
        comparison=group(outcome.comparison, n_comparison or "c", row) if outcome.comparison else None,
        effect=effect(outcome.estimator, outcome, scale, withheld, outcome.p),
        p_adjusted=None if withheld else opt_p(outcome.p_adjusted),
        only_unadjusted=not withheld and only_unadjusted(outcome),
        smallest_detectable=shown(outcome.smallest_detectable, scale, withheld or coarse),
        n_needed="c" if (withheld or coarse) and outcome.n_needed is not None else outcome.n_needed,
        ruled_out=None if withheld or coarse else outcome.ruled_out,
        verdict="c" if withheld and outcome.verdict else after_adjustment(outcome),
        reason_no_verdict=outcome.reason_no_verdict,
        sentence="" if withheld or coarse else without_small_counts(outcome.sentence, result.minimum_count),
        per_hundred=None if withheld else per_hundred(outcome),
        se_kind=outcome.se_kind,
        areas=None if withheld else areas(outcome.areas),
        guard=guard(outcome.guard, withheld, result.minimum_count),
        beside=() if withheld else tuple(beside(one, outcome.kind, scale, shown_people) for one in outcome.beside),
        ratios=clear_ratios(outcome.ratios, withheld or "c" in (n_treated, n_comparison)),
        time_to_first=clear_time(outcome.time_to_first, withheld),
        periods=told,
        periods_withheld=not withheld and bool(outcome.periods) and not told,
        bounds=bounds(outcome, scale, withheld, shown_people, result, all_few=more.has("unknown", outcome.name)),
        red_goes_with_it=outcome.red_goes_with_it and not withheld,
    )


def areas(found: inside.AreaAnswer | None) -> outside.Areas | None:
    """Return what an answer by area rests on."""
    if found is None:
        return None
    return outside.Areas(
        treated=found.treated,
        comparison=found.comparison,
        smallest_p=p_value(found.smallest_p),
        df=None if found.df is None else half_away(found.df, 1, 1),
        areas_needed=found.areas_needed,
    )


def only_described(outcome: inside.Outcome, *, causal: bool) -> inside.Outcome:
    """Return an outcome without whatever would set the groups against each other."""
    nothing: dict[str, Any] = dict.fromkeys(COMPARED)
    kept = outcome.sentence if causal and outcome.design == "descriptive" else ""
    return outcome.model_copy(update={**nothing, "beside": (), "ratios": (), "time_to_first": None, "sentence": kept})


def shown(value: float | None, scale: Scale, withheld: bool) -> Safe:
    """Return a difference or an interval's end, rounded."""
    return rounded(value, withheld, scale.end_places, scale.factor)


def opt_p(p: float | None) -> str | None:
    """Return p as printed, where there is one."""
    return None if p is None else p_value(p)


def only_unadjusted(outcome: inside.Outcome) -> bool:
    """Say whether an outcome's finding is one that chance could produce, given how many outcomes were looked at.

    The primary outcome was named beforehand, so its finding stands on its own p.
    """
    found = outcome.p is not None and outcome.p_adjusted is not None and outcome.p <= SIGNIFICANT < outcome.p_adjusted
    return found and not outcome.primary


def after_adjustment(outcome: inside.Outcome) -> inside.Verdict | None:
    """Return an outcome's verdict: none finds what the number of outcomes looked at undoes."""
    if only_unadjusted(outcome) and finds_effect(outcome.verdict):
        return "more people needed" if outcome.areas is None else "more areas needed"
    return outcome.verdict


def effect(
    name: str,
    found: inside.Outcome | inside.Subgroup | inside.Beside | doubts.Placebo | doubts.Sensitivity,
    scale: Scale,
    withheld: bool,
    p: float | None = None,
    note: str = "",
) -> Effect:
    """Return a difference with its interval, rounded or withheld."""
    row = Disclosure(0, withheld, scale=scale)
    return Effect.of(found, row, name=name, p=None if withheld else opt_p(p), note=note)


def beside(one: inside.Beside, kind: inside.Kind, scale: Scale, people: tuple[Nested, Nested]) -> Effect:
    """Return another estimate of an outcome, no finer than the outcome's own and coarser where it is of others."""
    if one.treated is None or one.difference is None:
        return effect(one.name, one, scale, False, one.p, one.note)
    way = other_way((one.treated, one.comparison), kind, people, keep=False)
    finest = min(scale, way.scale, key=lambda scale: scale.end_places)
    return effect(one.name, one, finest, way.withheld, one.p, one.note)


def guard(found: inside.Guard | None, withheld: bool, minimum: int) -> outside.Guard | None:
    """Return the guard; its unit is people's nights or sentences, never a share."""
    if found is None:
        return None
    note = "" if withheld else without_small_counts(found.sentence, minimum)
    scale = SCALES["nights" if "night" in found.unit else "frequency"]
    return outside.Guard(
        **Effect.of(found, Disclosure(minimum, withheld, scale=scale), note=note).model_dump(),
        unit=found.unit,
        margin=shown(found.margin, scale, False),
        met=None if withheld else found.met,
    )


def periods(outcome: inside.Outcome, minimum: int) -> tuple[outside.Period, ...]:
    """Return both groups' means by period, rounded as interval ends are.

    None where a group's events in a period, its rate per year times its people and the years, are too few to show.
    """
    named = window_of(outcome.name)
    years = period_months(named[1] if named else USUAL_MONTHS) / 12
    scale = SCALES[outcome.kind]
    rates = [
        (rate, group.n)
        for point in outcome.periods
        for rate, group in ((point.treated, outcome.treated), (point.comparison, outcome.comparison))
        if rate is not None and group is not None
    ]
    if outcome.kind == "frequency" and any(rate * people * years < minimum for rate, people in rates):
        return ()
    return tuple(
        outside.Period(
            label=point.label,
            after=point.after,
            treated=half_away(point.treated, scale.end_places, scale.factor),
            comparison=None
            if point.comparison is None
            else half_away(point.comparison, scale.end_places, scale.factor),
        )
        for point in outcome.periods
    )


def bounds(
    outcome: inside.Outcome,
    scale: Scale,
    withheld: bool,
    shown_people: tuple[Nested, Nested],
    result: inside.Result,
    *,
    all_few: bool = False,
) -> outside.Bounds | None:
    """Return the bounds. Where few outcomes are not known, their limits too would give that number away."""
    found = outcome.bounds
    if found is None:
        return None
    groups = (outcome.treated, outcome.comparison)
    lost = (found.not_known_treated, found.not_known_comparison)
    first = result.attrition[0] if result.attrition else None
    submitted = (first.treated, first.comparison) if first else (None, None)
    analysed = (result.n.treated, result.n.comparison)
    derived = [implied(*about) for about in zip(lost, groups, submitted, analysed, strict=True)]
    few = [
        all_few or gives_away(number, group, counts, shown_in)
        for number, group, counts, shown_in in zip(lost, groups, derived, shown_people, strict=True)
    ]
    hide = withheld or any(few)
    for gone, counts, shown_in in zip(few, derived, shown_people, strict=True):
        if not gone:
            shown_in.shown.update(counts)
    return outside.Bounds(
        not_known_treated="c" if few[0] else found.not_known_treated,
        not_known_comparison="c" if few[1] else found.not_known_comparison,
        low=shown(found.low, scale, hide),
        high=shown(found.high, scale, hide),
        sentence="" if hide else without_small_counts(found.sentence, result.minimum_count),
        tipping_group=None if hide else found.tipping_group,
        tipping_share=rounded(found.tipping_share, hide, 0, 100),
        lee_low=shown(found.lee_low, scale, hide),
        lee_high=shown(found.lee_high, scale, hide),
        lee_sentence="" if hide else found.lee_sentence,
    )


def implied(lost: int, group: inside.GroupResult | None, submitted: int | None, analysed: int) -> tuple[int, ...]:
    """Return the counts of people that follow from a number of outcomes not known and from the counts shown.

    They stand as though they were printed: of 242 analysed 15 are not known, so 227 are, and another way of matching
    that tells of 228 would tell of one person more.

    >>> implied(15, inside.GroupResult(n=213, events=78, value=0.37, ci_low=None, ci_high=None), 260, 242)
    (228, 245, 227)
    """
    sums = [*([group.n] if group else []), -submitted if submitted is not None else None, -analysed]
    return tuple(abs(count + lost) for count in sums if count is not None and abs(count) >= lost)


def gives_away(lost: int, group: inside.GroupResult | None, counts: tuple[int, ...], people: Nested) -> bool:
    """Say whether a number of outcomes not known, or a count that follows from it, tells of a handful."""
    unshown = group is not None and not people.allows(group.n)
    return people.sensitive(lost) or unshown or not all(people.allows(count) for count in counts)


def per_hundred(outcome: inside.Outcome) -> tuple[Rounded, ...] | None:
    """Return whole people in 100: the scheme's, those expected without it, the difference and its interval.

    All but those expected are rounded from the unrounded figure; those expected are the scheme's less the difference,
    so that the three subtract. There is nothing where they would lie outside 0 to 100.

    A value of 25.4 and a difference of -3.9 print 25, 29 and "4 fewer".
    """
    if outcome.kind not in ("yes_no", "share") or outcome.comparison is None:
        return None
    figures = (outcome.treated.value, outcome.difference, outcome.ci_low, outcome.ci_high)
    known = [half_away(figure, 0, 100) for figure in figures if figure is not None]
    if len(known) < len(figures) or not 0 <= known[0] - known[1] <= 100:
        return None
    return (known[0], known[0] - known[1], *known[1:])


def clear_subgroups(
    result: inside.Result, levels: dict[str, frozenset[str]], hidden: frozenset[str]
) -> tuple[outside.Subgroup, ...]:
    """Return the primary outcome by subgroup."""
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    scale = SCALES[primary.kind if primary else "yes_no"]
    rows = []
    for row in result.subgroups:
        withheld = row.level in levels[row.name] or (primary is not None and primary.name in hidden)
        how = Disclosure(result.minimum_count, withheld, scale=scale)
        partly = withheld or bool(levels[row.name])
        rows.append(
            outside.Subgroup(
                name=row.name,
                level=row.level,
                planned=row.planned,
                withheld=withheld,
                treated=group(row.treated, "c" if withheld else row.treated.n, how),
                comparison=group(row.comparison, "c" if withheld else row.comparison.n, how),
                effect=effect(row.level, row, scale, withheld, row.p),
                interaction_p=None if partly else opt_p(row.interaction_p),
                interaction_p_adjusted=None if partly else opt_p(row.interaction_p_adjusted),
                interaction_q=None if partly else opt_p(row.interaction_q),
            )
        )
    return tuple(rows)
