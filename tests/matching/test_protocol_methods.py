"""A protocol may ask for any way of matching; LaLonde's survey people then come near to what his trial found."""

import tomllib
from importlib.resources import files
from pathlib import Path

import causaldata
import pandas as pd
import polars as pl
import pytest

from whatworks.evaluation import evaluate_flat, match, read_flat
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import Result

EXAMPLE = tomllib.loads(files("whatworks.examples").joinpath("lalonde-cps.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    trial, people = causaldata.nsw_mixtape.load_pandas().data, causaldata.cps_mixtape.load_pandas().data
    both = pd.concat([trial[trial.treat == 1], people])
    path = tmp_path_factory.mktemp("lalonde") / "lalonde-cps.csv"
    both.assign(none74=(both.re74 == 0) * 1, none75=(both.re75 == 0) * 1).to_csv(path, index=False)
    return path


def evaluated(survey: Path, **comparison: object) -> Result:
    content = {**EXAMPLE, "comparison": {**EXAMPLE["comparison"], **comparison}}
    return evaluate_flat(Protocol.model_validate(content), read_flat(survey))


def test_the_example_lies_within_the_experiments_interval(survey: Path) -> None:
    # The trial's 95% interval is 479 to 3,109 dollars; the naive difference is -8,498.
    result = evaluated(survey)
    assert 479 < result.outcomes[0].difference < 3109
    assert result.n.treated == 185 and result.n.comparison == 15992
    assert all(abs(row.smd_after or 0) < 1e-4 for row in result.balance)
    assert any("explode" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("nearest", {"caliper": 0.2}),
        ("radius", {"caliper": 0.05}),
        ("cem", {"cutpoints": {"age": 4, "educ": [12.0], "re74": "q4", "re75": "q4"}}),
        ("exact", {"covariates": ["black", "hisp", "none74", "none75"]}),
    ],
)
def test_a_protocols_way_is_that_of_match(survey: Path, method: str, settings: dict[str, object]) -> None:
    result = evaluated(survey, method=method, **settings)
    words = {"covariates": EXAMPLE["comparison"]["covariates"], "link": "linear.logit", "method": method, **settings}
    found = match(pl.read_csv(survey, infer_schema_length=None), treated="treat", **words)
    treated, comparison = (found.counts().filter(group=group)["matched"].item() for group in ("treated", "comparison"))
    assert (result.n.treated, result.n.comparison) == (treated, comparison)
    assert result.outcomes[0].difference == pytest.approx(found.effect("re78").difference, rel=1e-9)
    assert result.matching.method == method
    if method != "nearest":
        assert result.matching.tie_sensitivity is None
