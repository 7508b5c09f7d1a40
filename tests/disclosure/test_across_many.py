"""Four papers of parts and of their unions, at random: a reader with linear programs works out no few people."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from disclosure.reader_of_several import narrowest
from disclosure.two_papers import paper


def people(rng: np.random.Generator) -> pl.DataFrame:
    """Return 260 people of a scheme, numbered from 0, and 200 others."""
    held = (rng.random(460) < 0.45).astype(int)
    treated = np.repeat([1, 0], [260, 200])
    return pl.DataFrame({"number": np.arange(460), "treated": treated, "age": rng.integers(21, 60, 460), "held": held})


def spans(rng: np.random.Generator) -> list[set[int]]:
    """Return whom four papers are about: three parts, or three unions of two parts, and all of them with a few more."""
    ends = [0, *(int(rng.integers(60, 80)) * at + int(rng.integers(-9, 10)) for at in (1, 2, 3))]
    parts = [set(range(low, high)) for low, high in pairwise(ends)]
    if rng.random() < 0.5:
        parts = [one | other for one, other in combinations(parts, 2)]
    found = [*parts, set(range(ends[3] + int(rng.integers(1, 10))))]
    return [found[at] for at in rng.permutation(4)]


def printed_and_true(folder: Path, seed: int) -> tuple[dict[str, set[int]], dict[str, int]]:
    """Return whom each paper is about, and the numbers of people of the scheme that are printed."""
    rng = np.random.default_rng(seed)
    whole, printed = people(rng), {}
    papers = {f"paper{at}": who for at, who in enumerate(spans(rng))}
    for name, who in papers.items():
        told = paper(folder, name, whole.filter((pl.col("treated") == 0) | pl.col("number").is_in(list(who))))
        for n in (told["n"]["treated"], told["outcomes"][0]["treated"]["n"], told["attrition"][0]["treated"]):
            if isinstance(n, int):
                printed[name] = n
    return papers, printed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_few_people_are_worked_out_of_four_papers(tmp_path: Path, seed: int) -> None:
    papers, printed = printed_and_true(tmp_path, seed)
    assert len(printed) >= 3
    assert narrowest(papers, {name: len(who) for name, who in papers.items()}) < 8
    assert narrowest(papers, printed) >= 8
