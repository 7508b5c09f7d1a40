"""What happened: the outcomes that the comparison can bear on, and apart from them those that only describe."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.charts.trend import trend_plot
from whatworks.papers.evaluation.columns import RANGES, Line, effect, estimated, first_upper, groups
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Listing
from whatworks.papers.evaluation.sections.outcomes import CAUSAL, OUTCOMES, Outcome, TimeToFirst
from whatworks.papers.evaluation.sections.unknown import bounds_lines
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate, lower, ruled_out
from whatworks.papers.paper import Block, Figure, Paragraph, Section
from whatworks.papers.words import text

MEANING = {
    "risk ratio": "How many times as many people",
    "odds ratio": "How many times the odds",
    "rate ratio": "How many times as many a person",
    "hazard ratio": "How many times as fast, of those still free",
}
BY_THE_END = "had the event by the end of follow-up (%)"
DESCRIBES = (
    "{opening} outcomes in the next table describe. They carry no verdict, and a difference between their columns must "
    "not be read as the scheme's."
)
CHANCE = "Allowing for the number of outcomes, chance could have produced this"


def happened(release: PublishedResult) -> Section:
    """Return the section on the outcomes."""
    causal = [one for one in release.outcomes if one.design in CAUSAL and release.protocol.causal]
    plain = [one for one in release.outcomes if one not in causal]
    blocks: list[Block] = []
    if causal:
        blocks += compared(release, causal)
    if plain:
        opening = "Apart from these, the" if causal else "The"
        blocks += [Paragraph(DESCRIBES.format(opening=opening)), DESCRIBED.table(release, plain)]
    return Section("what-happened", "What happened?", tuple(blocks))


def headline(outcomes: list[Outcome]) -> str:
    """Return the primary outcome's difference as the end of a picture's title, where it is drawn."""
    for one in outcomes:
        if one.primary and isinstance(one.effect.difference, Decimal):
            found = estimate(one.effect.difference, one.effect.ci_low, one.effect.ci_high)
            return f": {lower(one.label)} {found} {difference_unit(one)}"
    return ""


def compared(release: PublishedResult, outcomes: list[Outcome]) -> list[Block]:
    """Return the outcomes on which a difference may be read as the scheme's."""
    blocks: list[Block] = [
        Paragraph(
            "The outcomes below are compared between the scheme group and the "
            "comparison group. A difference below zero "
            "means less of the outcome in the scheme group. Only the primary "
            "outcome, marked by a square, carries the headline."
        )
    ]
    blocks.append(OUTCOMES.table(release, outcomes))
    undone = [lower(outcome.label) for outcome in outcomes if outcome.only_unadjusted]
    if undone:
        blocks.append(Paragraph(f"{CHANCE}: {'; '.join(undone)}."))
    rows = forest_rows(outcomes)
    if rows:
        words = "; ".join(f"{row.label}: {row.words()} {row.panel}" for row in rows)
        alternative = f"Differences, scheme minus comparison, with 95% intervals. {words}."
        blocks.append(
            Figure(
                "forest-plot",
                f"Differences and their 95% intervals{headline(outcomes)}",
                alternative,
                partial(forest_plot, rows),
            )
        )
    for outcome in outcomes:
        blocks += remarks(outcome)
    for listing, lines in ((RATIOS, ratios(outcomes)), (BESIDE, others(outcomes))):
        blocks += [listing.table(release, lines)] if lines else []
    return blocks


def forest_rows(outcomes: list[Outcome]) -> list[Row]:
    """Return a row for each difference that is shown."""
    return [
        Row(outcome.label, difference_unit(outcome), found.difference, found.ci_low, found.ci_high, outcome.primary)
        for outcome in outcomes
        if isinstance((found := outcome.effect).difference, Decimal)
        and isinstance(found.ci_low, Decimal)
        and isinstance(found.ci_high, Decimal)
    ]


def remarks(outcome: Outcome) -> list[Block]:
    """Return what else is to be said of one outcome: its sentence, its guard, its earlier periods."""
    blocks: list[Block] = []
    message = [f"{outcome.label}.", outcome.sentence, ruled_out(outcome)]
    if outcome.guard and not outcome.withheld:
        guard = outcome.guard
        met = {True: "The guard is met.", False: "The guard is not met.", None: "The guard cannot be judged."}[
            guard.met
        ]
        message.append(
            f"{guard.name}: {estimate(guard.difference, guard.ci_low, guard.ci_high)} {guard.unit}"
            + (f", against a margin of {text(guard.margin)}" if guard.margin is not None else "")
            + f". {met} {'' if guard.note in outcome.sentence else guard.note}".rstrip()
        )
    if outcome.time_to_first and not outcome.withheld:
        message += [by_the_end(outcome.time_to_first), outcome.time_to_first.sentence]
    if outcome.reason_no_verdict:
        message.append(outcome.reason_no_verdict)
    if outcome.periods:
        message.append("The figure shows the periods before, in which the two lines ought to run alike.")
    elif outcome.periods_withheld:
        message.append("The periods before are not shown, since too little happened in them.")
    if len([part for part in message if part]) > 1:
        blocks.append(Paragraph(" ".join(part.strip() for part in message if part)))
    if outcome.periods:
        words = "; ".join(
            f"{period.label}: scheme {text(period.treated)}, comparison {text(period.comparison)}"
            for period in outcome.periods
        )
        found = estimate(outcome.effect.difference, outcome.effect.ci_low, outcome.effect.ci_high)
        blocks.append(
            Figure(
                f"trend-{outcome.name}",
                f"{outcome.label}, before and after: the change in the scheme group less the other is {found}",
                f"{outcome.label}, {outcome.unit}. {words}. Difference-in-differences {found}.",
                partial(trend_plot, outcome),
            )
        )
    return blocks


def by_the_end(found: TimeToFirst) -> str:
    """Return what share of each group had the event by the end of follow-up."""
    return (
        f"By the end of follow-up {text(found.happened_treated)}% of the scheme group and "
        f"{text(found.happened_comparison)}% of the comparison group had had the event (cumulative incidence)."
    )


def ratios(outcomes: Iterable[Outcome]) -> list[Line]:
    """Return a line for each ratio."""
    return [
        Line(one.label, found.name, None, found.value, found.ci_low, found.ci_high)
        for one in outcomes
        for found in one.ratios
    ]


def others(outcomes: Iterable[Outcome]) -> list[Line]:
    """Return a line for each other estimate."""
    return [
        Line(one.label, found.name, difference_unit(one), found.difference, found.ci_low, found.ci_high, found.p,
             found.note)
        for one in outcomes
        for found in one.beside
    ]  # fmt: skip


def compared_outcomes(release: PublishedResult) -> tuple[Outcome, ...]:
    """Return the outcomes of a paper that compares; none of one that describes."""
    return release.outcomes if release.protocol.causal else ()


def beside_lines(release: PublishedResult) -> list[Line]:
    """Return the other estimates, the guards and the bounds."""
    lines: list[Line] = []
    for one in compared_outcomes(release):
        lines += others([one])
        if guard := one.guard:
            figures = (guard.difference, guard.ci_low, guard.ci_high)
            lines.append(Line(one.label, guard.name, guard.unit, *figures, None, guard.note))
        if one.bounds:
            lines += bounds_lines(one.label, difference_unit(one), one.bounds)
    return lines


def ratio_lines(release: PublishedResult) -> list[Line]:
    """Return the ratios, and what share of each group had the event by the end of follow-up."""
    outcomes = compared_outcomes(release)
    return ratios(outcomes) + [
        Line(one.label, f"{BY_THE_END}: {group}", None, share)
        for one in outcomes
        if (time := one.time_to_first)
        for group, share in (("scheme", time.happened_treated), ("comparison", time.happened_comparison))
    ]


RATIOS = Listing(
    name="ratios",
    lines=ratio_lines,
    title="The same as ratios",
    sheet_title="The same as ratios, scheme over comparison; they decide no verdict",
    columns=lambda _: (
        Column("Outcome", "label", 2.8, numeric=False),
        Column("Figure", "name", 1.4, lambda line: first_upper(line.name), page="Ratio", numeric=False),
        Column("Value", "difference", 2.2, estimated, page="Scheme over comparison"),
        Column("Interval from", "ci_low", page=False),
        Column("Interval to", "ci_high", page=False),
        Column("What it says", "", 3.0, lambda line: MEANING.get(line.name, "–"), sheet=False, numeric=False),
    ),
    notes=lambda _: (
        "Ranges in brackets are 95% intervals. A ratio of 1 is no difference, and one below 1 means less in the "
        "scheme group. Verdicts rest on the differences; ratios decide none.",
    ),
)
BESIDE = Listing(
    name="beside",
    lines=beside_lines,
    title="Other estimates, shown beside; none of them decides a verdict",
    sheet_title="Other estimates, guards and bounds, which decide no verdict",
    columns=lambda _: (
        Column("Outcome", "label", 2.2, numeric=False),
        Column("Estimate", "name", 2.2, lambda line: first_upper(line.name), numeric=False),
        Column("Unit", "unit", page=False),
        *effect(1.9),
        Column("p", "p", 0.7),
        Column("Note", "note", 2.6, lambda line: line.note or "–", numeric=False),
    ),
    notes=lambda _: (RANGES,),
)
DESCRIBED = Listing(
    name="described",
    title="Outcomes described",
    columns=lambda _: (
        Column("Outcome", "label", 2.2, numeric=False),
        Column("Unit", "unit", 1.5, numeric=False),
        *groups((0.9, 1.6, 0.9, 1.6), other="Other"),
        Column("Why no verdict", "reason_no_verdict", 3.2, lambda row: row.reason_no_verdict or "–", numeric=False),
    ),
    notes=lambda _: (RANGES,),
)
PERIODS = Listing(
    name="periods",
    lines=lambda release: [(one, period) for one in release.outcomes for period in one.periods],
    sheet_title="Means by period, before and after the index date",
    columns=lambda _: (
        Column("Outcome", lambda pair: pair[0].label),
        Column("Unit", lambda pair: pair[0].unit),
        Column("Period", lambda pair: pair[1].label),
        Column("Before or after", lambda pair: "After" if pair[1].after else "Before"),
        Column("Scheme group", lambda pair: pair[1].treated),
        Column("Comparison group", lambda pair: pair[1].comparison),
    ),
)
