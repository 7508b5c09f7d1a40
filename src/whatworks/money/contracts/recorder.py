"""Write down how one path was settled: every flow with its reason, and a line of working for each figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.accounts import Accounts, Move, Tested
from whatworks.money.contracts.clauses import Metric
from whatworks.money.contracts.demand import Demand
from whatworks.money.contracts.line import Line, moved, number, percent, pounds
from whatworks.money.contracts.measure import Measure, measures
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.settlement import POOL, Owed, Settled
from whatworks.money.contracts.target import Missed

Described = tuple[str, list[Line]]
"""Why an amount moves, and its working."""


@dataclass(slots=True)
class Recorder:
    """Keeps what moves on one path of the accounts, with its working: `settled` grows as the accounts are settled."""

    accounts: Accounts
    outcomes: Outcomes
    path: int = 0
    settled: list[Settled] = field(default_factory=list)
    measures: list[Measure] = field(init=False)

    def __post_init__(self) -> None:
        """Measure every metric first, since the lines of working quote it."""
        self.measures = list(measures(self.accounts, self.outcomes, self.path))

    def __call__(self, move: Move) -> None:
        """Write down a move, where it happens on this path."""
        if not move.happens[self.path]:
            return
        terms = self.accounts.terms
        payees = tuple(terms.payees[place] for place in move.members)
        unit = payees[0] if terms.settled == "each" else POOL
        parts = tuple((payee, _pounds(part.on(self.path))) for payee, part in zip(payees, move.pence, strict=True))
        amount = sum((part for _, part in parts), Decimal("0.00"))
        reason, lines = self._described(move, amount)
        owed = self._owed(move.basis) if isinstance(move.basis, Tested) else None
        self.settled.append(Settled(unit, move.flow, reason, amount, parts, tuple(lines), owed))

    def _described(self, move: Move, amount: Decimal) -> Described:
        terms, basis = self.accounts.terms, move.basis
        if isinstance(basis, Tested):
            return self._tested(move, basis, amount)
        left = bool(self.accounts.left[self.path, move.members[0]])
        if isinstance(basis, Missed) and not left:
            return self._target(move, basis, amount)
        if isinstance(basis, Missed):
            words = "left, so that the target is not tested and nothing is repaid for missing it"
            return "left by the break clause", [Line("Break clause", words)]
        clause = terms.break_clause
        if move.flow.kind == "up front":
            if left and clause is not None and move.flow.on > clause.on:
                return "not paid: left by the break clause", []
            amount = terms.up_front[move.flow.instalment or 0].amount
            line = Line("Instalment", f"{pounds(amount)} for each", Fraction(amount), "pounds")
            return "paid whatever the results", [line]
        share = percent(clause.repays) if clause is not None else ""
        return "left by the break clause", [Line("Repayment", f"{share} of {pounds(self._received(move))} received")]

    def _tested(self, move: Move, test: Tested, amount: Decimal) -> Described:
        """Return how a payment for results was reached: the fall, what the rule gives, and what limits it."""
        payment, demand = test.payment, test.demand.on(self.path)
        met, opens = bool(test.met[self.path]), bool(test.opens[self.path])
        lines = [*self._demand_lines(move, test, demand), _threshold(demand, test.threshold, met)]
        due = Fraction(0)
        if met:
            if payment.cap is not None and demand.fall > Fraction(payment.cap):
                capped = f"the fall is counted up to {percent(payment.cap)}"
                lines.append(Line("Cap", capped, Fraction(payment.cap), "share"))
            lines += payment.working(demand.expected, demand.actual)
            due = test.owed.on(self.path) / 100
        if test.less is not None:
            paid = Fraction(test.less.on(self.path), 100)
            due = max(Fraction(0), due - paid)
            lines.append(Line("Less what was paid period by period", pounds(paid), -paid, "pounds"))
        lines += self._gate(test, opens)
        reason = "threshold reached" if met else "threshold not reached"
        if not opens:
            reason = "gateway condition not met"
        elif payment.maximum is not None and test.room is not None:
            room = Fraction(test.room.on(self.path), 100)
            if due > room:
                worked = f"{pounds(payment.maximum)} less {pounds(Fraction(payment.maximum) - room)} paid before"
                lines.append(Line("Maximum", worked, room, "pounds"))
                reason = "limited by the maximum"
        return reason, [*lines, Line("Payment", "rounded to the penny", Fraction(amount), "pounds")]

    def _demand_lines(self, move: Move, test: Tested, demand: Demand) -> Iterator[Line]:
        """Yield how the value of demand was reached: metric by metric, or over periods that stand above."""
        metrics, payees = self.accounts.terms.metric, {self.accounts.terms.payees[place] for place in move.members}
        measured: list[Measure] = []
        if move.flow.kind == "pooled payment":
            yield from (Line(f"Fall of {one}", "from above", self._fall(move, one), "share") for one in test.periods)
        else:
            measured = [
                one
                for one in self.measures
                if one.period in test.periods and one.payee in payees and metrics[one.metric].pays
            ]
        yield from demand_lines(metrics, measured, demand)

    def _gate(self, test: Tested, opens: bool) -> Iterator[Line]:
        gate = self.accounts.terms.gate
        if gate is None or test.gate is None:
            return
        name, fall, asked = self.accounts.terms.metric[gate.metric].name, test.gate.on(self.path).fall, gate.fall
        if opens:
            yield Line("Gateway condition", f"{name} fell by {percent(fall)}; {percent(asked)} is asked", fall, "share")
        else:
            yield Line(
                "Gateway condition", f"{name} fell by {percent(fall)}, and {percent(asked)} is asked: nothing is owed"
            )

    def _target(self, move: Move, found: Missed, amount: Decimal) -> Described:
        """Return how the target was tested, and what is repaid."""
        terms, met = self.accounts.terms, bool(found.met[self.path])
        asked = zip(terms.period, terms.target.falls if terms.target else (), strict=True)
        verdict = "met" if met else f"missed by {pounds(found.excess.on(self.path) / 100)}"
        rule = terms.clawback.rule if terms.clawback else ""
        return "target met" if met else "target missed", [
            *(
                Line(f"Fall of {period}", f"against {percent(fall)} in the target", self._fall(move, period), "share")
                for period, fall in asked
            ),
            Line("Allowed", "value of demand that the target allows", found.allowed.on(self.path) / 100, "pounds"),
            Line("Counted", "value of demand in the periods tested", found.actual.on(self.path) / 100, "pounds"),
            Line("Target", f"the target is {verdict}"),
            Line("Received up front", "sum of the instalments", self._received(move), "pounds"),
            Line("Repayment", f"rule: {rule}; rounded to the penny", Fraction(amount), "pounds"),
        ]

    def _fall(self, move: Move, period: str) -> Fraction:
        return self.accounts.demand(move.members, (period,)).on(self.path).fall

    def _received(self, move: Move) -> Fraction:
        return Fraction(self.accounts.moved(move.members, "up front").on(self.path), 100)

    def _owed(self, test: Tested) -> Owed:
        met = bool(test.met[self.path])
        counted = test.payment.counted(test.demand.expected, test.demand.actual).on(self.path) / 100
        pounds_ = test.owed.on(self.path) / 100 if met else Fraction(0)
        return Owed(test.demand.on(self.path), met, counted, pounds_)


def demand_lines(metrics: Mapping[str, Metric], measured: Sequence[Measure], demand: Demand) -> Iterator[Line]:
    """Yield how the value of demand was reached, metric by metric, and the fall."""
    several = len({one.payee for one in measured}) > 1
    for one in measured:
        name = metrics[one.metric].name + (f", {one.payee}" if several else "")
        price, people, worth = pounds(one.unit_price or Decimal(0)), one.actual.people, one.demand()
        among = f"; for {people:,} people" if people else ""
        yield Line(f"Expected: {name}", f"{one.how}{among}", one.expected, "count")
        counted = f"of {people:,} people" if people else "as counted"
        yield Line(f"Counted: {name}", counted, Fraction(one.actual.count), "count")
        yield Line(f"Value expected: {name}", f"{number(one.expected)} × {price}", worth.expected, "pounds")
        yield Line(f"Value counted: {name}", f"{one.actual.count:,} × {price}", worth.actual, "pounds")
    yield Line("B, value expected", "sum of the values expected", demand.expected, "pounds")
    yield Line("T, value counted", "sum of the values counted", demand.actual, "pounds")
    yield Line("r, fall", f"(B − T) / B = {pounds(demand.saving)} / {pounds(demand.expected)}", demand.fall, "share")


def _threshold(demand: Demand, threshold: Decimal, met: bool) -> Line:
    asked = percent(threshold)
    return Line(
        "Threshold", f"{moved(demand.fall)} {f'reaches {asked}' if met else f'does not reach {asked}: nothing is owed'}"
    )


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)
