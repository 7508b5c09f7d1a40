"""The clauses of a contract: what each section of its terms may say."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from whatworks.money.contracts.numbers import Fall, Pounds, Share, refuse
from whatworks.records.hand_written import HandWritten


class Clause(HandWritten):
    """A section of the terms; an unknown key is refused."""


class Metric(Clause):
    """What is counted, and what one of it is worth under the contract."""

    name: str = Field(min_length=1, description="What is counted, in words.")
    kind: Literal["count", "frequency", "binary"] = Field(
        "count",
        description="`count`: events of an area. `frequency`: events of a cohort, for each of its people. "
        "`binary`: people of a cohort who had at least one event.",
    )
    unit: str = Field("events", description="What one is: convictions, bed nights, people reconvicted.")
    pays: bool = Field(True, description="False: worked out and shown beside, but not paid on.")
    unit_price: Pounds | None = Field(None, description="Pounds for one fewer; required where the metric pays.")
    prices: str | None = Field(None, description="Price base of the unit price, if it is stated for it alone.")
    cost_basis: Literal["cashable", "marginal", "average", "unstated"] = Field(
        "unstated", description="What the unit price is: cash that one fewer frees, or an average cost."
    )
    cashable_price: Pounds | None = Field(None, description="Pounds of cash that one fewer really frees.")
    recorded_by: str = Field("", description="Who counts it.")
    influenced_by: tuple[str, ...] = Field(
        (), description="Whose practice moves the count without any change in crime (charging, advice to courts)."
    )

    @property
    def of_people(self) -> bool:
        """Whether the count is one of a cohort, and needs the number of people."""
        return self.kind != "count"


class Window(Clause):
    """A stretch of days, both ends counted."""

    first: date = Field(description="First day.")
    last: date = Field(description="Last day.")

    @model_validator(mode="after")
    def _runs_forward(self) -> "Window":
        if self.last < self.first:
            raise refuse("ends before it begins", "give first and last day in order")
        return self

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


class Period(Window):
    """A measurement period: a test year, or the intake of one cohort."""

    name: str = Field("", description="What people call it.")


class Step(Clause):
    """From the last step's end up to a fall of `to`, this share of the saving is paid."""

    to: Share = Field(description="The fall at which the step ends, as a proportion of the baseline.")
    share: Share = Field(description="The share of the saving on this stretch that is paid.")


class Payment(Clause):
    """What a fall pays."""

    threshold: Fall = Field(description="A smaller fall pays nothing.")
    cap: Share | None = Field(None, description="A larger fall pays no more than this one.")
    share: Literal["half", "half-then-all", "steps"] = Field(
        description="`half`: half of the saving. `half-then-all`: half up to the threshold, all beyond. `steps`: below."
    )
    steps: tuple[Step, ...] = Field((), description="The share rule, step by step, where it is neither of the two.")
    maximum: Pounds | None = Field(None, description="Most that is ever paid for results, for each unit of settlement.")
    after_months: int = Field(0, ge=0, le=120, description="Months from a period's end to its payment.")

    @model_validator(mode="after")
    def _steps_rise(self) -> "Payment":
        ends = [step.to for step in self.steps]
        if (self.share == "steps") != bool(ends):
            raise refuse("the share rule and its steps disagree", 'give steps with share = "steps", and only with it')
        if ends != sorted(set(ends)):
            raise refuse("the steps do not rise", "order them by their ends, each once")
        return self

    def stretches(self) -> tuple[tuple[Decimal, Decimal | None, Decimal], ...]:
        """Return the share rule as stretches of the fall: from, to (None: no end) and the share paid on it.

        >>> Payment(threshold="0.05", cap="0.20", share="half-then-all").stretches()
        ((Decimal('0'), Decimal('0.05'), Decimal('0.5')), (Decimal('0.05'), None, Decimal('1')))
        """
        zero, half, whole = Decimal(0), Decimal("0.5"), Decimal(1)
        if self.share == "half":
            return ((zero, None, half),)
        if self.share == "half-then-all":
            return ((zero, self.threshold, half), (self.threshold, None, whole))
        starts = (zero, *(step.to for step in self.steps))
        return tuple((start, step.to, step.share) for start, step in zip(starts, self.steps, strict=False))


class PooledPeriods(Clause):
    """A last test on all periods together, at a threshold of its own."""

    threshold: Fall = Field(description="The fall over all periods together that is enough.")
    counts: Literal["all less paid", "unpaid periods"] = Field(
        "all less paid",
        description="`all less paid`: all periods, less what they paid one by one. `unpaid periods`: those that did "
        "not pay.",
    )


class Gate(Clause):
    """A metric that must have fallen for anything to be paid."""

    metric: str = Field(description="The metric, by its key.")
    fall: Fall = Field(description="How far it must have fallen.")


class Instalment(Clause):
    """Money up front, paid on a day whatever the results."""

    amount: Pounds = Field(description="Pounds, for each payee.")
    prices: str | None = Field(None, description="Price base of the amount, if it is stated for it alone.")
    on: date = Field(description="The day on which it is paid.")
    payee: str | None = Field(None, description="The one payee who gets it; by default every one of them does.")


class Target(Clause):
    """The fall that keeps the money up front."""

    falls: tuple[Fall, ...] = Field(min_length=1, description="Fall from the baseline in each period, in order.")
    test: Literal["all periods together", "last period"] = Field(
        "all periods together", description="What has to meet it."
    )


class Clawback(Clause):
    """What is repaid where the target is missed; never more than was received up front."""

    rule: Literal["all", "in proportion", "each unit"] = Field(
        description="`all`: everything. `in proportion`: the share of the target that is lacking. "
        "`each unit`: the unit price for each one above the target."
    )
    after_months: int = Field(0, ge=0, le=120, description="Months from the last period's end to the repayment.")


class BreakClause(Clause):
    """The right to leave after a period."""

    after: str = Field(description="The period, by its key.")
    on: date = Field(description="The day on which a payee leaves.")
    repays: Share = Field(Decimal(0), description="Share of the money received up front that is repaid on leaving.")


class Counterfactual(Clause):
    """What would have happened anyway."""

    kind: Literal["own baseline", "matched comparison", "national trend removed"] = Field(
        description="`own baseline`: as before. `matched comparison`: as with the comparison group in the same period. "
        "`national trend removed`: as before, changed as the country changed."
    )
