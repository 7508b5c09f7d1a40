"""The paper's figures as plain tables with numbers in their cells, one a sheet of the spreadsheets, in their order."""

from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.section import Listing
from whatworks.papers.evaluation.sections.balance import BALANCE
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.evaluation.sections.estimand import WITHOUT_COMPARISON
from whatworks.papers.evaluation.sections.happened import BESIDE, PERIODS, RATIOS
from whatworks.papers.evaluation.sections.hidden_bias import HIDDEN_BIAS
from whatworks.papers.evaluation.sections.links import LINKS
from whatworks.papers.evaluation.sections.lost import ATTRITION
from whatworks.papers.evaluation.sections.method import TARGET_TRIAL
from whatworks.papers.evaluation.sections.outcomes import OUTCOMES
from whatworks.papers.evaluation.sections.overlap import OVERLAP
from whatworks.papers.evaluation.sections.placebos import PLACEBOS
from whatworks.papers.evaluation.sections.provenance import OFFENCES, SOURCES
from whatworks.papers.evaluation.sections.search import SEARCH
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.subgroups import SUBGROUPS
from whatworks.papers.paper import Table

FIRST: tuple[Listing, ...] = (
    OUTCOMES, BESIDE, RATIOS, BALANCE, WITHOUT_COMPARISON, OVERLAP, ATTRITION, OFFENCES, SUBGROUPS,
    SEARCH, PLACEBOS, SENSITIVITY, SPECIFICATIONS, LINKS, HIDDEN_BIAS, TARGET_TRIAL,
)  # fmt: skip
LAST: tuple[Listing, ...] = (PERIODS, SOURCES)


def sheets(release: Release) -> tuple[Table, ...]:
    """Return the sheets that have rows."""
    own = [section for section in SECTIONS.values() if section.heading]
    made = (listing.sheet(release) for listing in (*FIRST, *own, *LAST))
    return tuple(table for table in made if table.rows)
