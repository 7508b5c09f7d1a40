"""What the paper says is what the fixture's numbers say, worked out by hand beside each expectation."""

import json
import re
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading import texts
from papers.results import ALL, descriptive, matched, randomised, small
from whatworks.evaluation.result import AttritionStep, Counts, Result
from whatworks.papers import build, publish, summary_schema, write_papers
from whatworks.papers.disclosure.rounding import half_away, p_value
from whatworks.papers.paper import Bullets, Facts, Figure, Paragraph, Table
from whatworks.papers.writing import summary
from whatworks.records.refusal import Refused


def said(result: Result, section: str) -> str:
    found = next(part for part in build(publish(result)).sections if part.name == section)
    words = []
    for block in found.blocks:
        if isinstance(block, Paragraph):
            words.append(block.text)
        if isinstance(block, Bullets):
            words += block.items
        if isinstance(block, Facts):
            words += [f"{name}: {told}" for name, told in block.pairs]
    return "\n".join(words)


def test_the_summary_of_a_significant_reduction() -> None:
    # 156/412 = 37.86% -> 38; 192/412 = 46.60% -> 47; difference -8.738 points -> 9 fewer;
    # variance .3786*.6214/412 + .4660*.5340/412 = .0011750, se 3.4279 points, interval -15.457 to -2.019 -> 15 and 2.
    words = said(matched(), "answer")
    assert "Proven reoffending within one year: lower than we would expect without the scheme." in words
    assert "With the scheme: 38 of every 100 people" in words
    assert "Without it: 47 of every 100 like people, we would expect" in words
    assert "Difference: 9 fewer in every 100\nLikely range: from 2 to 15 fewer in every 100" in words
    ruled_out = "Ruled out, with 95% confidence: reductions larger than 15.5 percentage points and any increase."
    assert ruled_out in said(matched(), "what-happened")
    assert "19 people in the scheme are left out: nobody like them was found." in said(matched(), "for-whom")


def test_the_third_verdict_cannot_be_read_as_failure() -> None:
    # Diamond, final: 156 of 368 against 136 of 327, Wald 95% -6.549 to 8.152 points (methods page, section 5).
    result = matched()
    primary = result.outcomes[0].model_copy(
        update={
            "treated": result.outcomes[0].treated.model_copy(update={"n": 368, "events": 156, "value": 156 / 368}),
            "comparison": result.outcomes[0].treated.model_copy(update={"n": 327, "events": 136, "value": 136 / 327}),
            "difference": 156 / 368 - 136 / 327,
            "ci_low": -0.06549,
            "ci_high": 0.08152,
            "p": 0.83089,
            "verdict": "more people needed",
            "smallest_detectable": 0.1051,
        }
    )
    only = result.model_copy(update={"outcomes": (primary,)})
    words = said(only, "answer")
    assert "we cannot tell yet. It takes more people to say whether the scheme made a difference." in words
    assert "This does not show that the scheme works. It does not show that it fails." in words
    # 42.39% -> 42, 0.80 points -> 1, so 41 are expected without the scheme: the three subtract.
    assert "With the scheme: 42 of every 100 people" in words
    assert "Without it: 41 of every 100 like people, we would expect" in words
    assert "Difference: 1 more in every 100\nLikely range: from 7 fewer to 8 more in every 100" in words
    told = said(only, "what-happened")
    assert "reductions larger than 6.5 percentage points and increases larger than 8.2 percentage points" in told


def test_an_end_that_rounds_to_nought_keeps_its_side() -> None:
    # Rossi: 22.2% v 30.6%, interval -16.645 to -0.022 points.
    words = said(randomised(), "answer")
    assert "With the scheme: 22 of every 100 people" in words
    assert "Without it: 30 of every 100 like people, we would expect" in words  # 22 and 8
    assert "Difference: 8 fewer in every 100\nLikely range: from less than 1 to 17 fewer in every 100" in words


def test_an_exploratory_or_late_lock_is_said_at_the_top() -> None:
    assert build(publish(randomised())).notice.startswith("Exploratory.")
    assert build(publish(small())).notice.startswith("Locked after outcomes were seen.")
    assert build(publish(matched())).notice == ""


def test_a_paper_that_may_not_be_causal_has_no_verdict_and_no_difference() -> None:
    # An outcome that the evaluation itself would have judged: the protocol's causal = false outweighs it.
    result = descriptive()
    judged = result.outcomes[0].model_copy(
        update={"design": "matched", "verdict": "significant increase", "difference": 0.142, "ci_low": 0.128,
                "ci_high": 0.156, "p": 0.0001, "ruled_out": "any reduction"}
    )  # fmt: skip
    release = publish(result.model_copy(update={"outcomes": (judged,)}))
    paper = build(release)
    assert release.outcomes[0].verdict is None
    assert "No answer" in said(result, "answer")
    sections = {part.name for part in paper.sections}
    assert not sections & {"could-it-tell", "subgroups", "doubts"}
    everything = repr(paper.sections)
    assert "significant" not in everything
    assert "14.2" not in everything
    assert "Overlap fails" in said(result, "like-for-like")


def test_withheld_findings_say_why() -> None:
    assert "so few people are behind them" in said(small(), "answer")
    assert "Some people in the scheme are left out" in said(small(), "for-whom")


def test_a_fall_whose_guard_is_not_met_is_not_called_a_success() -> None:
    assert "sentences under 12 months (no success: its condition is not met)" in said(matched(), "answer")
    assert "The guard is not met." in said(matched(), "what-happened")


def test_a_finding_that_the_number_of_outcomes_undoes_says_so() -> None:
    # Holm over three p-values 0.001, 0.044, 0.24: 0.003, 2 * 0.044 = 0.088, 0.24. Only the second is undone.
    chance = "Allowing for the number of outcomes, chance could have produced this: "
    base = matched()
    one = next(outcome for outcome in base.outcomes if not outcome.primary and outcome.verdict)

    def line(**update: float | bool) -> str:
        result = base.model_copy(update={"outcomes": (base.outcomes[0], one.model_copy(update=update))})
        return said(result, "what-happened")

    assert chance in line(p=0.044, p_adjusted=0.088)
    # Rounding decides nothing: 0.0504 and 0.0496 both print as 0.05.
    assert chance in line(p=0.0496, p_adjusted=0.0504)
    assert chance not in line(p=0.0496, p_adjusted=0.0496)
    assert chance not in line(p=0.0504, p_adjusted=0.0504)
    assert chance not in line(p=0.001, p_adjusted=0.003)


def test_a_paper_without_verdict_never_speaks_of_an_effect() -> None:
    base = descriptive()
    result = base.model_copy(
        update={
            "estimand": base.estimand.model_copy(
                update={"name": "ATT", "sentence": "The effect on the people treated (ATT)."}
            ),
            "outcomes": tuple(
                one.model_copy(update={"sentence": "37% against 23%. No effect of the scheme can be read from this."})
                for one in base.outcomes
            ),
        }
    )
    for form, words in {**texts(result), "json": json.dumps(summary(publish(result)))}.items():
        found = re.sub(r'"effect":', "", words)
        assert not re.search(r"\beffects?\b|\bATT\b", found, re.IGNORECASE), form


def test_a_difference_in_differences_shows_changes_and_says_so() -> None:
    table = next(
        block
        for part in build(publish(matched())).sections
        for block in part.blocks
        if isinstance(block, Table) and block.name == "outcomes"
    )
    design = {one.label: one.design for one in matched().outcomes}
    for row in table.rows:
        name = str(row[0]).removesuffix(": change").removesuffix(" (primary)")
        assert str(row[0]).endswith(": change") == (design[name] == "difference_in_differences")
    assert any("each group's value is its own change from before to after" in note for note in table.notes)


def trail(*counts: tuple[int, int | None], reasons: tuple[str | None, ...]) -> Result:
    """Return the matched result with another trail: 586 analysed, from a pool of 2,893."""
    base = matched()
    return base.model_copy(
        update={
            "attrition": tuple(
                AttritionStep(step=f"Step {'ABCDEFGH'[at]}", reason=reason, treated=treated, comparison=comparison)
                for at, ((treated, comparison), reason) in enumerate(zip(counts, reasons, strict=True))
            ),
            "n": Counts(treated=586, comparison=586, comparison_pool=2893, effective_comparison=586.0),
            "estimand": base.estimand.model_copy(update={"treated_dropped": 6, "how_they_differ": ()}),
        }
    )


def test_steps_that_show_nothing_stand_on_one_line_between_the_counts_shown() -> None:
    # 592 cannot be shown beside 586 analysed (6 dropped), so 611 - 586 = 25 are lost between, as any reader can
    # subtract; steps B, C and D show no count of either group.
    result = trail(
        (611, None), (592, None), (592, None), (592, 2935), (592, 2893), (586, 586),
        reasons=(None, "not linked", None, None, "not linked", "nobody near enough"),
    )  # fmt: skip
    steps = summary(publish(result))["attrition"]
    assert [(step["withheld_steps"], step["step"]) for step in steps] == [
        ([], "Step A"), (["Step B", "Step C"], "Step D"), ([], "Step E"), ([], "Step F"),
    ]  # fmt: skip
    assert [step["reason"] for step in steps] == [None, "not linked", "not linked", "nobody near enough"]
    assert [(step["treated"], step["treated_lost"]) for step in steps] == [
        (611, None), ("c", "c"), ("c", "c"), (586, 25),
    ]  # fmt: skip
    assert [(step["comparison"], step["comparison_lost"]) for step in steps] == [
        (None, None), (2935, None), (2893, 42), (586, 2307),
    ]  # fmt: skip
    part = next(part for part in build(publish(result)).sections if part.name == "lost")
    figure = next(block for block in part.blocks if isinstance(block, Figure))
    drawn = str(figure.draw())
    assert "25 lost in all" in drawn
    assert "[c]" not in drawn
    assert "Step F: scheme 586 (25 lost in all), comparison 586 (2,307 lost)" in figure.alternative
    table = next(block for block in part.blocks if isinstance(block, Table))
    assert table.rows[1][0] == "Step B; Step C; Step D"
    assert table.rows[3][3] == "25 in all"


def test_sections_stand_in_the_order_of_a_board_paper() -> None:
    assert [part.name for part in build(publish(matched())).sections] == [
        "scheme", "question", "answer", "trust", "for-whom", "cost", "options",
        "like-for-like", "what-happened", "lost", "could-it-tell", "subgroups", "search",
        "doubts", "caveats", "method", "provenance",
    ]  # fmt: skip


@pytest.mark.parametrize("case", ALL)
def test_the_summary_keeps_to_the_schema_that_ships(case: str) -> None:
    shipped = json.loads((files("whatworks.papers") / "summary.schema.json").read_text())
    assert shipped == summary_schema()
    jsonschema.Draft202012Validator(shipped).validate(summary(publish(ALL[case]())))


def test_rounding_is_the_data_labs() -> None:
    # 42.5% prints 43 (methods page, 3a); 17/40 = 0.425 exactly in decimal, just off it in binary.
    assert [str(half_away(17 / 40, 0, 100)), str(half_away(-0.425, 0, 100))] == ["43", "-43"]
    assert [str(half_away(0.05, 0)), str(half_away(2.675, 2)), str(half_away(-2.5, 0))] == ["0", "2.68", "-3"]
    assert [p_value(p) for p in (0.0, 0.0099, 0.01, 0.0449, 0.045, 1.0)] == [
        "<0.01",
        "<0.01",
        "0.01",
        "0.04",
        "0.05",
        "1.00",
    ]


@given(st.integers(-10_000, 10_000), st.integers(0, 2))
def test_rounding_is_odd_and_moves_by_half_a_place_at_most(thousandths: int, places: int) -> None:
    value = thousandths / 1000
    rounded = half_away(value, places)
    assert half_away(-value, places) == -rounded
    assert abs(float(rounded) - value) <= 0.5 * 10**-places + 1e-9


def test_an_unknown_form_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(Refused, match="is not a form of paper"):
        write_papers(matched(), Path(str(tmp_path)) / "out", forms=["rtf"])  # type: ignore[list-item]
    assert not (Path(str(tmp_path)) / "out").exists()
