"""A match says how far its estimate hangs on the order of the rows: not at all without ties, to its ends with them."""

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation import match
from whatworks.records.refusal import Refused


def people(levels: int | None, seed: int = 3) -> pl.DataFrame:
    """People whose ages are all different, or one of a few."""
    rng = np.random.default_rng(seed)
    scheme = np.arange(240) < 60
    age = rng.normal(size=240) + scheme if levels is None else rng.integers(0, levels, 240).astype(float)
    area = rng.choice(["north", "south"], 240)
    return pl.DataFrame({"scheme": scheme, "age": age, "area": area, "offences": rng.poisson(3, 240)})


@pytest.mark.parametrize("settings", [{}, {"caliper": 0.5}, {"ratio": 2, "exact": ["area"]}, {"method": "optimal"}])
def test_without_ties_the_order_of_the_rows_moves_nothing(settings: dict[str, object]) -> None:
    found = match(people(None), treated="scheme", covariates=["age"], **settings)  # type: ignore[arg-type]
    moved = found.ties("offences", ways=5, seed=1)
    assert moved.low == pytest.approx(found.effect("offences").difference, abs=1e-12)
    assert moved.high == pytest.approx(moved.low, abs=1e-12) and moved.ways == 6


def test_with_ties_it_moves_within_the_ends_worked_out_by_hand() -> None:
    """Two ages: each of the treated takes any of the comparisons of its age, who have 0 or 9 offences."""
    scheme = [True] * 4 + [False] * 8
    age = [1.0, 1.0, 2.0, 2.0] + [1.0] * 4 + [2.0] * 4
    offences = [5, 5, 5, 5, 0, 9, 9, 9, 0, 9, 9, 9]
    half = ["a", "b", "a", "b"] + ["a", "a", "b", "b"] * 2
    table = pl.DataFrame({"scheme": scheme, "age": age, "half": half, "offences": offences})
    again = match(table, treated="scheme", covariates=["age"], distance="age", replace=True)
    ends = again.ties("offences", seed=1, adjusted=False)
    assert (ends.low, ends.high, ends.ways) == (5 - 9, 5 - 0, 2)
    inner = match(table, treated="scheme", covariates=["age"], exact=["half"], distance="age", replace=True)
    # In the first half of the comparisons of each age one has none and one has nine; in the second all have nine.
    assert inner.ties("offences", seed=1, adjusted=False).low == 5 - 9
    assert inner.ties("offences", seed=1, adjusted=False).high == 5 - (0 + 9) / 2
    once = match(table, treated="scheme", covariates=["age"], distance="age")
    moved = once.ties("offences", ways=300, seed=1, adjusted=False)
    # Without replacement two of each age are drawn: all with nine in one way of four, none twice in another.
    assert (moved.low, moved.high, moved.ways) == (pytest.approx(-4.0), pytest.approx(5 - (0 + 9) / 2), 301)
    assert once.ties("offences", ways=300, seed=1, adjusted=False) == moved


def test_who_cannot_be_matched_is_left_out_each_time_and_discarded_people_stay_so() -> None:
    found = match(people(4), treated="scheme", covariates=["age"], exact=["area"], discard="both", caliper=0.1)
    moved = found.ties("offences", ways=3, seed=2)
    assert moved.low <= moved.high and moved.high - moved.low > 0


def test_methods_that_take_all_who_are_as_good_have_no_ties_to_break() -> None:
    found = match(people(None), treated="scheme", covariates=["age"], method="entropy")
    with pytest.raises(Refused, match="method entropy takes all"):
        found.ties("offences", seed=1)
