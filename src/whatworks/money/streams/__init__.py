"""Where does the money come from, through whose hands does it go, on what is it spent, and what does a cut break?

`load_streams` reads funding streams through the years; `read_flows` balances every hand that money passes through and
follows the streams' lineage; `spending` gives upstream and downstream shares, outcomes and boroughs. `cut` says who
carries a cut and on whose budget it lands; `least_harm` searches the cuts that do the least harm for a given total.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.money.streams.carrying import CutResult, cut
    from whatworks.money.streams.flows import Flows, read_flows
    from whatworks.money.streams.reading import load_streams
    from whatworks.money.streams.search import Search, least_harm
    from whatworks.money.streams.spend import Spending, spending
    from whatworks.money.streams.terms import StreamTerms

__all__ = [
    "CutResult",
    "Flows",
    "Search",
    "Spending",
    "StreamTerms",
    "cut",
    "least_harm",
    "load_streams",
    "read_flows",
    "spending",
]

_HOMES = {
    "CutResult": "carrying",
    "Flows": "flows",
    "Search": "search",
    "Spending": "spend",
    "StreamTerms": "terms",
    "cut": "carrying",
    "least_harm": "search",
    "load_streams": "reading",
    "read_flows": "flows",
    "spending": "spend",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
