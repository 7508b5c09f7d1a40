"""Those who did not have the outcome are held against earlier papers too, whatever the outcome is called there."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper


def people(seed: int) -> pl.DataFrame:
    """Return 200 people of a scheme and 200 others; who was not held again stayed out."""
    rng = np.random.default_rng(seed)
    treated = np.repeat([1, 0], 200)
    held = (rng.random(400) < 0.4).astype(int)
    ages = rng.integers(21, 60, 400)
    return pl.DataFrame({"number": np.arange(400), "treated": treated, "age": ages, "held": held, "out": 1 - held})


def stayed_out(summary: dict[str, Any], *, turned: bool) -> set[int]:
    """Return how many of the scheme can have stayed out, given a whole percentage of a number of people."""
    told = summary["outcomes"][0]["treated"]
    if "c" in (told["n"], told["value"]):
        return set(range(1_000))
    share = told["value"] if turned else 100 - told["value"]
    return {count for count in range(told["n"] + 1) if abs(100 * count / told["n"] - share) <= 0.5}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_few_more_who_stayed_out_are_not_told(tmp_path: Path, seed: int, turned: bool) -> None:
    """Of 24 people more 20 were held again: the papers tell of 24 and 20, and so of the 4 who stayed out."""
    whole = people(seed)
    ours = whole.filter(pl.col("treated") == 1)
    more = pl.concat([ours.filter(pl.col("held") == 1).head(20), ours.filter(pl.col("held") == 0).head(4)])
    first = paper(tmp_path, "first", whole)
    fewer = whole.filter(~pl.col("number").is_in(more["number"].implode()))
    second = paper(tmp_path, "second", fewer, outcome="out" if turned else "held")
    before, after = stayed_out(first, turned=False), stayed_out(second, turned=turned)
    gone = {one - other for one in before for other in after if one >= other}
    assert max(gone) - min(gone) >= 8
