"""Problems, not people: by hand, no quiet place or person on top by chance, and a task for who is there or nobody."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.people.problems import problems_answer
from whatworks.people.problems import THERE, Problem, Problems, block_of, problems_of
from whatworks.places.areas import Areas
from whatworks.places.incidents import Incidents, incidents_of
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.statistics.places.top_ten import top_ten

MONDAY = datetime(2024, 1, 1)
NO_CASES = pl.DataFrame(schema=dict.fromkeys(("agency", "what", "person"), pl.String))
AREAS = Areas(
    "ward", "2024", tuple(f"W{at:02}" for at in range(20)), tuple(f"Ward {at:02}" for at in range(20)),
    ("B1",) * 20, np.full(20, 5_000.0),
)  # fmt: skip


def town(
    counts: list[int],
    victims: dict[int, int] | None = None,
    seed: int = 1,
    kind: str = "burglary",
    hour: int | None = None,
) -> tuple[Incidents, pl.DataFrame]:
    """Return a year of incidents in wards, each on a victim of its own but for the repeat ones (ward: how many people).

    Each repeat victim has two of the ward's incidents. `hour` of the week puts all at one; else they fall at any.
    """
    rng, rows, parts = np.random.default_rng(seed), [], []
    for ward, many in enumerate(counts):
        twice = 2 * (victims or {}).get(ward, 0)
        for number in range(many):
            at = timedelta(weeks=int(rng.integers(0, 52)), hours=int(rng.integers(0, 168)) if hour is None else hour)
            key = f"{kind}-{ward}-{number}"
            rows.append({"organisation_id": "police", "incident_id": key, "kind": kind, "from_time": MONDAY + at,
                         "area_code": AREAS.codes[ward]})  # fmt: skip
            person = number // 2 if number < twice else number
            parts.append(("police", key, "victim", f"V-{kind}-{ward}-{person}"))
    columns = {
        "organisation_id": pl.String, "organisation_kind": pl.String, "incident_id": pl.String,
        "incident_ref": pl.String, "kind": pl.String, "from_time": pl.Datetime, "to_time": pl.Datetime,
        "time_precision": pl.String, "place_precision": pl.String, "easting": pl.Float64, "northing": pl.Float64,
        "longitude": pl.Float64, "latitude": pl.Float64, "area_code": pl.String, "area_vintage": pl.String,
    }  # fmt: skip
    frame = pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)
    people = pl.DataFrame(parts, schema=["organisation_id", "incident_id", "role", "person"], orient="row")
    return incidents_of(frame, AREAS, ["police"]), people


def found_in(
    town: tuple[Incidents, pl.DataFrame], there: pl.DataFrame = THERE, cases: pl.DataFrame = NO_CASES
) -> Problems:
    incidents, parts = town
    return problems_of(incidents, parts, there, cases)


def of(found: Problems, dimension: str) -> list[Problem]:
    return [one for one in found.problems if one.dimension == dimension]


def _people(one: Problem) -> int:
    return 0 if one.people is None else len(one.people)


def test_repeat_victims_stand_beside_what_chance_gives() -> None:
    """Of 60 burglaries in one ward of 5,000 people 40 fall on 20 people; thrown at random .7 would fall on repeats."""
    found = found_in(town([60, *[20] * 19], {0: 20}))
    [victims] = of(found, "victim")
    assert (victims.name, victims.count, _people(victims)) == ("Ward 00", 40, 20)
    rate = 60 / 5_000
    assert victims.chance == pytest.approx(60 * (1 - np.exp(-rate))) == pytest.approx(0.716, abs=0.001)
    assert victims.top == 1.0 and found.ordered
    [place] = of(found, "location")
    assert (place.name, place.count, place.chance) == ("Ward 00", 60, pytest.approx((60 + 380) / 20))
    assert not of(found, "time")


def test_victims_are_linked_people_and_not_equal_names() -> None:
    """Two reports of one person under one linked number are a repeat; under two numbers none."""
    incidents, parts = town([40, *[5] * 19])
    assert not of(found_in((incidents, parts)), "victim")
    linked = parts.with_columns(person=pl.when(pl.col("incident_id").str.starts_with("burglary-0-"))
                                .then(pl.lit("L1")).otherwise("person"))  # fmt: skip
    [victims] = of(found_in((incidents, linked)), "victim")
    assert (victims.count, _people(victims)) == (40, 1)


def test_hours_are_spread_over_their_spans() -> None:
    """All at 17 hours of a Monday: one block of 42 holds what evenly each would hold a 42nd part of."""
    found = found_in(town([30] * 20, hour=17))
    [hours] = of(found, "time")
    assert hours.name == "Monday 16:00 to 20:00" and 500 < hours.count == pytest.approx(42 * hours.chance)
    at = pl.DataFrame({"t": [datetime(2024, 1, 1, 0, 30), datetime(2024, 1, 7, 23)]})
    assert at.select(block_of("t"))["t"].to_list() == [0, 41]


def test_no_quiet_place_or_person_is_on_top_by_chance() -> None:
    """100 towns where all wards are alike: hardly one ward is told, and none has an order; planted, it is first."""
    told = ordered = 0
    for seed in range(100):
        counts = np.random.default_rng(seed).poisson(6.0, 20).tolist()
        found = found_in(town(counts, seed=seed))
        told += len(of(found, "location"))
        ordered += any(one.dimension == "location" and one.top >= 0.5 for one in found.problems)
    assert told <= 20 and ordered <= 10  # of 2,000 wards; 2.5% by chance alone would be 50
    counts = np.random.default_rng(5).poisson(6.0, 20).tolist()
    counts[7] = 30
    found = found_in(town(counts))
    assert of(found, "location")[0].name == "Ward 07" and of(found, "location")[0].top > 0.95


def test_a_single_incident_among_few_people_tops_nothing() -> None:
    """One ward of 50 people with two incidents has by far the highest rate; drawn towards all it is no problem."""
    small = Areas(**{**AREAS.__dict__, "people": np.array([50.0, *[5_000.0] * 19])})
    incidents, parts = town([2, *[20] * 19])
    found = problems_of(Incidents(small, incidents.rows, incidents.agencies), parts, THERE, NO_CASES)
    assert not [one for one in of(found, "location") if one.name == "Ward 00" and one.top >= 0.5]


def test_equal_units_share_a_place_and_units_without_any_count_too() -> None:
    counts = np.array([80.0, 80.0, *[0.0] * 30])
    [found] = top_ten([(counts, np.ones(32), np.full(32, 5.0))])
    assert found.top[0] == found.top[1] == 1.0 and found.sure[2:].max() < 0.5
    assert 0 < found.mean[2:].max() < 1


def test_who_is_there_gets_the_task_and_nobody_is_made_up() -> None:
    """Police patrol ward 0 about burglary, wardens work there about litter, the council has two victims' cases."""
    incidents, parts = town([60, 60, *[10] * 18], {0: 20})
    there = pl.concat([THERE, pl.DataFrame(
        {"agency": ["police", "police", "council"], "what": ["patrol", "patrol", "wardens"],
         "about_kind": ["burglary", "burglary", "litter"], "area": [0, 0, 0]})], how="diagonal_relaxed")  # fmt: skip
    cases = pl.DataFrame({"agency": ["council"] * 2, "what": ["cases of victim"] * 2,
                          "person": ["V-burglary-0-1", "V-burglary-0-2"]})  # fmt: skip
    found = found_in((incidents, parts), there, cases)
    [victims] = of(found, "victim")
    assert dict(victims.there) == {"council": ("cases of victim",), "police": ("patrol",)}
    assert {one.name: dict(one.there) for one in of(found, "location")} == {
        "Ward 00": {"police": ("patrol",)},
        "Ward 01": {},
    }
    rows = {column.heading: column.value for column in paper(found).tables[0].columns}
    said = {rows["Problem"](row): rows["Task"](row) for row in paper(found).tables[0].rows}
    assert said["burglary, Ward 00"].startswith("police, there already:")
    assert said["burglary, Ward 01"].startswith("No agency is there:")
    assert said["burglary on the same victims, Ward 00"].startswith(("council", "police"))
    assert "On 1 of the 3 shown two agencies or more are at work" in " ".join(paper(found).sentences)


def paper(found: Problems, book: StoreBook | None = None) -> Answer:
    book = book or StoreBook(scratch())
    return clear(lambda told: problems_answer(found, None, 10, told), book, 10, "people problems", "2025")


def test_problems_of_few_people_or_incidents_are_not_shown_and_nobody_is_named() -> None:
    found = found_in(town([60, *[1] * 19], {0: 8}))
    assert of(found, "victim") and of(found, "location")
    answer = paper(found)
    printed = " ".join([*answer.lines(), str(answer.document())])
    assert "same victims" not in printed and "burglary, Ward 00" in printed
    assert "V-burglary" not in printed and "1 more are not shown" in printed


def test_incidents_less_those_on_repeat_victims_are_not_few() -> None:
    """Of 60 burglaries 56 fall on 28 people: with both told the four others would be given back."""
    shown = [row.problem.dimension for row in paper(found_in(town([60, *[1] * 19], {0: 28}))).tables[0].rows]
    assert len(shown) == 1
    shown = [row.problem.dimension for row in paper(found_in(town([60, *[1] * 19], {0: 20}))).tables[0].rows]
    assert sorted(shown) == ["location", "victim"]


def test_where_none_stands_out_no_order_is_given() -> None:
    rng = np.random.default_rng(3)
    incidents, parts = town(rng.poisson(6.0, 20).tolist(), seed=3)
    found = found_in((incidents, parts))
    if not found.ordered:
        assert "No order is given" in " ".join(paper(found).sentences)
    assert "Nothing is said of offender: no report names a suspect" in " ".join(paper(found).sentences)


def test_nothing_known_is_refused() -> None:
    incidents, parts = town([5, *[0] * 19])
    with pytest.raises(Refused):
        problems_of(incidents, parts, THERE, NO_CASES, kind="arson")
