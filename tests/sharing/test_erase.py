"""Whoever is erased stands nowhere in the store any more, in no table and no byte; everybody else stands as before."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from whatworks.cli import main
from whatworks.linkage import train_and_link
from whatworks.linkage.identities.decisions import decide
from whatworks.people.tables import PEOPLE
from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import Reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.verify import verify
from whatworks.records.corrections.dropping import drop_rows
from whatworks.records.engine import Engine, Store
from whatworks.records.imports.conservation import check_conservation
from whatworks.records.imports.folder import import_folder
from whatworks.records.imports.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.register.entry import Author
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, simulate
from whatworks.simulation.society.identity_settings import IdentitySettings

PEOPLE_MADE, DAY, WHO = 300, date(2026, 3, 1), Reader("ks", "K. Sample")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NUMBERS = ("person_id", "pnc_id", "prison_number", "crn")


class Town:
    """A partnership on disk, and what its tables and bytes hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "partnership.duckdb"

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        with DuckDBStore(self.path, read_only=True) as store:
            return {table: store.rows(f'SELECT * FROM "{table}"') for table in sorted(store.tables())}

    def texts(self) -> str:
        return "\n".join(f"{table}: {row}" for table, rows in self.rows().items() for row in rows)


def stands(number: str, text: str) -> bool:
    """Tell whether a number stands in a text by itself, and not as the beginning of another's."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(number)}(?![A-Za-z0-9])", text) is not None


def of_linked(store: Engine, linked: str) -> list[tuple[str, str]]:
    query = "SELECT organisation_id, person_id FROM identity WHERE linked_id = ? ORDER BY 1, 2"
    return [(row[0], row[1]) for row in store.rows(query, [linked])]


def numbers_of(store: Engine, records: list[tuple[str, str]]) -> set[str]:
    found = set()
    for record in records:
        rows = store.rows(
            f"SELECT {', '.join(NUMBERS)} FROM person WHERE organisation_id = ? AND person_id = ?", list(record)
        )
        found |= {value for row in rows for value in row if value and len(value) > 4}
    return found


def plant(
    store: Store, folder: Path, here: Partnership, records: list[tuple[str, str]], other: tuple[str, str]
) -> None:
    """Put a person wherever the software may write of somebody: set aside, dropped, replaced, listed, decided, told."""
    agency, number = records[0]
    own = dict(zip(("forename", "surname", "date_of_birth"),
                   store.rows("SELECT forename, surname, date_of_birth FROM person WHERE organisation_id = ? "
                              "AND person_id = ?", [agency, number])[0], strict=True))  # fmt: skip
    said: dict[str, Any] = {"table": "person", "organisation_id": agency, "as_at": date(2025, 6, 30),
                            "received_on": DAY, "partnership": here}  # fmt: skip
    file = folder / f"more-{number}.csv"
    file.write_text(
        "person_id,forename,surname,date_of_birth,pnc_id\n"
        f"NEW-{number[-4:]}X,C,D,1980-01-01,\n,{own['forename']},{own['surname']},31/31/1,\n"
        f",{own['forename']},{own['surname']} born {own['date_of_birth']},31/31/2,\nTotal,as {number},,31/31/3,\n"
    )
    source = f"more {len(store.rows('SELECT 1 FROM source'))}"
    needs = folder / f"needs-{number}.csv"
    needs.write_text(
        "need_id,person_id,pathway,assessed_on,level\n"
        f"N-{number},{number},health,2024-01-01,high\nN-{number}b,{number},health,31/31/1,high\n"
    )
    import_file(store, needs, source=f"needs of {source}", **{**said, "table": "need"})
    import_file(store, file, source=source, **said)
    [(line,)] = store.rows(
        "SELECT DISTINCT line FROM quarantine JOIN source USING (source_id) WHERE name = ? AND raw LIKE 'Total%'",
        [source],
    )
    drop_rows(store, source, lines=[line], reason="the end of the report", by="K. Sample", on=DAY)
    for rows in ("K1,{},health,2024-01-01,high\nK2,{},health,2024-02-01,low\n", "K1,{},health,2024-01-02,high\n"):
        needs.write_text(
            "need_id,person_id,pathway,assessed_on,level\n"
            + rows.replace("K", f"K{len(source)}-{number[-3:]}-").format(number, number)
        )
        import_file(store, needs, source=f"replaced {source}", replace=True, **{**said, "table": "need"})
    author = Author("C. Clerk", DAY, f"{number} asked")
    grounds = dict.fromkeys(("owner", "purpose", "lawful_basis", "version", "dpia", "equality_assessment"), "x")
    held = PEOPLE.add(store, "list", {**grounds, "name": source, "rule_sha256": "x", "rule": "{}", "review_on": DAY,
                                      "retain_until": DAY})  # fmt: skip
    entry = {"list_id": held, "organisation_id": agency, "person": number, "evidence": f"offences of {number}",
             "records": json.dumps(records), "under_18": "no", "state": "listed", "standing": "linked", "agencies": 2,
             "agencies_mean": 2.0, "agencies_low": 1.0, "agencies_high": 2.0, "sex": "male", "proposed_on": DAY,
             "rule_version": "1"}  # fmt: skip
    row = PEOPLE.add(store, "entry", entry, author=author)
    PEOPLE.note(store, "entry", row, ("evidence", f"{number}, as it was", f"now {number}"), author)
    PEOPLE.note(store, "list", held, ("*", None, f"read out: {number}."), author)
    decide(store, "cannot", records[0], other, by="C. Clerk", on=DAY, reason=f"{number} is his brother")
    journal(store, "consulted", "offence", reader=WHO, at=AT, why="a task", people=[records[0]])
    journal(store, "consulted", "offence", reader=WHO, at=AT, why=f"{number} and others", people=[records[0], other])
    journal(store, "exported", "quarantined rows", reader=WHO, at=AT, why="due", people=[records[-1], other],
            more={"file": "q.xlsx", "expires_on": "2026-03-30"})  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made up") / "p"
    simulate(folder, people=PEOPLE_MADE, seed=5, settings=SimulationSettings(identity=IdentitySettings.realistic()))
    here = Partnership.open(folder)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=DAY)
        train_and_link(store, here.config.linkage, DAY)
    return folder


@pytest.fixture
def town(made: Path) -> Iterator[Town]:
    yield Town(made)


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, *words: str
) -> tuple[int, str]:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["whatworks", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out + told.err


@pytest.mark.parametrize("place", [0.2, 0.9])
def test_nothing_of_the_erased_is_left_and_all_of_the_others(
    town: Town, place: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Partnership.open(town.folder)
    with DuckDBStore(town.path) as store:
        PEOPLE.make_ready(store)
        [*linked] = store.rows("SELECT linked_id FROM identity GROUP BY 1 HAVING count(*) > 1 ORDER BY 1")
        records = of_linked(store, linked[int(place * len(linked))][0])
        other = of_linked(store, linked[0][0])[0]
        numbers = numbers_of(store, records)
        plant(store, tmp_path, here, records, other)
        others_numbers = numbers_of(store, [other])
        before = StoreBook(store).head().sha256
    earlier, bytes_before = town.texts(), town.path.read_bytes()
    assert len(numbers) >= 2 and all(stands(number, earlier) for number in numbers)
    assert any(number.encode() in bytes_before for number in numbers), "the search of the bytes is known to find"
    rows_before = town.rows()

    status, told = run(monkeypatch, capsys, town.folder, "sharing", "subject", ":".join(records[0]), "--why", "asked")
    assert status == 0 and "people_entry: 1 row" in told and "removed_row: 2 rows" in told and "dropped" in told
    assert "exported, quarantined rows, q.xlsx until 2026-03-30 (due)" in told
    status, told = run(monkeypatch, capsys, town.folder, "sharing", "erase", ":".join(records[0]), "--by", "D. Officer",
                       "--why", f"of {records[0][1]}")  # fmt: skip
    assert status == 2 and "names the person" in told
    status, told = run(monkeypatch, capsys, town.folder, "sharing", "erase", ":".join(records[0]), "--by", "D. Officer",
                       "--why", "the right to erasure", "--json")  # fmt: skip
    assert status == 0, told
    answer = json.loads(told)
    assert answer["references"] >= 4 and any(one["file"] == "q.xlsx" for one in answer["left"]["exports"])

    now, rows_now = town.texts(), town.rows()
    assert [number for number in numbers if stands(number, now)] == []
    content = town.path.read_bytes().decode("latin-1")
    assert [number for number in numbers if stands(number, content)] == []
    assert not list(town.folder.glob("*.wal")) and not list(town.folder.glob(".partnership*"))
    assert all(stands(number, now) for number in others_numbers)
    for table in ("offence", "sentence", "custody_spell", "need", "person"):
        mine = [row for row in rows_before[table] if any(value in {number for _, number in records} for value in row)]
        left = [row for row in rows_before[table] if row not in mine]
        if table != "sentence":
            assert sorted(map(str, left)) == sorted(map(str, rows_now[table])), table
    with DuckDBStore(town.path) as store:
        check_conservation(store, [row[0] for row in store.rows("SELECT source_id FROM source")])
        assert verify(store, [before]).references_erased >= 4
        told_of = StoreBook(store).entries()[-1].payload
        assert told_of["act"] == "erased" and "people" not in told_of
        [tombstone] = store.rows(
            "SELECT person, organisation_id, evidence, records, state, removed_on IS NULL FROM people_entry "
            "WHERE proposed_on = ? ORDER BY id DESC LIMIT 1",
            [DAY],
        )
        assert tombstone == (None, None, None, None, "removed", False)
        train_and_link(store, here.config.linkage, DAY)
        assert store.rows("SELECT count(*) FROM person") == store.rows("SELECT count(*) FROM identity")
    status, told = run(
        monkeypatch, capsys, town.folder, "sharing", "erase", ":".join(records[0]), "--by", "D", "--why", "x"
    )
    assert status == 2 and "nothing is held of this person" in told


def test_what_was_deleted_stays_in_a_file_until_it_is_written_anew(tmp_path: Path) -> None:
    from whatworks.records.store import rewrite

    path = tmp_path / "a.duckdb"
    with DuckDBStore(path) as store:
        store.change("CREATE TABLE part AS SELECT 'PLANTED-' || CAST(n AS VARCHAR) AS name FROM range(2000) AS t (n)")
    with DuckDBStore(path) as store:
        store.change("DELETE FROM part WHERE name = 'PLANTED-1234'")
    rewrite(path)
    assert path.stat().st_mode & 0o777 == 0o600 and b"PLANTED-1234" not in path.read_bytes()
    with DuckDBStore(path) as store:
        assert store.rows("SELECT count(*) FROM part") == [(1999,)]
