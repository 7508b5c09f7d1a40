"""Check the store's whole chain: nothing was altered, cut out, put in or moved, and what stands beside it fits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.records.audit.chain import Head
from whatworks.records.audit.journal import DEED, reference_of, sealed
from whatworks.records.audit.store_book import KEY_MARK, WHERE, StoreBook, broken, key_mark
from whatworks.records.engine import Store
from whatworks.records.refusal import Fault, Refused

_TELLING = ['"people":', '"why":', '"before":', '"act":"erased"']
"""What stands in the payload of a deed that is held to what stands beside the chain."""
_MARK = rf'"{KEY_MARK}":"([0-9a-f]{{16}})"[,}}]'


@dataclass(frozen=True, slots=True)
class Verified:
    """A chain that holds: its head, the deeds in it, and how many references and seals erasures closed for good."""

    head: Head
    deeds: int
    references_erased: int
    seals_erased: int


def verify(store: Store, heads: Sequence[str] = ()) -> Verified:
    """Check every entry of the store's chain, and each reference and reason that stands beside it.

    `heads` are hashes that were printed or sent away earlier: each must be that of an entry, or the chain was written
    anew since. Raises `Refused`, naming the entry. A reference or reason that is gone must be told by an erasure.

    >>> from whatworks.records.store import scratch
    >>> verify(scratch()).deeds
    0
    """
    book, wanted = StoreBook(store), {one.strip().lower() for one in heads}
    if short := [one for one in sorted(wanted) if len(one) != 64 or not _is_hex(one)]:
        remedy = "give all 64 letters and digits that `whatworks audit head` printed"
        raise Refused([Fault("is not the hash of an entry", remedy, field="--head", value=one) for one in short])
    deeds, references, seals, erased, mark = 0, set[str](), {}, [0, 0], key_mark(book.key.hex())
    for rows in book.checked():
        wanted.difference_update(rows["sha256"].filter(rows["sha256"].is_in([*wanted])))
        if altered := rows.filter(pl.col("payload").str.extract(_MARK) != mark)["entry_number"].to_list():
            raise broken(f"has a key that was altered, or another entry {altered[0]}")
        own = rows.filter(kind=DEED)
        deeds += own.height
        for number, payload in own.filter(pl.col("payload").str.contains_any(_TELLING))[
            "entry_number", "payload"
        ].rows():
            told = json.loads(payload)
            references.update(f"{number}:{one}" for one in told.get("people", ()))
            if "why" in told or "before" in told:
                seals[number] = told.get("why")
            if told["act"] == "erased":
                erased = [erased[0] + told["more"]["references"], erased[1] + told["more"]["seals"]]
    if wanted:
        remedy = "compare it with the copy that was sent away: entries were altered since, or it is of another store"
        raise Refused([Fault("holds no entry of this hash", remedy, WHERE, value=one) for one in sorted(wanted)])
    _check_references(store, references, erased[0])
    _check_seals(store, seals, erased[1])
    return Verified(book.head(), deeds, erased[0], erased[1])


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and set(text) <= set("0123456789abcdef")


def _check_references(store: Store, chained: set[str], erased: int) -> None:
    rows = store.rows("SELECT entry_number, reference, hash_key, organisation_id, person_id FROM audit_person")
    for number, reference, key, organisation, person in rows:
        fits = _is_hex(key) and reference_of(bytes.fromhex(key), (organisation, person)) == reference
        if not fits or f"{number}:{reference}" not in chained:
            raise broken(f"names somebody else beside entry {number}")
    if len(chained) - len(rows) != erased:
        problem = f"lacks {len(chained) - len(rows):,} references to people, of which erasures tell {erased:,}"
        raise broken(problem)


def _check_seals(store: Store, chained: dict[int, str | None], erased: int) -> None:
    rows = store.rows("SELECT entry_number, hash_key, why FROM audit_seal")
    for number, key, why in rows:
        if number not in chained or not _is_hex(key) or sealed(bytes.fromhex(key), why) != chained[number]:
            raise broken(f"gives another reason beside entry {number}")
    if len(chained) - len(rows) != erased:
        raise broken(f"lacks {len(chained) - len(rows):,} reasons, of which erasures tell {erased:,}")
