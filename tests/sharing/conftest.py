"""A partnership of six made-up agencies, with a folder for agreements."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.partnership import Partnership, init_partnership

AGENCIES = ("police", "probation", "prison", "court", "council", "health")


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    """Return the partnership; nothing is agreed in it yet."""
    here = init_partnership(tmp_path / "north", name="Northbank (made up)", as_at=date(2025, 6, 30))
    text = "".join(f'\n[[agency]]\norganisation_id = "{each}"\nname = "{each}"\nkind = "{each}"\n' for each in AGENCIES)
    settings = here.root / "whatworks.toml"
    settings.write_text(settings.read_text("utf-8") + text, "utf-8")
    (here.root / "sharing").mkdir()
    return Partnership.open(here.root)
