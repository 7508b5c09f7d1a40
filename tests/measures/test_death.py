"""Time free of reoffending, worked by hand, with death as what may come first."""

import pytest

# start 2021-01-15: the year ends before 2022-01-15, 365 days on; two years before 2023-01-15, 730 days on.
START = "2021-01-15"


@pytest.mark.parametrize(
    ("offence", "death", "year", "two_years"),
    [
        (None, None, (365, 0, 0), (730, 0, 0)),
        ("2021-02-14", None, (30, 1, 0), (30, 1, 0)),  # 17 days of January and 13 of February
        (None, "2021-01-25", (10, 2, 1), (10, 2, 1)),
        ("2021-02-14", "2021-01-25", (10, 2, 1), (10, 2, 1)),  # a reoffence after the death is a wrong record
        ("2021-02-14", "2021-02-14", (30, 1, 1), (30, 1, 1)),  # on one day: they reoffended first
        ("2021-02-14", "2021-06-01", (30, 1, 1), (30, 1, 1)),
        (None, "2022-01-14", (364, 2, 1), (364, 2, 1)),  # the last day of the year
        (None, "2022-01-15", (365, 0, 0), (365, 2, 1)),  # the anniversary is outside
        ("2022-02-14", None, (365, 0, 0), (395, 1, 0)),
        (None, "2020-12-31", (365, 0, 0), (730, 0, 0)),  # dead before release: a wrong record
        (None, "2021-01-15", (0, 2, 1), (0, 2, 1)),
    ],
)
def test_what_ends_the_time_free(town, offence, death, year, two_years) -> None:
    town.person("ann", died_on=death)
    if offence:
        town.offence("ann", offence, "2022-04-01")
    ann = town.outcomes({"ann": START})["ann"]
    for suffix, expected in (("1y", year), ("2y", two_years)):
        names = (f"days_free_{suffix}", f"free_ended_by_{suffix}", f"died_{suffix}")
        assert tuple(ann[name] for name in names) == expected
    assert ann["proven_reoffending_1y"] == int(offence == "2021-02-14")


def test_a_leap_year_is_a_day_longer(town) -> None:
    town.person("ann")
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["days_free_1y"] == 366


def test_agencies_that_disagree_are_taken_in_the_partnership_s_order(town) -> None:
    town.person("ann", agencies=("council",), died_on="2021-02-01")
    town.person("ann", agencies=("police",), died_on="2021-03-01")
    town.person("ann", agencies=("court", "prison", "probation"))
    assert town.outcomes({"ann": START})["ann"]["days_free_1y"] == 17  # the council's, by the alphabet
    town.prepare(preferences={"died_on": ("police",)})
    assert town.outcomes({"ann": START})["ann"]["days_free_1y"] == 45


def test_what_is_not_known_has_no_time(town) -> None:
    town.person("ann", agencies=("council",), died_on="2021-02-01")
    town.person("bob")
    found = town.outcomes({"ann": START, "bob": "2024-06-01"})
    assert all(one["days_free_1y"] is None and one["died_1y"] is None for one in found.values())
    assert all(one["free_ended_by_1y"] is None for one in found.values())
