"""Did it differ between groups, how could this be wrong, and what to bear in mind."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.evaluation.release import Outcome, Release, Subgroup
from whatworks.papers.evaluation.sections.happened import GROUP_COLUMNS
from whatworks.papers.evaluation.sections.hidden_bias import hidden_bias, tipping
from whatworks.papers.evaluation.sections.links import links
from whatworks.papers.evaluation.sections.placebos import PLACEBOS, differing
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate, lower, value
from whatworks.papers.paper import Block, Bullets, Figure, Paragraph, Section, Table
from whatworks.papers.words import interval, text, withheld_note
from whatworks.records.listing import listed

TESTS = (
    "p for interaction is Holm's, over all these subgroups. Of those with a q of 0.05 or less, at most one in twenty "
    "is on average a false alarm (Benjamini and Hochberg)."
)


def level_label(row: Subgroup) -> str:
    """Return what a level is called; one that the protocol did not plan is called exploratory wherever it is named."""
    return f"{row.name}: {row.level}{'' if row.planned else ' (exploratory)'}"


def planned_cell(row: Subgroup) -> str:
    """Return whether a subgroup was planned, as tables show it."""
    return "Yes" if row.planned else "Exploratory"


def subgroups(release: Release) -> Section | None:
    """Return the section on subgroups, where there are any."""
    primary = release.primary()
    if not release.subgroups or primary is None or not release.protocol.causal:
        return None
    rows = [
        (
            level_label(row),
            planned_cell(row),
            text(row.treated.n),
            value(primary, row.treated),
            text(row.comparison.n),
            value(primary, row.comparison),
            estimate(row.effect.difference, row.effect.ci_low, row.effect.ci_high),
            text(row.interaction_p_adjusted),
            text(row.interaction_q),
        )
        for row in release.subgroups
    ]
    drawn = [
        Row(level_label(row), difference_unit(primary), found.difference, found.ci_low, found.ci_high)
        for row in release.subgroups
        if isinstance((found := row.effect).difference, Decimal)
        and isinstance(found.ci_low, Decimal)
        and isinstance(found.ci_high, Decimal)
    ]
    blocks: list[Block] = [
        Paragraph(
            "A difference between groups counts only where its p for "
            "interaction, adjusted for the number of subgroups, is "
            "0.05 or less; a difference in one group and none in another is no "
            "such thing. Groups that the protocol did not "
            "plan are exploratory: leads to follow up, not findings."
        )
    ]
    if drawn:
        words = "; ".join(f"{row.label}: {row.words()} {row.panel}" for row in drawn)
        blocks.append(
            Figure(
                "subgroup-plot",
                f"{primary.label} by group{interaction_tests(release)}",
                f"Differences with 95% intervals{interaction_tests(release)}. {words}.",
                partial(forest_plot, drawn),
            )
        )
    blocks.append(
        Table(
            name="subgroups",
            title=f"{primary.label} by group",
            columns=("Group", "Planned", *GROUP_COLUMNS, "Difference", "p for interaction", "q"),
            rows=tuple(rows),
            numeric=(False, False, True, True, True, True, True, True, True),
            widths=(2.1, 1.25, 0.95, 1.7, 1.35, 1.7, 1.8, 1.2, 0.65),
            notes=("Ranges in brackets are 95% intervals.", TESTS, *withheld_note(rows)),
        )
    )
    return Section("subgroups", "Did it differ between groups?", tuple(blocks))


def doubts(release: Release) -> Section | None:
    """Return the section on how the answer could be wrong."""
    bounded = [outcome for outcome in release.outcomes if outcome.bounds is not None]
    asked = (
        release.placebos,
        release.sensitivity,
        bounded,
        release.hidden_bias,
        release.links,
        release.matching.ties_low is not None,
    )
    if not release.protocol.causal or not any(asked):
        return None
    blocks: list[Block] = [
        Paragraph(
            "Matching answers for what the records hold. Whatever else made people enter the scheme, such as their own "
            "resolve, is not seen, and could account for some or all of a difference."
            if release.matching.method != "none"
            else (
                "People were put into groups by chance, so what remains is "
                "chance itself and outcomes that are not known."
            )
        )
    ]
    blocks += links(release)
    blocks += PLACEBOS.blocks(release)
    blocks += SENSITIVITY.blocks(release)
    blocks += SPECIFICATIONS.blocks(release)
    blocks += hidden_bias(release)
    blocks += [Paragraph(bounds_words(outcome)) for outcome in bounded if not withheld_bounds(outcome)]
    blocks += half_shown([outcome for outcome in bounded if withheld_bounds(outcome) and not secret(outcome)])
    blocks += unshown([outcome for outcome in bounded if secret(outcome)])
    blocks += ties(release)
    return Section("doubts", "How could this be wrong?", tuple(blocks))


def interaction_tests(release: Release) -> str:
    """Return the tests of interaction that are shown, as the end of a picture's title."""
    found = {
        f"{lower(row.name)}{'' if row.planned else ', exploratory'}": row.interaction_p_adjusted
        for row in release.subgroups
        if row.interaction_p_adjusted is not None
    }
    told = "; ".join(f"{p} ({name})" for name, p in found.items())
    return f": p for interaction {told}" if told else ""


def secret(outcome: Outcome) -> bool:
    """Say whether nothing may be told of the people of whom an outcome is not known."""
    found = outcome.bounds
    return found is not None and {found.not_known_treated, found.not_known_comparison, found.low} == {"c"}


def withheld_bounds(outcome: Outcome) -> bool:
    """Say whether it may not be told what the outcomes that are not known could change."""
    return outcome.bounds is not None and not isinstance(outcome.bounds.low, Decimal)


def half_shown(outcomes: Sequence[Outcome]) -> list[Block]:
    """Return one paragraph on the outcomes of which it may be told for how many they are not known, and no more."""
    if not outcomes:
        return []
    counts = " ".join(not_known(outcome) for outcome in outcomes)
    return [Paragraph(f"{counts} What they could change is withheld, since it would show how few they are.")]


def not_known(outcome: Outcome) -> str:
    """Return for how many people an outcome is not known."""
    bounds = outcome.bounds
    if bounds is None:
        return ""
    return (
        f"{outcome.label}: the outcome is not known for {text(bounds.not_known_treated)} people in the scheme group "
        f"and {text(bounds.not_known_comparison)} in the comparison group."
    )


def unshown(outcomes: Sequence[Outcome]) -> list[Block]:
    """Return one paragraph on all the outcomes of which nothing may be told of those not known."""
    if not outcomes:
        return []
    return [
        Paragraph(
            f"Not known for everybody: {listed([lower(one.label) for one in outcomes])}. How many people that is, and "
            "what they could change, is withheld, since it would show how few they are."
        )
    ]


def ties(release: Release) -> list[Block]:
    """Return how far the estimate moves over the ways of choosing among comparisons that are equally good."""
    found, primary = release.matching, release.primary()
    if not isinstance(found.ties_low, Decimal):
        return []
    unit = f" {difference_unit(primary)}" if primary else ""
    moves = f"the estimate runs from {interval(found.ties_low, found.ties_high)}{unit}"
    if isinstance(found.ties_plain_low, Decimal):
        ends = interval(found.ties_plain_low, found.ties_plain_high)
        moves += f"; over all ways that there are, the difference before adjustment runs from {ends}{unit}"
    if found.ties_low == found.ties_high:
        moves = f"the estimate does not move: it is {text(found.ties_low)}{unit} each time"
    return [
        Paragraph(
            "Where several people were equally good comparisons, one had to be chosen. Over "
            f"{text(found.ties_ways)} ways of choosing, {moves}."
        )
    ]


def bounds_words(outcome: Outcome) -> str:
    """Return how far outcomes that are not known could move one difference."""
    bounds = outcome.bounds
    if bounds is None:
        return ""
    if not isinstance(bounds.low, Decimal):
        return not_known(outcome)
    same = isinstance(bounds.high, Decimal) and (bounds.low < 0) == (bounds.high < 0)
    direction = "so it keeps its direction" if same else "so its direction is not certain"
    return (
        f"{not_known(outcome)} Whatever became of them, the difference lies between {text(bounds.low)} and "
        f"{text(bounds.high)} {difference_unit(outcome)}, {direction}.{tipping(outcome, bounds)}"
    )


def caveats(release: Release) -> Section:
    """Return what to bear in mind, the software's warnings first."""
    usual = [
        "The intervals say how far chance alone could move the figures. They "
        "say nothing of what the records do not hold.",
        f"Counts of fewer than {release.minimum_count} people, and whatever would give them back, are withheld.",
    ]
    if release.protocol.causal and release.matching.method != "none":
        fixed = "The score that chose the comparisons is treated as fixed; its own uncertainty is not in the intervals."
        if not METHODS[release.matching.method].scored:
            fixed = (
                "Who was compared, and how much each counts, is treated as fixed; its own uncertainty is not in the "
            )
            fixed += "intervals."
        usual.insert(0, fixed)
    if any(outcome.design == "difference_in_differences" for outcome in release.outcomes):
        usual.append("Difference-in-differences assumes that both groups would have moved alike without the scheme.")
    return Section("caveats", "What to bear in mind", (Bullets((*release.warnings, *differing(release), *usual)),))
