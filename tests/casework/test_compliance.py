"""A fall in breaches with flat compliance is not called a success; custody is never shown alone."""

from datetime import date

import numpy as np
import pytest

from casework.planted import near
from whatworks.casework import compliance, waves_within
from whatworks.casework.compliance import Compliance
from whatworks.journeys.compare import Span, span
from whatworks.papers.casework.compliance import compliance_answer
from whatworks.records.audit.telling import Telling
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.simulation.casework.town import ACTED_AFTER, ACTED_BEFORE, KEPT
from whatworks.statistics.groups.person_rates import RateChange, person_rate, rate_change
from whatworks.surveys.wave import Wave

BEFORE, AFTER = span("2023-09-01..2024-06-29"), span("2024-06-30..2025-06-29")


def test_a_planted_stop_of_enforcement_is_found_and_not_called_a_success(town_records: Store) -> None:
    found = compliance(town_records, BEFORE, AFTER, by_provider=True)
    whole = found.groups[0]
    assert whole.verdict == "breaches fell and compliance did not rise: not a success"
    for rate, truth in ((whole.kept.before, KEPT), (whole.kept.after, KEPT), (whole.acted_on.before, ACTED_BEFORE),
                        (whole.acted_on.after, ACTED_AFTER)):  # fmt: skip
        assert near(rate, truth)
    sentences = " ".join(compliance_answer(found, 10, Telling()).sentences)
    assert "not a success" in sentences and "enforcement changed" in sentences
    assert "Kept 7" in sentences, "compliance stands beside every breach rate"


def changed(before: float, after: float) -> RateChange:
    """Return a change over 4,000 people of whom such shares had an event, a quarter of the places being others."""
    ones, place = np.ones(4_000), np.arange(4_000)
    return rate_change(place < 4_000 * before, ones, np.roll(place, 1_000) < 4_000 * after, ones)


@pytest.mark.parametrize(
    ("kept", "breaches", "verdict"),
    [
        ((0.6, 0.8), (0.5, 0.3), "breaches fell and compliance rose"),
        ((0.7, 0.7), (0.5, 0.3), "breaches fell and compliance did not rise: not a success"),
        ((0.8, 0.6), (0.5, 0.3), "breaches fell and compliance fell: not a success"),
        ((0.7, 0.7), (0.3, 0.5), "breaches rose and compliance shows no change"),
        ((0.8, 0.6), (0.3, 0.3), "breaches show no change and compliance fell"),
    ],
)
def test_only_a_fall_of_breaches_with_a_rise_of_compliance_is_good(
    kept: tuple[float, float], breaches: tuple[float, float], verdict: str
) -> None:
    flat = changed(0.5, 0.5)
    assert Compliance("all", changed(*kept), changed(*breaches), flat).verdict == verdict


def test_periods_that_meet_run_past_the_extract_or_hold_nobody_are_refused(town_records: Store) -> None:
    with pytest.raises(Refused, match="is not over when 2024 begins"):
        compliance(town_records, span("2024-Q1"), span("2024"))
    with pytest.raises(Refused, match="the last day of which all was sent"):
        compliance(town_records, BEFORE, span("2025"))
    with pytest.raises(Refused, match="no appointment was due"):
        compliance(town_records, span("2010"), span("2011"))


def test_a_rate_whose_unit_is_the_person_is_as_wide_as_people_differ() -> None:
    """By hand: rate .4; parts of the error (-.8, -.6, -.4, 1.8) / 10; the root of the squares' sum times 4/3 is .2422;
    Student's t on three degrees of freedom 3.1824."""
    found = person_rate([0, 1, 0, 3], [2, 4, 1, 3])
    assert found.value == 0.4 and found.low is not None
    assert np.log(0.4 / found.low) == pytest.approx(3.182446 * 0.242212 / 0.4, rel=1e-5)
    nobody = person_rate([0, 0], [5, 5])
    assert (nobody.value, nobody.high) == (0.0, pytest.approx(3.688879 / 10)), "the exact Poisson end: exp(-x) = .025"


def test_people_in_both_periods_are_held_against_themselves() -> None:
    """Each kept one more of ten than before: no doubt at all, where two samples of strangers would show a wide gap."""
    before = np.arange(2, 9)
    found = rate_change(before, np.full(7, 10), before + 1, np.full(7, 10))
    assert found.difference == pytest.approx(0.1) and found.low == pytest.approx(0.1) and found.direction == "rose"


def test_the_waves_of_a_period_lie_wholly_within_it() -> None:
    waves = [Wave(f"2024-Q{q}", date(2024, 3 * q - 2, 1), date(2024, 3 * q, 28), None, None, None, None)
             for q in (1, 2, 3)]  # fmt: skip
    assert waves_within(waves, span("2024-01-01..2024-07-15")) == "2024-Q1..2024-Q2"
    with pytest.raises(Refused, match="custody is never shown without what people think"):
        waves_within(waves, Span("late", date(2024, 8, 1), date(2024, 12, 31)))
