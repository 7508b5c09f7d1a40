"""The tables of casework: a case's actions, contacts and handovers, consent, family, homes and jobs, no contact.

Cases themselves are `casefile`; needs and appointments are `need` and `appointment`, whoever records them. A row that
`replaces` another corrects it: `standing` reads what stands.
"""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.codes import (
    ACTION_STATES,
    ANSWERS,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    HANDOVER_KINDS,
    PLACEMENT_KINDS,
    PROTECTED_KINDS,
    RELATIONS,
)
from whatworks.records.tables.declaration import Table, about


class PlanAction(Table):
    """Something that an agency is to do by a day, as a case's plan says."""

    organisation_id = columns.organisation()
    action_id = columns.key("action")
    replaces = columns.replaces()
    case_id = dy.String(description="The case.", metadata=about(references="casefile"))
    need_id = dy.String(nullable=True, description="The need that it is to meet.", metadata=about(references="need"))
    owner_organisation = dy.String(nullable=True, description="The agency that is to do it; null while nobody is.")
    action = dy.String(description="What is to be done.")
    due_on = columns.ahead("Day by which it is to be done.", nullable=False)
    state = dy.Enum(ACTION_STATES, description="How it stands.")
    closed_on = columns.happened("Day on which it was done or dropped.")


class Contact(Table):
    """One contact with a person, planned or not, and whether it came about."""

    organisation_id = columns.organisation()
    contact_id = columns.key("contact")
    replaces = columns.replaces()
    person_id = columns.person()
    case_id = dy.String(nullable=True, description="The case.", metadata=about(references="casefile"))
    contacted_on = columns.happened("Day of the contact.", nullable=False)
    how = dy.Enum(CONTACT_WAYS, description="In what way.")
    outcome = dy.Enum(CONTACT_OUTCOMES, description="Whether it was kept.")
    provider = dy.String(nullable=True, description="Who made it, where not the agency whose record this is.")


class Handover(Table):
    """A referral (do something for this case) or a transfer (it is yours now); the sender keeps the duty until both
    have agreed.
    """

    organisation_id = columns.organisation()
    handover_id = columns.key("handover")
    replaces = columns.replaces()
    case_id = dy.String(description="The case.", metadata=about(references="casefile"))
    kind = dy.Enum(HANDOVER_KINDS, description="Referral or transfer.")
    to_organisation = dy.String(description="The agency that is asked.")
    asked_on = columns.happened("Day on which it was asked.", nullable=False)
    answered_on = columns.happened("Day of its answer; null while it waits.")
    answer = dy.Enum(ANSWERS, nullable=True, description="Its answer; null while it waits.")
    reason = dy.String(nullable=True, description="Why it was asked, or refused.")


class Consent(Table):
    """A person's consent to one purpose, until it is withdrawn."""

    organisation_id = columns.organisation()
    consent_id = columns.key("consent")
    replaces = columns.replaces()
    person_id = columns.person()
    purpose = dy.String(description="For what it was given.")
    given_on = columns.happened("Day on which it was given.", nullable=False)
    withdrawn_on = columns.happened("Day on which it was withdrawn.")


class FamilyLink(Table):
    """That a person has a relative, who is named only where an agency knows the relative by a number of its own."""

    organisation_id = columns.organisation()
    link_id = columns.key("link")
    replaces = columns.replaces()
    person_id = columns.person()
    relation = dy.Enum(RELATIONS, description="What the relative is to the person.")
    relative_person_id = columns.other_person("The relative, where an agreement allows it.", nullable=True)


class PlacementSite(Table):
    """A home or a workplace that takes people."""

    organisation_id = columns.organisation()
    site = dy.String(
        primary_key=True, description="The agency's own name for the site.", metadata=about(identifying=True)
    )
    kind = dy.Enum(PLACEMENT_KINDS, description="Home or job.")
    places = dy.Int64(min=0, description="How many people it takes at once.", metadata=about(unit="people"))
    postcode = dy.String(nullable=True, description="Its postcode.", metadata=about(identifying=True))


class Placement(Table):
    """A home or a job offered to a person, and what came of it."""

    organisation_id = columns.organisation()
    placement_id = columns.key("placement")
    replaces = columns.replaces()
    person_id = columns.person()
    kind = dy.Enum(PLACEMENT_KINDS, description="Home or job.")
    offered_on = columns.happened("Day of the offer.", nullable=False)
    answer = dy.Enum(ANSWERS, nullable=True, description="The person's answer; null while it waits.")
    started_on = columns.happened("First day there.")
    ended_on = columns.happened("Last day there; null while it lasts.")
    end_reason = dy.String(nullable=True, description="Why it ended.")
    from_borough = dy.String(nullable=True, description="Code of the borough that the person comes from.")
    to_borough = dy.String(nullable=True, description="Code of the borough where it is.")
    site = dy.String(
        nullable=True, description="Where it is, as the agency names it.", metadata=about(identifying=True)
    )


class NoContact(Table):
    """A condition that a person has no contact with another, who is protected."""

    organisation_id = columns.organisation()
    condition_id = columns.key("condition")
    replaces = columns.replaces()
    person_id = columns.person()
    protected_person_id = columns.other_person("The protected person.")
    kind = dy.Enum(PROTECTED_KINDS, description="What the protected person is in the case.")
    from_date = columns.happened("First day in force.", nullable=False)
    to_date = columns.ahead("Last day in force; null while it lasts.")


CASEWORK_TABLES: dict[str, type[Table]] = {
    "plan_action": PlanAction,
    "contact": Contact,
    "handover": Handover,
    "consent": Consent,
    "family_link": FamilyLink,
    "placement_site": PlacementSite,
    "placement": Placement,
    "no_contact": NoContact,
}
"""The tables of casework, parents before children."""
