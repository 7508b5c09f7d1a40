"""What does a place, a post, a person and a reoffence avoided cost, and what is one worth?

`load_unit_costs` reads unit costs that carry their kind (cashable or economic), price year and edition; `one_edition`
refuses to mix editions. `outcome_cost` joins a cost to an evaluation's outcome: the cost of each reoffence avoided with
a Fieller interval, which has no upper limit where the effect's interval includes zero.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
