"""What is expected of every count before chance comes in: means by partner, period and metric."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from whatworks.money.contracts.clauses import Window
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.partners import Partner
from whatworks.statistics.arrays import Floats

DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Plan:
    """Expected counts without any effect, axes in the order partner, period, metric.

    `baseline` (partner, metric) and `tests` (partner, period, metric) are expected events, or people with an event;
    `beside` is what as many people as the partner's have elsewhere, where a contract compares.
    `reached` (partner, period) turns the true effect into the fall of a partner's count; `overdispersion` is by
    partner. `people` and `comparison_people` are a cohort's size by partner, zero for areas. `kinds` and `metrics`
    are by metric; `national` (period) is the country's change since the baseline.
    """

    names: tuple[str, ...]
    metrics: tuple[str, ...]
    periods: tuple[str, ...]
    kinds: tuple[str, ...]
    baseline: Floats
    tests: Floats
    beside: Floats
    reached: Floats
    overdispersion: Floats
    people: tuple[int, ...]
    comparison_people: tuple[int, ...]
    national: Floats


def plan(terms: Terms, partners: Mapping[str, Partner], assumed: Assumptions) -> Plan:
    """Return the expected counts of these partners under this contract."""
    metrics, periods = terms.measured_metrics, tuple(terms.period)
    kinds = tuple(terms.metric[key].kind for key in metrics)
    people = tuple(one.people or 0 for one in partners.values())
    yearly = np.array([[one.expected[key] for key in metrics] for one in partners.values()])
    heads = np.array([[1 if kind == "count" else each for kind in kinds] for each in people], dtype=np.float64)
    before = terms.baseline or next(iter(terms.period.values()))
    since = np.array([_years_between(before, period) for period in terms.period.values()])
    trends = np.array([_own(one.trend, assumed.trend) for one in partners.values()])
    lengths = [[1.0 if kind != "count" else whole_years(one) for kind in kinds] for one in terms.period.values()]
    first = [1.0 if kind != "count" else whole_years(before) for kind in kinds]
    growth = (1.0 + trends)[:, None] ** since[None, :]
    tests = (yearly * heads)[:, None, :] * growth[:, :, None] * np.array(lengths)[None]
    return Plan(
        names=tuple(partners),
        metrics=metrics,
        periods=periods,
        kinds=kinds,
        baseline=yearly * heads * np.array(first),
        tests=tests,
        beside=tests,
        reached=_reached(terms, partners, assumed, yearly * heads),
        overdispersion=np.array([_own(one.overdispersion, assumed.overdispersion) for one in partners.values()]),
        people=people,
        comparison_people=tuple(one.comparison_people or 0 for one in partners.values()),
        national=(1.0 + assumed.trend) ** since,
    )


def whole_years(window: Window) -> float:
    """Return a window's length in years, to the nearest month, so that leap years are no longer than others.

    >>> [whole_years(Window(first="2012-01-01", last=last)) for last in ("2012-12-31", "2012-03-31")]
    [1.0, 0.25]
    """
    return max(1, round(window.days / DAYS * 12)) / 12


def _years_between(one: Window, other: Window) -> float:
    months = (other.first.year - one.first.year) * 12 + other.first.month - one.first.month
    return months / 12 + (whole_years(other) - whole_years(one)) / 2


def _reached(terms: Terms, partners: Mapping[str, Partner], assumed: Assumptions, expected: Floats) -> Floats:
    """Return what of the effect shows in each partner's counts: those it reaches and keeps, and those who move in."""
    prices = np.array([float(terms.metric[key].unit_price or 1) for key in terms.measured_metrics])
    pays = np.array([terms.metric[key].pays for key in terms.measured_metrics])
    value = expected @ (prices * pays)
    reach = np.array([_own(one.reach, assumed.reach) for one in partners.values()])
    churn = np.array([_own(one.churn, assumed.churn) for one in partners.values()])
    moving = reach * churn * assumed.churn_within * value
    others = value.sum() - value
    spread = np.divide(moving, others, out=np.zeros_like(moving), where=others > 0)
    own = reach * (1.0 - churn) + (spread.sum() - spread)
    steps = [assumed.build_up[min(at, len(assumed.build_up) - 1)] for at in range(len(terms.period))]
    shown: Floats = own[:, None] * np.array(steps)[None, :]
    return shown


def _own(value: float | None, common: float) -> float:
    return common if value is None else value
