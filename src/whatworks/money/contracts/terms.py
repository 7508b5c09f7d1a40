"""A payment-by-results contract as its terms: one TOML file that says who is paid what, for which fall, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from whatworks.money.contracts.clauses import (
    BreakClause,
    Clause,
    Clawback,
    Counterfactual,
    Gate,
    Instalment,
    Metric,
    Period,
    PooledPeriods,
    Target,
    Window,
)
from whatworks.money.contracts.payment import StatedPayment, with_rules

FlowKind = Literal["up front", "payment", "pooled payment", "repayment on leaving", "repayment"]


@dataclass(frozen=True, slots=True)
class Flow:
    """One moment at which money may move. `period` is the key of the period it is for, `place` its place in order."""

    key: str
    kind: FlowKind
    on: date
    period: str | None = None
    instalment: int | None = None


class Terms(Clause):
    """A contract. Keys of metrics and periods are short names; periods stand in order of time."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80, description="Short name of the contract.")
    name: str = Field(min_length=1, description="What people call it.")
    payer: str = Field(min_length=1, description="Who pays for results.")
    payees: tuple[str, ...] = Field(min_length=1, description="Who is paid: boroughs, partners, or a bond's investors.")
    boroughs: tuple[str, ...] = Field((), description="London boroughs whose results count; checked by name.")
    prices: str = Field(description='Price base of every amount: "cash", or the price year as in "2010/11".')
    settled: Literal["each", "pooled"] = Field(
        "each", description="`each` payee by its own results, or all `pooled` as if they were one."
    )
    split: Literal["baseline", "fall", "equal"] = Field(
        "baseline", description="How a pooled payment is divided: by value of baseline, by fall in value, or equally."
    )
    metric: dict[str, Metric] = Field(min_length=1, description="The metrics, by key.")
    baseline: Window | None = Field(None, description="The days before, where the counterfactual needs them.")
    period: dict[str, Period] = Field(min_length=1, description="The measurement periods, by key, in order of time.")
    counterfactual: Counterfactual
    payment: StatedPayment | None = Field(None, description="What a fall pays.")
    pooled_periods: PooledPeriods | None = Field(None, description="A last test on all periods together.")
    gate: Gate | None = Field(None, description="What must have fallen for anything to be paid.")
    up_front: tuple[Instalment, ...] = Field((), description="Money paid whatever the results.")
    target: Target | None = Field(None, description="The fall that keeps the money up front.")
    clawback: Clawback | None = Field(None, description="What is repaid where the target is missed.")
    break_clause: BreakClause | None = Field(None, description="The right to leave.")
    assumptions: tuple[str, ...] = Field((), description="What these terms take to be so; printed with every answer.")
    sources: tuple[str, ...] = Field((), description="Where the terms were published.")

    @property
    def paid_metrics(self) -> tuple[str, ...]:
        """Keys of the metrics that are paid on, in order."""
        return tuple(key for key, metric in self.metric.items() if metric.pays)

    @property
    def measured_metrics(self) -> tuple[str, ...]:
        """Keys of all metrics, in order: those paid on and those shown beside."""
        return tuple(self.metric)

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Every moment at which money may move, in the order in which they are settled."""
        return tuple(_flows(self))

    @property
    def needs_baseline(self) -> bool:
        """Whether the counterfactual is built from counts of the baseline."""
        return self.counterfactual.kind != "matched comparison"

    def periods_after_break(self) -> tuple[str, ...]:
        """Return the periods after the break, which nobody who left is paid for.

        A contract without a break clause has none.
        """
        if self.break_clause is None:
            return ()
        keys = list(self.period)
        return tuple(keys[keys.index(self.break_clause.after) + 1 :])


def terms_schema() -> dict[str, Any]:
    """Return the JSON schema of terms.

    >>> "counterfactual" in terms_schema()["required"]
    True
    """
    return with_rules(Terms.model_json_schema())


def months_after(day: date, months: int) -> date:
    """Return the last day of the month, so many months after the month of `day`; `day` itself for none.

    >>> months_after(date(2012, 6, 30), 8), months_after(date(2012, 6, 15), 0)
    (datetime.date(2013, 2, 28), datetime.date(2012, 6, 15))
    """
    if months == 0:
        return day
    reached = day.year * 12 + day.month + months
    return date(reached // 12, reached % 12 + 1, 1) - timedelta(days=1)


def _flows(terms: Terms) -> Iterable[Flow]:
    for at, instalment in enumerate(terms.up_front):
        yield Flow(f"up front {at + 1}", "up front", instalment.on, None, at)
    last = next(reversed(terms.period.values())).last
    if terms.payment is not None:
        for key, period in terms.period.items():
            yield Flow(f"payment {key}", "payment", months_after(period.last, terms.payment.after_months), key)
        if terms.pooled_periods is not None:
            yield Flow("pooled payment", "pooled payment", months_after(last, terms.payment.after_months))
    if terms.break_clause is not None and terms.break_clause.repays:
        yield Flow("repayment on leaving", "repayment on leaving", terms.break_clause.on)
    if terms.clawback is not None:
        yield Flow("repayment", "repayment", months_after(last, terms.clawback.after_months))
