"""A partnership with a survey of which the truth is known, and a store into which small surveys are written."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

Write = Callable[..., None]


@pytest.fixture(scope="session")
def northbank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a made-up partnership, its files imported."""
    root = tmp_path_factory.mktemp("northbank") / "p"
    simulate(root, people=200, seed=3)
    here = Partnership.open(root)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2025, 7, 1))
    return root


@pytest.fixture(scope="session")
def truth(northbank: Path) -> dict[str, Any]:
    """Return what is true of the public."""
    found: dict[str, Any] = json.loads((northbank / "truth/surveys.json").read_text("utf-8"))
    return found


@pytest.fixture
def store() -> Iterator[Store]:
    with DuckDBStore(None) as opened:
        yield opened


@pytest.fixture
def write(store: Store) -> Write:
    """Return a function that writes a wave of answers, {respondent: answer}, in a quarter of 2024."""

    def wave(name: str, quarter: int, answers: dict[str, str | None], **more: Any) -> None:
        first = more.pop("first", date(2024, 3 * quarter - 2, 1))
        last = more.pop("last", date(2024, 3 * quarter - 2, 28))
        columns = ("mode", "population", "panel")
        store.change(
            "INSERT INTO survey_wave VALUES ('s', 1, 'police', ?, ?, ?, ?, ?, ?, ?)",
            [name, more.pop("survey", "attitudes"), first, last, *(more.pop(column, None) for column in columns)],
        )
        rows = pl.DataFrame({"respondent_id": list(answers), "answer": list(answers.values())})
        given = {"question": "trust", "wording": "Do you trust them?", "weight": 1.0, "stratum": None, "cluster": None}
        given |= {"fpc": None, "area_code": None, "area_vintage": None, "wave_id": name, "organisation_id": "police"}
        given |= {"source_id": "s", "source_line": 1}
        for column, value in (given | more).items():
            held = pl.Series(value) if isinstance(value, list) else pl.lit(value)
            rows = rows.with_columns(held.alias(column))
        store.append("survey_response", rows)

    return wave
