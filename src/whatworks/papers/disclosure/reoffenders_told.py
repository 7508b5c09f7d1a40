"""Withhold how many reoffended where the number of people is withheld of whom a share is printed.

A share of 73% and 332 reoffenders say that there were 452 to 457 people: too narrow, where that number is withheld.
"""

from typing import TYPE_CHECKING

from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Group

if TYPE_CHECKING:
    from whatworks.papers.evaluation.sections.outcomes import Outcome

OF_REOFFENDERS = ("days_to_first", "seriousness_among_reoffenders")


def without_reoffenders(outcomes: "tuple[Outcome, ...]") -> "tuple[Outcome, ...]":
    """Return the outcomes, those about reoffenders without a number that would give the people back."""
    everybody = {one.name: one for one in outcomes}
    return tuple(_held(one, everybody) for one in outcomes)


def told(reoffenders: Count, people: Count) -> Count:
    """Return the number of reoffenders, where that of the people may be shown.

    >>> told(332, 456), told(332, "c")
    (332, 'c')
    """
    return "c" if people == "c" else reoffenders


def _held(outcome: "Outcome", everybody: "dict[str, Outcome]") -> "Outcome":
    stem, _, suffix = outcome.name.rpartition("_")
    whole = everybody.get(f"proven_reoffending_{suffix}")
    if stem not in OF_REOFFENDERS or whole is None:
        return outcome
    return outcome.model_copy(
        update={
            "treated": _group(outcome.treated, whole.treated),
            "comparison": outcome.comparison and _group(outcome.comparison, whole.comparison or whole.treated),
        }
    )


def _group(reoffenders: Group, people: Group) -> Group:
    return reoffenders.model_copy(update={"n": told(reoffenders.n, people.n)})
