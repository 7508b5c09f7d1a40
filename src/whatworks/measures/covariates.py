"""Name the covariates that people may be matched on: all of them known on the index date."""

from dataclasses import dataclass
from typing import Literal

from whatworks.records.tables.agency_tables import PATHWAYS

CovariateKind = Literal["numeric", "factor", "yes_no"]


@dataclass(frozen=True, slots=True)
class Covariate:
    """One thing about a person, as it was known on the index date. `records` names the tables it is drawn from."""

    name: str
    label: str
    kind: CovariateKind
    description: str
    records: tuple[str, ...]


PATHWAY_LABELS = {
    "accommodation": "accommodation",
    "education_training_employment": "education, training and employment",
    "health": "health",
    "drugs_alcohol": "drugs and alcohol",
    "finance_benefit_debt": "finance, benefit and debt",
    "children_families": "children and families",
    "attitudes_thinking_behaviour": "attitudes, thinking and behaviour",
}
_RISK = ("person", "offence", "sentence", "custody_spell")
_ONE = (
    Covariate("age", "Age", "numeric", "Completed years on the index date.", ("person",)),
    Covariate("sex", "Sex", "factor", "As the agency trusted first records it.", ("person",)),
    Covariate("ethnicity", "Ethnic group", "factor", "As the agency trusted first records it.", ("person",)),
    Covariate(
        "age_first_sanction", "Age at first sanction", "numeric",
        "Completed years on the day of the first conviction, caution, reprimand or warning.", _RISK,
    ),
    Covariate(
        "previous_sanctions", "Previous sanctions", "numeric",
        "Days on which something was sanctioned, the index offence's own left out.", _RISK,
    ),
    Covariate(
        "previous_offences_2y", "Offences in the two years before", "numeric",
        "Offences committed in the 24 months before the index date, proved or not.", ("offence",),
    ),
    Covariate(
        "previous_custody_spells", "Previous stays in custody", "numeric",
        "Unbroken stays that had ended before the index date.", ("custody_spell",),
    ),
    Covariate(
        "custodial_sentences", "Custodial sentences", "numeric",
        "Days on which a custodial sentence was given, up to the index date.", ("sentence",),
    ),
    Covariate(
        "copas", "Copas rate", "numeric",
        "How fast sanctions came: ln((1 + previous sanctions) / (10 + age at conviction - age at first sanction)).",
        _RISK,
    ),
    Covariate("ogrs3_1y", "OGRS3, one year", "numeric", "Risk score, as a proportion.", _RISK),
    Covariate("ogrs3_2y", "OGRS3, two years", "numeric", "Risk score, as a proportion.", _RISK),
    Covariate("index_offence_group", "Index offence", "factor", "Group of the index offence.", _RISK[1:]),
    Covariate(
        "sentence_length_days", "Length of the index sentence", "numeric",
        "Days as pronounced; 0 for a caution.", ("sentence", "custody_spell"),
    ),
    Covariate(
        "nights_in_custody_before_2y", "Nights in custody in the two years before", "numeric",
        "From the union of overlapping stays.", ("custody_spell",),
    ),
    Covariate("borough", "Borough", "factor", "Borough of the last address known.", ("address", "area")),
    Covariate(
        "breaches_before", "Breaches before", "numeric",
        "Breaches of orders and licences before the index date.", ("breach", "requirement"),
    ),
    Covariate(
        "need_count", "Needs", "numeric",
        "Pathways on which the need was medium or high; unknown if none was ever assessed.", ("need",),
    ),
)  # fmt: skip
COVARIATES: dict[str, Covariate] = {
    covariate.name: covariate
    for covariate in (
        *_ONE,
        *(
            Covariate(
                f"need_{pathway}",
                f"Need: {PATHWAY_LABELS[pathway]}",
                "numeric",
                "Level last assessed, from 0 (none) to 3 (high); unknown if never assessed.",
                ("need",),
            )
            for pathway in PATHWAYS
        ),
    )
}
"""Every covariate that a protocol may name, by name."""
