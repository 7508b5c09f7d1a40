"""Who was on a list from when to when: what agencies sent, and what the partnership's own register holds."""

from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl

from whatworks.linkage.clusters.components import Labels
from whatworks.people.joinings import Joinings
from whatworks.people.tables import PEOPLE
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, choice

COLUMNS: dict[str, Any] = {
    "organisation_id": pl.String, "person_id": pl.String, "borough": pl.String, "entered_on": pl.Date,
    "left_on": pl.Date, "leave_reason": pl.String, "rule_version": pl.String, "died_on": pl.Date, "review_on": pl.Date,
    "reviewed_on": pl.Date, "sex": pl.String, "ethnicity": pl.String,
}  # fmt: skip


def list_history(connection: Engine, name: str) -> pl.DataFrame:
    """Return a row for each time of somebody on a list, as in `COLUMNS`; review_on stands in entries of the register.

    A tombstone has no person: it is one time of nobody whom another time could be of. Raises `Refused` where neither
    an agency nor the register knows the list.
    """
    sql = files("whatworks.people").joinpath("sql/list_history.sql").read_text("utf-8")
    sent = connection.fetch(sql, {"name": name}) if "list_entry" in connection.tables() else None
    parts = [] if sent is None else [sent]
    begun = PEOPLE.is_begun(connection)
    own = PEOPLE.rows(connection, "list", "name = ?", [name]) if begun else []
    for held in own:
        rows = PEOPLE.rows(connection, "entry", "list_id = ? AND entered_on IS NOT NULL", [held["id"]])
        named = {"person": "person_id", "removed_on": "left_on"}
        wanted = [{named.get(key, key): value for key, value in row.items()} for row in rows]
        columns = {key: kind for key, kind in COLUMNS.items() if key not in ("borough", "died_on")}
        parts.append(pl.DataFrame([{key: row[key] for key in columns} for row in wanted], schema=columns))
    found = pl.concat([pl.DataFrame(schema=COLUMNS), *parts], how="diagonal_relaxed").select(*COLUMNS)
    if found.is_empty():
        known = (
            {row[0] for row in connection.rows("SELECT DISTINCT list_name FROM list_entry")}
            if sent is not None
            else set()
        )
        known |= {row["name"] for row in PEOPLE.rows(connection, "list")} if begun else set()
        remedy = choice(name, sorted(known), "there are") if known else "import table list_entry, or enter somebody"
        raise Refused(Fault("has nobody's times on it", remedy, field="list", value=name))
    return found


def units(history: pl.DataFrame, links: Joinings, label: Labels) -> pl.DataFrame:
    """Return the times with their `unit`: whose they are under a joining of the records."""
    rows = links.rows(history.with_columns(pl.col("organisation_id", "person_id").fill_null("")))
    person = np.where(rows >= 0, label[rows], -1 - np.arange(history.height))
    return history.with_columns(unit=pl.Series(person, dtype=pl.Int64))
