"""`whatworks power` gives the numbers of the published formula, both ways round, and refuses what cannot be."""

import json
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.cli.app import build, explain
from whatworks.records.refusal import Refused
from whatworks.statistics.study_size import Plan, people_needed, smallest_found


def run(*words: str) -> int:
    try:
        build()(["power", *words], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def test_the_board_of_2010_would_have_needed_38964_people_an_arm(capsys: pytest.CaptureFixture[str]) -> None:
    # 46.3% against 45.3%: (1.959964 + 0.841621)^2 x (0.463 x 0.537 + 0.453 x 0.547) / 0.01^2 = 38,963.2
    assert run("--comparison", "45.3%", "--difference", "+1pp", "--json") == 0
    assert json.loads(capsys.readouterr().out)["needed_treated"] == 38964


def test_losses_and_clusters_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    # Equal groups of 0.40 and 0.35: 7.84888 x (0.2275 + 0.24 / 2) / 0.0025 x 1.5 / 0.8 / 0.95
    wanted = ceil(7.848879734349089 * (0.35 * 0.65 + 0.40 * 0.60 / 2) / 0.0025 * 1.5 / 0.8 / 0.95)
    words = "--comparison 40% --difference -5pp --ratio 2 --matched 80% --linked 95% --design-effect 1.5 --json"
    assert run(*words.split()) == 0
    assert json.loads(capsys.readouterr().out)["needed_treated"] == wanted


def test_counts_use_how_much_people_differ() -> None:
    # 2 x 3.0^2 x 7.84888 / 0.5^2 = 565.1
    assert people_needed(Plan(1.8, sd=3.0), -0.5) == 566


@given(st.floats(0.05, 0.95), st.integers(20, 50_000), st.floats(0.3, 5.0))
def test_what_so_many_could_tell_needs_so_many(comparison: float, treated: int, ratio: float) -> None:
    plan = Plan(comparison, ratio=ratio)
    found = smallest_found(plan, treated)
    if found is not None:
        assert abs(people_needed(plan, -found) - treated) <= 1


def test_a_few_people_could_tell_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--comparison", "10%", "--treated", "12") == 0
    assert "could not show even a fall to nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("--comparison 45%", "nothing is asked"),
        ("--comparison lots --difference +1pp", "is not a number"),
        ("--comparison 40% --difference 5%", "has no sign; write -5% for a fall, +5% for a rise"),
        ("--comparison 40% --difference 0.05", "has no sign"),
        ("--comparison 450% --difference -5pp", "is not a proportion between 0 and 1"),
        ("--comparison 4% --difference -5pp", "leads beyond 0%"),
        ("--comparison 40% --difference 0", "no number of people"),
        ("--comparison 40% --difference -5pp --matched 0% --ratio 0", "share_matched"),
        ("--comparison 40% --treated 0", "is below one"),
    ],
)
def test_what_cannot_be_is_refused(words: str, answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words.split()) == 2
    assert answer in capsys.readouterr().err


@pytest.mark.parametrize(
    ("plan", "effect", "words"),
    [
        (Plan(2.0, sd=float("inf")), 0.5, 'sd "inf": is not a number above zero'),
        (Plan(0.4, ratio=float("inf")), -0.1, 'ratio "inf": is not a number above zero'),
        (Plan(0.4, design_effect=float("inf")), -0.1, 'design_effect "inf": is not a number from 1 up'),
        (Plan(2.0, sd=1.0), float("inf"), 'difference "inf": is not a number'),
        (Plan(2.0, sd=1.0), float("nan"), 'difference "nan": is not a number'),
    ],
)
def test_a_plan_without_end_is_refused(plan: Plan, effect: float, words: str) -> None:
    with pytest.raises(Refused, match=words):
        people_needed(plan, effect)
