"""Clear the time to a first event, and the number of deaths, for leaving."""

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import SCALES, half_away, rounded
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.evaluation import release as outside


def clear_time(found: inside.TimeToFirst | None, withheld: bool) -> outside.TimeToFirst | None:
    """Return the shares that had the event by the end, as whole percentages; those who died are told by count only.

    A share of deaths that came first, beside the number of deaths, would give the few who reoffended and then died.
    """
    if found is None:
        return None
    scale = SCALES["yes_no"]
    shares = [
        rounded(share, withheld, scale.value_places, scale.factor)
        for share in (found.happened_treated, found.happened_comparison)
    ]
    return outside.TimeToFirst(
        horizon=half_away(found.horizon, 1),
        happened_treated=shares[0],
        happened_comparison=shares[1],
        sentence="" if withheld else found.sentence,
    )


def clear_deaths(result: inside.Result, more: Secondary = NOTHING_MORE) -> outside.Deaths | None:
    """Return how many of the people analysed died, withheld where they, or those who did not, are few."""
    found = result.deaths
    if found is None:
        return None
    return outside.Deaths(
        treated="c" if more.has("deaths", "treated") else _count(found.treated, result.n.treated, result.minimum_count),
        comparison="c"
        if more.has("deaths", "comparison")
        else _count(found.comparison, result.n.comparison, result.minimum_count),
    )


def _count(died: int, people: int, minimum: int) -> Count:
    small = Nested(minimum).sensitive
    return "c" if small(died) or small(people - died) else died
