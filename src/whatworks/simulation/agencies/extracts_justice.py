"""Send what courts and prisons hold: charges with their sentences on one line, receptions and releases."""

import polars as pl

from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
from whatworks.simulation.agencies.extract import COMPACT, MONTH_NAME, SLASHES, Block, Extract, Frames


def _charges_with_sentences(frames: Frames) -> pl.DataFrame:
    """Put each charge and the sentence for it, whose numbers are made from the same one, on one line."""
    given = frames["sentence"].select("sentence_id", "kind", "sentenced_on", "length_days")
    return (
        frames["offence"]
        .with_columns(number=pl.col("offence_id").str.slice(1, 9))
        .join(given.with_columns(number=pl.col("sentence_id").str.slice(1)), "number", "left", maintain_order="left")
        .drop("number")
    )


COURT = (
    Extract(
        "court_defendants.csv",
        "court",
        "court defendants",
        (
            Block(
                "person",
                {
                    "person_id": "DEFENDANT_ID",
                    "surname": "FAMILY_NAME",
                    "forename": "GIVEN_NAME",
                    "date_of_birth": "BIRTH_DATE",
                    "sex": "SEX",
                    "pnc_id": "PNC",
                },
                codes={"sex": {"1": "male", "2": "female", "9": "unknown"}},
            ),
        ),
        dates=COMPACT,
    ),
    Extract(
        "court_results.txt",
        "court",
        "court results",
        (
            Block(
                "offence",
                {
                    "person_id": "DEFENDANT_ID",
                    "offence_ref": "ASN",
                    "offence_code": "OFFENCE_CODE",
                    "offence_group": "OFFENCE_GROUP",
                    "offence_class": "MODE_OF_TRIAL",
                    "committed_from": "OFFENCE_START",
                    "committed_to": "OFFENCE_END",
                    "recorded_on": "REGISTERED",
                    "charged_on": "CHARGED",
                    "sanctioned_on": "FINDING_DATE",
                    "sanction": "FINDING",
                },
                codes={
                    "offence_group": {f"{number:02d}": group for number, group in enumerate(OFFENCE_GROUPS, 1)},
                    "offence_class": {"IO": "indictable_only", "EW": "either_way", "SO": "summary"},
                    "sanction": {"G": "conviction"},
                },
                key={"offence_id": ("CASE_NO", "CHARGE_NO")},
            ),
            Block(
                "sentence",
                {
                    "sentence_id": "WARRANT_OR_ORDER",
                    "person_id": "DEFENDANT_ID",
                    "offence_ref": "ASN",
                    "kind": "RESULT",
                    "sentenced_on": "RESULT_DATE",
                    "length_days": "TERM_DAYS",
                },
                codes={
                    "kind": {
                        "IMP": "custody",
                        "SUS": "suspended",
                        "CO": "community",
                        "FI": "fine",
                        "CD": "discharge",
                        "OTH": "other",
                    }
                },
                not_empty="WARRANT_OR_ORDER",
            ),
        ),
        delimiter="|",
        dates=MONTH_NAME,
        joined=_charges_with_sentences,
        spoiled="OFFENCE_END",
        required="OFFENCE_START",
    ),
)
"""The files that courts send."""

PRISON = (
    Extract(
        "prison_prisoners.txt",
        "prison",
        "prison prisoners",
        (
            Block(
                "person",
                {
                    "person_id": "Prison No",
                    "surname": "Surname",
                    "forename": "Forename",
                    "date_of_birth": "Date of birth",
                    "sex": "Sex",
                    "ethnicity": "Ethnicity",
                    "pnc_id": "PNC No",
                    "prison_number": "NOMS No",
                    "crn": "Probation CRN",
                },
                codes={"sex": {"Male": "male", "Female": "female", "Not known": "unknown"}},
            ),
        ),
        delimiter="\t",
        encoding="cp1252",
        dates=MONTH_NAME,
        line_end="\r\n",
    ),
    Extract(
        "prison_movements.csv",
        "prison",
        "prison movements",
        (
            Block(
                "custody_spell",
                {
                    "spell_id": "Movement No",
                    "person_id": "Prison No",
                    "sentence_id": "Warrant",
                    "received_on": "Reception",
                    "released_on": "Discharge",
                    "status": "Custody type",
                    "establishment": "Establishment",
                },
                codes={"status": {"R": "remand", "S": "sentence", "LR": "recall"}},
            ),
        ),
        dates=SLASHES,
        required="Reception",
    ),
)
"""The files that prisons send."""
