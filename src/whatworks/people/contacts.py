"""Every contact of a person with an agency, in the part that the person had in it; victims' contacts never count."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from importlib.resources import files

import polars as pl

from whatworks.measures.severity import severity_table
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, choice

KINDS = ("offence", "custody_spell", "requirement", "need", "participation", "allegation")
"""What a rule may count. Contacts as a victim have the kind `victim` and are in every answer."""
COUNTED = ("offender", "suspect", "client")
"""Roles that count; `victim` and `cleared` never do."""
READ = (*KINDS, "victim", "incident", "incident_person", "identity")


def contacts(engine: Engine, kinds: Sequence[str], first: date, last: date, edition: str | None = None) -> pl.DataFrame:
    """Return a row a contact from day `first` to `last`, both included, as was known on `last`.

    Columns: linked_id, organisation_id, person_id, kind, role (offender, suspect, client, victim or cleared),
    contact_on, event (one for all agencies that report it), proven (true or alleged; null where nobody is accused),
    seriousness (hundredths of the weight in the named `edition`; null without one). Rows of victims and of people
    cleared are there under their role. Raises `Refused` for kinds that there are not.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> store = scratch()
    >>> create_tables(store)
    >>> contacts(store, ["offence"], date(2024, 1, 1), date(2024, 12, 31)).height
    0
    """
    with severity_weights(engine, edition):
        query = (
            f"{contact_query(engine, kinds)} ORDER BY linked_id, contact_on, kind, organisation_id, person_id, event"
        )
        return engine.fetch(query, {"first": first, "last": last})


def contact_query(engine: Engine, kinds: Sequence[str]) -> str:
    """Return the query of contacts of these kinds, and of victims; its values are `first` and `last`."""
    unknown = [Fault("is not a kind of contact", choice(kind, KINDS), field="kinds", value=kind)
               for kind in kinds if kind not in KINDS]  # fmt: skip
    if unknown:
        raise Refused(unknown)
    if lacking := sorted({*READ} - engine.tables()):
        raise Refused(f"this store was made before table {lacking[0]} was declared", "run `whatworks import` once")
    text = files("whatworks.people").joinpath("sql/person_contact.sql").read_text("utf-8")
    wanted = ", ".join(f"'{kind}'" for kind in (*kinds, "victim"))
    return f"SELECT * FROM ({text}) AS c WHERE c.kind IN ({wanted})"


def severity_weights(engine: Engine, edition: str | None = None) -> AbstractContextManager[None]:
    """Lend the weights of an edition to queries of contacts; none without one."""
    table = severity_table(edition) if edition else None
    rows = [("code", *row) for row in table.by_code] + [("group", *row) for row in table.by_group] if table else []
    columns = {"level": pl.String, "key": pl.String, "weight": pl.Int64}
    return engine.lent("severity_weight", pl.DataFrame(rows, schema=columns, orient="row"))
