"""Breaches per month under a requirement, appointments kept, and needs met, by hand."""

import pytest

START = "2020-01-15"  # the year ends before 2021-01-15


def requirement(town, who: str, key: str, from_date: str, to_date: str | None) -> None:
    town.record(
        "requirement", "probation", who, requirement_id=key, kind="supervision", from_date=from_date, to_date=to_date
    )


def test_breaches_per_month_under_a_requirement(town) -> None:
    for who in ("ann", "ben", "cat"):
        town.person(who)
    # ann: 1 to 31 March and 16 March to 14 April: together 1 March to 14 April, 45 days
    requirement(town, "ann", "A1", "2020-03-01", "2020-03-31")
    requirement(town, "ann", "A2", "2020-03-16", "2020-04-14")
    for key, on in [("A1", "2020-03-05"), ("A2", "2020-04-14"), ("A1", "2021-01-15"), ("A1", "2020-01-14")]:
        town.record("breach", "probation", requirement_id=key, breached_on=on)
    # ben: from before the start to beyond the year: all 366 days
    requirement(town, "ben", "B1", "2019-01-01", None)
    found = town.outcomes({"ann": START, "ben": START, "cat": START}, "release")
    assert (found["ann"]["breaches_1y"], found["ann"]["breaches_2y"]) == (2, 3)
    assert found["ann"]["months_under_requirement_1y"] == pytest.approx(45 / 30.4375)
    assert found["ann"]["breaches_per_month_1y"] == pytest.approx(2 / (45 / 30.4375))
    assert found["ben"]["breaches_per_month_1y"] == 0.0
    assert found["ben"]["months_under_requirement_1y"] == pytest.approx(366 / 30.4375)
    # cat was under no requirement: there is no rate, and she is not among those it is about
    names = ("breaches_1y", "breaches_per_month_1y", "months_under_requirement_1y", "appointments_due_1y")
    assert [found["cat"][name] for name in names] == [None] * 4


def test_the_last_day_of_a_requirement_counts(town) -> None:
    town.person("ann")
    requirement(town, "ann", "A1", START, START)
    ann = town.outcomes({"ann": START}, "release")["ann"]
    assert ann["months_under_requirement_1y"] == pytest.approx(1 / 30.4375)


def test_appointments_kept_of_those_whose_outcome_is_known(town) -> None:
    town.person("ann")
    requirement(town, "ann", "A1", "2019-12-01", "2021-06-30")
    for due, outcome in [
        ("2020-01-14", "kept"),  # before the start
        ("2020-01-15", "kept"),
        ("2020-02-01", "acceptable_absence"),
        ("2020-03-01", "unacceptable_absence"),
        ("2020-04-01", None),  # outcome not recorded
        ("2021-01-14", "kept"),
        ("2021-01-15", "kept"),  # the anniversary
    ]:
        town.record("appointment", "probation", requirement_id="A1", due_on=due, outcome=outcome)
    ann = town.outcomes({"ann": START}, "release")["ann"]
    assert (ann["appointments_due_1y"], ann["appointments_kept_1y"]) == (4, 2)
    assert (ann["appointments_due_2y"], ann["appointments_kept_2y"]) == (5, 3)


def test_needs_at_the_outset_and_met_by_the_end(town) -> None:
    people = ("met", "unmet", "none", "late", "before", "again", "unasked")
    for who in people:
        town.person(who)

    def need(who: str, assessed: str, level: str, met: str | None = None, pathway: str = "health") -> None:
        town.record("need", "probation", who, pathway=pathway, assessed_on=assessed, level=level, met_on=met)

    need("met", "2020-01-01", "high", "2021-01-14")  # met on the last day
    need("unmet", "2020-01-01", "high", "2021-01-15")  # met on the anniversary: too late for one year
    need("none", "2020-01-01", "none")
    need("late", "2020-02-16", "high", "2020-03-01")  # assessed 32 days after the start: not at the outset
    need("before", "2019-06-01", "low", "2019-12-01")  # met before the start: no need at the outset
    need("again", "2019-06-01", "none")
    need("again", "2020-02-15", "medium", "2020-03-01")  # assessed 31 days after the start
    found = town.outcomes(dict.fromkeys(people, START), "release")
    assert [row["needs_at_outset_health"] for row in found.values()] == [1, 1, 0, None, 0, 1, None]
    assert [row["needs_met_health"] for row in found.values()] == [1, 0, None, None, None, 1, None]
    assert found["met"]["needs_at_outset_accommodation"] is None
    two_years = town.outcomes(dict.fromkeys(people, START), "release", months=24)
    assert two_years["unmet"]["needs_met_health"] == 1
