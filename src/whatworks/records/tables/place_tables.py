"""The tables of places: boundaries, incidents, who works where, refuges, cameras, and offending groups.

Places are in metres of the British National Grid (EPSG:27700), or in degrees (WGS 84) where an agency has those. No
table takes in where a refuge is: a service has its host borough and nothing finer.
"""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.codes import AREA_KINDS, GROUP_ROLES, GROUP_STRANDS
from whatworks.records.tables.declaration import Table, about

PLACE_PRECISIONS = ("exact", "snapped", "area")
INCIDENT_ROLES = ("victim", "suspect")
REFUGE_UNITS = ("family_place", "household_place", "bed_space")
REFERRAL_OUTCOMES = ("placed", "refused", "safe_elsewhere", "returned", "lost")
REFUSAL_REASONS = ("no_space", "needs_not_met", "out_of_area", "other")
CAMERA_DUTIES = ("required", "discretionary")
CAMERA_USES = ("request", "evidence")


class AreaBoundary(Table):
    """The boundary of an area in one edition of the boundaries."""

    organisation_id = columns.organisation()
    area_code = dy.String(primary_key=True, description="Code of the area.", metadata=about(handling="official"))
    vintage = dy.String(primary_key=True, description="Edition of the boundaries.", metadata=about(handling="official"))
    kind = dy.Enum(AREA_KINDS, description="Borough, ward or small area.", metadata=about(handling="official"))
    name = dy.String(nullable=True, description="Name of the area.", metadata=about(handling="official"))
    parent = dy.String(
        nullable=True, description="Code of the area that holds it.", metadata=about(handling="official")
    )
    geometry = dy.Binary(
        description="Well-known binary in metres of the British National Grid.", metadata=about(handling="official")
    )
    source = dy.String(nullable=True, description="Who drew it.", metadata=about(handling="official"))
    licence = dy.String(nullable=True, description="Terms of its use.", metadata=about(handling="official"))


class AreaLookup(Table):
    """Which area of another edition, or of another kind, an area lies in."""

    organisation_id = columns.organisation()
    area_code = dy.String(primary_key=True, description="Code of the area.", metadata=about(handling="official"))
    vintage = dy.String(primary_key=True, description="Edition of the boundaries.", metadata=about(handling="official"))
    other_code = dy.String(description="Code of the area that it lies in.", metadata=about(handling="official"))
    other_vintage = dy.String(
        primary_key=True, description="Edition of that code.", metadata=about(handling="official")
    )


class Incident(Table):
    """One report of crime or disorder by one agency; several agencies may report one incident."""

    organisation_id = columns.organisation()
    incident_id = columns.key("report")
    incident_ref = dy.String(nullable=True, description="Reference shared by the agencies that report the incident.")
    kind = dy.String(description="Kind of crime or disorder, in the partnership's own list.")
    from_time = columns.moment("First moment at which it can have happened.", nullable=False)
    to_time = columns.moment("Last moment at which it can have happened; null where only one is known.")
    time_precision = columns.time_precision()
    easting, northing = columns.easting(identifying=True), columns.northing(identifying=True)
    longitude, latitude = columns.longitude(identifying=True), columns.latitude(identifying=True)
    place_precision = dy.Enum(
        PLACE_PRECISIONS,
        nullable=True,
        description="Whether the point is as recorded, moved to a published one, or of an area; null: as recorded.",
    )
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()


class IncidentPerson(Table):
    """A person named in a report, as victim or suspect."""

    organisation_id = columns.organisation()
    incident_id = dy.String(primary_key=True, description="The report.", metadata=about(references="incident"))
    person_id = dy.String(
        primary_key=True,
        description="The agency's own number for the person.",
        metadata=about(identifying=True, references="person"),
    )
    role = dy.Enum(INCIDENT_ROLES, primary_key=True, description="In what part the person is named.")


class Activity(Table):
    """What an agency does about crime or disorder in a place at a time: a patrol, wardens, outreach."""

    organisation_id = columns.organisation()
    activity_id = columns.key("activity")
    kind = dy.String(description="What is done (patrol, wardens, outreach, ...).")
    about_kind = dy.String(nullable=True, description="Kind of incident that it is about; null: any.")
    from_time = columns.moment("When it began.", nullable=False)
    to_time = columns.moment("When it ended; null while it lasts.", ahead=True)
    time_precision = columns.time_precision()
    easting, northing = columns.easting(), columns.northing()
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()


class RefugeService(Table):
    """Places of one refuge service in one borough. Where the refuge is stands nowhere."""

    organisation_id = columns.organisation()
    refuge_id = columns.key("refuge service")
    host_borough = dy.String(description="Code of the borough that hosts it; nothing finer is taken in.")
    units = dy.Enum(REFUGE_UNITS, description="What its places are counted in; counts of two units never add.")
    places = dy.Int64(min=0, description="How many it has.", metadata=about(unit="places"))
    needs_met = dy.String(nullable=True, description="Needs that it can meet, separated by semicolons.")
    annual_cost = dy.Int64(nullable=True, min=0, description="What it costs a year.", metadata=about(unit="pounds"))
    from_date = columns.happened("First day on which the places were open.", nullable=False)
    to_date = columns.ahead("Last day; null while they are open.")


class RefugeReferral(Table):
    """One call for a place of safety: many may belong to one person's episode."""

    organisation_id = columns.organisation()
    referral_id = columns.key("referral")
    person_id = columns.person(nullable=True)
    referred_on = columns.happened("Day of the referral.", nullable=False)
    origin_borough = dy.String(nullable=True, description="Code of the borough that the person comes from.")
    refuge_id = dy.String(
        nullable=True, description="The service that was asked.", metadata=about(references="refuge_service")
    )
    needs = dy.String(nullable=True, description="Needs of the household, separated by semicolons.")
    children = dy.Int64(nullable=True, min=0, description="Children who come too.", metadata=about(unit="children"))
    outcome = dy.Enum(REFERRAL_OUTCOMES, nullable=True, description="What came of it; null while it is open.")
    reason = dy.Enum(REFUSAL_REASONS, nullable=True, description="Why it was refused.")
    decided_on = columns.happened("Day on which that was known.")


class RefugeStay(Table):
    """A household's stay in a refuge."""

    organisation_id = columns.organisation()
    stay_id = columns.key("stay")
    refuge_id = dy.String(description="The service.", metadata=about(references="refuge_service"))
    referral_id = dy.String(
        nullable=True, description="The referral that led to it.", metadata=about(references="refuge_referral")
    )
    person_id = columns.person(nullable=True)
    origin_borough = dy.String(nullable=True, description="Code of the borough that the household comes from.")
    places = dy.Int64(
        min=1, description="Places that it takes up, in the service's units.", metadata=about(unit="places")
    )
    entered_on = columns.happened("First night.", nullable=False)
    left_on = columns.happened("Day of leaving; null while it lasts.")


class Camera(Table):
    """A camera of the estate."""

    organisation_id = columns.organisation()
    camera_id = columns.key("camera")
    kind = dy.String(description="Sort of camera (fixed, dome, redeployable, ...).")
    duty = dy.Enum(CAMERA_DUTIES, description="Whether something requires it, or it is there by choice.")
    installed_on = columns.happened("Day of installation.")
    removed_on = columns.ahead("Day of removal; null while it stands.")
    annual_cost = dy.Int64(nullable=True, min=0, description="What it costs a year.", metadata=about(unit="pounds"))
    sight = dy.Float64(nullable=True, min_exclusive=0.0, description="How far it sees.", metadata=about(unit="metres"))
    homes_overlooked = dy.Int64(
        nullable=True, min=0, description="Homes that it looks into.", metadata=about(unit="homes")
    )
    easting, northing = columns.easting(), columns.northing()
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()


class CameraUse(Table):
    """A use of a camera's pictures: somebody asked for them, or they were used as evidence."""

    organisation_id = columns.organisation()
    use_id = columns.key("use")
    camera_id = dy.String(description="The camera.", metadata=about(references="camera"))
    kind = dy.Enum(CAMERA_USES, description="Whether pictures were asked for, or used as evidence.")
    used_on = columns.happened("Day on which they were.", nullable=False)
    incident_ref = dy.String(nullable=True, description="Reference of the incident that they show.")


class OffendingGroup(Table):
    """A group of people who offend together, as the agency that answers for the record keeps it."""

    organisation_id = columns.organisation()
    group_id = columns.key("group")
    evidence_rule = dy.String(description="The rule by which somebody is said to belong to it, in words.")
    rule_uses_place = dy.Bool(description="Whether that rule looks at where people live or offend.")
    version = dy.String(description="Edition of the record, the same for everybody who works with it.")
    review_on = columns.ahead("Day by which the record is to be reviewed.", nullable=False)
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()
    strand = dy.Enum(GROUP_STRANDS, nullable=True, description="What is done about it in the main.")
    removed_on = columns.happened("Day on which it was taken out by arrests or an order; null while it stands.")


class OffendingGroupMembership(Table):
    """A person's part in a group. Victims stand apart, in `incident_person`."""

    organisation_id = columns.organisation()
    membership_id = columns.key("membership")
    group_id = dy.String(description="The group.", metadata=about(references="offending_group"))
    person_id = columns.person()
    role = dy.Enum(GROUP_ROLES, description="In what part.")
    under_18 = dy.Bool(nullable=True, description="Whether the person is a child on the day of the review.")
    strand = dy.Enum(GROUP_STRANDS, nullable=True, description="What is done for or about the person.")
    evidence = dy.String(nullable=True, description="What the membership rests on, in the agency's own short words.")
    from_date = columns.happened("First day.", nullable=False)
    to_date = columns.ahead("Last day; null while it lasts.")


PLACE_TABLES: dict[str, type[Table]] = {
    "area_boundary": AreaBoundary,
    "area_lookup": AreaLookup,
    "incident": Incident,
    "incident_person": IncidentPerson,
    "activity": Activity,
    "refuge_service": RefugeService,
    "refuge_referral": RefugeReferral,
    "refuge_stay": RefugeStay,
    "camera": Camera,
    "camera_use": CameraUse,
    "offending_group": OffendingGroup,
    "offending_group_membership": OffendingGroupMembership,
}
"""Parents before children."""
