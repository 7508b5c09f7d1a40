"""A store with made-up agencies, and a short way to import a text into one of its tables."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport, import_file
from whatworks.records.mappings.mapping import load_mapping
from whatworks.records.store import DuckDBStore

AS_AT = date(2025, 6, 30)


@pytest.fixture
def store() -> Iterator[Store]:
    with DuckDBStore(None) as opened:
        for line, name in enumerate(("police", "council", "housing"), start=1):
            opened.change("INSERT INTO organisation VALUES ('agencies', ?, ?, ?, 'police')", [line, name, name])
        yield opened


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[..., ImportReport]:
    """Return a function that imports text into a table; by default from the police."""

    def import_text(table: str, text: str, organisation: str = "police", mapping: str = "") -> ImportReport:
        path = tmp_path / f"{organisation}_{table}.csv"
        path.write_text(text)
        said = {"organisation_id": organisation, "source": path.stem, "as_at": AS_AT, "received_on": AS_AT}
        if not mapping:
            return import_file(store, path, table=table, **said)  # type: ignore[arg-type]
        written = tmp_path / "mapping.toml"
        written.write_text(mapping)
        return import_file(store, path, mapping=load_mapping(written), **said)  # type: ignore[arg-type]

    return import_text
