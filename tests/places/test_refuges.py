"""Refuges from a store to a paper: a made-up service whose answers are known by hand, and nothing small given back."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import shapely
from scipy.optimize import milp

from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.places.refuge_clearance import _atoms, _figures, clear_refuges, clear_sums
from whatworks.papers.places.refuges import refuges_answer
from whatworks.places.refuges.report import RefugeReport, read_recharge, refuge_report
from whatworks.places.refuges.supply import beside_standard
from whatworks.places.refuges.terms import RefugeTerms
from whatworks.places.terms import load_terms
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.showing.location import names_a_location
from whatworks.records.store import scratch

AS_AT, START = date(2025, 6, 30), date(2024, 1, 1)
CODES = "ABCDEF"
TERMS = """
title = "Refuges"
first_day = 2024-01-01
last_day = 2024-12-31

[siting]
sites = 1
nearest_km = 15
farthest_km = 45
excluded = ["F"]
"""


@pytest.fixture
def held(store: Store, take: Callable[..., object]) -> Store:
    """Six boroughs in a row, 10 km each; 30 households from A and 4 from B placed in C, 40 of A unmet, 3 of E."""
    area = [f"{code},2025,Borough {code},borough,,100000" for code in CODES]
    take("area", "area_code,vintage,name,kind,parent,population\n" + "\n".join(area), "council")
    squares = [shapely.box(500_000 + 10_000 * at, 180_000, 510_000 + 10_000 * at, 190_000) for at in range(6)]
    rows = [f"{code},2025,borough,{shapely.to_wkb(box, hex=True)}" for code, box in zip(CODES, squares, strict=True)]
    take("area_boundary", "area_code,vintage,kind,geometry\n" + "\n".join(rows), "council")
    service = ["r1,C,family_place,12,2020-01-01", "r2,F,family_place,3,2020-01-01", "r3,D,bed_space,20,2020-01-01"]
    take("refuge_service", "refuge_id,host_borough,units,places,from_date\n" + "\n".join(service), "housing")
    calls: list[str] = []
    people: list[str] = []

    def ask(origin: str, count: int, *ends: str) -> None:
        for _ in range(count):
            people.append(f"p{len(people)}")
            for day, end in enumerate(ends):
                outcome, refuge, reason = end.split("/")
                on = START + timedelta(days=len(people) % 100 + day)
                calls.append(f"n{len(calls)},{people[-1]},{on},{origin},{refuge},{outcome},{reason}")

    ask("A", 30, "refused/r2/no_space", "placed/r1/")
    ask("B", 4, "placed/r1/")
    ask("A", 40, *["refused/r1/no_space"] * 5, "refused/r2/needs_not_met")
    ask("E", 3, "refused/r1/no_space")
    take("person", "person_id\n" + "\n".join(people), "housing")
    header = "referral_id,person_id,referred_on,origin_borough,refuge_id,outcome,reason\n"
    take("refuge_referral", header + "\n".join(calls), "housing")
    store.change(
        "INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, probability) "
        "SELECT source_id, source_line, organisation_id, person_id, 'L' || person_id, 'unlinked', 1.0 FROM person"
    )
    return store


def terms(tmp_path: Path, text: str = TERMS) -> RefugeTerms:
    path = tmp_path / "terms.toml"
    path.write_text(text)
    return load_terms(RefugeTerms, path)


def report_of(held: Store, tmp_path: Path) -> RefugeReport:
    return refuge_report(held, terms(tmp_path), AS_AT)


def test_the_report_counts_people_and_not_calls(held: Store, tmp_path: Path) -> None:
    found = report_of(held, tmp_path)
    assert (found.need.calls, found.need.refusals) == (307, 273)
    assert (found.need.episodes.linked, found.need.unmet.linked) == (77, 43)
    assert found.need.fates == {"placed_at_once": 4, "delayed": 30, "unmet": 43, "open": 0}
    assert found.need.reasons == {"needs_not_met": 40, "no_space": 43}
    assert found.flows == {("A", "C"): 30, ("B", "C"): 4}
    assert found.net() == {"A": -30, "B": -4, "C": 34, "D": 0, "E": 0, "F": 0}
    assert sum(found.net().values()) == 0


def test_supply_stands_beside_the_standard_and_bed_spaces_beside_nothing(held: Store, tmp_path: Path) -> None:
    found = report_of(held, tmp_path)
    assert found.supply is not None
    assert [(one.places, float(one.short)) for one in found.supply] == [
        (0, 10), (0, 10), (12, -2), (0, 10), (0, 10), (3, 7)
    ]  # fmt: skip
    assert found.places["bed_space"] == {"D": 20}
    words = " ".join(refuges_answer(found, 10).sentences)
    assert "15 family places: 45.0 short of one for 10,000 people" in words
    assert "20 bed spaces are in no sum with family places" in words


def test_more_places_keep_their_distance(held: Store, tmp_path: Path) -> None:
    """40 need them in A (middle at 5 km) and 3 in E (45 km). At 15 km or more C serves both: 20 km each."""
    found = report_of(held, tmp_path)
    assert found.more is not None
    assert found.more.hosts == {"C": ("A", "E")}
    assert found.more.mean_km == pytest.approx(20)
    assert found.reach is not None
    # C's twelve places are for A (20 km), E (20 km) and F (30 km); F's three for A-D at 20-50 km: B, C and D in reach.
    assert [round(found.reach[code], 3) for code in CODES] == [0.4, 0.1, 0.1, 0.1, 0.4, 0.4]


def test_the_paper_gives_back_no_small_flow(held: Store, tmp_path: Path) -> None:
    answer = refuges_answer(report_of(held, tmp_path), 10)
    text = json.dumps(answer.document())
    boroughs = {row["Borough"]: row for row in answer.document()["Boroughs"]}
    assert boroughs["Borough B"]["Sent elsewhere"] == "[c]"
    assert boroughs["Borough E"]["Unmet"] == "[c]"
    assert all(high - low >= 8 for _, _, low, high in ranges(report_of(held, tmp_path), 10))
    assert "Lp" not in text and "p1" not in text


def ranges(report: RefugeReport, minimum: int) -> list[tuple[str, int, float, float]]:
    """Attack a paper: for each small count, the least and the most whole numbers that agree with all that is shown."""
    atoms, ties = _atoms(report)
    names, shown = list(atoms), clear_refuges(report, minimum)
    rows = [([tie.get(name, 0) for name in names], 0) for tie in ties]
    for figure, parts in _figures(report, atoms).items():
        if shown[figure] != "c":
            rows.append(([parts.get(name, 0) for name in names], int(shown[figure])))
    matrix, ends = np.array([row for row, _ in rows]), np.array([end for _, end in rows])
    found = []
    for at, name in enumerate(names):
        if 0 < atoms[name] < minimum:
            goal = np.eye(len(names))[at]
            low, high = (
                milp(sign * goal, constraints=(matrix, ends, ends), integrality=np.ones(len(names))) for sign in (1, -1)
            )
            found.append((name, atoms[name], low.fun, np.inf if high.fun is None else -high.fun))
    return found


def test_no_small_count_comes_back_from_margins_or_net_figures(held: Store, tmp_path: Path) -> None:
    found = report_of(held, tmp_path)
    rng = np.random.default_rng(3)
    for _ in range(4):
        flows = {pair: int(rng.choice([0, 2, 4, 15, 30])) for pair in product(CODES, CODES)}
        flows = {pair: count for pair, count in flows.items() if count}
        origins = {code: {"placed_at_once": 0, "delayed": sum(c for (o, _), c in flows.items() if o == code),
                          "unmet": int(rng.choice([0, 3, 20])), "open": 0} for code in CODES}  # fmt: skip
        fates = {fate: sum(one[fate] for one in origins.values()) for fate in origins["A"]}
        ended = {day: {way: fates["delayed"] if way == "placed" else 0 for way in found.ended_by[day]}
                 for day in found.ended_by}  # fmt: skip
        need = found.need
        made = RefugeReport(
            found.terms, found.as_at, found.names,
            type(need)(need.episodes, need.unmet, fates, need.ways, need.reasons, 500, 400, 0),
            origins, found.waiting, ended, flows, found.places, found.supply, None, None, None,
                found.episodes, found.calls,
        )  # fmt: skip
        attacked = ranges(made, 10)
        assert attacked
        assert all(high - low >= 8 for _, _, low, high in attacked), attacked


def test_what_a_total_would_give_back_is_withheld_with_it() -> None:
    sums = {"all": {"a": 1, "b": 1, "c": 1}, "a": {"a": 1}, "b": {"b": 1}, "c": {"c": 1}}
    assert clear_sums({"a": 40, "b": 30, "c": 0}, sums, 10) == {"all": 70, "a": 40, "b": 30, "c": 0}
    shown = clear_sums({"a": 40, "b": 5, "c": 5}, sums, 10)
    assert shown == {"all": 50, "a": 40, "b": "c", "c": "c"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Refuges"', 'title = "The house at 12 Made Up Road"', "title: seems to say where a refuge is"),
        ("last_day = 2024-12-31", "last_day = 2023-12-31", "has a last_day before first_day"),
        ("farthest_km = 45", "farthest_km = 10", "no farther than nearest_km"),
        ("sites = 1", "sites = 0", "siting.sites"),
        ("sites = 1", "sights = 1", "siting.sights: is not a key of this file"),
    ],
)
def test_terms_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        terms(tmp_path, TERMS.replace(old, new))
    assert "Made Up" not in str(refused.value)


def test_no_feasible_site_and_an_unknown_borough_are_refused(held: Store, tmp_path: Path) -> None:
    for change, words in (
        ("nearest_km = 15", "nearest_km = 44"),
        ('excluded = ["F"]', 'excluded = ["Camden"]'),
        ("first_day = 2024-01-01\nlast_day = 2024-12-31", "first_day = 2019-01-01\nlast_day = 2019-12-31"),
    ):
        with pytest.raises(Refused, match=r"no feasible site|is not a borough|nobody asked for a place"):
            refuge_report(held, terms(tmp_path, TERMS.replace(change, words)), AS_AT)


def test_an_address_in_any_column_of_a_file_of_refuges_is_refused_by_its_shape(
    store: Store, take: Callable[..., object]
) -> None:
    header, row = "refuge_id,host_borough,units,places,needs_met,from_date", "r1,C,family_place,12,{},2020-01-01"
    for place in (
        "12 Hidden Lane",
        "near N4 2AB",
        "51.56123, -0.10412",
        "Flat 2, 9 Quiet Mews",
        "9 QUIET CLOSE",
        "sw1a 1aa",
    ):
        with pytest.raises(Refused, match=r"needs_met.*seems to say where a refuge is") as refused:
            take("refuge_service", f"{header}\n" + row.format(f'"{place}"'), "housing")
        assert place not in str(refused.value)
        assert store.rows("SELECT count(*) FROM quarantine") == [(0,)]
        assert store.rows("SELECT count(*) FROM refuge_service") == [(0,)]
    take("refuge_service", f"{header}\n" + row.format("mental health; 3 women with children"), "housing")
    mapped = MAPPING + "".join(f'{name} = "{name}"\n' for name in header.split(","))
    for extra, words in (("postcode,\n{},", "column 7"), ("remark\n{},at 9 Quiet Mews", "remark.*99? 9? ?|remark")):
        heading, values = extra.split("\n")
        text = f"{header},{heading.rstrip(',')}\n" + values.format(row.format("x"))
        with pytest.raises(Refused, match=words) as refused:
            take("refuge_service", text, "council", mapped)
        assert "Quiet" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "1 child needs a place", "2 children, very close to each other", "3 women on the way", "mental health; drugs",
        "wheelchair 1", "RR00012", "family of 4", "2 rooms in one place", "speaks 3 languages, walk-in shower",
    ],
)  # fmt: skip
def test_needs_in_words_are_no_location(text: str) -> None:
    assert not names_a_location(text)


MAPPING = """
[[table]]
table = "refuge_service"
[table.columns]
"""


SHARED = """
as_at = 2025-06-30
boroughs = [
  { code = "A", name = "Borough A", population = 100000 },
  { code = "B", name = "Borough B", population = 100000 },
  { code = "C", name = "Borough C", population = 100000 },
]
[service]
name = "Shared refuges"
units = "family places"
models = ["usage", "population"]
[population]
year = 2024
source = "Made up"
[empty_places]
funded_by = "boroughs"
[outside]
funded_by = "boroughs"
[[years]]
year = "2023/24"
first_day = 2023-04-01
last_day = 2024-03-31
price_year = "2023/24"
total_cost = "90000.00"
costs = [{ host = "C", line = "Staff", amount = "90000.00" }]
places = [{ host = "C", places = 12 }]
"""


STAYS = "stay_id,refuge_id,origin_borough,places,entered_on,left_on\n"


def billed(held: Store, tmp_path: Path) -> RefugeReport:
    (tmp_path / "shared.toml").write_text(SHARED)
    text = TERMS.replace("2024-01-01", "2023-04-01").replace("2024-12-31", "2024-03-31")
    asked = terms(tmp_path, text + '\n[recharge]\nterms = "shared.toml"\n')
    return refuge_report(held, asked, AS_AT, read_recharge(asked, tmp_path))


def test_bills_come_by_the_rules_of_recharge(held: Store, take: Callable[..., object], tmp_path: Path) -> None:
    """A's households took 600 nights with C, B's 300: of 90,000 pounds by usage, 60,000 and 30,000."""
    stays = [f"s{at},r1,A,1,2024-01-01,2024-01-31" for at in range(7)]
    stays += [f"t{at},r1,{'A' if at < 13 else 'B'},1,2024-02-01,2024-03-02" for at in range(23)]
    stays += ["u1,r3,B,1,2024-01-01,2024-01-31"]
    take("refuge_stay", STAYS + "\n".join(stays), "housing")
    answer = refuges_answer(billed(held, tmp_path), 10)
    bills = {one["model"]: one["bills"] for one in answer.document()["recharge"]["bills"]}
    assert {code: bill["total"] for code, bill in bills["usage"].items()} == {
        "A": "60000.00", "B": "30000.00", "C": "0.00"
    }  # fmt: skip
    assert "30 nights counted in other units than family places are in no bill" in str(answer.sections)
    assert any("Staying at home" in line for line in answer.document()["unknown"])


def test_more_nights_than_the_places_give_are_refused(held: Store, take: Callable[..., object], tmp_path: Path) -> None:
    take("refuge_stay", STAYS + "\n".join(f"v{at},r1,A,1,2023-04-01,2024-03-31" for at in range(13)), "housing")
    with pytest.raises(Refused, match='host "C": has 4,745 nights used in 2023/24, and 4,392 that its 12'):
        billed(held, tmp_path)


def test_the_billed_year_is_the_period(tmp_path: Path) -> None:
    (tmp_path / "shared.toml").write_text(SHARED)
    asked = terms(tmp_path, TERMS + '\n[recharge]\nterms = "shared.toml"\n')
    with pytest.raises(Refused, match="is not the billed year, 2023/24"):
        read_recharge(asked, tmp_path)


def test_a_borough_whose_residents_are_not_known_is_not_said_to_need_no_place() -> None:
    with pytest.raises(Refused, match='borough "B": has no residents'):
        beside_standard({"A": 6}, {"A": 85_000, "B": 0}, "family_place")


def test_need_from_elsewhere_that_no_siting_weighs_is_said(held: Store, tmp_path: Path) -> None:
    held.change("UPDATE refuge_referral SET origin_borough = NULL WHERE origin_borough = 'E'")
    assert any(
        "their way is not weighed there" in line for line in refuges_answer(report_of(held, tmp_path), 10).lines()
    )


def papers(held: Store, tmp_path: Path, *last_days: str) -> list[str]:
    """Return the text of the paper of each period, cleared one after another beside those before."""
    book, found = StoreBook(scratch()), []
    for day in last_days:
        asked = terms(tmp_path, TERMS.replace("2024-12-31", day))
        make = partial(refuges_answer, refuge_report(held, asked, AS_AT), 10)
        found.append("\n".join(clear(make, book, 10, "places refuges", "2025-07-01").lines()))
    return found


def test_two_periods_give_no_few_households_back(held: Store, tmp_path: Path) -> None:
    """The 77th household first calls on 18 March: a period up to 13 March leaves out five."""
    whole, part = "2024-12-31", "2024-03-13"
    alone = [papers(held, tmp_path, one)[0] for one in (whole, part)]
    asked = [re.search(r"(\d+|\[c\]) households asked", text).group(1) for text in alone]  # type: ignore[union-attr]
    first, second, again = papers(held, tmp_path, whole, part, whole)
    assert 0 < int(asked[0]) - int(asked[1]) < 10
    assert first == again == alone[0] and f"{asked[1]} households asked" in alone[1]
    assert "[c] households asked" in second and "beside an earlier paper" in second


def test_what_would_leave_few_beside_an_earlier_paper_follows_from_nothing_else() -> None:
    """All is a and b and c: where b may not be told, neither all nor what is left of all may give it back."""
    sums = {"all": {"a": 1, "b": 1, "c": 1}, "a": {"a": 1}, "b": {"b": 1}, "c": {"c": 1}}
    counts = {"a": 40, "b": 30, "c": 50}
    assert "c" not in clear_sums(counts, sums, 10).values()
    shown = clear_sums(counts, sums, 10, withheld=(), apart=["b"])
    assert shown["b"] == "c" and sum(one == "c" for one in shown.values()) == 2
