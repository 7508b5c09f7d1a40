"""A partnership's records give the time free of reoffending, with the dead counted, and a search among matched sets."""

import json
from datetime import timedelta

import numpy as np
import polars as pl
from no_effect import SETTINGS, no_effect

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.papers import build, publish
from whatworks.papers.writing import summary

ASKED = {
    "scheme": {"id": "LATE", "name": "Late", "title": "A scheme that people start late"},
    "cohort": {"index": "release", "minimum": 30},
    "comparison": {"who": "anyone_else", "covariates": ["age"]},
    "outcomes": {"primary": "proven_reoffending_1y", "others": ["days_free_1y", "frequency_1y"]},
    "subgroups": {"search": ["age"]},
}


def test_days_free_deaths_and_search_reach_the_paper() -> None:
    made = no_effect(3_000, share=0.4)
    released = made.frames["custody_spell"].select("person_id", "released_on")
    rng = np.random.default_rng(4)
    dying = released.with_columns(days=pl.Series(rng.integers(20, 340, len(released))), dies=rng.random(3_000) < 0.06)
    died = [day + timedelta(days=int(days)) if dies else None for _, day, days, dies in dying.rows()]
    of = pl.DataFrame({"person_id": dying["person_id"], "died_on": died})
    made.frames["person"] = made.frames["person"].join(of, on="person_id", how="left")
    asked = check_protocol(ASKED, "late.toml")
    units = partnership_units(made.store(), asked, SETTINGS)
    result = evaluate_units(asked, units)
    yes_no, free, frequency = result.outcomes
    assert (free.name, free.verdict) == ("days_free_1y", "more people needed")
    assert free.smallest_detectable is not None and free.ruled_out
    assert [ratio.name for one in (yes_no, free, frequency) for ratio in one.ratios] == [
        "risk ratio", "odds ratio", "hazard ratio", "rate ratio",
    ]  # fmt: skip
    hazard = free.ratios[0]
    assert hazard.value and hazard.ci_low and hazard.ci_high
    # No effect was planted: within three standard errors of one.
    assert abs(np.log(hazard.value)) < 3 * np.log(hazard.ci_high / hazard.ci_low) / 3.92
    # 6% of some 2,400 people analysed died within the year; nobody was left out for it.
    assert result.deaths is not None
    total = result.deaths.treated + result.deaths.comparison
    assert 0.04 < total / (result.n.treated + result.n.comparison) < 0.08
    assert units.treated.sum() == made.referred.sum()
    # Those who died before they could reoffend are neither free to the end nor reoffenders.
    time = free.time_to_first
    assert time is not None and 0.02 < time.died_treated < 0.08
    assert time.happened_treated <= (yes_no.treated.value or 0) + 1e-9
    assert result.search is not None and result.search.made
    words = json.dumps(summary(publish(result)))
    assert "hazard ratio" in words and "such a search finds something 5% of the time" in words
    assert "search" in [section.name for section in build(publish(result)).sections]
