"""What the board is asked, and the answer on one page."""

from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.release import Outcome, Release
from whatworks.papers.evaluation.sections.trust import trust
from whatworks.papers.evaluation.sections.verdicts import (
    TOLD_NOTHING,
    UNTOLD,
    difference_unit,
    per_hundred,
    ruled_out,
    value,
    verdict_line,
)
from whatworks.papers.paper import Block, Bullets, Paragraph, Section
from whatworks.papers.words import interval, text

TOO_FEW = (
    "So few people had this outcome, or so few did not, that the figures could show who they were. "
    "The figures, the difference and the verdict are therefore withheld."
)
CHANCE = "Allowing for the number of outcomes, chance could have produced this."
SIDE_BY_SIDE = (
    "The two groups below are described side by side. "
    "The difference between them must not be read as the scheme's doing."
)
UNLIKE = " The groups are too unlike for any comparison to be fair: too few in one have a like person in the other."


def decision(release: Release) -> Section:
    """Return the section that asks for the decision."""
    return Section("decision", "Decision sought", (Paragraph(release.paper.decision_sought, "lead"),))


def summary(release: Release) -> Section:
    """Return the summary: the answer, for 100 typical people, what is ruled out, and whom it is about."""
    outcome = release.primary()
    blocks: list[Block] = [Paragraph(verdict_line(release, outcome), "verdict")]
    if not release.protocol.causal:
        blocks += described(release)
    elif outcome is not None:
        blocks += answered(outcome)
        blocks += [] if outcome.withheld else [Paragraph(trust(release, outcome))]
    blocks.append(Paragraph(about(release)))
    others = [other for other in release.outcomes if not other.primary and other.verdict]
    if others and release.protocol.causal:
        blocks.append(Paragraph("The other outcomes on which the comparison can bear:"))
        blocks.append(Bullets(tuple(one_line(other) for other in others)))
    return Section("summary", "Summary", tuple(blocks))


def answered(outcome: Outcome) -> list[Block]:
    """Return the paragraphs of an answer that can be given."""
    if outcome.withheld:
        return [Paragraph(TOO_FEW)]
    told = [Paragraph(" ".join(per_hundred(outcome)))] if per_hundred(outcome) else []
    said = [ruled_out(outcome)]
    if outcome.verdict in UNTOLD:
        said.insert(0, TOLD_NOTHING.format(more=UNTOLD[outcome.verdict]))
    told += [Paragraph(" ".join(said))] if any(said) else []
    return [*told]


def described(release: Release) -> list[Block]:
    """Return the paragraphs of a paper without verdicts."""
    outcome = release.primary()
    why = SIDE_BY_SIDE
    if release.overlap and release.overlap.failed:
        why += UNLIKE
    shown: list[Block] = [Paragraph(why)]
    if outcome and not outcome.withheld:
        shown.append(
            Paragraph(
                f"{outcome.label}: {value(outcome, outcome.treated)} in the scheme group"
                + (f", and {value(outcome, outcome.comparison)} in the other group" if outcome.comparison else "")
                + ". The range in brackets is the 95% interval."
            )
        )
    return shown


def about(release: Release) -> str:
    """Return whom the answer is about."""
    people, dropped = release.n, release.estimand.treated_dropped
    said = release.estimand.sentence
    if people.treated == "c" or people.comparison == "c":
        return said
    said += (
        f" {written(people.treated)} people in the scheme group and {written(people.comparison)} others were analysed."
    )
    if dropped == "c":
        return (
            f"{said} Some people in the scheme group were left out, since nobody like them was found; "
            "how many is withheld."
        )
    if dropped:
        said += (
            f" {written(dropped)} of the {written(people.treated + dropped)} people in the scheme group were left out, "
            f"since nobody like them was found; the {'answer is' if release.protocol.causal else 'figures are'} "
            "not about them."
        )
    return said


def one_line(outcome: Outcome) -> str:
    """Return another outcome's verdict in one line."""
    if outcome.withheld:
        return f"{outcome.label}: withheld, since too few people are behind the figures."
    effect = outcome.effect
    found = (
        f"{text(effect.difference)} {difference_unit(outcome)} (95% interval {interval(effect.ci_low, effect.ci_high)})"
    )
    guarded = (
        " Its guard is not met, so it is not called a success." if outcome.guard and outcome.guard.met is False else ""
    )
    chance = f" {CHANCE}" if outcome.only_unadjusted else ""
    return f"{outcome.label}: {outcome.verdict}. Difference {found}.{chance}{guarded}"
