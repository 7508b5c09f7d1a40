"""A store that holds a made-up town, as if its agencies had sent it."""

from datetime import date, timedelta

import polars as pl

from whatworks.records.engine import Store
from whatworks.records.store import DuckDBStore
from whatworks.simulation.casework.town import AS_AT, Town

LAST = date(1970, 1, 1) + timedelta(AS_AT)


def town_store(town: Town) -> Store:
    """Return a store in memory with the tables of a town, each of one source as at the town's last day."""
    store = DuckDBStore(None)
    for line, name in enumerate(("council", "prison", "probation"), start=1):
        store.change("INSERT INTO organisation VALUES ('agencies', ?, ?, ?, ?)", [line, name, name, name])
    for table, frame in town.frames.items():
        frame = frame.with_columns(source_id=pl.lit(table), source_line=pl.int_range(1, pl.len() + 1))
        if table != "identity":
            source = "INSERT INTO source VALUES (?, 'probation', ?, ?, '', NULL, ?, ?, ?, ?, 0, 0, 0)"
            store.change(source, [table, table, table, LAST, LAST, frame.height, frame.height])
        store.append(table, frame)
    return store
