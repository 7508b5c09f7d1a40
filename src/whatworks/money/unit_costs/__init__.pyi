from whatworks.money.unit_costs.edition import (
    UnitCost as UnitCost,
)
from whatworks.money.unit_costs.edition import (
    load_unit_costs as load_unit_costs,
)
from whatworks.money.unit_costs.edition import (
    one_edition as one_edition,
)
from whatworks.money.unit_costs.interval import RatioInterval as RatioInterval
from whatworks.money.unit_costs.interval import fieller as fieller
from whatworks.money.unit_costs.per_outcome import OutcomeCost as OutcomeCost
from whatworks.money.unit_costs.per_outcome import outcome_cost as outcome_cost
