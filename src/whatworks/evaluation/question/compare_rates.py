"""Judge two rates on the spot, as somebody reads them out: with numbers of people a verdict, without them none."""

import re
from dataclasses import dataclass
from decimal import Decimal

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import Comparator, Estimate
from whatworks.statistics.groups.ratio import Ratio, odds_ratio, risk_ratio
from whatworks.statistics.groups.two_sample import beside_shares, compare_shares
from whatworks.statistics.power import needed_per_arm, smallest_detectable
from whatworks.statistics.verdict import Decision, Wording, decide

NATIONAL = (
    "a cohort is never compared with a national rate: people differ in ways the rate says nothing about. In December "
    "2010 a cohort's 46.3% was praised against 61.1% nationally while its matched comparison stood at 45.3%"
)
COUNTS = re.compile(r"^\s*(\d{1,9})\s*(?:/|of)\s*(\d{1,9})\s*$")
MOST_PEOPLE = 10_000_000
LONGEST = 200
PERCENT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*%\s*$")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it was given: a share, with events and people where they were given."""

    text: str
    share: float
    events: int | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class TwoRates:
    """The answer: one estimate with its verdict, the other usual tests beside it, ratios, and the power there was."""

    estimate: Estimate
    decision: Decision
    beside: tuple[Comparator, ...]
    risk_ratio: Ratio
    odds_ratio: Ratio
    smallest_detectable: float | None
    needed_per_arm: int | None
    """People a group would need to tell the two observed shares apart; None where they are equal.

    Both are None where within each group everybody fared alike: such shares have no spread to reckon with.
    """


def parse_rate(text: str, field: str) -> Rate:
    """Return a rate from "156/368" or "46.3%".

    >>> parse_rate("156/368", "treated").people, parse_rate("46.3%", "treated").share
    (368, 0.463)
    """
    counts, percent = COUNTS.match(text), PERCENT.match(text)
    if counts:
        events, people = int(counts[1]), int(counts[2])
        if people > MOST_PEOPLE:
            remedy = f"give at most {MOST_PEOPLE:,} people: no scheme has more"
            raise Refused(Fault("has more people than a scheme can", remedy, None, None, field, text))
        if people and events <= people:
            return Rate(text.strip(), events / people, events, people)
    elif percent and float(percent[1]) <= 100:
        return Rate(text.strip(), float(Decimal(percent[1]) / 100))
    raise Refused(
        Fault(
            "is not a rate", "write events/people, as in 156/368, or a percentage, as in 46.3%", None, None, field, text
        )
    )


def compare_rates(
    treated: str, comparison: str | None = None, *, national: str | None = None, what: str = "reoffending"
) -> TwoRates:
    """Return the verdict on two rates, or refuse it: a national rate is no comparator, and percentages need people.

    Raises `Refused`, saying how many people would be needed, where only percentages are given.

    >>> answer = compare_rates("156/368", "136/327")
    >>> answer.decision.verdict, round(answer.smallest_detectable, 4)
    ('more people needed', 0.1051)
    """
    if not what.strip() or len(what) > LONGEST:
        remedy = f"say what the rate is of, in at most {LONGEST} letters, or leave it out"
        raise Refused(Fault("is empty" if not what.strip() else "is too long", remedy, field="what"))
    ours = parse_rate(treated, "treated")
    if national is not None:
        raise Refused(
            Fault(
                NATIONAL,
                "give the rate of a comparison group of people like them, as events/people",
                field="national",
                value=national,
            )
        )
    if comparison is None:
        raise Refused(Fault("is missing", "give the comparison group's rate as events/people", field="comparison"))
    theirs = parse_rate(comparison, "comparison")
    if ours.events is None or ours.people is None or theirs.events is None or theirs.people is None:
        raise Refused(_no_people(ours, theirs))
    return _answer((ours.events, ours.people, theirs.events, theirs.people), what)


def _answer(counts: tuple[int, int, int, int], what: str) -> TwoRates:
    estimate = compare_shares(*counts)
    equal, same = estimate.difference == 0, estimate.se == 0
    return TwoRates(
        estimate=estimate,
        decision=decide(estimate, Wording(" ".join(what.split()))),
        beside=beside_shares(*counts),
        risk_ratio=risk_ratio(*counts),
        odds_ratio=odds_ratio(*counts),
        smallest_detectable=None if same else smallest_detectable(estimate.se),
        needed_per_arm=None if equal or same else needed_per_arm(estimate.treated.value, estimate.comparison.value),
    )


def _no_people(ours: Rate, theirs: Rate) -> list[Fault]:
    problem = "a rate without its number of people carries no verdict: chance alone may explain the difference"
    if ours.share == theirs.share:
        remedy = "give events/people for both groups, as in 156/368"
    else:
        needed = needed_per_arm(ours.share, theirs.share)
        remedy = (
            f"give events/people for both groups, as in 156/368; to tell {ours.text} from {theirs.text} (80% power, "
            f"p <= 0.05) takes about {needed:,} people in each group"
        )
    return [
        Fault(problem, remedy, field=field, value=rate.text)
        for field, rate in (("treated", ours), ("comparison", theirs))
        if rate.people is None
    ]
