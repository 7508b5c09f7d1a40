"""Which reads of people cases and tasks explain: what `unusual` sets beside who looked at whom."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl

from whatworks.records.engine import Engine
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger
from whatworks.records.register.verb import Done
from whatworks.records.tables.standing import standing
from whatworks.sharing import access


def of_cases(connection: Engine, readers: pl.DataFrame) -> pl.DataFrame:
    """Return who has a reason to read of whom, from when to when, as far as cases and tasks give one.

    `readers` are `reader` and `team` (an agency; null: the partnership's own staff, whose case every one is). A row is
    `reader`, `person` (the linked number, or AGENCY:NUMBER of whoever is not linked), `from`, `to` (null while it
    lasts) and `why` (`lead`, `record`, `action`, `handover`, `team`).

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> made = scratch()
    >>> create_tables(made)
    >>> of_cases(made, pl.DataFrame({"reader": ["ks"], "team": ["mind"]})).columns
    ['reader', 'person', 'from', 'to', 'why']
    """
    standing(connection, "casefile", "plan_action", "handover")
    rows = connection.fetch(files("whatworks.casework").joinpath("sql", "explanation.sql").read_text("utf-8"))
    rows = rows.with_columns(pl.col("agency").cast(pl.String))
    of_agencies = readers.join(rows, left_on="team", right_on="agency")
    of_staff = readers.filter(pl.col("team").is_null()).join(rows.filter(pl.col("agency").is_null()), how="cross")
    columns = ["reader", "person", pl.col("from_date").alias("from"), pl.col("to_date").alias("to"), "why"]
    return pl.concat([part.select(columns) for part in (of_agencies, of_staff)]).sort("reader", "person", "why", "from")


def look(
    connection: Connection,
    ledger: Ledger,
    author: Author,
    week_to: date | None = None,
    explanations: Path | None = None,
) -> Done:
    """Look at a week's reading (`sharing.access.look`) with all that cases and tasks explain of it."""
    return access.look(connection, ledger, author, week_to, explanations, of_cases=of_cases)
