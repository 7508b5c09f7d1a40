"""A share of the saving is paid: half of it, half and then all, or a share for each step of the fall."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from pydantic import Field, model_validator

from whatworks.money.contracts.exact import ExactFractionArray, exactly, total
from whatworks.money.contracts.line import Line, percent, pounds
from whatworks.money.contracts.numbers import Share, refuse
from whatworks.money.contracts.payment import Payment
from whatworks.records.hand_written import HandWritten


class Step(HandWritten):
    """From the last step's end up to a fall of `to`, this share of the saving is paid."""

    to: Share = Field(description="The fall at which the step ends, as a proportion of the baseline.")
    share: Share = Field(description="The share of the saving on this stretch that is paid.")


class ShareOfSaving(Payment):
    """A share of each pound saved; each stretch of the fall has its own share."""

    names: ClassVar[Mapping[str, str]] = {
        "half": "half of the saving",
        "half-then-all": "half up to the threshold, all beyond",
        "steps": "as the steps state",
    }
    steps: tuple[Step, ...] = Field((), description="The share rule, step by step, where it is neither of the two.")

    @model_validator(mode="after")
    def _steps_rise(self) -> "ShareOfSaving":
        ends = [step.to for step in self.steps]
        if (self.share == "steps") != bool(ends):
            raise refuse("the share rule and its steps disagree", 'give steps with share = "steps", and only with it')
        if ends != sorted(set(ends)):
            raise refuse("the steps do not rise", "order them by their ends, each once")
        return self

    def stretches(self) -> tuple[tuple[Decimal, Decimal | None, Decimal], ...]:
        """Return the share rule as stretches of the fall: from, to (None: no end) and the share paid on it.

        >>> ShareOfSaving(threshold="0.05", cap="0.20", share="half-then-all").stretches()
        ((Decimal('0'), Decimal('0.05'), Decimal('0.5')), (Decimal('0.05'), None, Decimal('1')))
        """
        zero, half, whole = Decimal(0), Decimal("0.5"), Decimal(1)
        if self.share == "half":
            return ((zero, None, half),)
        if self.share == "half-then-all":
            return ((zero, self.threshold, half), (self.threshold, None, whole))
        starts = (zero, *(step.to for step in self.steps))
        return tuple((start, step.to, step.share) for start, step in zip(starts, self.steps, strict=False))

    def owed(self, expected: ExactFractionArray, actual: ExactFractionArray) -> ExactFractionArray:
        """Return the pence of all stretches together.

        >>> terms = ShareOfSaving(threshold="0.05", cap="0.20", share="half-then-all")
        >>> terms.owed(exactly(Fraction(100_000_000)), exactly(Fraction(88_000_000))).on(0)
        Fraction(9500000, 1)
        """
        return total(part.times(share) for _, _, share, part in self._parts(expected, actual))

    def working(self, expected: Fraction, actual: Fraction) -> Iterator[Line]:
        """Yield a line for each stretch of the fall that pays."""
        for start, _, share, part in self._parts(exactly(expected), exactly(actual)):
            fell = part.on(0)
            if not fell:
                continue
            end = Fraction(start) + fell / expected
            stretch = f"({percent(end)} − {percent(start)})" if start else percent(end)
            worked = f"{percent(share)} × {stretch} × {pounds(expected)}"
            item = f"Share of the fall from {percent(start)} to {percent(end)}"
            yield Line(item, worked, Fraction(share) * fell, "pounds")

    def _parts(
        self, expected: ExactFractionArray, actual: ExactFractionArray
    ) -> Iterator[tuple[Decimal, Decimal | None, Decimal, ExactFractionArray]]:
        """Yield each stretch with its share, and what of the counted fall lies on it."""
        counted = self.counted(expected, actual)
        for start, end, share in self.stretches():
            part = (counted - expected.times(start)).positive() if start else counted
            yield start, end, share, part if end is None else part.minimum(expected.times(end - start))
