"""What the user says an outcome is worth, and what a test would cost: nothing is taken for granted here."""

from decimal import Decimal
from pathlib import Path
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model


class _Part(HandWritten):
    model_config = ConfigDict(str_strip_whitespace=True)


class OutcomeValue(_Part):
    """What one case fewer (or one unit less, or more where more is better) of an outcome is worth, in pounds."""

    outcome: str = Field(min_length=1)
    pounds: Decimal = Field(gt=0)
    price_year: str = Field(min_length=1, description="The year of the prices, as in 2024-25.")
    source: str = Field(min_length=1, description="Where the value comes from.")


class TestPlan(_Part):
    """Another year's test of one intervention: how many people in each group, and what the study costs in pounds."""

    __test__ = False

    intervention: str = Field(min_length=1)
    treated: int = Field(ge=2)
    comparison: int = Field(ge=2)
    cost: Decimal = Field(ge=0)
    baseline: float | None = Field(default=None, gt=0, lt=1, description="Share with the outcome without it.")
    people_a_year: int | None = Field(default=None, gt=0, description="People it would serve, if not delivered yet.")
    cost_a_year: Decimal | None = Field(default=None, ge=0, description="Its cost, if not delivered yet.")


class Values(_Part):
    """Values of outcomes in the order of preference, and tests. Values of several outcomes are never added up."""

    years: int = Field(5, ge=1, le=30, description="Years for which a decision stands after the test.")
    discount_rate: float = Field(0.035, ge=0, lt=1, description="A year; 0.035 is HM Treasury's Green Book rate.")
    value: tuple[OutcomeValue, ...] = Field(min_length=1)
    test: tuple[TestPlan, ...] = ()

    @model_validator(mode="after")
    def _one_price_year(self) -> Self:
        years = sorted({value.price_year for value in self.value})
        if len(years) > 1:
            raise ValueError(f"value: prices of {' and '.join(years)} are mixed; bring them to one year first")
        names = [value.outcome for value in self.value]
        if len(set(names)) < len(names):
            raise ValueError("value: an outcome stands there twice")
        tested = [plan.intervention for plan in self.test]
        if len(set(tested)) < len(tested):
            raise ValueError("test: an intervention stands there twice")
        return self

    @property
    def years_discounted(self) -> float:
        """Return how many of next year's pounds the years together are worth."""
        return sum((1 + self.discount_rate) ** -at for at in range(1, self.years + 1))


def read_values(path: Path) -> Values:
    """Return a file of values, or refuse it with every fault."""
    return load_model(Values, path, "docs/evaluation.md")


def need_values(values: Values | None) -> Values:
    """Return the values, or refuse: without them nobody can say what testing is worth.

    >>> need_values(None)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: values: is missing: the worth of a test rests on what an outcome is worth, and \
that is for you to say; give --values FILE with a [[value]] for each outcome (docs/evaluation.md)
    """
    if values is None:
        problem = "is missing: the worth of a test rests on what an outcome is worth, and that is for you to say"
        remedy = "give --values FILE with a [[value]] for each outcome (docs/evaluation.md)"
        raise Refused(Fault(problem, remedy, field="values"))
    return values
