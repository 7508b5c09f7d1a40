"""Code lists that tables of several subjects share."""

from typing import Literal

Handling = Literal["official", "official-sensitive", "secret"]
TIERS: tuple[Handling, ...] = ("official", "official-sensitive", "secret")
"""Tiers of the Government Security Classifications, lowest first: a reader of one sees what is at it or below."""

OFFENCE_GROUPS = (
    "violence", "robbery", "public_order", "sexual_not_child", "sexual_child", "soliciting_prostitution",
    "burglary_domestic", "burglary_other", "theft", "handling", "fraud_forgery", "absconding_bail",
    "taking_and_driving_away", "theft_from_vehicles", "other_motoring", "drink_driving", "criminal_damage",
    "drug_import_export_production", "drug_possession_supply", "breach", "other",
)  # fmt: skip
"""The offence groups of OGRS3 (Howard and others, 2009), with `breach` apart: a protocol says whether it counts."""

AREA_KINDS = ("borough", "ward", "lsoa", "other")
GROUP_ROLES = ("leader", "core", "associate", "exploited")
GROUP_STRANDS = ("diversion", "employability", "surveillance")
LEAVE_REASONS = ("exit_rule", "died", "moved", "in_custody", "not_linked", "end_of_retention", "error", "other")
"""Why somebody left a list: no longer met its rule, in custody throughout, could not be linked any more, ..."""
APPOINTMENT_OUTCOMES = ("kept", "acceptable_absence", "unacceptable_absence")
PATHWAYS = (
    "accommodation",
    "education_training_employment",
    "health",
    "drugs_alcohol",
    "finance_benefit_debt",
    "children_families",
    "attitudes_thinking_behaviour",
)
"""The seven resettlement pathways (National Offender Management Service, 2004)."""
NEED_LEVELS = ("none", "low", "medium", "high")
ACTION_STATES = ("open", "done", "dropped")
CONTACT_WAYS = ("in_person", "home_visit", "phone", "video", "message")
CONTACT_OUTCOMES = ("kept", "missed_acceptable", "missed_unacceptable")
HANDOVER_KINDS = ("referral", "transfer")
ANSWERS = ("accepted", "refused")
PLACEMENT_KINDS = ("home", "job")
PROTECTED_KINDS = ("victim", "witness", "co_defendant")
RELATIONS = ("parent", "child", "sibling", "partner", "carer", "other")
