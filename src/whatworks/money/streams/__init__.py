"""Where does the money come from, through whose hands does it go, on what is it spent, and what does a cut break?

`load_streams` reads funding streams through the years; `read_flows` balances every hand that money passes through and
follows the streams' lineage; `spending` gives upstream and downstream shares, outcomes and boroughs. `cut` says who
carries a cut and on whose budget it lands; `least_harm` searches the cuts that do the least harm for a given total.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.money.streams.carrying import CutResult, cut
    from whatworks.money.streams.flows import Flows, read_flows
    from whatworks.money.streams.reading import load_streams
    from whatworks.money.streams.search import Search, least_harm
    from whatworks.money.streams.spend import Spending, spending
    from whatworks.money.streams.terms import StreamTerms
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "carrying": ["CutResult", "cut"],
            "flows": ["Flows", "read_flows"],
            "reading": ["load_streams"],
            "search": ["Search", "least_harm"],
            "spend": ["Spending", "spending"],
            "terms": ["StreamTerms"],
        },
    )

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
