"""The covariates and subgroups that a protocol names, held to the register of what is known on the index date."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.question.protocol import Protocol
from whatworks.measures.covariates import COVARIATES
from whatworks.records.refusal import Fault

ONLY_FROM_START = "days_waited"
"""A covariate under the clock `scheme_start` only: days from the index event to the start."""


def check_covariates(protocol: Protocol) -> list[Fault]:
    """Return a fault for every covariate, exact factor or subgroup that is not registered, or of the wrong kind."""
    known = [*COVARIATES]
    if protocol.cohort.clock == "scheme_start":
        known.append(ONLY_FROM_START)
    faults = []
    for field, names in (
        ("comparison.covariates", protocol.comparison.covariates),
        ("comparison.exact", protocol.comparison.exact),
        ("subgroups", protocol.subgroups.names),
        ("subgroups.search", protocol.subgroups.search),
    ):
        for name in names:
            covariate = covariate_of(name) if field == "subgroups" else name
            if covariate not in known:
                faults.append(_unknown(field, covariate, known))
            elif field == "subgroups" and CUT.match(name) and COVARIATES[covariate].kind != "numeric":
                faults.append(Fault("is not a number, so it cannot be cut", "name it alone", field=field, value=name))
    return faults


def _unknown(field: str, name: str, known: list[str]) -> Fault:
    near = get_close_matches(name, known, 1)
    remedy = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}"
    return Fault("is not a registered covariate", remedy, field=field, value=name)


CUT = re.compile(r"^\s*(?P<name>.+?)\s*<\s*(?P<limit>\d+(?:\.\d+)?)\s*$")
"""`age < 25` splits people into those under 25 and those of 25 and over."""


@dataclass(frozen=True, slots=True)
class SubgroupSplit:
    """A factor and the level of each unit; null where not known. `name` is the protocol's own."""

    name: str
    label: str
    planned: bool
    levels: pl.Series


def covariate_of(subgroup: str) -> str:
    """Return the covariate that a subgroup is made from: its own name, or the part before a cut.

    >>> covariate_of("sex"), covariate_of("age < 25")
    ('sex', 'age')
    """
    cut = CUT.match(subgroup)
    return cut["name"] if cut else subgroup
