"""The target that keeps money up front, and what is taken back where it is missed, on many paths at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whatworks.money.contracts.clauses import Clawback, Target
from whatworks.money.contracts.exact import ONE, ZERO, ExactFractionArray, ExactIntArray, total


@dataclass(frozen=True, slots=True)
class Missed:
    """How demand stands to the target on every path, in pence: what it allows, what was counted, the fall it asks."""

    allowed: ExactFractionArray
    actual: ExactFractionArray
    asked: ExactFractionArray

    @property
    def excess(self) -> ExactFractionArray:
        """Demand above what the target allows; zero where it is met."""
        return (self.actual - self.allowed).positive()

    @property
    def met(self) -> Any:
        """Where demand is no more than the target allows."""
        return self.allowed.at_least(self.actual)


def missed(target: Target, demands: Sequence[tuple[ExactFractionArray, ExactFractionArray]]) -> Missed:
    """Return how the demand of all periods, expected and counted, in order, stands to the target.

    >>> from whatworks.money.contracts.exact import exactly
    >>> year = exactly(1000), exactly(850)
    >>> bool(missed(Target(falls=("0.10", "0.20")), [year, year]).met)
    True
    >>> missed(Target(falls=("0.10", "0.20"), test="last period"), [year, year]).excess.on(0)
    Fraction(50, 1)
    """
    pairs = list(zip(demands, target.falls, strict=True))
    tested = pairs if target.test == "all periods together" else pairs[-1:]
    asked = total(expected.times(fall) for (expected, _), fall in tested)
    expected = total(expected for (expected, _), _ in tested)
    return Missed(expected - asked, total(actual for (_, actual), _ in tested), asked)


def repaid(clawback: Clawback, received: ExactIntArray, found: Missed) -> ExactIntArray:
    """Return the pence to repay of what was `received` up front, rounded.

    >>> from whatworks.money.contracts.exact import exactly
    >>> found = Missed(exactly(1700), exactly(1850), exactly(300))
    >>> [repaid(Clawback(rule=rule), exactly(100).top, found).on(0) for rule in ("all", "in proportion", "each unit")]
    [100, 50, 100]
    """
    excess, due = found.excess, received
    if clawback.rule == "each unit":
        due = due.where(excess.at_least(ExactFractionArray(received, ONE)), excess.rounded())
    elif clawback.rule == "in proportion":
        asked = found.asked
        top, bottom = excess.top * asked.bottom * asked.scale, excess.bottom * asked.top * excess.scale
        due = due.where(excess.at_least(asked), ExactFractionArray(received * top, bottom).rounded())
    return ZERO.where(found.met, due)
