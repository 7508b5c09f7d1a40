"""Any number of months, worked by hand: ends of months, when a window is mature, and what is proved in time."""

from datetime import date

import pytest

from measures.town import Town
from whatworks.measures import measure_outcomes
from whatworks.measures.derivation import Query, resting_on
from whatworks.measures.outcomes import OUTCOME_QUERIES
from whatworks.records.refusal import Refused

START = "2021-08-31"
WINDOWS = (6, 7, 12, 18, 24)
NAMES = ("6m", "7m", "1y", "18m", "2y")


def measured(town: Town, queries: tuple[str | Query, ...] = OUTCOME_QUERIES) -> dict[str, object]:
    town.prepare()
    cohort = town.cohort({"ann": START}, "release")
    frame = measure_outcomes(town.connection, cohort, windows=WINDOWS, settings=town.settings, queries=queries)
    return frame.row(0, named=True)


def test_each_window_ends_and_is_proved_by_its_own_days(town: Town) -> None:
    """31 August 2021 + 6 months is 28 February 2022, + 7 is 31 March, + 12 is 31 August, + 18 is 28 February 2023."""
    town.person("ann")
    for committed, sanctioned in [
        ("2022-02-27", "2022-08-30"),  # the last day of six months, proved the day before 31 August (6 + 6)
        ("2022-02-27", "2022-08-31"),  # a day too late for six months: counts from seven on
        ("2022-02-28", "2022-03-01"),  # the day after six months: counts from seven on
        ("2022-03-31", "2022-04-01"),  # the day after seven months: counts from twelve on
        ("2022-10-01", "2023-08-31"),  # within 18 months, proved before 31 August 2023? No: 18 + 6 is 31 August
        ("2023-02-27", "2023-08-30"),  # the last day of 18 months, proved in time
        ("2023-02-28", "2023-03-01"),  # the day after 18 months
    ]:
        town.offence("ann", committed, sanctioned)
    found = measured(town)
    assert [found[f"frequency_{name}"] for name in NAMES] == [1, 3, 4, 5, 7]
    assert [found[f"days_to_first_{name}"] for name in NAMES] == [180] * 5  # 31 August to 27 February
    assert [found[f"seriousness_{name}"] for name in NAMES] == [3.0, 9.0, 12.0, 15.0, 21.0]  # a theft weighs 3


def test_custody_and_sentences_are_cut_at_each_end(town: Town) -> None:
    """In from 20 February to 10 March 2022: 8 nights by 28 February, 18 in all; sentenced on 1 March."""
    town.person("ann")
    town.custody("ann", "2022-02-20", "2022-03-10")
    town.sentence("ann", "2022-03-01", length=60)
    found = measured(town)
    assert [found[f"custody_nights_{name}"] for name in NAMES] == [8, 18, 18, 18, 18]
    assert [found[f"short_sentences_{name}"] for name in NAMES] == [0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("as_at", "mature"),
    [
        (date(2022, 8, 31), [True, False, False, False, False]),  # 6 + 6 months after 31 August 2021
        (date(2022, 8, 30), [False] * 5),
        (date(2022, 9, 30), [True, True, False, False, False]),  # 7 + 6: September has 30 days
        (date(2023, 8, 31), [True, True, True, True, False]),  # 18 + 6
        (date(2024, 2, 28), [True, True, True, True, False]),
        (date(2024, 2, 29), [True] * 5),  # 24 + 6: February 2024 has 29 days
    ],
)
def test_a_window_says_nothing_before_its_proof_is_over(town: Town, as_at: date, mature: list[bool]) -> None:
    town.person("ann")
    town.offence("ann", "2021-09-01", "2021-09-02")
    town.settings = type(town.settings)(as_at, "police")
    found = measured(town)
    assert [found[f"mature_{name}"] for name in NAMES] == mature
    assert [found[f"frequency_{name}"] for name in NAMES] == [1 if over else None for over in mature]
    assert found["mature"] == mature[-1]


def test_a_measure_from_outside_is_one_query(town: Town) -> None:
    """Three reports of an offence are three arrests; what has no row is zero, and no package file is touched."""
    town.person("ann")
    for agency in ("police", "court", "probation"):
        town.offence("ann", "2022-01-01", "2022-02-01", agency=agency, ref="CASE 1")
    arrests = Query(
        "reports",
        "SELECT w.unit, w.span, COUNT(*) AS reports FROM measure_window AS w JOIN offence_report AS o "
        "ON o.linked_id = w.linked_id AND o.committed_from >= w.starts AND o.committed_from < w.ends "
        "GROUP BY w.unit, w.span",
    )
    found = measured(town, (arrests, "proven_reoffending"))
    assert [(found[f"reports_{name}"], found[f"frequency_{name}"]) for name in NAMES] == [(3, 1)] * 5


@pytest.mark.parametrize("windows", [(), (0, 12), (-6,)])
def test_no_window_is_refused(town: Town, windows: tuple[int, ...]) -> None:
    town.person("ann")
    town.prepare()
    with pytest.raises(Refused, match=r"windows.*are not windows; give one or more, in whole months"):
        measure_outcomes(town.connection, town.cohort({"ann": START}), windows=windows, settings=town.settings)


def test_what_a_query_rests_on_is_read_off_its_text() -> None:
    names = [query.name for query in resting_on(["cohort", "span_asked", "left_out"], ["seriousness", "breaches"])]
    assert names.index("measured_unit") < names.index("measure_window") < names.index("reoffence")
    assert names.index("cohort_offence") < names.index("reoffence") < names.index("seriousness")
    assert "left_out" not in names and "offence_record" not in names and "index_event" not in names
