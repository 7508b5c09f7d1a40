"""What all tests share: where the real data lies, how properties are tried, and one thread for linear algebra."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import whatworks.cli  # noqa: F401 - sets the number of threads before numpy is loaded

# No test depends on how fast the machine is, and every run tries the same examples.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, or skip where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the real data sets are not beside the project (set WHATWORKS_SHARED to their folder)")
    return folder
