"""Files as systems print them: titles above few rows, the end of a report below, names of areas, releases alone."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused
from whatworks.records.suggesting import Draft, draft

HEADER = "Nominal Ref,Surname,Forename,Date of Birth,Sex"
ROWS = [f"N{n},Lee,Ann,0{n}/02/1990,F" for n in range(1, 8)]
AS_AT = date(2025, 6, 30)


def drafted(folder: Path, text: str, organisation: str | None = None, name: str = "x.csv") -> Draft:
    (folder / name).write_text(text)
    return draft(folder / name, as_at=AS_AT, organisation=organisation)


@pytest.mark.parametrize("rows", [2, 3, 7])
@pytest.mark.parametrize(
    "titles",
    [
        ["Offender report"],
        ["Offender report", "Run on,30/06/2025"],
        ["Northbank Police", "Offender report", "", "Printed,30/06/2025,PC 12"],
        ["Report", "Page 1", "Force,Northbank", "From,01/01/2020", "To,30/06/2025", "For official use"],
    ],
)
def test_titles_over_a_short_file_are_seen(tmp_path: Path, titles: list[str], rows: int) -> None:
    made = drafted(tmp_path, "\n".join([*titles, HEADER, *ROWS[:rows]]) + "\n")
    assert made.settings.header_row == len(titles) + 1
    assert made.tables[0].columns["person_id"] == "Nominal Ref"


@pytest.mark.parametrize(
    "lines",
    [
        ["a,b", "1,2", "3"],
        ["a,b,c", "1,2", "3,4", "5,6,7"],
        ["id,note", "1,x", "2,y", "3,one, two", "4,three, four", "5,six, seven"],
    ],
)
def test_a_ragged_file_is_not_taken_for_one_with_titles(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "x.csv").write_text("\n".join(lines) + "\n")
    try:
        assert list(open_reader(tmp_path / "x.csv").header) == lines[0].split(",")
    except Refused as refused:
        assert "looks like the header" not in str(refused)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("*** END OF REPORT ***", ["*** END OF REPORT ***"]),
        ("Total people,7,,,", ["Total people"]),
        ("7 rows selected.", ["7 rows"]),
        ('"End of extract"', ["End of extract"]),
        ("\n----------\nPrinted on 30/06/2025", ["----------", "Printed on"]),
        ("Record count: 7", ["Record count"]),
        ("N8,,,,", []),
        ("Totaro,Lee,Ann,01/02/1990,F", []),
    ],
)
def test_the_end_of_a_report_is_left_out_with_a_mark(tmp_path: Path, end: str, words: list[str]) -> None:
    made = drafted(tmp_path, "\n".join([HEADER, *ROWS, end]) + "\n")
    assert list(made.settings.not_records) == words
    assert ("not_records = " in made.toml()) is bool(words)
    assert ("CHECK: the file's last lines begin so" in made.toml()) is bool(words)
    if words:
        kept = list(open_reader(tmp_path / "x.csv", parse_mapping(made.toml(), "m").file).batches())
        assert sum(batch.texts.height for batch in kept) == len(ROWS) and not any(batch.broken for batch in kept)


RELEASES = "Prison Number,Prisoner Name,Sentence Date,Sentence Type,Release Date"
FREED = [f'A{1230 + n}BC,"LEE{chr(65 + n)}, Ann",0{1 + n % 9}/02/2021,Custody,1{n % 9}/05/2022' for n in range(12)]


@pytest.mark.parametrize("more", ["", ",Establishment"])
def test_releases_with_a_sentence_are_stays_too(tmp_path: Path, more: str) -> None:
    rows = [row + (",Holt" if more else "") for row in FREED]
    made = drafted(tmp_path, "\n".join([RELEASES + more, *rows]) + "\n")
    assert [one.table for one in made.tables] == ["person", "sentence", "custody_spell"]
    stay = made.tables[2]
    assert stay.columns["released_on"] == "Release Date" and "received_on" in stay.missing
    assert stay.columns.get("establishment") == ("Establishment" if more else None)
    assert {"received_on", "status"} <= {one.column for one in made.undecided if one.needed}


@pytest.mark.parametrize("heading", ["Prisoner Name", "Inmate Name", "Name of Prisoner", "Prisoner"])
def test_a_prisoner_s_name_is_no_establishment(tmp_path: Path, heading: str) -> None:
    made = drafted(tmp_path, "\n".join([RELEASES.replace("Prisoner Name", heading), *FREED]) + "\n")
    asked = [one for one in made.undecided if one.column == "establishment"]
    assert not any(heading in one.candidates for one in asked)
    assert heading not in made.tables[2].columns.values()


CASES = "CRN,Date of Birth,Sex"


def cases(folder: Path, headings: str, *values: str) -> Draft:
    lines = [f"X10000{n},0{1 + n}/03/1990,F,{','.join(values).format(day=f'1{n}/0{1 + n % 9}/2021')}" for n in range(9)]
    return drafted(folder, "\n".join([f"{CASES},{headings}", *lines]) + "\n", "probation")


def homes(made: Draft) -> dict[str, str] | None:
    return next((one.columns for one in made.tables if one.table == "address"), None)


@pytest.mark.parametrize(
    ("headings", "values", "area", "since"),
    [
        ("Local Authority,Address Start Date", ("Kelby", "{day}"), "Local Authority", "Address Start Date"),
        ("Home Borough,Date Moved In", ("Kelby", "{day}"), "Home Borough", "Date Moved In"),
        ("Ward Code,Ward,Address From", ("E05000401", "Kelby", "{day}"), "Ward Code", "Address From"),
    ],
)
def test_homes_are_drafted_with_area_and_day(
    tmp_path: Path, headings: str, values: tuple[str, ...], area: str, since: str
) -> None:
    found = homes(cases(tmp_path, headings, *values))
    assert found is not None and (found["area_code"], found["from_date"]) == (area, since)


@pytest.mark.parametrize(
    ("headings", "values"),
    [
        ("Borough", ("Kelby",)),
        ("Borough,Programme,Start Date", ("Kelby", "Gate", "{day}")),
        ("Address ID,Town,Postcode", ("AD{day}", "Kelby", "KB1 2AB")),
    ],
)
def test_homes_without_a_day_are_offered_and_the_remedy_is_taken(
    tmp_path: Path, headings: str, values: tuple[str, ...]
) -> None:
    made = cases(tmp_path, headings, *values)
    assert homes(made) is None
    assert any(one.table == "address" and not one.needed and one.candidates for one in made.undecided)
    [block] = made.offered
    text = made.toml()
    assert '# [[table]]\n# table = "address"' in text
    taken = "\n".join(line for line in block.splitlines() if not line.startswith("from_date"))
    taken = taken.replace("# area_code = ", f'area_code = "{headings.split(",")[1 if "Town" in headings else 0]}" # ')
    mapping = parse_mapping(f'{text}\n{taken}\n[table.constants]\nfrom_date = "2000-01-01"\n', "draft.toml")
    home = mapping.table[-1]
    assert home.table == "address" and home.constants["from_date"] == "2000-01-01" and "area_code" in home.columns


def test_where_a_crime_was_is_no_home(tmp_path: Path) -> None:
    lines = [f"C{n},N{n},0{n}/02/1990,F,0{n}/02/2024,E05000401" for n in range(1, 9)]
    made = drafted(
        tmp_path, "Crime Number,Nominal Ref,Date of Birth,Sex,Offence Date,Ward Code\n" + "\n".join(lines) + "\n"
    )
    assert homes(made) is None and not made.offered


def test_an_intervention_without_a_day_is_asked_about(tmp_path: Path) -> None:
    made = cases(tmp_path, "Intervention", "Gate")
    [asked] = [one for one in made.undecided if one.table == "participation"]
    assert asked.candidates == ("Intervention",) and "day of referral or start" in asked.question
    assert "It may fill participation too" in made.toml()
    assert [one.table for one in cases(tmp_path, "Intervention,Start Date", "Gate", "{day}").tables] == [
        "person",
        "participation",
    ]


def test_what_is_asked_stands_ready_to_be_taken_in(tmp_path: Path) -> None:
    """Marks taken off, and nothing else written, the drafted form of days and the codes read every row."""
    head = "Crime Number,Nominal Ref,Date of Birth,Sex,Offence Date,Outcome Type,Outcome Date Time"
    lines = [
        f"C{n},N{n},0{n}/02/1990,F,0{n}/02/2024,{'Adult caution' if n % 2 else 'Charged'},2{n}/05/2024"
        for n in range(1, 9)
    ]
    made = drafted(tmp_path, "\n".join([head, *lines]) + "\n")
    asked = {one.column: one for one in made.undecided if one.table == "offence" and len(one.candidates) == 1}
    text = made.toml()
    for name, one in asked.items():
        text = text.replace(f"# {name} =     # CHECK", f'{name} = "{one.candidates[0]}"    # CHECK')
    text = text.replace("# [table.codes.", "[table.codes.")
    taken = "\n".join(
        line.removeprefix("# ") if '" = "' in line or ' = "%' in line else line for line in text.splitlines()
    )
    block = next(one for one in parse_mapping(taken, "draft.toml").table if one.table == "offence")
    assert {"sanction", "sanctioned_on"} <= set(asked)
    assert block.formats["sanctioned_on"] == ("%d/%m/%Y",)
    assert block.codes["sanction"] == {"Adult caution": "caution", "Charged": ""}


def test_a_needed_day_is_asked_among_the_days_that_nothing_uses(tmp_path: Path) -> None:
    rows = [f"{row},0{1 + n % 9}/03/2020" for n, row in enumerate(FREED)]
    made = drafted(tmp_path, "\n".join([f"{RELEASES},Came On", *rows]) + "\n")
    [asked] = [one for one in made.undecided if (one.table, one.column) == ("custody_spell", "received_on")]
    assert set(asked.candidates) == {"Sentence Date", "Came On"}
