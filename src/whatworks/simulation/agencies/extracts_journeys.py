"""Send what agencies hold about journeys: cases and their stages, trials, allegations, victims."""

from collections.abc import Mapping

import polars as pl

from whatworks.simulation.agencies.extract import SLASHES, Block, Extract

_CASE = {
    "case_id": "Case", "person_id": "Person", "borough": "Borough", "offence_ref": "Reference",
    "opening_rule_version": "Rule", "lead_organisation": "Lead", "lawful_basis": "Basis", "review_on": "Review by",
}  # fmt: skip
_STAGE = {
    "case_stage_id": "Step no", "case_id": "Case", "stage": "Step", "entered_on": "From", "left_on": "To",
    "outcome": "Result", "reason": "Reason", "organisation": "Provider",
}  # fmt: skip


def _cases(organisation: str, kind: str, name: str, stages: Mapping[str, str], source: str) -> Extract:
    """Return the file of one agency's cases of a kind, a line a case and a line a step, told apart by a mark."""
    said, rows = {"kind": kind}, pl.col("kind") == kind
    return Extract(
        f"{name}.csv",
        organisation,
        source,
        (
            Block("casefile", _CASE, constants=said, when=("Line", "CASE"), rows=rows),
            Block("case_stage", _STAGE, codes={"stage": stages}, constants=said, when=("Line", "STEP"), rows=rows),
        ),
        dates=SLASHES,
    )


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


JOURNEYS = (
    _cases("probation", "through_the_gate", "probation_gate",
           {"1ST CONTACT": "contact", "HANDOVER": "handover", "SUPPORT": "support"}, "probation through the gate"),
    _cases("court", "magistrates", "court_cases",
           {"CHARGE": "offence_to_charge", "LISTED": "charge_to_first_listing", "DONE": "first_listing_to_completion"},
           "court cases"),
    _cases("police", "magistrates", "police_cases", {"CHG": "offence_to_charge"}, "police cases"),
    _cases("council", "victim", "council_victim_steps",
           {"Assessment": "known_to_assessed", "Contact": "assessed_to_contact", "Understood": "contact_to_understood"},
           "council victims' steps"),
    Extract(
        "court_trials.csv", "court", "court trials",
        (Block("trial_listing", _same("listing_id", "court_kind", "court", "listed_for", "outcome", "reason")),),
    ),
    Extract(
        "police_allegations.csv", "police", "police allegations",
        (
            Block("allegation", _same(
                "allegation_id", "person_id", "offence_ref", "offence_group", "seriousness", "recorded_on",
                "suspect_named_on", "referred_on", "decided_on", "decision", "reason", "result", "area_code",
            )),
        ),
    ),
    Extract(
        "council_victims.csv", "council", "council victims",
        (
            Block("victim", _same(
                "victim_id", "person_id", "offence_ref", "referral_source", "known_on", "needs_assessed_on",
                "residence", "borough",
            )),
        ),
    ),
    Extract(
        "council_victim_contacts.csv", "council", "council victims' contacts",
        (Block("victim_contact", _same("contact_id", "victim_id", "contacted_on", "result", "understood_on")),),
    ),
    _cases("court", "crown_court", "court_crown",
           {"SENT": "sent_to_main_hearing", "HEARING": "main_hearing_to_completion"}, "Crown Court cases"),
    _cases("police", "serious_allegation", "police_serious",
           {"REC": "recorded_to_suspect", "SUS": "suspect_to_referral", "REF": "referral_to_decision",
            "CHG": "charge_to_result"}, "police serious allegations"),
    _cases("council", "co_location", "council_kit",
           {"Request": "request_to_vetting", "Cleared": "vetting_to_accreditation", "Site": "accreditation_to_kit",
            "Kit": "kit_to_use"}, "council requests for kit"),
)  # fmt: skip
"""The files on journeys; each agency's come after its others."""
