"""Police exports in four styles: crimes with suspects, investigations, offenders, and custody records."""

from suggest_exports.export import Export
from suggest_exports.values import (
    BEGAN,
    BORN,
    CHARGED,
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

TIMED = "%d/%m/%Y 00:00"
NICHE = Export(
    "niche_crimes",
    "Niche",
    True,
    {
        "Occurrence Number": numbered("44190{:06}", "case"),
        "Nominal Ref": numbered("N{:07}", "person"),
        "Surname": of_person("surname"),
        "Forename(s)": of_person("forename"),
        "D.O.B.": day(BORN),
        "Gender": of_person("sex", M="Male", F="Female"),
        "Self Defined Ethnicity": of_person("ethnicity"),
        "PNC ID": pnc(0.1),
        "Date/Time Recorded": day(RECORDED, TIMED),
        "Committed From Date": day(BEGAN, TIMED),
        "Committed To Date": day(ENDED, TIMED),
        "HO Offence Code": one_of("049/10", "008/01", "105/01", "028/02"),
        "Offence Description": one_of("Shoplifting", "Assault", "Common assault", "Burglary"),
        "Disposal Type": one_of("Charged", "Caution", "NFA", empty=0.1),
        "Disposal Date": day(CONVICTED),
        "Ward Code": one_of("E05000401", "E05000402", "E05000403"),
        "OIC Surname": somebody_else("surname"),
        "Aggrieved Surname": somebody_else("surname"),
        "Aggrieved DOB": after(-16000),
        "Updated Date": after(30),
    },
    {
        "person": {
            "person_id": "Nominal Ref", "surname": "Surname", "forename": "Forename(s)", "date_of_birth": "D.O.B.",
            "sex": "Gender", "ethnicity": "Self Defined Ethnicity", "pnc_id": "PNC ID",
        },
        "offence": {
            "person_id": "Nominal Ref", "committed_from": "Committed From Date", "committed_to": "Committed To Date",
            "recorded_on": "Date/Time Recorded", "offence_code": "HO Offence Code", "sanctioned_on": "Disposal Date",
            "sanction": "Disposal Type", "area_code": "Ward Code",
        },
    },
)  # fmt: skip
ATHENA = Export(
    "athena_suspects",
    "Athena",
    False,
    {
        "Investigation URN": numbered("42/{:05}/22", "case"),
        "Person URN": numbered("{:08}", "person"),
        "Person Surname": of_person("surname"),
        "Person First Name": of_person("forename"),
        "Person DOB": day(BORN, "%d-%b-%Y"),
        "Person Sex": of_person("sex"),
        "PNC Number": pnc(0.2, short=True),
        "Offence Committed Start Date": day(BEGAN, "%d-%b-%Y"),
        "Offence Committed End Date": day(ENDED, "%d-%b-%Y"),
        "Crime Recorded Date": day(RECORDED, "%d-%b-%Y"),
        "Offence Code": one_of("TH68010", "CJ88001", "OF61102"),
        "Outcome": one_of("Charge", "Caution", "Community resolution", empty=0.2),
        "Charge Date": day(CHARGED, "%d-%b-%Y"),
        "LSOA Code": one_of("E01000907", "E01000908", "E01000912"),
        "Victim URN": numbered("{:08}"),
        "Victim Surname": somebody_else("surname"),
        "Last Updated": after(10, "%d-%b-%Y"),
    },
    {
        "person": {
            "person_id": "Person URN", "surname": "Person Surname", "forename": "Person First Name",
            "date_of_birth": "Person DOB", "sex": "Person Sex", "pnc_id": "PNC Number",
        },
        "offence": {
            "person_id": "Person URN", "committed_from": "Offence Committed Start Date",
            "committed_to": "Offence Committed End Date", "recorded_on": "Crime Recorded Date",
            "offence_code": "Offence Code", "charged_on": "Charge Date", "area_code": "LSOA Code",
        },
    },
    {"offence": {"sanction"}},
)  # fmt: skip
CONNECT = Export(
    "connect_offenders",
    "Connect",
    True,
    {
        "Crime Ref No": numbered("01/{:07}/22"),
        "Subject ID": numbered("S{:06}", "person"),
        "Subject Name": lambda row: f"{row.person.surname}, {row.person.forename}",
        "Subject Date of Birth": day(BORN, "%Y-%m-%d"),
        "Offence Date From": day(BEGAN, "%Y-%m-%d"),
        "Offence Date To": day(ENDED, "%Y-%m-%d"),
        "Arrest Date": day(RECORDED, "%Y-%m-%d"),
        "Date Charged": day(CHARGED, "%Y-%m-%d"),
        "ASN": numbered("1101ZD01000004{:05}A", "case"),
        "Conviction Date": day(CONVICTED, "%Y-%m-%d"),
        "Officer In Case": somebody_else("surname"),
        "Crime Notes": one_of("seen on camera", "admitted", "see report"),
    },
    {
        "person": {
            "person_id": "Subject ID", "surname": "Subject Name[1]", "forename": "Subject Name[2]",
            "date_of_birth": "Subject Date of Birth",
        },
        "offence": {
            "offence_id": "Crime Ref No", "person_id": "Subject ID", "committed_from": "Offence Date From",
            "committed_to": "Offence Date To", "charged_on": "Date Charged", "offence_ref": "ASN",
            "sanctioned_on": "Conviction Date",
        },
    },
    delimiter=";",
)  # fmt: skip
NSPIS = Export(
    "nspis_custody",
    "NSPIS",
    False,
    {
        "Custody Record No": numbered("ZD/{:05}/22"),
        "Detained Person Surname": of_person("surname"),
        "Detained Person Forename": of_person("forename"),
        "Detained Person DoB": day(BORN),
        "Sex": of_person("sex"),
        "PNCID": pnc(),
        "NOMS No": noms(0.6),
        "Arrest Date/Time": day(RECORDED, TIMED),
        "Date of Offence": day(BEGAN),
        "Offence Code": one_of("TH68010", "CJ88001", "OF61102"),
        "Arrest Summons No": numbered("2201ZD01000004{:05}B", "case"),
        "Charged Date/Time": day(CHARGED, TIMED),
        "Custody Officer Surname": somebody_else("surname"),
        "Appropriate Adult Name": somebody_else("forename"),
    },
    {
        "person": {
            "surname": "Detained Person Surname", "forename": "Detained Person Forename",
            "date_of_birth": "Detained Person DoB", "sex": "Sex", "pnc_id": "PNCID", "prison_number": "NOMS No",
        },
        "offence": {
            "committed_from": "Date of Offence", "offence_code": "Offence Code", "offence_ref": "Arrest Summons No",
            "charged_on": "Charged Date/Time",
        },
    },
    {"person": {"person_id"}, "offence": {"person_id"}},
)  # fmt: skip
EXPORTS = (NICHE, ATHENA, CONNECT, NSPIS)
