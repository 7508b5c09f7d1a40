"""For what records may be shared: a closed list, used by agreements, lists, cases and releases alike."""

from dataclasses import dataclass

from whatworks.records.refusal import Fault, choice

REGIMES_ARE_NO_PURPOSE = ("law_enforcement", "crime", "public_interest", "information_sharing")
"""What is written where a purpose is asked for, and names none: a regime of the law, or the sharing itself."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose: is it one of law enforcement (DPA 2018, section 31), and does it ask who people are?"""

    words: str
    law_enforcement: bool = False
    identifies: bool = True


PURPOSES: dict[str, Purpose] = {
    "offender_management": Purpose("managing people under sentence or of joint concern", law_enforcement=True),
    "public_protection": Purpose("assessing and managing a risk of serious harm", law_enforcement=True),
    "crime_prevention": Purpose("preventing crime and disorder in an area", law_enforcement=True),
    "gang_violence_prevention": Purpose("preventing violence between groups", law_enforcement=True),
    "counter_terrorism_oversight": Purpose("overseeing work against terrorism, and Prevent", law_enforcement=True),
    "resettlement": Purpose("homes, work and treatment after custody"),
    "victim_support": Purpose("supporting victims and witnesses"),
    "safeguarding_children": Purpose("keeping children safe"),
    "safeguarding_adults": Purpose("keeping adults at risk safe"),
    "health_care": Purpose("care and treatment"),
    "public_health": Purpose("planning for the health of an area", identifies=False),
    "research": Purpose("research and statistics that decide about nobody", identifies=False),
    "access_review": Purpose("finding out whether records were read without a reason"),
}


def purpose_fault(value: str, field: str = "purpose") -> Fault | None:
    """Return what is wrong with a purpose, or None where it is on the list.

    >>> print(purpose_fault("reserch"))  # doctest: +ELLIPSIS
    purpose "reserch": is not a purpose of sharing; did you mean 'research'? use one of offender_management, ...
    >>> purpose_fault("research")
    """
    if value in PURPOSES:
        return None
    regime = value.casefold().replace(" ", "_").replace("-", "_") in REGIMES_ARE_NO_PURPOSE
    problem = "names a regime of the law, not a purpose" if regime else "is not a purpose of sharing"
    remedy = choice("" if regime else value, tuple(PURPOSES))
    return Fault(problem, remedy, field=field, value=value)
