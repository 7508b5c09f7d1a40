"""No rare level of a factor is named: it is pooled and the paper says so, or the factor is refused."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from evaluation.flat_people import evaluated, people
from whatworks.papers import publish
from whatworks.papers.writing import summary
from whatworks.records.refusal import Refused

WARDS = ["Alder"] * 150 + ["Birch"] * 120 + ["Cedar"] * 122 + ["Dogwood"] * 5 + ["Elder"] * 2 + ["Foxglove"]


def with_column(name: str, values: list[str]) -> pl.DataFrame:
    rng = np.random.default_rng(4)
    return people().with_columns(pl.Series(name, rng.permutation(values)))


@pytest.mark.parametrize(
    "sections",
    [
        {"subgroups": {"planned": ["parish"]}},
        {"comparison": {"covariates": ["age", "parish"]}},
        {"comparison": {"covariates": ["age"], "exact": ["parish"]}},
    ],
)
def test_levels_of_few_are_pooled_and_the_paper_says_so(tmp_path: Path, sections: dict[str, dict[str, object]]) -> None:
    # Dogwood 5, Elder 2 and Foxglove 1 are rare, and 8 together are still too few: the smallest ward joins them.
    frame = with_column("parish", [*WARDS[:397], "Dogwood", *WARDS[398:]])
    sections = {"comparison": {"covariates": ["age", "sex"]}, **sections}
    frame = frame.with_columns(parish=pl.col("parish").replace({"Foxglove": "Elder"}))
    result = evaluated(tmp_path, frame, **sections)
    told = json.dumps([result.model_dump(mode="json"), summary(publish(result))])
    assert "Dogwood" not in told and "Elder" not in told
    assert "Alder" in told or "exact" in str(sections)
    assert any('taken together as "other"' in warning for warning in publish(result).warnings)


def test_a_column_of_surnames_is_refused_and_no_name_is_told(tmp_path: Path) -> None:
    names = [f"Surname{at % 120}" for at in range(400)]
    for sections in ({"comparison": {"covariates": ["age", "family"]}}, {"comparison": {"exact": ["family"]}}):
        with pytest.raises(Refused) as refused:
            evaluated(tmp_path, with_column("family", names), **sections)
        assert "family" in str(refused.value) and "Surname" not in str(refused.value)


def test_levels_of_many_stay_as_they_are(tmp_path: Path) -> None:
    result = evaluated(tmp_path, people(), subgroups={"planned": ["district"]})
    assert [row.level for row in result.subgroups] == ["north", "south"]
    assert not any("taken together" in warning for warning in result.warnings)
