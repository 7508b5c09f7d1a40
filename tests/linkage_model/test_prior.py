"""The prior follows the number of records."""

import numpy as np
import pytest

from whatworks.linkage.model.prior import prior_of, settled_prior


@pytest.mark.parametrize(
    ("sharing", "records", "expected"),
    [(36_098, 67_760, 2.830e-5), (178_457, 339_344, 5.579e-6), (536_481, 1_017_628, 1.865e-6)],
)
def test_prior_is_the_published_one(sharing: int, records: int, expected: float) -> None:
    assert prior_of(sharing, records) == pytest.approx(expected, rel=5e-4)


def test_prior_is_a_probability_however_few_the_records() -> None:
    assert all(0 < prior_of(pairs, records) <= 0.5 for pairs in (0, 1, 99) for records in (0, 1, 2, 3))


@pytest.mark.parametrize("first", [1e-6, 1e-4, 0.3])
def test_a_prior_settles_on_the_matches_that_it_says_there_are(first: float) -> None:
    """Of 1,000 pairs that evidence of 2^40 to 1 sets apart, 37 match; the other 963 have 2^-40 to 1."""
    evidence = np.repeat([40.0, -40.0], [37, 963])
    assert settled_prior(evidence, 200, first) == pytest.approx(37 / (200 * 199 / 2), rel=1e-6)
