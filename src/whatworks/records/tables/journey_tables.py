"""The tables of journeys: cases and their dated stages, allegations, trials as listed, victims and contact with them.

A case that several agencies report is one by its kind and `offence_ref`, and by person where a reference has several.
"""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.codes import OFFENCE_GROUPS, TIERS
from whatworks.records.tables.declaration import Table, about

SERIOUSNESS = ("serious", "less_serious")
CHARGING_DECISIONS = ("charged", "charged_at_lower_level", "out_of_court", "not_charged")
CHARGE_RESULTS = ("convicted", "convicted_at_lower_level", "acquitted", "discontinued")
LISTING_OUTCOMES = ("effective", "cracked", "ineffective", "vacated")
LISTING_REASONS = ("prosecution", "defence", "court", "other")
COURT_KINDS = ("magistrates", "crown_court")
VICTIM_SOURCES = ("police_report", "self_referral", "other_service")
RESIDENCES = ("resident", "non_resident", "unknown")
CONTACT_RESULTS = ("information_supplied", "contact_made", "no_answer")


class Casefile(Table):
    """A case of one kind, as one agency keeps it: a defendant's, a victim's, a release, a request."""

    organisation_id = columns.organisation()
    case_id = columns.key("case")
    kind = dy.String(description="Kind of journey, as its file in `journeys/` names it.")
    person_id = columns.person(nullable=True)
    borough = dy.String(nullable=True, description="Code of the borough whose case it is.")
    offence_ref = dy.String(nullable=True, description="Reference shared by the agencies that report the case.")
    opening_rule_version = dy.String(nullable=True, description="Edition of the rule by which it was opened.")
    lead_organisation = dy.String(nullable=True, description="The agency that leads.")
    lawful_basis = dy.String(nullable=True, description="Lawful basis on which it is kept.")
    review_on = columns.ahead("Day by which it is to be reviewed.")
    scheme_id = dy.String(nullable=True, description="The scheme that it is a part of.")
    opened_on = columns.happened("Day on which it was opened.")
    closed_on = columns.happened("Day on which it was closed; null while it is open.")
    close_reason = dy.String(nullable=True, description="Why it was closed.")
    tier = dy.Enum(TIERS, nullable=True, description="Who may see it; null: official-sensitive.")
    replaces = columns.replaces()


class CaseStage(Table):
    """A case's stay in one stage of its journey, as one agency reports it; several agencies may report one stay."""

    organisation_id = columns.organisation()
    case_stage_id = columns.key("stay in a stage")
    case_id = dy.String(description="The case.", metadata=about(references="casefile"))
    kind = dy.String(description="Kind of journey, as its file in `journeys/` names it.")
    stage = dy.String(description="Stage, as the kind of journey declares it.")
    entered_on = columns.happened("Day on which the case entered the stage.", nullable=False)
    left_on = columns.happened("Day on which it left the stage; null while it waits there.")
    outcome = dy.String(nullable=True, description="How it left: on to the next stage, or an outcome that ends it.")
    reason = dy.String(nullable=True, description="Why, in the agency's own short words.")
    organisation = dy.String(nullable=True, description="Who held the duty meanwhile, where not the stage's owner.")


class Allegation(Table):
    """An allegation against a person, and how far it went; the decision is missing while it is pending."""

    organisation_id = columns.organisation()
    allegation_id = columns.key("allegation")
    person_id = columns.person(nullable=True)
    offence_ref = dy.String(nullable=True, description="Reference of the case; allegations of one case are one unit.")
    offence_group = dy.Enum(OFFENCE_GROUPS, nullable=True, description="Group of offences (OGRS3).")
    seriousness = dy.Enum(SERIOUSNESS, description="Level at which it was recorded.")
    recorded_on = columns.happened("Day on which the police recorded it.", nullable=False)
    suspect_named_on = columns.happened("Day on which a suspect was first named.")
    referred_on = columns.happened("Day of referral to the prosecutor.")
    decided_on = columns.happened("Day of the charging decision.")
    decision = dy.Enum(CHARGING_DECISIONS, nullable=True, description="Charging decision; null while pending.")
    reason = dy.String(nullable=True, description="Why it was not charged (evidential, public_interest, ...).")
    result = dy.Enum(CHARGE_RESULTS, nullable=True, description="What became of the charge; null while pending.")
    area_code = columns.area_code()


class TrialListing(Table):
    """A day for which a trial was listed, and what became of it."""

    organisation_id = columns.organisation()
    listing_id = columns.key("listing")
    case_id = dy.String(nullable=True, description="The case.", metadata=about(references="casefile"))
    court_kind = dy.Enum(COURT_KINDS, description="Sort of court.")
    court = dy.String(nullable=True, description="Court house.", metadata=about(handling="official"))
    listed_for = columns.ahead("Day for which the trial was listed, which may lie ahead.", nullable=False)
    outcome = dy.Enum(
        LISTING_OUTCOMES,
        nullable=True,
        description="Whether it went ahead, ended without a trial on the day, could not go ahead, or was taken out of "
        "the list before the day; null if not yet known.",
    )
    reason = dy.Enum(LISTING_REASONS, nullable=True, description="Whose reason it was, where it did not go ahead.")


class Victim(Table):
    """A victim as one agency knows them in one case, reported to the police or not."""

    organisation_id = columns.organisation()
    victim_id = columns.key("victim in this case")
    person_id = columns.person(nullable=True)
    offence_ref = dy.String(nullable=True, description="Reference of the offence, where it was reported.")
    referral_source = dy.Enum(VICTIM_SOURCES, description="How the agency came to know.")
    known_on = columns.happened("Day on which the agency came to know.", nullable=False)
    needs_assessed_on = columns.happened("Day on which needs were assessed.")
    residence = dy.Enum(RESIDENCES, description="Whether the victim lives in the partnership's area.")
    borough = dy.String(nullable=True, description="Code of the borough of residence.")


class VictimContact(Table):
    """One attempt to reach a victim. To send information is not contact; it is understood when the victim says so."""

    organisation_id = columns.organisation()
    contact_id = columns.key("contact")
    victim_id = dy.String(description="The victim in this case.", metadata=about(references="victim"))
    contacted_on = columns.happened("Day of the attempt.", nullable=False)
    result = dy.Enum(CONTACT_RESULTS, description="What came of it.")
    understood_on = columns.happened("Day on which the victim confirmed having understood.")
    organisation = dy.String(nullable=True, description="Who made it, where not the agency whose record this is.")


JOURNEY_TABLES: dict[str, type[Table]] = {
    "casefile": Casefile,
    "case_stage": CaseStage,
    "allegation": Allegation,
    "trial_listing": TrialListing,
    "victim": Victim,
    "victim_contact": VictimContact,
}
"""The tables that journeys are read from, parents before children."""
