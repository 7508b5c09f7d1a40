"""Matching that makes groups less alike is said first; factors that are always exact are loosened with a reason."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from flat_people import evaluated, people, protocol
from test_assembly_cohort import Scheme

from whatworks.evaluation.doubts.caveats import LESS_ALIKE
from whatworks.papers import publish
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.records.refusal import Refused


def two_districts() -> pl.DataFrame:
    """All 60 treated live in the north, where the 60 others are twenty years younger; 300 like them live in the south.

    Before matching, by arithmetic, the others' mean age is (60 * 30 + 300 * 50) / 360 = 46.7 against 50; within the
    north it is 30.
    """
    rng = np.random.default_rng(3)
    age = np.concatenate([rng.integers(40, 61, 60), rng.integers(20, 41, 60), rng.integers(40, 61, 300)])
    north = np.arange(420) < 120
    return pl.DataFrame(
        {
            "treated": (np.arange(420) < 60).astype(int),
            "age": age,
            "district": pl.Series(["north" if one else "south" for one in north]),
            "reoffended": rng.integers(0, 2, 420),
        }
    )


def test_it_is_said_first_and_where_the_balance_stands(tmp_path: Path) -> None:
    asked = {"covariates": ["age"], "exact": ["district"], "caliper": float("inf")}
    result = evaluated(tmp_path, two_districts(), comparison=asked)
    [row] = [row for row in result.balance if row.level is None]
    assert abs(row.smd_after or 0) > abs(row.smd_before or 0)
    assert result.warnings[0] == LESS_ALIKE
    release = publish(result)
    assert release.warnings[0] == LESS_ALIKE
    assert getattr(likeness(release).blocks[0], "text", None) == LESS_ALIKE


def test_it_is_not_said_where_matching_helps(tmp_path: Path) -> None:
    wide = evaluated(tmp_path, two_districts(), comparison={"covariates": ["age"]})
    assert LESS_ALIKE not in wide.warnings
    assert LESS_ALIKE not in evaluated(tmp_path, people(), comparison={"covariates": ["age", "sex"]}).warnings


def test_a_loosened_factor_is_exact_no_longer() -> None:
    town = Scheme()
    town.released("A", "2022-03-01")
    town.joined("A", "2022-03-01")
    town.released("B", "2022-08-02", area="E2")
    assert town.found().strata == ("kind", "quarter")
    assert town.found(comparison={"loosen": {"quarter": "few releases"}}).strata == ("kind",)
    both = {"loosen": {"quarter": "few releases", "kind": "one sort of help"}}
    assert town.found(comparison=both).strata == ()


@pytest.mark.parametrize(
    ("loosen", "words"),
    [({"quarter": ""}, "empty"), ({"quarter": " "}, "empty"), ({"year": "why"}, "quarter"), (["quarter"], "section")],
)
def test_what_is_loosened_has_a_name_and_a_reason(loosen: object, words: str) -> None:
    with pytest.raises(Refused) as refused:
        protocol(comparison={"loosen": loosen}, data={"source": "partnership"})
    assert "comparison.loosen" in str(refused.value)
    assert words in str(refused.value)


def test_a_flat_file_has_nothing_to_loosen() -> None:
    with pytest.raises(Refused, match=r"comparison.loosen is about a partnership's records"):
        protocol(comparison={"loosen": {"quarter": "few releases"}})


@pytest.mark.parametrize(
    ("key", "value"),
    [("minimum_age", 21), ("last_index", "2023-01-31"), ("exclusions", ["women"]), ("clock", "scheme_start")],
)
def test_a_flat_file_has_nobody_to_choose_among(key: str, value: object) -> None:
    with pytest.raises(Refused, match=rf"cohort.{key} would choose among a partnership's records"):
        protocol(cohort={key: value})
    assert protocol(cohort={"population": "people released", "minimum": 40}).cohort.minimum == 40


def test_a_flat_file_says_itself_who_compares() -> None:
    with pytest.raises(Refused, match=r"comparison.who would choose among a partnership's records"):
        protocol(comparison={"who": "other_areas"})
