"""A heading is believed only where the values bear it out; what is not sure is asked."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.suggesting import Draft, draft

AS_AT = date(2025, 6, 30)
PEOPLE = [f"N{n}" for n in range(1, 61)]


def drafted(tmp_path: Path, columns: dict[str, list[str]], *tables: str, organisation: str | None = None) -> Draft:
    path = tmp_path / "extract.csv"
    rows = zip(*columns.values(), strict=True)
    path.write_text("\n".join(["|".join(columns), *("|".join(row) for row in rows)]) + "\n", encoding="utf-8")
    made = draft(path, tables or None, AS_AT, organisation)
    parse_mapping(made.toml(), "draft.toml")
    return made


def asked(made: Draft, column: str) -> str:
    [question] = [one.question for one in made.undecided if one.column == column]
    return question


def days(first: str, times: int = 60, step: int = 1) -> list[str]:
    start = date.fromisoformat(first)
    return [date.fromordinal(start.toordinal() + step * n).strftime("%d/%m/%Y") for n in range(times)]


BORN, EVENT = days("1980-01-01"), days("2023-01-01")
PERSON = {"Nominal Ref": PEOPLE, "Surname": ["Lee"] * 60, "DOB": BORN}


@pytest.mark.parametrize(
    ("extra", "column", "question"),
    [
        ({"Date of Death": EVENT}, "died_on", "holds a day in 100% of the rows, which deaths do not"),
        ({"PNC ID": ["seen"] * 60}, "pnc_id", "does not look like PNC numbers"),
        ({"NOMS No": ["12345"] * 60}, "prison_number", "does not look like prison numbers"),
        ({"CRN": ["C/12/9"] * 60}, "crn", "does not look like case reference numbers"),
        ({"Post Code": ["Northbank"] * 60}, "postcode", "does not look like postcodes"),
        ({"Gender": ["A1", "B2"] * 30}, "sex", "holds values that are not codes of sex"),
        ({"Sex": PEOPLE}, "sex", "holds values that are not codes of sex"),
        ({"First Name": ["7", "8"] * 30}, "forename", "does not look like names"),
        ({"Ethnicity": [f"text {n}" for n in range(60)] }, "ethnicity", None),
        ({"Ethnic Group": EVENT}, "ethnicity", "holds days"),
    ],
)  # fmt: skip
def test_people_whose_values_do_not_bear_the_heading_out(
    tmp_path: Path, extra: dict[str, list[str]], column: str, question: str | None
) -> None:
    made = drafted(tmp_path, PERSON | extra, "person")
    if question is None:
        assert made.tables[0].columns[column] in extra
        return
    assert column not in made.tables[0].columns
    assert question in asked(made, column)
    assert f"# {column} =     # CHECK:" in made.toml()


EVENTS = {"Nominal Ref": PEOPLE, "Offence Date": EVENT, "Offence Code": ["049/10", "008/01"] * 30}


@pytest.mark.parametrize(
    ("extra", "column", "question"),
    [
        ({"Charge Date": days("2025-06-01")}, "charged_on", "lies after the day of the extract in 50% of its rows"),
        ({"Charge Date": ["soon"] * 60}, "charged_on", "holds texts that are not days"),
        ({"Charge Date": days("2024-01-01"), "Date Charged": days("2024-02-01")}, "charged_on", "several columns"),
        ({"Conviction Date": days("2022-01-01")}, "sanctioned_on", "lies before committed_from in 100% of the rows"),
        ({"Ward": ["Northbank", "Eastwick"] * 30}, "area_code", "holds names rather than codes"),
        ({"HO Code": ["a b", "c d"] * 30}, "offence_code", None),
    ],
)  # fmt: skip
def test_events_whose_values_do_not_bear_the_heading_out(
    tmp_path: Path, extra: dict[str, list[str]], column: str, question: str | None
) -> None:
    made = drafted(tmp_path, EVENTS | extra, "offence")
    if question is None:
        assert made.tables[0].columns[column] == "Offence Code"
        return
    assert column not in made.tables[0].columns
    assert question in asked(made, column)


def test_days_of_which_some_have_a_time_are_read_by_both_forms(tmp_path: Path) -> None:
    mixed = [text if n % 3 else f"{text} 10:30" for n, text in enumerate(EVENT)]
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Offence Date": mixed}, "offence")
    assert parse_mapping(made.toml(), "m").table[0].formats["committed_from"] == ("%d/%m/%Y", "%d/%m/%Y %H:%M")
    assert "# CHECK: days are written in several ways" in made.toml()


def test_days_and_months_that_change_places_are_not_guessed(tmp_path: Path) -> None:
    swapped = ["31/01/2023", "01/31/2023"] * 30
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Offence Date": swapped}, "offence")
    assert made.tables[0].missing == ("committed_from",)
    assert "days in several forms" in asked(made, "committed_from")


def test_a_time_of_universal_time_is_read_as_a_day(tmp_path: Path) -> None:
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Offence Date": ["2023-07-01T23:30:00Z"] * 60}, "offence")
    assert parse_mapping(made.toml(), "m").table[0].formats["committed_from"] == ("%Y-%m-%d",)


def test_a_day_of_release_never_kills_anybody(tmp_path: Path) -> None:
    prison = {"NOMS No": [f"A{1000 + n}QZ" for n in range(60)], "Surname": ["Lee"] * 60, "DATE RELEASE": EVENT}
    made = drafted(tmp_path, prison, "person")
    assert made.tables[0].columns == {
        "person_id": "NOMS No",
        "prison_number": "NOMS No",
        "surname": "Lee" and "Surname",
    }
    assert "DATE RELEASE" in made.unused


def test_a_birth_after_the_event_is_asked_about(tmp_path: Path) -> None:
    made = drafted(tmp_path, {**EVENTS, "Surname": ["Lee"] * 60, "DOB": days("2024-01-01")})
    person = next(table for table in made.tables if table.table == "person")
    assert "date_of_birth" not in person.columns
    assert asked(made, "date_of_birth") == "the column called so lies after 'Offence Date' in 100% of the rows"


def test_a_death_before_the_event_is_asked_about(tmp_path: Path) -> None:
    died = ["01/02/2020"] * 6 + [""] * 54
    made = drafted(tmp_path, {**EVENTS, "Surname": ["Lee"] * 60, "DOB": BORN, "Date of Death": died})
    assert "lies before 'Offence Date' in 100% of the rows" in asked(made, "died_on")


def test_committed_to_is_never_committed_from(tmp_path: Path) -> None:
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Committed To": EVENT}, "offence")
    assert made.tables[0].columns == {"person_id": "Nominal Ref", "committed_to": "Committed To"}
    assert made.tables[0].missing == ("committed_from",)
    assert made.tables[0].confidence == pytest.approx(2 / 3)
    assert [one.column for one in made.undecided if one.needed] == ["committed_from"]


@pytest.mark.parametrize("heading", ["Surname", "Occurrence Number", "Crime Ref", "Custody Record No", "Case Number"])
def test_a_person_is_never_known_by_a_name_or_a_record(tmp_path: Path, heading: str) -> None:
    made = drafted(tmp_path, {heading: PEOPLE, "Offence Date": EVENT}, "offence", "person")
    assert all("person_id" not in table.columns for table in made.tables)
    assert all(heading not in one.candidates for one in made.undecided if one.column == "person_id")


def test_a_plain_number_beside_events_is_only_asked_about(tmp_path: Path) -> None:
    made = drafted(tmp_path, {"URN": PEOPLE, "Offence Date": EVENT}, "offence")
    [one] = [one for one in made.undecided if one.column == "person_id"]
    assert (made.tables[0].missing, one.candidates) == (("person_id",), ("URN",))


@pytest.mark.parametrize("values", [["LEE ANN"] * 60, BORN])
def test_a_number_of_a_person_has_digits_and_is_not_a_day(tmp_path: Path, values: list[str]) -> None:
    made = drafted(tmp_path, {"Nominal Ref": values, "Offence Date": EVENT}, "offence")
    assert (made.tables[0].missing, asked(made, "person_id")) == (
        ("person_id",), "no number of a person is known",
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["Officer Postcode", "Victim Surname", "Next of Kin DoB", "GP Post Code"])
def test_nobody_elses_column_is_among_the_candidates(tmp_path: Path, heading: str) -> None:
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Gender": ["M", "F"] * 30, heading: ["NB1 2AX"] * 60}, "person")
    assert all(heading not in one.candidates for one in made.undecided)
    assert heading in made.unused


NUMBERS = {
    "Offender ID": [str(70000 + n) for n in range(60)],
    "CRN": [f"X{100000 + n}" for n in range(60)],
    "NOMS Number": [f"A{1000 + n}QZ" for n in range(60)],
    "PNC ID": [f"2001/{1000000 + n}A" for n in range(60)],
}


@pytest.mark.parametrize(
    ("held", "organisation", "number"),
    [
        (["Offender ID", "CRN", "NOMS Number", "PNC ID"], "probation", "CRN"),
        (["Offender ID", "CRN", "NOMS Number", "PNC ID"], "prison", "NOMS Number"),
        (["Offender ID", "CRN", "NOMS Number", "PNC ID"], "police", "Offender ID"),
        (["CRN", "PNC ID"], None, "CRN"),
        (["NOMS Number", "PNC ID"], None, "NOMS Number"),
        (["CRN", "NOMS Number"], "council", None),
        (["PNC ID"], "police", "PNC ID"),
    ],
)
def test_the_agencys_own_number_is_the_persons(
    tmp_path: Path, held: list[str], organisation: str | None, number: str | None
) -> None:
    columns = {name: NUMBERS[name] for name in held} | {"Surname": ["Lee"] * 60}
    [table] = drafted(tmp_path, columns, "person", organisation=organisation).tables
    assert table.columns.get("person_id") == number
    assert table.to_check == (("person_id",) if number == "PNC ID" else ())


def test_a_number_that_some_rows_lack_is_not_the_persons(tmp_path: Path) -> None:
    made = drafted(tmp_path, {"PNC ID": [*NUMBERS["PNC ID"][:40], *[""] * 20], "Offence Date": EVENT}, "offence")
    assert made.tables[0].missing == ("person_id",)
    [one] = [one for one in made.undecided if one.column == "person_id"]
    assert (one.needed, one.candidates) == (True, ("PNC ID",))


def test_a_records_number_is_one_that_no_other_row_has(tmp_path: Path) -> None:
    own = drafted(tmp_path, {**EVENTS, "Crime No": [f"C{n}" for n in range(60)]}, "offence").tables[0]
    assert own.columns["offence_id"] == "Crime No"
    shared = drafted(tmp_path, {**EVENTS, "Crime No": [f"C{n // 2}" for n in range(60)]}, "offence")
    assert "offence_id" not in shared.tables[0].columns
    assert (
        "offence_id = [\"#line\"]    # the line's number stands in: 'Crime No' stands on several rows" in shared.toml()
    )


def test_a_person_on_several_rows_is_kept_once_without_what_differs(tmp_path: Path) -> None:
    twice = {"Nominal Ref": [f"N{n // 2}" for n in range(60)], "DOB": [BORN[n // 2] for n in range(60)],
             "Surname": ["Lee"] * 60, "Post Code": ["NB1 2AX", "NB3 4AX"] * 30, "Offence Date": EVENT}  # fmt: skip
    made = drafted(tmp_path, twice)
    person = next(table for table in made.tables if table.table == "person")
    assert "distinct = true" in person.text
    assert person.columns == {"person_id": "Nominal Ref", "surname": "Surname", "date_of_birth": "DOB"}
    assert asked(made, "postcode").startswith("differs between rows of one person")


@pytest.mark.parametrize("heading", ["Name", "Offender Name", "Full Name", "Surname, Forename", "Defendant name"])
def test_one_column_of_both_names_is_split_at_its_comma(tmp_path: Path, heading: str) -> None:
    made = drafted(
        tmp_path, {"Nominal Ref": PEOPLE, heading: ["LEE, Ann Bea", "O'HARE, Zed"] * 30, "DOB": BORN}, "person"
    )
    assert {name: (part.column, part.part) for name, part in made.tables[0].split.items()} == {
        "surname": (heading, 1), "forename": (heading, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "value"), [("Officer Name", "LEE, Ann"), ("Name", "Ann Lee"), ("Victim Name", "A, B")]
)
def test_other_names_are_not_split(tmp_path: Path, heading: str, value: str) -> None:
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, heading: [value] * 60, "DOB": BORN}, "person")
    assert made.tables[0].split == {}


@pytest.mark.parametrize(
    ("columns", "tables"),
    [
        ({"CRN": NUMBERS["CRN"], "Sentence Date": EVENT, "Order Type": ["Fine"] * 60, "DOB": BORN},
         ["person", "sentence"]),
        ({"Requirement ID": PEOPLE, "CRN": NUMBERS["CRN"], "Requirement Type": ["UPW"] * 60, "Start Date": EVENT},
         ["requirement"]),
        ({"Contact ID": PEOPLE, "Requirement ID": PEOPLE, "Contact Date": EVENT}, ["appointment"]),
        ({"CRN": NUMBERS["CRN"], "Pathway": ["ETE"] * 60, "Assessment Date": EVENT, "Level": ["Low"] * 60}, ["need"]),
        ({"CRN": NUMBERS["CRN"], "Programme": ["P1"] * 60, "Start Date": EVENT}, ["participation"]),
        ({"person_id": PEOPLE, "forename": ["Ann"] * 60}, ["person"]),
        ({"scheme_id": PEOPLE, "name": ["Mentoring"] * 60, "from_date": EVENT}, ["scheme"]),
    ],
)  # fmt: skip
def test_a_file_says_which_tables_it_fills(tmp_path: Path, columns: dict[str, list[str]], tables: list[str]) -> None:
    assert [table.table for table in drafted(tmp_path, columns).tables] == tables


def test_a_table_that_lacks_a_reference_does_not_stop_the_others(tmp_path: Path) -> None:
    columns = {"CRN": NUMBERS["CRN"], "DOB": BORN, "Appointment Date": EVENT, "Outcome": ["Attended"] * 60}
    made = drafted(tmp_path, columns)
    assert [table.table for table in made.tables] == ["person"]
    assert "# It may fill appointment too: no column is requirement_id" in made.toml()
    assert [(one.table, one.column, one.needed) for one in made.undecided] == [("appointment", "requirement_id", False)]


def test_a_table_of_which_a_column_can_be_told_from_the_file_stays(tmp_path: Path) -> None:
    crimes = {"Nominal Ref": PEOPLE, "DOB": BORN, "CrimeRef": [f"C{n}" for n in range(60)], "HO Code": ["049/10"] * 60,
              "DateFrom": EVENT, "DateTo": EVENT}  # fmt: skip
    made = drafted(tmp_path, crimes)
    assert [table.table for table in made.tables] == ["person", "offence"]
    assert [(one.column, one.candidates) for one in made.undecided if one.needed] == [("committed_from", ("DateFrom",))]
    assert 'committed_from = "?"' in made.toml()


def test_a_kind_of_which_no_code_is_known_is_asked(tmp_path: Path) -> None:
    lengths = {"CRN": NUMBERS["CRN"], "Sentence Date": EVENT, "Sentence": ["120 days", "90 days"] * 30}
    made = drafted(tmp_path, lengths, "sentence")
    assert made.tables[0].missing == ("kind",)
    assert asked(made, "kind") == "the column called so holds no code of which the meaning is known"


def test_one_word_for_all_rows_may_be_told_of_a_scheme(tmp_path: Path) -> None:
    columns = {"Client Ref": PEOPLE, "Date referred": EVENT, "Date started": EVENT, "Service": ["Mentoring"] * 60}
    made = drafted(tmp_path, columns)
    [asked_for] = [one for one in made.undecided if one.needed]
    assert (asked_for.table, asked_for.column, asked_for.candidates) == ("participation", "scheme_id", ("Service",))


def test_days_that_contradict_each_other_leave_the_table_in_the_draft(tmp_path: Path) -> None:
    prison = {"NOMS No": NUMBERS["NOMS Number"], "Date Received": EVENT, "Release Date": days("2021-01-01")}
    made = drafted(tmp_path, prison)
    assert [table.table for table in made.tables] == ["custody_spell"]
    assert asked(made, "received_on") == "released_on lies before received_on in 100% of the rows"


@pytest.mark.parametrize("heading", ["Offence", "Conviction", "Release"])
def test_a_word_over_texts_is_not_a_day(tmp_path: Path, heading: str) -> None:
    made = drafted(tmp_path, {**PERSON, heading: ["Theft"] * 60})
    assert [table.table for table in made.tables] == ["person"]


def test_forename_first_is_split_as_the_heading_says(tmp_path: Path) -> None:
    made = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Forename, Surname": ["Ann, Lee"] * 60, "DOB": BORN}, "person")
    assert {name: part.part for name, part in made.tables[0].split.items()} == {"forename": 1, "surname": 2}


def test_a_column_called_after_the_person_is_split_only_where_it_holds_names(tmp_path: Path) -> None:
    named = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Offender": ["LEE, Ann"] * 60}, "person")
    assert set(named.tables[0].split) == {"surname", "forename"}
    counted = drafted(tmp_path, {"Nominal Ref": PEOPLE, "Offender": ["1, 2"] * 60}, "person")
    assert counted.tables[0].split == {}


def test_a_case_reference_is_the_persons_only_in_the_shape_of_one(tmp_path: Path) -> None:
    probation = drafted(tmp_path, {"Case Ref": NUMBERS["CRN"], "Surname": ["Lee"] * 60}, "person")
    assert probation.tables[0].columns == {"person_id": "Case Ref", "crn": "Case Ref", "surname": "Surname"}
    court = drafted(tmp_path, {"Case Ref": PEOPLE, "Surname": ["Lee"] * 60}, "person")
    assert court.tables[0].columns == {"surname": "Surname"}


def test_what_may_be_ours_as_well_as_not_is_asked(tmp_path: Path) -> None:
    made = drafted(tmp_path, {**EVENTS, "Outcome": ["Charge"] * 60, "Outcome Date": EVENT}, "offence")
    assert {one.column: one.candidates for one in made.undecided} == {
        "sanction": ("Outcome",), "sanctioned_on": ("Outcome Date",),
    }  # fmt: skip


def test_no_name_number_or_birth_date_stands_in_a_draft(tmp_path: Path) -> None:
    people = {**NUMBERS, "Name": ["Quixote, Zebedee"] * 60, "DOB": BORN, "Offence Date": EVENT}
    text = drafted(tmp_path, people).toml()
    values = {"Quixote", "Zebedee", *BORN, *(value for column in NUMBERS.values() for value in column)}
    assert [value for value in values if value in text] == []
