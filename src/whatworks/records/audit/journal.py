"""Write down each deed of the partnership: who, when, why, what, of whom, and the hash of what stood before."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from whatworks.records.audit.chain import Entry
from whatworks.records.audit.reader import Reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store

DEED = "deed"
"""The kind of entry that tells of a deed."""
ACTS = (
    "imported",
    "replaced",
    "corrected",
    "linked",
    "locked",
    "evaluated",
    "exported",
    "released",
    "consulted",
    "changed",
    "removed",
    "erased",
)
"""What can be done with records and registers."""


def journal(
    store: Store,
    act: str,
    what: str,
    *,
    reader: Reader,
    at: date,
    why: str | None = None,
    people: Iterable[tuple[str, str]] = (),
    before: object = None,
    more: Mapping[str, Any] | None = None,
) -> Entry:
    """Add an entry to the store's chain, within the transaction of the deed where one is open, and return it.

    `at` is a time or a day. `people` are (organisation_id, person_id): the chain holds a keyed hash for each, under a
    random key of its own that stands outside it. `why` and `before` (any value that JSON can say; empty: nothing stood)
    stand in the chain as keyed hashes too, the reason itself outside it. `what` and `more` stand in it as they are:
    they name nobody.

    >>> from whatworks.records.store import scratch
    >>> store = scratch()
    >>> who, day = Reader("ks", "K. Sample"), date(2025, 6, 30)
    >>> entry = journal(store, "consulted", "custody spells", reader=who, at=day, people=[("police", "P1")])
    >>> entry.number, entry.payload["act"], len(entry.payload["people"])
    (1, 'consulted', 1)
    >>> store.rows("SELECT organisation_id, person_id FROM audit_person")
    [('police', 'P1')]
    """
    if act not in ACTS:
        raise ValueError(f"{act} is none of ACTS")
    named = sorted(set(people))
    keys, key = [secrets.token_bytes(32) for _ in named], secrets.token_bytes(32)
    references = [reference_of(*pair) for pair in zip(keys, named, strict=True)]
    payload = {
        "act": act,
        "what": what,
        "by": {"sign_in": reader.sign_in, "organisation_id": reader.organisation_id},
        "people": references,
        "why": sealed(key, why or None),
        "before": sealed(key, before or None),
        "more": dict(more or {}),
    }
    payload = {name: value for name, value in payload.items() if value or name in ("act", "what", "by")}
    with store.transaction():
        entry = StoreBook(store).append(DEED, at.isoformat(*_PRECISION[type(at) is not date]), payload)
        if "why" in payload or "before" in payload:
            store.change("INSERT INTO audit_seal VALUES (?, ?, ?)", [entry.number, key.hex(), why or None])
        if not named:
            return entry
        whose = {
            "reference": references,
            "hash_key": [one.hex() for one in keys],
            "organisation_id": [organisation for organisation, _ in named],
            "person_id": [person for _, person in named],
        }
        store.append("audit_person", pl.DataFrame(whose).with_columns(pl.lit(entry.number).alias("entry_number")))
    return entry


_PRECISION: tuple[tuple[str, ...], tuple[str, ...]] = ((), ("T", "seconds"))


def reference_of(key: bytes, person: tuple[str, str]) -> str:
    """Return what stands for a person in an entry: nobody without the key can tell whose it is.

    >>> reference_of(b"k", ("police", "P1")) == reference_of(b"k", ("police", "P1"))
    True
    """
    return hmac.digest(key, json.dumps(person).encode(), hashlib.sha256)[:16].hex()


def sealed(key: bytes, value: object) -> str | None:
    """Return the keyed hash of a value as JSON says it; None of None.

    >>> len(sealed(b"k", {"owner": "K. Sample"})), sealed(b"k", None)
    (64, None)
    """
    if value is None:
        return None
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()
