"""Send what the council and health hold: residents, addresses, needs, and the list of areas."""

from collections.abc import Mapping

from whatworks.simulation.agencies.extract import COMPACT, MONTH_NAME, SLASHES, Block, Extract
from whatworks.simulation.agencies.extracts_probation import PATHWAY_CODES
from whatworks.simulation.society.places import VINTAGE

_LEVEL_WORDS = {"No need": "none", "Low": "low", "Medium": "medium", "High": "high"}
_PATHWAY_WORDS = {pathway.replace("_", " ").title(): pathway for pathway in PATHWAY_CODES.values()}


def _needs(columns: Mapping[str, str]) -> Block:
    return Block("need", columns, codes={"pathway": _PATHWAY_WORDS, "level": _LEVEL_WORDS})


COUNCIL = (
    Extract(
        "council_areas.csv",
        "council",
        "council areas",
        (
            Block(
                "area",
                {
                    "area_code": "Code",
                    "name": "Name",
                    "kind": "Type",
                    "parent": "Borough",
                    "population": "Residents",
                },
                codes={"kind": {"LB": "borough", "WD": "ward"}},
                constants={"vintage": VINTAGE},
            ),
        ),
        encoding="utf-16",
        delimiter="\t",
    ),
    Extract(
        "council_residents.csv",
        "council",
        "council residents",
        (
            Block(
                "person",
                {
                    "person_id": "Client ref",
                    "forename": "First name",
                    "surname": "Last name",
                    "date_of_birth": "Born",
                    "sex": "Sex",
                    "ethnicity": "Ethnicity",
                    "postcode": "Postcode",
                    "pnc_id": "Police ref",
                },
                codes={"sex": {"Male": "male", "Female": "female", "Unknown": "unknown"}},
            ),
        ),
        delimiter=";",
        encoding="cp1252",
        dates=SLASHES,
    ),
    Extract(
        "council_addresses.csv",
        "council",
        "council addresses",
        (
            Block(
                "address",
                {
                    "address_id": "UPRN ref",
                    "person_id": "Client ref",
                    "area_code": "Ward",
                    "postcode": "Postcode",
                    "from_date": "Moved in",
                    "to_date": "Moved out",
                    "recorded_on": "Updated",
                },
                constants={"area_vintage": VINTAGE},
            ),
        ),
        dates=SLASHES,
        spoiled="Moved out",
        repeated=True,
    ),
    Extract(
        "council_support_needs.csv",
        "council",
        "council support needs",
        (
            _needs(
                {
                    "need_id": "Need ref",
                    "person_id": "Client ref",
                    "pathway": "Area of need",
                    "assessed_on": "Assessed",
                    "recorded_on": "Recorded",
                    "level": "Level",
                    "met_on": "Met",
                }
            ),
        ),
        dates=MONTH_NAME,
    ),
)
"""The files that the council sends."""

HEALTH = (
    Extract(
        "health_patients.txt",
        "health",
        "health patients",
        (
            Block(
                "person",
                {
                    "person_id": "patient_number",
                    "forename": "given",
                    "surname": "family",
                    "date_of_birth": "birth",
                    "sex": "sex",
                    "pnc_id": "offender_ref",
                },
                codes={"sex": {"M": "male", "F": "female", "": "unknown"}},
            ),
        ),
        delimiter="|",
        dates=COMPACT,
    ),
    Extract(
        "health_assessments.csv",
        "health",
        "health assessments",
        (
            _needs(
                {
                    "need_id": "assessment",
                    "person_id": "patient_number",
                    "pathway": "domain",
                    "assessed_on": "seen_on",
                    "recorded_on": "entered_on",
                    "level": "severity",
                    "met_on": "resolved_on",
                }
            ),
        ),
        spoiled="resolved_on",
    ),
)
"""The files that health sends."""
