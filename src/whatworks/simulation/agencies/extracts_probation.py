"""Send what probation holds: cases, orders, contacts, assessments, addresses, and the scheme that it runs."""

from whatworks.records.tables.agency_tables import NEED_LEVELS, OFFENCE_GROUPS, PATHWAYS
from whatworks.simulation.agencies.extract import COMPACT, MONTH_NAME, SLASHES, Block, Extract
from whatworks.simulation.society.places import VINTAGE

PATHWAY_CODES = {f"P{number}": pathway for number, pathway in enumerate(PATHWAYS, 1)}
LEVEL_CODES = {str(number): level for number, level in enumerate(NEED_LEVELS)}

PROBATION = (
    Extract(
        "probation_cases.txt",
        "probation",
        "probation cases",
        (
            Block(
                "person",
                {
                    "person_id": "crn",
                    "surname": "last_name",
                    "forename": "first_name",
                    "date_of_birth": "dob",
                    "sex": "gender",
                    "ethnicity": "ethnic_origin",
                    "postcode": "postcode",
                    "pnc_id": "pnc",
                    "prison_number": "noms",
                },
                codes={"sex": {"m": "male", "f": "female", "x": "unknown"}},
            ),
        ),
        delimiter="|",
        dates=MONTH_NAME,
    ),
    Extract(
        "probation_events.csv",
        "probation",
        "probation events",
        (
            Block(
                "offence",
                {
                    "offence_id": "event_no",
                    "person_id": "crn",
                    "offence_ref": "asn",
                    "offence_code": "ho_code",
                    "offence_group": "category",
                    "committed_from": "offence_date",
                    "committed_to": "offence_date_to",
                    "recorded_on": "entered_on",
                    "sanctioned_on": "conviction_date",
                    "sanction": "outcome",
                },
                codes={
                    "offence_group": {group.replace("_", " ").capitalize(): group for group in OFFENCE_GROUPS},
                    "sanction": {"Convicted": "conviction"},
                },
            ),
        ),
        spoiled="conviction_date",
        repeated=True,
    ),
    Extract(
        "probation_orders.csv",
        "probation",
        "probation orders",
        (
            Block(
                "requirement",
                {
                    "requirement_id": "component_id",
                    "person_id": "crn",
                    "sentence_id": "court_order_no",
                    "kind": "component",
                    "provider": "provider",
                    "from_date": "starts",
                    "to_date": "ends",
                },
                codes={
                    "kind": {
                        "SUP": "supervision",
                        "UPW": "unpaid_work",
                        "PRG": "programme",
                        "LIC": "licence",
                    }
                },
            ),
        ),
        delimiter=";",
        dates=SLASHES,
        spoiled="ends",
    ),
    Extract(
        "probation_contacts.csv",
        "probation",
        "probation contacts",
        (
            Block(
                "appointment",
                {
                    "appointment_id": "contact_id",
                    "requirement_id": "component_id",
                    "due_on": "contact_date",
                    "outcome": "result",
                },
                codes={
                    "outcome": {
                        "ATT": "kept",
                        "AA": "acceptable_absence",
                        "UA": "unacceptable_absence",
                    }
                },
                when=("contact_type", "APPOINTMENT"),
            ),
            Block(
                "breach",
                {
                    "breach_id": "contact_id",
                    "requirement_id": "component_id",
                    "breached_on": "contact_date",
                    "action": "action",
                    "outcome": "action_result",
                },
                when=("contact_type", "ENFORCEMENT"),
            ),
        ),
        spoiled="contact_date",
        repeated=True,
    ),
    Extract(
        "probation_assessments.csv",
        "probation",
        "probation assessments",
        (
            Block(
                "need",
                {
                    "need_id": "assessment_item",
                    "person_id": "crn",
                    "pathway": "pathway",
                    "assessed_on": "assessed",
                    "recorded_on": "keyed",
                    "level": "score",
                    "met_on": "closed",
                },
                codes={"pathway": PATHWAY_CODES, "level": LEVEL_CODES},
            ),
        ),
        dates=COMPACT,
        encoding="utf-8-sig",
        spoiled="closed",
        repeated=True,
    ),
    Extract(
        "probation_addresses.csv",
        "probation",
        "probation addresses",
        (
            Block(
                "address",
                {
                    "address_id": "address_id",
                    "person_id": "crn",
                    "area_code": "ward",
                    "postcode": "postcode",
                    "from_date": "start_date",
                    "to_date": "end_date",
                    "recorded_on": "created",
                },
                constants={"area_vintage": VINTAGE},
            ),
        ),
        dates=MONTH_NAME,
        spoiled="end_date",
    ),
    Extract(
        "probation_scheme.csv",
        "probation",
        "probation scheme",
        (
            Block(
                "scheme",
                {"scheme_id": "scheme", "name": "title", "from_date": "from", "to_date": "to"},
                when=("row", "SCHEME"),
            ),
            Block(
                "scheme_area",
                {"scheme_id": "scheme", "area_code": "borough"},
                constants={"area_vintage": VINTAGE},
                when=("row", "AREA"),
            ),
        ),
        dates=SLASHES,
    ),
    Extract(
        "probation_participants.csv",
        "probation",
        "probation participants",
        (
            Block(
                "participation",
                {
                    "participation_id": "case",
                    "person_id": "crn",
                    "scheme_id": "scheme",
                    "eligible_on": "eligible",
                    "referred_on": "referred",
                    "offered_on": "offered",
                    "started_on": "started",
                    "completed_on": "completed",
                    "ended_on": "ended",
                    "end_reason": "reason",
                    "area_code": "borough",
                },
                codes={
                    "end_reason": {
                        "Completed": "completed",
                        "Lost contact": "lost_contact",
                        "Did not start": "did_not_start",
                        "Back in custody": "returned_to_custody",
                    }
                },
            ),
        ),
        dates=SLASHES,
    ),
)
"""The files that probation sends."""
