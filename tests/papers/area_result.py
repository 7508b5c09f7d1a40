"""An evaluation of a scheme that four of eight areas had, too few of them to tell: worked out from made-up people."""

from functools import cache

from areas.made_up_areas import evaluated, people_of
from whatworks.evaluation.result import Result


@cache
def by_area_again() -> Result:
    """A scheme whose areas cannot tell, though its people would have seemed to."""
    return evaluated(
        people_of([110, 90, 100, 100, 105, 95, 100, 100], 4, effect=0.5, seed=3),
        scheme={"title": "Did the scheme in four areas reduce reoffending?"},
        subgroups={"planned": ["sex"]},
    )
