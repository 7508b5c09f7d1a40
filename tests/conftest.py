"""What all tests share: where the real data lies, how properties are tried, one thread for linear algebra, a book."""

import atexit
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

import whatworks.cli  # noqa: F401 - sets the number of threads before numpy is loaded

# The last word of a run is its summary: native modules count what is still alive when the interpreter is taken down.
atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))

# No test depends on how fast the machine is, and every run tries the same examples.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

_BOOK = TemporaryDirectory(prefix="whatworks-book-")
os.environ["WHATWORKS_BOOK"] = _BOOK.name  # for what runs before a test has its own

SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(autouse=True)
def own_book(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a book of its own: none reads what another locked, and none writes in the user's folder."""
    monkeypatch.setenv("WHATWORKS_BOOK", str(tmp_path_factory.mktemp("book") / "book"))


@pytest.fixture(scope="session")
def matchit() -> Path:
    """Return the folder of what MatchIt gives (its SOURCE.md says of whom)."""
    return Path(__file__).parent / "data/matching-oracle"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, or skip where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the real data sets are not beside the project (set WHATWORKS_SHARED to their folder)")
    return folder
