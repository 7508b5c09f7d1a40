"""Join a cost to an evaluation: pounds for each place, post, person, and each reoffence avoided, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from whatworks.evaluation.result import Outcome, Result
from whatworks.money.amount import Money
from whatworks.money.unit_costs.edition import Kind, UnitCost
from whatworks.money.unit_costs.interval import Z95, RatioInterval, certain_cost, fieller
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Worth:
    """What one unit avoided is worth, of one kind; cashable and economic worth are never added to each other."""

    kind: Kind
    item: str
    pounds: Decimal
    prices: str
    edition: str
    covers_cost: bool | None
    """Whether it is at least the cost of avoiding one: on the whole interval, on none of it (False), or unsure."""


@dataclass(frozen=True, slots=True)
class OutcomeCost:
    """What a scheme cost for each of what it bought. `avoided` and its ends are of all people the cost was for.

    `avoided_low` is the fewest that the effect's 95% interval allows; below zero means more, not fewer.
    """

    evaluation: str
    status: str
    outcome: str
    unit: str
    estimator: str
    verdict: str
    cost: Money
    cost_se: float
    people: int
    people_from: str
    per_person: Decimal
    per_place: Decimal | None
    per_post: Decimal | None
    avoided: float
    avoided_low: float
    avoided_high: float
    ratio: RatioInterval
    worth: tuple[Worth, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent, on how many: `se` is the standard error of the cost in pounds, zero where it is known."""

    cost: Money
    people: int | None = None
    places: int | None = None
    posts: Decimal | None = None
    se: float = 0.0


def outcome_cost(
    result: Result, spent: Spent, *, outcome: str | None = None, rise: bool = False, unit_costs: Sequence[UnitCost] = ()
) -> OutcomeCost:
    """Return the cost of each unit of an outcome avoided (or, with `rise`, gained), from a result.

    `outcome` is the primary one unless named. `people` is how many the cost was for; without it, those submitted to the
    evaluation. Refused: an outcome without a comparison, a cost or count of zero or less, unit costs in another price
    base than the cost.
    """
    _check(spent, unit_costs)
    chosen = _outcome(result, outcome)
    people, people_from = _people(result, spent)
    sign = 1 if rise else -1
    effect = sign * (chosen.difference or 0.0)
    low, high = sorted((sign * (chosen.ci_low or 0.0), sign * (chosen.ci_high or 0.0)))
    each = float(spent.cost.pounds) / people
    if spent.se:
        ratio = fieller(each, effect, (high - low) / (2 * Z95), spent.se / people)
    else:
        ratio = certain_cost(each, effect, low, high)
    return OutcomeCost(
        evaluation=result.paper.title,
        status=result.protocol.status,
        outcome=chosen.label,
        unit=chosen.unit,
        estimator=chosen.estimator,
        verdict=chosen.verdict or "",
        cost=spent.cost,
        cost_se=spent.se,
        people=people,
        people_from=people_from,
        per_person=spent.cost.pounds / people,
        per_place=None if spent.places is None else spent.cost.pounds / spent.places,
        per_post=None if spent.posts is None else spent.cost.pounds / spent.posts,
        avoided=effect * people,
        avoided_low=low * people,
        avoided_high=high * people,
        ratio=ratio,
        worth=tuple(_worth(one, ratio) for one in unit_costs),
        sentence=ratio_sentence(ratio, "gained" if rise else "avoided"),
    )


def ratio_sentence(ratio: RatioInterval, done: str = "avoided") -> str:
    """Return a ratio in words, in pounds.

    >>> print(ratio_sentence(RatioInterval(10000.0, 5000.0, None, "no upper limit")))
    Each one avoided cost £10,000 on the best estimate; the 95% interval runs from £5,000 with no upper limit, since \
the effect's interval includes zero.
    """
    if ratio.bounds == "none avoided":
        return (
            f"None was {done}: the whole 95% interval of the effect lies on the other side, so there is no cost of one."
        )
    if ratio.bounds == "nothing can be said":
        return "Neither the cost nor the effect can be told from zero, so nothing can be said of the cost of one."
    best = (
        f"Each one {done} cost £{ratio.value:,.0f} on the best estimate"
        if ratio.value
        else f"None was {done} on the best estimate"
    )
    if ratio.high is None:
        since = "since the effect's interval includes zero"
        return f"{best}; the 95% interval runs from £{ratio.low:,.0f} with no upper limit, {since}."
    return f"{best}; the 95% interval runs from £{ratio.low:,.0f} to £{ratio.high:,.0f}."


def _outcome(result: Result, name: str | None) -> Outcome:
    found = [one for one in result.outcomes if (one.primary if name is None else name in (one.name, one.label))]
    if not found:
        names = ", ".join(one.name for one in result.outcomes)
        raise Refused(Fault("is not an outcome of the result", f"choose from {names}", field="outcome", value=name))
    one = found[0]
    if one.difference is None or one.ci_low is None or one.ci_high is None or one.verdict is None:
        reason = one.reason_no_verdict or "it has no comparison"
        remedy = "choose an outcome that was compared with people like them"
        raise Refused(Fault(f"carries no verdict ({reason.rstrip('.')})", remedy, field="outcome", value=one.name))
    return one


def _people(result: Result, spent: Spent) -> tuple[int, str]:
    if spent.people is not None:
        return spent.people, "as given"
    if not result.attrition or result.attrition[0].treated < 1:
        raise Refused(Fault("is missing", "say how many people the cost was for", field="people"))
    return result.attrition[0].treated, "people submitted to the evaluation"


def _check(spent: Spent, unit_costs: Sequence[UnitCost]) -> None:
    counts = {"people": spent.people, "places": spent.places, "posts": spent.posts, "cost": spent.cost.pounds}
    faults = [
        Fault("is not above zero", "give the number that the cost was for", field=field, value=str(value))
        for field, value in counts.items()
        if value is not None and value <= 0
    ]
    if not 0 <= spent.se < float("inf"):
        faults.append(Fault("is not zero or more", "give a standard error in pounds", field="cost error"))
    faults += [
        Fault(
            f"is in prices of {one.cost.prices}, the cost in {spent.cost.prices}",
            "bring both to one price year first",
            field="unit cost",
            value=one.item,
        )
        for one in unit_costs
        if one.cost.prices != spent.cost.prices
    ]
    if faults:
        raise Refused(faults)


def _worth(one: UnitCost, ratio: RatioInterval) -> Worth:
    pounds = float(one.cost.pounds)
    covers: bool | None = None
    if ratio.bounds == "none avoided" or (ratio.low is not None and pounds < ratio.low):
        covers = False
    elif ratio.high is not None and pounds >= ratio.high:
        covers = True
    return Worth(one.kind, one.item, one.cost.pounds, one.cost.prices, one.edition, covers)
