"""The prior follows the number of records."""

import pytest

from whatworks.linkage.model.prior import prior_of


@pytest.mark.parametrize(
    ("sharing", "records", "expected"),
    [(36_098, 67_760, 2.830e-5), (178_457, 339_344, 5.579e-6), (536_481, 1_017_628, 1.865e-6)],
)
def test_prior_is_the_methods_page_s(sharing: int, records: int, expected: float) -> None:
    assert prior_of(sharing, records) == pytest.approx(expected, rel=5e-4)


def test_prior_is_a_probability_however_few_the_records() -> None:
    assert all(0 < prior_of(pairs, records) <= 0.5 for pairs in (0, 1, 99) for records in (0, 1, 2, 3))
