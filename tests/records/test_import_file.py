"""An agency's file comes in whole: each record kept, or quarantined with every fault that it has."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport, import_file
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

Rows = Callable[..., list[tuple[Any, ...]]]
Take = Callable[..., ImportReport]
PEOPLE = "person_id,date_of_birth,sex\n1,1990-01-01,male\n2,1991-02-02,female\n3,,\n"
SPELLS = "spell_id,person_id,received_on,released_on,status\n"


def counts(report: ImportReport) -> list[tuple[str, int, int, int, int]]:
    return [(b.table, b.rows_in, b.kept, b.quarantined, b.excluded) for b in report.blocks]


def test_sound_rows_are_kept_with_file_and_line(take: Take, rows: Rows) -> None:
    report = take(PEOPLE, "person", source="police people")
    assert counts(report) == [("person", 3, 3, 0, 0)]
    assert rows("SELECT source_id, source_line, organisation_id, person_id, date_of_birth, sex FROM person") == [
        ("police people/person", 2, "police", "1", date(1990, 1, 1), "male"),
        ("police people/person", 3, "police", "2", date(1991, 2, 2), "female"),
        ("police people/person", 4, "police", "3", None, None),
    ]


def test_every_fault_of_a_row_is_listed_with_its_remedy(take: Take, rows: Rows) -> None:
    take(PEOPLE, "person")
    bad = 'a,1,2024-02-31,2023-01-01,remand\n,9,"2024-05-01",2024-04-01,Remand\n'
    report = take(SPELLS + bad + "b,1,2024-01-01,,remand\n", "custody_spell")
    assert counts(report) == [("custody_spell", 3, 1, 2, 0)]
    assert rows("SELECT line, field, value, rule, raw FROM quarantine ORDER BY line, field") == [
        (2, "received_on", "2024-02-31", "date", "a,1,2024-02-31,2023-01-01,remand"),
        (3, "person_id", "9", "unknown_parent", ',9,"2024-05-01",2024-04-01,Remand'),
        (3, "released_on", "2024-04-01", "order", ',9,"2024-05-01",2024-04-01,Remand'),
        (3, "spell_id", None, "nullability", ',9,"2024-05-01",2024-04-01,Remand'),
        (3, "status", "Remand", "code", ',9,"2024-05-01",2024-04-01,Remand'),
    ]
    assert rows("SELECT count(*) FROM quarantine WHERE problem = '' OR remedy = ''") == [(0,)]


@pytest.mark.parametrize(
    ("table", "header", "row", "field", "rule"),
    [
        ("person", "person_id,date_of_birth", "9,2025-07-01", "date_of_birth", "after_as_at"),
        ("person", "person_id,date_of_birth", "9,01/02/90", "date_of_birth", "date"),
        ("person", "person_id,date_of_birth", " ,1990-02-01", "person_id", "nullability"),
        ("person", "person_id,organisation_id", "9,prison", "organisation_id", "organisation"),
        ("custody_spell", SPELLS.strip(), "a,1,2024-05-02,2024-05-01,remand", "released_on", "order"),
        ("sentence", "sentence_id,person_id,kind,sentenced_on,length_days", "a,1,fine,2024-01-01,-1", "length_days",
         "min"),
        ("sentence", "sentence_id,person_id,kind,sentenced_on,length_days", "a,1,fine,2024-01-01,99999", "length_days",
         "max"),
        ("sentence", "sentence_id,person_id,kind,sentenced_on,length_days", "a,1,fine,2024-01-01,1.5", "length_days",
         "number"),
        ("sentence", "sentence_id,person_id,kind,sentenced_on", "a,77,fine,2024-01-01", "person_id", "unknown_parent"),
        ("offence", "offence_id,person_id,committed_from,committed_to", "a,1,2024-01-02,2024-01-01", "committed_to",
         "order"),
        ("offence", "offence_id,person_id,committed_from,sanctioned_on", "a,1,2024-01-02,2024-01-01", "sanctioned_on",
         "order"),
        ("requirement", "requirement_id,person_id,kind,from_date,to_date", "a,1,x,2024-01-02,2024-01-01", "to_date",
         "order"),
    ],
)  # fmt: skip
def test_each_rule_sets_its_row_aside_and_no_other(
    take: Take, rows: Rows, table: str, header: str, row: str, field: str, rule: str
) -> None:
    take(PEOPLE, "person")
    good = {
        "person": "8,", "custody_spell": "b,1,2024-05-01,2024-05-01,remand", "sentence": "b,1,fine,2024-01-01",
        "offence": "b,1,2024-01-01,2025-06-30", "requirement": "b,1,x,2024-01-01,2031-01-01",
    }[table]  # fmt: skip
    good = "8,police" if rule == "organisation" else good
    good += "," * (header.count(",") - good.count(","))
    report = take(f"{header}\n{row}\n{good}\n", table)
    assert counts(report)[0][2:4] == (1, 1)
    assert rows("SELECT line, field, rule FROM quarantine") == [(2, field, rule)]


def test_planned_days_may_lie_ahead(take: Take) -> None:
    take(PEOPLE, "person")
    take("requirement_id,person_id,kind,from_date,to_date\nr,1,x,2025-06-30,2027-01-01\n", "requirement")
    assert counts(take("appointment_id,requirement_id,due_on\na,r,2026-01-01\n", "appointment"))[0][2] == 1


def test_all_rows_that_share_a_number_are_set_aside_even_twins(take: Take, rows: Rows) -> None:
    report = take("person_id,sex\n1,male\n2,male\n1,male\n1,2024\n", "person")
    assert counts(report) == [("person", 4, 1, 3, 0)]
    assert rows("SELECT line, rule FROM quarantine ORDER BY ALL") == [
        (2, "duplicate_key"), (4, "duplicate_key"), (5, "code"), (5, "duplicate_key"),
    ]  # fmt: skip


def test_a_row_waits_for_its_parent_and_so_do_its_children(take: Take, rows: Rows) -> None:
    assert counts(take("appointment_id,requirement_id,due_on\na,r,2024-06-01\nb,q,2024-06-01\n", "appointment")) == [
        ("appointment", 2, 0, 2, 0)
    ]
    take("requirement_id,person_id,kind,from_date\nr,1,x,2024-01-01\n", "requirement")
    report = take(PEOPLE, "person")
    assert report.released == {"requirement": 1, "appointment": 1}
    assert rows("SELECT appointment_id, source_line, due_on FROM appointment") == [("a", 2, date(2024, 6, 1))]
    assert rows("SELECT line, rule FROM quarantine") == [(3, "unknown_parent")]
    assert rows("SELECT rows_kept, rows_quarantined FROM source WHERE name = 's1'") == [(1, 1)]


def test_a_waiting_row_with_another_fault_keeps_that_one(take: Take, rows: Rows) -> None:
    take(SPELLS + "a,1,2024-01-01,,Remand\nb,1,2024-01-01,,remand\n", "custody_spell")
    assert take(PEOPLE, "person").released == {"custody_spell": 1}
    assert rows("SELECT line, rule, raw FROM quarantine") == [(2, "code", "a,1,2024-01-01,,Remand")]


def test_a_waiting_row_whose_number_was_taken_stays_aside(take: Take, rows: Rows) -> None:
    take(SPELLS + "a,1,2024-01-01,,remand\n", "custody_spell")
    take("person_id\n2\n", "person")
    take(SPELLS + "a,2,2024-01-01,,remand\n", "custody_spell")
    assert take("person_id\n1\n", "person").released == {}
    assert rows("SELECT source_id, rule FROM quarantine") == [("s1/custody_spell", "duplicate_key")]


def test_parents_of_another_agency_do_not_count(take: Take, rows: Rows) -> None:
    take(PEOPLE, "person", organisation_id="prison")
    take(SPELLS + "a,1,2024-01-01,,remand\n", "custody_spell")
    assert rows("SELECT rule FROM quarantine") == [("unknown_parent",)]


def test_the_same_file_again_does_nothing_and_says_so(take: Take, rows: Rows) -> None:
    first = take(PEOPLE, "person", source="people")
    again = take(PEOPLE, "person", source="people")
    assert (first.already, again.already) == (False, True)
    assert counts(again) == counts(first)
    assert rows("SELECT count(*) FROM person") == [(3,)]


def test_a_newer_extract_needs_replace_and_says_what_changed(take: Take, rows: Rows) -> None:
    take(PEOPLE, "person", source="people")
    newer = "person_id,date_of_birth,sex\n1,1990-01-01,male\n2,1991-02-03,female\n4,,\n5,bad,\n"
    with pytest.raises(Refused, match="use --replace"):
        take(newer, "person", source="people")
    report = take(newer, "person", source="people", replace=True)
    assert counts(report) == [("person", 4, 3, 1, 0)]
    change = report.blocks[0].change
    assert change is not None
    assert (change.added, change.removed, change.changed) == (1, 1, 1)
    assert rows("SELECT person_id FROM person ORDER BY ALL") == [("1",), ("2",), ("4",)]
    assert rows("SELECT count(*) FROM source") == [(1,)]


def test_children_of_a_vanished_parent_wait_until_it_is_back(take: Take, rows: Rows) -> None:
    take(PEOPLE, "person", source="people")
    take(SPELLS + "a,3,2024-01-01,,remand\nb,1,2024-01-01,,remand\n", "custody_spell", source="spells")
    report = take("person_id\n1\n", "person", source="people", replace=True)
    assert report.orphaned == {"custody_spell": 1}
    assert rows("SELECT spell_id FROM custody_spell") == [("b",)]
    assert rows("SELECT rows_in, rows_kept, rows_quarantined FROM source WHERE name = 'spells'") == [(2, 1, 1)]
    assert take(PEOPLE, "person", source="people", replace=True).released == {"custody_spell": 1}
    assert rows("SELECT spell_id, received_on FROM custody_spell ORDER BY ALL") == [
        ("a", date(2024, 1, 1)), ("b", date(2024, 1, 1)),
    ]  # fmt: skip


def test_numbers_held_from_another_source_are_refused(take: Take, rows: Rows) -> None:
    take(PEOPLE, "person", source="first")
    with pytest.raises(Refused, match=r'person_id "9": and 1 more rows of table person .* source first;'):
        take("person_id\n2\n3\n7\n", "person", source="second")
    assert rows("SELECT count(*) FROM person") == [(3,)]
    assert rows("SELECT name FROM source") == [("first",)]


MAPPING = """
[[table]]
table = "offence"
when = [{ column = "kind", one_of = ["CRIME", "BOTH"] }, { column = "ref", not_empty = true }]
[table.columns]
person_id = "urn"
committed_from = "day"
offence_group = "class"
[table.key]
offence_id = ["ref", "count"]
[table.formats]
committed_from = "%d/%m/%Y"
[table.constants]
sanction = "caution"
[table.codes.offence_group]
"VIO" = "violence"
"" = "other"
[[table]]
table = "person"
when = [{ column = "kind", not_equals = "CRIME" }]
[table.columns]
person_id = "urn"
"""
CRIMES = """urn;kind;ref;count;day;class
1;BOTH;A;1;28/02/2024;VIO
2;PERSON;;;;
2;CRIME;B;1;31/02/2024;VIO
1;CRIME;C;;01/03/2024;
1;CRIME;D;1;01/03/2024;XYZ
3;BOTH;E
1;CRIME;F;2;02/03/2024;
"""


def test_one_line_may_yield_rows_of_several_tables_and_each_conserves(take: Take, rows: Rows) -> None:
    report = take(CRIMES, mapping=parse_mapping(MAPPING, "m"), source="crimes")
    assert counts(report) == [("person", 7, 2, 1, 4), ("offence", 7, 2, 4, 1)]
    assert rows("SELECT offence_id, person_id, committed_from, offence_group, sanction FROM offence ORDER BY 1") == [
        ("A-1", "1", date(2024, 2, 28), "violence", "caution"),
        ("F-2", "1", date(2024, 3, 2), "other", "caution"),
    ]
    assert rows("SELECT source_id, line, field, value, rule FROM quarantine ORDER BY ALL") == [
        ("crimes/offence", 4, "committed_from", "31/02/2024", "date"),
        ("crimes/offence", 5, "offence_id", None, "nullability"),
        ("crimes/offence", 6, "offence_group", "XYZ", "code"),
        ("crimes/offence", 7, None, None, "ragged"),
        ("crimes/person", 7, None, None, "ragged"),
    ]


def test_two_blocks_may_fill_one_table_and_lines_may_be_keys(take: Take, rows: Rows) -> None:
    block = '[[table]]\ntable = "offence"\n[table.columns]\nperson_id = "p"\ncommitted_from = "d{0}"\n'
    block += 'offence_code = "c{0}"\n[table.key]\noffence_id = ["p", "#line", "c{0}"]\n'
    take(PEOPLE, "person")
    mapping = parse_mapping(block.format(1) + block.format(2), "m")
    report = take("p,d1,c1,d2,c2\n1,2024-01-01,x,2024-02-01,y\n2,2024-01-01,z,2024-02-01,z\n", mapping=mapping)
    assert [(b.source_id, b.kept, b.quarantined) for b in report.blocks] == [
        ("s2/offence", 1, 1),
        ("s2/offence#2", 1, 1),
    ]
    assert rows("SELECT source_id, offence_id FROM offence ORDER BY 1") == [
        ("s2/offence", "1-2-x"), ("s2/offence#2", "1-2-y"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("spell_id,person_id,received_on,status\na,1,2024-01-01,remand\n", "looks like table custody_spell"),
        ("person_id|sex\n1|male\n", None),
        ("person_id:sex\n1:male\n", "person_id: is not in the header, which has 1 column"),
        ("person_id,date_of_brith\n1,2024-01-01\n", "date_of_brith: is not a column of table person"),
    ],
)
def test_the_wrong_file_is_refused_whole(take: Take, rows: Rows, content: str, words: str | None) -> None:
    if words is None:
        assert counts(take(content, "person"))[0][2] == 1
        return
    with pytest.raises(Refused, match=words):
        take(content, "person")
    assert rows("SELECT count(*) FROM source") == [(0,)]


def test_a_wrong_delimiter_is_named(take: Take) -> None:
    mapping = parse_mapping('[file]\ndelimiter = ","\n[[table]]\ntable = "person"\ncolumns = {person_id = "no"}\n', "m")
    with pytest.raises(Refused, match="seems to be split by ';'"):
        take("no;sex\n1;male\n", mapping=mapping)


def test_a_file_without_a_header_shows_shapes_only(take: Take) -> None:
    with pytest.raises(Refused, match="its first line seems to be a record") as refused:
        take("A77,Zaphod,01/02/1990\nB78,Ford,02/03/1991\n", "person")
    assert "Zaphod" not in str(refused.value)
    with pytest.raises(Refused, match="Aaaaaa: stands in the header 2 times") as refused:
        take("7,Zaphod,Zaphod\n8,Ford,Prefect\n", "person")
    assert "Zaphod" not in str(refused.value)


def test_an_agency_must_be_known_and_a_source_keeps_its_agency(take: Take) -> None:
    with pytest.raises(Refused, match="agency 'polise' is not known; use one of police, prison"):
        take(PEOPLE, "person", organisation_id="polise")
    take(PEOPLE, "person", source="people")
    with pytest.raises(Refused, match="came from police, not from prison"):
        take(PEOPLE, "person", source="people", organisation_id="prison", replace=True)


def test_identifying_values_show_their_shape_only_and_stay_in_quarantine(take: Take, rows: Rows) -> None:
    secret = "QX7731"
    take(f"person_id\n{secret}\n", "person", source="one")
    for said in ({"source": "two"}, {"source": "two", "replace": True}):
        with pytest.raises(Refused) as refused:
            take(f"person_id,sex\n{secret},male\n", "person", **said)
        assert secret not in str(refused.value)
        assert "AA9999" in str(refused.value)
    take(f"person_id,date_of_birth\n{secret}8,{secret}\nother,\n", "person", source="three")
    [(value, problem, remedy)] = rows("SELECT value, problem, remedy FROM quarantine")
    assert (value, secret in problem + remedy) == (secret, False)


def test_only_one_process_writes_and_other_files_are_no_stores(tmp_path: Path) -> None:
    (tmp_path / "notes.duckdb").write_text("these are notes, and quite a lot of them" * 200)
    with pytest.raises(Refused, match="cannot be opened as a store"):
        DuckDBStore(tmp_path / "notes.duckdb")
    with pytest.raises(Refused, match="is not there"):
        DuckDBStore(tmp_path / "none.duckdb", read_only=True)


def test_a_store_in_use_says_so(tmp_path: Path) -> None:
    held = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    command = [sys.executable, "-c", held, str(tmp_path / "p.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="is in use by another process"):
            DuckDBStore(tmp_path / "p.duckdb")
        other.communicate("\n")


def test_what_a_killed_import_spilled_is_gone(tmp_path: Path) -> None:
    spilled = tmp_path / "p.duckdb.tmp"
    spilled.mkdir()
    (spilled / "duckdb_temp_storage_DEFAULT-0.tmp").write_text("names")
    with DuckDBStore(tmp_path / "p.duckdb") as store:
        setting = store.rows("SELECT current_setting('temp_directory')")
        assert setting == [(str(spilled),)]
        assert not list(spilled.glob("*"))


def test_a_missing_file_and_unclear_orders_are_refused(store: Store, tmp_path: Path) -> None:
    said = {"organisation_id": "police", "source": "x", "as_at": date(2025, 1, 1), "received_on": date(2025, 1, 1)}
    with pytest.raises(Refused, match="is not there"):
        import_file(store, tmp_path / "no.csv", table="person", **said)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="needs a table or a mapping"):
        import_file(store, tmp_path / "no.csv", **said)  # type: ignore[arg-type]
