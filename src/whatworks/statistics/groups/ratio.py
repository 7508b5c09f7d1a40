"""Say a difference as a ratio: how many times as many people, or how many times the odds."""

from dataclasses import dataclass
from math import exp, log, sqrt

from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.groups.intervals import check_counts


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio, treated over comparison, with its 95% interval; below one is a fall. None where it has no bound."""

    name: str
    value: float | None
    ci_low: float | None
    ci_high: float | None


def risk_ratio(events_1: float, n_1: float, events_2: float, n_2: float) -> Ratio:
    """Return the ratio of two shares, its interval found on the log scale (Katz).

    >>> round(risk_ratio(156, 368, 136, 327).value, 5)
    1.01926
    """
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    value = (events_1 / n_1) / (events_2 / n_2) if events_2 else None
    if not value:
        return Ratio("risk ratio", value, None, None)
    se = sqrt(max(0.0, 1 / events_1 - 1 / n_1 + 1 / events_2 - 1 / n_2))
    return Ratio("risk ratio", value, *_ends(value, se))


def odds_ratio(events_1: float, n_1: float, events_2: float, n_2: float) -> Ratio:
    """Return the ratio of two odds, its interval found on the log scale (Woolf).

    >>> round(odds_ratio(156, 368, 136, 327).value, 5)
    1.03344
    """
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    cells = events_1, n_1 - events_1, events_2, n_2 - events_2
    value = cells[0] * cells[3] / (cells[1] * cells[2]) if cells[1] and cells[2] else None
    if not value:
        return Ratio("odds ratio", value, None, None)
    return Ratio("odds ratio", value, *_ends(value, sqrt(sum(1 / cell for cell in cells))))


def _ends(value: float, se: float) -> tuple[float, float]:
    half = quantile(0.975) * se
    return exp(log(value) - half), exp(log(value) + half)
