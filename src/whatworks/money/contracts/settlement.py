"""A settlement as a value: what is paid to whom, when, and every line of the working."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.demand import Demand
from whatworks.money.contracts.line import Line
from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.terms import Flow, Terms

ROUNDING = "each payment is rounded once, at its end, to the nearest penny, half a penny upwards"
POOL = "all payees as one"
"""The unit of settlement where the payees are settled as if they were one."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the payment rule gave, before gateway condition, maximum and rounding, in pounds.

    `counted` is the value of the fall that counts: none for a rise, none beyond the cap. Nothing is owed where the
    threshold is not `met`.
    """

    demand: Demand
    met: bool
    counted: Fraction
    pounds: Fraction


@dataclass(frozen=True, slots=True)
class Settled:
    """One flow of one unit of settlement (a payee, or all as one), with its working.

    `amount` is in pounds and pence: above zero to the payees, below zero repaid by them. `parts` divides it.
    `owed` is what the share rule gave, before gate, maximum and rounding.
    """

    unit: str
    flow: Flow
    reason: str
    amount: Decimal
    parts: tuple[tuple[str, Decimal], ...]
    lines: tuple[Line, ...]
    owed: Owed | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the break clause means for one unit, as it stands at the break.

    Pounds. `needed_fall` is the fall over the remaining periods that would still keep the money (above 1: none would).
    `repaid_if_alike` is what would be repaid if the remaining periods fell as the last measured one did, and
    `worth_leaving` is how much better leaving is then than staying (never below zero: nobody has to leave). Once
    every period is measured, `leaving_in_fact` is how much more leaving gives than staying (below zero: less).
    """

    unit: str
    received: Decimal
    repaid_on_leaving: Decimal
    still_to_come: Decimal
    most_repaid: Decimal
    needed_fall: Fraction
    fall_so_far: Fraction
    repaid_if_alike: Decimal
    paid_if_alike: Decimal
    worth_leaving: Decimal
    leaving_in_fact: Decimal | None
    left: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """Every payment of a contract, and every metric it measured, paid on or not.

    `withheld` names the payees whose results are left out of what may leave; in a working it is empty.
    """

    terms: Terms
    outcomes: str
    settled: tuple[Settled, ...]
    measures: tuple[Measure, ...]
    leaving: tuple[Leaving, ...]
    not_yet: tuple[str, ...]
    remarks: tuple[str, ...]
    rounding: str = ROUNDING
    withheld: tuple[str, ...] = ()

    def total(self, payee: str | None = None) -> Decimal:
        """Return the net pounds of one payee, or of all."""
        return _sum(part for one in self.settled for name, part in one.parts if payee is None or name == payee)

    def amount(self, payee: str, flow: str) -> Decimal:
        """Return the pounds of one payee at one flow, by its key; zero where nothing moved."""
        return _sum(part for one in self.settled if one.flow.key == flow for name, part in one.parts if name == payee)


def _sum(parts: Iterable[Decimal]) -> Decimal:
    return sum(parts, Decimal("0.00"))
