"""Nothing known is never shown as not working; a test is worth no more than knowing for certain."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_evidence import DAY, entries, study

from whatworks.board.evidence.advice import NO_OWNER, NOT_RECORDED, Advice, advise
from whatworks.board.evidence.judgement import judge
from whatworks.board.evidence.pooled import benefit_of
from whatworks.board.evidence.register import add_file, read_register
from whatworks.board.evidence.standards import shipped_standards
from whatworks.board.evidence.study import Study
from whatworks.board.evidence.values import OutcomeValue, TestPlan, Values
from whatworks.board.evidence.worth import expected_best, worth_of_testing
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author

STANDARDS = shipped_standards()
VALUE = OutcomeValue(outcome="reoffending_1y", pounds=Decimal(10_000), price_year="2024-25", source="made up")
PLAN = TestPlan(intervention="skills", treated=500, comparison=500, cost=Decimal(1_000))


def made(effect: float, half: float, **changed: object) -> Study:
    """Return a study of one effect with an interval of that half width."""
    nothing = dict.fromkeys(Study.__dataclass_fields__)
    values = nothing | study(effect=effect, ci_low=effect - half, ci_high=effect + half)
    values |= {"id": 1, "effect_kind": "difference", "unit": "share of people", "primary": True, "origin": "published"}
    return Study(**(values | {"treated": 500, "comparison": 500} | changed))  # type: ignore[arg-type]


def proposal(store: Store, officer: Author, values: Values | None = None, **intervention: object) -> Advice:
    add_file(store, entries({"short": "skills", **intervention}), officer, STANDARDS)
    return advise(read_register(store), STANDARDS, DAY, values)[0]


def test_nothing_known_is_not_does_not_work(store: Store, officer: Author) -> None:
    found = proposal(store, officer, delivery=[{"place": "Northbank"}])
    assert (found.action, found.judgement.known, found.owner) == ("test", "nothing known", NO_OWNER)
    assert "not evidence that it does not work" in found.reason


@given(st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.001, 0.5), st.integers(1, 5)), max_size=4), st.booleans())
def test_only_a_study_that_found_harm_stops_anything_without_values(
    studies: list[tuple[float, float, int]], delivered: bool
) -> None:
    from whatworks.board.evidence.advice import decide

    judgement = judge([made(effect, half, maryland=level) for effect, half, level in studies], 3)
    action, reason = decide(judgement, delivered, None, None)
    if action == "stop":
        assert any(one.finding == "worse" for one in judgement.heard) and judgement.known == "harms"
    if not judgement.heard:
        assert "not evidence that it does not work" in reason


def test_a_weak_study_and_a_secondary_outcome_are_not_heard() -> None:
    assert judge([made(-0.1, 0.05, maryland=2)], 3).known == "too weak to tell"
    assert judge([made(-0.1, 0.05, maryland=None)], 3).known == "too weak to tell"
    assert judge([made(-0.1, 0.05, primary=False)], 3).known == "too weak to tell"
    assert judge([made(-0.1, 0.05)], 3).known == "works"


def test_more_is_better_where_the_study_says_so() -> None:
    assert judge([made(0.1, 0.05, lower_is_better=False)], 3).known == "works"
    assert judge([made(1.4, 0.2, effect_kind="ratio")], 3).known == "harms"
    assert judge([made(-0.1, 0.05), made(0.1, 0.05)], 3).known == "mixed"


def test_a_proposal_to_stop_shows_who_loses(store: Store, officer: Author) -> None:
    harm = study(effect=0.08, ci_low=0.02, ci_high=0.14)
    place = {"place": "Northbank", "serves": "pupils excluded from school", "people_a_year": 60}
    found = proposal(store, officer, study=[harm], delivery=[place])
    assert found.action == "stop"
    assert [(one.place, one.serves, one.people_a_year) for one in found.loses] == [
        ("Northbank", "pupils excluded from school", 60)
    ]


def test_a_proposal_to_stop_without_knowing_who_loses_says_so(store: Store, officer: Author) -> None:
    harm = study(effect=0.08, ci_low=0.02, ci_high=0.14)
    found = proposal(store, officer, study=[harm], delivery=[{"place": "Northbank"}])
    assert found.action == "stop" and NOT_RECORDED in found.notes


def test_commission_what_works_elsewhere_and_say_what_is_not_said(store: Store, officer: Author) -> None:
    found = proposal(store, officer, study=[study()])
    assert found.action == "commission"
    assert any("What differs" in note for note in found.notes)


def test_under_18s_without_childrens_services_are_noted(store: Store, officer: Author) -> None:
    assert any("children's services" in note for note in proposal(store, officer, age_from=12, age_to=17).notes)
    joined = proposal(store, officer, age_from=12, age_to=17, partners=["Children's services"])
    assert not any("children's services" in note for note in joined.notes)


Z = 1.959963984540054
"""Standard errors from an estimate to either end of its 95% interval."""


def test_two_studies_are_put_together_with_what_lies_between_them() -> None:
    # Benefits of 0 and 0.2, standard error 0.1 each. The variance between them, t, is Paule and Mandel's:
    # 0.1^2 / (0.01 + t) + 0.1^2 / (0.01 + t) = 2 - 1, so t = 0.01. Weights 1 / 0.02 = 50 each: mean 0.1, and the
    # standard error 1 / sqrt(100) = 0.1.
    found = benefit_of([made(0.0, 0.1 * Z), made(-0.2, 0.1 * Z)])
    assert (found.mean, found.se) == (pytest.approx(0.1), pytest.approx(0.1))


def test_three_unlike_studies_are_put_together_with_what_lies_between_them() -> None:
    # In steps of 0.05: benefits 1, 3 and -1 with variances 1, 3 and 3. With a variance of 1 between them theirs are 2,
    # 4 and 4, their weights 1/2, 1/4 and 1/4, their mean 1/2 + 3/4 - 1/4 = 1, and the weighted spread 0 + 4/4 + 4/4,
    # which is 3 - 1 as Paule and Mandel ask. Weights sum to 1, so the standard error is 1 step. (DerSimonian and
    # Laird's variance would be 5/7 and the standard error 0.944 steps.)
    steps = ((1, 1), (3, sqrt(3)), (-1, sqrt(3)))
    found = benefit_of([made(-0.05 * mean, 0.05 * se * Z) for mean, se in steps])
    assert (found.mean, found.se) == (pytest.approx(0.05), pytest.approx(0.05))


def test_studies_without_doubt_are_not_put_together_with_others() -> None:
    with pytest.raises(Refused, match="no estimate with a standard error"):
        benefit_of([made(-0.1, 0.05), made(-0.1, 0.0)])


def test_the_value_of_perfect_knowledge_of_an_even_bet() -> None:
    # mean zero, standard deviation s: the better of zero and the draw is worth s / sqrt(2 pi)
    assert expected_best(0.0, 2.0) == pytest.approx(2.0 / sqrt(2 * pi))


def held(store: Store, officer: Author) -> Advice:
    place = {"place": "Northbank", "cost_a_year": 100_000, "people_a_year": 200}
    unsure = study(effect=-0.05, ci_low=-0.05 - 0.098, ci_high=-0.05 + 0.098, treated=200, comparison=200)
    return proposal(store, officer, delivery=[place], study=[unsure])


def test_the_worth_of_a_test_by_hand(store: Store, officer: Author) -> None:
    # 200 people x 10,000 pounds x 0.05 = 100,000, the cost: net zero. Standard error 0.098 / 1.96 = 0.05, so doubt of
    # 100,000 a year. A test of 200 a group is as sure again: half the variance goes, 100,000 / sqrt(2) is learnt.
    found = held(store, officer)
    plan = PLAN.model_copy(update={"treated": 200, "comparison": 200})
    values = Values(years=1, discount_rate=0.0, value=(VALUE,), test=(plan,))
    worth = worth_of_testing(found.intervention, found.judgement.sound, values)
    assert worth.economy.net == pytest.approx(0.0, abs=1e-6)
    assert worth.at_most == pytest.approx(100_000 / sqrt(2 * pi), rel=1e-4)
    assert worth.gain == pytest.approx(100_000 / sqrt(2) / sqrt(2 * pi), rel=1e-4)
    assert worth.net == pytest.approx(worth.gain - 1_000)


@given(st.integers(2, 5_000), st.integers(1, 4), st.floats(-0.2, 0.2), st.floats(0.01, 0.3))
def test_a_test_is_worth_no_more_than_certainty_and_more_people_never_less(
    people: int, times: int, effect: float, half: float
) -> None:
    from whatworks.board.evidence.intervention import Delivery, Intervention

    place = Delivery(1, 1, "Northbank", None, None, 5_000_000, 100, None, None, None, None)
    one = Intervention(1, "skills", "Skills", "diversion", *[None] * 9, deliveries=(place,))  # type: ignore[arg-type]
    gains = []
    for size in (people, people * times):
        plan = PLAN.model_copy(update={"treated": size, "comparison": size})
        worth = worth_of_testing(one, (made(effect, half),), Values(value=(VALUE,), test=(plan,)))
        assert -1e-6 <= worth.gain <= worth.at_most + 1e-6
        gains.append(worth.gain)
    assert gains[0] <= gains[1] + 1e-6


def test_worth_is_refused_without_a_value_a_plan_or_a_study(store: Store, officer: Author) -> None:
    found = held(store, officer)
    other = VALUE.model_copy(update={"outcome": "custody_1y"})
    with pytest.raises(Refused, match="none of which has a value"):
        worth_of_testing(found.intervention, found.judgement.sound, Values(value=(other,), test=(PLAN,)))
    with pytest.raises(Refused, match="a belief is not made up"):
        worth_of_testing(replace(found.intervention, studies=()), (), Values(value=(VALUE,), test=(PLAN,)))
    with pytest.raises(Refused, match=r"no \[\[test\]\]"):
        worth_of_testing(found.intervention, found.judgement.sound, Values(value=(VALUE,)))


def test_mixed_price_years_are_refused() -> None:
    later = VALUE.model_copy(update={"outcome": "custody_1y", "price_year": "2025-26"})
    with pytest.raises(ValueError, match="are mixed"):
        Values.model_validate({"value": [VALUE.model_dump(), later.model_dump()]})


def test_an_old_study_is_marked(store: Store, officer: Author) -> None:
    found = proposal(store, officer, study=[study(dated=date(2010, 1, 1))])
    assert any("more than 10 years old" in note for note in found.notes)


@pytest.mark.parametrize(("half", "known"), [(0.1, "cannot tell"), (0.0999, "works")])
def test_an_interval_that_touches_no_effect_cannot_tell(half: float, known: str) -> None:
    assert made(-0.1, half).finding == ("better" if known == "works" else known)
