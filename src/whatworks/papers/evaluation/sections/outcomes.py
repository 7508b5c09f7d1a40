"""The outcomes: withheld where few people fared one way, else rounded, with what stands beside each of them."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from whatworks.evaluation import result as inside
from whatworks.measures.periods import USUAL_MONTHS, period_months
from whatworks.papers.disclosure.groups import both_people, disclosure, group, without_reoffenders
from whatworks.papers.disclosure.other_samples import other_way
from whatworks.papers.disclosure.published import Before, Disclosure, Effect, Published
from whatworks.papers.disclosure.rounding import SCALES, Rounded, half_away
from whatworks.papers.evaluation.columns import effect, groups, yes_no
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection, Value
from whatworks.papers.evaluation.sections.unknown import Bounds as Bounds
from whatworks.papers.evaluation.sections.unknown import bounds
from whatworks.papers.evaluation.sections.verdicts import verdict_cell
from whatworks.papers.forms.sheet import PER_CENT
from whatworks.papers.words import text
from whatworks.records.follow_up import window_of
from whatworks.statistics.verdict import SIGNIFICANT, finds_effect

CHANGE = ": change"
CHANGES = (
    "Where a row says change, each group's value is its own change from before to after, not a level, and the "
    "difference is between the two changes."
)
UNADJUSTED = "p is the plain p-value; adjusted p is Holm's, over all outcomes that carry a verdict."
EDGE = (
    "An interval whose end prints as 0.0 lies wholly on one side of zero before rounding wherever a verdict is given."
)
CAUSAL = ("matched", "randomised", "difference_in_differences")
COMPARED = (
    "difference", "ci_low", "ci_high", "p", "p_adjusted", "smallest_detectable", "n_needed",
    "areas", "ruled_out", "verdict", "guard", "bounds",
)  # fmt: skip


class Ratio(Published, of=inside.Ratio):
    """The difference said as a ratio, scheme over comparison: below one is less."""


class TimeToFirst(Published, of=inside.TimeToFirst):
    """Percentages that had the event by the end of follow-up (cumulative incidence), a death being no event."""


class Guard(Effect, of=inside.Guard):
    """A condition without which a fall is no success."""


class Period(Published, of=inside.PeriodPoint):
    """Both groups' means in one period before or after the index date."""


class Areas(Published, of=inside.AreaAnswer):
    """What an outcome rests on where the scheme was given by area. Numbers of areas disclose nobody."""

    smallest_p: str


class Outcome(Published, of=inside.Outcome):
    """One outcome. Where `withheld`, too few people fared one way for anything beyond their number to be shown."""

    withheld: Annotated[bool, Before("treated")]
    effect: Annotated[Effect, Before("p_adjusted")]
    only_unadjusted: Annotated[bool, Before("smallest_detectable")] = Field(
        description=(
            "Whether p is 0.05 or less and p adjusted for the number of outcomes is more, before rounding; "
            "never of the primary outcome."
        )
    )
    per_hundred: Annotated[tuple[Rounded, Rounded, Rounded, Rounded, Rounded] | None, Before("se_kind")] = Field(
        description=(
            "Whole people in 100: scheme, expected without it (the scheme's less the difference), difference, interval."
        )
    )
    periods_withheld: Annotated[bool, Before("bounds")] = Field(
        default=False, description="Whether too few events in a period keep all back."
    )


def published_outcomes(proposal: Proposal) -> tuple[Outcome, ...]:
    """Return the outcomes; those about reoffenders have no number that would give back how many people there are."""
    return without_reoffenders(tuple(published_outcome(row, proposal) for row in proposal.result.outcomes))


def published_outcome(row: inside.Outcome, proposal: Proposal) -> Outcome:
    """Publish an outcome beside the counts already shown, of scheme and comparisons.

    Where a number of people is withheld, so is the interval of their share, and that of the difference is rounded to
    whole points: how wide they are discloses how many people they are of.
    """
    result, people = proposal.result, proposal.people
    withheld = row.name in proposal.hidden
    compared = row.design in CAUSAL
    numbers = both_people(row, result.n, people, compared, withheld)
    how = disclosure(row.kind, numbers, result.minimum_count, withheld)
    if not (result.protocol.causal and compared):
        row = only_described(row, causal=result.protocol.causal)
    shown = () if withheld else periods(row, result.minimum_count)
    scarce = Disclosure(how.minimum, withheld or "c" in numbers)
    return Outcome.of(
        row,
        how,
        withheld=withheld,
        treated=group(row.treated, numbers[0], how),
        comparison=group(row.comparison, numbers[1] or "c", how) if row.comparison else None,
        effect=Effect.of(row, how, name=row.estimator),
        only_unadjusted=not withheld and only_unadjusted(row),
        verdict="c" if withheld and row.verdict else after_adjustment(row),
        per_hundred=None if withheld else per_hundred(row),
        guard=guarded(row.guard, withheld, result.minimum_count),
        beside=() if withheld else tuple(beside(one, row.kind, how, proposal) for one in row.beside),
        ratios=tuple(Ratio.of(one, scarce) for one in row.ratios),
        periods=shown,
        periods_withheld=not withheld and bool(row.periods) and not shown,
        bounds=bounds(row, how, proposal),
        red_goes_with_it=row.red_goes_with_it and not withheld,
    )


def only_described(outcome: inside.Outcome, *, causal: bool) -> inside.Outcome:
    """Return an outcome without whatever would set the groups against each other."""
    nothing: dict[str, Any] = dict.fromkeys(COMPARED)
    kept = outcome.sentence if causal and outcome.design == "descriptive" else ""
    return outcome.model_copy(update={**nothing, "beside": (), "ratios": (), "time_to_first": None, "sentence": kept})


def only_unadjusted(outcome: inside.Outcome) -> bool:
    """Return whether an outcome's finding is one that chance could produce, given how many outcomes were looked at.

    The primary outcome was named beforehand, so its finding stands on its own p.
    """
    found = outcome.p is not None and outcome.p_adjusted is not None and outcome.p <= SIGNIFICANT < outcome.p_adjusted
    return found and not outcome.primary


def after_adjustment(outcome: inside.Outcome) -> inside.Verdict | None:
    """Return an outcome's verdict: none finds what the number of outcomes looked at undoes."""
    if only_unadjusted(outcome) and finds_effect(outcome.verdict):
        return "more people needed" if outcome.areas is None else "more areas needed"
    return outcome.verdict


def beside(one: inside.AlternativeEstimate, kind: inside.Kind, own: Disclosure, proposal: Proposal) -> Effect:
    """Return another estimate of an outcome, no finer than the outcome's own and coarser where it is of others."""
    if one.treated is None or one.difference is None:
        return Effect.of(one, own)
    way = other_way((one.treated, one.comparison), kind, proposal.people, keep=False)
    finest = min(own.scale, way.scale, key=lambda scale: scale.end_places)
    return Effect.of(one, Disclosure(own.minimum, way.withheld, scale=finest))


def guarded(guard: inside.Guard | None, withheld: bool, minimum: int) -> Guard | None:
    """Return the guard; its unit is people's nights or sentences, never a share."""
    if guard is None:
        return None
    scale = SCALES["nights" if "night" in guard.unit else "frequency"]
    return Guard.of(guard, Disclosure(minimum, withheld, scale=scale))


def periods(outcome: inside.Outcome, minimum: int) -> tuple[Period, ...]:
    """Return both groups' means by period, rounded as interval ends are.

    None where a group's events in a period, its rate per year times its people and the years, are too few to show.
    """
    named = window_of(outcome.name)
    years = period_months(named[1] if named else USUAL_MONTHS) / 12
    rates = [
        (rate, group.n)
        for point in outcome.periods
        for rate, group in ((point.treated, outcome.treated), (point.comparison, outcome.comparison))
        if rate is not None and group is not None
    ]
    if outcome.kind == "frequency" and any(rate * people * years < minimum for rate, people in rates):
        return ()
    return tuple(Period.of(point, Disclosure(minimum, scale=SCALES[outcome.kind])) for point in outcome.periods)


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


def unit_of(row: Outcome) -> str:
    """Return the unit of both groups' values."""
    change = "change in " if row.design == "difference_in_differences" else ""
    return f"{change}{PER_CENT if SCALES[row.kind].value_unit else row.unit}"


def columns(release: PublishedResult) -> Sequence[Column]:
    """Return the columns of the outcomes: on the page those that are compared."""
    causal = release.protocol.causal

    def verdict(row: Outcome) -> Value:
        return verdict_cell(row) if causal and row.design in CAUSAL else "None"

    return (
        Column("Outcome", "label", 2.4, page_label, numeric=False),
        Column("Design", lambda row: row.design.replace("_", "-"), page=False),
        Column("Unit", unit_of, page=False),
        Column("Primary", lambda row: yes_no(row.primary), page=False),
        *groups((1.1, 1.7, 1.6, 1.7)),
        *effect(1.8, "effect"),
        Column("p", "effect.p", 0.75, lambda row: text("c" if row.withheld else row.effect.p)),
        Column("Adjusted p", "p_adjusted", 1.25, lambda row: text("c" if row.withheld else row.p_adjusted)),
        Column("Smallest detectable", "smallest_detectable", page=False),
        Column("People needed", "n_needed", page=False),
        Column("Areas needed on each side", "areas.areas_needed", page=False),
        Column("Verdict", verdict, 1.5, numeric=False),
        Column("Why no verdict", "reason_no_verdict", page=False),
    )


def page_label(row: Outcome) -> str:
    """Return what the page calls an outcome."""
    return f"{row.label}{' (primary)' if row.primary else ''}{CHANGE if changes(row) else ''}"


def changes(outcome: Outcome) -> bool:
    """Return whether the groups' values are changes from before to after, not levels."""
    return bool(outcome.design == "difference_in_differences")


OUTCOMES = ResultSection(
    name="outcomes",
    published=Outcome,
    whole=published_outcomes,
    audited=True,
    title="Outcomes compared",
    sheet_title="Outcomes of both groups, and their difference",
    columns=columns,
    notes=lambda release: (
        "Ranges in brackets are 95% intervals. Differences are taken before rounding, so they can differ from the "
        "difference of the printed values; those of shares are in percentage points.",
        *((CHANGES,) if any(changes(outcome) for outcome in release.outcomes) else ()),
        f"{UNADJUSTED} {EDGE}",
    ),
)
