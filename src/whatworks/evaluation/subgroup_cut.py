"""Read a subgroup as a protocol names it: a factor, or a number cut in two."""

import re

CUT = re.compile(r"^\s*(?P<name>.+?)\s*<\s*(?P<limit>\d+(?:\.\d+)?)\s*$")
"""`age < 25` splits people into those under 25 and those of 25 and over."""


def covariate_of(subgroup: str) -> str:
    """Return the covariate that a subgroup is made from: its own name, or the part before a cut.

    >>> covariate_of("sex"), covariate_of("age < 25")
    ('sex', 'age')
    """
    cut = CUT.match(subgroup)
    return cut["name"] if cut else subgroup
