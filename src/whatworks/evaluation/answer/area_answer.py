"""What an estimate says of needed numbers and of what the study could find, in areas where areas are what counts."""

from math import inf, isfinite

from whatworks.evaluation.result.outcome import AreaAnswer
from whatworks.statistics.areas.planning import areas_needed, smallest_by_area
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.power import smallest_detectable

PERSON_BY_PERSON = "person by person, as if areas did not differ"
PERSON_NOTE = "It leaves out that people of one area are alike, so its interval is too short and its p too small."


def could_find(estimate: Estimate) -> float | None:
    """Return the smallest effect that the study could find four times in five; None where areas are too few to say."""
    if estimate.areas is None:
        return smallest_detectable(estimate.se)
    return smallest_by_area(estimate.se, estimate.df) if isfinite(estimate.se) else None


def end(value: float) -> float | None:
    """Return an end of an interval as a result holds it: None where there is none.

    >>> end(0.5), end(float("-inf"))
    (0.5, None)
    """
    return value if abs(value) < inf else None


def area_answer(estimate: Estimate, worthwhile: float | None) -> AreaAnswer | None:
    """Return what an estimate by area rests on; None where the scheme was not given by area."""
    found = estimate.areas
    if found is None:
        return None
    told = isfinite(estimate.se)
    needed = None
    if told and worthwhile is not None:
        needed = areas_needed(worthwhile, estimate.se, estimate.df, found.treated, found.comparison)
    return AreaAnswer(
        treated=found.treated,
        comparison=found.comparison,
        smallest_p=found.smallest_p,
        interval=found.interval,
        se=estimate.se if told else None,
        df=estimate.df if told else None,
        areas_needed=needed,
    )
