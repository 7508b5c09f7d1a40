"""A file of which nothing can be kept is refused whole, and so is one with any fault where that is asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from whatworks.records.engine import Store
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

Take = Callable[..., Any]
Rows = Callable[..., list[tuple[Any, ...]]]

SENTENCES = "sentence_id,person_id,kind,sentenced_on\n"
TWO_TABLES = """\
[[table]]
table = "person"
when = [{ column = "Type", equals = "P" }]
[table.columns]
person_id = "No"
date_of_birth = "Day"
[[table]]
table = "scheme"
when = [{ column = "Type", equals = "S" }]
[table.columns]
scheme_id = "No"
name = "No"
from_date = "Day"
"""


def nothing_in(rows: Rows) -> bool:
    return rows("SELECT (SELECT count(*) FROM source) + (SELECT count(*) FROM quarantine)") == [(0,)]


def test_a_file_without_a_row_to_keep_is_refused_naming_each_kind_of_fault(take: Take, rows: Rows) -> None:
    lines = [f"Q{n},31/02/1990,man" for n in range(4_998)] + ["Q5000,1990-01-01,woman", ",1990-01-01,male"]
    with pytest.raises(Refused) as refused:
        take("person_id,date_of_birth,sex\n" + "\n".join(lines) + "\n", "person", file="people.csv")
    said = [str(fault) for fault in refused.value.faults]
    assert said[0] == "people.csv: has no row that can be kept; correct the file, or the mapping that reads it"
    assert 'people.csv, row 2, date_of_birth "99/99/9999": is not a date in the form %Y-%m-%d' in said[1]
    assert 'people.csv, row 2, sex "man": is not a code of this column; use one of female,' in said[2]
    assert any(line.startswith("people.csv, row 5001, person_id: is empty; fill it in") for line in said)
    # 4,998 rows with two faults, one with a code, one without a key; ten of them are shown
    assert said[-1] == "people.csv: and 9,988 more faults, 5,000 rows at fault; none was imported"
    assert len(said) == 12
    assert nothing_in(rows)


def test_rows_that_only_wait_for_their_parents_are_quarantined(take: Take, rows: Rows) -> None:
    take(SENTENCES + "S1,P1,fine,2024-01-31\nS2,P1,fin,2024-01-31\n", "sentence", source="sentences")
    assert rows("SELECT line, rule FROM quarantine ORDER BY line, rule") == [
        (2, "unknown_parent"), (3, "code"), (3, "unknown_parent"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="has no row that can be kept"):
        take(SENTENCES + "S3,P1,fin,2024-01-31\n", "sentence")


def test_one_row_kept_in_any_table_of_a_mapping_is_enough(take: Take, rows: Rows) -> None:
    mapping = parse_mapping(TWO_TABLES, "two.toml")
    with pytest.raises(Refused, match=r"row 2, date_of_birth .*\n.*row 3, from_date"):
        take("Type,No,Day\nP,1,x\nS,2,y\nN,3,z\n", mapping=mapping)
    assert nothing_in(rows)
    take("Type,No,Day\nP,1,x\nS,2,2024-01-31\n", mapping=mapping)
    assert rows("SELECT scheme_id FROM scheme") == [("2",)]


def test_strictness_refuses_a_single_fault_unknown_parents_included(take: Take, rows: Rows) -> None:
    for content, table, said in (
        ("person_id,sex\nQX77,man\nQX78,male\n", "person", r"has 1 row at fault.*\n.*row 2, sex \"aaa\""),
        (SENTENCES + "S1,QX77,fine,2024-01-31\n", "sentence", r"row 2, person_id \"AA99\": is not in table person"),
        ("person_id,sex\nQX77,male,x\nQX78,male\n", "person", r"row 2, whole row: has 3 fields"),
    ):
        with pytest.raises(Refused, match=said) as refused:
            take(content, table, strict=True)
        assert "QX77" not in str(refused.value)
        assert nothing_in(rows)
    take("person_id,sex\nQX78,male\n", "person", strict=True)
    assert rows("SELECT person_id FROM person") == [("QX78",)]


def test_a_refused_replacement_leaves_the_extract_before(take: Take, rows: Rows) -> None:
    take("person_id,sex\nP1,male\n", "person", source="people")
    before = rows("SELECT * FROM source"), rows("SELECT * FROM person")
    for said in ({}, {"strict": True}):
        with pytest.raises(Refused):
            take("person_id,sex\nP2,man\n", "person", source="people", replace=True, as_at=date(2025, 7, 1), **said)
    assert (rows("SELECT * FROM source"), rows("SELECT * FROM person")) == before


def test_a_file_whose_rows_are_all_left_out_is_no_fault(take: Take, store: Store) -> None:
    report = take("Type,No,Day\nN,1,x\n", mapping=parse_mapping(TWO_TABLES, "two.toml"))
    assert [(one.kept, one.quarantined, one.excluded) for one in report.blocks] == [(0, 0, 1), (0, 0, 1)]
