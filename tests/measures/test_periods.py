"""Equal periods before and after, worked by hand."""

from datetime import date

import polars as pl
import pytest

from whatworks.records.refusal import Refused

INDEX = "2020-08-31"
NAMES = ("days_at_liberty", "frequency", "seriousness", "short_sentences", "long_sentences", "custody_nights")


def rows(frame: pl.DataFrame, unit: int = 1) -> dict[int, dict]:
    return {row["period"]: row for row in frame.filter(pl.col("unit") == unit).to_dicts()}


def test_periods_are_equal_half_open_and_leave_out_the_run_in(town) -> None:
    town.person("ann")
    found = rows(town.periods({"ann": INDEX}, before=2, after=2))
    # months are counted from the index date, so each end is the next one's beginning, month ends and leap day included
    assert {number: (row["from_date"], row["until"]) for number, row in found.items()} == {
        -2: (date(2019, 2, 28), date(2019, 8, 31)),
        -1: (date(2019, 8, 31), date(2020, 2, 29)),
        1: (date(2020, 8, 31), date(2021, 2, 28)),
        2: (date(2021, 2, 28), date(2021, 8, 31)),
    }
    # no custody: 184, 182, 181 and 184 days
    assert [row["days_at_liberty"] for row in found.values()] == [184, 182, 181, 184]
    assert all(row[name] == 0 for row in found.values() for name in NAMES[1:])


def test_what_happened_falls_into_its_period(town) -> None:
    town.person("ann")
    for committed, sanctioned in [
        ("2019-08-30", "2019-09-01"),  # period -2, the last day
        ("2019-08-31", "2019-09-01"),  # period -1, the first day
        ("2020-02-28", "2020-08-28"),  # period -1, proved the day before 29 February + 6 months
        ("2020-02-28", "2020-08-29"),  # proved a day too late
        ("2020-02-29", "2020-04-01"),  # in the run-in: nowhere
        ("2020-08-31", "2020-10-01"),  # period 1, the index date itself
        ("2021-02-28", "2021-03-01"),  # period 2
        ("2021-08-31", "2021-10-01"),  # after the last period
    ]:
        town.offence("ann", committed, sanctioned)  # theft weighs 3
    town.sentence("ann", "2019-09-01", length=100)
    town.sentence("ann", "2021-03-01", length=365)
    town.sentence("ann", "2020-08-01", offence_ref="none", sentence_id="S")  # the index sentence
    town.custody("ann", "2020-08-01", INDEX, sentence_id="S")
    town.custody("ann", "2021-02-26", "2021-03-03", "remand")  # 26 and 27 February; 28 February to 2 March: 2 and 3
    found = rows(town.periods({"ann": INDEX}, "release", before=2, after=2))
    assert {number: tuple(row[name] for name in NAMES) for number, row in found.items()} == {
        -2: (184, 1, 3.0, 0, 0, 0),
        -1: (182, 2, 6.0, 1, 0, 0),
        1: (179, 1, 3.0, 0, 0, 2),
        2: (181, 1, 3.0, 0, 1, 3),
    }


def test_the_index_offence_and_its_case_are_left_out(town) -> None:
    town.person("ann")
    town.offence("ann", "2019-10-01", "2020-03-01", ref="I1")  # the index offence, though within period -1
    town.offence("ann", "2019-10-02", "2020-03-01")  # sanctioned with it
    town.offence("ann", "2019-10-03", "2020-03-02")  # another case
    town.sentence("ann", "2020-03-01", length=100, offence_ref="I1", sentence_id="S")
    town.custody("ann", "2020-07-01", INDEX, sentence_id="S")
    found = rows(town.periods({"ann": INDEX}, "release", before=1, after=1, run_in_months=0, months=12))
    # with no run-in period -1 is the year up to the release: 62 nights in July and up to 30 August, 61
    assert (found[-1]["frequency"], found[-1]["short_sentences"], found[-1]["custody_nights"]) == (1, 0, 61)


def test_immature_periods_and_unknown_people_are_null(town) -> None:
    town.person("ann")
    town.person("ben", agencies=("prison",))
    # as at 30 June 2025: period 1 ends on 30 June 2024 and is proved by 30 December; period 2 by 30 June 2025, just
    frame = town.periods({"ann": "2023-12-30", "ben": "2020-01-01"}, before=1, after=3)
    found = rows(frame)
    assert [row["mature"] for row in found.values()] == [True, True, True, False]
    assert [row["frequency"] for row in found.values()] == [0, 0, 0, None]
    assert all(row[name] is None for row in rows(frame, 2).values() for name in NAMES)
    # one day later it is not: 1 January 2024 + 18 months is 1 July 2025
    later = rows(town.periods({"ann": "2024-01-01"}, before=1, after=2))
    assert [row["mature"] for row in later.values()] == [True, True, False]


def test_impossible_periods_are_refused(town) -> None:
    town.person("ann")
    with pytest.raises(Refused) as refused:
        town.periods({"ann": INDEX}, months=0, run_in_months=-1)
    assert {fault.field for fault in refused.value.faults} == {"months", "run_in_months"}
