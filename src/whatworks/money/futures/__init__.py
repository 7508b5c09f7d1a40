"""How likely is the contract to pay, to whom, for what, and which terms would both sides sign?

`luck` gives the exact chance of being paid though nothing changed; `simulate` draws thousands of futures under an
assumed or estimated effect and settles each to the penny; `negotiate` searches for terms at which the payer expects to
save and every partner can bear its worst 5%. `read_effect`, `effect_from_result` and `read_partners` read what they
need.
"""

from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.candidate_terms import Range
from whatworks.money.futures.effect import Effect, effect_from_result, read_effect
from whatworks.money.futures.luck import luck
from whatworks.money.futures.negotiation import Wish, negotiate
from whatworks.money.futures.partners import read_partners
from whatworks.money.futures.simulate import simulate

__all__ = [
    "Assumptions",
    "Effect",
    "Range",
    "Wish",
    "effect_from_result",
    "luck",
    "negotiate",
    "read_effect",
    "read_partners",
    "simulate",
]
