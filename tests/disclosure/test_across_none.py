"""Of a dozen people more in one of two papers, that none had the outcome, or all had it, is not told."""

from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper


def people(had: int) -> pl.DataFrame:
    """Return 200 people of a scheme, of whom the first `had` were held again, and 200 others."""
    treated, others = np.repeat([1, 0], 200), np.random.default_rng(had).permutation(200) < 90
    held = np.concatenate([np.arange(200) < had, others]).astype(int)
    ages = np.random.default_rng(4).integers(21, 60, 400)
    return pl.DataFrame({"number": np.arange(400), "treated": treated, "age": ages, "held": held, "out": 1 - held})


def but(whole: pl.DataFrame, few: int, held: int) -> pl.DataFrame:
    """Leave out a few of the scheme, all of whom were held again, or none."""
    gone = whole.filter((pl.col("treated") == 1) & (pl.col("held") == held)).tail(few)["number"]
    return whole.filter(~pl.col("number").is_in(gone.implode()))


def ends(count: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95% interval in percent: Newcombe (1998), method 3."""
    z, p = 1.959964, count / n
    middle, half = 2 * n * p + z * z, z * sqrt(z * z + 4 * n * p * (1 - p))
    return 100 * (middle - half) / (2 * (n + z * z)), 100 * (middle + half) / (2 * (n + z * z))


def held_again(summary: dict[str, Any], *, turned: bool) -> set[int]:
    """Return how many of the scheme can have been held again, by the printed share and its interval."""
    told = summary["outcomes"][0]["treated"]
    if not isinstance(told["n"], int) or not isinstance(told["value"], int | float):
        return set(range(201))
    n, printed = told["n"], (told["ci_low"], told["ci_high"])
    fits = {
        k
        for k in range(n + 1)
        if abs(100 * k / n - told["value"]) <= 0.5
        and all(abs(end - shown) <= 0.051 for end, shown in zip(ends(k, n), printed, strict=True))
    }
    return {n - k for k in fits} if turned else fits


@pytest.mark.parametrize("order", ["fewer first", "more first"])
@pytest.mark.parametrize(("had", "few", "held", "turned"), [(70, 14, 0, False), (110, 12, 1, False), (86, 30, 0, True)])
def test_that_none_or_all_of_a_few_more_had_it_is_not_told(
    tmp_path: Path, order: str, had: int, few: int, held: int, turned: bool
) -> None:
    whole = people(had)
    fewer = but(whole, few, held)
    papers = (whole, fewer) if order == "more first" else (fewer, whole)
    first = paper(tmp_path, "first", papers[0])
    second = paper(tmp_path, "second", papers[1], outcome="out" if turned else "held")
    assert len(held_again(first, turned=False)) == 1
    wide, narrow = (first, second) if order == "more first" else (second, first)
    swap = {id(first): False, id(second): turned}
    between = {
        more - less
        for more in held_again(wide, turned=swap[id(wide)])
        for less in held_again(narrow, turned=swap[id(narrow)])
        if 0 <= more - less <= few
    }
    assert max(between) - min(between) >= 8


def test_a_dozen_more_of_both_kinds_are_told_as_ever(tmp_path: Path) -> None:
    """Of 26 people more 13 were held again and 13 were not: no handful, so nothing is withheld."""
    whole = people(80)
    paper(tmp_path, "first", whole)
    second = paper(tmp_path, "second", but(but(whole, 13, 0), 13, 1))
    assert held_again(second, turned=False) == {67}
