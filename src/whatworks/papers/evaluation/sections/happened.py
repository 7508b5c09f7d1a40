"""What happened: the outcomes that the comparison can bear on, and apart from them those that only describe."""

from decimal import Decimal
from functools import partial

from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.charts.trend import trend_plot
from whatworks.papers.evaluation.release import Outcome, Release, TimeToFirst
from whatworks.papers.evaluation.sections.ratios import ratio_table
from whatworks.papers.evaluation.sections.verdicts import (
    difference_unit,
    estimate,
    lower,
    ruled_out,
    value,
    verdict_cell,
)
from whatworks.papers.paper import Block, Figure, Paragraph, Section, Table
from whatworks.papers.words import text, withheld_note

GROUP_COLUMNS = ("Scheme: people", "Scheme: value", "Comparison: people", "Comparison: value")
CAUSAL = ("matched", "randomised", "difference_in_differences")
CHANGE = ": change"
CHANCE = "Allowing for the number of outcomes, chance could have produced this"
CHANGES = (
    "Where a row says change, each group's value is its own change from before to after, not a level, and the "
    "difference is between the two changes."
)
UNADJUSTED = "p is the plain p-value; adjusted p is Holm's, over all outcomes that carry a verdict."
EDGE = (
    "An interval whose end prints as 0.0 lies wholly on one side of zero before rounding wherever a verdict is given."
)


def happened(release: Release) -> Section:
    """Return the section on the outcomes."""
    causal = [one for one in release.outcomes if one.design in CAUSAL and release.protocol.causal]
    plain = [one for one in release.outcomes if one not in causal]
    blocks: list[Block] = []
    if causal:
        blocks += compared(causal)
    if plain:
        blocks += described(plain, alone=not causal)
    return Section("what-happened", "What happened?", tuple(blocks))


def headline(outcomes: list[Outcome]) -> str:
    """Return the primary outcome's difference as the end of a picture's title, where it is drawn."""
    for one in outcomes:
        if one.primary and isinstance(one.effect.difference, Decimal):
            found = estimate(one.effect.difference, one.effect.ci_low, one.effect.ci_high)
            return f": {lower(one.label)} {found} {difference_unit(one)}"
    return ""


def compared(outcomes: list[Outcome]) -> list[Block]:
    """Return the outcomes on which a difference may be read as the scheme's."""
    blocks: list[Block] = [
        Paragraph(
            "The outcomes below are compared between the scheme group and the "
            "comparison group. A difference below zero "
            "means less of the outcome in the scheme group. Only the primary "
            "outcome, marked by a square, carries the headline."
        )
    ]
    blocks.append(outcome_table(outcomes))
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
    ratios = ratio_table(outcomes)
    if ratios:
        blocks.append(ratios)
    if any(outcome.beside for outcome in outcomes):
        blocks.append(beside_table(outcomes))
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


def outcome_table(outcomes: list[Outcome]) -> Table:
    """Return the table of compared outcomes."""
    rows = [
        (
            f"{outcome.label}{' (primary)' if outcome.primary else ''}{CHANGE if changes(outcome) else ''}",
            text(outcome.treated.n),
            value(outcome, outcome.treated),
            text(outcome.comparison.n if outcome.comparison else None),
            value(outcome, outcome.comparison),
            estimate(outcome.effect.difference, outcome.effect.ci_low, outcome.effect.ci_high),
            text("c" if outcome.withheld else outcome.effect.p),
            text("c" if outcome.withheld else outcome.p_adjusted),
            verdict_cell(outcome),
        )
        for outcome in outcomes
    ]
    return Table(
        name="outcomes",
        title="Outcomes compared",
        columns=("Outcome", *GROUP_COLUMNS, "Difference", "p", "Adjusted p", "Verdict"),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, True, True, True, False),
        widths=(2.4, 1.1, 1.7, 1.6, 1.7, 1.8, 0.75, 1.25, 1.5),
        notes=(
            "Ranges in brackets are 95% intervals. Differences are taken before rounding, so they can differ from the "
            "difference of the printed values; those of shares are in percentage points.",
            *((CHANGES,) if any(changes(outcome) for outcome in outcomes) else ()),
            f"{UNADJUSTED} {EDGE}",
            *withheld_note(rows),
        ),
    )


def changes(outcome: Outcome) -> bool:
    """Say whether the groups' values are changes from before to after, not levels."""
    return outcome.design == "difference_in_differences"


def remarks(outcome: Outcome) -> list[Block]:
    """Return what else is to be said of one outcome: its sentence, its guard, its earlier periods."""
    blocks: list[Block] = []
    said = [f"{outcome.label}.", outcome.sentence, ruled_out(outcome)]
    if outcome.guard and not outcome.withheld:
        guard = outcome.guard
        met = {True: "The guard is met.", False: "The guard is not met.", None: "The guard cannot be judged."}[
            guard.met
        ]
        said.append(
            f"{guard.name}: {estimate(guard.difference, guard.ci_low, guard.ci_high)} {guard.unit}"
            + (f", against a margin of {text(guard.margin)}" if guard.margin is not None else "")
            + f". {met} {'' if guard.note in outcome.sentence else guard.note}".rstrip()
        )
    if outcome.time_to_first and not outcome.withheld:
        said += [by_the_end(outcome.time_to_first), outcome.time_to_first.sentence]
    if outcome.reason_no_verdict:
        said.append(outcome.reason_no_verdict)
    if outcome.periods:
        said.append("The figure shows the periods before, in which the two lines ought to run alike.")
    elif outcome.periods_withheld:
        said.append("The periods before are not shown, since too little happened in them.")
    if len([part for part in said if part]) > 1:
        blocks.append(Paragraph(" ".join(part.strip() for part in said if part)))
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


def beside_table(outcomes: list[Outcome]) -> Table:
    """Return the other estimates, which decide nothing."""
    rows = [
        (
            outcome.label,
            found.name[:1].upper() + found.name[1:],
            estimate(found.difference, found.ci_low, found.ci_high),
            text(found.p),
            found.note or "–",
        )
        for outcome in outcomes
        for found in outcome.beside
    ]
    return Table(
        name="beside",
        title="Other estimates, shown beside; none of them decides a verdict",
        columns=("Outcome", "Estimate", "Difference", "p", "Note"),
        rows=tuple(rows),
        numeric=(False, False, True, True, False),
        widths=(2.2, 2.2, 1.9, 0.7, 2.6),
        notes=("Ranges in brackets are 95% intervals.", *withheld_note(rows)),
    )


def described(outcomes: list[Outcome], *, alone: bool) -> list[Block]:
    """Return the outcomes that only describe."""
    opening = "The" if alone else "Apart from these, the"
    rows = [
        (
            outcome.label,
            outcome.unit,
            text(outcome.treated.n),
            value(outcome, outcome.treated),
            text(outcome.comparison.n if outcome.comparison else None),
            value(outcome, outcome.comparison),
            outcome.reason_no_verdict or "–",
        )
        for outcome in outcomes
    ]
    return [
        Paragraph(
            f"{opening} outcomes in the next table describe. They carry no "
            "verdict, and a difference between their columns "
            "must not be read as the scheme's."
        ),
        Table(
            name="described",
            title="Outcomes described",
            columns=(
                "Outcome",
                "Unit",
                "Scheme: people",
                "Scheme: value",
                "Other: people",
                "Other: value",
                "Why no verdict",
            ),
            rows=tuple(rows),
            numeric=(False, False, True, True, True, True, False),
            widths=(2.2, 1.5, 0.9, 1.6, 0.9, 1.6, 3.2),
            notes=("Ranges in brackets are 95% intervals.", *withheld_note(rows)),
        ),
    ]
