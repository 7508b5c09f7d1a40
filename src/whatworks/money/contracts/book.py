"""Keep the account of one unit of settlement, a payee or all payees as one, flow by flow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from whatworks.money.amount import split
from whatworks.money.contracts.clauses import Payment
from whatworks.money.contracts.formula import Demand, Owed, kept, owed, repaid, to_pence
from whatworks.money.contracts.measure import Measure, measure
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.settlement import Line, Settled
from whatworks.money.contracts.terms import Flow, Terms
from whatworks.money.contracts.working import demand_lines, kept_lines, owed_lines, percent, pounds

NOUGHT = Decimal("0.00")


@dataclass(slots=True)
class Book:
    """The account of one unit of settlement while it is settled, flow by flow."""

    terms: Terms
    outcomes: Outcomes
    unit: str
    members: tuple[str, ...]
    measured: tuple[str, ...]
    left: bool
    settled: list[Settled] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    owed: dict[str, Owed] = field(default_factory=dict)

    def settle(self) -> "Book":
        """Work through the flows in order, and return the account."""
        ending = self.terms.periods_after_break() if self.left else ()
        self.measures = [
            measure(self.terms, self.outcomes, payee, metric, period)
            for period in self.measured
            if period not in ending
            for payee in self.members
            for metric in self.terms.metric
        ]
        for flow in self.terms.flows:
            steps = {"up front": self._up_front, "payment": self._payment, "pooled payment": self._pooled}
            steps |= {"repayment on leaving": self._on_leaving, "repayment": self._repayment}
            steps[flow.kind](flow)
        return self

    def demand(self, period: str, payee: str | None = None) -> Demand:
        """Return the value of demand of a period: of one payee, or of all in the unit."""
        parts = [one.demand() for one in self._paid_on(period) if payee in (None, one.payee)]
        return sum(parts, Demand(Fraction(0), Fraction(0)))

    def moved(self, *kinds: str) -> Decimal:
        """Return the pounds moved by flows of these kinds, or by all."""
        return sum((one.amount for one in self.settled if not kinds or one.flow.kind in kinds), NOUGHT)

    def received(self) -> Decimal:
        """Return the pounds received up front."""
        return self.moved("up front")

    def periods(self) -> tuple[str, ...]:
        """Return the periods measured that still bind this unit."""
        gone = self.terms.periods_after_break() if self.left else ()
        return tuple(period for period in self.measured if period not in gone)

    def complete(self) -> bool:
        """Return whether every period has been measured, and this unit stayed for all of them."""
        return self.periods() == tuple(self.terms.period)

    def _paid_on(self, period: str) -> list[Measure]:
        return [one for one in self.measures if one.period == period and self.terms.metric[one.metric].pays]

    def _up_front(self, flow: Flow) -> None:
        clause, instalment = self.terms.break_clause, self.terms.up_front[flow.instalment or 0]
        parts = {payee: instalment.amount for payee in self.members if instalment.payee in (None, payee)}
        if not parts:
            return
        if self.left and clause and flow.on > clause.on:
            self._enter(flow, "not paid: left by the break clause", dict.fromkeys(parts, NOUGHT), ())
            return
        line = Line("Instalment", f"{pounds(instalment.amount)} for each", Fraction(instalment.amount), "pounds")
        self._enter(flow, "paid whatever the results", parts, (line,))

    def _payment(self, flow: Flow) -> None:
        payment, period = self.terms.payment, flow.period or ""
        if payment is None or period not in self.periods():
            return
        demand = self.demand(period)
        found = owed(payment, demand)
        self.owed[period] = found
        lines = [*demand_lines(self.terms, self._paid_on(period), demand), *owed_lines(found, payment.cap)]
        self._pay(flow, payment, found.pounds, lines, self._gate((period,)), found)

    def _pooled(self, flow: Flow) -> None:
        payment, rule = self.terms.payment, self.terms.pooled_periods
        if payment is None or rule is None or not self.complete():
            return
        unpaid = [period for period in self.periods() if not self.owed[period].met]
        together = self.periods() if rule.counts == "all less paid" else tuple(unpaid)
        demand = sum((self.demand(period) for period in together), Demand(Fraction(0), Fraction(0)))
        found = owed(payment, demand, rule.threshold)
        lines = [
            *(Line(f"Fall of {period}", "from above", self.demand(period).fall, "share") for period in together),
            *demand_lines(self.terms, (), demand),
            *owed_lines(found, payment.cap),
        ]
        due = found.pounds
        if rule.counts == "all less paid":
            paid = Fraction(self._paid())
            due = max(Fraction(0), due - paid)
            lines.append(Line("Less what was paid period by period", pounds(paid), -paid, "pounds"))
        self._pay(flow, payment, due, lines, self._gate(together), found)

    def _pay(
        self, flow: Flow, payment: Payment, due: Fraction, lines: list[Line], gate: Line | None, found: Owed
    ) -> None:
        reason = "threshold reached" if found.met else "threshold not reached"
        if gate is not None:
            lines.append(gate)
            if gate.value is None:
                due, reason = Fraction(0), "the gate is shut"
        if payment.maximum is not None:
            room = Fraction(payment.maximum - self._paid())
            if due > room:
                worked = f"{pounds(payment.maximum)} less {pounds(self._paid())} paid before"
                lines.append(Line("Maximum", worked, room, "pounds"))
                due, reason = room, "limited by the maximum"
        amount = to_pence(due)
        lines.append(Line("Payment", "rounded to the penny", Fraction(amount), "pounds"))
        self._enter(flow, reason, self._divided(amount, flow.period), tuple(lines), found)

    def _gate(self, periods: Sequence[str]) -> Line | None:
        gate = self.terms.gate
        if gate is None:
            return None
        found = [one for one in self.measures if one.metric == gate.metric and one.period in periods]
        expected = sum((one.expected for one in found), Fraction(0))
        saved = expected - sum(one.actual.count for one in found)
        fall = saved / expected if expected else Fraction(0)
        name = self.terms.metric[gate.metric].name
        if saved < Fraction(gate.fall) * expected:
            return Line("Gate", f"{name} fell by {percent(fall)}, and {percent(gate.fall)} is asked: nothing is owed")
        return Line("Gate", f"{name} fell by {percent(fall)}; {percent(gate.fall)} is asked", fall, "share")

    def _on_leaving(self, flow: Flow) -> None:
        clause = self.terms.break_clause
        if clause is None or not self.left:
            return
        due = to_pence(Fraction(clause.repays) * Fraction(self.received()))
        worked = f"{percent(clause.repays)} of {pounds(self.received())} received"
        self._enter(flow, "left by the break clause", self._by_received(due), (Line("Repayment", worked),))

    def _repayment(self, flow: Flow) -> None:
        target, clawback = self.terms.target, self.terms.clawback
        if target is None or clawback is None:
            return
        if self.left:
            line = Line("Break clause", "left, so that the target is not tested and nothing is repaid for missing it")
            self._enter(flow, "left by the break clause", dict.fromkeys(self.members, NOUGHT), (line,))
            return
        if not self.complete():
            return
        demands = [self.demand(period) for period in self.periods()]
        missed = kept(target, demands)
        due = to_pence(repaid(clawback, Fraction(self.received()), missed))
        asked = zip(self.periods(), demands, target.falls, strict=True)
        lines = [
            Line(f"Fall of {period}", f"against {percent(fall)} in the target", demand.fall, "share")
            for period, demand, fall in asked
        ]
        lines += [
            *kept_lines(missed),
            Line("Received up front", "sum of the instalments", Fraction(self.received()), "pounds"),
        ]
        lines.append(Line("Repayment", f"rule: {clawback.rule}; rounded to the penny", Fraction(-due), "pounds"))
        self._enter(flow, "target met" if missed.met else "target missed", self._by_received(due), tuple(lines))

    def _paid(self) -> Decimal:
        return self.moved("payment", "pooled payment")

    def _divided(self, amount: Decimal, period: str | None) -> dict[str, Decimal]:
        """Divide a payment among the members by the terms' rule; a single member gets it all."""
        if not amount or len(self.members) == 1:
            return dict.fromkeys(self.members, amount)
        periods = self.periods() if period is None else (period,)
        demands = {
            payee: sum((self.demand(one, payee) for one in periods), Demand(Fraction(0), Fraction(0)))
            for payee in self.members
        }
        shares = {payee: Fraction(1) for payee in self.members}
        if self.terms.split == "baseline":
            shares = {payee: demand.expected for payee, demand in demands.items()}
        elif self.terms.split == "fall":
            shares = {payee: max(Fraction(0), demand.saving) for payee, demand in demands.items()}
        return split(amount, shares)

    def _by_received(self, due: Decimal) -> dict[str, Decimal]:
        held = {
            payee: sum(
                (
                    part
                    for one in self.settled
                    if one.flow.kind == "up front"
                    for name, part in one.parts
                    if name == payee
                ),
                NOUGHT,
            )
            for payee in self.members
        }
        return split(-due, held) if due else dict.fromkeys(self.members, NOUGHT)

    def _enter(
        self,
        flow: Flow,
        reason: str,
        parts: dict[str, Decimal],
        lines: tuple[Line, ...],
        found: Owed | None = None,
    ) -> None:
        amount = sum(parts.values(), NOUGHT)
        self.settled.append(Settled(self.unit, flow, reason, amount, tuple(parts.items()), lines, found))
