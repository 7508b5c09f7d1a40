"""A store with made-up agencies, and a short way to import a text into it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport, import_file
from whatworks.records.store import DuckDBStore

AS_AT = date(2025, 6, 30)


@pytest.fixture
def store() -> Iterator[Store]:
    with DuckDBStore(None) as opened:
        for line, name in enumerate(("court", "police", "probation"), start=1):
            opened.change("INSERT INTO organisation VALUES ('agencies', ?, ?, ?, ?)", [line, name, name, name])
        yield opened


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[..., ImportReport]:
    """Return a function that imports text into a table; by default from the court."""

    def import_text(table: str, text: str, organisation: str = "court") -> ImportReport:
        path = tmp_path / f"{organisation}_{table}.csv"
        path.write_text(text)
        return import_file(
            store,
            path,
            table=table,
            organisation_id=organisation,
            source=path.stem,
            as_at=AS_AT,
            received_on=AS_AT,
        )

    return import_text
