"""Of people whom several parts leave of a whole, neither the few who had an outcome nor the few women are told."""

from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper

WOMEN = 'method = "none"\ncovariates = ["age", "woman"]'
PARTS = [(0, 90), (90, 190), (190, 270)]


def people(few: int) -> pl.DataFrame:
    """Return 310 people of a scheme and 300 others; of the last 40 of the scheme few were held and few are women."""
    rng = np.random.default_rng(few)
    held, woman = (rng.random((2, 610)) < 0.4).astype(int)
    held[270:310], woman[270:310] = np.arange(40) < few, np.arange(40) >= 40 - few
    number, ages = np.arange(610), rng.integers(21, 60, 610)
    return pl.DataFrame(
        {"number": number, "treated": (number < 310).astype(int), "age": ages, "held": held, "woman": woman}
    )


def wilson(k: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95% interval in percent."""
    z = 1.959964
    middle, half = (2 * k + z * z) / 2 / (n + z * z), z * sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return 100 * (middle - half), 100 * (middle + half)


def held(told: dict[str, Any]) -> set[int]:
    """Return how many of a group can have been held."""
    group = told["outcomes"][0]["treated"]
    n, value, ends = group["n"], group["value"], (group["ci_low"], group["ci_high"])
    if not isinstance(n, int) or not isinstance(value, int | float):
        return set(range(400))
    fits = {k for k in range(n + 1) if abs(100 * k / n - value) <= 0.5}
    close = {
        k
        for k in fits
        if all(
            not isinstance(end, int | float) or abs(end - one) <= 0.051
            for end, one in zip(ends, wilson(k, n), strict=True)
        )
    }
    return close or fits


def women(told: dict[str, Any]) -> set[int]:
    """Return how many women of a group there can be."""
    n = told["n"]["treated"]
    share = next(row["treated"] for row in told["balance"] if row["covariate"].casefold() == "woman")
    if not isinstance(n, int) or not isinstance(share, int | float):
        return set(range(400))
    return {k for k in range(n + 1) if abs(100 * k / n - share) <= 0.5}


@pytest.mark.parametrize("order", ["parts first", "whole first"])
@pytest.mark.parametrize("few", [5, 0])
def test_the_few_that_parts_leave_are_not_told(tmp_path: Path, few: int, order: str) -> None:
    everybody = people(few)
    spans = [*PARTS, (0, 310)] if order == "parts first" else [(0, 310), *PARTS]
    told = []
    for at, (low, high) in enumerate(spans):
        inside = pl.col("number").is_between(low, high, closed="left")
        told.append(paper(tmp_path, f"paper{at}", everybody.filter((pl.col("treated") == 0) | inside), WOMEN))
    if order == "whole first":
        told = [*told[1:], told[0]]
    for counted in (held, women) if few else (held,):
        *parts, whole = [counted(one) for one in told]
        left = {w - sum(p) for w, *p in product(whole, *parts) if 0 <= w - sum(p) <= 40}
        assert max(left) - min(left) >= 8, counted.__name__
