"""What does a place, a post, a person and a reoffence avoided cost, and what is one worth?

`load_unit_costs` reads unit costs that carry their kind (cashable or economic), price year and edition; `one_edition`
refuses to mix editions. `outcome_cost` joins a cost to an evaluation's outcome: the cost of each reoffence avoided with
a Fieller interval, which has no upper limit where the effect's interval includes nought.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.money.unit_costs.edition import UnitCost, load_unit_costs, one_edition
    from whatworks.money.unit_costs.interval import RatioInterval, fieller
    from whatworks.money.unit_costs.per_outcome import OutcomeCost, outcome_cost

__all__ = ["OutcomeCost", "RatioInterval", "UnitCost", "fieller", "load_unit_costs", "one_edition", "outcome_cost"]

_HOMES = {
    "OutcomeCost": "per_outcome",
    "RatioInterval": "interval",
    "UnitCost": "edition",
    "fieller": "interval",
    "load_unit_costs": "edition",
    "one_edition": "edition",
    "outcome_cost": "per_outcome",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
