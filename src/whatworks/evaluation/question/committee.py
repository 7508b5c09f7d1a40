"""What papers carry for a committee besides findings: its headings, filled in by the author, and the options."""

from datetime import date as Day
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from whatworks.evaluation.result.origin import Heading
from whatworks.evaluation.values.settings import Section
from whatworks.records.calendar_names import long_date
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import read_toml

HEADINGS = {
    "recommendation": "Recommendation",
    "legal": "Legal implications",
    "financial": "Financial implications",
    "equality": "Equality implications",
    "risk": "Risk",
    "consultation": "Consultation",
    "contact": "Contact",
    "date": "Date",
    "version": "Version",
    "sign_off": "Sign-off",
}
"""Every heading that a committee may ask for, and how a paper prints it."""
TO_COMPLETE = "To be completed by the author."
FILE = "committee.toml"


class Committee(Section):
    """The file `committee.toml`: the headings that papers carry, in order, their texts, and the options."""

    headings: tuple[str, ...] = Field(
        tuple(HEADINGS), description="Which headings papers carry, in which order; one without a text says so."
    )
    recommendation: str = ""
    legal: str = ""
    financial: str = ""
    equality: str = ""
    risk: str = ""
    consultation: str = ""
    contact: str = ""
    date: str = ""
    version: str = ""
    sign_off: str = ""
    options: tuple[str, ...] = Field((), description="What the board can choose, instead of the paper's own options.")

    @field_validator("date", mode="before")
    @classmethod
    def _day(cls, given: Any) -> Any:
        return long_date(given) if isinstance(given, Day) else given

    @field_validator("headings")
    @classmethod
    def _known(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in given if name not in HEADINGS]
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: not a heading; choose from {', '.join(HEADINGS)}")
        return given

    def printed(self) -> tuple[Heading, ...]:
        """Return the headings as the paper prints them.

        >>> Committee(headings=("legal", "risk"), legal="None.").printed()[0]
        Heading(name='Legal implications', text='None.')
        """
        return tuple(Heading(name=HEADINGS[name], text=getattr(self, name) or TO_COMPLETE) for name in self.headings)


def load_committee(path: Path) -> Committee:
    """Read a committee's file, or refuse it with every fault at once."""
    try:
        return Committee.model_validate(read_toml(path))
    except ValidationError as faults:
        remedy = f"keys are headings, options, {', '.join(HEADINGS)} (docs/protocol.md)"
        raise Refused(
            [Fault(problem_of(one), remedy, path.name, field=place_of(one)) for one in faults.errors()]
        ) from faults
