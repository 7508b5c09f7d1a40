"""Three papers and more: a whole less several parts, and sets that only overlap, give no handful back."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.two_papers import paper


def people(seed: int = 5) -> pl.DataFrame:
    """Return 300 people of a scheme, numbered from 0, and 300 others."""
    rng = np.random.default_rng(seed)
    treated = np.repeat([1, 0], 300)
    held = (rng.random(600) < 0.45).astype(int)
    return pl.DataFrame({"number": np.arange(600), "treated": treated, "age": rng.integers(21, 60, 600), "held": held})


def of(whole: pl.DataFrame, *spans: tuple[int, int]) -> pl.DataFrame:
    """Return the people of the scheme whose numbers lie in spans, and all others."""
    number = pl.col("number")
    inside = pl.any_horizontal([number.is_between(low, high, closed="left") for low, high in spans])
    return whole.filter((pl.col("treated") == 0) | inside)


def scheme(summary: dict[str, Any]) -> range:
    """Return how many people of the scheme there can be, by what is printed."""
    n = summary["n"]["treated"]
    return range(n, n + 1) if isinstance(n, int) else range(1_000)


@pytest.mark.parametrize("first", ["parts", "whole"])
def test_what_several_parts_leave_of_a_whole_is_not_told(tmp_path: Path, first: str) -> None:
    """Parts of 100, 90 and 103 people leave 7 of 300; no two of the papers tell of few."""
    whole = people()
    spans = [[(0, 100)], [(100, 190)], [(190, 293)], [(0, 300)]]
    order = spans if first == "parts" else spans[::-1]
    told = [scheme(paper(tmp_path, f"paper{at}", of(whole, *one))) for at, one in enumerate(order)]
    assert sum(len(one) == 1 for one in told) == 3
    a, b, c, together = told if first == "parts" else told[::-1]
    left = {t - x - y - z for x, y, z, t in product(a, b, c, together) if t >= x + y + z}
    assert max(left) - min(left) >= 8


def test_sets_that_overlap_in_a_ring_do_not_tell_what_two_share(tmp_path: Path) -> None:
    """Of three spans each two overlap, by 6, 60 and 70 people; all of them together are 274: 410 less 274 is 136."""
    whole = people()
    spans = [[(0, 140)], [(134, 274)], [(0, 60), (204, 274)], [(0, 274)]]
    told = [scheme(paper(tmp_path, f"paper{at}", of(whole, *one))) for at, one in enumerate(spans)]
    assert [len(one) for one in told[:3]] == [1, 1, 1]
    shared = {a + b - t for a, b, t in product(told[0], told[1], told[3]) if a + b >= t}
    assert max(shared) - min(shared) >= 8


def test_a_whole_of_large_parts_is_told_as_ever(tmp_path: Path) -> None:
    whole = people()
    spans = [[(0, 100)], [(100, 200)], [(0, 300)]]
    told = [scheme(paper(tmp_path, f"paper{at}", of(whole, *one))) for at, one in enumerate(spans)]
    assert [one[0] for one in told] == [100, 100, 300]
