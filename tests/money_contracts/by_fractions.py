"""A second program for settling a contract: plain fractions, one payee's and period's sum at a time, no arrays.

It reads the terms' values only, and shares no arithmetic with the room: what is paid is worked out from docs/money.md.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from whatworks.money.contracts.outcomes import BASELINE, Outcomes
from whatworks.money.contracts.terms import Terms

Sums = tuple[Fraction, Fraction]
"""Expected, and counted."""


def pence_by_hand(terms: Terms, outcomes: Outcomes, leaving: Sequence[str] = ()) -> dict[tuple[str, str], int]:
    """Return the pence of every payee at every flow."""
    units = [list(terms.payees)] if terms.settled == "pooled" else [[payee] for payee in terms.payees]
    paid = {(payee, flow.key): 0 for payee in terms.payees for flow in terms.flows}
    for unit in units:
        paid |= one_unit(terms, outcomes, unit, bool(set(unit) & set(leaving)))
    return paid


def one_unit(terms: Terms, outcomes: Outcomes, unit: list[str], left: bool) -> dict[tuple[str, str], int]:
    paid = {(payee, flow.key): 0 for payee in unit for flow in terms.flows}
    clause, periods = terms.break_clause, list(terms.period)
    after = periods[periods.index(clause.after) + 1 :] if clause else []
    unpaid, results = [], 0
    for flow in terms.flows:
        if flow.kind == "up front":
            one = terms.up_front[int(flow.key.split()[-1]) - 1]
            for payee in unit:
                if one.payee in (None, payee) and not (left and clause and one.on > clause.on):
                    paid[payee, flow.key] = int(one.amount * 100)
        elif flow.kind == "payment":
            period = str(flow.period)
            if left and period in after:
                continue
            sums = value(terms, outcomes, unit, [period])
            if not reaches(sums, terms.payment.threshold):
                unpaid.append(period)
            results += pay(terms, outcomes, unit, flow.key, [period], [period], sums, None, Fraction(0), results, paid)
        elif flow.kind == "pooled payment" and not left:
            rule = terms.pooled_periods
            tested = periods if rule.counts == "all less paid" else unpaid
            less = Fraction(results) if rule.counts == "all less paid" else Fraction(0)
            sums = value(terms, outcomes, unit, tested)
            pay(terms, outcomes, unit, flow.key, tested, periods, sums, rule.threshold, less, results, paid)
        elif flow.kind == "repayment on leaving" and left:
            received = {payee: held(terms, paid, payee) for payee in unit}
            due = nearest(Fraction(clause.repays) * sum(received.values()))
            take(paid, flow.key, due, received)
        elif flow.kind == "repayment" and not left:
            received = {payee: held(terms, paid, payee) for payee in unit}
            take(paid, flow.key, back(terms, outcomes, unit, Fraction(sum(received.values()))), received)
    return paid


def value(terms: Terms, outcomes: Outcomes, unit: Sequence[str], periods: Sequence[str]) -> Sums:
    """Return the value of demand in pence."""
    expected = actual = Fraction(0)
    for payee in unit:
        for period in periods:
            for key, metric in terms.metric.items():
                if metric.pays:
                    one = events(terms, outcomes, payee, key, period)
                    expected += one[0] * Fraction(metric.unit_price) * 100
                    actual += one[1] * Fraction(metric.unit_price) * 100
    return expected, actual


def events(terms: Terms, outcomes: Outcomes, payee: str, metric: str, period: str) -> Sums:
    def rate(of: str, group: Any = "payee") -> Fraction:
        count = outcomes.find(payee, metric, of, group)
        assert count is not None
        return Fraction(count.count, count.people or 1)

    own = outcomes.find(payee, metric, period)
    assert own is not None
    was = rate(period, "comparison") if terms.counterfactual.kind == "matched comparison" else rate(BASELINE)
    if terms.counterfactual.kind == "national trend removed":
        was *= rate(period, "national") / rate(BASELINE, "national")
    return was * (own.people or 1), Fraction(own.count)


def reaches(sums: Sums, threshold: Any) -> bool:
    return sums[0] - sums[1] >= Fraction(threshold) * sums[0]


def pay(terms, outcomes, unit, flow, tested, shared, sums, threshold, less, results, paid) -> int:  # type: ignore[no-untyped-def]
    payment = terms.payment
    due = Fraction(0)
    if reaches(sums, payment.threshold if threshold is None else threshold) and sums[0]:
        fall = max(Fraction(0), (sums[0] - sums[1]) / sums[0])
        fall = fall if payment.cap is None else min(fall, Fraction(payment.cap))
        due = max(Fraction(0), share_of(payment, fall) * sums[0] - less)
    if terms.gate is not None:
        one = [events(terms, outcomes, payee, terms.gate.metric, period) for payee in unit for period in tested]
        if not reaches((sum(x for x, _ in one), sum(y for _, y in one)), terms.gate.fall):
            due = Fraction(0)
    if payment.maximum is not None:
        due = min(due, Fraction(payment.maximum) * 100 - results)
    amount = nearest(due)
    for payee, part in by_largest_remainder(amount, weights(terms, outcomes, unit, shared)).items():
        paid[payee, flow] = part
    return amount


def share_of(payment: Any, fall: Fraction) -> Fraction:
    if payment.share == "half":
        return fall / 2
    if payment.share == "half-then-all":
        edge = Fraction(payment.threshold)
        return fall / 2 if fall <= edge else edge / 2 + fall - edge
    done, start = Fraction(0), Fraction(0)
    for step in payment.steps:
        done += Fraction(step.share) * max(Fraction(0), min(fall, Fraction(step.to)) - start)
        start = Fraction(step.to)
    return done


def weights(terms: Terms, outcomes: Outcomes, unit: Sequence[str], periods: Sequence[str]) -> dict[str, Fraction]:
    sums = {payee: value(terms, outcomes, [payee], periods) for payee in unit}
    if terms.split == "equal":
        return dict.fromkeys(unit, Fraction(1))
    if terms.split == "fall":
        return {payee: max(Fraction(0), one[0] - one[1]) for payee, one in sums.items()}
    return {payee: one[0] for payee, one in sums.items()}


def by_largest_remainder(amount: int, shares: dict[str, Fraction]) -> dict[str, int]:
    every = sum(shares.values())
    if not amount or not every:
        return dict.fromkeys(shares, amount if len(shares) == 1 else 0)
    exact = {name: amount * share / every for name, share in shares.items()}
    parts = {name: int(part) for name, part in exact.items()}
    for name in sorted(shares, key=lambda one: (parts[one] - exact[one], one))[: amount - sum(parts.values())]:
        parts[name] += 1
    return parts


def held(terms: Terms, paid: dict[tuple[str, str], int], payee: str) -> int:
    return sum(paid[payee, flow.key] for flow in terms.flows if flow.kind == "up front")


def back(terms: Terms, outcomes: Outcomes, unit: list[str], received: Fraction) -> int:
    """Return the pence taken back for missing the target."""
    tested = list(zip(terms.period, terms.target.falls, strict=True))
    tested = tested[-1:] if terms.target.test == "last period" else tested
    asked = above = Fraction(0)
    for period, fall in tested:
        expected, actual = value(terms, outcomes, unit, [period])
        asked += Fraction(fall) * expected
        above += actual - (1 - Fraction(fall)) * expected
    if above <= 0:
        return 0
    if terms.clawback.rule == "each unit":
        return nearest(min(received, above))
    return nearest(received if terms.clawback.rule == "all" or above >= asked else received * above / asked)


def take(paid: dict[tuple[str, str], int], flow: str, due: int, received: dict[str, int]) -> None:
    for payee, part in by_largest_remainder(due, {name: Fraction(one) for name, one in received.items()}).items():
        paid[payee, flow] = -part


def nearest(pence: Fraction) -> int:
    return (pence + Fraction(1, 2)).__floor__()
