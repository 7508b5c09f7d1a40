"""A store with a few made-up agencies, and a short way to import a text into it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport, import_file
from whatworks.records.store import DuckDBStore

AS_AT, RECEIVED = date(2025, 6, 30), date(2025, 7, 1)
Take = Callable[..., ImportReport]


def add_agencies(store: Store, *names: str) -> None:
    for line, name in enumerate(names, start=1):
        store.change("INSERT INTO organisation VALUES ('agencies', ?, ?, ?, 'police')", [line, name, name])


@pytest.fixture
def store() -> Iterator[Store]:
    with DuckDBStore(None) as opened:
        add_agencies(opened, "police", "prison")
        yield opened


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Take:
    """Return a function that imports text or bytes as a file; by default from the police, with a source of its own."""
    taken = 0

    def import_text(content: str | bytes, table: str | None = None, **said: Any) -> ImportReport:
        nonlocal taken
        taken += 1
        path = tmp_path / said.pop("file", f"file{taken}.csv")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        said = {"organisation_id": "police", "source": f"s{taken}", "as_at": AS_AT, "received_on": RECEIVED, **said}
        return import_file(store, path, table=table, **said)

    return import_text


@pytest.fixture
def rows(store: Store) -> Callable[..., list[tuple[Any, ...]]]:
    """Return a function that runs a query on the store."""
    return lambda sql, *values: store.rows(sql, list(values))
