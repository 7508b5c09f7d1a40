"""Say how each made-up offence may be tried: its code decides, as an offence's statute does."""

import numpy as np
import numpy.typing as npt

from whatworks.records.tables.agency_tables import OFFENCE_GROUPS

_OF_GROUP = {
    "violence": "IES",
    "robbery": "III",
    "public_order": "ESS",
    "sexual_not_child": "IEE",
    "sexual_child": "IEE",
    "soliciting_prostitution": "SSS",
    "burglary_domestic": "IEE",
    "burglary_other": "EEE",
    "theft": "EES",
    "handling": "EEE",
    "fraud_forgery": "EEE",
    "absconding_bail": "ESS",
    "taking_and_driving_away": "ESS",
    "theft_from_vehicles": "EES",
    "other_motoring": "ESS",
    "drink_driving": "SSS",
    "criminal_damage": "IES",
    "drug_import_export_production": "IEE",
    "drug_possession_supply": "EEE",
    "breach": "ESS",
    "other": "ESS",
}
"""The classes of each group's codes: indictable only, either way, summary. Plausible, taken from no list."""
CLASS_OF_CODE: npt.NDArray[np.int64] = np.array(
    ["IES".index(one) for group in OFFENCE_GROUPS for one in _OF_GROUP[group]]
)
"""For each offence code (see `offence_records.codes`) its row in OFFENCE_CLASSES: 0 is the gravest."""
