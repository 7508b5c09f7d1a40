"""What is planted in the made-up journeys, and what follows from it by arithmetic."""

from typing import Any

import numpy as np

from whatworks.simulation.days import dates

CONTACT, RETURN, HANDOVER, SUPPORT = 9.0, 60.0, 12.0, 40.0
"""Mean days to a first contact, back to custody, to acceptance by the next service, and of its support."""
PROVIDERS, DROPPED = ("Northbank Probation", "Greenway Trust"), (0.06, 0.35)
"""Who lets people go to the next service, and the planted share that it drops."""
OTHER_AREA = 0.03
COURT_STAGES = ("offence_to_charge", "charge_to_first_listing", "first_listing_to_completion")
COURT_DAYS = (35.0, 90.0, 30.0)
"""Mean days of each stage: the second is the planted bottleneck."""
POLICE_REPORT, POLICE_DIFFER = 0.5, 0.1
"""Share of court cases whose first stage the police report too, and of these, those that they date otherwise."""
TRIALS = (0.50, 0.28, 0.10, 0.12)
"""Effective, cracked, ineffective, and lost before the day: until the change these are recorded as vacated."""
RECORDED_OTHERWISE = 0.5
"""From the change of listing practice on, the share of those lost before the day that is recorded as ineffective."""
CHANGE_DAYS = 365
NOT_REPORTED, ASSESSED, LEAFLET, REACHED, UNDERSTOOD = 0.45, 0.7, 0.6, 0.45, 0.6
TWO_YEARS = 730
SUSPECT, REFERRED, REFERRAL, RESULT = 10.0, 0.8, 30.0, 120
"""Serious allegations: mean days to a suspect, the share that is ever referred, mean days to it, days to a result."""
OF_A_KIND = 0.1
"""Share of an agency's people who have a case in the Crown Court; as many requests for kit have no person."""
KINDS = {
    "crown_court": ("completed", "withdrawn", (
        ("sent_to_main_hearing", 150.0, 0.06), ("main_hearing_to_completion", 50.0, 0.04))),
    "co_location": ("in_use", "cancelled", (
        ("request_to_vetting", 45.0, 0.05), ("vetting_to_accreditation", 14.0, 0.02),
        ("accreditation_to_kit", 21.0, 0.0), ("kit_to_use", 5.0, 0.0))),
}  # fmt: skip
"""How each kind is completed, how it ends otherwise, and its stages: mean calendar days, and the share that ends so."""


def _median(mean: float, onward: float = 1.0) -> int:
    """Return the day by which half of all have moved on, where a share of them ever does."""
    return int(np.ceil(mean * np.log(1 / (1 - 0.5 / onward)))) - 1


def journey_truth(as_at: int) -> dict[str, Any]:
    """Return what was planted, and what follows from it by arithmetic; `as_at` is the day of the extracts.

    Whole days are counted from constant rates, so that half are out by one less than the mean times log 2, rounded up.
    """
    contacted, unseen = _after(28)
    effective, cracked, ineffective, lost = TRIALS
    moved = lost * RECORDED_OTHERWISE
    return {
        "through_the_gate": {
            "dropped": dict(zip(PROVIDERS, DROPPED, strict=True)),
            "unseen_after_28_days": unseen,
            "contacted_within_28_days": contacted,
        },
        "magistrates": {
            "bottleneck": COURT_STAGES[int(np.argmax(COURT_DAYS))],
            "median_days": {stage: _median(mean) for stage, mean in zip(COURT_STAGES, COURT_DAYS, strict=True)},
            "reported_by_two": POLICE_REPORT, "dated_differently": POLICE_DIFFER,
        },
        "crown_court": {"bottleneck": "sent_to_main_hearing", "median_days": {
            stage: _median(mean, 1 - out) for stage, mean, out in KINDS["crown_court"][2]}},
        "co_location": {"bottleneck": "request_to_vetting"},
        "serious_allegation": {"bottleneck": "suspect_to_referral", "median_days": {
            "recorded_to_suspect": _median(SUSPECT), "suspect_to_referral": _median(REFERRAL, REFERRED)}},
        "trials": {
            "practice_changed_on": dates(np.array([as_at - CHANGE_DAYS], np.int32))[0].isoformat(),
            "ineffective_before": ineffective / (effective + cracked + ineffective),
            "ineffective_after": (ineffective + moved) / (effective + cracked + ineffective + moved),
            "ineffective_or_vacated": ineffective + lost,
        },
        "victims": {"not_reported": NOT_REPORTED, "assessed": ASSESSED, "contact_made": REACHED,
                    "understood_of_contacted": UNDERSTOOD},
    }  # fmt: skip


def _after(days: int) -> tuple[float, float]:
    """Return the shares contacted by a day and unseen after it, of those not back in custody on the day of release."""
    day = np.arange(days + 1)
    here, still = np.exp(-day / CONTACT), np.exp(-day / RETURN)
    contacted = float((here * (1 - np.exp(-1 / CONTACT)) * still).sum())
    kept = 1 - float(np.exp(-1 / CONTACT) * (1 - np.exp(-1 / RETURN)))
    return contacted / kept, float(np.exp(-(days + 1) * (1 / CONTACT + 1 / RETURN))) / kept
