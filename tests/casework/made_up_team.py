"""A made-up team's store: three people known to probation and the council, an order, sites, and readers."""

from datetime import date
from pathlib import Path
from typing import Any

from whatworks.casework.register import CASEWORK
from whatworks.casework.verbs import VERBS
from whatworks.records.audit.reader import READERS, system_user
from whatworks.records.engine import Store
from whatworks.records.partnership import Partnership, PartnershipConfig
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done, perform
from whatworks.records.store import DuckDBStore

OPENED, LATER = date(2025, 1, 10), date(2025, 3, 3)
AGENCIES = {"police": "police", "probation": "probation", "council": "council", "mind": "voluntary"}
OPENING: dict[str, Any] = {
    "person": "probation:P1", "lead_organisation": "probation", "opening_rule_version": "iom 3",
    "lawful_basis": "35(2)(b)", "review_on": date(2025, 7, 1),
}  # fmt: skip


def add(store: Store, table: str, *rows: dict[str, Any]) -> None:
    for line, row in enumerate(rows, 1):
        whole = {"source_id": f"made up/{table}", "source_line": line, "organisation_id": "probation", **row}
        store.change(
            f"INSERT INTO {table} ({', '.join(whole)}) VALUES ({', '.join('?' * len(whole))})", [*whole.values()]
        )


def team(path: Any = None) -> DuckDBStore:
    """Return the store: P1 (the council's C1), P2 and P3; P1 has requirement R1, P2 R2."""
    store = DuckDBStore(path)
    add(
        store,
        "organisation",
        *({"organisation_id": name, "name": name, "kind": kind} for name, kind in AGENCIES.items()),
    )
    people = [{"person_id": f"P{n}", "date_of_birth": date(1990, 1, n), "postcode": f"ZZ1 {n}AA"} for n in (1, 2, 3)]
    add(store, "person", *people, {"organisation_id": "council", "person_id": "C1"})
    linked = [("probation", "P1", "a"), ("probation", "P2", "b"), ("council", "C1", "a"), ("probation", "P3", "c")]
    keys = ("organisation_id", "person_id", "linked_id")
    add(
        store,
        "identity",
        *({**dict(zip(keys, row, strict=True)), "method": "made up", "probability": 1.0} for row in linked),
    )
    orders = [
        {"requirement_id": f"R{n}", "person_id": f"P{n}", "kind": "supervision", "from_date": OPENED} for n in (1, 2)
    ]
    add(store, "requirement", *orders)
    sites = [("House 4", 2, "ZZ9 9ZZ"), ("House 5", 2, None), ("House 6", 0, None)]
    add(store, "placement_site", *({"organisation_id": "council", "site": site, "kind": "home", "places": places,
                                    "postcode": postcode} for site, places, postcode in sites))  # fmt: skip
    CASEWORK.make_ready(store)
    return store


NO_AGREEMENT = Partnership(Path("nowhere"), PartnershipConfig(name="Northbank", as_at=date(2025, 6, 30)))


def do(
    store: Store, verb: str, on: date = OPENED, why: str | None = "due", here: Partnership = NO_AGREEMENT, **values: Any
) -> Done:
    """Do what a command does, in a transaction; looks are for the management of offenders."""
    (chosen,) = (each for each in VERBS if each.name == verb)
    if any(option.name == "purpose" for option in chosen.options):
        values.setdefault("purpose", "offender_management")
    with store.transaction():
        return perform(chosen, CASEWORK, store, Author("A. Officer", on, why), values, here=here)


def reads_as(store: Store, organisation: str | None, tier: str = "official-sensitive") -> None:
    """Make whoever runs the test a reader of an agency, cleared to a tier."""
    READERS.make_ready(store)
    values = {"sign_in": system_user(), "name": "A. Reader", "organisation_id": organisation, "tier": tier}
    READERS.add(store, "reader", values)
