"""Drilling further down, honestly: for whom the scheme might serve better, asked of people who took no part."""

from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.release_doubts import Search
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate
from whatworks.papers.paper import Block, Facts, Paragraph, Section
from whatworks.papers.words import text
from whatworks.records.listing import listed

HOW = (
    "Looking through many kinds of people always turns up one for whom a scheme seems to do better. So one half of the "
    "matched sets was searched, and the kind of person found there was put to the other half, which took no part. Each "
    "set went whole to one half; the protocol's own hash decided the split, so nobody could choose it."
)
POWER = "Half the people tell less than all of them: a difference smaller than the one named could easily be missed."


def search(release: Release) -> Section | None:
    """Return the section on the honest search, where the protocol asked for one."""
    found, primary = release.search, release.primary()
    if found is None or primary is None or not release.protocol.causal:
        return None
    blocks: list[Block] = [
        Paragraph(f"Looked through: {listed(list(found.covariates))}. {HOW if found.made else ''}".strip()),
        Paragraph(found.sentence),
    ]
    if found.made and not found.withheld and found.kind is not None:
        blocks += [Facts(facts(found, difference_unit(primary))), Paragraph(POWER)]
    return Section("search", "Drilling further down, honestly", tuple(blocks))


def facts(found: Search, unit: str) -> tuple[tuple[str, str], ...]:
    """Return what the half that took no part says, line by line.

    The effect on the kind of person stands there only where it was found: else it would be read as a finding.
    """
    effect = estimate(found.effect, found.effect_low, found.effect_high)
    difference = estimate(found.difference, found.difference_low, found.difference_high)
    own = (("Effect on such people", f"{effect} {unit}"),) if found.found else ()
    return (
        ("Matched sets", text(found.sets)),
        ("Kind of person", text(found.kind)),
        ("In the half that took no part", f"{text(found.people)} such people, {text(found.others)} others"),
        *own,
        ("That less the effect on the others", f"{difference} {unit}; one-sided p {text(found.p)}"),
        ("Smallest difference it could have told", f"{text(found.smallest)} {unit}, four times in five"),
        ("Further splits that chose and found the same", f"{text(found.agree)}% of {text(found.splits)}"),
    )
