"""Where overlap or balance fails nothing is said of an effect, in any form; a red covariate that matters weakens it."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from flat_people import evaluated

from whatworks.evaluation.result import Result
from whatworks.papers import build, publish
from whatworks.papers.disclosure.audit import publish_data_lab
from whatworks.papers.paper import Figure
from whatworks.papers.writing import summary

SPOKEN = re.compile(
    r"\b(?:\d (?:fewer|more|less)|ruled out|significant|likely (?:reduction|increase)|minus comparison,)\b", re.I
)


def apart(shift: float, effect: float = 0.0, slope: float = 0.6, n: int = 900) -> pl.DataFrame:
    """People in the scheme are `shift` standard deviations higher in `risk`, which the outcome follows by `slope`."""
    rng = np.random.default_rng(11)
    treated = np.arange(n) < n // 3
    risk = rng.normal(0, 1, n) + np.where(treated, shift, 0)
    odds = slope * risk + np.where(treated, effect, 0)
    return pl.DataFrame(
        {
            "treated": treated.astype(int),
            "risk": risk.round(3),
            "noise": rng.normal(0, 1, n).round(3),
            "reoffended": (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int),
        }
    )


def asked(folder: Path, frame: pl.DataFrame, **comparison: Any) -> Result:
    settings = {"covariates": ["risk", "noise"], "caliper": float("inf"), **comparison}
    return evaluated(folder, frame, comparison=settings)


def furthest(result: Result) -> float:
    return max(abs(row.smd_after or 0) for row in result.balance)


def test_where_balance_fails_no_form_speaks_of_an_effect(tmp_path: Path) -> None:
    result = asked(tmp_path, apart(1.0))
    assert result.scores is not None and not result.scores.failed
    assert furthest(result) > 0.25
    (outcome,) = result.outcomes
    assert (outcome.verdict, outcome.difference, outcome.ci_low, outcome.p, outcome.bounds) == (None,) * 5
    assert (result.hidden_bias, result.subgroups, result.specifications, result.sensitivity) == (None, (), (), ())
    assert result.not_comparable.startswith("Balance fails")
    release = publish(result)
    paper = build(release)
    assert not SPOKEN.search(repr(paper.sections))
    assert not SPOKEN.search(repr(publish_data_lab(result)[0].rows))
    front = [block for part in paper.sections if not part.annex for block in part.blocks]
    assert [block.name for block in front if isinstance(block, Figure)] == ["love-plot"]
    assert "What would help" in repr(front)
    assert summary(release)["outcomes"][0]["effect"]["difference"] is None


def test_a_result_that_was_written_with_an_effect_leaves_without_it(tmp_path: Path) -> None:
    result = asked(tmp_path, apart(0.1, effect=-1.5))
    assert result.outcomes[0].verdict == "significant reduction"
    failed = result.scores.model_copy(update={"failed": True}) if result.scores else None
    for way in ({"scores": failed}, {"not_comparable": "Balance fails."}):
        release = publish(result.model_copy(update=way))
        assert release.outcomes[0].verdict is None
        assert not SPOKEN.search(repr(build(release).sections))
        assert "difference" not in {figure.name for figure in build(release).figures()}


def test_a_method_that_balances_gives_the_answer_back(tmp_path: Path) -> None:
    frame = apart(1.0)
    assert asked(tmp_path, frame).outcomes[0].difference is None
    weighted = asked(tmp_path, frame, method="entropy")
    assert furthest(weighted) < 0.01
    assert weighted.outcomes[0].difference is not None


@pytest.mark.parametrize(("slope", "verdict"), [(1.2, "likely reduction"), (0.0, "significant reduction")])
def test_a_red_covariate_weakens_the_verdict_where_it_goes_with_the_outcome(
    tmp_path: Path, slope: float, verdict: str
) -> None:
    # Nearest neighbours without a caliper leave risk in the red band (beyond 10%), short of a quarter.
    result = asked(tmp_path, apart(0.8, effect=-1.6, slope=slope))
    assert 0.10 < furthest(result) <= 0.25
    (outcome,) = result.outcomes
    assert outcome.verdict == verdict
    assert outcome.red_goes_with_it == (slope > 0)
    page = repr([part for part in build(publish(result)).sections if not part.annex])
    assert ("probably lower" in page) == ("which goes with this outcome" in page) == (slope > 0)
