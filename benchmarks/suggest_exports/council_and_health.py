"""A council's export of a scheme's people, and a health export of patients."""

from suggest_exports.export import Export
from suggest_exports.values import BORN, after, day, numbered, of_person, one_of, somebody_else

MOSAIC = Export(
    "mosaic_programme",
    "Mosaic, Capita",
    False,
    {
        "Mosaic ID": numbered("{:07}", "person"),
        "First Name": of_person("forename"),
        "Last Name": of_person("surname"),
        "DoB": day(BORN),
        "Gender": of_person("sex", M="Male", F="Female"),
        "Ethnic Origin": of_person("ethnicity"),
        "Post Code": of_person("postcode"),
        "Programme": one_of("MENTOR", "GATEWAY"),
        "Referral Date": after(5),
        "Start Date": after(30),
        "End Date": after(200, empty=0.3),
        "Closure Reason": one_of("Completed", "Lost contact", empty=0.3),
        "Ward Code": one_of("E05000401", "E05000402"),
        "Key Worker": somebody_else("surname"),
        "Next Review Date": after(1500),
    },
    {
        "person": {
            "person_id": "Mosaic ID", "forename": "First Name", "surname": "Last Name", "date_of_birth": "DoB",
            "sex": "Gender", "ethnicity": "Ethnic Origin", "postcode": "Post Code",
        },
        "participation": {
            "person_id": "Mosaic ID", "scheme_id": "Programme", "referred_on": "Referral Date",
            "started_on": "Start Date", "ended_on": "End Date", "end_reason": "Closure Reason",
            "area_code": "Ward Code",
        },
    },
)  # fmt: skip
SYSTMONE = Export(
    "systmone_patients",
    "SystmOne",
    True,
    {
        "IDPatient": numbered("55{:06}", "person"),
        "NHSNumber": numbered("943476{:04}", "person"),
        "FirstName": of_person("forename"),
        "MiddleNames": of_person("forename"),
        "Surname": of_person("surname"),
        "DateBirth": day(BORN, "%d %b %Y"),
        "DateDeath": day(lambda row: row.person.died, "%d %b %Y"),
        "Gender": of_person("sex"),
        "Ethnicity": of_person("ethnicity"),
        "PostCode": of_person("postcode"),
        "SpeaksEnglish": one_of("Yes", "No"),
        "NextOfKinSurname": somebody_else("surname"),
    },
    {
        "person": {
            "person_id": "IDPatient", "forename": "FirstName", "surname": "Surname", "date_of_birth": "DateBirth",
            "died_on": "DateDeath", "sex": "Gender", "ethnicity": "Ethnicity", "postcode": "PostCode",
        },
    },
)  # fmt: skip
EXPORTS = (MOSAIC, SYSTMONE)
