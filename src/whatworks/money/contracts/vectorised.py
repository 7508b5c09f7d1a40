"""Settle many simulated paths of a contract at once, agreeing with `settle` to the penny on every one of them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from whatworks.money.contracts.clauses import Payment
from whatworks.money.contracts.paths_formula import owed, shared, subsets, taken, times
from whatworks.money.contracts.ratio_paths import Ratio, exactly, total
from whatworks.money.contracts.terms import Flow, Terms
from whatworks.money.contracts.whole import NOUGHT, Whole, constant, whole


@dataclass(frozen=True, slots=True)
class Paid:
    """What moves on every path: `pence` has the shape paths x payees x flows; below zero is repaid.

    Payees are in the order of the terms, flows in the order of `terms.flows`.
    """

    flows: tuple[Flow, ...]
    pence: Any


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of many paths, whole numbers. P payees, J periods, M metrics, in the order of the terms.

    Each array is given in full, or broadcasts over leading axes: `baseline` and `baseline_people` [paths, P, M];
    `actual`, `people`, `comparison`, `comparison_people` [paths, P, J, M]; `national_baseline` [paths, M];
    `national` [paths, J, M]. People are left out where every metric is a count of an area; give 1 for such a metric
    among others. National counts stand for as many people in the end as at first.
    """

    actual: Any
    baseline: Any = None
    people: Any = None
    baseline_people: Any = None
    comparison: Any = None
    comparison_people: Any = None
    national_baseline: Any = None
    national: Any = None


def settle_paths(terms: Terms, counts: Counts, leaving: Any = None) -> Paid:
    """Return what every path pays; `leaving` [paths, payees] says who uses the break clause.

    The arithmetic is exact, in whole numbers: a path that just reaches a threshold reaches it here too.

    >>> from whatworks.money.contracts.load import load_terms
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Lambeth"]'])
    >>> actual = np.array([[[[880, 880, 880], [901, 901, 901]]]])
    >>> settle_paths(terms, Counts(actual, baseline=np.full((1, 1, 3), 1000))).pence.tolist()
    [[[10020000, 0]]]
    """
    return Paths(terms, counts, leaving).settle()


class Paths:
    """The accounts of all paths while they are settled."""

    def __init__(self, terms: Terms, counts: Counts, leaving: Any) -> None:
        self.terms, self.counts = terms, counts
        self.paths = np.asarray(counts.actual).shape[0]
        self.periods, self.metrics = list(terms.period), list(terms.metric)
        self.payees = range(len(terms.payees))
        self.pence = np.zeros((self.paths, len(terms.payees), len(terms.flows)), dtype=np.int64)
        shape = (self.paths, len(terms.payees))
        self.left = np.broadcast_to(np.asarray(False if leaving is None else leaving, dtype=bool), shape)
        self.demands: dict[tuple[int, str], tuple[Ratio, Ratio]] = {}
        self.met: dict[tuple[int, str], Any] = {}

    def settle(self) -> Paid:
        """Settle every unit, flow by flow."""
        pooled = self.terms.settled == "pooled"
        units = [list(self.payees)] if pooled else [[payee] for payee in self.payees]
        for at, flow in enumerate(self.terms.flows):
            for members in units:
                self._flow(at, flow, members)
        return Paid(self.terms.flows, self.pence)

    def _flow(self, at: int, flow: Flow, members: list[int]) -> None:
        if flow.kind == "up front":
            self._up_front(at, flow, members)
        elif flow.kind == "payment":
            self._payment(at, flow, members)
        elif flow.kind == "pooled payment":
            self._pooled(at, members)
        elif flow.kind == "repayment on leaving":
            self._on_leaving(at, members)
        else:
            self._repayment(at, members)

    def _up_front(self, at: int, flow: Flow, members: list[int]) -> None:
        instalment, clause = self.terms.up_front[flow.instalment or 0], self.terms.break_clause
        for payee in members:
            if instalment.payee in (None, self.terms.payees[payee]):
                late = clause is not None and flow.on > clause.on
                self.pence[:, payee, at] = np.where(self.left[:, payee] & late, 0, int(instalment.amount * 100))

    def _payment(self, at: int, flow: Flow, members: list[int]) -> None:
        payment, period = self.terms.payment, flow.period or ""
        if payment is None:
            return
        expected, actual = self._of(members, [period])
        due, met = owed(payment, expected, actual, payment.threshold)
        self.met[(members[0], period)] = met
        open_ = met & self._gate(members, [period])
        if period in self.terms.periods_after_break():
            open_ = open_ & ~self.left[:, members[0]]
        self._pay(at, members, payment, due, open_, [period])

    def _pooled(self, at: int, members: list[int]) -> None:
        payment, rule = self.terms.payment, self.terms.pooled_periods
        if payment is None or rule is None:
            return
        stays = ~self.left[:, members[0]]
        if rule.counts == "all less paid":
            expected, actual = self._of(members, self.periods)
            due, met = owed(payment, expected, actual, rule.threshold)
            due = (due - Ratio(self._paid(members))).positive()
            self._pay(at, members, payment, due, met & stays & self._gate(members, self.periods), self.periods)
            return
        for chosen in subsets(self.periods):
            here = stays.copy()
            for period in self.periods:
                here &= self.met[(members[0], period)] != (period in chosen)
            if here.any():
                expected, actual = self._of(members, chosen)
                due, met = owed(payment, expected, actual, rule.threshold)
                self._pay(at, members, payment, due, met & here & self._gate(members, chosen), self.periods)

    def _pay(self, at: int, members: list[int], payment: Payment, due: Ratio, open_: Any, periods: list[str]) -> None:
        amount = due.rounded()
        if payment.maximum is not None:
            room = constant(int(payment.maximum * 100)) - self._paid(members)
            amount = room.where(~Ratio(room).at_least(due), amount)
        amount = amount.where(open_, NOUGHT)
        for payee, part in zip(members, self._divided(amount, members, periods), strict=True):
            self.pence[:, payee, at] += np.broadcast_to(part.pence(), self.paths)

    def _on_leaving(self, at: int, members: list[int]) -> None:
        clause = self.terms.break_clause
        if clause is None:
            return
        top, bottom = Fraction(clause.repays).as_integer_ratio()
        due = (Ratio(self._received(members)) * top).over(bottom).rounded()
        self._take(at, members, due.where(self.left[:, members[0]], NOUGHT))

    def _repayment(self, at: int, members: list[int]) -> None:
        target, clawback = self.terms.target, self.terms.clawback
        if target is None or clawback is None:
            return
        falls = dict(zip(self.periods, target.falls, strict=True))
        tested = self.periods if target.test == "all periods together" else self.periods[-1:]
        demands = {period: self._of(members, [period]) for period in tested}
        expected = total([demand[0] for demand in demands.values()])
        actual = total([demand[1] for demand in demands.values()])
        asked = total([times(demands[period][0], falls[period]) for period in tested])
        excess = (actual - (expected - asked)).positive()
        received = Ratio(self._received(members))
        due = received.rounded()
        if clawback.rule == "each unit":
            due = due.where(excess.at_least(received), excess.rounded())
        elif clawback.rule == "in proportion":
            part = Ratio(received.top * excess.top * asked.bottom, excess.bottom * asked.top)
            due = due.where(excess.at_least(asked), part.rounded())
        missed = ~exactly(0).at_least(excess)
        self._take(at, members, due.where(missed & ~self.left[:, members[0]], NOUGHT))

    def _take(self, at: int, members: list[int], due: Whole) -> None:
        held = [self._received([payee]) for payee in members]
        for payee, part in zip(members, shared(due, held, self._order(members)), strict=True):
            self.pence[:, payee, at] -= np.broadcast_to(part.pence(), self.paths)

    def _received(self, members: list[int]) -> Whole:
        return self._moved(members, "up front")

    def _paid(self, members: list[int]) -> Whole:
        return self._moved(members, "payment", "pooled payment")

    def _moved(self, members: list[int], *kinds: str) -> Whole:
        flows = [at for at, flow in enumerate(self.terms.flows) if flow.kind in kinds]
        return whole(self.pence[:, members][:, :, flows].sum(axis=(1, 2)))

    def _divided(self, amount: Whole, members: list[int], periods: list[str]) -> list[Whole]:
        if len(members) == 1:
            return [amount]
        demands = [self._of([payee], periods) for payee in members]
        if self.terms.split == "equal":
            weights = [exactly(1) for _ in members]
        elif self.terms.split == "fall":
            weights = [(expected - actual).positive() for expected, actual in demands]
        else:
            weights = [expected for expected, _ in demands]
        bottoms = list({id(one.bottom): one.bottom for one in weights}.values())
        tops = []
        for weight in weights:
            top = weight.top
            for bottom in bottoms:
                top = top if bottom is weight.bottom else top * bottom
            tops.append(top)
        return shared(amount, tops, self._order(members))

    def _order(self, members: list[int]) -> list[int]:
        """Return the members' places in the order of their names, in which ties are settled."""
        return sorted(range(len(members)), key=lambda place: self.terms.payees[members[place]])

    def _of(self, members: list[int], periods: list[str]) -> tuple[Ratio, Ratio]:
        """Return the value expected and the value counted, in pence, of these payees over these periods."""
        found = [self._demand(payee, period) for payee in members for period in periods]
        return total([one[0] for one in found]), total([one[1] for one in found])

    def _demand(self, payee: int, period: str) -> tuple[Ratio, Ratio]:
        if (payee, period) not in self.demands:
            pairs = []
            for metric in self.terms.paid_metrics:
                price = int((self.terms.metric[metric].unit_price or 0) * 100)
                expected, actual = self._counted(payee, period, metric)
                pairs.append((expected * price, actual * price))
            self.demands[(payee, period)] = total([one[0] for one in pairs]), total([one[1] for one in pairs])
        return self.demands[(payee, period)]

    def _counted(self, payee: int, period: str, metric: str) -> tuple[Ratio, Ratio]:
        """Return the events expected, and those counted."""
        counts, at = self.counts, (payee, self.periods.index(period), self.metrics.index(metric))
        people = taken(counts.people, at)
        if self.terms.counterfactual.kind == "matched comparison":
            rate = Ratio(taken(counts.comparison, at), taken(counts.comparison_people, at))
        else:
            rate = Ratio(taken(counts.baseline, at[::2]), taken(counts.baseline_people, at[::2]))
        if self.terms.counterfactual.kind == "national trend removed":
            rate = rate * Ratio(taken(counts.national, at[1:]), taken(counts.national_baseline, at[2:]))
        return rate * Ratio(people), Ratio(taken(counts.actual, at))

    def _gate(self, members: list[int], periods: list[str]) -> Any:
        gate = self.terms.gate
        if gate is None:
            return np.ones(self.paths, dtype=bool)
        found = [self._counted(payee, period, gate.metric) for payee in members for period in periods]
        expected, actual = total([one[0] for one in found]), total([one[1] for one in found])
        return (expected - actual).at_least(times(expected, gate.fall))
