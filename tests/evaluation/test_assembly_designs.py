"""Each of the five measures gets the design that suits it, checked against arithmetic on made-up units."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.custody_guard import custody_guard
from whatworks.evaluation.answer.descriptive_outcomes import describe, descriptive_outcome
from whatworks.evaluation.answer.did_outcomes import did_outcome
from whatworks.evaluation.answer.matched_sample import joined_sets, match_sample
from whatworks.evaluation.evaluate import areas_of, evaluate_units
from whatworks.evaluation.question.outcome_register import outcome_named
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.whom.subgroups import interaction_p, split_units, subgroups
from whatworks.statistics.pairs.weights import Matched

N = 400


def protocol(**sections: dict[str, object]) -> Protocol:
    base: dict[str, object] = {
        "scheme": {"id": "s", "name": "s", "title": "s"},
        "comparison": {"covariates": ["age"], "caliper": None, "who": "anyone_else"},
        "outcomes": {"custody_margin_nights": 5.0, "long_sentence_margin": 0.1},
    }
    return check_protocol({**base, **sections}, "made-up.toml")


def units(**outcomes: np.ndarray) -> AnalysisSample:
    """Twins: person i of the treated and person i of the others have the same age."""
    age = np.tile(np.linspace(20, 60, N), 2)
    treated = np.repeat([True, False], N)
    people = pl.DataFrame(
        {"unit": np.arange(2 * N), "treated": treated, "person": np.arange(2 * N), "area": ["x", "y"] * N}
    )
    return AnalysisSample(
        people=people,
        covariates=pl.DataFrame({"age": age, "sex": np.tile(["female", "male"], N)}),
        outcomes=pl.DataFrame(outcomes),
        specs=(outcome_named("proven_reoffending_1y"),),
        as_at=date(2025, 6, 30),
    )


def analysis(asked: Protocol | None = None, made: AnalysisSample | None = None, **outcomes: np.ndarray) -> Analysis:
    asked, made = asked or protocol(), made or units(**outcomes)
    return Analysis(asked, made, match_sample(asked, made))


def noise(seed: int, spread: float = 1.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, spread, 2 * N)


def periods(effect: float, drift: float = 0.0) -> pl.DataFrame:
    """Seriousness 20 + 2 a period for everyone, `drift` more a period for the treated, `effect` after for them."""
    rows = []
    treated = np.repeat([1.0, 0.0], N)
    for place, period in enumerate((-4, -3, -2, -1, 1, 2)):
        value = 20 + 2 * place + drift * place * treated + effect * treated * (period > 0) + noise(place)
        rows.append(
            pl.DataFrame(
                {
                    "unit": np.arange(2 * N), "period": period, "seriousness": value, "short_sentences": value / 10,
                    "days_at_liberty": np.full(2 * N, 182.625),
                }
            )
        )  # fmt: skip
    return pl.concat(rows)


def with_periods(made: AnalysisSample, frame: pl.DataFrame) -> AnalysisSample:
    return replace(made, periods=lambda people, months: frame.filter(pl.col("unit").is_in(people["unit"].implode())))


def test_seriousness_is_a_difference_in_differences_per_year_at_liberty() -> None:
    """Half a year at liberty holds 20-odd points, so a year holds twice that; the planted change is -3 a half-year."""
    run = analysis(made=with_periods(units(), periods(effect=-3)))
    outcome = did_outcome(run, outcome_named("seriousness_1y"))
    assert outcome.design == "difference_in_differences"
    assert outcome.difference == pytest.approx(-6, abs=0.5)
    assert outcome.verdict == "significant reduction" and outcome.unit.endswith("per year at liberty")
    assert [point.after for point in outcome.periods] == [False] * 4 + [True] * 2
    assert outcome.periods[0].treated == pytest.approx(40, abs=0.5)
    names = [one.name for one in outcome.beside]
    assert "placebo difference" in names and "matched difference after the index date only" in names
    assert abs(next(one for one in outcome.beside if one.name == "placebo difference").difference or 9) < 0.6


@pytest.mark.parametrize(("says", "lower", "word"), [({}, True, "fall"), ({"lower_is_better": False}, False, "rise")])
def test_a_primary_outcome_by_differences_is_better_as_the_protocol_says(
    says: dict[str, object], lower: bool, word: str
) -> None:
    asked = protocol(outcomes={"primary": "seriousness_1y", "smallest_worthwhile": 2.0, **says})
    outcome = did_outcome(analysis(asked, with_periods(units(), periods(effect=-3))), outcome_named("seriousness_1y"))
    assert outcome.lower_is_better is lower
    assert outcome.ruled_out and f"A {word} of 2.0 severity points" in outcome.ruled_out


def test_no_verdict_where_earlier_trends_differ() -> None:
    outcome = did_outcome(analysis(made=with_periods(units(), periods(-3, drift=1))), outcome_named("seriousness_1y"))
    assert (outcome.verdict, outcome.p) == (None, None)
    assert outcome.reason_no_verdict and "earlier trends differ" in outcome.reason_no_verdict
    assert "all periods together: p <0.01." in next(one.note for one in outcome.beside if "placebo" in one.name)


@pytest.mark.parametrize(
    ("nights", "longer", "met"),
    [(0.0, 0.0, True), (6.0, 0.0, False), (0.0, 0.2, False), (4.99, 0.0, False)],
)
def test_the_guard_is_met_only_if_both_upper_limits_lie_below_their_margins(
    nights: float, longer: float, met: bool
) -> None:
    treated = np.repeat([1.0, 0.0], N)
    run = analysis(
        custody_nights_1y=30 + nights * treated + noise(1), long_sentences_1y=longer * treated + noise(2, 0.1)
    )
    guard = custody_guard(run, 12)
    assert guard.met is met
    assert guard.difference == pytest.approx(nights, abs=0.3)


def test_short_sentences_carry_the_guard() -> None:
    made = with_periods(units(custody_nights_1y=30 + noise(1), long_sentences_1y=noise(2, 0.1)), periods(-3))
    outcome = did_outcome(analysis(made=made), outcome_named("short_sentences_1y"))
    assert outcome.guard is not None and outcome.guard.met is True
    assert outcome.difference == pytest.approx(-0.6, abs=0.05)  # -0.3 a half-year
    assert outcome.guard.sentence in outcome.sentence
    assert not any(letter.isdigit() for letter in outcome.guard.sentence.replace("12 months", ""))
    assert outcome.guard.longer_low is not None and outcome.guard.longer_high is not None
    assert outcome.guard.longer_low < 0.0 < outcome.guard.longer_high < 0.1


def test_a_primary_outcome_by_differences_has_the_whole_cohort_beside_where_many_are_lost() -> None:
    made = with_periods(units(), periods(effect=-3))
    age = made.covariates["age"].to_numpy().copy()
    age[: N // 3] += 45
    made = replace(made, covariates=made.covariates.with_columns(age=pl.Series(age)))
    asked = protocol(comparison={"covariates": ["age"], "caliper": 0.1, "who": "anyone_else"})
    outcome = did_outcome(analysis(asked, made), outcome_named("seriousness_1y"))
    whole = next(one for one in outcome.beside if "whole cohort" in one.name)
    assert whole.treated is not None and whole.treated.n == N > outcome.treated.n
    assert whole.difference == pytest.approx(-6, abs=0.5)


def test_breaches_are_counted_over_the_months_under_a_requirement_only() -> None:
    """Person i of 400 has i % 3 breaches; every second person is under no requirement, the others for 10 months."""
    breaches = np.tile(np.arange(N) % 3, 2).astype(float)
    months = np.tile(np.where(np.arange(N) % 2 == 0, 10.0, 0.0), 2)
    run = analysis(breaches_1y=breaches, months_under_requirement_1y=months)
    outcome = descriptive_outcome(run, outcome_named("breaches_per_month_1y"))
    expected = sum(i % 3 for i in range(0, N, 2)) / (10 * N / 2)
    assert outcome.treated.n == N // 2 and outcome.treated.value == pytest.approx(expected)
    assert (outcome.verdict, outcome.difference, outcome.p) == (None, None, None)
    assert "not success" in (outcome.reason_no_verdict or "")


def test_needs_met_are_of_needs_at_the_outset_and_of_the_treated_only() -> None:
    run = analysis(
        needs_at_outset_health=np.tile([1.0, 1.0, 1.0, 0.0], N // 2),
        needs_met_health=np.tile([1.0, 0.0, 0.0, 0.0], N // 2),
    )
    outcome = descriptive_outcome(run, outcome_named("needs_met_health"))
    assert outcome.comparison is None
    assert outcome.treated.n == 300 and outcome.treated.events == 100
    assert outcome.treated.value == pytest.approx(1 / 3)


def test_what_is_about_reoffenders_is_withheld_where_they_are_few() -> None:
    few = np.zeros(2 * N)
    few[:29] = few[N : N + 30] = 1
    run = analysis(proven_reoffending_1y=few, days_to_first_1y=np.where(few > 0, 100.0, np.nan))
    outcome = descriptive_outcome(run, outcome_named("days_to_first_1y"))
    assert outcome.comparison is not None
    assert (outcome.treated.n, outcome.treated.value) == (29, None)
    assert (outcome.comparison.n, outcome.comparison.value) == (30, 100.0)


def test_a_description_weighs_comparisons() -> None:
    run = analysis(custody_nights_1y=np.concatenate([np.zeros(N), [10.0], np.zeros(N - 1)]))
    weights = np.concatenate([np.zeros(N), [3.0], np.ones(N - 1)])
    assert describe(run, outcome_named("custody_nights_1y"), weights).value == pytest.approx(30 / (N + 2))


def test_subgroups_find_a_difference_that_was_planted_and_no_other() -> None:
    age = np.tile(np.linspace(20, 60, N), 2)
    rng = np.random.default_rng(3)
    chance = 0.6 - 0.4 * (age < 40) * np.repeat([1, 0], N)
    made = units(proven_reoffending_1y=(rng.random(2 * N) < chance).astype(float))
    asked = protocol(subgroups={"planned": ["age < 40"], "exploratory": ["sex"]})
    made_analysis = analysis(asked, made)
    found = subgroups(made_analysis, outcome_named("proven_reoffending_1y"), split_units(made_analysis))
    by = {(one.name, one.level): one for one in found}
    assert by["Age", "under 40"].difference == pytest.approx(-0.4, abs=0.12)
    assert by["Age", "40 and over"].difference == pytest.approx(0, abs=0.12)
    assert (by["Age", "under 40"].interaction_p_adjusted or 1) < 0.001
    assert (by["Sex", "male"].interaction_p_adjusted or 0) > 0.05
    assert by["Age", "under 40"].planned and not by["Sex", "male"].planned
    assert "not a finding" in by["Sex", "male"].sentence


def test_interaction_by_hand() -> None:
    """Two effects of 0 and 3 with standard errors of 1 differ by z = 3 / sqrt(2): p 0.0339."""
    estimate = analysis(proven_reoffending_1y=(noise(1) > 0).astype(float)).effect((noise(1) > 0) * 1.0, yes_no=True)
    one, two = replace(estimate, difference=0.0, se=1.0), replace(estimate, difference=3.0, se=1.0)
    assert interaction_p([one, two]) == pytest.approx(0.0339, abs=5e-5)
    assert interaction_p([one]) is None


def test_holm_runs_over_the_outcomes_with_a_verdict() -> None:
    treated = np.repeat([1.0, 0.0], N)
    rng = np.random.default_rng(5)
    made = units(
        proven_reoffending_1y=(rng.random(2 * N) < 0.5 - 0.2 * treated).astype(float),
        frequency_1y=rng.poisson(1.0, 2 * N).astype(float),
        days_to_first_1y=np.full(2 * N, np.nan),
    )
    specs = tuple(outcome_named(name) for name in ("proven_reoffending_1y", "frequency_1y", "days_to_first_1y"))
    first, second, third = evaluate_units(protocol(), replace(made, specs=specs)).outcomes
    assert first.p is not None and second.p is not None and first.p < second.p
    assert first.p_adjusted == pytest.approx(2 * first.p)
    assert second.p_adjusted == pytest.approx(second.p)
    assert (third.p_adjusted, third.verdict) == (None, None)


def test_a_full_cohort_estimate_stands_beside_when_many_are_lost() -> None:
    """An eighth of the treated are far older than any comparison: the caliper drops them."""
    rng = np.random.default_rng(4)
    made = units(proven_reoffending_1y=(rng.random(2 * N) < 0.5).astype(float))
    age = made.covariates["age"].to_numpy().copy()
    age[: N // 8] += 45
    made = replace(made, covariates=made.covariates.with_columns(age=pl.Series(age)))
    asked = protocol(comparison={"covariates": ["age"], "caliper": 0.1, "who": "anyone_else"})
    result = evaluate_units(asked, made)
    assert result.estimand.name == "ATM" and result.estimand.treated_dropped > 0.05 * N
    assert any("whole cohort" in one.name for one in result.outcomes[0].beside)
    assert result.estimand.how_they_differ[0].dropped_mean > result.estimand.how_they_differ[0].kept_mean


def test_a_descriptive_paper_has_no_verdicts_whatever_the_data() -> None:
    treated = np.repeat([1.0, 0.0], N)
    made = units(proven_reoffending_1y=1 - treated)
    result = evaluate_units(protocol(scheme={"id": "s", "name": "s", "title": "s", "causal": False}), made)
    (outcome,) = result.outcomes
    assert (outcome.verdict, outcome.p, outcome.difference, outcome.design) == (None, None, None, "descriptive")
    assert outcome.treated.value == 0 and outcome.comparison is not None and outcome.comparison.value == 1


def test_sets_that_share_a_person_are_one_cluster() -> None:
    matched = Matched(np.array([1.0, 1, 1, 1, 1, 1, 0]), np.array([0, 0, 1, 1, 2, 2, -1]))
    joined = joined_sets(pl.Series(["a", "b", "c", "a", "d", "e", "a"]), matched)
    assert joined is not None and joined.tolist() == [0, 0, 0, 0, 2, 2, -1]


def test_differences_in_differences_by_area_have_the_exact_p_of_areas_over_everybody_eligible() -> None:
    """By hand: each area's mean change of everybody, and all 70 ways of choosing four of the eight."""
    areas = pl.Series("area", [f"t{i % 4}" for i in range(N)] + [f"c{i % 4}" for i in range(N)])
    made = with_periods(units(custody_nights_1y=30 + noise(1), long_sentences_1y=noise(2, 0.1)), periods(-0.05))
    made = replace(made, people=made.people.with_columns(areas))
    asked = protocol()
    by_area = Analysis(asked, made, match_sample(asked, made), areas=areas_of(asked, made))
    outcome = did_outcome(by_area, outcome_named("short_sentences_1y"))
    wide = periods(-0.05).pivot(on="period", index="unit", values="short_sentences").sort("unit")
    after, before = (wide.select(*(str(one) for one in names)).to_numpy() for names in ((1, 2), (-4, -3, -2, -1)))
    change = 2 * (after.mean(axis=1) - before.mean(axis=1))
    means = [change[(areas == name).to_numpy()].mean() for name in ("t0", "t1", "t2", "t3", "c0", "c1", "c2", "c3")]
    gaps = [
        np.mean([means[j] for j in chosen]) - np.mean([means[j] for j in range(8) if j not in chosen])
        for chosen in combinations(range(8), 4)
    ]
    exact = np.mean(np.abs(gaps) >= abs(gaps[0]) - 1e-12)
    assert outcome.areas is not None and outcome.areas.interval == "CR2"
    assert outcome.p is None or outcome.p == pytest.approx(exact)
    late = next(one for one in outcome.beside if one.name.startswith("matched difference after"))
    assert late.p is not None and 70 * late.p == pytest.approx(round(70 * late.p))
    assert any(one.name.startswith("person by person") for one in outcome.beside)


@pytest.mark.parametrize("method", ["nearest", "optimal"])
def test_nobody_is_matched_with_their_own_earlier_self(method: str) -> None:
    """The first person joined later: their earlier self, of the same age, is the nearest comparison there is."""
    made = units(proven_reoffending_1y=np.tile([0.0, 1.0], N))
    twice = made.people["person"].to_numpy().copy()
    twice[N] = twice[0]
    asked = protocol(comparison={"covariates": ["age"], "caliper": 0.2, "method": method})
    drawn = match_sample(asked, replace(made, people=made.people.with_columns(person=pl.Series(twice))))
    assert drawn.pairs is not None
    pairs = set(zip(drawn.pairs.treated.tolist(), drawn.pairs.comparison.tolist(), strict=True))
    assert (1, N + 1) in pairs, "twins are matched"
    assert (0, N) not in pairs
