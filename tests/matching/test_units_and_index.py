"""Neither the unit of a covariate nor the names of a pandas table's rows are lost in matching."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from whatworks.evaluation import match
from whatworks.evaluation.matching.methods.mahalanobis import whitened


def people(seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    n = 300
    treated = rng.random(n) < 0.3
    return pl.DataFrame(
        {
            "t": treated.astype(int),
            "debt": rng.normal(2_400_000, 600_000, n).round() + 90_000 * treated,
            "share": np.clip(rng.normal(0.5, 0.2, n) + 0.1 * treated, 0, 1),
            "partner": rng.integers(0, 2, n),
        }
    )


def by_search(frame: pl.DataFrame) -> dict[int, int]:
    """Pair each of the treated in the file's order with the nearest free comparison, by the textbook's formula."""
    treated = frame["t"].to_numpy() == 1
    values = frame.select("debt", "share", "partner").to_numpy().astype(float)
    values = values / values.std(axis=0)
    within = values.copy()
    for group in (treated, ~treated):
        within[group] -= within[group].mean(axis=0)
    inverse = np.linalg.inv(within.T @ within / (len(values) - 2))
    free, pairs = np.flatnonzero(~treated).tolist(), {}
    for person in np.flatnonzero(treated).tolist():
        gaps = values[free] - values[person]
        pairs[person] = free.pop(int(np.argmin(np.einsum("ij,jk,ik->i", gaps, inverse, gaps))))
    return pairs


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("unit", [1.0, 1e-3, 1e-6, 1e5])
def test_mahalanobis_distance_does_not_depend_on_units(seed: int, unit: float) -> None:
    frame = people(seed)
    made = match(
        frame.with_columns(debt=pl.col("debt") * unit),
        treated="t",
        covariates=["debt", "share", "partner"],
        distance="mahalanobis",
    )
    assert dict(made.pairs.select("treated", "comparison").rows()) == by_search(frame)


def test_within_a_caliper_too_the_unit_of_a_column_changes_no_pair() -> None:
    words = {
        "treated": "t",
        "covariates": ["debt", "share"],
        "mahalanobis": ["debt", "share", "partner"],
        "caliper": 0.5,
    }
    pounds, millions = (match(people(9).with_columns(debt=pl.col("debt") / unit), **words) for unit in (1, 1e6))
    assert pounds.pairs.equals(millions.pairs)


def test_mirrored_people_are_exactly_as_far_and_repeated_columns_add_nothing() -> None:
    rng = np.random.default_rng(2)
    middle, step = rng.integers(20, 60, (50, 2)), rng.integers(-9, 9, (50, 2))
    design = np.vstack([middle, middle - step, middle + step]).astype(float)
    treated = np.arange(150) < 50
    points = whitened(design, treated)
    below, above = points[:50] - points[50:100], points[100:] - points[:50]
    assert np.array_equal((below**2).sum(axis=1), (above**2).sum(axis=1))
    both = whitened(np.column_stack([design, design[:, 0] * 3 + 1, np.ones(150)]), treated)
    assert np.array_equal(both, points)


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([f"X{number:05d}" for number in range(900, 600, -1)], name="crn"),
        pd.MultiIndex.from_product([["north", "south"], range(150)], names=["area", "number"]),
        None,
    ],
)
def test_a_pandas_table_keeps_its_index(index: pd.Index | None) -> None:
    table = people(3).to_pandas()
    table = table[table["share"] > 0.3] if index is None else table.set_index(index)
    made = match(table, treated="t", covariates=["debt", "share"], caliper=0.2)
    data = made.data()
    assert data.index.equals(table.index[made.weights > 0])
    assert list(data.index.names) == list(table.index.names)
    table["weight"] = data["weights"]
    assert table["weight"].fillna(0.0).tolist() == made.weights.tolist()
