"""May a home or a job be offered here? A site that is full, and one where somebody is protected, are refused alike."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import polars as pl

from whatworks.casework.register import Kept
from whatworks.records.audit.reader import present_reader
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.register.ledger import Row
from whatworks.records.tables.standing import standing


def available(connection: Engine, case: Kept, row: Row) -> Mapping[str, Any]:
    """Return the site of an offer by its agency and name; refused in the same words whatever the reason.

    All is looked up in one query before anything is decided, so that the time taken tells nothing either. Only who is
    cleared to `secret` is told the reason.
    """
    site = row["site"] if ":" in row["site"] else f"{row['organisation_id']}:{row['site']}"
    standing(connection, "placement", "no_contact")
    text = files("whatworks.casework").joinpath("sql", "site_asked.sql").read_text("utf-8")
    asked = {name: [row[name]] for name in ("organisation_id", "person_id", "kind")}
    connection.put(
        "offer_asked", pl.DataFrame({**asked, "place": [site], "on_date": [row["started_on"] or row["offered_on"]]})
    )
    [(places, taken, apart)] = connection.rows(text)
    if taken >= places or apart:
        told = {"a no-contact condition": apart, f"{taken} of {places} places are taken": taken >= places}
        reason = f": {' and '.join(words for words, holds in told.items() if holds)}"
        cleared = present_reader(connection).tier == "secret"
        problem = f"cannot be offered to this person{reason if cleared else ''}"
        raise Refused(Fault(problem, "choose another site", field="--site", value=shape(site)))
    return {"site": site}
