"""The sections that are declared, in the order in which numbers of people are published; a new one is a line here."""

from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.balance import BALANCE, PROGNOSIS
from whatworks.papers.evaluation.sections.estimand import ESTIMAND
from whatworks.papers.evaluation.sections.hidden_bias import HIDDEN_BIAS
from whatworks.papers.evaluation.sections.links import LINKS
from whatworks.papers.evaluation.sections.lost import ATTRITION, DEATHS
from whatworks.papers.evaluation.sections.method import MATCHING, PEOPLE, TARGET_TRIAL
from whatworks.papers.evaluation.sections.outcomes import OUTCOMES
from whatworks.papers.evaluation.sections.overlap import OVERLAP
from whatworks.papers.evaluation.sections.placebos import PLACEBOS
from whatworks.papers.evaluation.sections.provenance import DATA
from whatworks.papers.evaluation.sections.search import SEARCH
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.subgroups import SUBGROUPS
from whatworks.papers.paper import Section

SECTIONS: dict[str, ResultSection] = {
    section.name: section
    for section in (
        PEOPLE, ATTRITION, ESTIMAND, BALANCE, OUTCOMES, PLACEBOS, SPECIFICATIONS, DATA, DEATHS,
        MATCHING, OVERLAP, PROGNOSIS, SUBGROUPS, SEARCH, SENSITIVITY, HIDDEN_BIAS, LINKS, TARGET_TRIAL,
    )
}  # fmt: skip


def by_themselves(release: PublishedResult) -> list[Section]:
    """Return the sections that have a heading of their own, and something to say."""
    found = ((section, section.blocks(release)) for section in SECTIONS.values() if section.heading)
    return [
        Section(section.name.replace("_", "-"), section.heading, tuple(blocks)) for section, blocks in found if blocks
    ]
