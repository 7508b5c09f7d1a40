"""Charging decisions of serious allegations: one a case and person, at the gravest; a number, and never a list."""

import random
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from whatworks.journeys.serious import SENTENCE, charging_units, funnel_of, serious_funnel
from whatworks.papers.journeys.serious import serious_answer
from whatworks.records.refusal import Refused

DAY = date(2024, 1, 1)
COLUMNS = {
    "case_ref": pl.String, "person": pl.String, "seriousness": pl.String, "recorded_on": pl.Date,
    "suspect_named_on": pl.Date, "referred_on": pl.Date, "decided_on": pl.Date, "decision": pl.String,
    "result": pl.String, "borough": pl.String,
}  # fmt: skip


def allegation(case: str, person: str | None, level: str = "serious", **more: Any) -> dict[str, Any]:
    return {"case_ref": case, "person": person, "seriousness": level, "recorded_on": DAY, "borough": "A", **more}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in COLUMNS} for row in rows], schema=COLUMNS)


def test_allegations_of_one_case_are_one_unit_at_its_gravest() -> None:
    """Charged of the lesser one only: the serious unit is dropped, and went on at a lower level."""
    units = charging_units(
        frame(
            allegation("c1", "p1", decision="not_charged"),
            allegation("c1", "p1", "less_serious", decision="charged", result="convicted"),
            allegation("c1", None, decision="not_charged"),
        )
    )
    [unit] = units.iter_rows(named=True)
    assert (unit["level"], unit["decided"], unit["charged"], unit["lower"]) == ("serious", True, False, True)


def test_steps_by_hand() -> None:
    """Six serious units: no suspect yet; not referred, pending; not referred, no action; three referred.

    Of these one is pending, one not charged, one charged and convicted of less.
    """
    found = funnel_of(
        frame(
            allegation("c1", None),
            allegation("c2", "p2"),
            allegation("c3", "p3", decision="not_charged"),
            allegation("c4", "p4", referred_on=DAY),
            allegation("c5", "p5", referred_on=DAY, decision="not_charged"),
            allegation("c6", "p6", decision="charged", result="convicted_at_lower_level"),
        )
    )
    steps = [(step.reached, step.dropped, step.lower, step.pending) for step in found.levels["serious"]]
    assert steps == [(6, 0, 0, 0), (5, 0, 0, 1), (3, 1, 0, 1), (1, 1, 0, 1), (0, 1, 1, 0)]
    assert found.levels["serious"][3].share == 0.5
    assert found.levels["serious"][3].interval == pytest.approx((0.0945, 0.9055), abs=1e-4)  # Wilson, 1 of 2


def test_pending_units_drop_out_of_nothing() -> None:
    found = funnel_of(frame(*(allegation(f"c{at}", f"p{at}") for at in range(5))))
    assert all(step.dropped == 0 for steps in found.levels.values() for step in steps)
    assert found.repeat is None and found.boroughs is None


def many(repeaters: int, people: int = 400) -> pl.DataFrame:
    """Return people with three decided units each: some drop out each time, of the others one in eight, by chance."""
    rows = []
    for person in range(people):
        for unit in range(3):
            dropped = person < repeaters or bool(person >> unit & 1)
            decision = "not_charged" if dropped else "charged"
            borough = "ABCDEFGHIJKL"[person % 12]
            rows.append(allegation(f"c{person}-{unit}", f"p{person}", decision=decision, borough=borough))
    return frame(*rows)


def test_the_same_people_recur_more_often_than_chance_only_where_they_do() -> None:
    """Where half drop out, chance gives 400 / 8 = 50 people, as are seen. 100 planted make 138: of 300 others 38.

    Then about five in eight drop out, and chance gives the cube of that share of 400 people.
    """
    planted, none = funnel_of(many(100)).repeat, funnel_of(many(0)).repeat
    share = (many(100)["decision"] == "not_charged").mean()
    assert share == pytest.approx(5 / 8, abs=0.01)
    assert planted is not None and none is not None
    assert (planted.observed, planted.people) == (138, 400) and none.observed == 50
    assert none.expected == pytest.approx(50, abs=0.5) and planted.expected == pytest.approx(400 * share**3, abs=0.5)
    assert planted.p < 0.001 and none.p > 0.9
    assert planted.expected_low < planted.expected < planted.expected_high


def test_the_paper_says_the_sentence_and_names_nobody() -> None:
    answer = serious_answer(funnel_of(many(100)), {}, 10)
    printed = " ".join([*answer.lines(), str(answer.document())])
    assert SENTENCE in answer.sentences
    assert "Of 400 people with 3 or more decided units 138 were never charged" in printed
    assert not any(f"p{at}" in printed.split() or f"'p{at}'" in printed for at in range(400))


def test_few_people_are_not_counted_out() -> None:
    """Of 40 people 5 recur: fewer than 10 is said, and neither the number nor its p."""
    answer = serious_answer(funnel_of(many(0, 40)), {}, 10)
    assert (answer.document()["repeat"]["observed"], answer.document()["repeat"]["p"]) == ("c", "c")
    said = next(line for line in answer.sentences if "decided units" in line)
    assert "fewer than 10 were never charged" in said and " p " not in said


def test_small_steps_are_withheld_and_what_would_give_them_back() -> None:
    rows = [allegation(f"c{at}", f"p{at}", decision="charged" if at < 30 else "not_charged") for at in range(33)]
    steps = serious_answer(funnel_of(frame(*rows)), {}, 10).document()["steps"]
    charged, convicted = steps[3:5]
    assert (charged["reached"], charged["dropped"], convicted["pending"]) == ("c", "c", "c")
    assert "share" not in charged


def test_the_whole_gives_back_no_small_level_and_no_few_that_were_charged() -> None:
    """100 serious units and 5 of less: 105 would give the 5. Of 30 people with three units 2 were charged."""
    rows = [allegation(f"c{at}", f"p{at}", decision="charged") for at in range(100)]
    less = [allegation(f"d{at}", f"q{at}", "less_serious", decision="not_charged") for at in range(5)]
    assert "105" not in " ".join(serious_answer(funnel_of(frame(*rows, *less)), {}, 10).sentences)
    again = [
        allegation(f"e{at}-{unit}", f"r{at}", decision="charged" if (at < 2 and unit == 0) else "not_charged")
        for at in range(30) for unit in range(3)
    ]  # fmt: skip
    answer = serious_answer(funnel_of(frame(*rows, *again)), {}, 10)
    assert any("30 people with 3 or more decided units all but fewer than 10" in line for line in answer.sentences)
    assert (answer.document()["repeat"]["observed"], answer.document()["repeat"]["p"]) == ("c", "c")


def test_a_level_of_one_person_only_is_in_no_chance() -> None:
    rows = [allegation(f"c{at}", f"p{at % 20}", decision="charged") for at in range(80)]
    rows += [allegation(f"d{at}", "p1", "less_serious", decision="not_charged") for at in range(3)]
    again = funnel_of(frame(*rows)).repeat
    assert again is not None and (again.people, again.observed) == (20, 0)
    assert funnel_of(frame(*rows[:1], *rows[80:])).repeat is None


def test_every_unit_is_in_one_place_whatever_the_records_say() -> None:
    """60 made-up sets of contradictory rows: those who came to a step reach the next, drop out, or are pending."""
    draw = random.Random(3)
    pick = draw.choice
    for _ in range(60):
        rows = [
            allegation(
                f"c{draw.randint(0, 40)}",
                pick([None, "p1", "p2", "p3", "p4"]),
                pick(["serious", "less_serious"]),
                decision=pick([None, "charged", "charged_at_lower_level", "out_of_court", "not_charged"]),
                result=pick([None, "convicted", "convicted_at_lower_level", "acquitted"]),
                referred_on=pick([None, DAY]),
            )
            for _ in range(draw.randint(1, 60))
        ]
        for steps in funnel_of(frame(*rows), 2).levels.values():
            for before, after in pairwise(steps):
                assert before.reached == after.reached + after.dropped + after.pending
                assert 0 <= after.lower <= after.dropped


def test_nothing_imported_is_refused(store: Any) -> None:
    with pytest.raises(Refused, match="no allegation was imported"):
        serious_funnel(store)


def test_from_the_records_to_the_funnel(store: Any, take: Any) -> None:
    text = "allegation_id,offence_ref,seriousness,recorded_on,referred_on,decided_on,decision\n"
    text += "a1,r1,serious,2024-01-01,2024-02-01,2024-03-01,charged\na2,r1,less_serious,2024-01-01,,,not_charged\n"
    take("allegation", text, "police")
    found = serious_funnel(store)
    assert (found.allegations, found.units) == (2, 1)
    assert [step.reached for step in found.levels["serious"]] == [1, 1, 1, 1, 0]
