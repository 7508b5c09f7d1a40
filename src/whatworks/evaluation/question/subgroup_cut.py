"""Read a subgroup as a protocol names it: a factor, or a number cut in two."""

import re
from dataclasses import dataclass

import polars as pl

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
