"""Probation exports in four styles: a caseload, contacts, requirements, and assessed needs."""

from suggest_exports.export import Export
from suggest_exports.values import (
    BEGAN,
    BORN,
    CHARGED,
    CONVICTED,
    RECORDED,
    after,
    crn,
    day,
    noms,
    numbered,
    of_person,
    one_of,
    pnc,
    somebody_else,
)  # fmt: skip

CASELOAD = Export(
    "ndelius_caseload",
    "nDelius",
    True,
    {
        "CRN": crn(),
        "Surname": of_person("surname"),
        "Forename": of_person("forename"),
        "Date of Birth": day(BORN),
        "Gender": of_person("sex", M="Male", F="Female"),
        "Ethnicity": of_person("ethnicity"),
        "NOMS Number": noms(0.5),
        "PNC": pnc(0.1),
        "Event Number": numbered("{:03}"),
        "Order Type": one_of("Community Order", "Suspended Sentence Order", "Licence"),
        "Sentence Date": day(CONVICTED),
        "Length (Days)": one_of("180", "365", "548"),
        "Offence date": day(BEGAN),
        "Conviction date": day(CONVICTED),
        "Main Offence Code": one_of("03900", "00810", "10500"),
        "Expected End Date": after(1500),
        "Termination Date": after(200, empty=0.4),
        "Termination Reason": one_of("Expired", "Revoked", empty=0.4),
        "Offender Manager": somebody_else("surname"),
        "Team": one_of("Team A", "Team B"),
    },
    {
        "person": {
            "person_id": "CRN", "surname": "Surname", "forename": "Forename", "date_of_birth": "Date of Birth",
            "sex": "Gender", "ethnicity": "Ethnicity", "prison_number": "NOMS Number", "pnc_id": "PNC", "crn": "CRN",
        },
        "sentence": {
            "person_id": "CRN", "kind": "Order Type", "sentenced_on": "Sentence Date", "length_days": "Length (Days)",
        },
        "offence": {
            "person_id": "CRN", "committed_from": "Offence date", "sanctioned_on": "Conviction date",
            "offence_code": "Main Offence Code",
        },
    },
    {"sentence": {"sentence_id"}},
)  # fmt: skip
CONTACTS = Export(
    "ndelius_contacts",
    "nDelius",
    False,
    {
        "Contact ID": numbered("25000{:05}"),
        "CRN": crn(),
        "Requirement ID": numbered("25100{:05}", "case"),
        "Contact Date": after(20),
        "Contact Start Time": one_of("09:00", "10:30", "14:00"),
        "Contact Type": one_of("Planned Office Visit", "Unpaid Work"),
        "Contact Outcome": one_of(
            "Attended - Complied", "Acceptable Absence", "Unacceptable Absence", "Failed to Attend", empty=0.05
        ),
        "Officer Surname": somebody_else("surname"),
        "Date Created": after(1, since="recorded"),
    },
    {
        "appointment": {
            "appointment_id": "Contact ID", "requirement_id": "Requirement ID", "due_on": "Contact Date",
            "outcome": "Contact Outcome",
        },
    },
)  # fmt: skip
REQUIREMENTS = Export(
    "ndelius_requirements",
    "nDelius",
    True,
    {
        "Requirement ID": numbered("25100{:05}"),
        "CRN": crn(),
        "Event ID": numbered("25200{:05}", "case"),
        "Requirement Type": one_of("Unpaid Work", "Rehabilitation Activity", "Drug Rehabilitation"),
        "Requirement Subtype": one_of("Standard", "Intensive"),
        "Provider": one_of("NPS North", "Northbank CRC"),
        "Imposed Date": day(CONVICTED),
        "Actual start date": after(5),
        "Expected end date": after(900),
        "Actual end date": after(200, empty=0.3),
        "Termination reason": one_of("Completed", "Revoked", empty=0.3),
    },
    {
        "requirement": {
            "requirement_id": "Requirement ID", "person_id": "CRN", "kind": "Requirement Type", "provider": "Provider",
            "from_date": "Actual start date", "to_date": "Actual end date",
        },
    },
)  # fmt: skip
NEEDS = Export(
    "oasys_needs",
    "OASys",
    False,
    {
        "Assessment ID": numbered("77000{:05}", "case"),
        "CRN": crn(),
        "Offender Surname": of_person("surname"),
        "Offender Forename": of_person("forename"),
        "Offender DOB": day(BORN, "%Y-%m-%d"),
        "Date Completed": day(CHARGED, "%Y-%m-%d"),
        "Date Initiated": day(RECORDED, "%Y-%m-%d"),
        "Section": one_of("Accommodation", "Drug Misuse", "Attitudes"),
        "Level of Need": one_of("None", "Low", "Medium", "High"),
        "Assessor Name": somebody_else("surname"),
        "OGRS3 Score": numbered("{:02}", "case"),
    },
    {
        "person": {
            "person_id": "CRN", "surname": "Offender Surname", "forename": "Offender Forename",
            "date_of_birth": "Offender DOB", "crn": "CRN",
        },
        "need": {
            "person_id": "CRN", "pathway": "Section", "level": "Level of Need", "assessed_on": "Date Completed",
        },
    },
)  # fmt: skip
EXPORTS = (CASELOAD, CONTACTS, REQUIREMENTS, NEEDS)
