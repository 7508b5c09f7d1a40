"""Thirty-three real boroughs, by their people at the 2021 census, share a made-up service with made-up nights."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from shared_service import rows, terms, year

from whatworks.money.recharge.recharge import Recharge, recharge

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def people(shared_data: Path) -> dict[str, int]:
    with (shared_data / "london-population" / "census2021_age_borough.csv").open(encoding="utf-8") as file:
        return {row["geography code"]: int(row["Age: Total"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def london(people: dict[str, int]) -> Recharge:
    """One host, the first borough, spends 3,000,000.01; every borough uses a night for each thousand people."""
    host = min(people)
    one = year("2010/11", total_cost="3000000.01", costs=[{"host": host, "line": "All", "amount": "3000000.01"}],
               places=[{"host": host, "places": 30}])  # fmt: skip
    asked = terms(
        boroughs=[{"code": code, "name": f"Borough {code}", "population": count} for code, count in people.items()],
        empty_places={"funded_by": "boroughs"},
        outside={"funded_by": "boroughs"},
        years=[one],
        own_cost={"price_year": "2010/11", "fixed_cost": 700_000, "cost_per_place": 76_000, "smallest_unit": 6,
                  "occupancy": "0.9"},
    )  # fmt: skip
    return recharge(asked, rows("2010/11", *((code, host, count // 1000) for code, count in people.items())))


def test_bills_by_people_are_each_boroughs_part_of_london(people: dict[str, int], london: Recharge) -> None:
    assert (len(people), sum(people.values())) == (33, 8_799_710)
    bills = next(one for one in london.current if one.model == "population").totals
    assert sum(bills.values()) == Decimal("3000000.01")
    for code, bill in bills.items():
        assert abs(Fraction(bill) - Fraction("3000000.01") * people[code] / 8_799_710) < Fraction(1, 100)


def test_all_thirty_three_can_be_told_whether_a_group_would_leave(london: Recharge) -> None:
    found = london.stability
    assert found is not None
    assert sum(found.shapley.values()) == found.together
    shared = next(one for one in found.models if one.model == "equal_shares")
    # Equal shares charge the smallest borough (9 nights of some 8,800) 90,909 pounds, alone 1,156,000: it stays. The
    # many below the middle use too little: together they would leave.
    assert found.alone["E09000001"] == 700_000 + 6 * 76_000
    assert shared.single == ()
    assert shared.worst is not None
    assert shared.groups is None
    assert sum(next(one for one in london.current if one.model == "equal_shares").totals[code]
               for code in shared.worst.boroughs) == shared.worst.billed  # fmt: skip
