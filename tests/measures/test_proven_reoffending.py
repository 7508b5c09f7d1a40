"""Proven reoffending, worked by hand: windows, month ends, leap days, same-day events and the anniversary."""

import pytest

from whatworks.measures import MeasureSettings

# start 2020-01-15: a year ends before 2021-01-15, proof before 2021-07-15; two years before 2022-01-15 and 2022-07-15
START = "2020-01-15"


@pytest.mark.parametrize(
    ("committed", "sanctioned", "one_year", "two_years"),
    [
        ("2020-01-14", "2020-03-01", 0, 0),  # the day before the start
        ("2020-01-15", "2020-03-01", 1, 1),  # the day of the start
        ("2020-01-15", "2020-01-15", 1, 1),  # committed and sanctioned on the day of the start
        ("2021-01-14", "2021-03-01", 1, 1),  # the last day of the year
        ("2021-01-15", "2021-03-01", 0, 1),  # the anniversary is outside
        ("2020-06-01", "2021-07-14", 1, 1),  # proved on the last day
        ("2020-06-01", "2021-07-15", 0, 1),  # proved a day late
        ("2022-01-14", "2022-07-14", 0, 1),  # the last days of the two-year measure
        ("2022-01-14", "2022-07-15", 0, 0),
        ("2022-01-15", "2022-03-01", 0, 0),
        ("2020-06-01", None, 0, 0),  # never sanctioned
        ("2020-06-01", "2020-05-31", 0, 0),  # sanctioned before it was committed proves nothing
    ],
)
def test_edges_of_the_windows(town, committed, sanctioned, one_year, two_years) -> None:
    town.person("ann")
    town.offence("ann", committed, sanctioned)
    ann = town.outcomes({"ann": START})["ann"]
    assert (ann["proven_reoffending_1y"], ann["frequency_1y"]) == (one_year, one_year)
    assert (ann["proven_reoffending_2y"], ann["frequency_2y"]) == (two_years, two_years)


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_after"),
    [
        ("2020-02-29", "2021-02-27", "2021-02-28"),  # 29 February + 12 months = 28 February
        ("2019-02-28", "2020-02-27", "2020-02-28"),  # 28 February + 12 months = 28 February, not the 29th
        ("2020-08-31", "2021-08-30", "2021-08-31"),
    ],
)
def test_a_year_from_a_month_end(town, start, last_day, first_day_after) -> None:
    town.person("in")
    town.person("out")
    town.offence("in", last_day, last_day)
    town.offence("out", first_day_after, first_day_after)
    found = town.outcomes({"in": start, "out": start})
    assert (found["in"]["proven_reoffending_1y"], found["out"]["proven_reoffending_1y"]) == (1, 0)


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_after"),
    [
        ("2020-08-31", "2022-02-27", "2022-02-28"),  # 31 August + 18 months = 28 February
        ("2018-08-31", "2020-02-28", "2020-02-29"),  # 31 August + 18 months = 29 February of a leap year
    ],
)
def test_proof_to_a_month_end(town, start, last_day, first_day_after) -> None:
    town.person("in")
    town.person("out")
    committed = start
    town.offence("in", committed, last_day)
    town.offence("out", committed, first_day_after)
    found = town.outcomes({"in": start, "out": start})
    assert (found["in"]["proven_reoffending_1y"], found["out"]["proven_reoffending_1y"]) == (1, 0)


@pytest.mark.parametrize("sanction", ["conviction", "caution", "reprimand", "warning"])
def test_what_proves_an_offence(town, sanction) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", "2020-08-01", sanction=sanction)
    ann = town.outcomes({"ann": START})["ann"]
    assert ann["proven_reoffending_1y"] == 1
    assert ann["reconvicted_1y"] == (1 if sanction == "conviction" else 0)


def test_frequency_and_days_to_the_first(town) -> None:
    town.person("ann")
    town.person("ben")
    town.offence("ann", "2020-03-01", "2020-05-01")  # 15 January to 1 March 2020: 16 + 29 + 1 = 46 days
    town.offence("ann", "2020-03-01", "2020-05-01")  # another of the same day is another offence
    town.offence("ann", "2021-01-14", "2021-07-01")
    town.offence("ann", "2021-06-01", "2021-07-01")  # in the second year
    found = town.outcomes({"ann": START, "ben": START})
    assert (found["ann"]["frequency_1y"], found["ann"]["frequency_2y"]) == (3, 4)
    assert (found["ann"]["days_to_first_1y"], found["ann"]["days_to_first_2y"]) == (46, 46)
    assert (found["ben"]["proven_reoffending_1y"], found["ben"]["frequency_1y"]) == (0, 0)
    assert found["ben"]["days_to_first_1y"] is None


def test_the_index_offence_never_counts_though_committed_on_the_index_day(town) -> None:
    town.person("ann")
    town.person("ben")
    # both shoplift and are cautioned on 15 January; ben shoplifts again that day and is convicted in March
    town.offence("ann", START, START, sanction="caution")
    town.offence("ben", START, START, sanction="caution")
    town.offence("ben", START, "2020-03-01")
    for kind in ("caution", None):  # named by the cohort, or found in index_event
        found = town.outcomes({"ann": START, "ben": START}, kind)
        assert (found["ann"]["frequency_1y"], found["ben"]["frequency_1y"]) == (0, 1)
    # for someone released that day it is a reoffence like any other
    assert town.outcomes({"ann": START}, "release")["ann"]["frequency_1y"] == 1


def test_offence_groups_that_the_protocol_does_not_count(town) -> None:
    town.person("ann")
    town.offence("ann", "2020-03-01", "2020-05-01", offence_group="breach")
    town.offence("ann", "2020-04-01", "2020-05-01", offence_group=None)  # of no known group: it counts
    assert town.outcomes({"ann": START})["ann"]["frequency_1y"] == 1
    town.settings = MeasureSettings(town.settings.as_at, "police", not_counted=())
    assert town.outcomes({"ann": START})["ann"]["frequency_1y"] == 2
    town.settings = MeasureSettings(town.settings.as_at, "police", not_counted=("breach", "theft"))
    assert town.outcomes({"ann": START})["ann"]["frequency_1y"] == 1


@pytest.mark.parametrize(
    ("start", "mature_1y", "mature_2y"),
    [
        # as at 30 June 2025: 18 months before it is 30 December 2023 (and 31 December + 18 months = 30 June too)
        ("2023-12-30", True, False),
        ("2023-12-31", True, False),
        ("2024-01-01", False, False),
        ("2022-12-31", True, True),  # 31 December 2022 + 30 months = 30 June 2025
        ("2023-01-01", True, False),
    ],
)
def test_immature_follow_up_is_unknown_and_never_no_reoffending(town, start, mature_1y, mature_2y) -> None:
    town.person("ann")
    town.offence("ann", start, start)
    ann = town.outcomes({"ann": start}, "release")["ann"]
    assert (ann["mature_1y"], ann["mature_2y"], ann["mature"]) == (mature_1y, mature_2y, mature_1y)
    assert ann["proven_reoffending_1y"] == (1 if mature_1y else None)
    assert ann["proven_reoffending_2y"] == (1 if mature_2y else None)
    assert town.outcomes({"ann": start}, months=24)["ann"]["mature"] == mature_2y


def test_who_is_not_in_the_conviction_record_is_unknown(town) -> None:
    town.person("ann", agencies=("police", "prison"))
    town.person("ben", agencies=("prison", "probation"))
    town.offence("ben", "2020-06-01", "2020-08-01", agency="probation")
    found = town.outcomes({"ann": START, "ben": START})
    assert (found["ann"]["known"], found["ann"]["proven_reoffending_1y"]) == (True, 0)
    assert found["ben"]["known"] is False
    outcomes = {
        name: value for name, value in found["ben"].items() if name[-2:] in ("1y", "2y") and name[:6] != "mature"
    }
    assert len(outcomes) == 2 * (23 + 8)  # at one year and at two; eight are of tiers
    assert set(outcomes.values()) == {None}


@pytest.mark.parametrize(
    ("charged", "sanctioned", "one_year", "two_years"),
    [
        ("2020-07-01", None, 1, 1),  # charged, never convicted
        ("2021-07-14", None, 1, 1),
        ("2021-07-15", None, 0, 1),  # 18 months after the start
        (None, "2020-08-01", 1, 1),  # convicted without a known charge: charged by then
        (None, None, 0, 0),
        ("2020-05-31", None, 0, 0),  # before it was committed
    ],
)
def test_charges_stand_beside_convictions(town, charged, sanctioned, one_year, two_years) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", sanctioned, charged_on=charged)
    ann = town.outcomes({"ann": START})["ann"]
    assert (ann["charged_1y"], ann["charges_1y"], ann["charged_2y"]) == (one_year, one_year, two_years)
    assert ann["proven_reoffending_1y"] == (1 if sanctioned else 0)


def test_a_caution_is_no_charge(town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", "2020-08-01", sanction="caution")
    ann = town.outcomes({"ann": START})["ann"]
    assert (ann["proven_reoffending_1y"], ann["charged_1y"]) == (1, 0)


@pytest.mark.parametrize(("convicted", "counts"), [("2020-05-31", 0), ("2020-06-01", 1)])
def test_a_conviction_dated_before_its_offence_counts_in_no_window(town, convicted, counts) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", convicted)
    ann = town.outcomes({"ann": START})["ann"]
    assert (ann["reconvicted_1y"], ann["reconvicted_2y"]) == (counts, counts)
