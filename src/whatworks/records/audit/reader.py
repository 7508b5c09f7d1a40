"""Who is at the keyboard: the person signed in to the system, as the partnership declares them."""

import getpass
import os
from dataclasses import dataclass
from weakref import WeakSet

from whatworks.records.audit.tables import AuditReader
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author, ChangeTable
from whatworks.records.register.ledger import Ledger
from whatworks.records.tables.codes import Handling

_DECLARING: WeakSet[Engine] = WeakSet()
"""The open stores that were seen to have a table of readers."""
READERS = Ledger({"audit_reader": AuditReader, "audit_change": ChangeTable}, "audit_")
"""The readers that a partnership declares, with every change of them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who uses the records: their sign-in, name, agency (None: the partnership's own staff), roles and tier.

    >>> Reader("ks", "K. Sample").tier
    'official-sensitive'
    """

    sign_in: str
    name: str
    organisation_id: str | None = None
    roles: tuple[str, ...] = ()
    tier: Handling = "official-sensitive"


def present_reader(store: Engine, sign_in: str | None = None) -> Reader:
    """Return the reader who is signed in to the system, or who signed in by that name at another face.

    Whoever is not declared is a reader of the partnership at official-sensitive, under the name of their sign-in.

    >>> from whatworks.records.store import scratch
    >>> present_reader(scratch(), "ks")
    Reader(sign_in='ks', name='ks', organisation_id=None, roles=(), tier='official-sensitive')
    """
    name = system_user() if sign_in is None else sign_in
    rows = []
    if store in _DECLARING or "audit_reader" in store.tables():
        _DECLARING.add(store)
        query = "SELECT name, organisation_id, roles, tier FROM audit_reader WHERE sign_in = ? ORDER BY id DESC LIMIT 1"
        rows = store.rows(query, [name])
    for own, organisation_id, roles, tier in rows:
        return Reader(name, own, organisation_id, tuple(filter(None, map(str.strip, (roles or "").split(",")))), tier)
    return Reader(name, name)


def refuse_unless_cleared(reader: Reader) -> None:
    """Refuse a reader who is cleared to `official` alone: records are above it, and only suppressed papers are not.

    >>> refuse_unless_cleared(Reader("ks", "K. Sample"))
    """
    if reader.tier == "official":
        problem = "records are handled as official-sensitive, and you are cleared to official"
        raise Refused(problem, "ask for a paper whose counts are suppressed, or somebody who is cleared")


def system_user() -> str:
    """Return the name by which the system knows who runs this process; no variable of the environment alters it.

    >>> system_user() != ""
    True
    """
    if os.name == "nt":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def add_reader(
    connection: Store,
    ledger: Ledger,
    author: Author,
    sign_in: str,
    name: str = "",
    organisation_id: str | None = None,
    roles: str | None = None,
    tier: Handling = "official-sensitive",
) -> int:
    """Declare a reader and return the number of the row; refuse one who is declared already, or of no known agency."""
    faults = []
    if not name.strip():
        faults.append(Fault("is missing", "give their own name", field="--name"))
    if ledger.rows(connection, "reader", "sign_in = ?", [sign_in]):
        faults.append(
            Fault("is declared already", "change it with `whatworks audit reader set NUMBER`", field="sign_in")
        )
    known = [row[0] for row in connection.rows("SELECT organisation_id FROM organisation ORDER BY 1")]
    if organisation_id is not None and organisation_id not in known:
        remedy = f"name one of {', '.join(known) or 'the agencies of whatworks.toml'}"
        faults.append(Fault("is not an agency of the records", remedy, field="--from", value=organisation_id))
    if faults:
        raise Refused(faults)
    row = {"sign_in": sign_in, "name": name, "organisation_id": organisation_id, "roles": roles, "tier": tier}
    return ledger.add(connection, "reader", row, author=author)
