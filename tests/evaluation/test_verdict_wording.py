"""Three verdicts and no fourth; nothing in them reads as failure; numbers needed, bounds and Holm as published."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

from whatworks.records.refusal import Refused
from whatworks.statistics.bias.bounds import share_bounds, widen
from whatworks.statistics.groups.two_sample import compare_shares
from whatworks.statistics.multiplicity import holm
from whatworks.statistics.power import DETECTABLE, needed_for, needed_per_arm, smallest_detectable
from whatworks.statistics.study_size import Plan, people_needed
from whatworks.statistics.verdict import Wording, decide

REOFFENDING = Wording("reoffending")
DIAMOND = compare_shares(156, 368, 136, 327)
BLUE_SKY = compare_shares(22, 72, 425_000, 1_000_000)


def test_an_untold_answer_is_not_called_failure_and_says_what_it_rules_out() -> None:
    found = decide(DIAMOND, REOFFENDING, smallest_worthwhile=0.05)
    assert found.verdict == "more people needed"
    assert "not evidence that the scheme made no difference" in found.sentence
    assert "more people would have to be studied" in found.sentence
    assert not any(word in found.sentence.lower() for word in ("fail", "ineffective", "did not work", "no effect"))
    assert found.ruled_out == (
        "Ruled out: a fall of more than 6.5 and a rise of more than 8.1 percentage points. "
        "A fall of 5.0 percentage points, which the protocol calls worth having, is not ruled out."
    )


def test_when_the_interval_lies_inside_what_is_worth_having_more_people_would_not_help() -> None:
    found = decide(DIAMOND, REOFFENDING, smallest_worthwhile=0.10)
    assert found.verdict == "more people needed"
    assert "More people would not change this answer." in found.sentence
    assert "would have to be studied" not in found.sentence
    assert found.ruled_out.endswith("is ruled out.")


def test_a_fall_is_told_with_its_interval() -> None:
    found = decide(BLUE_SKY, REOFFENDING)
    assert found.verdict == "significant reduction"
    assert found.sentence.startswith("Reoffending was lower than would be expected without the scheme, by 11.9 ")
    assert found.ruled_out.startswith("Ruled out: any rise, and a fall of less than ")


def test_a_rise_is_told_as_plainly() -> None:
    found = decide(compare_shares(66, 216, 48, 216), REOFFENDING, smallest_worthwhile=0.02)
    assert found.verdict == "significant increase"
    assert "was higher than would be expected" in found.sentence
    assert "A fall of 2.0 percentage points, which the protocol calls worth having, is ruled out." in found.ruled_out


def test_where_more_is_better_a_rise_is_what_is_worth_having() -> None:
    found = decide(DIAMOND, Wording("work found"), smallest_worthwhile=0.02, lower_is_better=False)
    assert (
        "A rise of 2.0 percentage points, which the protocol calls worth having, is not ruled out." in found.ruled_out
    )


@given(st.floats(-1, 1), st.floats(0.001, 0.5), st.floats(0, 1))
def test_the_verdict_follows_p_and_sign_alone(difference: float, half: float, p: float) -> None:
    estimate = replace(DIAMOND, difference=difference, ci_low=difference - half, ci_high=difference + half, p=p)
    verdict = decide(estimate, REOFFENDING).verdict
    if p > 0.05:
        assert verdict == "more people needed"
    else:
        assert verdict == ("significant reduction" if difference < 0 else "significant increase")


@pytest.mark.parametrize(
    ("value", "shown"), [(0.425, "42.5"), (0.0625, "6.3"), (-0.1005, "10.1"), (12.3456, "1,234.6")]
)
def test_halves_go_away_from_zero(value: float, shown: str) -> None:
    assert REOFFENDING.amount(value) == shown


def test_numbers_needed_are_the_published_ones() -> None:
    assert round(DETECTABLE, 4) == 2.8016
    assert needed_per_arm(0.463, 0.453) == 38_964
    assert round(100 * smallest_detectable(DIAMOND.se), 2) == 10.51
    # 2.8016^2 x (0.40 x 0.60 + 0.35 x 0.65 / 2) / 0.05^2 x 1.5 / 0.9 / 0.97 = 1,908.3
    plan = Plan(0.35, ratio=2, design_effect=1.5, share_matched=0.9, share_linked=0.97)
    assert people_needed(plan, 0.05) == 1909


@pytest.mark.parametrize("shares", [(0.4, 0.35), (0.1, 0.2), (0.463, 0.453)])
def test_a_study_of_the_size_needed_tells_four_times_in_five(shares: tuple[float, float]) -> None:
    spread = (sum(share * (1 - share) for share in shares) / 2) ** 0.5
    power = NormalIndPower().power(abs(shares[0] - shares[1]) / spread, needed_per_arm(*shares), 0.05)
    assert power == pytest.approx(0.80, abs=0.002)


@given(st.floats(0.005, 0.2), st.floats(0.005, 0.2), st.integers(60, 5000))
def test_that_many_people_could_detect_the_effect(effect: float, se: float, people: int) -> None:
    needed = needed_for(effect, se, people)
    assert smallest_detectable(se * (people / needed) ** 0.5) <= effect * (1 + 1e-6)


@pytest.mark.parametrize("shares", [(0.4, 0.4), (1.2, 0.4), (46.3, 45.3)])
def test_numbers_needed_that_have_no_meaning_are_refused(shares: tuple[float, float]) -> None:
    with pytest.raises(Refused):
        needed_per_arm(*shares)


def test_bounds_as_published() -> None:
    bounds = share_bounds(0.463, 0.80)
    assert (round(100 * bounds.low, 1), round(100 * bounds.high, 1)) == (37.0, 57.0)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_bounds_contain_the_estimate_and_close_on_it(ours: float, theirs: float, known: float, seen: float) -> None:
    bounds = widen(ours - theirs, ours, theirs, known, seen)
    assert bounds.low - 1e-12 <= (ours - theirs) <= bounds.high + 1e-12 or known < 1 or seen < 1
    assert bounds.high - bounds.low == pytest.approx((1 - known) + (1 - seen), abs=1e-9)
    inside = share_bounds(ours, known)
    assert 0 <= inside.low <= inside.high + 1e-12 <= 1 + 2e-12


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_never_lowers_a_p_nor_changes_their_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    assert [p for _, p in sorted(zip(p_values, adjusted, strict=True))] == sorted(adjusted)


@pytest.mark.parametrize("p_values", [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.02], [0.03, 0.03, 0.04]])
def test_holm_is_that_of_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(tuple(multipletests(p_values, method="holm")[1]), abs=1e-12)
