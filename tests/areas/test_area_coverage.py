"""With areas that differ, intervals hold the truth and verdicts stay quiet (`benchmarks/areas.py` is the long look)."""

import numpy as np
import polars as pl
import pytest

from whatworks.statistics.areas.design import area_design
from whatworks.statistics.areas.effect import area_effect
from whatworks.statistics.areas.given import given_by_area
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.verdict import verdict_of

STUDIES = 200


@pytest.mark.parametrize("sizes", [[60] * 8, [20, 30, 50, 500] * 2])
def test_eight_areas_that_differ_are_called_an_effect_one_time_in_twenty_at_most(sizes: list[int]) -> None:
    rng = np.random.default_rng(2026)
    area = np.repeat(np.arange(8), sizes)
    treated, everybody = area < 4, Matched(np.ones(len(area)), None)
    people = pl.DataFrame({"treated": treated, "area": [f"A{place}" for place in area]})
    areas = area_design(people, given_by_area(people))
    covers, tells, person = [], [], []
    for _ in range(STUDIES):
        known = rng.normal(size=(len(area), 1))
        log_odds = -0.4 + 0.5 * known[:, 0] + rng.normal(0, 0.3, 8)[area]
        outcome = (rng.random(len(area)) < 1 / (1 + np.exp(-log_odds))).astype(float)
        design = Design(known, ("age",), ("age",))
        found = area_effect(areas, outcome, treated, everybody, design, known, yes_no=True)
        covers.append(found.ci_low <= 0 <= found.ci_high)
        tells.append(verdict_of(found).startswith("significant"))
        person.append(matched_effect(outcome, treated, everybody, design, yes_no=True).p <= 0.05)
    # 200 studies: the standard error of a share of 95% is 1.5 points.
    assert 0.92 <= np.mean(covers) <= 0.995
    assert np.mean(tells) <= 0.05
    assert np.mean(person) > 0.12  # people taken for independent call nothing an effect far too often
