"""Withhold small numbers of families from a map of demand, and whatever would give them back by subtraction."""

from dataclasses import dataclass

from whatworks.money.recharge.referrals import Demand
from whatworks.papers.disclosure.nested import Count, Nested, widen


@dataclass(frozen=True, slots=True)
class ClearDemand:
    """What may be shown of a year's demand, "c" where a count is withheld.

    `origins` have families referred and families refused by borough of origin; the refused are withheld where they, or
    those not refused, are few.
    """

    families: Count
    calls: Count
    origins: dict[str, tuple[Count, Count]]
    outcomes: dict[str, Count]
    reasons: dict[str, Count]


def clear_demand(demand: Demand, minimum: int = 10) -> ClearDemand:
    """Return the demand with small counts withheld: fewer families than `minimum`, and more than none."""
    if Nested(minimum).sensitive(demand.families):
        nothing: dict[str, Count] = dict.fromkeys(_totals(demand), "c")
        return ClearDemand("c", "c", dict.fromkeys(demand.outcomes, ("c", "c")), nothing, {})
    return ClearDemand(
        demand.families,
        demand.calls,
        _origins(demand, minimum),
        _parts(_totals(demand), minimum),
        _parts(demand.reasons, minimum),
    )


def _totals(demand: Demand) -> dict[str, int]:
    names = dict.fromkeys(name for found in demand.outcomes.values() for name in found)
    return {name: demand.total(name) for name in names}


def _origins(demand: Demand, minimum: int) -> dict[str, tuple[Count, Count]]:
    """Return each borough's counts; none of refused families where their total is withheld itself."""
    small = Nested(minimum).sensitive
    referred = {code: float(sum(found.values())) for code, found in demand.outcomes.items()}
    refused = {code: float(found.get("refused", 0)) for code, found in demand.outcomes.items()}
    few = {code for code, count in referred.items() if small(count)}
    away = widen(few, {code: [count] for code, count in referred.items() if count}, minimum)
    split = {code: [refused[code], referred[code] - refused[code]] for code in referred if referred[code]}
    unsplit = {code for code, parts in split.items() if code in away or any(small(part) for part in parts)}
    unsplit = widen(unsplit, split, minimum)
    if _parts(_totals(demand), minimum).get("refused") == "c":
        unsplit = set(referred)
    return {
        code: ("c" if code in away else int(referred[code]), "c" if code in unsplit else int(refused[code]))
        for code in referred
    }


def _parts(counts: dict[str, int], minimum: int) -> dict[str, Count]:
    few = {name for name, count in counts.items() if Nested(minimum).sensitive(count)}
    hidden = widen(few, {name: [float(count)] for name, count in counts.items() if count}, minimum)
    return {name: "c" if name in hidden else count for name, count in counts.items()}
