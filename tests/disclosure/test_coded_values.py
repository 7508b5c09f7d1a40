"""A sex written 1 and 2 is a share of people in disguise: its mean tells no handful."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper
from whatworks.evaluation.result import BalanceRow, DroppedDifference, Means
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.evaluation.sample import sample_result
from whatworks.papers.evaluation.sections.estimand import published_estimand

HOW = 'method = "none"\ncovariates = ["age", "sex"]'


def people(few: int, low: int, high: int) -> pl.DataFrame:
    """Return 60 people of a scheme, of whom `few` have the high code, and 240 others, of whom 120 have it."""
    rng = np.random.default_rng(few)
    codes = np.repeat([high, low, high, low], [few, 60 - few, 120, 120])
    return pl.DataFrame(
        {
            "number": np.arange(300),
            "treated": np.repeat([1, 0], [60, 240]),
            "age": rng.integers(18, 60, 300),
            "sex": codes,
            "held": (rng.random(300) < 0.4).astype(int),
        }
    )


def row(summary: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in summary["balance"] if one["covariate"].casefold() == "sex")
    return found


@pytest.mark.parametrize(("few", "low", "high"), [(3, 1, 2), (56, 1, 2), (7, 5, 9), (2, 2, 3)])
def test_a_mean_of_two_codes_tells_no_handful(tmp_path: Path, few: int, low: int, high: int) -> None:
    told = row(paper(tmp_path, "coded", people(few, low, high), HOW))
    assert {told[name] for name in ("treated", "comparison_before", "smd_before")} == {"c"}


def test_a_mean_of_many_is_told(tmp_path: Path) -> None:
    assert row(paper(tmp_path, "coded", people(30, 1, 2), HOW))["treated"] == 1.5


def test_those_without_a_comparison_are_not_told_by_codes_either() -> None:
    """Of 12 people dropped a mean of 1.25 is of three 2s: (1.25 - 1) x 12."""
    result = sample_result()
    means = Means(treated_before=1.5, comparison_before=1.5, treated_after=1.5, comparison_after=1.5)
    nothing: dict[str, Any] = dict.fromkeys(("smd_before", "smd_after", "variance_ratio_after", "ks_after", "band"))
    coded = BalanceRow(covariate="Sex code", means=means, two_values=(1.0, 2.0), **nothing)
    differs = DroppedDifference(covariate="Sex code", kept_mean=1.5, dropped_mean=1.25, smd=-0.5)
    estimand = result.estimand.model_copy(update={"treated_dropped": 12, "how_they_differ": (differs,)})
    few = result.model_copy(update={"balance": (*result.balance, coded), "estimand": estimand})
    assert published_estimand(few, Nested(10)).how_they_differ == ()
    uncoded = few.model_copy(update={"balance": result.balance})
    assert len(published_estimand(uncoded, Nested(10)).how_they_differ) == 1
