"""What the scheme is assumed to do: a fall in counted demand, with how sure anyone can be of it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats

if TYPE_CHECKING:
    from whatworks.evaluation.result import Outcome

Shape = Literal["fixed", "normal", "uniform", "triangular"]
NUMBERS: dict[Shape, int] = {"fixed": 1, "normal": 2, "uniform": 2, "triangular": 3}
FURTHEST = 0.95
"""Draws beyond a fall of 95%, or a doubling, are set there: a count cannot fall by more than all of itself."""
HOW = "write 0.10 for a fall of ten per cent, or normal(0.10, 0.03), uniform(0, 0.2), triangular(0, 0.05, 0.2)"
_WRITTEN = re.compile(r"^\s*(?:(?P<shape>[a-z]+)\s*\((?P<inside>[^()]*)\)|(?P<plain>[^()]+))\s*$")


@dataclass(frozen=True, slots=True)
class Effect:
    """The true fall in demand among those reached, as a proportion: 0.10 is a fall of ten per cent, -0.05 a rise.

    `numbers` are the value, or mean and standard error, or lowest and highest, or lowest, likeliest and highest.
    """

    shape: Shape
    numbers: tuple[float, ...]
    source: str = "assumed"

    @property
    def mean(self) -> float:
        """Return the expected fall.

        >>> round(Effect("triangular", (0.0, 0.05, 0.10)).mean, 6)
        0.05
        """
        return self.numbers[0] if self.shape in ("fixed", "normal") else sum(self.numbers) / len(self.numbers)

    @property
    def words(self) -> str:
        """Return the effect as it is written on the command line.

        >>> Effect("normal", (0.1, 0.03)).words
        'normal(0.1, 0.03)'
        """
        inside = ", ".join(f"{number:.6g}" for number in self.numbers)
        return inside if self.shape == "fixed" else f"{self.shape}({inside})"

    @property
    def sentence(self) -> str:
        """Return the effect in words.

        >>> Effect("normal", (0.1, 0.03)).sentence, Effect("fixed", (-0.02,)).sentence
        ('a true fall of about 10.0% (standard error 3.0%)', 'a true rise of 2.0%')
        """
        parts = [f"{number:.1%}" for number in self.numbers]
        if self.shape == "uniform":
            return f"a true fall anywhere from {parts[0]} to {parts[1]}"
        if self.shape == "triangular":
            return f"a true fall from {parts[0]} to {parts[2]}, likeliest {parts[1]}"
        way, size = ("rise" if self.numbers[0] < 0 else "fall"), f"{abs(self.numbers[0]):.1%}"
        error = f" (standard error {parts[1]})" if self.shape == "normal" else ""
        return f"a true {way} of {'about ' if error else ''}{size}{error}"

    def draw(self, random: np.random.Generator, paths: int) -> Floats:
        """Return one true effect for each path."""
        one, rest = self.numbers[0], self.numbers[1:]
        if self.shape == "fixed":
            return np.full(paths, one)
        if self.shape == "normal":
            found = random.normal(one, rest[0], paths)
        elif self.shape == "uniform":
            found = random.uniform(one, rest[0], paths)
        else:
            found = random.triangular(one, rest[0], rest[1], paths)
        return np.clip(found, -1.0, FURTHEST)


def read_effect(text: str) -> Effect:
    """Return the effect that is written, or refuse what is none.

    >>> read_effect("0.10").mean, read_effect("normal(0.10, 0.03)").numbers
    (0.1, (0.1, 0.03))
    >>> read_effect("10")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: effect "10": is not between -1 and 1, so it looks like a percentage; write 0.1
    """
    found = _WRITTEN.match(text)
    shape = (found["shape"] or "fixed") if found else "fixed"
    inside = (found["inside"] if found["shape"] else found["plain"]).split(",") if found else []
    try:
        numbers = tuple(float(part) for part in inside)
    except ValueError:
        numbers = ()
    if shape not in NUMBERS or len(numbers) != NUMBERS[shape] or not np.isfinite(numbers).all():
        raise Refused(Fault("is not an effect", HOW, field="effect", value=text))
    for number in numbers:
        if abs(number) >= 1:
            remedy = f"write {number / 100:g}" if abs(number) < 100 else HOW
            problem = "is not between -1 and 1, so it looks like a percentage"
            raise Refused(Fault(problem, remedy, field="effect", value=text))
    if (shape == "normal" and numbers[1] <= 0) or (
        shape in ("uniform", "triangular") and not (list(numbers) == sorted(numbers) and numbers[0] < numbers[-1])
    ):
        raise Refused(Fault("has its numbers out of order, or no spread", HOW, field="effect", value=text))
    return Effect(shape, numbers)


def effect_from_result(path: Path) -> Effect:
    """Return the fall that an evaluation found in its primary outcome, with its standard error.

    The fall is relative: the difference over what was expected without the scheme. The standard error is the interval's
    width over 3.92, relative in the same way.
    """
    from whatworks.evaluation.whole import read_result

    try:
        result = read_result(path)
    except Refused:
        remedy = "name the result.json that `whatworks evaluate` wrote"
        raise Refused(Fault("is not an evaluation's result", remedy, file=path.name)) from None
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    if primary is None:
        raise Refused(Fault("has no primary outcome", "give --effect instead", file=path.name))
    return Effect("normal", relative_fall(primary, path.name), f"{primary.label}, {path.name}")


def relative_fall(outcome: "Outcome", file: str) -> tuple[float, float]:
    """Return an outcome's relative fall and its standard error, both as proportions."""
    treated, difference, low, high = outcome.treated.value, outcome.difference, outcome.ci_low, outcome.ci_high
    if treated is None or difference is None or low is None or high is None or treated - difference <= 0:
        raise Refused(
            Fault(f"{outcome.label!r} has no difference with an interval", "give --effect instead", file=file)
        )
    if outcome.kind == "score":
        raise Refused(Fault(f"{outcome.label!r} is a score, not demand", "give --effect instead", file=file))
    expected = treated - difference
    return -difference / expected, max((high - low) / 3.92 / expected, 1e-9)
