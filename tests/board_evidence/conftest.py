"""A store in memory, and an officer."""

from collections.abc import Iterator

import pytest
from made_up_evidence import DAY

from whatworks.board.register.ledger import make_ready
from whatworks.records.engine import Store
from whatworks.records.register.entry import Author
from whatworks.records.store import DuckDBStore


@pytest.fixture
def store() -> Iterator[Store]:
    with DuckDBStore(None) as opened:
        make_ready(opened)
        yield opened


@pytest.fixture
def officer() -> Author:
    return Author("The board officer", DAY, "first entry")
