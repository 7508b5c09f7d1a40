"""Say when a group's figure is about too few people to be shown."""

from whatworks.evaluation.result import GroupResult
from whatworks.papers.disclosure.nested import NOISE

FEWEST_FOR_DAYS = 30
"""Time to first reoffence is withheld in smaller groups, as the Justice Data Lab does."""


def thin(group: GroupResult, kind: str, minimum: int) -> bool:
    """Say whether a group's value describes too few people: those it counts, or those it does not.

    >>> thin(GroupResult(n=96, events=7, value=7 / 96, ci_low=None, ci_high=None), "yes_no", 10)
    True
    >>> thin(GroupResult(n=96, events=21, value=21 / 96, ci_low=None, ci_high=None), "yes_no", 10)
    False
    """
    if group.value is None:
        return False
    if group.n < minimum or (kind == "days" and group.n < FEWEST_FOR_DAYS):
        return True
    if kind == "days" and group.events is not None:
        return group.events < minimum or group.n - group.events < minimum
    if kind in ("yes_no", "share"):
        events = [group.value * group.n] + ([group.events] if group.events is not None else [])
        return any(count < minimum - NOISE or group.n - count < minimum - NOISE for count in events)
    return group.events is not None and group.events < minimum
