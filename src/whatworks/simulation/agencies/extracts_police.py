"""Send what police hold: people, crimes and out-of-court disposals in one file, addresses."""

import polars as pl

from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
from whatworks.simulation.agencies.extract import SLASHES, Block, Extract
from whatworks.simulation.society.places import VINTAGE

GROUP_CODES = dict(
    zip(
        (
            "VIO", "ROB", "POR", "SXA", "SXC", "SOL", "BUD", "BUO", "THF", "HAN", "FRA", "ABS", "TWC", "TFV", "MOT",
            "DRD", "CRD", "DRI", "DRP", "BRE", "OTH",
        ),
        OFFENCE_GROUPS,
        strict=True,
    )
)  # fmt: skip
_OFFENCE = {
    "offence_id": "CrimeNo",
    "person_id": "PersonURN",
    "offence_ref": "ArrestSummonsRef",
    "offence_code": "OffCode",
    "offence_group": "OffClass",
    "offence_class": "TriableAs",
    "committed_from": "OffDateFrom",
    "committed_to": "OffDateTo",
    "recorded_on": "DateRecorded",
    "sanctioned_on": "DisposalDate",
    "area_code": "OffWard",
}
_TRIABLE = {"I": "indictable_only", "E": "either_way", "S": "summary"}
_OUT_OF_COURT = pl.col("sanction").is_in(["caution", "reprimand", "warning"])

POLICE = (
    Extract(
        "police_nominals.csv",
        "police",
        "police nominals",
        (
            Block(
                "person",
                {
                    "person_id": "PersonURN",
                    "pnc_id": "PNCID",
                    "forename": "Forename1",
                    "surname": "Surname",
                    "date_of_birth": "DOB",
                    "sex": "Gender",
                    "ethnicity": "SelfDefinedEthnicity",
                    "postcode": "HomePostcode",
                },
                codes={"sex": {"M": "male", "F": "female", "U": "unknown"}},
            ),
        ),
        encoding="utf-8-sig",
        dates=SLASHES,
    ),
    Extract(
        "police_crimes.csv",
        "police",
        "police crimes",
        (
            Block(
                "offence",
                {**_OFFENCE, "charged_on": "ChargeDate", "sanction": "Disposal"},
                codes={"offence_group": GROUP_CODES, "offence_class": _TRIABLE, "sanction": {"CONV": "conviction"}},
                constants={"area_vintage": VINTAGE},
                when=("RecordType", "CRIME"),
                rows=~_OUT_OF_COURT.fill_null(False),
            ),
            Block(
                "offence",
                {**_OFFENCE, "sanction": "Disposal"},
                codes={
                    "offence_group": GROUP_CODES,
                    "offence_class": _TRIABLE,
                    "sanction": {"CAU": "caution", "REP": "reprimand", "WAR": "warning"},
                },
                constants={"area_vintage": VINTAGE},
                when=("RecordType", "OOCD"),
                rows=_OUT_OF_COURT,
            ),
        ),
        delimiter=";",
        encoding="cp1252",
        dates=SLASHES,
        line_end="\r\n",
        spoiled="OffDateTo",
        required="OffDateFrom",
        repeated=True,
    ),
    Extract(
        "police_addresses.txt",
        "police",
        "police addresses",
        (
            Block(
                "address",
                {
                    "address_id": "LocationRef",
                    "person_id": "PersonURN",
                    "area_code": "WardCode",
                    "postcode": "Postcode",
                    "from_date": "From",
                    "to_date": "To",
                    "recorded_on": "Entered",
                },
                constants={"area_vintage": VINTAGE},
            ),
        ),
        delimiter="\t",
        spoiled="To",
        repeated=True,
    ),
)
"""The files that police send."""
