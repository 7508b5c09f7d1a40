"""The tables of a partnership: what police, probation, prisons, courts, councils and health services hold.

`person_id` is the agency's own number for a person, so the key of a person is (organisation_id, person_id), and every
reference holds within one organisation. Optional columns are nullable; a missing value is null, never an empty text.
"""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.casework_tables import CASEWORK_TABLES
from whatworks.records.tables.codes import APPOINTMENT_OUTCOMES as APPOINTMENT_OUTCOMES
from whatworks.records.tables.codes import AREA_KINDS
from whatworks.records.tables.codes import NEED_LEVELS as NEED_LEVELS
from whatworks.records.tables.codes import OFFENCE_GROUPS as OFFENCE_GROUPS
from whatworks.records.tables.codes import PATHWAYS as PATHWAYS
from whatworks.records.tables.declaration import Table, about
from whatworks.records.tables.journey_tables import JOURNEY_TABLES
from whatworks.records.tables.people_tables import PEOPLE_TABLES
from whatworks.records.tables.place_tables import PLACE_TABLES
from whatworks.records.tables.survey_tables import SURVEY_TABLES

ORGANISATION_KINDS = (
    "police", "probation", "prison", "court", "prosecutor", "council", "health", "voluntary", "central",
)  # fmt: skip
SEXES = ("female", "male", "other", "unknown")
SANCTIONS = ("conviction", "caution", "reprimand", "warning")
SENTENCE_KINDS = ("custody", "suspended", "community", "fine", "discharge", "other")
CUSTODY_STATUSES = ("remand", "sentence", "recall")
OFFENCE_CLASSES = ("indictable_only", "either_way", "summary")
"""How an offence may be tried in England and Wales, gravest first: the Justice Data Lab's tiers of court outcome."""


class Organisation(Table):
    """An agency of the partnership."""

    organisation_id = dy.String(primary_key=True, description="Short name used in every other table.")
    name = dy.String(description="Full name of the agency.", metadata=about(handling="official"))
    kind = dy.Enum(ORGANISATION_KINDS, description="What sort of agency it is.")


class Person(Table):
    """A person as one agency knows them."""

    organisation_id = columns.organisation()
    person_id = dy.String(
        primary_key=True, description="The agency's own number for the person.", metadata=about(identifying=True)
    )
    forename = dy.String(nullable=True, description="First name.", metadata=about(identifying=True))
    surname = dy.String(nullable=True, description="Family name.", metadata=about(identifying=True))
    date_of_birth = dy.Date(nullable=True, description="Date of birth.", metadata=about(identifying=True, event=True))
    sex = dy.Enum(SEXES, nullable=True, description="Sex as the agency records it.")
    ethnicity = dy.String(nullable=True, description="Ethnic group as the agency records it.")
    died_on = dy.Date(
        nullable=True, description="Day of death, where known.", metadata=about(identifying=True, event=True)
    )
    postcode = dy.String(nullable=True, description="Postcode of residence.", metadata=about(identifying=True))
    pnc_id = dy.String(nullable=True, description="Police National Computer number.", metadata=about(identifying=True))
    prison_number = dy.String(nullable=True, description="Prison number.", metadata=about(identifying=True))
    crn = dy.String(nullable=True, description="Probation case reference number.", metadata=about(identifying=True))


class Address(Table):
    """Where a person lived."""

    organisation_id = columns.organisation()
    address_id = columns.key("address")
    person_id = columns.person()
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()
    postcode = dy.String(nullable=True, description="Postcode of the address.", metadata=about(identifying=True))
    from_date = columns.happened("First day at the address.")
    to_date = columns.ahead("Last day at the address; null while it lasts.")
    recorded_on = columns.happened("When the agency wrote it down.")


class Offence(Table):
    """An offence attributed to a person by one agency; how far it went is read from its dates."""

    organisation_id = columns.organisation()
    offence_id = columns.key("offence")
    person_id = columns.person()
    offence_ref = dy.String(nullable=True, description="Reference shared by police, courts and probation.")
    offence_code = dy.String(nullable=True, description="Code of the offence in the agency's own list.")
    offence_group = dy.Enum(OFFENCE_GROUPS, nullable=True, description="Group of offences (OGRS3).")
    offence_class = dy.Enum(
        OFFENCE_CLASSES, nullable=True, description="How it may be tried: on indictment only, either way, summarily."
    )
    committed_from = columns.happened("First day on which it can have been committed.", nullable=False)
    committed_to = columns.happened("Last day on which it can have been committed.")
    recorded_on = columns.happened("When the agency wrote it down.")
    charged_on = columns.happened("Day of charge.")
    sanctioned_on = columns.happened("Day of conviction, caution, reprimand or warning.")
    sanction = dy.Enum(SANCTIONS, nullable=True, description="What proved it.")
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()


class Sentence(Table):
    """What a court gave."""

    organisation_id = columns.organisation()
    sentence_id = columns.key("sentence")
    person_id = columns.person()
    offence_ref = dy.String(nullable=True, description="Reference of the main offence.")
    kind = dy.Enum(SENTENCE_KINDS, description="Sort of sentence.")
    sentenced_on = columns.happened("Day of sentence.", nullable=False)
    length_days = dy.Int64(
        nullable=True, min=0, max=36600, description="Length as pronounced.", metadata=about(unit="days")
    )


class CustodySpell(Table):
    """One stay in custody. Spells overlap (remand and sentence, two warrants): never sum them."""

    organisation_id = columns.organisation()
    spell_id = columns.key("stay")
    person_id = columns.person()
    sentence_id = dy.String(nullable=True, description="The court's number for the sentence, if one was given.")
    received_on = columns.happened("First night in custody.", nullable=False)
    released_on = columns.happened("Day of release; null while it lasts.")
    status = dy.Enum(CUSTODY_STATUSES, description="Why the person was held.")
    establishment = dy.String(nullable=True, description="Prison or police station.")


class Requirement(Table):
    """A part of an order or licence."""

    organisation_id = columns.organisation()
    requirement_id = columns.key("requirement")
    person_id = columns.person()
    sentence_id = dy.String(nullable=True, description="The court's number for the sentence.")
    kind = dy.String(description="What the person has to do (supervision, unpaid work, programme, ...).")
    provider = dy.String(nullable=True, description="Who delivers it.")
    from_date = columns.happened("First day in force.", nullable=False)
    to_date = columns.ahead("Last day in force, which may lie ahead.")


class Appointment(Table):
    """One appointment under a requirement."""

    organisation_id = columns.organisation()
    appointment_id = columns.key("appointment")
    requirement_id = dy.String(description="The requirement.", metadata=about(references="requirement"))
    due_on = columns.ahead("Day of the appointment, which may lie ahead.", nullable=False)
    outcome = dy.Enum(APPOINTMENT_OUTCOMES, nullable=True, description="What came of it; null if not yet known.")
    replaces = columns.replaces()


class Breach(Table):
    """One breach of a requirement."""

    organisation_id = columns.organisation()
    breach_id = columns.key("breach")
    requirement_id = dy.String(description="The requirement.", metadata=about(references="requirement"))
    breached_on = columns.happened("Day of the breach.", nullable=False)
    action = dy.String(nullable=True, description="What was done about it.")
    outcome = dy.String(nullable=True, description="What came of that.")


class Need(Table):
    """A need assessed on one of the seven resettlement pathways."""

    organisation_id = columns.organisation()
    need_id = columns.key("assessment")
    person_id = columns.person()
    pathway = dy.Enum(PATHWAYS, description="Resettlement pathway.")
    assessed_on = columns.happened("Day of assessment.", nullable=False)
    recorded_on = columns.happened("When the agency wrote it down.")
    level = dy.Enum(NEED_LEVELS, description="How great the need was.")
    met_on = columns.happened("Day on which it was met; null if it never was.")
    met_by = dy.String(nullable=True, description="The service that met it.", metadata=about(handling="official"))
    closed_on = columns.happened("Day on which it was closed unmet.")
    close_reason = dy.String(nullable=True, description="Why it was closed unmet.")
    replaces = columns.replaces()


class Scheme(Table):
    """A scheme whose effect may be asked about."""

    organisation_id = columns.organisation()
    scheme_id = columns.key("scheme")
    name = dy.String(description="Name of the scheme.", metadata=about(handling="official"))
    from_date = columns.happened("First day of the scheme.", nullable=False)
    to_date = columns.ahead("Last day of the scheme; null while it lasts.")


class SchemeArea(Table):
    """Where a scheme works."""

    organisation_id = columns.organisation()
    scheme_id = dy.String(primary_key=True, description="The scheme.", metadata=about(references="scheme"))
    area_code = dy.String(primary_key=True, description="Code of the area.")
    area_vintage = dy.String(primary_key=True, description="Edition of the boundaries that the code belongs to.")


class Participation(Table):
    """A person's part in a scheme, from eligible to ended."""

    organisation_id = columns.organisation()
    participation_id = columns.key("participation")
    person_id = columns.person()
    scheme_id = dy.String(description="The scheme.", metadata=about(references="scheme"))
    offence_ref = dy.String(nullable=True, description="Reference of the offence that led to the referral, if one did.")
    eligible_on = columns.happened("Day on which the person became eligible.")
    referred_on = columns.happened("Day of referral.")
    offered_on = columns.happened("Day of the offer.")
    started_on = columns.happened("Day of the start.")
    completed_on = columns.happened("Day of completion.")
    ended_on = columns.happened("Day of the end, for whatever reason.")
    end_reason = dy.String(nullable=True, description="Why it ended (completed, lost_contact, withdrew, ...).")
    area_code = columns.area_code()


class Area(Table):
    """A borough, ward or small area in one edition of the boundaries."""

    organisation_id = columns.organisation()
    area_code = dy.String(primary_key=True, description="Code of the area.")
    vintage = dy.String(primary_key=True, description="Edition of the boundaries.")
    name = dy.String(nullable=True, description="Name of the area.", metadata=about(handling="official"))
    kind = dy.Enum(AREA_KINDS, description="Borough, ward or small area.")
    parent = dy.String(nullable=True, description="Code of the area that holds it, in the same edition.")
    population = dy.Int64(nullable=True, min=0, description="People living there.", metadata=about(unit="people"))


MEASURED_TABLES: dict[str, type[Table]] = {
    "organisation": Organisation,
    "area": Area,
    "person": Person,
    "address": Address,
    "offence": Offence,
    "sentence": Sentence,
    "custody_spell": CustodySpell,
    "requirement": Requirement,
    "appointment": Appointment,
    "breach": Breach,
    "need": Need,
    "scheme": Scheme,
    "scheme_area": SchemeArea,
    "participation": Participation,
}
"""The tables that outcomes and covariates are measured from, parents before children."""

RECORD_TABLES: dict[str, type[Table]] = {
    **MEASURED_TABLES, **JOURNEY_TABLES, **CASEWORK_TABLES, **SURVEY_TABLES, **PLACE_TABLES,
    **PEOPLE_TABLES,
}  # fmt: skip
"""The tables that agencies' extracts fill, parents before children."""
