"""Where does the money come from, through whose hands does it go, on what is it spent, and what does a cut break?

`load_streams` reads funding streams through the years; `read_flows` balances every hand that money passes through and
follows the streams' lineage; `spending` gives upstream and downstream shares, outcomes and boroughs. `cut` says who
carries a cut and on whose budget it lands; `least_harm` searches the cuts that do the least harm for a given total.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
