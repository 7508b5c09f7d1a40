"""The sections that are declared, in the order in which numbers of people are admitted; a new one is a line here."""

from typing import TYPE_CHECKING

from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.placebos import PLACEBOS
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.paper import Section, Table

if TYPE_CHECKING:
    from whatworks.papers.evaluation.release import Release

SECTIONS: dict[str, ResultSection] = {section.name: section for section in (PLACEBOS, SPECIFICATIONS, SENSITIVITY)}


def by_themselves(release: "Release") -> list[Section]:
    """Return the sections that have a heading of their own, and something to say."""
    found = ((section, section.blocks(release)) for section in SECTIONS.values() if section.heading)
    return [
        Section(section.name.replace("_", "-"), section.heading, tuple(blocks)) for section, blocks in found if blocks
    ]


def by_themselves_sheets(release: "Release") -> list[Table]:
    """Return the sheets of the same."""
    return [section.sheet(release) for section in SECTIONS.values() if section.heading]
