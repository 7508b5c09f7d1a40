"""A store in memory, and an officer."""

from collections.abc import Iterator

import pytest
from made_up_evidence import DAY

from whatworks.board.register.ledger import make_ready
from whatworks.records.register.entry import Author
from whatworks.records.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(None) as opened:
        make_ready(opened.connection)
        yield opened


@pytest.fixture
def officer() -> Author:
    return Author("The board officer", DAY, "first entry")
