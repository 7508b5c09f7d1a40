"""Prison exports in two styles, and court exports in three."""

from suggest_exports.export import Export
from suggest_exports.values import (
    BEGAN,
    BORN,
    CONVICTED,
    ENDED,
    RECORDED,
    after,
    day,
    noms,
    numbered,
    of_person,
    one_of,
    pnc,
    somebody_else,
)  # fmt: skip

ISO = "%Y-%m-%d"
RELEASES = Export(
    "nomis_releases",
    "NOMIS",
    True,
    {
        "NOMS ID": noms(),
        "Prison No": numbered("QZ{:04}", "person"),
        "Surname": of_person("surname"),
        "Forename1": of_person("forename"),
        "Forename2": of_person("forename"),
        "DOB": day(BORN),
        "Gender": of_person("sex"),
        "Ethnicity": of_person("ethnicity"),
        "Establishment": one_of("Northbank (HMP)", "Eastwick (HMP & YOI)"),
        "First Reception Date": day(CONVICTED),
        "DATE RELEASE": after(90),
        "Release Reason": one_of("CR", "AR", "HR"),
        "Imprisonment Status": one_of("SENT03", "RX", "LR", "ADIMP_ORA"),
        "CRD": after(95),
        "SED": after(2500),
        "PNC ID": pnc(0.05, short=True),
    },
    {
        "person": {
            "person_id": "NOMS ID", "prison_number": "NOMS ID", "surname": "Surname", "forename": "Forename1",
            "date_of_birth": "DOB", "sex": "Gender", "ethnicity": "Ethnicity", "pnc_id": "PNC ID",
        },
        "custody_spell": {
            "person_id": "NOMS ID", "received_on": "First Reception Date", "released_on": "DATE RELEASE",
            "status": "Imprisonment Status", "establishment": "Establishment",
        },
    },
)  # fmt: skip
MOVEMENTS = Export(
    "dps_stays",
    "Digital Prison",
    False,
    {
        "prisonerNumber": noms(),
        "bookingId": numbered("12{:05}"),
        "firstName": of_person("forename"),
        "lastName": of_person("surname"),
        "dateOfBirth": day(BORN, ISO),
        "gender": of_person("sex", M="Male", F="Female"),
        "ethnicity": of_person("ethnicity"),
        "pncNumber": pnc(0.1),
        "croNumber": numbered("{:06}/08W", "person"),
        "receptionDate": day(CONVICTED, ISO),
        "releaseDate": after(120, ISO, empty=0.2),
        "conditionalReleaseDate": after(1500, ISO),
        "legalStatus": one_of("SENTENCED", "REMAND", "RECALL"),
        "prisonName": one_of("Northbank (HMP)", "Eastwick (HMP)"),
        "keyworkerLastName": somebody_else("surname"),
    },
    {
        "person": {
            "person_id": "prisonerNumber", "prison_number": "prisonerNumber", "forename": "firstName",
            "surname": "lastName", "date_of_birth": "dateOfBirth", "sex": "gender", "ethnicity": "ethnicity",
            "pnc_id": "pncNumber",
        },
        "custody_spell": {
            "spell_id": "bookingId", "person_id": "prisonerNumber", "received_on": "receptionDate",
            "released_on": "releaseDate", "status": "legalStatus", "establishment": "prisonName",
        },
    },
)  # fmt: skip
LIBRA = Export(
    "libra_results",
    "Libra",
    True,
    {
        "Case Number": numbered("16000{:05}", "case"),
        "Defendant Name": lambda row: f"Mr {row.person.forename} {row.person.surname}",
        "Defendant DOB": day(BORN),
        "Defendant Sex": of_person("sex"),
        "PNC": pnc(0.3),
        "ASN": numbered("2201ZD01000004{:05}B", "case"),
        "Hearing Date": after(10),
        "Offence Code": one_of("TH68010", "CJ88001", "OF61102"),
        "Offence Date": day(BEGAN),
        "Plea": one_of("G", "NG"),
        "Date of Conviction": day(CONVICTED),
        "Result Text": one_of("Fined 80 pounds.", "Community order made.", "Conditional discharge."),
    },
    {
        "person": {"date_of_birth": "Defendant DOB", "sex": "Defendant Sex", "pnc_id": "PNC"},
        "offence": {
            "committed_from": "Offence Date", "offence_code": "Offence Code", "offence_ref": "ASN",
            "sanctioned_on": "Date of Conviction",
        },
    },
    {"person": {"person_id", "surname", "forename"}, "offence": {"person_id"}},
)  # fmt: skip
COMMON_PLATFORM = Export(
    "common_platform_sentences",
    "Common Platform",
    False,
    {
        "caseURN": numbered("05PP{:07}22", "case"),
        "masterDefendantId": numbered("01234567-89ab-cdef-0123-00000000{:04}", "person"),
        "firstName": of_person("forename"),
        "lastName": of_person("surname"),
        "dateOfBirth": day(BORN, ISO),
        "gender": of_person("sex", M="MALE", F="FEMALE"),
        "pncId": pnc(0.1),
        "arrestSummonsNumber": numbered("2201ZD01000004{:05}B", "case"),
        "offenceCode": one_of("TH68010", "CJ88001", "OF61102"),
        "offenceStartDate": day(BEGAN, ISO),
        "offenceEndDate": day(ENDED, ISO),
        "chargeDate": day(RECORDED, ISO),
        "convictionDate": day(CONVICTED, ISO),
        "sentenceType": one_of("Custody", "Community", "Fine"),
        "sentenceDate": after(15, ISO),
        "judgeLastName": somebody_else("surname"),
    },
    {
        "person": {
            "person_id": "masterDefendantId", "forename": "firstName", "surname": "lastName",
            "date_of_birth": "dateOfBirth", "sex": "gender", "pnc_id": "pncId",
        },
        "offence": {
            "person_id": "masterDefendantId", "offence_ref": "arrestSummonsNumber", "offence_code": "offenceCode",
            "committed_from": "offenceStartDate", "committed_to": "offenceEndDate", "charged_on": "chargeDate",
            "sanctioned_on": "convictionDate",
        },
        "sentence": {
            "person_id": "masterDefendantId", "offence_ref": "arrestSummonsNumber", "kind": "sentenceType",
            "sentenced_on": "sentenceDate",
        },
    },
)  # fmt: skip
XHIBIT = Export(
    "xhibit_sentences",
    "Xhibit",
    True,
    {
        "Defendant ID": numbered("D{:06}", "person"),
        "Defendant Surname": of_person("surname"),
        "Defendant First Name": of_person("forename"),
        "Date Of Birth": day(BORN, "%d-%b-%Y"),
        "Crown Court Case No": numbered("T2022{:04}", "case"),
        "Committal Date": day(RECORDED, "%d-%b-%Y"),
        "Sentence Date": after(10, "%d-%b-%Y"),
        "Sentence Type": one_of("Imprisonment", "Suspended Sentence Order", "Community Order"),
        "Sentence Length Days": one_of("180", "365", "730"),
        "Judge Surname": somebody_else("surname"),
    },
    {
        "person": {
            "person_id": "Defendant ID", "surname": "Defendant Surname", "forename": "Defendant First Name",
            "date_of_birth": "Date Of Birth",
        },
        "sentence": {
            "person_id": "Defendant ID", "sentenced_on": "Sentence Date", "kind": "Sentence Type",
            "length_days": "Sentence Length Days",
        },
    },
)  # fmt: skip
EXPORTS = (RELEASES, MOVEMENTS, LIBRA, COMMON_PLATFORM, XHIBIT)
