"""Amounts keep their price base and their pence."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.money.amount import CASH, Money, split
from whatworks.records.refusal import Refused

CODES = st.text("abcdef", min_size=1, max_size=3)
WEIGHTS = st.dictionaries(CODES, st.integers(0, 10**6), min_size=1, max_size=33).filter(lambda w: sum(w.values()) > 0)
PENCE = st.integers(-(10**12), 10**12).map(lambda pence: Decimal(pence) / 100)


@given(PENCE, WEIGHTS)
def test_the_parts_sum_to_the_whole_and_lie_within_a_penny_of_their_share(whole, weights):
    parts = split(whole, weights)
    assert sum(parts.values()) == whole
    for code, weight in weights.items():
        assert abs(Fraction(parts[code]) - Fraction(whole) * weight / sum(weights.values())) < Fraction(1, 100)


@given(PENCE, WEIGHTS)
def test_a_larger_share_never_gets_less(whole, weights):
    parts = split(whole, weights)
    by_weight = sorted(weights, key=lambda code: weights[code])
    for smaller, larger in pairwise(by_weight):
        if weights[smaller] < weights[larger]:
            assert abs(parts[smaller]) <= abs(parts[larger])


@given(PENCE, WEIGHTS)
def test_the_order_in_which_shares_stand_changes_nothing(whole, weights):
    assert split(whole, weights) == split(whole, dict(reversed(weights.items())))


def test_ties_go_by_code():
    # 1.00 over six equal shares: 16 pence each is 96; the four pence left go to the first four codes
    parts = split(Decimal("1.00"), dict.fromkeys("fedcba", 1))
    assert [parts[code] for code in "abcdef"] == [Decimal("0.17")] * 4 + [Decimal("0.16")] * 2


def test_part_pence_cannot_be_divided():
    with pytest.raises(Refused, match="not a whole number of pence"):
        split(Decimal("0.001"), {"a": 1})


def test_price_bases_are_never_mixed():
    with pytest.raises(Refused, match="another price base"):
        Money(Decimal(1), "2015/16") + Money(Decimal(1), CASH)
    with pytest.raises(Refused, match="another price base"):
        assert Money(Decimal(1), "2003") < Money(Decimal(2), "2015/16")


@pytest.mark.parametrize("year", ["2015/17", "15/16", "2015-16", "", "two thousand"])
def test_a_price_year_has_to_be_a_year(year):
    with pytest.raises(Refused, match="is not a year"):
        Money(Decimal(1), year)


def test_floats_and_what_is_no_number_are_no_money():
    for bad in (1.5, Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(Refused, match="not an amount of money"):
            Money(bad, CASH)  # type: ignore[arg-type]
