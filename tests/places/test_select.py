"""Custody by home: nights once, at the home of the day of reception; ranks with their doubt; could a study tell?"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.places.made_up_ground import town

from whatworks.measures.settings import MeasureSettings
from whatworks.papers.places.select import select_answer
from whatworks.places import SelectTerms, load_terms, select_areas
from whatworks.places.select import AreaCustody, Selection, selection
from whatworks.places.terms import EXAMPLES
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.statistics.places.gamma_poisson import gamma_poisson
from whatworks.statistics.study_size import Plan, smallest_found

AS_AT = date(2025, 6, 30)
PRICE = {"pounds_a_year": 36525, "price_year": "2007/08", "source": "made up"}  # a hundred pounds a day


def terms(**given: object) -> SelectTerms:
    said = {
        "title": "Wards", "begins": date(2024, 1, 1), "shortlist": 2, "price": PRICE,
        "weights": {"custody_cost": 2, "eligible_people": 1}, "study": {"reoffend": 0.5},
    }  # fmt: skip
    return SelectTerms.model_validate(said | given)


@pytest.fixture
def held() -> Iterator[Store]:
    """Ann lives in W1, then in W2; two spells of hers overlap. Bob has no home that is known. Cy lives elsewhere."""
    people = [("ann", "W1"), ("bob", None), ("cy", "X9"), *((f"p{n}", "W3") for n in range(3))]
    spells = [
        ("ann", date(2024, 1, 1), date(2024, 1, 11)),
        ("ann", date(2024, 1, 6), date(2024, 1, 16)),
        ("ann", date(2024, 6, 1), date(2024, 6, 4)),
        ("bob", date(2024, 3, 1), date(2024, 3, 8)),
        ("cy", date(2024, 3, 1), date(2024, 3, 2)),
        *((f"p{n}", date(2023, 12, 30), date(2024, 1, 3)) for n in range(3)),
    ]
    homes = [(who, area, date(2020, 1, 1)) for who, area in people if area] + [("ann", "W2", date(2024, 5, 1))]
    frames = {
        "organisation": pl.DataFrame({"organisation_id": ["police"], "name": ["Police"], "kind": ["police"]}),
        "area": pl.DataFrame(
            {"area_code": ["W1", "W2", "W3"], "vintage": ["2025"] * 3, "kind": ["ward"] * 3, "population": [1000] * 3}
        ),
        "person": pl.DataFrame({"person_id": [who for who, _ in people]}),
        "address": pl.DataFrame(
            {
                "address_id": [f"a{n}" for n in range(len(homes))],
                "person_id": [who for who, _, _ in homes],
                "area_code": [area for _, area, _ in homes],
                "area_vintage": ["2025"] * len(homes),
                "from_date": [day for _, _, day in homes],
            }
        ),
        "custody_spell": pl.DataFrame(
            {
                "spell_id": [f"s{n}" for n in range(len(spells))],
                "person_id": [who for who, _, _ in spells],
                "received_on": [first for _, first, _ in spells],
                "released_on": [last for _, _, last in spells],
                "status": ["sentence"] * len(spells),
            }
        ),
    }
    with DuckDBStore(None) as store:
        load_frames(
            store, {t: f.with_columns(organisation_id=pl.lit("police")) for t, f in frames.items()}, as_at=AS_AT
        )
        store.change(
            "INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, probability) "
            "SELECT p.source_id, p.source_line, p.organisation_id, p.person_id, p.person_id, 'unlinked', 1 "
            "FROM person AS p"
        )
        yield store


def test_nights_are_of_the_union_at_the_home_of_the_day_of_reception(held: Store) -> None:
    found = select_areas(held, terms(), MeasureSettings(AS_AT, "police"))
    rows = {row.code: row for row in found.rows}
    # Ann: 1 to 16 January is 15 nights, once; 3 in June from her new home. p0 to p2: the two nights of 2024 each.
    assert {code: (row.people, row.nights, row.pounds) for code, row in rows.items()} == {
        "W1": (1, 15, 1500.0), "W2": (1, 3, 300.0), "W3": (3, 6, 600.0),
    }  # fmt: skip
    assert (found.homeless, found.elsewhere) == ((1, 7), (1, 1))
    assert select_answer(found, 10).tables[0].document()[0]["People"] in ("c", "[c]")


def test_addresses_of_another_edition_are_refused(held: Store) -> None:
    held.change("UPDATE address SET area_vintage = '2018' WHERE person_id = 'ann'")
    with pytest.raises(Refused, match="2 addresses are of edition 2018"):
        select_areas(held, terms(), MeasureSettings(AS_AT, "police"))


def _custody(people: dict[int, int], nights: int = 30) -> pl.DataFrame:
    area = [at for at, many in people.items() for _ in range(many)]
    units = [f"p{at}" for at in range(len(area))]
    return pl.DataFrame({"unit": units, "person": range(len(area)), "area": area, "nights": [nights] * len(area)})


def _found(later: dict[int, int], **given: object) -> Selection:
    usual = dict.fromkeys(range(12), 12)
    windows = {"as asked": _custody(usual | {3: 120, 5: 90}), "a year later": _custody(usual | later)}
    return selection(terms(**given), town(people=5000), windows)


def test_an_area_is_clear_borderline_or_out_over_windows_and_weightings() -> None:
    rows = {row.code: row for row in _found({3: 110, 7: 90}).rows}
    assert rows["W03"].place == "clear" and rows["W03"].share[0] >= 0.8
    assert rows["W05"].place == rows["W07"].place == "borderline"  # each on the list in one of the windows
    assert rows["W00"].place == "out" and rows["W00"].share[1] <= 0.2


def test_what_a_study_would_find_is_that_of_its_people() -> None:
    found = _found({3: 110, 5: 90})
    assert found.chosen == ("W03", "W05")
    assert (found.eligible, found.comparison, found.comparison_areas) == (2 * 210, 2 * 120, 10)
    assert found.detectable == smallest_found(Plan(0.5, ratio=240 / 420), 420)
    assert _found({3: 110, 5: 90}, shortlist=12).detectable is None  # nowhere is left to compare with


def test_criteria_by_hand_make_those_areas_the_candidates() -> None:
    area = [{"code": "W00", "partnership": 9}, {"code": "W03", "partnership": 1}, {"code": "W01", "partnership": 9}]
    found = _found({}, weights={"partnership": 5}, area=area)
    assert {row.code: row.place for row in found.rows if row.place} == {"W00": "clear", "W01": "clear", "W03": "out"}
    with pytest.raises(Refused, match="is not one of the areas"):
        _found({}, weights={"partnership": 5}, area=[{"code": "W99", "partnership": 1}])
    with pytest.raises(ValueError, match="has no match_funding, which counts"):
        terms(weights={"match_funding": 1}, area=[{"code": "W00"}])


def test_small_counts_of_people_and_what_belongs_to_them_are_withheld() -> None:
    answer = select_answer(_found({3: 110, 7: 90}), 50)
    for row in answer.tables[0].document():
        hidden = row["People"] in ("c", "[c]")
        assert hidden == (row["Pounds"] in ("c", "[c]")) and (hidden or int(row["People"]) >= 50)
    (figure,) = answer.paper(AS_AT).figures()
    assert "few people, withheld, hatched (10)" in str(figure.draw())  # and not palest, as if they were the least


def test_rates_are_drawn_towards_all_and_their_intervals_hold_the_truth() -> None:
    rng, held = np.random.default_rng(5), 0
    rates, exposure = rng.gamma(4.0, 0.001, 400), np.full(400, 2000.0)
    low, high = gamma_poisson(rng.poisson(rates * exposure), exposure).interval()
    held = int(((low <= rates) & (rates <= high)).sum())
    assert 0.92 <= held / 400 <= 0.98


def test_the_published_example_reads() -> None:
    assert load_terms(SelectTerms, EXAMPLES / "select.toml").shortlist == 10
    assert AreaCustody.__doc__


def test_terms_say_all_that_is_wrong_at_once(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text('title = "x"\nbegins = 2024-01-02\nshortlist = 0\nareas = "lsoa"\nwhat = 1\n')
    with pytest.raises(Refused) as refused:
        load_terms(SelectTerms, path)
    assert {fault.field for fault in refused.value.faults} >= {"shortlist", "areas", "what", "price", "weights"}
