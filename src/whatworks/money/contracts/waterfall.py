"""Follow a saving to the payment: what the threshold, the cap, the payer's share and the limits each take from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from whatworks.money.contracts.settlement import Settled, Settlement


@dataclass(frozen=True, slots=True)
class Fall:
    """One step of the waterfall, in pounds; a `level` is a sum reached, not a move."""

    label: str
    pounds: Fraction
    level: bool = False


def waterfall(found: Settlement) -> tuple[Fall, ...]:
    """Return the steps from the value of what fell to what is paid in the end; steps of zero are left out.

    Only falls count: where demand rose, nothing is saved and nothing is owed.
    """
    steps = list(_results(found))
    moved = {kind: Fraction(0) for kind in ("pooled payment", "up front", "repayment on leaving", "repayment")}
    for one in found.settled:
        if one.flow.kind in moved:
            moved[one.flow.kind] += Fraction(one.amount)
    if steps and moved["pooled payment"]:
        steps.append(Fall("Paid by the pooled test", moved["pooled payment"]))
    labels = {"up front": "Money up front", "repayment on leaving": "Repaid on leaving", "repayment": "Repaid"}
    steps += [Fall(label, moved[kind]) for kind, label in labels.items() if moved[kind]]
    if not steps or not steps[-1].level:
        steps.append(Fall("Net to the payees", Fraction(found.total()), True))
    return tuple(steps)


def _results(found: Settlement) -> Iterator[Fall]:
    paid = [one for one in found.settled if one.flow.kind == "payment" and one.owed is not None]
    if not paid:
        return
    saved = _sum(saving(one) for one in paid)
    yield Fall("Value of what fell", saved, True)
    below = _sum(saving(one) for one in paid if one.owed and not one.owed.met)
    capped = _sum(saving(one) - counted(one) for one in paid if one.owed and one.owed.met)
    owed = _sum(one.owed.pounds for one in paid if one.owed)
    amount = _sum(Fraction(one.amount) for one in paid)
    taken = (
        ("Below the threshold", below),
        ("Beyond the cap", capped),
        ("Kept by the payer", saved - below - capped - owed),
        ("Gateway condition, maximum and rounding", owed - amount),
    )
    yield from (Fall(label, -pounds) for label, pounds in taken if pounds)
    yield Fall("Paid period by period", amount, True)


def saving(one: Settled) -> Fraction:
    """Return the pounds by which demand fell; zero where it rose."""
    return max(Fraction(0), one.owed.demand.saving) if one.owed else Fraction(0)


def counted(one: Settled) -> Fraction:
    """Return the pounds of the fall that the cap lets count."""
    return one.owed.counted if one.owed else Fraction(0)


def _sum(parts: Iterator[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))
