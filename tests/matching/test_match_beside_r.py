"""Forty made-up people matched in R (MatchIt 4.5.1 under R 4.2.2) and here: partners, weights and balance are the same.

That version cuts the gap of two scores down to a whole number on some systems, so that these scores are whole numbers.
"""

from typing import Any

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation import match

I = np.arange(40)  # noqa: E741
PEOPLE = pl.DataFrame(
    {
        "scheme": ((I * 11) % 5 < 2).astype(int),
        "age": 18 + (I * 7) % 23,
        "prev": (I * I) % 6,
        "need": ((I * 37) % 41) / 10,
        "sex": np.where(I % 3 == 0, "F", "M"),
        "score": ((I * 13) % 37) * 1000 + I,
    }
)
WORDS: dict[str, Any] = {"treated": "scheme", "covariates": ["age", "prev", "need", "sex"]}
AGE_AND_SCORE = {"caliper": {"distance": 0.5, "age": 4}, "std_caliper": {"age": False}}


@pytest.mark.parametrize(
    ("asked", "partners"),
    [
        ({}, "3 18 22 23 27 28 12 33 37 38 8 9 13 14 32 19"),
        ({"ratio": 2, "caliper": 0.5}, "3 18 22/2 23 27/24 28/17 12 33 37 38/4 8/39 9 13/7 14/34 32/29 19"),
        (AGE_AND_SCORE, "23 18 22 3 7 28 12 13 37 38 8 9 27 14 32 19"),
        ({"reuse_max": 2}, "37 38 22 23 27 28 32 33 37 38 8 9 13 14 18 19"),
        ({"replace": True}, "37 38 22 23 27 28 32 33 37 38 8 9 13 14 18 19"),
        ({"mahalanobis": ["age", "need"], "caliper": 0.5}, "23 4 28 29 27 14 38 39 37 24 2 3 7 34 12 13"),
        ({"discard": "both"}, "- 18 39 23 27 8 12 33 37 38 22 9 13 28 32 19"),
        (
            {"estimand": "ATC", "replace": True},
            "36 20 21 10 25 26 15 30 31 31 35 36 5 6 21 10 11 26 15 16 31 0 1 5",
        ),
    ],
)
def test_everybody_has_the_partners_that_r_gives(asked: dict[str, Any], partners: str) -> None:
    pairs = match(PEOPLE, **{**WORDS, "distance": "score", **asked}).pairs
    assert pairs is not None
    turned = asked.get("estimand") == "ATC"
    one, other = ("comparison", "treated") if turned else ("treated", "comparison")
    rows = PEOPLE.with_row_index().filter(scheme=0 if turned else 1)["index"].to_list()
    found = [pairs.filter(pl.col(one) == row).sort("round")[other].to_list() for row in rows]
    assert " ".join("/".join(map(str, each)) or "-" for each in found) == partners


@pytest.mark.parametrize(
    ("asked", "weights"),
    [
        ({"method": "cem", "covariates": ["prev", "sex"], "cutpoints": {"prev": 0}}, [
            1, 1, 2 / 3, 0.6, 2 / 3, 1, 1, 1.28571428571429, 2 / 3, 0.6, 1, 1, 2, 1.28571428571429, 2 / 3, 1, 1,
            1.28571428571429, 2, 1.28571428571429,
        ]),
        ({"method": "exact", "covariates": ["sex", "prev"], "estimand": "ATE"}, [
            0.7, 0.866666666666667, 0.866666666666667, 0.84, 0.866666666666667, 0.866666666666667, 0.7,
            1.11428571428571, 0.866666666666667, 0.84, 1.3, 0.866666666666667, 1.4, 1.11428571428571,
            0.866666666666667, 1.4, 1.3, 1.11428571428571, 1.4, 1.11428571428571,
        ]),
        ({"method": "cem", "estimand": "ATE", "cutpoints": 2}, [
            0, 0.811594202898551, 0, 0.782608695652174, 0, 0.811594202898551, 1.21739130434783, 0, 1.17391304347826, 0,
            0.91304347826087, 0.811594202898551, 0.782608695652174, 1.56521739130435, 0, 1.21739130434783,
            1.21739130434783, 0, 0.782608695652174, 0,
        ]),
        ({"distance": "score", "replace": True}, [
            1, 1, 0, 0, 0, 1, 1, 0, 0.875, 0.875, 1, 1, 0, 0.875, 0.875, 1, 1, 0, 0.875, 0.875,
        ]),
    ],
)  # fmt: skip
def test_the_first_twenty_weigh_as_in_r(asked: dict[str, Any], weights: list[float]) -> None:
    assert match(PEOPLE, **{**WORDS, **asked}).weights[:20] == pytest.approx(weights, abs=1e-12)


SHOWN = ["smd_before", "variance_ratio_before", "ks_before", "smd_after", "variance_ratio_after", "ks_after"]


@pytest.mark.parametrize(
    ("asked", "name", "shown"),
    [
        ({"distance": "score", "replace": True}, "distance", [
            -0.15192114745676574, 0.995519247267094, 0.125, 0.0107626614199276, 0.951943692507003, 0.0625]),
        ({"distance": "score", "replace": True}, "age", [
            -0.03440511766019877, 1.187677261613692, 0.125, 0.0258038382451491, 1.28, 0.1875]),
        ({"distance": "score", "replace": True}, "need", [
            -0.01832760515487541, 1.593273765202284, 0.25, 0.1008018283518133, 1.550774591514809, 0.375]),
        ({"distance": "score", "replace": True}, "sex: F", [
            0.08606629658238708, None, 0.0416666666666667, 0.2581988897471611, None, 0.125]),
        ({"distance": "score", "replace": True}, "prev²", [
            -0.38814833982638791, 0.973341303048416, 0.2083333333333334, -0.5094446960221343, 0.935752688172043, 0.25]),
        ({"distance": "score", "replace": True}, "age × need", [
            0.06791430293371072, 1.063871880955500, 0.4166666666666666, 0.2212160061578634, 1.082407732829537, 0.5625]),
        ({"distance": "score", "replace": True}, "prev × sex: F", [
            -0.24397501823713327, 0.677894736842105, 0.0833333333333334, -0.1829812636778499, 0.705982905982906,
            0.0625]),
        ({"method": "cem", "estimand": "ATE", "cutpoints": 2}, "age", [
            -0.0358505348924122, 1.18767726161369, 0.125, 0.227572960621399, 0.666661216136682, 0.195652173913043]),
        ({"method": "cem", "estimand": "ATE", "cutpoints": 2}, "need", [
            -0.0203161652683904, 1.59327376520228, 0.25, -0.0300325921358808, 1.200867978409663, 0.347826086956522]),
        ({"method": "cem", "estimand": "ATE", "cutpoints": 2}, "sex: F", [
            0.0872041440393895, None, 0.0416666666666667, 0.0, None, 0.0]),
    ],
)  # fmt: skip
def test_balance_before_and_after_is_that_of_rs_summary(
    asked: dict[str, Any], name: str, shown: list[float | None]
) -> None:
    table = match(PEOPLE, **{**WORDS, **asked}).balance(squares=True, interactions=True)
    named = pl.when(pl.col("level").is_null()).then("covariate").otherwise(pl.format("{}: {}", "covariate", "level"))
    row = table.filter(named == name).row(0, named=True)
    for column, wanted in zip(SHOWN, shown, strict=True):
        assert row[column] == (None if wanted is None else pytest.approx(wanted, abs=1e-12)), column


def test_the_counts_are_those_of_rs_summary() -> None:
    counts = match(PEOPLE, **WORDS, distance="score", replace=True).counts()
    assert counts.rows() == [("comparison", 24, 14, pytest.approx(12.8), 10, 0), ("treated", 16, 16, 16.0, 0, 0)]
