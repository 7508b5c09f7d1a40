"""No immortal time: a made-up scheme without effect, started late, shows none under either clock."""

import numpy as np
import pytest
from no_effect import SETTINGS, NoEffect, no_effect

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.result import Outcome
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.studied.units import AnalysisSample


def protocol(clock: str) -> Protocol:
    return check_protocol(
        {
            "scheme": {"id": "LATE", "name": "Late", "title": "A scheme that people start late"},
            "cohort": {"clock": clock, "index": "release", "minimum": 30},
            "comparison": {"who": "anyone_else", "covariates": ["age"]},
        },
        "late.toml",
    )


def answer(made: NoEffect, clock: str) -> tuple[AnalysisSample, Outcome]:
    asked = protocol(clock)
    units = partnership_units(made.store(), asked, SETTINGS)
    return units, evaluate_units(asked, units, extras=False).outcomes[0]


def naive(made: NoEffect) -> float:
    """Starters from their release against everybody else: the mistake."""
    return float(made.reoffended[made.started].mean() - made.reoffended[~made.started].mean())


def test_from_the_index_event_whether_or_not_they_started() -> None:
    made = no_effect(6_000, share=0.4)
    units, outcome = answer(made, "index_event")
    assert naive(made) < -0.08
    assert units.treated.sum() == made.referred.sum() > made.started.sum()
    assert outcome.ci_low is not None and outcome.ci_high is not None
    assert outcome.ci_low < 0 < outcome.ci_high
    assert abs(outcome.difference or 1) < 0.04  # two and a half standard errors of 2 x 2,400 people


def test_from_the_start_with_comparisons_equally_long_out() -> None:
    made = no_effect(6_000, share=0.4)
    units, outcome = answer(made, "scheme_start")
    assert units.treated.sum() == made.started.sum()
    assert outcome.ci_low is not None and outcome.ci_high is not None
    assert outcome.ci_low < 0 < outcome.ci_high
    assert abs(outcome.difference or 1) < 0.045


def test_nobody_is_excluded_as_a_comparison_for_joining_later() -> None:
    """Everyone would join but those who reoffend first: without later joiners every comparison reoffends."""
    made = no_effect(8_000, share=1.0, referral_known=False)
    units, outcome = answer(made, "scheme_start")
    treated = units.treated
    persons = units.people["person"].to_numpy()
    later = np.isin(persons[~treated], persons[treated])
    assert later.mean() > 0.5
    values = units.outcomes["proven_reoffending_1y"].to_numpy()[~treated]
    without_later = values[~later].mean()
    assert values.mean() - without_later < -0.1  # what leaving them out would have done
    assert outcome.ci_low is not None and outcome.ci_high is not None
    assert outcome.ci_low < 0 < outcome.ci_high
    assert "share a person" in outcome.se_kind


def test_matched_people_waited_equally_long() -> None:
    made = no_effect(3_000, share=0.4)
    units, _ = answer(made, "scheme_start")
    assert {"kind", "quarter", "wait_band"} <= set(units.strata)


@pytest.mark.parametrize("clock", ["index_event", "scheme_start"])
def test_one_row_a_person_and_group(clock: str) -> None:
    units, _ = answer(no_effect(2_000, share=0.5), clock)
    assert not units.people.select("person", "treated").is_duplicated().any()
