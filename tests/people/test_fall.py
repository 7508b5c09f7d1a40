"""The fall that would have come anyway: by hand, against the model's arithmetic, and never said to be caused."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from made_up_people import AS_AT, add, made_up, need, offence, rule, victim

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.people.fall import NO_CAUSE, fall_answer
from whatworks.people.fall import YEAR, ExpectedFall, Fall, expected_fall, fall_of, model_fall
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.statistics.limits.regression_to_mean import many_looks, one_look

BEGAN = date(2023, 1, 1)
NOBODY = pl.DataFrame(schema={"unit": pl.String, "away_from": pl.Date, "away_to": pl.Date})


def counts(*rows: tuple[str, date, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["unit", "on", "window", "events"], orient="row")


def test_days_in_custody_that_overlap_are_away_once() -> None:
    """Person a: 60 days on remand, of which 30 also under sentence, is away for 90 of 365 days after the look."""
    on = date(2022, 1, 1)
    picked = pl.DataFrame({"unit": ["a", "b"], "on": [on, on]})
    away = pl.DataFrame(
        {
            "unit": ["a", "a", "a", "b"],
            "away_from": [on, on + timedelta(30), date(2019, 1, 1), date(2024, 1, 1)],
            "away_to": [on + timedelta(60), on + timedelta(90), date(2019, 3, 1), None],
        }
    )
    found = fall_of(picked, counts(("a", on, "before", 4), ("b", on, "before", 4), ("b", on, "after", 3)), away)
    assert found.rows["after_years"].to_list() == pytest.approx([(365 - 90) / YEAR, 365 / YEAR])
    assert found.rows["before_years"].to_list() == pytest.approx([365 / YEAR] * 2)
    assert found.fall == pytest.approx(1 - (3 / (275 + 365)) / (8 / 730))


def test_whoever_dies_or_stays_in_custody_has_no_more_time() -> None:
    on = date(2022, 1, 1)
    picked = pl.DataFrame({"unit": ["a", "b"], "on": [on, on]})
    away = pl.DataFrame({"unit": ["a"], "away_from": [date(2022, 4, 1)], "away_to": [None]},
                        schema_overrides={"away_to": pl.Date})  # fmt: skip
    found = fall_of(picked, counts(("a", on, "before", 4), ("b", on, "after", 2)), away)
    assert found.rows["after_years"].to_list() == pytest.approx([90 / YEAR, 365 / YEAR])


def picked_by_chance(people: int, k: int, looks: int, years: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return whoever first has `k` events in a year at a look, and their events, at steady gamma(.5, .5) rates."""
    rng = np.random.default_rng(seed)
    periods = looks * (years + 2)
    events = rng.poisson(rng.gamma(0.5, 2.0, people)[:, None] / looks, (people, periods))
    so_far = np.concatenate([np.zeros((people, 1), int), np.cumsum(events, axis=1)], axis=1)
    rows, picked = [], []
    for at in range(people):
        for look in range(looks, looks * (years + 1) + 1):
            before = int(so_far[at, look] - so_far[at, look - looks])
            if before >= k:
                on = date(2015 + look // looks, 1 + 12 // looks * (look % looks), 1)
                picked.append((f"p{at}", on))
                rows += [(f"p{at}", on, "before", before),
                         (f"p{at}", on, "after", int(so_far[at, look + looks] - so_far[at, look]))]  # fmt: skip
                break
    return pl.DataFrame(picked, schema=["unit", "on"], orient="row"), counts(*rows)


def test_a_planted_fall_without_any_scheme_comes_out_within_its_interval() -> None:
    """Nobody does anything, and people looked at each quarter for three years fall by about a third."""
    truth = many_looks(0.5, 0.5, 5, looks=4, years=3, people=200_000, seed=9).fall
    assert 0.3 < truth < 0.4
    held, widths = 0, []
    for seed in range(40):
        found = fall_of(*picked_by_chance(3_000, 5, 4, 3, seed), NOBODY)
        assert found.interval is not None
        held += found.interval[0] <= truth <= found.interval[1]
        widths.append(found.interval[1] - found.interval[0])
    assert held >= 34  # 38 expected of 40, give or take 1.4; half as wide, 27 would
    assert np.mean(widths) < 0.2


def test_the_model_gives_back_the_closed_form() -> None:
    """50,000 people with a = b = .5, looked at once: 28.4% is expected, and its interval holds it."""
    rng = np.random.default_rng(3)
    everybody = rng.poisson(rng.gamma(0.5, 2.0, 50_000))
    own = everybody[everybody >= 5]
    picked = pl.DataFrame({"unit": [f"p{at}" for at in range(len(own))], "events": own}).with_columns(on=BEGAN)
    found, prior = model_fall(everybody, picked)
    assert prior == pytest.approx((0.5, 0.5), abs=0.04) and found.interval is not None
    assert found.interval[0] < one_look(0.5, 0.5, 5).fall < found.interval[1]
    assert found.interval[1] - found.interval[0] < 0.06


def test_looks_end_where_the_list_began_and_each_counts_once() -> None:
    """One person met the rule in 2021 and another in 2020; a third only once the list was there."""
    store = made_up("abc")
    for person, days in (("a", (date(2021, 3, 1), date(2021, 4, 1))), ("b", (date(2020, 2, 1), date(2021, 9, 1))),
                         ("c", (date(2022, 6, 1),)), ("a", (date(2018, 1, 1),))):  # fmt: skip
        for day in days:
            offence(store, person, day)
    need(store, "a", date(2021, 2, 1)), need(store, "b", date(2020, 3, 1)), need(store, "c", date(2022, 6, 1))
    victim(store, "a", date(2021, 5, 1))
    terms = rule(agencies=2, window_months=12)
    found = expected_fall(store, terms, AS_AT, BEGAN, every=3, months=12, lag=6)
    assert found.seen is not None and found.model is None
    rows = {unit: (on, before, after) for unit, on, before, after in found.seen.rows.select(
        "unit", "on", "before", "after").iter_rows()}  # fmt: skip
    assert rows == {"L-a": (date(2021, 4, 1), 2, 0), "L-b": (date(2020, 4, 1), 1, 0)}
    assert found.seen.fall is None  # nobody offended in the year after


def test_an_offence_known_late_counts_in_neither_window() -> None:
    """With a lag of six months: written down five months after the window's end it counts, seven months after not."""
    store = made_up(["a", "b"])
    for person, recorded in (("a", date(2022, 5, 1)), ("b", date(2022, 8, 1))):
        for day in (date(2020, 6, 1), date(2020, 7, 1)):
            offence(store, person, day)
            need(store, person, day)
        add(store, "offence", organisation_id="police", person_id=f"pol-{person}", offence_id=f"late-{person}",
            committed_from=date(2021, 11, 15), recorded_on=recorded)  # fmt: skip
    offence(store, "b", date(2018, 1, 1))
    found = expected_fall(store, rule(agencies=2, window_months=12), AS_AT, date(2022, 1, 1), every=12, months=12)
    assert found.seen is not None and found.seen.looks == (date(2021, 1, 1),)
    assert found.seen.rows.sort("unit").select("before", "after").rows() == [(2, 1), (2, 0)]


def test_where_the_list_has_always_existed_only_the_model_answers() -> None:
    people = [f"p{at}" for at in range(60)]
    store = made_up(people)
    for at, person in enumerate(people):
        need(store, person, date(2022, 6, 1))
        for month in range(1, 1 + (at % 10 == 0) * 8 + (at % 3 == 0)):
            offence(store, person, date(2022, month, 2))
    found = expected_fall(store, rule(agencies=2), AS_AT, BEGAN)
    assert found.seen is None and found.model is not None and found.prior is not None
    assert found.model.fall is not None and 0 < found.model.fall < 1 and found.everybody == 60
    said = " ".join(paper(found).sentences)
    assert "only a model answers" in said and "Poisson" in said and NO_CAUSE in said


def test_a_list_that_began_too_late_to_be_known_in_full_is_refused() -> None:
    with pytest.raises(Refused, match="list-from"):
        expected_fall(made_up("a"), rule(), AS_AT, date(2025, 3, 1))


def paper(found: ExpectedFall, claimed: float | None = None) -> Answer:
    book = StoreBook(scratch())
    return clear(lambda told: fall_answer(found, 10, claimed, told), book, 10, "people fall", "2025")


def seen(people: int = 3_000) -> ExpectedFall:
    found: Fall = fall_of(*picked_by_chance(people, 5, 4, 3, 1), NOBODY)
    return ExpectedFall(rule(), BEGAN, 12, 3, 6, found)


@pytest.mark.parametrize(("claimed", "words"), [(0.36, "no other than"), (0.05, "less than"), (0.7, "more than")])
def test_a_reported_fall_stands_beside_the_expected_one_without_a_cause(claimed: float, words: str) -> None:
    answer = paper(seen(), claimed)
    first = answer.sentences[0]
    assert first.startswith(f"A fall of {100 * claimed:.1f}% is reported. Expected anyway is a fall of ")
    assert f"it is {words} that" in first
    assert "`whatworks evaluate`" in " ".join(answer.sentences)
    said = " ".join([*answer.lines(), *answer.sentences]).replace(NO_CAUSE, "").lower()
    assert not any(word in said for word in ("because", "reduced", "thanks to", "caused", "worked", "led to"))


def test_what_the_listed_did_stands_beside_what_was_expected() -> None:
    """Both fall alike, and only the words of the two differ: nothing is said to have caused either."""
    alike = ExpectedFall(
        rule(), BEGAN, 12, 3, 6, seen().seen, listed=fall_of(*picked_by_chance(3_000, 5, 4, 3, 2), NOBODY)
    )
    answer = paper(alike)
    assert answer.sentences[0].startswith("Those entered on the list show a fall of ")
    assert "it is no other than that" in answer.sentences[0] and NO_CAUSE in answer.sentences
    assert [row[0] for row in answer.tables[0].rows] == ["Met the rule, no list", "Entered on the list"]


def test_a_rule_may_be_a_number_of_offences() -> None:
    store = made_up("ab")
    for day in (date(2021, 3, 1), date(2021, 4, 1), date(2021, 5, 1), date(2018, 1, 1)):
        offence(store, "a", day)
    offence(store, "b", date(2021, 3, 1)), victim(store, "b", date(2021, 3, 2)), victim(store, "b", date(2021, 3, 3))
    found = expected_fall(store, 3, AS_AT, BEGAN, every=1)
    assert found.words == "3 offences or more within 12 months" and found.listed is None
    assert found.seen is not None and found.seen.rows["unit"].to_list() == ["L-a"]


def test_a_fall_of_few_people_is_not_given() -> None:
    answer = paper(seen(people=60))
    assert answer.tables == () and NO_CAUSE in answer.sentences
