"""Build the paper from what may leave: its sections in a board's order, and its figures as plain tables."""

from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.sections.decision import decision, summary
from whatworks.papers.evaluation.sections.doubts import caveats, doubts, subgroups
from whatworks.papers.evaluation.sections.happened import happened
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.papers.evaluation.sections.lost import could_tell, lost
from whatworks.papers.evaluation.sections.method import method, provenance
from whatworks.papers.evaluation.sections.search import search
from whatworks.papers.evaluation.sections.verdicts import STATUS
from whatworks.papers.evaluation.sheets import sheets
from whatworks.papers.paper import Paper, Section, numbered

READING = (
    "Shares are percentages; differences of shares are percentage points, scheme group minus comparison group.",
    "Intervals are 95% intervals. Differences are taken first and rounded afterwards, half away from zero.",
)


def build(release: Release) -> Paper:
    """Return the paper of a release."""
    sections: list[Section | None] = [
        decision(release),
        summary(release),
        likeness(release),
        happened(release),
        lost(release),
        could_tell(release),
        subgroups(release),
        search(release),
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
        sections=numbered(section for section in sections if section is not None),
        sheets=sheets(release),
        reading=READING,
        foot="Small counts are withheld.",
    )
