"""A chain of a thousand entries in a store's file: whatever is done to any one of them is found."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from whatworks.records.audit.chain import START, canonical_json, digest
from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import Reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.verify import verify
from whatworks.records.engine import Row, Store
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

WHO, LENGTH = Reader("ks", "K. Sample"), 1_000
AT = datetime(2025, 6, 30, 9, tzinfo=UTC)
COLUMNS = ("kind", "written_at", "payload", "previous", "sha256")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk, closed and opened again, in which reads, changes and other entries follow one another."""
    path = tmp_path_factory.mktemp("chain") / "partnership.duckdb"
    with DuckDBStore(path) as opened, opened.transaction():
        for n in range(LENGTH):
            if n % 10 == 9:
                StoreBook(opened).append("data", AT.isoformat(), {"n": n})
            else:
                people = [("police", f"P{n}")] if n % 3 else []
                journal(
                    opened, "consulted", f"table {n}", reader=WHO, at=AT, why="due" if n % 2 else None, people=people
                )
    with DuckDBStore(path) as opened:
        opened.change("SET threads = 1")
        yield opened


def spoilt(store: Store, *changes: tuple[str, list[object]]) -> str:
    """Return what is said of the chain once it was changed so, and put it back."""
    try:
        with store.transaction():
            for statement, values in changes:
                store.change(statement, values)
            verify(store)
            raise LookupError
    except Refused as refused:
        return refused.faults[0].problem
    except LookupError:
        return ""


def rehashed(row: Row) -> Row:
    """Return an entry with the hash that fits what stands in it."""
    return (*row[:5], digest(*row[:5]))


def edited(rows: list[Row], at: int) -> list[tuple[str, list[object]]]:
    """Change one column, now and then with a new hash that fits the change."""
    row, column = rows[at], COLUMNS[at % 5]
    value = "0" * 64 if column in ("previous", "sha256") else f"{row[1 + at % 5]} "
    changes: list[tuple[str, list[object]]] = [
        (f"UPDATE book_entry SET {column} = ? WHERE entry_number = ?", [value, row[0]])
    ]
    if at % 2 and column != "sha256":
        new = list(row)
        new[1 + at % 5] = value
        changes.append(("UPDATE book_entry SET sha256 = ? WHERE entry_number = ?", [digest(*new[:5]), row[0]]))
    return changes


def deleted(rows: list[Row], at: int) -> list[tuple[str, list[object]]]:
    """Take one entry out, every other time with those behind it moved up and the head set right."""
    changes: list[tuple[str, list[object]]] = [("DELETE FROM book_entry WHERE entry_number = ?", [at + 1])]
    if at % 2 and at + 1 < len(rows):
        changes.append(("UPDATE book_entry SET entry_number = entry_number - 1 WHERE entry_number > ?", [at + 1]))
        changes.append(("UPDATE book_head SET entry_count = entry_count - 1", []))
    return changes


def inserted(rows: list[Row], at: int) -> list[tuple[str, list[object]]]:
    """Put an entry in behind one, chained to it: as a twin, or with those behind it moved down."""
    new = rehashed((at + 2, "deed", "2025-06-30", canonical_json({"act": "imported", "what": "x"}), rows[at][5]))
    shift: list[tuple[str, list[object]]] = [
        ("UPDATE book_entry SET entry_number = entry_number + 1 WHERE entry_number > ?", [at + 1]),
        ("UPDATE book_head SET entry_count = entry_count + 1", []),
    ]
    return [*(shift if at % 2 else []), ("INSERT INTO book_entry VALUES (?, ?, ?, ?, ?, ?)", list(new))]


def reordered(rows: list[Row], at: int) -> list[tuple[str, list[object]]]:
    """Let an entry and another change places, every other time with hashes that fit their new places."""
    other = (at + 1 + at % 7) % len(rows)
    pair = (rows[at], rows[other])
    swapped = [(pair[0][0], *pair[1][1:]), (pair[1][0], *pair[0][1:])]
    if at % 2:
        swapped = [rehashed((mine[0], *mine[1:4], own[4])) for mine, own in zip(swapped, pair, strict=True)]
    numbers = [row[0] for row in pair]
    return [
        ("DELETE FROM book_entry WHERE entry_number IN (?, ?)", numbers),
        *(("INSERT INTO book_entry VALUES (?, ?, ?, ?, ?, ?)", list(row)) for row in swapped),
    ]


Spoil = Callable[[list[Row], int], list[tuple[str, list[object]]]]


@pytest.mark.parametrize("spoil", [edited, deleted, inserted, reordered])
def test_whatever_is_done_to_any_entry_of_a_thousand_is_found(store: Store, spoil: Spoil) -> None:
    rows = store.rows("SELECT * FROM book_entry ORDER BY entry_number")
    missed = [at for at in range(LENGTH) if not spoilt(store, *spoil(rows, at))]
    assert missed == []
    assert verify(store).head.count == LENGTH


def test_a_chain_rewritten_whole_is_found_by_a_head_that_was_kept_elsewhere(store: Store) -> None:
    rows = store.rows("SELECT * FROM book_entry ORDER BY entry_number")
    heads = [rows[at][5] for at in (0, 499, LENGTH - 1)]
    assert verify(store, heads).head.sha256 == heads[-1]
    columns = ["entry_number", *COLUMNS]
    for at in (0, 500, 999):
        anew, last = [], START
        for row in rows:
            kind = "data" if row[0] == at + 1 else row[1]
            payload = canonical_json({"n": -1}) if row[0] == at + 1 else row[3]
            anew.append(rehashed((row[0], kind, row[2], payload, last)))
            last = anew[-1][5]
        with pytest.raises(Refused) as refused, store.transaction():
            store.change("DELETE FROM book_entry")
            store.append("book_entry", pl.DataFrame(anew, schema=columns, orient="row"))
            store.change("UPDATE book_head SET last_sha256 = ?", [last])
            store.change("DELETE FROM audit_person WHERE entry_number = ?", [at + 1])
            store.change("DELETE FROM audit_seal WHERE entry_number = ?", [at + 1])
            verify(store)  # by itself a chain that was made anew is whole
            verify(store, heads)
        assert {fault.value for fault in refused.value.faults} == {
            one for one, number in zip(heads, (0, 499, LENGTH - 1), strict=True) if number >= at
        }


def test_an_end_cut_off_together_with_its_head_is_found_by_a_head_that_was_kept_elsewhere(store: Store) -> None:
    *_, before, last = store.rows("SELECT * FROM book_entry ORDER BY entry_number")
    with pytest.raises(Refused, match="holds no entry of this hash") as refused, store.transaction():
        store.change("DELETE FROM book_entry WHERE entry_number = ?", [last[0]])
        store.change("UPDATE book_head SET entry_count = ?, last_sha256 = ?", [before[0], before[5]])
        assert verify(store).head.count == LENGTH - 1
        verify(store, [last[5]])
    assert [fault.value for fault in refused.value.faults] == [last[5]]


BESIDE: dict[str, tuple[str, str]] = {
    "another person": ("UPDATE audit_person SET person_id = 'P0' WHERE entry_number = 5", "names somebody else"),
    "another agency": ("UPDATE audit_person SET organisation_id = 'x' WHERE entry_number = 5", "names somebody else"),
    "a reader who named nobody": (
        "INSERT INTO audit_person SELECT entry_number + 2, reference, hash_key, organisation_id, person_id "
        "FROM audit_person WHERE entry_number = 5", "names somebody else"),
    "a person taken out": ("DELETE FROM audit_person WHERE entry_number = 5", "lacks 1 references to people"),
    "another reason": ("UPDATE audit_seal SET why = 'a task' WHERE entry_number = 6", "gives another reason"),
    "a reason taken out": ("DELETE FROM audit_seal WHERE entry_number = 6", "lacks 1 reasons"),
    "a reason put in": ("INSERT INTO audit_seal VALUES (5, 'ab', 'a task')", "gives another reason"),
}  # fmt: skip


HEADS: dict[str, tuple[str, str]] = {
    "a second head": ("INSERT INTO book_head SELECT * FROM book_head", "has 2 heads"),
    "a head of another book": ("INSERT INTO book_head VALUES (0, '0', 'ab')", "has 2 heads"),
    "no key": ("UPDATE book_head SET hash_key = ''", "has a key that was altered"),
    "half a key": ("UPDATE book_head SET hash_key = substring(hash_key, 1, 32)", "has a key that was altered"),
    "another key": ("UPDATE book_head SET hash_key = repeat('ab', 32)", "has a key that was altered"),
}


@pytest.mark.parametrize("name", HEADS)
def test_the_head_and_the_key_of_the_book_are_held_to_the_chain(store: Store, name: str) -> None:
    statement, problem = HEADS[name]
    assert problem in spoilt(store, (statement, []))


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_chain_is_held_to_it(store: Store, name: str) -> None:
    statement, problem = BESIDE[name]
    assert problem in spoilt(store, (statement, []))


def test_a_head_that_never_was_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="holds no entry of this hash"):
        verify(store, ["ab" * 32])
    assert Path(str(getattr(store, "path", ""))).is_file()


@pytest.mark.parametrize("head", ["", "ab", "x" * 64, "ab" * 31])
def test_a_head_that_is_no_hash_is_not_taken_for_a_chain_made_anew(store: Store, head: str) -> None:
    with pytest.raises(Refused, match="is not the hash of an entry"):
        verify(store, [head])


@pytest.mark.parametrize("table", ["audit_person", "audit_seal"])
def test_a_key_that_is_no_key_is_an_alteration(store: Store, table: str) -> None:
    assert "beside entry" in spoilt(store, (f"UPDATE {table} SET hash_key = 'zz'", []))
