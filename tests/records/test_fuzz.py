"""Whatever agencies do to their extracts, no record is lost and no seeded fault is missed."""

import csv
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fuzzing import (
    AS_AT,
    LONGEST,
    MAPPING,
    OURS,
    PERSONS,
    Seeded,
    judge,
    seeded_extract,
    sound_record,
    write_delimited,
    write_json_lines,
    write_parquet,
    write_workbook,
)

from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

RECORDS = 250
Writer = Callable[[Path, list[Seeded]], None]


def delimited(delimiter: str, encoding: str, newline: str, quoting: int) -> Writer:
    return lambda path, records: write_delimited(path, records, delimiter, encoding, newline, quoting)


FORMS: dict[str, tuple[str, bool, Writer]] = {
    "comma": ("a.csv", True, delimited(",", "utf-8", "\n", csv.QUOTE_MINIMAL)),
    "semicolon, Windows": ("a.csv", True, delimited(";", "cp1252", "\r\n", csv.QUOTE_MINIMAL)),
    "tab, UTF-16": ("a.tsv", True, delimited("\t", "utf-16", "\r\n", csv.QUOTE_MINIMAL)),
    "bar, all quoted, BOM": ("a.txt", True, delimited("|", "utf-8-sig", "\n", csv.QUOTE_ALL)),
    "JSON lines": ("a.jsonl", False, write_json_lines),
    "Parquet": ("a.parquet", False, write_parquet),
    "workbook": ("a.xlsx", False, write_workbook),
}


def fuzz(folder: Path, form: str, seed: int, records: int = RECORDS) -> None:
    """Import one extract with seeded faults, and hold every record to the judge's verdict."""
    rng = random.Random(f"{form} {seed}")
    file, lines_too, write = FORMS[form]
    written = seeded_extract(rng, records, delimited=lines_too)
    write(folder / file, written)
    with DuckDBStore(None) as store:
        people(store, folder)
        report = import_file(
            store,
            folder / file,
            mapping=parse_mapping(MAPPING, "m.toml"),
            organisation_id="police",
            source="crimes",
            as_at=AS_AT,
            received_on=date(2025, 7, 1),
            longest_record_bytes=LONGEST,
        )
        [block] = report.blocks
        assert (block.rows_in, block.kept + block.quarantined) == (records, records)
        check_records(store, written)


def people(store: Store, folder: Path) -> None:
    store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police (made up)', 'police')")
    (folder / "people.csv").write_text("person_id\n" + "\n".join(PERSONS) + "\n")
    said: dict[str, Any] = {"as_at": AS_AT, "received_on": date(2025, 7, 1), "source": "people"}
    import_file(store, folder / "people.csv", table="person", organisation_id="police", **said)


def check_records(store: Store, written: list[Seeded]) -> None:
    columns = ", ".join(OURS.values())
    kept = {
        line: dict(zip(OURS.values(), values, strict=True))
        for line, *values in store.rows(f"SELECT source_line, {columns} FROM offence")
    }
    aside: dict[int, tuple[str, set[str | None]]] = {
        line: (raw, set(fields))
        for line, raw, fields in store.rows("SELECT line, any_value(raw), list(field) FROM quarantine GROUP BY line")
    }
    for record, verdict in zip(written, judge(written), strict=True):
        told = f"line {record.line}, {record.mutation}: {list(record.values.values())}"
        if not verdict.broken and not verdict.faults:
            assert kept.get(record.line) == verdict.values, told
            assert not record.must_fail, f"the judge itself missed {told}"
            assert record.line not in aside, told
            continue
        assert record.line not in kept, told
        assert record.line in aside, told
        raw, named = aside[record.line]
        assert named == ({None} if verdict.broken else verdict.faults), told
        if record.must_name is not None:
            assert record.must_name in named, told
        if record.raw:
            assert raw == (record.raw if len(record.raw.encode()) <= LONGEST else record.raw[:200]), told
    assert len(kept) + len(aside) == len(written)


@pytest.mark.parametrize("form", FORMS)
def test_every_record_is_kept_whole_or_set_aside_naming_what_was_changed(tmp_path: Path, form: str) -> None:
    fuzz(tmp_path, form, seed=1)


def test_a_file_cut_or_damaged_anywhere_is_refused_or_adds_up(tmp_path: Path) -> None:
    """Damage that no rule foresees: whatever comes, the counts hold and the fault is never ours."""
    rng = random.Random(7)
    path = tmp_path / "a.csv"
    refused = 0
    with DuckDBStore(None) as store:
        people(store, tmp_path)
        for n in range(60):
            write_delimited(path, [sound_record(i, rng) for i in range(8)], ";", "utf-8", "\n", csv.QUOTE_MINIMAL)
            content = bytearray(path.read_bytes())
            for _ in range(rng.randrange(1, 6)):
                at = rng.randrange(len(content))
                content[at : at + rng.randrange(3)] = rng.choice(
                    [b"", b"\n", b'"', b"\xff", b"\0", b";", b"\r", b"\xe9"]
                )
            path.write_bytes(content[: rng.randrange(1, len(content))] if n % 3 == 0 else content)
            try:
                [block] = import_file(
                    store,
                    path,
                    mapping=parse_mapping(MAPPING, "m.toml"),
                    organisation_id="police",
                    source="crimes",
                    as_at=AS_AT,
                    received_on=date(2025, 7, 1),
                    replace=True,
                ).blocks
            except Refused:
                refused += 1
            else:
                assert block.rows_in == block.kept + block.quarantined + block.excluded
    assert 0 < refused < 60
