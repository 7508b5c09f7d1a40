"""LaLonde's 614 people: scores, pairs, weights, balance and effects are those of R (MatchIt 4.7.2 with sandwich)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.examples import example
from whatworks.statistics.pairs.balance import balance
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, effective_size, matched_sample
from whatworks.statistics.regression.design_matrix import design_matrix
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.score import propensity_score

COVARIATES = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
SPECS: dict[str, dict[str, Any]] = {
    "nearest": {"link": "logit"},
    "nearest_replace": {"link": "logit", "replace": True},
    "nearest_linear_caliper": {"caliper": 0.2},
    "nearest_linear_caliper_closest": {"caliper": 0.2, "m_order": "closest"},
    "nearest_linear_caliper_ratio2": {"caliper": 0.2, "ratio": 2},
    "nearest_linear_caliper_exact": {"caliper": 0.2, "exact": ["race", "married"]},
}


@dataclass(frozen=True)
class Lalonde:
    people: pl.DataFrame
    treated: np.ndarray
    oracle: dict[str, pl.DataFrame]

    def match(self, spec: str) -> tuple[np.ndarray, Pairs, Matched]:
        settings = dict(SPECS[spec])
        exact = settings.pop("exact", None)
        design = design_matrix(self.people.select(COVARIATES))
        score = propensity_score(design.matrix, design.names, self.treated, settings.pop("link", "linear.logit"))
        strata = None if exact is None else self.people.select(pl.concat_str(exact, separator="|")).to_series()
        pairs = match_on_score(score, self.treated, strata=strata, **settings)
        return score.values, pairs, matched_sample(pairs, self.treated, replace=settings.get("replace", False))


@pytest.fixture(scope="module")
def lalonde(matchit: Path) -> Lalonde:
    files = {
        name: pl.read_csv(matchit / f"lalonde{name}", infer_schema_length=None, null_values=["NA"])
        for name in ("-pairs.csv.gz", "-weights.csv.gz", "-balance.csv.gz", "-effects.csv")
    }
    people = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    return Lalonde(people, (people["treat"] == 1).to_numpy(), files)


@pytest.mark.parametrize("spec", SPECS)
def test_scores_and_pairs(lalonde: Lalonde, spec: str) -> None:
    values, pairs, _ = lalonde.match(spec)
    theirs = lalonde.oracle["-weights.csv.gz"].filter(spec=spec)["distance"].to_numpy()
    assert np.abs(values - theirs).max() < 1e-7  # R's glm stops at a relative deviance of 1e-8
    wanted = lalonde.oracle["-pairs.csv.gz"].filter(spec=spec)
    wanted = wanted.select(pl.col("treated_unit") - 1, pl.col("comparison_unit") - 1, "round")
    assert sorted(pairs.frame().rows()) == sorted(wanted.rows())


@pytest.mark.parametrize("spec", SPECS)
def test_weights(lalonde: Lalonde, spec: str) -> None:
    _, _, matched = lalonde.match(spec)
    theirs = lalonde.oracle["-weights.csv.gz"].filter(spec=spec)["weight"].to_numpy()
    assert np.abs(matched.weights - theirs).max() < 1e-12
    row = lalonde.oracle["-effects.csv"].row(by_predicate=pl.col("spec") == spec, named=True)
    assert (matched.used & lalonde.treated).sum() == row["n_treated"]
    assert (matched.used & ~lalonde.treated).sum() == row["n_comparison"]
    assert effective_size(matched.weights[~lalonde.treated]) <= row["n_comparison"] + 1e-9


@pytest.mark.parametrize("spec", SPECS)
def test_balance(lalonde: Lalonde, spec: str) -> None:
    values, _, matched = lalonde.match(spec)
    people = lalonde.people.select(pl.Series("distance", values), *COVARIATES)
    ours = {(row.covariate, row.level): row for row in balance(people, lalonde.treated, matched.weights)}
    checked = 0
    for theirs in lalonde.oracle["-balance.csv.gz"].filter(spec=spec).iter_rows(named=True):
        name = theirs["covariate"]
        level = name.removeprefix("`factor(race)`").removeprefix("race")
        key = (name, None) if level == name else ("race", level)
        if key not in ours:  # MatchIt repeats the exact factors under further names
            continue
        row, after = ours[key], theirs["sample"] == "sum.matched"
        means = (row.treated_after, row.comparison_after) if after else (row.treated_before, row.comparison_before)
        assert means == pytest.approx((theirs["Means.Treated"], theirs["Means.Control"]), rel=1e-6, abs=1e-9)
        smd = row.smd_after if after else row.smd_before
        assert smd == pytest.approx(theirs["Std..Mean.Diff."], rel=1e-6, abs=1e-8)
        if after:
            assert row.ks_after == pytest.approx(theirs["eCDF.Max"], abs=1e-9)
            assert row.variance_ratio_after == (
                None if theirs["Var..Ratio"] is None else pytest.approx(theirs["Var..Ratio"], rel=1e-6)
            )
        checked += 1
    assert checked >= 20


@pytest.mark.parametrize("spec", SPECS)
def test_effect_and_standard_error(lalonde: Lalonde, spec: str) -> None:
    _, _, matched = lalonde.match(spec)
    row = lalonde.oracle["-effects.csv"].row(by_predicate=pl.col("spec") == spec, named=True)
    earned = lalonde.people["re78"].to_numpy()
    kind = {"HC1": "HC1", "pair-clustered CR1": "CR1"}[row["se_kind"]]
    found = matched_effect(earned, lalonde.treated, matched, yes_no=False, se_kind=kind)
    assert found.difference == pytest.approx(row["att"], rel=1e-10)
    assert found.se == pytest.approx(row["se"], rel=1e-10)
