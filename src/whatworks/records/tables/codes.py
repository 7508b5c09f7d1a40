"""Code lists that tables of several subjects share."""

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
