"""What an unmeasured factor and outcomes that nobody knows could do stands beside the answer, from one evaluation."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from flat_people import evaluated, people

from whatworks.evaluation import match
from whatworks.evaluation.answer.unknown_outcomes import tipping_point
from whatworks.evaluation.matching.result import Match
from whatworks.examples import example
from whatworks.papers import build, publish
from whatworks.papers.paper import Paragraph, Table
from whatworks.records.refusal import Refused
from whatworks.statistics.bias.e_value import e_value
from whatworks.statistics.groups.ratio import Ratio
from whatworks.statistics.groups.two_sample import compare_shares
from whatworks.statistics.pairs.balance import balance, lay_out


def strong(n: int = 900) -> pl.DataFrame:
    """People whom the scheme keeps from reoffending: half as many of the treated do."""
    frame, rng = people(n), np.random.default_rng(4)
    kept = rng.random(n) < np.where(frame["treated"].to_numpy() == 1, 0.5, 0.0)
    return frame.with_columns(reoffended=pl.Series(frame["reoffended"].to_numpy() * ~kept))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    return evaluated(tmp_path_factory.mktemp("doubts"), strong())


def test_hidden_bias_is_said_of_pairs_and_of_the_risk_ratio(found) -> None:  # type: ignore[no-untyped-def]
    from scipy.stats import binom

    bias = found.hidden_bias
    both, ours, theirs, neither = bias.pairs
    assert both + ours + theirs + neither == found.outcomes[0].treated.n
    # at gamma, twice the binomial tail of the discordant pairs is the level
    share = bias.gamma / (1 + bias.gamma)
    assert 2 * binom.sf(max(ours, theirs) - 1, ours + theirs, share) == pytest.approx(0.05, abs=1e-6)
    ratio = next(one for one in found.outcomes[0].ratios if one.name == "risk ratio")
    assert bias.e_value == e_value(Ratio("", ratio.value, ratio.ci_low, ratio.ci_high)).estimate


def test_it_stands_in_the_paper_and_in_the_sheets(found) -> None:  # type: ignore[no-untyped-def]
    paper = build(publish(found))
    doubts = next(section for section in paper.sections if section.name == "doubts")
    table = next(block for block in doubts.blocks if isinstance(block, Table) and block.name == "hidden-bias")
    assert [row[0] for row in table.rows][:1] == ["Rosenbaum's gamma"]
    assert any("unmeasured factor would have to" in str(row[2]) for row in table.rows)
    assert "Hidden bias" in [sheet.name for sheet in paper.sheets]


def test_gamma_is_withheld_where_a_kind_of_pair_is_few(found) -> None:  # type: ignore[no-untyped-def]
    few = found.hidden_bias.model_copy(update={"pairs": (3, 40, 80, 60)})
    bias = publish(found.model_copy(update={"hidden_bias": few})).hidden_bias
    assert bias is not None
    assert (bias.gamma, bias.gamma_sentence) == ("c", "")
    assert bias.e_value != "c"


def test_the_trial_one_would_have_run_stands_beside_what_was_done(found) -> None:  # type: ignore[no-untyped-def]
    rows = {row.component: row for row in found.target_trial}
    assert list(rows) == [
        "Eligibility", "Treatment strategies", "Assignment", "Start of follow-up", "Outcome", "Causal contrast",
        "Analysis",
    ]  # fmt: skip
    assert rows["Assignment"].ideal.startswith("By lot")
    assert "alike in Age and Sex" in rows["Assignment"].done
    paper = build(publish(found))
    tables = [block.name for section in paper.sections for block in section.blocks if isinstance(block, Table)]
    assert "target-trial" in tables and "Target trial" in [sheet.name for sheet in paper.sheets]


@pytest.mark.parametrize(
    ("comparison", "assigned", "whom", "fixed"),
    [
        ({"ratio": 2, "replace": True},
         "compared with the two people whose scores were nearest within the caliper, who could serve more than once",
         "everybody in the scheme", "The score is treated as fixed"),
        ({"method": "entropy"}, "with people weighted until their averages are the scheme group's",
         "everybody in the scheme", "The weights are treated as fixed"),
        ({"method": "cem", "cutpoints": {"age": 30}}, "with people in the same bins of every covariate",
         "those in the scheme who had a comparison", "The weights are treated as fixed"),
    ],
)  # fmt: skip
def test_the_trial_s_table_says_what_this_protocol_did(
    tmp_path: Path, comparison: dict[str, object], assigned: str, whom: str, fixed: str
) -> None:
    result = evaluated(tmp_path, people(400), comparison=comparison)
    done = {row.component: row.done for row in result.target_trial}
    assert assigned in done["Assignment"]
    assert f"The effect on {whom}" in done["Causal contrast"]
    assert fixed in done["Analysis"] and done["Analysis"].startswith("Regression in the matched sample")
    assert "known for everybody" in done["Outcome"]
    assert "fewer than" not in str(publish(result).target_trial)


def test_the_range_over_ties_holds_the_estimate_itself_and_the_ends_of_the_plain_difference(tmp_path: Path) -> None:
    """Eighty treated people of forty ages, and of each age as many comparisons who reoffended as not, more of the old.

    So the comparisons' share may be anything from 0 to 1, and the treated's is a quarter.
    """
    age = np.repeat(np.arange(20, 60), 2)
    theirs = np.concatenate([age, age[40:]])
    frame = pl.DataFrame(
        {
            "treated": np.repeat([1, 0], [80, 120]),
            "age": np.concatenate([age, theirs]),
            "reoffended": np.concatenate([np.arange(80) % 4 == 0, np.arange(120) % 2 == 0]).astype(int),
        }
    )
    result = evaluated(tmp_path, frame, comparison={"covariates": ["age"], "replace": True})
    ties, found = result.matching.tie_sensitivity, result.outcomes[0].difference
    assert ties is not None and found is not None
    assert ties.low <= found <= ties.high and ties.low < ties.high
    assert (ties.plain_low, ties.plain_high) == pytest.approx((0.25 - 1, 0.25 - 0))


def test_lalonde_s_file_gives_the_known_range_over_ties(tmp_path: Path) -> None:
    frame = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    result = evaluated(
        tmp_path, frame,
        comparison={
            "covariates": ["age", "educ", "race", "married", "nodegree", "re74", "re75"], "link": "logit",
            "caliper": float("inf"), "replace": True,
        },
        outcomes={"primary": "earned", "lower_is_better": False},
        data={"treatment": "treat", "outcomes": {"earned": {"column": "re78", "label": "Earned", "kind": "score"}}},
    )  # fmt: skip
    ties = result.matching.tie_sensitivity
    assert ties is not None and ties.plain_low is not None and ties.plain_high is not None
    assert (round(ties.plain_low), round(ties.plain_high)) == (1669, 2264)


def test_the_specification_curve_marks_the_protocol_s_choice_and_decides_nothing(found) -> None:  # type: ignore[no-untyped-def]
    first, *others = found.specifications
    assert first.chosen and not any(one.chosen for one in others)
    assert first.difference == found.outcomes[0].difference
    assert {"nearest, with replacement", "radius", "optimal pairs", "entropy balancing, means"} <= {
        one.name for one in others
    }
    assert all(one.estimand in ("ATT", "ATM") and one.band for one in found.specifications if not one.note)
    assert not any("without" in one.name for one in others), "all covariates are necessary unless the protocol says so"
    doubts = next(section for section in build(publish(found)).sections if section.name == "doubts")
    figure = next(block for block in doubts.blocks if getattr(block, "name", "") == "specification-curve")
    assert "The protocol's choice" in figure.alternative


def test_weights_that_do_not_balance_give_no_estimate_anywhere(tmp_path: Path) -> None:
    """Twenty comparisons overlap with sixty treated people, yet in seven measures no weights reach their means."""
    rng = np.random.default_rng(2)
    treated = np.arange(80) < 60
    measures = {f"m{at}": rng.normal(size=80).round(2) + 0.3 * treated for at in range(7)}
    frame = pl.DataFrame({"treated": treated.astype(int), **measures, "reoffended": rng.integers(0, 2, 80)})
    comparison = {"covariates": list(measures)}
    result = evaluated(tmp_path, frame, comparison=comparison)
    row = next(one for one in result.specifications if one.name == "entropy balancing, means")
    assert row.difference is None
    assert row.note is not None and row.note.startswith("Not possible: no weights were found")
    with pytest.raises(Refused, match="no weights were found"):
        evaluated(tmp_path, frame, comparison=comparison | {"method": "entropy", "caliper": None})


def test_only_covariates_that_are_not_necessary_are_left_out(tmp_path: Path) -> None:
    names = ["age", "sex", "district"]
    result = evaluated(tmp_path, people(400), comparison={"covariates": names, "necessary": ["age", "sex"]})
    left_out = [one.name for one in result.specifications if one.name.startswith("without")]
    assert left_out == ["without District"]


def test_none_of_it_with_replacement_has_a_gamma(tmp_path: Path) -> None:
    result = evaluated(tmp_path, people(400), comparison={"replace": True})
    assert result.hidden_bias is not None
    assert result.hidden_bias.gamma is None
    assert result.hidden_bias.e_value is not None


def test_the_tipping_point_undoes_the_verdict_just_there() -> None:
    """60 of 300 against 100 of 300, and 100 more treated unknown: at the share found the interval's end reaches 0."""
    estimate = compare_shares(60, 300, 100, 300)
    group, share = tipping_point(estimate, 0.75, 1.0)
    assert group == "treated" and share is not None
    moved = 0.75 * 0.2 + 0.25 * share - 1 / 3
    assert moved + (estimate.ci_high - estimate.difference) == pytest.approx(0)
    assert tipping_point(compare_shares(80, 300, 100, 300), 0.75, 1.0) == (None, None)


def test_unknown_outcomes_in_both_groups_have_lee_s_bounds_with_their_assumption(tmp_path: Path) -> None:
    frame = strong()
    lost = np.random.default_rng(2).random(frame.height) < np.where(frame["treated"].to_numpy() == 1, 0.25, 0.15)
    frame = frame.with_columns(reoffended=pl.when(pl.Series(lost)).then(None).otherwise(pl.col("reoffended")))
    result = evaluated(tmp_path, frame, comparison={"exact": ["district"]})
    bounds = result.outcomes[0].bounds
    assert bounds is not None and bounds.lee_low is not None and bounds.lee_high is not None
    assert bounds.low < bounds.lee_low <= bounds.lee_high < bounds.high
    assert "in one direction only" in bounds.lee_sentence
    assert bounds.tipping_group == "treated"
    shown = publish(result.model_copy(update={"minimum_count": 1}))
    said = " ".join(block.text for section in build(shown).sections for block in section.blocks
                    if isinstance(block, Paragraph))  # fmt: skip
    assert "the verdict would be lost once 66% of the unknown in the scheme group had" in said
    assert "Lee's bounds" in said


def test_the_bounds_are_the_ends_of_all_that_may_have_become_of_the_unknown(tmp_path: Path) -> None:
    """Every one of the 2^8 ways in which eight matched people may have fared is put into the file and estimated."""
    frame = people(400)
    matched = evaluated(tmp_path, frame)
    sample = match(
        frame, treated="treated", covariates=["age", "sex"], method="nearest", link="linear.logit", caliper=0.2
    )
    pairs = sample.pairs
    assert pairs is not None and matched.n.treated == pairs.height
    asked = [*pairs["treated"][:4].to_list(), *pairs["comparison"][6:10].to_list()]
    values = frame["reoffended"].to_numpy().astype(float)
    found = []
    for way in product((0.0, 1.0), repeat=len(asked)):
        values[asked] = way
        found.append(sample_effect(sample, frame, values))
    values[asked] = np.nan
    gone = frame.with_columns(reoffended=pl.Series(values).fill_nan(None).cast(pl.Int64))
    bounds = evaluated(tmp_path, gone).outcomes[0].bounds
    assert bounds is not None and (bounds.not_known_treated, bounds.not_known_comparison) == (4, 4)
    assert (bounds.low, bounds.high) == pytest.approx((min(found), max(found)), abs=1e-12)


def sample_effect(sample: Match, frame: pl.DataFrame, values: npt.NDArray[np.float64]) -> float:
    return replace(sample, frame=frame.with_columns(happened=pl.Series(values))).effect("happened").difference


def test_without_overlap_nothing_is_said_of_a_verdict_or_of_what_would_undo_it(tmp_path: Path) -> None:
    """Of 900 people all those in the scheme had been sentenced more often than any but five of the others."""
    rng = np.random.default_rng(7)
    treated = np.arange(900) < 250
    before = rng.poisson(5, 900) + np.where(treated, 14, 0)
    before[-5:] = 19
    frame = people(900).with_columns(
        treated=pl.Series(treated.astype(int)),
        before=pl.Series(before),
        reoffended=pl.Series((rng.random(900) < np.where(treated, 0.3, 0.6)).astype(int)),
    )
    lost = np.isin(np.arange(900), [3, 9, 27])
    frame = frame.with_columns(reoffended=pl.when(pl.Series(lost)).then(None).otherwise(pl.col("reoffended")))
    result = evaluated(
        tmp_path, frame, comparison={"covariates": ["age", "before"], "caliper": float("inf")},
        outcomes={"primary": "reoffended", "smallest_worthwhile": 0.05},
    )  # fmt: skip
    outcome = result.outcomes[0]
    assert result.scores is not None and result.scores.failed
    assert (outcome.verdict, outcome.p, outcome.n_needed) == (None, None, None)
    assert result.hidden_bias is None
    assert outcome.bounds is None


def test_outcomes_lost_in_one_group_only_have_no_lee_s_bounds(tmp_path: Path) -> None:
    frame = strong()
    lost = (frame["treated"].to_numpy() == 1) & (np.random.default_rng(2).random(frame.height) < 0.2)
    frame = frame.with_columns(reoffended=pl.when(pl.Series(lost)).then(None).otherwise(pl.col("reoffended")))
    bounds = evaluated(tmp_path, frame).outcomes[0].bounds
    assert bounds is not None and bounds.lee_low is None


def test_the_band_of_a_point_is_the_worst_of_the_balance_table() -> None:
    rng = np.random.default_rng(3)
    for turn in range(30):
        frame = people(120, seed=turn).with_columns(
            age=pl.when(pl.Series(rng.random(120) < 0.1)).then(None).otherwise(pl.col("age"))
        )
        treated = frame["treated"].to_numpy() == 1
        covariates = frame.select("age", "sex", "district")
        weights = rng.random(120) * (rng.random(120) < rng.random())
        rows = balance(covariates, treated, weights, green=0.1, amber=0.3)
        table = [row for row in rows if row.smd_after is not None]
        worst = max(table, key=lambda row: abs(row.smd_after or 0)).band if table else None
        assert lay_out(covariates, treated).worst(weights, green=0.1, amber=0.3) == worst
