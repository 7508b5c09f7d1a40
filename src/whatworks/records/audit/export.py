"""Number each file that names people, let it expire, and know it again when it comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from whatworks.records.audit.journal import DEED, journal
from whatworks.records.audit.reader import present_reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.refusal import Fault, Refused

DAYS = 28
"""For how many days a file that names people may be used."""
NUMBER, VERSION, EXPIRES, HEAD = "Export number", "Version", "Expires on", "Audit head"
"""What such a file says of itself."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file that names people: its number (that of the audit's entry), what it is of, its expiry, the chain's head."""

    number: int
    version: str
    expires_on: date
    head: str

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself, each with its heading."""
        return ((NUMBER, str(self.number)), (VERSION, self.version), (EXPIRES, str(self.expires_on)), (HEAD, self.head))


def begin_export(
    store: Store,
    what: str,
    file: str,
    *,
    version: str,
    people: Iterable[tuple[str, str]],
    at: date,
    why: str | None = None,
) -> Export:
    """Write an export of named people into the audit, and return what its file must say of itself.

    `version` says what the file is made of: the edition of a list, or the day and hash of an extract.

    >>> from whatworks.records.store import scratch
    >>> begin_export(scratch(), "quarantine", "a.xlsx", version="1", people=[], at=date(2025, 6, 2)).lines[:3]
    (('Export number', '1'), ('Version', '1'), ('Expires on', '2025-06-30'))
    """
    expires = date(at.year, at.month, at.day) + timedelta(days=DAYS)
    more = {"file": file, "version": version, "expires_on": str(expires)}
    entry = journal(store, "exported", what, reader=present_reader(store), at=at, why=why, people=people, more=more)
    return Export(entry.number, version, expires, entry.sha256)


def check_export(store: Store, said: dict[str, str], what: str, file: str, on: date) -> Export:
    """Return the export that a file says it is; refuse one that expired, that says nothing, or that never left here.

    When it expires stands in the audit: what somebody wrote over it in the file counts for nothing. A file that tells
    of a head must tell that of its own entry.
    """
    again = "export it again, and put into that what was corrected"
    number = said.get(NUMBER, "").strip()
    if not number:
        raise Refused(Fault("does not say which export it is", again, file, field=NUMBER))
    entries = StoreBook(store).numbered(int(number)) if number.isdecimal() and len(number) < 16 else ()
    for entry in entries:
        told = entry.payload
        if (
            entry.kind != DEED
            or told["act"] != "exported"
            or told["what"] != what
            or said.get(HEAD, entry.sha256) != entry.sha256
        ):
            break
        export = Export(
            entry.number, told["more"]["version"], date.fromisoformat(told["more"]["expires_on"]), entry.sha256
        )
        if on > export.expires_on:
            raise Refused(Fault(f"expired on {export.expires_on}", again, file, field=NUMBER, value=number))
        return export
    raise Refused(Fault("is not an export of this partnership", again, file, field=NUMBER, value=number))
