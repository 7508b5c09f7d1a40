"""Two papers on nearly the same incidents give no few of an area back; asked again each says the same."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest
from made_up_ground import reports, town

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.paper import Figure
from whatworks.papers.places.concentration import concentration_answer
from whatworks.papers.places.displacement import displacement_answer
from whatworks.papers.places.gaps import gaps_answer
from whatworks.papers.places.hot_spots import hot_spots_answer
from whatworks.papers.places.select import select_answer
from whatworks.papers.places.trend import trend_answer
from whatworks.places import (
    DisplacementTerms,
    Incidents,
    counts_of,
    hot_spots,
    incidents_of,
    measure_displacement,
    place_concentration,
    place_gaps,
    place_trend,
)
from whatworks.places.select import selection
from whatworks.places.select_terms import SelectTerms
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.telling import ALL, Telling
from whatworks.records.store import DuckDBStore, scratch

MINIMUM = 10
FIRST = datetime(2022, 1, 1, 12)
Maker = Callable[[Telling], Answer]


@cache
def made(seed: int) -> pl.DataFrame:
    """Return three years of reports by two agencies in 24 wards, half of them with few a month."""
    rng = np.random.default_rng(seed)
    wards = rng.choice(24, 3000, p=np.r_[np.full(12, 5.0), np.full(12, 1.0)] / 72)
    days, council = np.sort(rng.integers(0, 1095, 3000)), rng.random(3000) < 0.08
    return reports(
        *(
            {
                "area_code": f"W{ward:02d}",
                "area_vintage": "2025",
                "from_time": FIRST + timedelta(int(day)),
                "organisation_id": "council" if other else "police",
            }
            for ward, day, other in zip(wards, days, council, strict=True)
        )
    )


def incidents(seed: int, first: date, last: date, agencies: tuple[str, ...] = ("police",)) -> Incidents:
    rows = made(seed).filter(pl.col("organisation_id").is_in(agencies))
    return incidents_of(rows, town(6, 4), agencies, None, first, last)


def concentration(given: Incidents) -> Maker:
    found = place_concentration(given)
    return lambda told: concentration_answer(found, MINIMUM, told)


def hotspots(given: Incidents) -> Maker:
    found = hot_spots(given, draws=19)
    return lambda told: hot_spots_answer(found, MINIMUM, told)


def trend(given: Incidents) -> Maker:
    found = place_trend(given)
    return lambda told: trend_answer(found, MINIMUM, told)


def gaps(given: Incidents) -> Maker:
    found = place_gaps(DuckDBStore(None), given)
    return lambda told: gaps_answer(found, MINIMUM, told)


def figures(answer: Answer) -> dict[tuple[str, ...], int]:
    """Return each whole number that a paper prints of an area, by area and column, and the number of all."""
    found: dict[tuple[str, ...], int] = {}
    for table in answer.tables:
        for row in table.document():
            code = [str(value) for value in row.values() if str(value).startswith("W")]
            found |= {(*code[-1:], key): value for key, value in row.items() if isinstance(value, int)}
    for sentence in answer.sentences:
        if sentence.startswith("Half of "):
            found["all",] = int(sentence.split()[2].replace(",", ""))
    return found


def given_back(one: Answer, other: Answer) -> Iterator[tuple[tuple[str, ...], int]]:
    ours, theirs = figures(one), figures(other)
    for place in ours.keys() & theirs.keys():
        if 0 < (few := abs(ours[place] - theirs[place])) < MINIMUM:
            yield place, few


YEARS = (date(2022, 1, 1), date(2024, 12, 1))
PAIRS: dict[str, tuple[Any, Any]] = {
    "a month less at the end": (YEARS, (YEARS[0], date(2024, 11, 1))),
    "a month less at the beginning": (YEARS, (date(2022, 2, 1), YEARS[1])),
    "a month more": ((date(2022, 3, 1), date(2024, 10, 1)), (date(2022, 3, 1), date(2024, 11, 1))),
    "an agency more": ((*YEARS, ("police",)), (*YEARS, ("police", "council"))),
}


ASKED = [(ask, pair) for ask in (concentration, hotspots, gaps) for pair in PAIRS.values()]


@pytest.mark.parametrize(("ask", "pair"), [*ASKED, (trend, PAIRS["an agency more"])])
def test_nearly_the_same_incidents_twice_give_no_few_back(ask: Any, pair: tuple[Any, Any]) -> None:
    apart = 0
    for seed in (1, 2, 3):
        makers = [ask(incidents(seed, *one)) for one in pair]
        alone = [maker(Telling()) for maker in makers]
        apart += len(list(given_back(*alone)))
        book = StoreBook(scratch())
        first, second, again, last = (
            clear(maker, book, MINIMUM, "places", "2025-07-01") for maker in (*makers, *makers)
        )
        assert list(given_back(first, second)) == []
        assert figures(first) == figures(alone[0])
        assert [list(one.lines()) for one in (again, last)] == [list(one.lines()) for one in (first, second)]
        if list(given_back(*alone)):
            assert "beside an earlier paper, that of 2025-07-01 (`whatworks places`)" in " ".join(second.sentences)
    assert apart or ask in (gaps, trend) or pair[0] != YEARS  # alone the papers take each other apart


def test_what_stands_beside_the_areas_is_held_against_earlier_papers_too() -> None:
    """Reports that lie nowhere, the most crowded areas' shares and the hours of two windows a month apart."""
    rng, shown = np.random.default_rng(9), []
    rows = [
        {"area_code": "none" if at % 40 == 0 else f"W{min(at % 31, 23):02d}", "area_vintage": "2025",
         "from_time": FIRST + timedelta(int(at / 2), hours=int(rng.integers(0, 24)))}
        for at in range(1400)
    ]  # fmt: skip
    windows = [incidents_of(reports(*rows), town(6, 4), ("police",), None, YEARS[0], date(2023, last, 1))
               for last in (10, 11)]  # fmt: skip
    for asked in (concentration, hotspots):
        book = StoreBook(scratch())
        shown.append([clear(asked(one), book, MINIMUM, "places", "2025-07-01") for one in windows])
    text = [[" ".join(answer.sentences) for answer in pair] for pair in shown]
    assert all("reports lie in none of the areas" in one for pair in text for one in pair)
    assert all("[c] reports lie" not in pair[0] and "[c] reports lie" in pair[1] for pair in text)
    hours = [next(table for table in answer.tables if table.name == "Hours").document() for answer in shown[1]]
    withheld = [sum(value == "[c]" for row in table for value in row.values()) for table in hours]
    assert withheld[1] > withheld[0]


def counts(*cells: tuple[str, range]) -> Callable[[Telling], dict[str, Any]]:
    """Return a paper that prints every area's count, and the number of all."""

    def make(told: Telling) -> dict[str, Any]:
        rows = [(f"{area}/{at}", area) for area, own in cells for at in own]
        told.divide("incidents", pl.DataFrame(rows, schema=["unit", "cell"], orient="row"))
        sizes = {area: len(own) for area, own in cells}
        return {area: told.cell("incidents", area, n) for area, n in (sizes | {ALL: sum(sizes.values())}).items()}

    return make


def of_book(*papers: Callable[[Telling], dict[str, Any]]) -> list[dict[str, Any]]:
    book = StoreBook(scratch())
    return [clear(paper, book, MINIMUM, "places", "2025-07-01") for paper in papers]


def test_an_area_that_grew_by_few_is_withheld_with_one_that_grew_by_enough() -> None:
    """A grew by 3 and B by 20: were A alone withheld, 173 less the others would give it back."""
    old = counts(("A", range(40)), ("B", range(50)), ("C", range(60)))
    new = counts(("A", range(43)), ("B", range(70)), ("C", range(60)))
    assert of_book(old, new)[1] == {"A": "c", "B": "c", "C": 60, ALL: 173}


def test_all_together_are_withheld_where_they_grew_by_few() -> None:
    old, new = counts(("A", range(40)), ("B", range(50))), counts(("A", range(43)), ("B", range(52)))
    assert of_book(old, new)[1][ALL] == "c"


def test_two_halves_and_their_whole_leave_no_few() -> None:
    """Of 100 in A the first 50 and the next 45 were told: five are left."""
    papers = [counts(("A", own), ("B", range(at, at + 60))) for at, own in ((0, range(50)), (200, range(50, 95)))]
    told = of_book(*papers, counts(("A", range(100)), ("B", range(400)), ("C", range(30))))
    assert told[1]["A"] == 45 and told[2]["A"] == "c"


def test_four_quarters_and_their_year_leave_no_few() -> None:
    """A has 45, 50, 55 and 60 in the quarters, and four more in the year, whose day came late."""
    quarters, start = [], 0
    for at, many in enumerate((45, 50, 55, 60)):
        quarters.append(counts(("A", range(start, start + many)), ("B", range(100 * at, 100 * at + 60))))
        start += many
    told = of_book(*quarters, counts(("A", range(start + 4)), ("B", range(430))))
    assert told[4]["A"] == "c" and all("c" not in one.values() for one in told[:4])
    assert of_book(*quarters, counts(("A", range(start)), ("B", range(400))))[4]["A"] == start


def wards_and_boroughs(*sizes: int) -> tuple[Callable[[Telling], Any], Callable[[Telling], Any]]:
    """Return the papers of wards and of boroughs, two of three wards and one of two; a ward under 10 is withheld."""
    rows = [(f"{ward}/{at}", f"W{ward}", f"B{ward // 3}") for ward, size in enumerate(sizes) for at in range(size)]
    frame = pl.DataFrame(rows, schema=["unit", "ward", "borough"], orient="row")

    def paper(of: str, told: Telling) -> dict[str, Any]:
        sized = dict(frame.group_by(of).len().iter_rows())
        shown = clear_parts(sized, MINIMUM)
        told.divide("incidents", frame.select("unit", cell=of), [cell for cell, one in shown.items() if one == "c"])
        return {cell: told.cell("incidents", cell, one) for cell, one in shown.items()}

    return partial(paper, "ward"), partial(paper, "borough")


def test_wards_and_their_borough_in_two_papers_give_no_ward_back() -> None:
    """W2 has 4, and W5 with 15 is withheld beside it, of another borough: B0 less W0 and W1 would give W2."""
    wards, boroughs = wards_and_boroughs(40, 50, 4, 60, 70, 15, 40, 30)
    first = of_book(wards, boroughs)
    assert first[0]["W2"] == first[0]["W5"] == "c" and first[1]["B0"] == "c"
    second = of_book(boroughs, wards)
    assert "c" not in second[0].values() and [second[1][one] for one in ("W0", "W2")] == ["c", "c"]


def test_other_incidents_are_told_of_as_if_by_themselves() -> None:
    papers = [counts(("A", range(at, at + 40)), ("B", range(at, at + 41))) for at in (0, 100)]
    assert of_book(*papers) == [paper(Telling()) for paper in papers]


def test_what_was_withheld_of_a_borough_stays_so_in_its_whole() -> None:
    """A is 4, so B is withheld with it; a paper of B and C must not tell B."""
    hidden = frozenset({"A", "B"})

    def first(told: Telling) -> dict[str, Any]:
        rows = [(f"{area}/{at}", area) for area, n in (("A", 4), ("B", 12), ("C", 50)) for at in range(n)]
        told.divide("incidents", pl.DataFrame(rows, schema=["unit", "cell"], orient="row"), hidden)
        return {ALL: 66, "C": 50}

    later = of_book(first, counts(("B", range(12)), ("C", range(50)), ("D", range(90))))[1]
    assert later["B"] == "c"
    assert all(later[one] != "c" for one in ("C", ALL)) and later["D"] == "c"


def test_many_areas_take_no_long_series_of_pairs() -> None:
    """Every two of eight windows of 200 areas: what two shown counts leave is nobody or enough."""
    rng = np.random.default_rng(5)
    sizes = rng.integers(12, 90, 200)
    windows = [
        counts(*((f"A{at}", range(int(size))) for at, size in enumerate(sizes + rng.integers(0, 25, 200))))
        for _ in range(8)
    ]
    told = of_book(*windows)
    assert "c" not in told[0].values()
    for one, other in combinations(told, 2):
        both = [area for area in one if area != ALL and "c" not in (one[area], other[area])]
        assert not [area for area in both if 0 < abs(one[area] - other[area]) < MINIMUM]


def lived(**people: int) -> pl.DataFrame:
    """So many people in wards, 30 nights each."""
    rows = [(f"{ward}p{at}", int(ward[1:])) for ward, many in people.items() for at in range(many)]
    return pl.DataFrame(rows, schema=["unit", "area"], orient="row").with_row_index("person").with_columns(nights=30)


def test_two_windows_of_custody_tell_of_no_few_people() -> None:
    """W03 had 120 people and then three more, whom the second paper would give back; W05 had 30 more."""
    terms = SelectTerms.model_validate(
        {"title": "Wards", "begins": date(2024, 1, 1), "shortlist": 2, "weights": {"custody_cost": 1},
         "price": {"pounds_a_year": 50000, "price_year": "2024", "source": "made up"}, "study": {"reoffend": 0.5}}
    )  # fmt: skip
    usual = {f"W{at}": 20 for at in range(12)}
    windows = [usual | {"W3": 120, "W5": 90}, usual | {"W3": 123, "W5": 120}]
    book, shown = StoreBook(scratch()), []
    for people in windows:
        found = selection(terms, town(people=5000), {"as asked": lived(**people)})
        table = clear(partial(select_answer, found, MINIMUM), book, MINIMUM, "select", "2025-07-01").tables[0]
        shown.append([row["People"] for row in sorted(table.document(), key=lambda row: str(row["Area"]))])
    assert shown == [[120, 90], ["[c]", 120]]


def test_two_windows_of_displacement_tell_of_no_few_events() -> None:
    """The second paper counts one month more on each side."""
    rows = [
        {"area_code": f"W{ward:02d}", "area_vintage": "2025", "kind": "asb",
         "from_time": datetime(2022 + month // 12, month % 12 + 1, 2 + at, 12)}
        for month in range(30) for ward in range(4) for at in range(5 + ward % 2 + month % 2)
    ]  # fmt: skip
    counts, book = counts_of(incidents_of(reports(*rows), town(), ("police",))), StoreBook(scratch())
    answers = []
    for months in (12, 11):
        terms = DisplacementTerms.model_validate(
            {"title": "Patrols", "kinds": ["asb"], "begins": "2023-06", "treated": ["W00"], "control": ["W01"],
             "chosen_on": "2023-01-01", "before": months, "after": months}
        )  # fmt: skip
        result = measure_displacement(terms, counts)
        answers.append(clear(partial(displacement_answer, result, MINIMUM), book, MINIMUM, "places", "2025-07-01"))
    first, second = (" ".join(str(row) for row in one.tables[0].document()) for one in answers)
    assert "[c]" not in first and second.count("[c]") == 4
    assert "beside an earlier paper" in " ".join(answers[1].sentences)


def test_a_series_that_an_agency_more_would_take_apart_is_not_drawn() -> None:
    """The council adds about seven reports a month to the police's: two series would tell each month's."""
    makers = [trend(incidents(1, *one)) for one in PAIRS["an agency more"]]
    book = StoreBook(scratch())
    drawn = [
        [block.name for block in answer.sections[0].blocks if isinstance(block, Figure)]
        for answer in (clear(maker, book, MINIMUM, "trend", "2025-07-01") for maker in makers)
    ]
    assert ["series" in names for names in drawn] == [True, False]


def test_a_paper_that_names_both_sets_and_cells_is_refused_since_only_the_sets_would_be_cleared() -> None:
    def both(told: Telling) -> None:
        told.whole("cases", map(str, range(20)))
        told.divide("incidents", pl.DataFrame({"unit": ["a"], "cell": ["W1"]}))

    with pytest.raises(ValueError, match="not both"):
        clear(both, StoreBook(scratch()), MINIMUM, "both", "2025-06-30")
