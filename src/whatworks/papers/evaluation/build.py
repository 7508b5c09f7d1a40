"""Build the paper from what is published: its sections in a board's order, and its figures as plain tables."""

from dataclasses import replace

from whatworks.papers.evaluation.members.pages import NO_COST, members
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.sections.declared import by_themselves
from whatworks.papers.evaluation.sections.doubts import caveats, doubts
from whatworks.papers.evaluation.sections.happened import happened
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.papers.evaluation.sections.lost import lost
from whatworks.papers.evaluation.sections.method import method
from whatworks.papers.evaluation.sections.power import could_tell
from whatworks.papers.evaluation.sections.provenance import provenance
from whatworks.papers.evaluation.sections.search import search
from whatworks.papers.evaluation.sections.subgroups import subgroups
from whatworks.papers.evaluation.sections.verdicts import STATUS
from whatworks.papers.evaluation.sheets import sheets
from whatworks.papers.paper import Figure, Paper, Section, annexed, numbered

READING = (
    "Shares are percentages; differences of shares are percentage points, scheme group minus comparison group.",
    "Intervals are 95% intervals. Differences are taken first and rounded afterwards, half away from zero.",
)


def build(release: Release, cost: str = "") -> Paper:
    """Return the paper of a release: the members' pages, and behind them the annex with everything else, once.

    `cost` is what members read of the scheme's cost; without it the paper says what that would need.
    """
    pages = members(release, cost or NO_COST)
    front = {block.name for section in pages for block in section.blocks if isinstance(block, Figure)}
    annex: list[Section | None] = [
        likeness(release),
        happened(release),
        lost(release),
        could_tell(release),
        subgroups(release),
        search(release),
        *by_themselves(release),
        doubts(release),
        caveats(release),
        method(release),
        provenance(release),
    ]
    return Paper(
        title=release.paper.title,
        item=release.paper.item,
        prepared_for=release.paper.prepared_for,
        as_at=release.data.as_at,
        notice=STATUS[release.protocol.status],
        sections=numbered((*pages, *annexed(without(front, section) for section in annex if section is not None))),
        sheets=sheets(release),
        reading=READING,
        foot="Small counts are withheld.",
    )


def without(figures: set[str], section: Section) -> Section:
    """Return a section without the figures that the members' pages show already."""
    blocks = tuple(block for block in section.blocks if not (isinstance(block, Figure) and block.name in figures))
    return replace(section, blocks=blocks)
