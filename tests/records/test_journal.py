"""Every deed has an entry: who, when, why, of whom; the chain holds nothing by which anybody could be named."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from whatworks.records.audit.journal import ACTS, DEED, journal, reference_of, sealed
from whatworks.records.audit.reader import Reader, present_reader, system_user
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.register.columns import written
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Ledger
from whatworks.records.register.verb import NUMBER, Done, Entity, Verb, VerbOption, perform
from whatworks.records.store import Scratch, scratch

WHO = Reader("ks", "K. Sample", "police")
AT = datetime(2025, 6, 30, 9, 15, 3, tzinfo=UTC)


def payloads(store: Scratch) -> list[dict[str, Any]]:
    return [entry.payload for entry in StoreBook(store).entries(DEED)]


def test_the_chain_names_nobody_and_the_keys_beside_it_do() -> None:
    store = scratch()
    people = [("police", "P77-003"), ("probation", "X9")]
    entry = journal(
        store,
        "consulted",
        "custody_spell",
        reader=WHO,
        at=AT,
        why="P77-003 rang",
        people=people,
        before={"owner": "Jo"},
    )
    [(chained,)] = store.rows("SELECT payload FROM book_entry")
    assert not any(name in chained for name in ("P77-003", "X9", "rang", "Jo", "probation"))
    assert json.loads(chained)["by"] == {"sign_in": "ks", "organisation_id": "police"} and entry.at == AT.isoformat()
    rows = store.rows("SELECT reference, hash_key, organisation_id, person_id FROM audit_person ORDER BY person_id")
    assert [row[2:] for row in rows] == people
    assert [reference_of(bytes.fromhex(row[1]), row[2:]) for row in rows] == entry.payload["people"]
    [(key, why)] = store.rows("SELECT hash_key, why FROM audit_seal")
    assert why == "P77-003 rang" and sealed(bytes.fromhex(key), why) == entry.payload["why"]
    assert sealed(bytes.fromhex(key), {"owner": "Jo"}) == entry.payload["before"]


def test_one_person_has_another_reference_in_each_entry() -> None:
    store = scratch()
    for _ in range(3):
        journal(store, "consulted", "offence", reader=WHO, at=AT, people=[("police", "P1"), ("police", "P1")])
    assert len({payload["people"][0] for payload in payloads(store)}) == 3
    assert store.rows("SELECT count(*) FROM audit_person") == [(3,)]


def test_a_day_or_a_time_and_only_known_acts() -> None:
    store = scratch()
    assert journal(store, "imported", "police crimes", reader=WHO, at=date(2025, 6, 30)).at == "2025-06-30"
    with pytest.raises(ValueError, match="peeped is none of ACTS"):
        journal(store, "peeped", "offence", reader=WHO, at=AT)
    assert len(set(ACTS)) == len(ACTS)


def test_an_entry_stands_or_falls_with_its_deed() -> None:
    store = scratch()
    journal(store, "imported", "first", reader=WHO, at=AT)
    with pytest.raises(RuntimeError), store.transaction():
        journal(store, "imported", "second", reader=WHO, at=AT, why="w", people=[("police", "P1")])
        raise RuntimeError
    assert [payload["what"] for payload in payloads(store)] == ["first"]
    assert store.rows("SELECT (SELECT count(*) FROM audit_person) + (SELECT count(*) FROM audit_seal)") == [(0,)]
    journal(store, "imported", "third", reader=WHO, at=AT)
    assert [payload["what"] for payload in payloads(store)] == ["first", "third"]


def test_appending_reads_the_last_entry_alone() -> None:
    store = scratch()
    for n in range(5):
        journal(store, "imported", f"file {n}", reader=WHO, at=AT)
    store.change("UPDATE book_entry SET payload = 'not even JSON' WHERE entry_number = 2")
    journal(store, "imported", "file 5", reader=WHO, at=AT)
    with pytest.raises(Refused, match="was altered at entry 2"):
        StoreBook(store).entries()
    store.change("UPDATE book_entry SET written_at = '2020-01-01' WHERE entry_number = 6")
    with pytest.raises(Refused, match="was altered at entry 6"):
        journal(store, "imported", "file 6", reader=WHO, at=AT)
    store.change("DELETE FROM book_entry WHERE entry_number = 6")
    with pytest.raises(Refused, match="was cut or altered at entry 6"):
        journal(store, "imported", "file 6", reader=WHO, at=AT)


class Shelf(RegisterTable):
    """A shelf."""

    owner = written("Whose.", nullable=False)


DEPOT = Ledger({"depot_shelf": Shelf, "depot_change": ChangeTable}, "depot_")
SHELF = Entity("shelf", "Shelves.")
ADD = Verb(
    SHELF, "add", "Add.", lambda ledger, connection, author, owner: ledger.add(connection, "shelf", {"owner": owner})
)
SET = Verb(SHELF, "set", "Set.", options=(NUMBER, VerbOption("owner", "Whose.")))
LOOK = Verb(SHELF, "look", "Look.", lambda number: Done("seen", number, people=(("police", "P1"),)), act="consulted")
FAIL = Verb(SHELF, "fail", "Fail.", lambda: (_ for _ in ()).throw(Refused("no", "never")))


def test_a_verb_of_any_register_is_journalled_by_itself() -> None:
    store = scratch()
    DEPOT.make_ready(store)
    author = Author("C. Clerk", date(2025, 7, 1), "moved out")
    number = perform(ADD, DEPOT, store, author, {"owner": "Ada"}).number
    perform(SET, DEPOT, store, author, {"number": number, "owner": "Bea"}, AT)
    perform(LOOK, DEPOT, store, author, {"number": number}, AT)
    with pytest.raises(Refused):
        perform(FAIL, DEPOT, store, author, {})
    told = [(payload["act"], payload["what"], payload["more"]["by"]) for payload in payloads(store)]
    assert told == [
        ("changed", "depot shelf add", "C. Clerk"),
        ("changed", "depot shelf set", "C. Clerk"),
        ("consulted", "depot shelf look", "C. Clerk"),
    ]
    [(key,)] = store.rows("SELECT hash_key FROM audit_seal WHERE entry_number = 2")
    assert payloads(store)[1]["before"] == sealed(bytes.fromhex(key), [["shelf", number, "owner", "Ada"]])
    assert store.rows("SELECT entry_number, person_id FROM audit_person") == [(3, "P1")]
    assert "Ada" not in str(store.rows("SELECT payload FROM book_entry"))


def test_a_reader_is_who_the_system_says_and_what_the_partnership_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    store = scratch()
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody else")
    assert present_reader(store) == Reader(system_user(), system_user()) and system_user() != "somebody else"
    assert present_reader(store).tier == "official-sensitive"
