"""What would another year's test be worth? The expected value of its information, in pounds."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from whatworks.board.evidence.intervention import Intervention
from whatworks.board.evidence.pooled import Benefit, benefit_of, poolable
from whatworks.board.evidence.study import Study
from whatworks.board.evidence.values import OutcomeValue, TestPlan, Values
from whatworks.records.refusal import Fault, Refused

ASSUMPTIONS = (
    "What is believed now is what the studies held say: the benefit a person is normally distributed around their "
    "estimate, with their standard error. Nothing is believed of an intervention without a study.",
    "The benefit does not depend on who is served or how many; it is the same in each year.",
    "The only choice is to deliver it as now, or not at all; after the test the better one is taken, for the years "
    "stated. Savings are real: what is not spent can be spent elsewhere.",
    "The test measures the same outcome without bias, as precisely as its numbers of people allow. During its year the "
    "intervention runs, which costs something if it is believed to be worth less than its price.",
    "One outcome is valued, the first in the file of values that a study measured: values of several outcomes would "
    "count the same good twice.",
)
"""What the worth rests on, in words; every paper prints them."""
STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Economy:
    """What an intervention is worth a year by what is believed now: pounds, before any test."""

    outcome: OutcomeValue
    benefit: Benefit
    people: int
    cost: float
    net: float
    """Pounds a year: people x value x benefit - cost."""
    sd: float
    """Standard deviation of `net`, from the doubt about the benefit."""


@dataclass(frozen=True, slots=True)
class TestWorth:
    """What a test would be worth, in pounds of next year."""

    economy: Economy
    plan: TestPlan
    se_test: float
    gain: float
    """Expected gain from deciding with the test's answer, over the years."""
    at_most: float
    """The same if the test took away all doubt: no test is worth more."""
    cost: float
    """The study, and the loss of running it meanwhile where it is believed to cost more than it brings."""
    net: float
    """`gain` - `cost`: above zero, the test is worth doing."""


def economy_of(intervention: Intervention, sound: tuple[Study, ...], values: Values) -> Economy | None:
    """Return what an intervention is worth a year, or None where its price, people or effect are not known."""
    found = _valued(sound, values)
    plan = _plan(intervention, values)
    people, cost = _scale(intervention, plan)
    if found is None or people is None or cost is None:
        return None
    value, benefit = found
    per_unit = people * float(value.pounds)
    return Economy(value, benefit, people, cost, per_unit * benefit.mean - cost, per_unit * benefit.se)


def worth_of_testing(intervention: Intervention, sound: tuple[Study, ...], values: Values) -> TestWorth:
    """Return what another year's test is worth; refuse, all reasons at once, where something needed is not known."""
    plan = _plan(intervention, values)
    economy = economy_of(intervention, sound, values)
    faults = _missing(intervention, sound, values, plan)
    if faults or plan is None or economy is None:
        raise Refused(faults)
    se_test = _se_test(economy.benefit, plan)
    per_unit = economy.people * float(economy.outcome.pounds)
    se = economy.benefit.se
    settled = per_unit * se**2 / sqrt(se**2 + se_test**2)
    years = values.years_discounted
    gain = (expected_best(economy.net, settled) - max(0.0, economy.net)) * years
    at_most = (expected_best(economy.net, economy.sd) - max(0.0, economy.net)) * years
    cost = float(plan.cost) + max(0.0, -economy.net)
    return TestWorth(economy, plan, se_test, gain, at_most, cost, gain - cost)


def expected_best(mean: float, sd: float) -> float:
    """Return the expected value of the better of zero and a normal amount: what a choice made later is worth.

    >>> round(expected_best(0.0, 1.0), 6), expected_best(-3.0, 0.0)
    (0.398942, 0.0)
    """
    if sd == 0:
        return max(0.0, mean)
    z = mean / sd
    return mean * STANDARD.cdf(z) + sd * STANDARD.pdf(z)


def _valued(sound: tuple[Study, ...], values: Values) -> tuple[OutcomeValue, Benefit] | None:
    for value in values.value:
        studies = poolable(sound, value.outcome)
        if studies:
            return value, benefit_of(studies)
    return None


def _plan(intervention: Intervention, values: Values) -> TestPlan | None:
    return next((plan for plan in values.test if plan.intervention == intervention.short), None)


def _scale(intervention: Intervention, plan: TestPlan | None) -> tuple[int | None, float | None]:
    """Return people and pounds a year: the test plan's where it says so, else those of all deliveries."""
    people = [delivery.people_a_year for delivery in intervention.deliveries]
    pence = [delivery.cost_pence_a_year for delivery in intervention.deliveries]
    all_people = sum(person for person in people if person is not None) if people and None not in people else None
    all_pounds = sum(one for one in pence if one is not None) / 100 if pence and None not in pence else None
    if plan is not None and plan.people_a_year is not None:
        all_people = plan.people_a_year
    if plan is not None and plan.cost_a_year is not None:
        all_pounds = float(plan.cost_a_year)
    return all_people, all_pounds


def _se_test(benefit: Benefit, plan: TestPlan) -> float:
    """Return the standard error that the test would have, from its people."""
    spread = 1 / plan.treated + 1 / plan.comparison
    if plan.baseline is not None:
        return sqrt(plan.baseline * (1 - plan.baseline) * spread)
    largest = max(
        (study for study in benefit.studies if study.treated and study.comparison), key=lambda one: one.treated or 0
    )
    assert largest.treated and largest.comparison  # noqa: S101
    se = benefit_of([largest]).se
    return se * sqrt(spread / (1 / largest.treated + 1 / largest.comparison))


def _missing(
    intervention: Intervention, sound: tuple[Study, ...], values: Values, plan: TestPlan | None
) -> list[Fault]:
    name = intervention.short
    faults: list[Fault] = []
    found = _valued(sound, values)
    if not sound:
        problem = "has no study good enough to start from, and a belief is not made up here"
        faults.append(Fault(problem, "enter a study, or test it for what could be learnt", field=name))
    elif found is None:
        measured = ", ".join(dict.fromkeys(one.outcome for one in sound))
        problem = f"measured {measured}, none of which has a value (as a difference)"
        faults.append(Fault(problem, "give one of these outcomes a [[value]]", field=name))
    if plan is None:
        faults.append(Fault("has no [[test]] in the file of values", "say how many people, and the cost", field=name))
    people, cost = _scale(intervention, plan)
    if people is None:
        faults.append(Fault("does not say how many people it serves", "give people_a_year", field=name))
    if cost is None:
        faults.append(Fault("does not say what it costs", "give cost_a_year", field=name))
    sized = found is None or any(study.treated and study.comparison for study in found[1].studies)
    if plan is not None and plan.baseline is None and not sized:
        remedy = "give the test a baseline: the share with the outcome without it"
        faults.append(Fault("has no study with numbers of people", remedy, field=name))
    return faults
