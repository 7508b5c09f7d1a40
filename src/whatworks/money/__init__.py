"""What does it cost, who pays, what would the contract pay, and who is recharged?

Every amount is a `Money`: pounds in Decimal, with a price base and a year; `split` divides one so that the parts sum
to the whole. Settlement is never in floating point; what is bad is refused, and nothing is repaired silently. `tables`
holds printed tables to their own sums, `unit_costs` joins a cost to an evaluation, `streams` follows money from funder
to outcome and says who carries a cut; `contracts`, `simulation` and `recharge` have rooms of their own.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.money.amount import Money, split
    from whatworks.money.streams.carrying import cut
    from whatworks.money.streams.flows import read_flows
    from whatworks.money.streams.reading import load_streams
    from whatworks.money.streams.search import least_harm
    from whatworks.money.streams.spend import spending
    from whatworks.money.tables.check import check_report, check_table
    from whatworks.money.tables.commitment import exposure, load_exposure
    from whatworks.money.tables.plan_actual import variance
    from whatworks.money.unit_costs.edition import load_unit_costs, one_edition
    from whatworks.money.unit_costs.per_outcome import outcome_cost
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "amount": ["Money", "split"],
            "streams.carrying": ["cut"],
            "streams.flows": ["read_flows"],
            "streams.reading": ["load_streams"],
            "streams.search": ["least_harm"],
            "streams.spend": ["spending"],
            "tables.check": ["check_report", "check_table"],
            "tables.commitment": ["exposure", "load_exposure"],
            "tables.plan_actual": ["variance"],
            "unit_costs.edition": ["load_unit_costs", "one_edition"],
            "unit_costs.per_outcome": ["outcome_cost"],
        },
    )

__all__ = [
    "Money",
    "check_report",
    "check_table",
    "cut",
    "exposure",
    "least_harm",
    "load_exposure",
    "load_streams",
    "load_unit_costs",
    "one_edition",
    "outcome_cost",
    "read_flows",
    "spending",
    "split",
    "variance",
]
