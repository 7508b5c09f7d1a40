"""Before named people are read: ask the agreements, and keep in the audit that they were read, by whom and why."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import Reader
from whatworks.records.engine import Engine, Store
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.sharing.agreement import read_agreements
from whatworks.sharing.may import Request, may
from whatworks.sharing.purposes import purpose_fault
from whatworks.sharing.selection import Pair, standing_of


def consult(
    store: Store,
    here: Partnership,
    reader: Reader,
    table: str,
    fields: Collection[str],
    people: Iterable[Pair],
    purpose: str,
    why: str,
    at: date,
) -> None:
    """Refuse what the reader may not see, and journal what they may, before it is shown; `at` is a time or a day."""
    named = sorted(set(people))
    permit(store, here, reader, table, fields, named, purpose, why, at.date() if isinstance(at, datetime) else at)
    more = {"fields": sorted(fields), "purpose": purpose}
    journal(store, "consulted", table, reader=reader, at=at, why=why, people=named, more=more)


def permit(
    store: Engine,
    here: Partnership,
    reader: Reader,
    table: str,
    fields: Collection[str],
    people: Iterable[Pair],
    purpose: str,
    why: str | None,
    on: date,
) -> None:
    """Refuse what the reader may not see; a signed verb, whose look is journalled with it, asks this alone.

    The partnership's own readers see all up to `official-sensitive`, and an agency's readers their own agency's people;
    all else needs a clause. Refused are an unknown purpose and a missing reason, at once, and what is not permitted.
    """
    faults = [fault] if (fault := purpose_fault(purpose, "--purpose")) is not None else []
    if not (why or "").strip():
        faults.append(Fault("is missing", "say why you look; it is kept", field="--why"))
    if faults:
        raise Refused(faults)
    whose = standing_of(store, people, on, unless=reader.organisation_id)
    if whose.groups:
        asked = Request(reader.organisation_id, table, tuple(fields), whose, purpose, on, reader.tier)
        ruling = may(read_agreements(here), asked)
        if not ruling.allowed:
            remedy = "ask for less, or have an agreement amended; docs/sharing.md shows how"
            raise Refused(Fault(ruling.says.rstrip("."), remedy, field=table))
