"""Write what a command does into the audit: by whoever is signed in, now."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.records.audit.chain import Entry
    from whatworks.records.engine import Store


def noted(
    store: "Store",
    act: str,
    what: str,
    *,
    why: str | None = None,
    people: Iterable[tuple[str, str]] = (),
    before: object = None,
    more: Mapping[str, Any] | None = None,
) -> "Entry":
    """Add an entry to the chain of the store, and return it; see `records.audit.journal.journal`.

    >>> from whatworks.records.store import scratch
    >>> noted(scratch(), "locked", "protocol mentors").payload["act"]
    'locked'
    """
    from whatworks.records.audit.journal import journal
    from whatworks.records.audit.reader import present_reader

    reader, now = present_reader(store), datetime.now(UTC)
    return journal(store, act, what, reader=reader, at=now, why=why, people=people, before=before, more=more)
