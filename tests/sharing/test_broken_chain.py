"""A log of releases that differs from the chain is found, and what a refusal tells one to do can be done."""

from pathlib import Path
from shutil import copyfile

import pytest
from test_releases import release
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.audit.file_book import FileBook
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.sharing.agreement import EXAMPLES
from whatworks.simulation import simulate

SPOILT = {
    "another receiver": "UPDATE sharing_release SET receiver = 'council' WHERE id = 2",
    "a later day": "UPDATE sharing_release SET expires_on = '2030-01-01' WHERE id = 1",
    "another file": "UPDATE sharing_release SET sha256 = 'ab' WHERE id = 2",
    "a release taken out": "DELETE FROM sharing_release WHERE id = 2",
    "the first taken out": "DELETE FROM sharing_release WHERE id = 1",
    "a copy taken out": "DELETE FROM sharing_release WHERE kind = 'briefing'",
    "a release put in": "INSERT INTO sharing_release SELECT * REPLACE (9 AS id) FROM sharing_release WHERE id = 1",
    "two that changed places": "UPDATE sharing_release SET id = CASE id WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE id END",
}


def audit(here: Partnership, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), ["audit", *words, "--partnership", str(here.root)])
    return done.exit_code, done.output + str(done.exception or "")


def test_a_log_of_releases_that_was_altered_does_not_verify(agreed: Partnership) -> None:
    release(agreed)
    release(agreed, see="person.surname")
    words = ["sharing", "briefing", str(EXAMPLES.parent / "briefings/threat.toml"), "--by", "D. Officer"]
    assert CliRunner().invoke(build(), [*words, "--partnership", str(agreed.root)]).exit_code == 0
    assert audit(agreed, "verify")[0] == 0
    kept = agreed.root / "kept"
    copyfile(agreed.store_path, kept)
    for name, statement in SPOILT.items():
        with DuckDBStore(agreed.store_path) as store:
            store.change(statement)
        status, said = audit(agreed, "verify")
        assert status and "what the log of releases says" in said, name
        copyfile(kept, agreed.store_path)
    assert audit(agreed, "verify")[0] == 0


def test_the_remedy_for_a_broken_chain_can_be_followed_with_a_backup_and_without(tmp_path: Path) -> None:
    simulate(tmp_path / "town", people=60, seed=1)
    here = Partnership.open(tmp_path / "town")
    whole = ["import", "--partnership", str(here.root)]
    assert CliRunner().invoke(build(), whole).exit_code == 0
    backup = tmp_path / "backup"
    copyfile(here.store_path, backup)
    head = audit(here, "head")[1].split()[-1]
    with DuckDBStore(here.store_path) as store:
        store.change("UPDATE book_entry SET written_at = '2020-01-01' WHERE entry_number = 1")
    status, said = audit(here, "verify")
    assert status and "was altered at entry 1" in said
    assert "put a backup of the store's file in its place" in said and "import the extracts anew" in said
    broken = here.store_path.rename(tmp_path / "kept")
    copyfile(backup, here.store_path)
    assert audit(here, "verify", "--head", head)[0] == 0, "with a backup"
    here.store_path.unlink()
    assert CliRunner().invoke(build(), whole).exit_code == 0
    assert audit(here, "verify")[0] == 0 and broken.is_file(), "without one"


def test_the_remedy_for_a_broken_book_of_a_user_can_be_followed(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.append("locked", "2025-01-01", {"protocol": "mentors"})
    (book.folder / "book.jsonl").write_text("")
    with pytest.raises(Refused, match="move its folder elsewhere"):
        book.entries()
    book.folder.rename(tmp_path / "kept")
    assert FileBook(book.folder).append("locked", "2025-01-01", {"protocol": "mentors"}).number == 1
