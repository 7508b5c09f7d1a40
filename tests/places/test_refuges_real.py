"""London's refuges of 1995 beside the standard: refuges are not places, and who is not listed is not zero."""

import csv
from pathlib import Path

import pytest

from whatworks.places.refuges.supply import beside_standard
from whatworks.records.refusal import Refused

pytestmark = pytest.mark.real_data
NOT_LISTED = {"City of London", "Havering", "Richmond upon Thames"}


def column(path: Path, name: str, value: str) -> dict[str, int]:
    with path.open(encoding="utf-8") as file:
        return {row[name]: int(row[value]) for row in csv.DictReader(file)}


def test_refuges_of_1995_are_refused_beside_family_places(shared_data: Path) -> None:
    """106 refuges in 30 boroughs; London's 8.8 million residents of 2021 would be 880 family places."""
    refuges = column(shared_data / "published-figures" / "refuges_by_london_borough_1995.csv", "borough", "refuges")
    people = column(shared_data / "london-population" / "census2021_age_borough.csv", "geography", "Age: Total")
    people = {name: count for name, count in people.items() if name in refuges or name in NOT_LISTED}
    assert (len(refuges), sum(refuges.values())) == (30, 106)
    assert set(people) - set(refuges) == NOT_LISTED
    with pytest.raises(Refused, match="7,215 bed spaces were 2,715 household places"):
        beside_standard(refuges, people, "refuges")
    listed = {name: count for name, count in people.items() if name in refuges}
    standard = beside_standard(dict.fromkeys(refuges, 0), listed, "family_place")
    beside = {one.borough: (refuges[one.borough], round(float(one.standard), 1)) for one in standard}
    assert beside["Greenwich"] == (7, 28.9)
    assert beside["Barnet"] == (1, 38.9)
    assert sum(float(one.standard) for one in standard) == pytest.approx(833.4, abs=0.1)
