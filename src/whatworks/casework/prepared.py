"""Derive what the questions of casework stand on: who is who, orders, stays in custody, needs; up to which day."""

from datetime import date
from importlib.resources import files
from typing import cast

from whatworks.measures.derivation import Query, derive, put
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused
from whatworks.records.tables.standing import CORRECTED, standing

EVERYBODY = "everybody"
ORDERS_OF = "SELECT h.* FROM held_order AS h WHERE ? IN (h.provider, ?)"
"""The orders of a group, whose name and `EVERYBODY` are bound."""
RECORDS = ("requirement_record", "breach_record", "custody_record", "need_record")


def prepared(store: Engine, *tables: str) -> date:
    """Derive the records of all agencies by linked person, and return the day up to which all of `tables` were sent.

    The store is not written to. Refused where nobody is linked yet, a table was not declared when the store was made,
    or nothing was sent of any of them.
    """
    if missing := sorted({*tables, "identity"} - store.tables()):
        raise Refused(f"this store was made before table {missing[0]} was declared", "run `whatworks import` once")
    if not store.rows("SELECT i.linked_id FROM identity AS i LIMIT 1"):
        raise Refused("nobody is linked yet, so that no person is known by two agencies", "run `whatworks link` first")
    put(store, "asked_table", "name VARCHAR", [[name] for name in tables])
    [(as_at,)] = store.rows(query("watched_up_to").text)
    if as_at is None:
        raise Refused(f"nothing was imported into {' or '.join(tables)}", "import one of them (docs/casework.md)")
    put(store, "setting", "as_at DATE", [[as_at]])
    put(store, "proving_organisation", "organisation_id VARCHAR, standing BIGINT", [])
    put(store, "preference", "field VARCHAR, organisation_id VARCHAR, place BIGINT", [])
    standing(store, *(name for name in CORRECTED if name in tables or name == "need"))
    derive(store, ["linked_person"])
    derive(store, RECORDS, view=True)
    derive(store, ["custody_stay", "area_borough"])
    return cast(date, as_at)


def order_groups(store: Engine, *, by_provider: bool) -> tuple[str, ...]:
    """Return everybody, and each provider of `held_order` if asked."""
    names = store.rows("SELECT DISTINCT h.provider FROM held_order AS h ORDER BY h.provider") if by_provider else []
    return (EVERYBODY, *(name for (name,) in names))


def query(name: str) -> Query:
    """Return a query of this room.

    >>> query("first_contact").reads
    ('gate_number', 'agency_contact')
    """
    return Query(name, files("whatworks.casework").joinpath("sql", f"{name}.sql").read_text("utf-8"))
