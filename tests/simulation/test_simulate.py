"""Extracts read back by their mappings are the records; the same seed gives the same bytes; dirt is set aside."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from whatworks.evaluation.question.protocol import load_protocol
from whatworks.records.engine import Store
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.records.tables.agency_tables import MEASURED_TABLES
from whatworks.simulation import SimulationSettings, folder, simulate, world
from whatworks.simulation.agencies.records_kept import frames as records_of
from whatworks.simulation.folder import EXTRACTS
from whatworks.simulation.society.identity_settings import IdentitySettings

CLEAN = SimulationSettings(typos=False, gaps=False, duplicates=False, disagreements=False)
RECEIVED = date(2025, 7, 1)


def imported(directory: Path) -> Store:
    partnership = Partnership.open(directory)
    with DuckDBStore(partnership.store_path) as store:
        report = import_folder(store, partnership, received_on=RECEIVED)
        assert report.unclaimed == ()
    return DuckDBStore(partnership.store_path, read_only=True)


def test_clean_extracts_of_several_parts_are_imported_as_the_records_that_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "PART", 300)
    simulate(tmp_path / "p", people=700, seed=4, settings=CLEAN)
    parts = [world(size, 4, CLEAN, first) for first, size in ((0, 300), (300, 300), (600, 100))]
    truth = pl.read_parquet(tmp_path / "p" / "truth" / "people.parquet")
    assert truth.equals(pl.concat(part.truth for part in parts))
    assert truth["person"].is_unique().all()
    frames = [records_of(part) for part in parts]
    with imported(tmp_path / "p") as store:
        assert store.rows("SELECT count(*) FROM quarantine") == [(0,)]
        for table in MEASURED_TABLES:
            frame = pl.concat(part[table] for part in frames).unique(maintain_order=True)
            columns = [name for name in frame.columns if not _unsent(table, name)]
            keys = [name for name in MEASURED_TABLES[table].primary_key() if name in columns]
            found = store.fetch(f"SELECT * FROM {table}").select(columns).sort(keys)
            expected = frame.select(columns).sort(keys)
            assert found.height == expected.height > 0, table
            for name in columns:
                different = found[name].cast(pl.String).ne_missing(expected[name].cast(pl.String))
                different &= ~_not_sent_by(table, name, found["organisation_id"])
                assert not different.any(), (table, name)


def _unsent(table: str, column: str) -> bool:
    """Columns that no agency sends in its files."""
    return (table, column) in {("person", "crn"), ("person", "prison_number")}


def _not_sent_by(table: str, column: str, agency: pl.Series) -> pl.Series:
    """Rows of agencies whose file lacks the column."""
    lacks = {
        ("person", "ethnicity"): ["court", "health"],
        ("person", "postcode"): ["court", "health", "prison"],
    }.get((table, column), [])
    return agency.is_in(lacks)


def hashes(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(tmp_path / name, people=300, seed=seed)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert hashes(tmp_path / "a")["extracts/police_crimes.csv"] != hashes(tmp_path / "c")["extracts/police_crimes.csv"]


def test_extracts_of_people_hard_to_link_are_imported_with_their_homes_and_the_truth_of_every_record(
    tmp_path: Path,
) -> None:
    settings = SimulationSettings(identity=replace(IdentitySettings.realistic(), link_error=0.1))
    for name in ("p", "again"):
        simulate(tmp_path / name, people=1_500, seed=6, settings=settings)
    assert hashes(tmp_path / "p") == hashes(tmp_path / "again")
    with imported(tmp_path / "p") as store:
        held = store.fetch("SELECT organisation_id, person_id, postcode FROM person")
        refused = store.rows("SELECT count(*) FROM quarantine WHERE source_id LIKE '%/person'")
        assert refused == [(0,)]
    homes = dict(held.group_by("organisation_id").agg(pl.col("postcode").is_not_null().mean()).iter_rows())
    assert min(homes[agency] for agency in ("police", "court", "health", "council", "probation")) > 0.6
    truth = pl.read_parquet(tmp_path / "p" / "truth" / "identities.parquet")
    assert held.join(truth, on=["organisation_id", "person_id"], how="anti").height == 0
    twice = truth.group_by("organisation_id", "person").len().filter(pl.col("len") > 1)
    split = pl.read_parquet(tmp_path / "p" / "truth" / "society.parquet").filter(link_error="split")
    assert set(split["person"]) <= set(twice.filter(organisation_id="police")["person"])


def test_dirt_is_set_aside_and_most_rows_are_kept(tmp_path: Path) -> None:
    simulate(tmp_path / "p", people=2_500, seed=1)
    with imported(tmp_path / "p") as store:
        rules = dict(store.rows("SELECT rule, count(*) FROM quarantine GROUP BY rule"))
        assert rules["date"] > 10
        assert rules["duplicate_key"] > 10
        assert rules["nullability"] > 1
        aside, whole = store.rows("SELECT sum(rows_quarantined), sum(rows_in) FROM source")[0]
        assert aside < 0.005 * whole
        lost = "SELECT name FROM source WHERE rows_in <> rows_kept + rows_quarantined + rows_excluded"
        assert store.rows(lost) == []
        identities = pl.read_parquet(tmp_path / "p" / "truth" / "identities.parquet")
        held = store.fetch("SELECT organisation_id, person_id FROM person")
        assert held.join(identities, on=["organisation_id", "person_id"], how="anti").height == 0
        assert identities.select("organisation_id", "person_id").is_unique().all()
        twice = identities.group_by("organisation_id", "person").len().filter(pl.col("len") > 1)
        assert set(twice["organisation_id"]) == {"police", "council"}


def test_truth_json_can_be_worked_out_again_from_the_lives(tmp_path: Path) -> None:
    simulate(tmp_path / "p", people=3_000, seed=2)
    truth = json.loads((tmp_path / "p" / "truth.json").read_text(encoding="utf-8"))
    people = pl.read_parquet(tmp_path / "p" / "truth" / "people.parquet").filter("participant")
    told = truth["true_effects"]["all_participants"]["proven_reoffending_1y"]
    assert told["people"] == people.height == truth["participants"]
    with_it, without = (sum(people[f"y{life}_proven_reoffending_1y"]) / people.height for life in (1, 0))
    assert told["effect"] == pytest.approx(with_it - without)
    young = truth["true_effects"]["under_25"]["frequency_1y"]["people"]
    assert young + truth["true_effects"]["25_and_over"]["frequency_1y"]["people"] == people.height


def test_the_protocol_is_one(tmp_path: Path) -> None:
    simulate(tmp_path / "p", people=50, seed=1)
    protocol = load_protocol(tmp_path / "p" / "protocols" / "resettlement.toml")
    assert protocol.scheme.id == "GATE"
    assert str(protocol.cohort.first_index) == "2021-01-01"


def test_each_agency_writes_in_its_own_way() -> None:
    assert {extract.encoding for extract in EXTRACTS} == {"utf-8", "utf-8-sig", "cp1252", "utf-16"}
    assert {extract.delimiter for extract in EXTRACTS} == {",", ";", "\t", "|"}
    assert len({extract.dates for extract in EXTRACTS}) == 4


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(Refused, match="not an empty folder"):
        simulate(tmp_path, people=10, seed=1)
    with pytest.raises(Refused, match="people"):
        simulate(tmp_path / "new", people=0, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
