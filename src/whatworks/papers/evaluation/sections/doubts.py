"""How could this be wrong, and what to bear in mind."""

from decimal import Decimal

from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.hidden_bias import HIDDEN_BIAS
from whatworks.papers.evaluation.sections.links import LINKS
from whatworks.papers.evaluation.sections.placebos import PLACEBOS, differing
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.unknown import unknown
from whatworks.papers.evaluation.sections.verdicts import primary_unit
from whatworks.papers.paper import Block, Bullets, Paragraph, Section
from whatworks.papers.words import interval, text


def doubts(release: PublishedResult) -> Section | None:
    """Return the section on how the answer could be wrong."""
    asked = (
        release.placebos,
        release.sensitivity,
        any(outcome.bounds for outcome in release.outcomes),
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
    for section in (LINKS, PLACEBOS, SENSITIVITY, SPECIFICATIONS, HIDDEN_BIAS):
        blocks += section.blocks(release)
    blocks += unknown(release)
    blocks += ties(release)
    return Section("doubts", "How could this be wrong?", tuple(blocks))


def ties(release: PublishedResult) -> list[Block]:
    """Return how far the estimate moves over the ways of choosing among comparisons that are equally good."""
    found = release.matching
    if not isinstance(found.ties_low, Decimal):
        return []
    unit = f" {primary_unit(release)}" if release.primary() else ""
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


def caveats(release: PublishedResult) -> Section:
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
