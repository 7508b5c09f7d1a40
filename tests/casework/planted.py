"""A store that holds a made-up town, as if its agencies had sent it."""

from datetime import date, timedelta

import polars as pl

from whatworks.journeys.watch import Share
from whatworks.records.engine import Store
from whatworks.records.store import DuckDBStore
from whatworks.simulation.casework.town import AS_AT, Town
from whatworks.statistics.groups.person_rates import PersonRate

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


def near(found: Share | PersonRate, truth: float) -> bool:
    """Return whether the truth lies within 1.7 times the 95% interval: 999 times in a thousand, if the interval is
    honest (3.3 standard errors); `benchmarks/first_contact.py` says how often it lies within the interval itself."""
    assert found.value is not None and found.low is not None and found.high is not None
    return 1.7 * (found.low - found.value) < truth - found.value < 1.7 * (found.high - found.value)
