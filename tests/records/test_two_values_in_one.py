"""A column that holds two values is split, and a person who stands on every row is kept once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from whatworks.records.corrections.correcting import import_corrected
from whatworks.records.corrections.correction_sheet import write_corrections
from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport
from whatworks.records.mappings.mapping import Mapping, parse_mapping
from whatworks.records.refusal import Refused

Rows = Callable[..., list[tuple[Any, ...]]]
Take = Callable[..., ImportReport]
NAMED = """
[[table]]
table = "person"
distinct = true
[table.columns]
person_id = "Ref"
date_of_birth = "DoB"
[table.split]
surname = { column = "Name", by = ",", part = 1 }
forename = { column = "Name", by = ",", part = 2 }
"""
PERIODS = """
[[table]]
table = "person"
[table.columns]
person_id = "Ref"

[[table]]
table = "offence"
[table.key]
offence_id = ["#line"]
[table.columns]
person_id = "Ref"
[table.split]
committed_from = { column = "Between", by = " to ", part = 1, alone = 1 }
committed_to = { column = "Between", by = " to ", part = 2, alone = 1 }
[table.formats]
committed_from = "%d/%m/%Y %H:%M"
committed_to = "%d/%m/%Y %H:%M"
"""


def mapped(text: str) -> Mapping:
    return parse_mapping(text, "m.toml")


def test_a_name_is_two_columns(take: Take, rows: Rows) -> None:
    take('Ref,Name,DoB\n1,"QUIXOTE, Ann Bea",1990-01-01\n2," O\'Neil ,Zed ",1991-02-02\n3,,\n', mapping=mapped(NAMED))
    assert rows("SELECT person_id, surname, forename FROM person ORDER BY ALL") == [
        ("1", "QUIXOTE", "Ann Bea"), ("2", "O'Neil", "Zed"), ("3", None, None),
    ]  # fmt: skip


def test_a_name_without_its_comma_is_set_aside_by_its_shape_and_column(take: Take, rows: Rows) -> None:
    report = take('Ref,Name,DoB\n1,"Quixote, Ann",\n2,Zed Lee,\n', mapping=mapped(NAMED), source="s")
    assert (report.blocks[0].kept, report.blocks[0].quarantined) == (1, 1)
    found = rows("SELECT line, field, rule, problem FROM quarantine ORDER BY ALL")
    assert found == [(3, "forename", "split", "holds no ','"), (3, "surname", "split", "holds no ','")]


def test_a_period_may_be_one_day_where_the_mapping_says_so(take: Take, rows: Rows) -> None:
    take("Ref,Between\n1,01/02/2024 23:30 to 02/02/2024 06:00\n2,03/02/2024 10:00\n", mapping=mapped(PERIODS))
    assert rows("SELECT person_id, committed_from, committed_to FROM offence ORDER BY ALL") == [
        ("1", date(2024, 2, 1), date(2024, 2, 2)), ("2", date(2024, 2, 3), None),
    ]  # fmt: skip


def test_a_person_on_every_row_is_kept_once_and_the_repeats_are_counted(take: Take, rows: Rows) -> None:
    twice = 'Ref,Name,DoB\n1,"Lee, A",1990-01-01\n2,"Ray, B",\n1,"Lee, A",1990-01-01\n1,"LEE,A",1990-01-01\n'
    [block] = take(twice, mapping=mapped(NAMED)).blocks
    assert (block.rows_in, block.kept, block.quarantined, block.excluded) == (4, 1, 2, 1)
    assert rows("SELECT line, rule FROM quarantine ORDER BY ALL") == [(2, "duplicate_key"), (5, "duplicate_key")]


def test_repeats_are_found_across_batches(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f'{n % 700},"Lee, A",1990-01-01\n' for n in range(150_000)]
    [block] = take("Ref,Name,DoB\n" + "".join(lines), mapping=mapped(NAMED)).blocks
    assert (block.rows_in, block.kept, block.quarantined, block.excluded) == (150_000, 700, 0, 149_300)


def test_a_corrected_row_that_repeats_a_kept_one_is_left_out(
    take: Take, rows: Rows, store: Store, tmp_path: Path
) -> None:
    take('Ref,Name,DoB\n1,"Lee, A",1990-01-01\n,"Lee, A",1990-01-01\n', mapping=mapped(NAMED), source="s")
    write_corrections(store, "s", tmp_path / "q.xlsx", date(2025, 7, 1))
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    [column] = [cell.column for cell in book["Rows"][1] if cell.value == "Ref"]
    book["Rows"].cell(2, column).value = "1"
    book.save(tmp_path / "q.xlsx")
    [block] = import_corrected(store, tmp_path / "q.xlsx", date(2025, 7, 1)).blocks
    assert (block.rows, block.kept, block.quarantined, block.excluded) == (1, 0, 0, 1)
    assert rows("SELECT count(*) FROM person") == [(1,)]


def test_equal_rows_stay_a_fault_where_the_block_is_not_distinct(take: Take) -> None:
    plain = NAMED.replace("distinct = true\n", "")
    with pytest.raises(Refused, match="stands in 2 rows of this file"):
        take('Ref,Name,DoB\n1,"Lee, A",\n1,"Lee, A",\n', mapping=mapped(plain))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (NAMED.replace("part = 2", "part = 3"), "table.1.split.forename.part"),
        (NAMED.replace('by = ","', 'by = ""'), "table.1.split.surname.by"),
        (NAMED.replace("forename =", "person_id ="), "'person_id' is filled twice"),
        (NAMED.replace("forename =", "height ="), "'height' is not a column of person"),
    ],
)
def test_a_split_that_says_nothing_is_refused(text: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        mapped(text)
    assert problem in str(refused.value)


def test_a_file_without_the_column_to_split_is_refused(take: Take) -> None:
    with pytest.raises(Refused, match="Name: is not in the header"):
        take("Ref,DoB\n1,1990-01-01\n", mapping=mapped(NAMED))


def test_what_a_mapping_leaves_out_does_not_change_its_hash() -> None:
    said = mapped(NAMED).sha256()
    assert said == mapped(NAMED + "[table.formats]\n").sha256()
    assert said != mapped(NAMED.replace("distinct = true\n", "")).sha256()
