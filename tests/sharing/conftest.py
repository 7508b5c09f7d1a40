"""A partnership of six made-up agencies with three agreements, and a few made-up people in its store."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from made_up_sharing import AGENCIES, PEOPLE

from whatworks.records.partnership import Partnership, init_partnership
from whatworks.records.store import DuckDBStore
from whatworks.sharing.agreement import EXAMPLES


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command be given on 30 June 2025, when all the examples are in force."""
    monkeypatch.setattr("whatworks.cli.register.today", lambda: date(2025, 6, 30))


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    """Return the partnership; nothing is agreed in it yet."""
    here = init_partnership(tmp_path / "north", name="Northbank (made up)", as_at=date(2025, 6, 30))
    text = "".join(f'\n[[agency]]\norganisation_id = "{each}"\nname = "{each}"\nkind = "{each}"\n' for each in AGENCIES)
    settings = here.root / "whatworks.toml"
    settings.write_text(settings.read_text("utf-8") + text, "utf-8")
    (here.root / "sharing").mkdir()
    return Partnership.open(here.root)


@pytest.fixture
def agreed(partnership: Partnership) -> Partnership:
    """Return the partnership with the three examples agreed, and the police's people in its store."""
    for path in EXAMPLES.glob("*.toml"):
        copyfile(path, partnership.root / "sharing" / path.name)
    with DuckDBStore(partnership.store_path) as store:
        for each in AGENCIES:
            store.change("INSERT INTO organisation VALUES ('d', 1, ?, ?, ?)", [each, each, each])
        for number, surname, born, scheme, area in PEOPLE:
            store.change(
                "INSERT INTO person (source_id, source_line, organisation_id, person_id, surname, forename, "
                "date_of_birth) VALUES ('d', 1, 'police', ?, ?, 'Sample', ?)",
                [number, surname, born],
            )
            if scheme is not None:
                store.change(
                    "INSERT INTO participation (source_id, source_line, organisation_id, participation_id, person_id, "
                    "scheme_id, referred_on) VALUES ('d', 1, 'police', ?, ?, ?, '2025-01-01')",
                    [number, number, scheme],
                )
            if area is not None:
                store.change(
                    "INSERT INTO address (source_id, source_line, organisation_id, address_id, person_id, area_code, "
                    "from_date) VALUES ('d', 1, 'police', ?, ?, ?, '2020-01-01')",
                    [number, number, area],
                )
    return partnership


@pytest.fixture
def store(agreed: Partnership) -> Iterator[DuckDBStore]:
    """Return the partnership's store, open for writing."""
    with DuckDBStore(agreed.store_path) as opened:
        yield opened
