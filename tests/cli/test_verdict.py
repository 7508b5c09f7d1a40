"""`whatworks verdict` gives the Diamond answer, and refuses what rates without people cannot say."""

import json

import pytest

from whatworks.cli.app import build, explain
from whatworks.evaluation.question.compare_rates import compare_rates, parse_rate
from whatworks.records.refusal import Refused


def run(*words: str) -> int:
    """Run a command as the console script does; return the exit status."""
    try:
        build()(["verdict", *words], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def test_the_diamond_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--treated", "156/368", "--comparison", "136/327") == 0
    said = capsys.readouterr().out
    for published in (
        "more people needed", "42.4%", "41.6%", "+0.801", "-6.549 to +8.152", "-6.528 to +8.096", "0.83089",
        "0.83116", "1.01926", "1.03344", "10.51",
    ):  # fmt: skip
        assert published in said, published
    assert "not evidence that the scheme made no difference" in said


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    run("--treated", "156/368", "--comparison", "136/327", "--json")
    out = capsys.readouterr().out
    answer = json.loads(out)
    assert answer["verdict"] == "more people needed"
    assert round(answer["answer"]["estimate"]["difference"], 5) == 0.00801


def test_rates_without_people_are_refused_with_the_number_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--treated", "46.3%", "--comparison", "45.3%") == 2
    said = capsys.readouterr()
    assert "38,964 people in each group" in said.err and said.out == ""


def test_a_national_rate_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--treated", "156/368", "--national", "61.1%") == 2
    said = capsys.readouterr().err
    assert "never compared with a national rate" in said and "45.3%" in said


@pytest.mark.parametrize("text", ["46.3", "0.463", "12/0", "13/12", "101%", "-3%", "many"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"treated .* is not a rate"):
        parse_rate(text, "treated")


@pytest.mark.parametrize(
    ("treated", "comparison", "verdict"),
    [
        ("22/72", "4250/10000", "significant reduction"),  # Justice Data Lab, Blue Sky: 1 to 23 points fewer
        ("48/216", "66/216", "significant reduction"),  # TARP: pooled z p 0.0494
        ("66/216", "48/216", "significant increase"),
        ("47/216", "64/216", "more people needed"),  # one fewer on each side: p 0.061
    ],
)
def test_verdicts(treated: str, comparison: str, verdict: str) -> None:
    assert compare_rates(treated, comparison).decision.verdict == verdict


@pytest.mark.parametrize("rates", [("0/50", "0/60"), ("50/50", "60/60"), ("1/1", "0/1")])
def test_rates_without_any_spread_claim_no_power(rates: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    # p (1 - p) is zero on both sides: a standard error of zero would have said that a change of 0.00 shows.
    assert run("--treated", rates[0], "--comparison", rates[1]) == 0
    said = capsys.readouterr().out
    assert (
        "everybody fared alike" in said and "could tell (80% power)" not in said and "people in each group" not in said
    )
    assert compare_rates(*rates).needed_per_arm is None
