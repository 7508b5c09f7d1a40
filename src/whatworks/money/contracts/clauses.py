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
