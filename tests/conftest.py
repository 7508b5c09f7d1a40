"""What all tests share: where the real data lies."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, or skip where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the real data sets are not beside the project (set WHATWORKS_SHARED to their folder)")
    return folder
