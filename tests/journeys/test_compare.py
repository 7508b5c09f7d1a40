"""Higher than what? Boroughs against all by a funnel, periods by the interval of their difference; else refused."""

from datetime import date, timedelta

import polars as pl
import pytest
from made_up_cases import KIND, START, reports

from whatworks.journeys.cases import Cases, cases_of
from whatworks.journeys.compare import Counted, compare_boroughs, compare_periods, hand_off_share, span, stage_share
from whatworks.journeys.kind import load_kind
from whatworks.papers.journeys.comparison import areas_answer, periods_answer
from whatworks.records.refusal import Refused

DAY = date(2024, 1, 1)


def counted(groups: dict[str, tuple[int, int]], on: date = DAY) -> Counted:
    """Return so many events of so many in each borough, all on one day."""
    rows = [(name, on, at < events) for name, (events, n) in groups.items() for at in range(n)]
    schema = {"borough": pl.String, "on": pl.Date, "event": pl.Boolean}
    return Counted(pl.DataFrame(rows, schema=schema, orient="row"), "were late", "releases")


def by_month(shares: list[tuple[int, int]]) -> Counted:
    parts = [counted({"A": pair}, date(2023 + at // 12, at % 12 + 1, 15)).rows for at, pair in enumerate(shares)]
    return Counted(pl.concat(parts), "were late", "releases")


def test_a_borough_of_twenty_with_twelve_lies_outside_and_no_borough_has_a_rank() -> None:
    """All: 100 of 400, a quarter. Limits of 20 are 10% to 45% and none to 55%; 12 of 20 is 60%."""
    found = compare_boroughs(counted({"B2": (12, 20), "B1": (88, 380)}))
    assert [(unit.name, unit.outside) for unit in found.funnel.units] == [("B1", ""), ("B2", "above")]
    answer = areas_answer(found, {"B1": "Ash", "B2": "Oak"}, 5)
    printed = " ".join(answer.lines())
    assert "none to 55.0%" in printed and "above 99.8%" in printed
    # in 20, 12 or more are above: the share at which that happens four times in five is 0.6632
    assert found.funnel.units[1].smallest == pytest.approx(0.6632, abs=1e-4)
    assert "In one of the middle size, 380, a true share of" in printed
    assert printed.index("Ash") < printed.index("Oak")


def test_a_borough_with_few_events_is_withheld_with_one_that_would_give_it_back() -> None:
    answer = areas_answer(compare_boroughs(counted({"A": (3, 60), "B": (15, 60), "C": (30, 90)})), {}, 10)
    assert ["share" in unit for unit in answer.document()["units"]] == [False, False, True]
    assert [line.split()[2] for line in answer.lines() if line[:2] in ("A ", "B ", "C ") and "%" in line] == ["33.3%"]


def test_two_periods_are_told_apart_by_the_interval_of_their_difference() -> None:
    """156 of 368 against 136 of 327 is Newcombe's printed example: -6.528 to 8.096 points."""
    rows = pl.concat([counted({"A": (156, 368)}).rows, counted({"A": (136, 327)}, date(2023, 5, 5)).rows])
    found = compare_periods(Counted(rows, "were late", "releases"), "2024", "2023")
    assert (round(100 * found.ci_low, 3), round(100 * found.ci_high, 3)) == (-6.528, 8.096)
    assert found.verdict == "no difference that these numbers could tell"
    said = " ".join(periods_answer(found, 10).lines())
    assert "+8.1 points" in said and "would find one of 10.5 points four times in five" in said
    assert found.smallest == pytest.approx(2.8016 * 0.14624 / 3.91993, rel=1e-4)
    assert found.chart is None


def test_a_month_beyond_the_limits_is_a_signal_and_small_months_are_not_drawn() -> None:
    usual = [((24, 18)[at % 2], 100) for at in range(15)]
    found = compare_periods(by_month([*usual, (60, 100)]), "2024", "2023")
    assert found.chart is not None and found.chart.signals[-1] == "above"
    said = periods_answer(found, 10).sentences[2]
    assert "the share: signals at 2024-04 above" in said
    assert "the number that it is of, a month: no signal" in said
    assert "quarter may do" in periods_answer(found, 25).sentences[2]
    quarters = compare_periods(by_month([(20, 100)] * 24), "2024", "2023", "quarter")
    assert quarters.names[0] == "2023-Q1" and quarters.sizes == (300,) * 8


@pytest.mark.parametrize(
    ("now", "before", "missing"),
    [
        ("2024", None, "higher or lower than what\\? The period to hold it against is missing"),
        ("2024", "2022", "nobody is counted in it: the base is missing \\(releases\\)"),
        ("2024", "2023-12-01..2024-01-15", "overlaps the other period"),
        ("2024", "last year", "'last year' is not a period"),
        ("2024-06-30..2024-01-01", "2023", "ends before it begins"),
    ],
)
def test_what_lacks_for_a_comparison_is_named(now: str, before: str | None, missing: str) -> None:
    with pytest.raises(Refused, match=missing):
        compare_periods(counted({"A": (5, 20)}), now, before)


def test_a_funnel_of_nobody_is_refused() -> None:
    with pytest.raises(Refused, match=r"nobody is counted: the base is missing .* choose within 2024-01-01"):
        compare_boroughs(counted({"A": (5, 20)}), "2019")


def test_one_borough_has_none_to_be_held_against() -> None:
    with pytest.raises(Refused, match="all cases are of one borough"):
        compare_boroughs(counted({"A": (20, 50)}))


def test_many_signals_are_counted() -> None:
    found = compare_periods(by_month([(50, 100)] * 12 + [(20, 100)] * 12), "2024", "2023")
    assert "signals at 24 of 24, the first 2023-01 above" in periods_answer(found, 10).sentences[2]


def test_a_month_ends_where_the_calendar_says() -> None:
    assert [span(text).last for text in ("2023-02", "2024-Q4", "2024-12", "2024")] == [
        date(2023, 2, 28), date(2024, 12, 31), date(2024, 12, 31), date(2024, 12, 31),
    ]  # fmt: skip


def test_cases_that_entered_too_late_are_undecided() -> None:
    """Of four releases with a target of 1 day: reached in 1, in 3, waiting 20 days, and one of the last day."""
    end = DAY + timedelta(days=20)
    rows = [(1, "onward", DAY, DAY + timedelta(1), 1.0), (2, "onward", DAY, DAY + timedelta(3), 3.0),
            (3, "waiting", DAY, None, 20.0), (4, "waiting", end, None, 0.0)]  # fmt: skip
    names = ["case", "way", "entered_on", "left_on", "days"]
    stays = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        unit=pl.col("case").cast(pl.String),
        borough=pl.lit("A"),
        stage=pl.lit("contact"),
        last_seen=pl.coalesce("left_on", pl.lit(end)),
        as_at=end,
    )
    cases = Cases(load_kind("through_the_gate"), stays, {})
    found = stage_share(cases, "contact", 1)
    assert (found.rows["event"].sum(), found.rows.height, found.undecided) == (1, 3, 1)
    with pytest.raises(Refused, match="is not an ending of this kind"):
        stage_share(cases, "contact", ended="abducted")


def test_dropped_hand_offs_are_counted_of_those_watched_long_enough() -> None:
    """Of five requests asked and checked: there in 2 days, in 40, never, cancelled, and left on day 95."""
    cases = cases_of(
        KIND,
        reports(
            ("a", "asked", 0, 3, None), ("a", "checked", 5, 9, None),
            ("b", "asked", 0, 3, None), ("b", "checked", 43, 50, None),
            ("c", "asked", 0, 3, None),
            ("d", "asked", 0, 3, "cancelled"),
            ("e", "asked", 90, 95, None),
        ),
    )  # fmt: skip
    found = hand_off_share(cases, "asked", "checked", 28)
    assert (found.rows["event"].sum(), found.rows.height, found.undecided) == (2, 3, 1)
    with pytest.raises(Refused, match="is not a hand-off of this kind; say --within how many days"):
        hand_off_share(cases, "checked", "asked")


def test_each_case_is_watched_up_to_its_own_agencys_extract() -> None:
    """Twenty wait in an extract of the day after they entered; one, in an extract of 40 days after, waits too long."""
    early = reports(*((f"c{at}", "asked", 90, None, None) for at in range(20))).with_columns(
        as_at=START + timedelta(91)
    )
    found = stage_share(cases_of(KIND, pl.concat([early, reports(("d", "asked", 60, None, None))])), "asked", 5)
    assert (found.rows["event"].sum(), found.rows.height, found.undecided) == (0, 1, 20)
    moved = stage_share(cases_of(KIND, reports(("e", "asked", 90, 92, None))), "asked", 5)
    assert (moved.rows["event"].sum(), moved.undecided) == (1, 0)


def test_where_no_borough_may_be_shown_no_spread_is_told_of_them() -> None:
    answer = areas_answer(compare_boroughs(counted({"A": (3, 20), "B": (4, 20)})), {}, 10)
    assert any(line.startswith("No borough is shown") for line in answer.sentences)
    assert not any("chance puts" in line for line in answer.sentences)
