"""Where the reports that the tests read lie."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@pytest.fixture(scope="session")
def diamond_report() -> Path:
    """Return the report of June 2008 on the Diamond initiative, or skip where it is not there."""
    path = SHARED / "board-papers" / "mpa-report-diamond-2008-06-19.txt"
    if not path.is_file():
        pytest.skip("the board papers are not beside the project (set WHATWORKS_SHARED to their folder)")
    return path
