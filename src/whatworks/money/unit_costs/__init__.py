"""What does a place, a post, a person and a reoffence avoided cost, and what is one worth?

`load_unit_costs` reads unit costs that carry their kind (cashable or economic), price year and edition; `one_edition`
refuses to mix editions. `outcome_cost` joins a cost to an evaluation's outcome: the cost of each reoffence avoided with
a Fieller interval, which has no upper limit where the effect's interval includes zero.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.money.unit_costs.edition import UnitCost, load_unit_costs, one_edition
    from whatworks.money.unit_costs.interval import RatioInterval, fieller
    from whatworks.money.unit_costs.per_outcome import OutcomeCost, outcome_cost
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "edition": ["UnitCost", "load_unit_costs", "one_edition"],
            "interval": ["RatioInterval", "fieller"],
            "per_outcome": ["OutcomeCost", "outcome_cost"],
        },
    )

__all__ = ["OutcomeCost", "RatioInterval", "UnitCost", "fieller", "load_unit_costs", "one_edition", "outcome_cost"]
