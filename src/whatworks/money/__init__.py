"""What does it cost, who pays, what would the contract pay, and who is recharged?

Every amount is a `Money`: pounds in Decimal, with a price base and a year; `split` divides one so that the parts sum
to the whole. Settlement is never in floating point; what is bad is refused, and nothing is repaired silently. `tables`
holds printed tables to their own sums, `unit_costs` joins a cost to an evaluation, `streams` follows money from funder
to outcome and says who carries a cut; `contracts`, `simulation` and `recharge` have rooms of their own.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

_HOMES = {
    "Money": "amount",
    "check_report": "tables.check",
    "check_table": "tables.check",
    "cut": "streams.carrying",
    "exposure": "tables.commitment",
    "least_harm": "streams.search",
    "load_exposure": "tables.commitment",
    "load_streams": "streams.reading",
    "load_unit_costs": "unit_costs.edition",
    "one_edition": "unit_costs.edition",
    "outcome_cost": "unit_costs.per_outcome",
    "read_flows": "streams.flows",
    "spending": "streams.spend",
    "split": "amount",
    "variance": "tables.plan_actual",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `whatworks --help` loads no heavy library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
