"""One made-up town for all questions of casework."""

from collections.abc import Iterator

import pytest

from casework.planted import town_store
from whatworks.records.engine import Store
from whatworks.simulation.casework.town import Town, town


@pytest.fixture(scope="session")
def made() -> Town:
    return town(5, 1_500)


@pytest.fixture(scope="session")
def town_records(made: Town) -> Iterator[Store]:
    store = town_store(made)
    yield store
    store.close()
