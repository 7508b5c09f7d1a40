"""The accounts of a contract on many paths at once, flow by flow: exact until each payment is rounded at its end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from math import lcm
from typing import Any

import numpy as np

from whatworks.money.contracts.counts import Counts
from whatworks.money.contracts.demand import DemandPaths, together
from whatworks.money.contracts.exact import ONE, ZERO, ExactFractionArray, ExactIntArray, divided, exactly, whole
from whatworks.money.contracts.payment import Payment
from whatworks.money.contracts.target import Missed, missed, repaid
from whatworks.money.contracts.terms import Flow, Terms


@dataclass(frozen=True, slots=True)
class Tested:
    """What a payment for results was tested on, and what became of it, on every path; amounts in pence.

    `owed` is what the rule gives where the threshold is `met`; `less` was paid before and is taken off, `room` is what
    is left of the maximum. `gate` is the demand of the gateway metric, whose condition is met where it `opens`.
    """

    payment: Payment
    periods: tuple[str, ...]
    demand: DemandPaths
    threshold: Decimal
    met: Any
    owed: ExactFractionArray
    gate: DemandPaths | None
    opens: Any
    less: ExactIntArray | None = None
    room: ExactIntArray | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One flow of one unit: on which paths it `happens`, the pence of each of its `members`, and what it rests on."""

    flow: Flow
    members: tuple[int, ...]
    happens: Any
    pence: tuple[ExactIntArray, ...]
    basis: Tested | Missed | None = None


Record = Callable[[Move], None]


class Accounts:
    """The accounts of all paths; `pence` [paths, payees, flows] is filled as they are settled.

    `left` [paths, payees] says who uses the break clause, `measured` which periods are counted (all by default).
    """

    def __init__(self, terms: Terms, counts: Counts, left: Any = None, measured: Sequence[str] | None = None) -> None:
        self.terms, self.counts = terms, counts
        self.paths = np.asarray(counts.actual).shape[0]
        self.periods, self.metrics = tuple(terms.period), list(terms.metric)
        self.measured = self.periods if measured is None else tuple(measured)
        self.flows = terms.flows
        shape = (self.paths, len(terms.payees))
        self.pence = np.zeros((*shape, len(self.flows)), dtype=np.int64)
        self.left = np.broadcast_to(np.asarray(False if left is None else left, dtype=bool), shape)
        self._all = np.full(self.paths, True)
        self.met: dict[tuple[int, str], Any] = {}
        self.demand_of = cache(self._demand_of)

    @cached_property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """The units of settlement as places of payees: each by itself, or all as one."""
        payees = range(len(self.terms.payees))
        return (tuple(payees),) if self.terms.settled == "pooled" else tuple((payee,) for payee in payees)

    def settle(self, record: Record = lambda move: None) -> "Accounts":
        """Settle every unit, flow by flow; each move is told to `record` with what it rests on."""
        steps = {
            "up front": self._up_front,
            "payment": self._payment,
            "pooled payment": self._pooled,
            "repayment on leaving": self._on_leaving,
            "repayment": self._repayment,
        }
        for members in self.units:
            for at, flow in enumerate(self.flows):
                for move in steps[flow.kind](flow, members):
                    for payee, part in zip(move.members, move.pence, strict=True):
                        self.pence[:, payee, at] += np.broadcast_to(part.pence(), self.paths)
                    record(move)
        return self

    def moved(self, members: Sequence[int], *kinds: str) -> ExactIntArray:
        """Return the pence moved so far by flows of these kinds, or by all."""
        flows = [at for at, flow in enumerate(self.flows) if not kinds or flow.kind in kinds]
        return whole(self.pence[:, list(members)][:, :, flows].sum(axis=(1, 2)))

    def demand(self, members: Sequence[int], periods: Sequence[str]) -> DemandPaths:
        """Return the value of demand of these payees over these periods."""
        return together([self.demand_of(payee, period) for payee in members for period in periods])

    def counted(self, payee: int, period: str, metric: str) -> DemandPaths:
        """Return the events expected, and those counted, of one metric."""
        at = (payee, self.periods.index(period), self.metrics.index(metric))
        people = ExactFractionArray(self.counts.at("people", *at), ONE)
        actual = ExactFractionArray(self.counts.at("actual", *at), ONE)
        return DemandPaths(self.expected_rate(payee, period, metric) * people, actual)

    def expected_rate(self, payee: int, period: str, metric: str) -> ExactFractionArray:
        """Return the rate expected: as before, as elsewhere, or as the country changed."""
        at = (payee, self.periods.index(period), self.metrics.index(metric))

        def rate(top: str, bottom: str) -> ExactFractionArray:
            return ExactFractionArray(self.counts.at(top, *at), self.counts.at(bottom, *at))

        kind = self.terms.counterfactual.kind
        if kind == "matched comparison":
            return rate("comparison", "comparison_people")
        own = rate("baseline", "baseline_people")
        if kind == "own baseline":
            return own
        people = rate("national_baseline_people", "national_people")
        return own * rate("national", "national_baseline") * people

    def _demand_of(self, payee: int, period: str) -> DemandPaths:
        parts = []
        for metric in self.terms.paid_metrics:
            price = int((self.terms.metric[metric].unit_price or 0) * 100)
            one = self.counted(payee, period, metric)
            parts.append(DemandPaths(one.expected * price, one.actual * price))
        return together(parts)

    def _gone(self, members: Sequence[int]) -> Any:
        return self.left[:, members[0]]

    def _binds(self, members: Sequence[int], periods: Sequence[str]) -> Any:
        """Return where these periods are measured, and the unit stayed for them."""
        measured = np.full(self.paths, set(periods) <= set(self.measured))
        after = set(periods) & set(self.terms.periods_after_break())
        return measured & ~self._gone(members) if after else measured

    def _up_front(self, flow: Flow, members: tuple[int, ...]) -> Iterator[Move]:
        instalment, clause = self.terms.up_front[flow.instalment or 0], self.terms.break_clause
        served = tuple(one for one in members if instalment.payee in (None, self.terms.payees[one]))
        late = self._gone(members) & (clause is not None and flow.on > clause.on)
        amount = whole(np.array(int(instalment.amount * 100)))
        if served:
            yield Move(flow, served, self._all, (ZERO.where(late, amount),) * len(served))

    def _payment(self, flow: Flow, members: tuple[int, ...]) -> Iterator[Move]:
        payment, period = self.terms.payment, flow.period or ""
        if payment is None:
            return
        test = self._test(payment, members, (period,), payment.threshold)
        self.met[(members[0], period)] = test.met
        yield self._paid(flow, members, test, self._binds(members, (period,)), (period,))

    def _pooled(self, flow: Flow, members: tuple[int, ...]) -> Iterator[Move]:
        payment, rule = self.terms.payment, self.terms.pooled_periods
        stays = self._binds(members, self.periods)
        if payment is None or rule is None or not stays.any():
            return
        if rule.counts == "all less paid":
            paid = self._results(members)
            test = self._test(payment, members, self.periods, rule.threshold, paid)
            yield self._paid(flow, members, test, stays, self.periods)
            return
        for chosen in subsets(self.periods):
            here = stays.copy()
            for period in self.periods:
                here &= self.met[(members[0], period)] != (period in chosen)
            if here.any():
                test = self._test(payment, members, chosen, rule.threshold)
                yield self._paid(flow, members, test, here, self.periods)

    def _test(
        self,
        payment: Payment,
        members: tuple[int, ...],
        periods: tuple[str, ...],
        threshold: Decimal,
        less: ExactIntArray | None = None,
    ) -> Tested:
        demand, gate = self.demand(members, periods), self._gate(members, periods)
        most = payment.maximum
        return Tested(
            payment=payment,
            periods=periods,
            demand=demand,
            threshold=threshold,
            met=demand.fell_by(threshold) & self._all,
            owed=payment.owed(demand.expected, demand.actual),
            gate=gate,
            opens=self._all
            if gate is None or self.terms.gate is None
            else gate.fell_by(self.terms.gate.fall) & self._all,
            less=less,
            room=None if most is None else whole(np.array(int(most * 100))) - self._results(members),
        )

    def _gate(self, members: Sequence[int], periods: Sequence[str]) -> DemandPaths | None:
        gate = self.terms.gate
        if gate is None:
            return None
        return together([self.counted(payee, period, gate.metric) for payee in members for period in periods])

    def _paid(self, flow: Flow, members: tuple[int, ...], test: Tested, happens: Any, periods: Sequence[str]) -> Move:
        """Return what a test pays: less what was paid, within the maximum, rounded once, and divided."""
        due = test.owed if test.less is None else (test.owed - ExactFractionArray(test.less, ONE)).positive()
        amount = due.rounded()
        if test.room is not None:
            amount = amount.where(ExactFractionArray(test.room, ONE).at_least(due), test.room)
        amount = amount.where(test.met & test.opens & happens, ZERO)
        return Move(flow, members, happens, tuple(self._divided(amount, members, periods)), test)

    def _on_leaving(self, flow: Flow, members: tuple[int, ...]) -> Iterator[Move]:
        clause, gone = self.terms.break_clause, self._gone(members)
        if clause is not None:
            received = ExactFractionArray(self.moved(members, "up front"), ONE)
            yield self._taken_back(flow, members, gone, received.times(clause.repays).rounded().where(gone, ZERO))

    def _repayment(self, flow: Flow, members: tuple[int, ...]) -> Iterator[Move]:
        target, clawback, gone = self.terms.target, self.terms.clawback, self._gone(members)
        if target is None or clawback is None:
            return
        complete = self._binds(members, self.periods)
        demands = [self.demand(members, (period,)) for period in self.periods]
        found = missed(target, [(one.expected, one.actual) for one in demands])
        due = repaid(clawback, self.moved(members, "up front"), found).where(complete & ~gone, ZERO)
        yield self._taken_back(flow, members, complete | gone, due, found)

    def _taken_back(
        self, flow: Flow, members: tuple[int, ...], happens: Any, due: ExactIntArray, found: Missed | None = None
    ) -> Move:
        received = [self.moved((payee,), "up front") for payee in members]
        parts = divided(due, received, self._order(members))
        return Move(flow, members, happens, tuple(ZERO - part for part in parts), found)

    def _results(self, members: Sequence[int]) -> ExactIntArray:
        return self.moved(members, "payment", "pooled payment")

    def _divided(self, amount: ExactIntArray, members: tuple[int, ...], periods: Sequence[str]) -> list[ExactIntArray]:
        """Divide a payment among the members by the terms' rule; a single member gets it all."""
        if len(members) == 1:
            return [amount]
        demands = [self.demand((payee,), periods) for payee in members]
        if self.terms.split == "equal":
            weights = [exactly(1) for _ in members]
        elif self.terms.split == "fall":
            weights = [one.saving.positive() for one in demands]
        else:
            weights = [one.expected for one in demands]
        bottoms = list({id(one.bottom): one.bottom for one in weights}.values())
        scale, tops = lcm(*(one.scale for one in weights)), []
        for weight in weights:
            top = weight.top * (scale // weight.scale)
            for bottom in bottoms:
                top = top if bottom is weight.bottom else top * bottom
            tops.append(top)
        return divided(amount, tops, self._order(members))

    def _order(self, members: Sequence[int]) -> list[int]:
        """Return the members' places in the order of their names, in which ties are settled."""
        return sorted(range(len(members)), key=lambda place: self.terms.payees[members[place]])


def subsets(periods: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every choice of periods, in order.

    >>> subsets(["a", "b"])
    [(), ('a',), ('b',), ('a', 'b')]
    """
    numbers = range(2 ** len(periods))
    return [tuple(period for at, period in enumerate(periods) if number >> at & 1) for number in numbers]
