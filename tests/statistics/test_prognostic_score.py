"""What the comparisons lead one to expect of each person, held to statsmodels, and the scheme kept out of it."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from whatworks.evaluation import match
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.prognostic_score import prognostic_score


def test_it_is_the_prediction_of_a_regression_among_the_comparisons_alone() -> None:
    rng = np.random.default_rng(1)
    columns, treated = rng.normal(size=(300, 3)), rng.random(300) < 0.3
    outcome = columns @ [0.5, -0.2, 0.1] + rng.normal(size=300) - 5.0 * treated
    judge = sm.OLS(outcome[~treated], sm.add_constant(columns[~treated])).fit()
    found = prognostic_score(outcome, columns, ~treated)
    assert found == pytest.approx(judge.predict(sm.add_constant(columns)), abs=1e-10)
    assert prognostic_score(np.where(treated, 99.0, outcome), columns, ~treated) == pytest.approx(found)


def test_people_whose_outcome_is_not_known_get_a_score_but_do_not_shape_it() -> None:
    outcome = np.array([0.0, np.nan, 4.0, 6.0])
    found = prognostic_score(outcome, [[0.0], [1.0], [2.0], [3.0]], [True, True, True, True])
    assert found == pytest.approx([0.0, 2.0, 4.0, 6.0])


def test_columns_that_repeat_each_other_do_no_harm() -> None:
    line = np.arange(6.0)
    found = prognostic_score(2 * line, np.column_stack([line, line]), np.ones(6, dtype=bool))
    assert found == pytest.approx(2 * line)


def test_a_match_without_covariates_has_none_and_says_so() -> None:
    rng = np.random.default_rng(2)
    people = pl.DataFrame({"scheme": rng.random(300) < 0.3, "score": rng.random(300), "again": rng.random(300) < 0.5})
    found = match(people, treated="scheme", distance="score", method="radius", caliper=0.2)
    with pytest.raises(Refused, match="again: has no covariates"):
        found.prognostic("again")
