"""What does it cost, who pays, what would the contract pay, and who is recharged?

Every amount is a `Money`: pounds in Decimal, with a price base and a year; `split` divides one so that the parts sum
to the whole. Settlement is never in floating point; what is bad is refused, and nothing is repaired silently. `tables`
holds printed tables to their own sums, `unit_costs` joins a cost to an evaluation, `streams` follows money from funder
to outcome and says who carries a cut; `contracts`, `simulation` and `recharge` have rooms of their own.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
