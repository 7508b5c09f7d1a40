"""Shares of two balance tables, of nearly the same people, do not give a handful of one kind back."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper

COVARIATES = 'method = "none"\ncovariates = ["age", "{kind}"]'


def people() -> pl.DataFrame:
    """Return 110 people of a scheme, of whom the first 40 are women, and 110 others."""
    rng, place = np.random.default_rng(3), np.tile(np.arange(110), 2)
    return pl.DataFrame(
        {
            "number": np.arange(220),
            "treated": np.repeat([1, 0], 110),
            "age": rng.integers(20, 60, 220),
            "woman": (place < 40).astype(int),
            "sex": np.where(place < 40, "female", "male"),
            "held": (rng.random(220) < 0.45).astype(int),
        }
    )


def women(summary: dict[str, Any]) -> set[int]:
    """Return how many women of the scheme there can be, by the printed share and number of people."""
    rows = [row for row in summary["balance"] if row["covariate"].casefold() == "woman" or row["level"] == "female"]
    n, shares = summary["n"]["treated"], [row["treated"] for row in rows]
    if not isinstance(n, int) or not shares or not isinstance(shares[0], int | float):
        return set(range(111))
    return {k for k in range(n + 1) if abs(100 * k / n - shares[0]) <= 0.5}


@pytest.mark.parametrize("kind", ["woman", "sex"])
@pytest.mark.parametrize("order", ["fewer first", "more first"])
def test_the_few_women_more_are_not_told(tmp_path: Path, kind: str, order: str) -> None:
    """Of 23 people more 6 are women: 40 of 110, and 34 of 87."""
    whole = people()
    gone = [*range(6), *range(80, 97)]
    fewer = whole.filter(~pl.col("number").is_in(gone))
    papers = (whole, fewer) if order == "more first" else (fewer, whole)
    first = paper(tmp_path, "first", papers[0], COVARIATES.format(kind=kind))
    second = paper(tmp_path, "second", papers[1], COVARIATES.format(kind=kind))
    assert len(women(first)) <= 2
    wide, narrow = (first, second) if order == "more first" else (second, first)
    between = {more - less for more in women(wide) for less in women(narrow) if 0 <= more - less <= 23}
    assert max(between) - min(between) >= 8


def test_many_women_more_are_told_as_ever(tmp_path: Path) -> None:
    whole = people()
    paper(tmp_path, "first", whole, COVARIATES.format(kind="sex"))
    gone = [*range(15), *range(80, 95)]
    fewer = paper(tmp_path, "second", whole.filter(~pl.col("number").is_in(gone)), COVARIATES.format(kind="sex"))
    assert women(fewer) == {25}
