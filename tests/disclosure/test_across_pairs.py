"""A number of people withheld because of an earlier paper is not told by that of their comparisons, one or two each."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper

MATCHED = 'method = "nearest"\nratio = {ratio}\ncovariates = ["age", "debt"]'


def people(seed: int) -> pl.DataFrame:
    """Return 120 people of a scheme, in more debt than the 600 others."""
    rng = np.random.default_rng(seed)
    treated = rng.permutation(np.repeat([1, 0], [120, 600]))
    return pl.DataFrame(
        {
            "number": np.arange(720),
            "treated": treated,
            "age": rng.integers(18, 60, 720),
            "debt": rng.normal(size=720) + 0.7 * treated,
            "held": (rng.random(720) < 0.4 - 0.1 * treated).astype(int),
        }
    )


def told_of_analysed(summary: dict[str, Any]) -> list[Any]:
    """Return what is printed of the numbers analysed, by group, and of what the weighted comparisons are worth."""
    last, outcome, n = summary["attrition"][-1], summary["outcomes"][0], summary["n"]
    theirs = [n["comparison"], last["comparison"], outcome["comparison"]["n"], n["effective_comparison"]]
    return [n["treated"], last["treated"], outcome["treated"]["n"], *theirs]


def both(folder: Path, seed: int, ratio: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the papers of all these people, and of all but five of the scheme."""
    whole, how = people(seed), MATCHED.format(ratio=ratio)
    gone = whole.filter(pl.col("treated") == 1).head(5)["number"]
    first = paper(folder, "first", whole, how)
    return first, paper(folder, "second", whole.filter(~pl.col("number").is_in(gone.implode())), how)


@pytest.mark.parametrize("seed", [2, 3])
def test_pairs_tell_no_number_that_is_withheld(tmp_path: Path, seed: int) -> None:
    first, second = both(tmp_path, seed, 1)
    assert all(isinstance(one, int) for one in told_of_analysed(first))
    assert told_of_analysed(second) == ["c"] * 7


def test_what_weighted_comparisons_are_worth_tells_no_number_either(tmp_path: Path) -> None:
    """224 comparisons worth 218 are of 115 people: 115 x 115 / (1.5 x 115 - 112) is 218."""
    _, second = both(tmp_path, 4, 2)
    assert second["n"]["treated"] == "c" and second["n"]["effective_comparison"] == "c"
