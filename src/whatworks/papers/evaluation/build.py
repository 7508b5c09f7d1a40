"""Build the paper from what is published: its sections in a board's order, and its figures as plain tables."""

from dataclasses import replace

from whatworks.papers.evaluation.members.pages import NO_COST, members
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Listing
from whatworks.papers.evaluation.sections.balance import BALANCE
from whatworks.papers.evaluation.sections.declared import SECTIONS, by_themselves
from whatworks.papers.evaluation.sections.doubts import caveats, doubts
from whatworks.papers.evaluation.sections.estimand import WITHOUT_COMPARISON
from whatworks.papers.evaluation.sections.happened import BESIDE, PERIODS, RATIOS, happened
from whatworks.papers.evaluation.sections.hidden_bias import HIDDEN_BIAS
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.papers.evaluation.sections.links import LINKS
from whatworks.papers.evaluation.sections.lost import ATTRITION, lost
from whatworks.papers.evaluation.sections.method import TARGET_TRIAL, method
from whatworks.papers.evaluation.sections.outcomes import OUTCOMES
from whatworks.papers.evaluation.sections.overlap import OVERLAP
from whatworks.papers.evaluation.sections.placebos import PLACEBOS
from whatworks.papers.evaluation.sections.power import could_tell
from whatworks.papers.evaluation.sections.provenance import OFFENCES, SOURCES, provenance
from whatworks.papers.evaluation.sections.search import SEARCH, search
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.subgroups import SUBGROUPS, subgroups
from whatworks.papers.evaluation.sections.verdicts import STATUS
from whatworks.papers.paper import Figure, Paper, Section, Table, annexed, numbered

READING = (
    "Shares are percentages; differences of shares are percentage points, scheme group minus comparison group.",
    "Intervals are 95% intervals. Differences are taken first and rounded afterwards, half away from zero.",
)


def build(release: PublishedResult, cost: str = "") -> Paper:
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


FIRST: tuple[Listing, ...] = (
    OUTCOMES, BESIDE, RATIOS, BALANCE, WITHOUT_COMPARISON, OVERLAP, ATTRITION, OFFENCES, SUBGROUPS,
    SEARCH, PLACEBOS, SENSITIVITY, SPECIFICATIONS, LINKS, HIDDEN_BIAS, TARGET_TRIAL,
)  # fmt: skip
LAST: tuple[Listing, ...] = (PERIODS, SOURCES)


def sheets(release: PublishedResult) -> tuple[Table, ...]:
    """Return the sheets that have rows."""
    own = [section for section in SECTIONS.values() if section.heading]
    made = (listing.sheet(release) for listing in (*FIRST, *own, *LAST))
    return tuple(table for table in made if table.rows)
