"""A protocol may ask for any way of matching; LaLonde's survey people then come near to what his trial found."""

import tomllib
from importlib.resources import files
from pathlib import Path

import causaldata
import numpy as np
import pandas as pd
import polars as pl
import pytest

from whatworks.evaluation import Match, evaluate_flat, match, read_flat
from whatworks.evaluation.evaluate import settings_of
from whatworks.evaluation.matching.methods.declared import METHODS, Method
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.question.comparison import Comparison
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import Result
from whatworks.papers.evaluation.sections.method import words_of
from whatworks.records.refusal import Refused

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


def held_to(result: Result, made: Match) -> None:
    """Hold a result to a match: the effect, or where the groups are too unlike for any, how unlike they are."""
    names = made.balance(list(made.adjusted_for)).iter_rows(named=True)
    theirs = sorted(row["smd_after"] for row in names if row["covariate"] not in made.asked.exact)
    ours = sorted(row.smd_after or 0.0 for row in result.balance)
    assert len(ours) >= len(theirs) and all(min(abs(each - smd) for each in ours) < 1e-6 for smd in theirs)
    unlike = max(map(abs, theirs)) > 0.25
    assert unlike == bool(result.not_comparable)
    effect = made.effect("re78").difference
    assert result.outcomes[0].difference == (None if unlike else pytest.approx(effect, rel=1e-9))


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("nearest", {"caliper": 0.2}),
        ("radius", {"caliper": 0.05}),
        ("cem", {"cutpoints": {"age": 4, "educ": [12.0], "re74": "q4", "re75": "q4"}}),
        ("exact", {"covariates": ["black", "hisp", "none74", "none75"]}),
        ("subclass", {"subclass": 5}),
        ("full", {"caliper": 0.1, "exact": ["black", "hisp", "none74", "none75"]}),
        ("inverse_probability", {"link": "logit"}),
        ("nearest", {"caliper": 0.2, "discard": "both"}),
        ("nearest", {"caliper": 0.2, "replace": True, "reuse_max": 2}),
        ("nearest", {"caliper": 0.2, "mahalanobis": ["age", "educ"]}),
        ("nearest", {"distance": "mahalanobis", "caliper": None}),
        ("nearest", {"distance": "re75", "caliper": 0.2}),
    ],
)
def test_a_protocols_way_is_that_of_match(survey: Path, method: str, settings: dict[str, object]) -> None:
    result = evaluated(survey, method=method, **settings)
    words = {"covariates": EXAMPLE["comparison"]["covariates"], "link": "linear.logit", "method": method, **settings}
    words |= {"m_order": "largest"} if method == "nearest" else {}
    found = match(pl.read_csv(survey, infer_schema_length=None), treated="treat", **words)
    treated, comparison = (found.counts().filter(group=group)["matched"].item() for group in ("treated", "comparison"))
    assert (result.n.treated, result.n.comparison) == (treated, comparison)
    held_to(result, found)
    if method == "full":  # errors are clustered on the sets in which everybody stands
        by_set = found.effect("re78", se_kind="CR3")
        ends = by_set.ci_low, by_set.ci_high
        assert (result.outcomes[0].ci_low, result.outcomes[0].ci_high) == pytest.approx(ends, rel=1e-9)
    assert result.matching.method == method
    if method != "nearest":
        assert result.matching.tie_sensitivity is None


def test_calipers_on_covariates_are_in_their_own_units(survey: Path) -> None:
    result = evaluated(survey, method="nearest", caliper=0.2, calipers={"age": 3.0})
    found = match(
        pl.read_csv(survey, infer_schema_length=None),
        treated="treat",
        covariates=EXAMPLE["comparison"]["covariates"],
        link="linear.logit",
        m_order="largest",
        caliper={"distance": 0.2, "age": 3.0},
        std_caliper={"age": False},
    )
    held_to(result, found)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"method": "radius", "mahalanobis": ["age"]}, "mahalanobis does not belong to method radius"),
        ({"method": "entropy", "discard": "both"}, "discard does not belong to method entropy"),
        ({"method": "cem", "distance": "age"}, "distance does not belong to method cem"),
        ({"method": "inverse_probability", "exact": ["black"]}, "method inverse_probability has no exact factors"),
        ({"method": "nearest", "distance": "height"}, 'neither "glm", "mahalanobis" nor one of the covariates'),
        ({"method": "nearest", "reuse_max": 2}, "reuse_max needs replace = true"),
        ({"method": "nearest", "calipers": {"age": 0.0}}, "greater than zero"),
        ({"method": "overlap"}, "'inverse_probability' or 'none'"),
    ],
)
def test_settings_that_a_method_does_not_have_are_refused(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Comparison.model_validate({"covariates": ["age"], **settings})


def test_a_way_added_from_outside_is_one_declaration(survey: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody counts once: the difference is the naive one, 185 men of the trial against all of the survey."""

    def everybody(job: Job) -> Found:
        return Found(np.ones(len(job.treated)))

    way = Method(
        "everybody", everybody, "covariates", ("ATT",), (), describes="nobody is left out", done="compared with all",
        board="Everybody was compared with everybody.",
    )  # fmt: skip
    monkeypatch.setitem(METHODS, "everybody", way)
    people = pl.read_csv(survey, infer_schema_length=None)
    found = match(people, treated="treat", covariates=["age"], method="everybody")
    naive = people.group_by("treat").agg(pl.col("re78").mean()).sort("treat")["re78"].diff()[1]
    assert found.effect("re78", adjusted=False).difference == pytest.approx(naive, rel=1e-12)
    assert words_of("everybody") == "Everybody was compared with everybody."
    assert settings_of(Comparison.model_construct(method="everybody")) == ("distance", "link", "missing")
    with pytest.raises(Refused, match=r"belongs to method nearest, radius, optimal or full, not to everybody"):
        match(people, treated="treat", covariates=["age"], method="everybody", caliper=0.1)
