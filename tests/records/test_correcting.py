"""Quarantined rows go out to a spreadsheet, come back corrected, and count as part of their own source."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.verify import verify
from whatworks.records.corrections.correcting import import_corrected
from whatworks.records.corrections.correction_sheet import ABOUT_SHEET, FAULTS, LINE, ROWS_SHEET, write_corrections
from whatworks.records.corrections.quarantine import count_faults, quarantined_sources, show_faults
from whatworks.records.engine import Store
from whatworks.records.imports.conservation import check_conservation
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

Take = Callable[..., Any]
Rows = Callable[..., list[tuple[Any, ...]]]

PEOPLE = """\
person_id,forename,date_of_birth,sex
P1,Ann,1987-02-28,female
P2,Bea,31/02/1988,female
P3,"Cy, C",1990-01-01,man
P3,Dee,2990-01-01,male
"""
CRIMES = """\
[[table]]
table = "offence"
when = [{ column = "Type", equals = "CRIME" }]
[table.columns]
offence_id = "CrimeNo"
person_id = "Person"
committed_from = "Date"
[table.formats]
committed_from = "%d/%m/%Y"
[[table]]
table = "custody_spell"
when = [{ column = "Type", equals = "ARREST" }]
[table.columns]
spell_id = "CrimeNo"
person_id = "Person"
received_on = "Date"
[table.constants]
status = "remand"
[table.formats]
received_on = "%d/%m/%Y"
"""


def edit(path: Path, change: Callable[[list[list[Any]]], list[list[Any]]]) -> None:
    """Change the sheet of rows as a person would: `change` gets all rows, the header first, and returns them anew."""
    book = openpyxl.load_workbook(path)
    rows = change([list(row) for row in book[ROWS_SHEET].iter_rows(values_only=True)])
    del book[ROWS_SHEET]
    sheet = book.create_sheet(ROWS_SHEET)
    for row in rows:
        sheet.append(row)
    book.save(path)


def exported(store: Store, source: str, path: Path) -> list[list[Any]]:
    write_corrections(store, source, path, date(2025, 7, 1))
    return [list(row) for row in openpyxl.load_workbook(path)[ROWS_SHEET].iter_rows(values_only=True)]


def test_the_workbook_holds_the_files_own_columns_with_the_faults_beside(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(PEOPLE, "person", source="people")
    rows = exported(store, "people", tmp_path / "q.xlsx")
    assert rows[0] == [LINE, FAULTS, "person_id", "forename", "date_of_birth", "sex"]
    assert [row[0] for row in rows[1:]] == ["3", "4", "5"]
    assert rows[2][2:] == ["P3", "Cy, C", "1990-01-01", "man"]
    assert 'sex "man": is not a code' in rows[2][1]
    assert 'person_id "P3": stands in 2 rows' in rows[2][1]
    about = openpyxl.load_workbook(tmp_path / "q.xlsx")[ABOUT_SHEET]
    assert [row[1].value for row in about.iter_rows(min_row=2, max_row=3)] == ["people", "police"]


def test_corrected_rows_are_kept_under_their_old_source_and_line(
    store: Store, take: Take, rows: Rows, tmp_path: Path
) -> None:
    take(PEOPLE, "person", source="people")
    exported(store, "people", tmp_path / "q.xlsx")

    def correct(sheet: list[list[Any]]) -> list[list[Any]]:
        sheet[1][4] = "1988-02-28"
        sheet[2][5] = "male"
        sheet[3][2] = "P4"
        return sheet

    edit(tmp_path / "q.xlsx", correct)
    report = import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    [block] = report.blocks
    assert (block.rows, block.kept, block.quarantined, block.excluded) == (3, 2, 1, 0)
    assert rows("SELECT source_id, source_line, person_id, sex FROM person ORDER BY 2") == [
        ("people/person", 2, "P1", "female"),
        ("people/person", 3, "P2", "female"),
        ("people/person", 4, "P3", "male"),
    ]
    assert rows("SELECT rows_in, rows_kept, rows_quarantined, rows_excluded FROM source") == [(4, 3, 1, 0)]
    assert rows("SELECT line, raw, field FROM quarantine") == [(5, "P4,Dee,2990-01-01,male", "date_of_birth")]
    check_conservation(store, ["people/person"])


def test_an_unchanged_workbook_changes_nothing(store: Store, take: Take, rows: Rows, tmp_path: Path) -> None:
    take(PEOPLE, "person", source="people")
    before = rows("SELECT * FROM quarantine ORDER BY ALL"), rows("SELECT * FROM source")
    exported(store, "people", tmp_path / "q.xlsx")
    import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    after = rows("SELECT * FROM quarantine ORDER BY ALL"), rows("SELECT * FROM source")
    # A raw line is written anew, by the same rules: it has the quotes that the file had.
    assert after == before


def test_of_twins_the_one_left_in_the_sheet_is_kept(store: Store, take: Take, rows: Rows, tmp_path: Path) -> None:
    take("person_id,sex\nP1,female\nP1,male\nP2,male\n", "person", source="people")
    exported(store, "people", tmp_path / "q.xlsx")
    edit(tmp_path / "q.xlsx", lambda sheet: [sheet[0], sheet[2]])
    import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    assert rows("SELECT source_line, sex FROM person WHERE person_id = 'P1'") == [(3, "male")]
    assert rows("SELECT DISTINCT line FROM quarantine") == [(2,)]
    # The other one is not let in beside it.
    exported(store, "people", tmp_path / "q.xlsx")
    import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    assert rows("SELECT rule, problem FROM quarantine") == [
        ("duplicate_key", "is held already from people/person, line 3")
    ]


def test_a_corrected_parent_brings_its_children(store: Store, take: Take, rows: Rows, tmp_path: Path) -> None:
    take("person_id,date_of_birth\nP1,31/02/1988\nP2,\n", "person", source="people")
    take("sentence_id,person_id,kind,sentenced_on\nS1,P1,fine,2024-01-31\n", "sentence", source="sentences")
    assert rows("SELECT count(*) FROM sentence") == [(0,)]
    exported(store, "people", tmp_path / "q.xlsx")

    def correct(sheet: list[list[Any]]) -> list[list[Any]]:
        sheet[1][3] = "1988-02-28"
        return sheet

    edit(tmp_path / "q.xlsx", correct)
    assert import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1)).released == {"sentence": 1}
    assert rows("SELECT sentence_id FROM sentence") == [("S1",)]
    assert quarantined_sources(store) == []


def test_a_correction_counts_in_each_table_that_set_the_row_aside(
    store: Store, take: Take, rows: Rows, tmp_path: Path
) -> None:
    take("person_id\nP1\n", "person", source="people")
    crimes = "CrimeNo;Person;Date;Type\nC1;P1;31/02/2024;CRIME\nC2;P1;01/02/2024;ARREST;more\nC3;P1;1/2/2024;NOTE\n"
    crimes += "C4;P1;1/2/2024;CRIME\n"
    take(crimes, source="crimes", mapping=parse_mapping(CRIMES, "crimes.toml"))
    counts = 'SELECT "table", rows_kept, rows_quarantined, rows_excluded FROM source WHERE name = ? ORDER BY 1'
    assert rows(counts, "crimes") == [("custody_spell", 0, 1, 3), ("offence", 1, 2, 1)]
    sheet = exported(store, "crimes", tmp_path / "q.xlsx")
    assert sheet[0][2:] == ["CrimeNo", "Person", "Date", "Type", None]
    assert 'Date "31/02/2024": is not a date' in sheet[1][1]
    assert sheet[2][2:] == ["C2", "P1", "01/02/2024", "ARREST", "more"]

    def correct(found: list[list[Any]]) -> list[list[Any]]:
        found[1][4] = "28/02/2024"
        return [row[:6] for row in found]

    edit(tmp_path / "q.xlsx", correct)
    report = import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    assert [(b.table, b.rows, b.kept, b.quarantined, b.excluded) for b in report.blocks] == [
        ("offence", 2, 1, 0, 1),
        ("custody_spell", 1, 1, 0, 0),
    ]
    assert rows(counts, "crimes") == [("custody_spell", 1, 0, 3), ("offence", 2, 0, 2)]
    assert rows("SELECT CAST(committed_from AS VARCHAR) FROM offence WHERE offence_id = 'C1'") == [("2024-02-28",)]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("p.jsonl", '{"person_id": "P1", "sex": "man"}\n{"person_id": "007", "sex": "male"}\n'),
        ("p.csv", "person_id\tsex\nP1\tman\n007\tmale\n"),
        ("p.csv", 'person_id;forename;sex\nP1;"two\nlines; and ""more""";man\n007;;male\n'),
    ],
)
def test_every_form_comes_back_in_its_own_form(
    store: Store, take: Take, rows: Rows, tmp_path: Path, file: str, content: str
) -> None:
    take(content, "person", source="people", file=file)
    [(raw,)] = rows("SELECT raw FROM quarantine")
    exported(store, "people", tmp_path / "q.xlsx")
    import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1))
    assert rows("SELECT raw FROM quarantine") == [(raw,)]


def refused(store: Store, path: Path) -> str:
    with pytest.raises(Refused) as fault:
        import_corrected(store, path, date(2025, 7, 1))
    return str(fault.value)


def test_workbooks_that_do_not_belong_are_refused(store: Store, take: Take, rows: Rows, tmp_path: Path) -> None:
    take(PEOPLE, "person", source="people")
    before = rows("SELECT * FROM quarantine ORDER BY ALL"), rows("SELECT * FROM person")
    path = tmp_path / "q.xlsx"

    def attempt(change: Callable[[list[list[Any]]], list[list[Any]]]) -> str:
        exported(store, "people", path)
        edit(path, change)
        return refused(store, path)

    assert "is not as it was exported" in attempt(lambda s: [[*s[0][:2], "person", *s[0][3:]], *s[1:]])
    assert "is not a line that is in quarantine" in attempt(lambda s: [*s, ["2", "", "P9", None, None, None]])
    assert "is not a line that is in quarantine" in attempt(lambda s: [*s, ["x", "", "P9", None, None, None]])
    assert "stands twice" in attempt(lambda s: [*s, s[1]])
    assert "a formula failed in sex" in attempt(lambda s: [*s[:2], [*s[2][:5], "#N/A"], s[3]])
    assert "no rows" in attempt(lambda s: s[:1])
    book = openpyxl.Workbook()
    book.save(path)
    assert "is not a workbook of quarantined rows" in refused(store, path)
    assert (rows("SELECT * FROM quarantine ORDER BY ALL"), rows("SELECT * FROM person")) == before


def test_a_workbook_of_an_older_extract_is_refused(store: Store, take: Take, tmp_path: Path) -> None:
    take(PEOPLE, "person", source="people")
    exported(store, "people", tmp_path / "q.xlsx")
    take(PEOPLE + "P9,Eve,31/02/2000,female\n", "person", source="people", replace=True)
    assert "corrects an older extract" in refused(store, tmp_path / "q.xlsx")


def test_the_list_shows_what_identifies_a_person_by_its_shape_only(store: Store, take: Take) -> None:
    take(PEOPLE, "person", source="people")
    counts = count_faults(store)
    assert [(one.rule, one.field, one.rows) for one in counts] == [
        ("date", "date_of_birth", 2),
        ("duplicate_key", "person_id", 2),
        ("code", "sex", 1),
    ]
    shown = show_faults(store, "people")
    assert [(one.line, one.field, one.value) for one in shown] == [
        (3, "date_of_birth", "99/99/9999"),
        (4, "person_id", "A9"),
        (4, "sex", "aaa"),
        (5, "date_of_birth", "9999-99-99"),
        (5, "person_id", "A9"),
    ]
    with pytest.raises(Refused, match="'peple' is not a source of this store; the sources are people"):
        count_faults(store, "peple")


def test_nothing_to_export_is_refused(store: Store, take: Take, tmp_path: Path) -> None:
    take("person_id\nP1\n", "person", source="people")
    with pytest.raises(Refused, match="no row of 'people' is in quarantine"):
        write_corrections(store, "people", tmp_path / "q.xlsx", date(2025, 7, 1))
    assert not (tmp_path / "q.xlsx").exists()


def cells(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_two_exports_hold_the_same_rows_under_two_numbers(store: Store, take: Take, tmp_path: Path) -> None:
    take(PEOPLE, "person", source="people")
    for name in ("a.xlsx", "b.xlsx"):
        write_corrections(store, "people", tmp_path / name, date(2025, 7, 1))
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert cells(first, ROWS_SHEET) == cells(second, ROWS_SHEET)
    told, again = (dict(row for row in cells(path, ABOUT_SHEET) if row[1]) for path in (first, second))
    assert told["Expires on"] == "2025-07-29" and told["Version"] == again["Version"]
    assert int(told["Export number"]) + 1 == int(again["Export number"]) and told["Audit head"] != again["Audit head"]
    assert verify(store, [told["Audit head"], again["Audit head"]]).deeds >= 3
    people = store.rows("SELECT count(DISTINCT person_id) FROM audit_person WHERE entry_number = ?",
                        [int(told["Export number"])])  # fmt: skip
    assert people[0][0] > 0


@pytest.mark.parametrize(
    ("on", "spoil", "problem"),
    [
        (date(2025, 7, 29), {}, None),
        (date(2025, 7, 30), {}, "expired on 2025-07-29"),
        (date(2025, 7, 30), {"Expires on": "2026-07-29"}, "expired on 2025-07-29"),
        (date(2025, 7, 2), {"Export number": "1"}, "is not an export of this partnership"),
        (date(2025, 7, 2), {"Export number": "9" * 30}, "is not an export of this partnership"),
        (date(2025, 7, 2), {"Export number": "-1"}, "is not an export of this partnership"),
        (date(2025, 7, 2), {"Audit head": "ab" * 32}, "is not an export of this partnership"),
        (date(2025, 7, 2), {"Export number": ""}, "does not say which export it is"),
    ],
)
def test_a_workbook_is_taken_until_it_expires(
    store: Store, take: Take, tmp_path: Path, on: date, spoil: dict[str, str], problem: str | None
) -> None:
    take(PEOPLE, "person", source="people")
    path = tmp_path / "q.xlsx"
    write_corrections(store, "people", path, date(2025, 7, 1))
    book = openpyxl.load_workbook(path)
    for row in book[ABOUT_SHEET].iter_rows():
        if row[0].value in spoil:
            row[1].value = spoil[str(row[0].value)]
    book.save(path)
    before = StoreBook(store).head()
    if problem is None:
        import_corrected(store, path, on)
        assert StoreBook(store).entries()[-1].payload["act"] == "corrected"
        return
    with pytest.raises(Refused, match=problem):
        import_corrected(store, path, on)
    assert StoreBook(store).head() == before
