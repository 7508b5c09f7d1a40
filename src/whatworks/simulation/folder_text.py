"""Write the settings and the protocol of a made-up partnership."""

from whatworks.simulation.agencies.numbering import AGENCIES
from whatworks.simulation.agencies.records_kept import AGENCY_NAMES
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.scheme import SCHEME_ID, SCHEME_NAME


def partnership_text(settings: SimulationSettings) -> str:
    """Return `whatworks.toml`."""
    agencies = "\n".join(
        f'[[agency]]\norganisation_id = "{agency}"\nname = "{AGENCY_NAMES[agency]}"\nkind = "{agency}"\n'
        for agency in AGENCIES
    )
    return f"""# A made-up partnership: nobody in it exists. What is true of it stands in truth.json and truth/.
name = "Northbank Crime Reduction Partnership (made up)"
as_at = {settings.as_at}
conviction_record = "police"

{agencies}
[settings]
minimum_count = 10
longest_record_bytes = 1048576

[preferences]
sex = ["police", "prison", "probation", "court", "council", "health"]
date_of_birth = ["prison", "police", "probation", "court", "council", "health"]
ethnicity = ["prison", "police", "probation", "council"]
"""


def protocol_text(settings: SimulationSettings) -> str:
    """Return `protocols/resettlement.toml`."""
    return f"""# Did the resettlement scheme reduce reoffending? Decided before anyone looked at the outcomes.
id = "resettlement"
seed = 1

[scheme]
id = "{SCHEME_ID}"
name = "{SCHEME_NAME}"
organisation = "probation"
title = "Through the Gate: did the resettlement scheme reduce reoffending?"
item = "Item for decision"
decision_sought = "To decide whether the scheme goes on, and whether other boroughs should have it."
prepared_for = "Northbank Crime Reduction Board (made up)"
what = "A worker meets people as they leave prison, and helps them with a home, work and drugs."
where = "The boroughs of Northbank that have the scheme."

[cohort]
population = "adults released from a custodial sentence"
index = "release"
clock = "index_event"
first_index = {settings.first_index}
last_index = {settings.last_index}
minimum_age = 18
exclusions = ["unknown_sex", "unknown_borough"]
minimum = 60

[comparison]
who = "other_areas"
method = "nearest"
covariates = [
  "age", "sex", "age_first_sanction", "previous_sanctions", "previous_offences_2y", "custodial_sentences",
  "previous_custody_spells", "nights_in_custody_before_2y", "sentence_length_days", "need_count",
  "need_accommodation", "need_drugs_alcohol", "need_attitudes_thinking_behaviour",
]
distance = "glm"
link = "linear.logit"
caliper = 0.2
std_caliper = true
ratio = 1
replace = false
m_order = "largest"
missing = "indicator"

[outcomes]
primary = "proven_reoffending_1y"
others = [
  "frequency_1y", "reconvicted_1y", "charged_1y", "days_to_first_1y", "seriousness_1y", "breaches_per_month_1y",
  "appointments_kept_share_1y", "short_sentences_1y", "long_sentences_1y", "custody_nights_1y",
  "custody_for_reoffending_1y", "needs_met_accommodation", "needs_met_education_training_employment",
  "needs_met_health", "needs_met_drugs_alcohol", "needs_met_finance_benefit_debt", "needs_met_children_families",
  "needs_met_attitudes_thinking_behaviour",
]
follow_up_months = 12
not_counted = [{", ".join(f'"{group}"' for group in settings.not_counted)}]
severity_edition = "example"
smallest_worthwhile = 0.05
placebo = ["proven_reoffending_1y_before", "frequency_1y_before", "custody_nights_1y_before"]
run_in_months = 6
custody_margin_nights = 5.0
long_sentence_margin = 0.05

[subgroups]
planned = ["age < {settings.subgroup_age}"]
exploratory = ["sex"]

[attrition]
lost_to_service = "stay_in"
bounds = true
"""
