"""A book of what was done keeps its order, notices a cut or a change, and bears two writers and a kill."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from whatworks.records.audit.chain import Book
from whatworks.records.audit.file_book import FileBook, book_folder
from whatworks.records.audit.people_set import PeopleSet
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

WRITER = """
import sys
from pathlib import Path
from whatworks.records.audit.file_book import FileBook
for n in range(40):
    FileBook(Path(sys.argv[1])).append("noted", "2025-01-01", {"by": sys.argv[2], "n": n})
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from whatworks.records.audit import file_book
moment, kill_at = 0, int(sys.argv[2])
def mortal(call):
    def instead(*given, **named):
        global moment
        moment += 1
        if moment == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return instead
os.open, os.fsync, os.replace = mortal(os.open), mortal(os.fsync), mortal(os.replace)
file_book.FileBook._write_at = mortal(file_book.FileBook._write_at)
file_book.FileBook._write_head = mortal(file_book.FileBook._write_head)
file_book.FileBook(Path(sys.argv[1])).append("noted", "2025-01-02", {"n": "new"})
"""


@pytest.fixture
def book(tmp_path: Path) -> FileBook:
    book = FileBook(tmp_path / "data" / "book")
    for n in range(5):
        book.append("locked" if n % 2 else "noted", f"2025-01-0{n + 1}", {"n": n, "name": "Zoë\u2028Ł\n"})
    return book


def lines(book: FileBook) -> list[bytes]:
    return (book.folder / "book.jsonl").read_bytes().splitlines(keepends=True)


def put(book: FileBook, parts: list[bytes]) -> None:
    (book.folder / "book.jsonl").write_bytes(b"".join(parts))


def test_entries_come_back_in_order_and_by_kind(book: FileBook) -> None:
    assert [entry.payload["n"] for entry in book.entries()] == [0, 1, 2, 3, 4]
    assert [entry.number for entry in book.entries("locked")] == [2, 4]
    assert book.entries()[0].payload["name"] == "Zoë\u2028Ł\n"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda book: put(book, lines(book)[:-1]), "was cut: it should hold 5 entries and holds 4"),
        (lambda book: put(book, []), "was cut: it should hold 5 entries and holds 0"),
        (lambda book: (book.folder / "book.jsonl").unlink(), "was cut: it should hold 5 entries and holds 0"),
        (lambda book: put(book, lines(book)[:2] + lines(book)[3:]), "was altered at entry 3"),
        (lambda book: put(book, lines(book)[::-1]), "was altered at entry 1"),
        (lambda book: put(book, [*lines(book)[:3], b"{}\n", *lines(book)[4:]]), "was altered at entry 4"),
        (lambda book: put(book, [line.replace(b'"n":3', b'"n":7') for line in lines(book)]), "was altered at entry 4"),
        (lambda book: put(book, [line.replace(b"2025", b"2024") for line in lines(book)]), "was altered at entry 1"),
        (lambda book: (book.folder / "head.json").unlink(), "was altered or taken away"),
        (lambda book: (book.folder / "head.json").write_text("{"), "was altered or taken away"),
    ],
)
def test_a_cut_or_an_altered_entry_is_noticed(book: FileBook, spoil: Callable[[FileBook], None], problem: str) -> None:
    spoil(book)
    for ask in (book.entries, lambda: book.append("noted", "2025-02-01", {})):
        with pytest.raises(Refused, match=problem):
            ask()


def test_a_chain_written_anew_does_not_pass_for_the_old(book: FileBook, tmp_path: Path) -> None:
    other = FileBook(tmp_path / "other")
    for n in range(7):
        other.append("noted", "2025-01-01", {"n": n})
    put(book, lines(other))
    with pytest.raises(Refused, match="was altered before entry 5"):
        book.entries()


def test_a_key_that_is_gone_is_not_made_again(book: FileBook) -> None:
    key = book.key
    assert FileBook(book.folder).key == key and len(key) == 32
    (book.folder / "key").unlink()
    with pytest.raises(Refused, match="key: was altered or taken away"):
        FileBook(book.folder).key  # noqa: B018
    with pytest.raises(Refused, match="key: was altered or taken away"):
        book.append("noted", "2025-02-01", {})


def test_only_its_owner_may_read_it(book: FileBook) -> None:
    assert stat.S_IMODE(book.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in book.folder.iterdir()} == {0o600}


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    assert FileBook(tmp_path / "none").entries() == ()
    assert not (tmp_path / "none").exists()


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "book"), name]) for name in "ab"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    entries = FileBook(tmp_path / "book").entries()
    assert len(entries) == 80
    for name in "ab":
        assert [one.payload["n"] for one in entries if one.payload["by"] == name] == list(range(40))


def test_a_killed_writer_leaves_a_book_that_goes_on(tmp_path: Path) -> None:
    ends, seen = [], set()
    for kill_at in range(1, 14):
        book = FileBook(tmp_path / f"book{kill_at}")
        book.append("noted", "2025-01-01", {"n": "old"})
        ends.append(subprocess.run([sys.executable, "-c", KILLED, str(book.folder), str(kill_at)]).returncode)
        seen.add(tuple(one.payload["n"] for one in book.entries()))
        book.append("noted", "2025-01-03", {"n": "later"})
        assert [one.payload["n"] for one in book.entries()][-1] == "later"
    assert ends.count(-signal.SIGKILL) >= 6 and ends[-1] == 0
    assert seen == {("old",), ("old", "new")}


def test_half_a_line_is_not_an_entry(book: FileBook) -> None:
    put(book, [*lines(book), b'{"number":6,"kind":"no'])
    assert len(book.entries()) == 5
    book.append("noted", "2025-02-01", {"n": 5})
    assert [entry.payload["n"] for entry in book.entries()] == [0, 1, 2, 3, 4, 5]


def test_the_store_keeps_the_same_chain(tmp_path: Path) -> None:
    with DuckDBStore(tmp_path / "a.duckdb") as connection:
        book: Book = StoreBook(connection)
        key = book.key
        written = [book.append("noted", "2025-01-01", {"n": n}) for n in range(3)]
        assert book.entries() == tuple(written) and StoreBook(connection).key == key
        for spoil in (
            "DELETE FROM book_entry WHERE entry_number = 3",
            "UPDATE book_entry SET payload = '{}' WHERE entry_number = 2",
        ):
            with pytest.raises(Refused, match=r"was cut|was altered at entry 2"), connection.transaction():
                connection.change(spoil)
                book.entries()


def test_a_set_of_people_names_nobody_and_needs_its_key() -> None:
    people = [f"P{n}" for n in range(1000)]
    all_of_them = PeopleSet.of(b"a key", people)
    part = PeopleSet.of(b"a key", reversed(people[100:200]))
    assert part.within(all_of_them) and not all_of_them.within(part) and part.shared(all_of_them) == 100
    assert PeopleSet.of(b"another key", people).shared(all_of_them) == 0
    assert len(all_of_them.pack()) == 10_668  # 8 bytes each, four characters for three of them
    assert len(PeopleSet.of(b"a key", ["P1", "P1"])) == 1 and len(PeopleSet.of(b"a key", [])) == 0


def test_the_tests_write_in_no_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Path(os.environ["WHATWORKS_BOOK"]) == book_folder()
    monkeypatch.delenv("WHATWORKS_BOOK")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert book_folder() == tmp_path / "whatworks"
    assert not (tmp_path / "whatworks").exists()
    assert json.dumps(FileBook.of_user().entries()) == "[]"
