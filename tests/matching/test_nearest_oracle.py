"""Every pair equals MatchIt's (R, 4.7.2), ties included, on the oracle's twelve tie-heavy sets."""

from pathlib import Path

import polars as pl
import pytest

from whatworks.statistics.pairs.nearest import Order, match_nearest

Sets = tuple[pl.DataFrame, pl.DataFrame]


@pytest.fixture(scope="module")
def sets(matchit: Path) -> Sets:
    return pl.read_csv(matchit / "units.csv.gz"), pl.read_csv(matchit / "pairs.csv.gz")


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("ratio", [1, 3])
@pytest.mark.parametrize("order", ["largest", "smallest", "closest", "data"])
def test_pairs_are_matchits(sets: Sets, order: Order, ratio: int, exact: bool) -> None:
    units, pairs = sets
    wanted = pairs.filter(m_order=order, ratio=ratio, exact=exact)
    assert wanted.height > 1000
    for case in range(1, 13):
        people = units.filter(case=case)
        found = match_nearest(
            people["score"].to_numpy(),
            people["treated"].to_numpy() == 1,
            strata=people["stratum"].to_numpy() if exact else None,
            caliper=0.05,
            ratio=ratio,
            m_order=order,
        )
        theirs = wanted.filter(case=case).select(pl.col("treated_unit") - 1, pl.col("comparison_unit") - 1, "round")
        assert sorted(found.frame().rows()) == sorted(theirs.rows()), f"case {case}"
