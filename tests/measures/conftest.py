"""What the tests of measures share."""

import pytest

from measures.town import Town


@pytest.fixture
def town() -> Town:
    """Return an empty made-up town: police (the conviction record), a court, a prison, probation and a council."""
    return Town()
