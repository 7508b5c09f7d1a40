"""Files that hold people are their owner's alone from their first moment, whatever the system would let others read."""

import gc
import gzip
import os
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from stat import S_IMODE
from typing import Any

import polars as pl
import pytest

from whatworks.cli import main
from whatworks.evaluation.values import file as flat_file
from whatworks.linkage import train_and_link
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, simulate
from whatworks.simulation.society.identity_settings import IdentitySettings

PEOPLE, DAY = 500, date(2026, 3, 1)


@pytest.fixture(autouse=True)
def others_may_read() -> Iterator[None]:
    """Let new files be readable by everybody, as most systems do."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022, "a store that was closed leaves the process as it was"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up partnership, imported and linked, some of whose rows wait in quarantine."""
    folder = tmp_path_factory.mktemp("made up") / "p"
    simulate(folder, people=PEOPLE, seed=3, settings=SimulationSettings(identity=IdentitySettings.realistic()))
    here = Partnership.open(folder)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=DAY)
        train_and_link(store, here.config.linkage, DAY)
    return folder


@pytest.fixture
def run(town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs a command in the partnership."""

    def command(*words: str) -> str:
        monkeypatch.chdir(town)
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert int(ended.value.code or 0) == 0, told.err
        return told.out

    return command


def names_of(town: Path) -> set[bytes]:
    """Return what names people in this partnership: long surnames with the forename, and agencies' numbers."""
    with DuckDBStore(town / "partnership.duckdb", read_only=True) as store:
        rows = store.rows("SELECT person_id FROM person WHERE length(person_id) > 5")
    return {str(number).encode() for (number,) in rows}


def content(path: Path) -> bytes:
    """Return a file's bytes, those of a workbook unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    return path.read_bytes()


def holding_people(folder: Path, town: Path) -> list[Path]:
    names = names_of(town)
    return [path for path in folder.rglob("*") if path.is_file() and any(name in content(path) for name in names)]


def open_to_others(paths: list[Path]) -> list[str]:
    return [f"{path.name}: {S_IMODE(path.stat().st_mode):o}" for path in paths if S_IMODE(path.stat().st_mode) != 0o600]


WRITING = {
    "quarantine export back/folder": 1,
    "quarantine export back/single/one.xlsx --source": 1,
    "link check --sheet back/judges": 2,
    "link report --questions back/doubts/questions.csv": 1,
}
"""Each command that writes a file of people beside the store, and the least number of files it writes."""


def test_whatever_a_command_writes_of_people_is_its_owners_alone(run: Any, town: Path) -> None:
    with DuckDBStore(town / "partnership.duckdb", read_only=True) as store:
        [(source,)] = store.rows("SELECT min(name) FROM source JOIN quarantine USING (source_id)")
    for words, least in WRITING.items():
        before = set((town / "back").rglob("*"))
        run(*words.split(), *([source] if words.endswith("--source") else []))
        written = [path for path in (town / "back").rglob("*") if path.is_file() and path not in before]
        assert len(written) >= least, words
        assert open_to_others(written) == [], words
        assert {S_IMODE(path.stat().st_mode) for path in (town / "back").rglob("*") if path.is_dir()} == {0o700}, words
    people = holding_people(town / "back", town)
    assert len(people) >= 2, "the numbers of people are found in these files, so that the search is known to work"
    store_files = [path for path in town.iterdir() if path.name.startswith("partnership.duckdb")]
    assert open_to_others(store_files) == []


def test_every_named_file_has_its_entry_with_the_people_in_it(run: Any, town: Path) -> None:
    run("link", "report", "--questions", "again.csv")
    listed = pl.read_csv(town / "again.csv", infer_schema=False)
    named = set(listed.select("organisation_id", "person_id").iter_rows())
    named |= set(listed.select("other_organisation_id", "other_person_id").drop_nulls().iter_rows())
    with DuckDBStore(town / "partnership.duckdb") as store:
        entry = StoreBook(store).entries()[-1]
        rows = store.rows("SELECT organisation_id, person_id FROM audit_person WHERE entry_number = ?", [entry.number])
    assert (entry.payload["act"], entry.payload["more"]["file"]) == ("exported", "again.csv")
    assert set(rows) == named and len(named) > 10
    assert listed["export"].unique().to_list() == [str(entry.number)]


def test_the_store_is_private_before_anything_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "p" / "partnership.duckdb"
    path.parent.mkdir()
    with DuckDBStore(path, memory_limit="120MB") as store:
        assert S_IMODE(path.stat().st_mode) == 0o600
        store.change("CREATE TABLE part AS SELECT range AS n, md5(CAST(range AS VARCHAR)) AS name FROM range(100000)")
        log = path.with_name("partnership.duckdb.wal")
        assert not log.exists() or S_IMODE(log.stat().st_mode) == 0o600
        store.change("CREATE TEMP TABLE large AS SELECT md5(CAST(n AS VARCHAR)) || repeat('x', 200) AS name "
                     "FROM range(1500000) AS t (n)")  # fmt: skip
        beside = path.with_name("partnership.duckdb.tmp")
        spilt = list(beside.iterdir())
        assert spilt and S_IMODE(beside.stat().st_mode) == 0o700
        assert {S_IMODE(one.stat().st_mode) for one in spilt} == {0o600}
    with DuckDBStore(path), DuckDBStore(tmp_path / "other.duckdb"):
        (tmp_path / "beside").touch()
    assert S_IMODE((tmp_path / "beside").stat().st_mode) == 0o600


def test_a_packed_file_is_unpacked_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed, modes = tmp_path / "people.csv.gz", []
    with gzip.open(packed, "wb") as file:
        file.write(b"name,outcome\nA,1\nB,0\n")
    read = flat_file._texts

    def looking(path: Path, *given: Any) -> Any:
        modes.append((S_IMODE(path.stat().st_mode), S_IMODE(path.parent.stat().st_mode)))
        return read(path, *given)

    monkeypatch.setattr(flat_file, "_texts", looking)
    flat_file.read_flat(packed, None, ["name", "outcome"])
    assert modes == [(0o600, 0o700)]


def test_a_store_that_nobody_closed_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    """The fixture looks: whatever else this process makes is not the guarded store's affair once that is gone."""
    store = DuckDBStore(tmp_path / "s.duckdb")
    assert os.umask(0o077) == 0o077
    del store
    gc.collect()
    assert os.umask(0o022) == 0o022
