"""One estimate: how the groups' outcomes differ, how sure that is, and which estimator said so."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtr, stdtrit


@dataclass(frozen=True, slots=True)
class Group:
    """One group's outcome: people, events where they are counted, and its mean or share with a 95% interval."""

    n: int
    events: int | None
    value: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class AreaTest:
    """What an estimate of a scheme given by area rests on: its areas, and the ways in which they could be chosen.

    `interval` says how the interval was found; "none" where the areas are too few for any. `agrees` is False where the
    comparison of areas points the other way than the estimate.
    """

    treated: int
    comparison: int
    ways: int
    smallest_p: float
    interval: Literal["CR2", "inverted", "none"]
    agrees: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Estimate:
    """A difference, treated minus comparison, in the outcome's own unit: below zero is a fall.

    `se`, the 95% interval and `p` belong to the one estimator that `estimator` and `se_kind` name; `df` are its degrees
    of freedom, infinite for a normal approximation. `areas` is set where the scheme was given by area: p is then the
    exact one over areas, and an end that no areas can show is infinite.
    """

    difference: float
    se: float
    ci_low: float
    ci_high: float
    p: float
    df: float
    treated: Group
    comparison: Group
    estimator: str
    se_kind: str
    areas: AreaTest | None = None

    def __repr__(self) -> str:
        """Return one line for a person to read: four digits, and what the number rests on; the fields have them all."""
        return (
            f"{short_number(self.difference)} (95% interval {short_number(self.ci_low)} to "
            f"{short_number(self.ci_high)}; p {'below 0.001' if self.p < 0.001 else f'{self.p:.3f}'}); treated "
            f"{short_number(self.treated.value)} of {self.treated.n:,}, comparison "
            f"{short_number(self.comparison.value)} of {self.comparison.n:,}; {self.estimator}; {self.se_kind}"
        )


def short_number(value: float | None) -> str:
    """Return a number as people read it: four significant digits, thousands whole; a dash where there is none.

    >>> [short_number(value) for value in (-0.033333, 1797.4423, 0.0, None, 12345678.9, float("inf"))]
    ['-0.03333', '1,797', '0', '–', '12,345,679', '∞']
    """
    if value is None or np.isnan(value):
        return "–"
    if np.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


@dataclass(frozen=True, slots=True)
class Comparator:
    """Another way to the same difference, shown beside the named estimate. It never decides a verdict."""

    name: str
    difference: float
    ci_low: float | None
    ci_high: float | None
    p: float | None


def interval(value: float, se: float, df: float = np.inf, level: float = 0.95) -> tuple[float, float]:
    """Return the two ends of Student's t interval (the normal one for infinite `df`).

    >>> tuple(round(end, 3) for end in interval(0.0, 1.0))
    (-1.96, 1.96)
    """
    half = quantile(0.5 + level / 2, df) * se
    return value - half, value + half


def quantile(share: float, df: float = np.inf) -> float:
    """Return the value below which Student's t falls with probability `share`.

    >>> round(quantile(0.975), 6), round(quantile(0.975, 10), 6)
    (1.959964, 2.228139)
    """
    return float(stdtrit(min(df, 1e12), share))


def two_sided_p(value: float, se: float, df: float = np.inf) -> float:
    """Return the probability of a value at least this far from zero, if the truth were zero.

    >>> round(two_sided_p(1.959964, 1.0), 6)
    0.05
    """
    if se == 0:
        return 1.0 if value == 0 else 0.0
    return float(2 * stdtr(min(df, 1e12), -abs(value) / se))
