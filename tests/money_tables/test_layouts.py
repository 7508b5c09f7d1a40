"""Tables as treasurers lay them out: each has one fault, planted by hand, and no other is found."""

from decimal import Decimal

import pytest

from whatworks.money.tables import check_report, check_table
from whatworks.money.tables.sample import made_grid

LAYOUTS = {
    "plain total": ("Cost,2026/27|Staff,100|Rent,50|Total,151", {"Total, 2026/27": 150}),
    "no label on the total": ("Cost,A,B,Total|x,1,2,3|y,4,5,9|Total,5,7,13", {"Total, Total": 12}),
    "subtotals and a grand total": (
        "Cost,2026/27|Staff|Officers,100|Clerks,50|Sub-total,150|Running|Rent,20|Heat,5|Sub-total,25|Grand total,176",
        {"Grand total, 2026/27": 175},
    ),
    "a subtotal, then items, then the total of all": (
        "Cost,2026/27,2027/28|A,10,11|B,20,22|Sub-total staff,30,33|Rent,5,6|Heat,3,4|Total,38,44",
        {"Total, 2027/28": 43},
    ),
    "two totals named after nothing in particular": (
        "Item,Y1,Y2|Costs|A,10,1|B,20,2|Total,30,3|Income|C,5,5|D,7,7|Total,12,13",
        {"Total, Y2": 12},
    ),
    "totals of totals beside costs": (
        "Item,Y1,Y2|Staff|A,1,2|B,2,2|Total staff,3,4|Other|C,4,4|D,5,5|Total other,9,9|Total costs,12,13|"
        "Funding|Central|E,6,7|F,1,1|Total central,7,8|Local|G,5,5|Total local,5,5|Total funding,12,14",
        {"Total funding, Y2": 13},
    ),
    "indented parts below their whole": (
        "Service,2026/27,2027/28|Prevention,30,31|    Youth,10,11|    Schools,20,21|Custody,7,7|Total,37,38",
        {"Prevention, 2027/28": 32},
    ),
    "of which lists no parts": (
        "Service,2026/27|Prevention,30|Of which:|  Youth,10|Total,30",
        {},
    ),
    "the total stands above": (
        "Offences,2026/27,2027/28|All offences,10,12|Theft,4,5|Burglary,6,6",
        {"All offences, 2027/28": 11},
    ),
    "negatives, pounds and credits": (
        "Item,2026/27,Total|Spend,£1 100,£1 100|Grant,(400),(400)|Fees,50 CR,50-|Net total,651,650",
        {"Net total, 2026/27": 650},
    ),
    "dashes, blanks and no-break spaces": (
        "Item,A,B,Total|x,-,\u00a0,0|y,300\u00a0, 212 ,513|Total,300,212,512",
        {"y, Total": 512, "Total, Total": 513},
    ),
    "a variance": (
        "Item,Budget,Actual,Variance|Staff,100,90,-10|Rent,50,55,5|Heat,5,5,1|Total,155,150,-5",
        {"Heat, Variance": 0, "Total, Variance": -4},
    ),
    "net of income": (
        "Item,2026/27,2027/28|Costs|A,10,20|B,20,20|Total costs,30,40|Income|C,5,6|D,5,6|"
        "Total income,10,12|Net cost,20,29",
        {"Net cost, 2027/28": 28},
    ),
    "rates and shares are not added": ("Item,Cost,Per cent|A,60,60%|B,40,41%|Total,100,100%", {}),
    "years as plain numbers": (
        "Item,2008,2009,Total|A,1950,2010,3960|B,1,2,3|Total,1951,2012,3962",
        {"Total, Total": 3963},
    ),
    "title lines and notes around it": (
        "Budget of the service|(made up)||Item,2026/27|A,1|B,2|Total,4||Note: made up",
        {"Total, 2026/27": 3},
    ),
    "quarters within years": (
        "Item,Q1,Q2,Total,Q3,Q4,Total,Grand total|A,1,2,3,4,5,9,12|B,1,1,2,1,1,3,4",
        {"B, Total": 2, "B, Grand total": 5},
    ),
    "merged headings": (
        "Item,2026/27,,2027/28,,Total,|,Budget,Actual,Budget,Actual,Budget,Actual|A,1,2,3,4,4,6|B,5,5,5,5,10,11",
        {"B, Total Actual": 10},
    ),
    "an outer column of agencies": (
        "Agency,Item,2026/27|Police,Officers,10|,Cars,5|,Total,15|Probation,Staff,7|,Rent,1|,Total,9|Total,,24",
        {"Total, 2026/27": 8},
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_gives_its_planted_fault_and_no_other(name: str) -> None:
    text, faults = LAYOUTS[name]
    rows = [line.split(",") for line in text.split("|")]
    found = {str(fault.place): int(fault.recomputed or 0) for fault in check_table(made_grid(rows))}
    assert found == faults


@pytest.mark.parametrize("name", [name for name, (_, faults) in LAYOUTS.items() if faults])
def test_its_sums_are_many_and_the_rest_foots(name: str) -> None:
    rows = [line.split(",") for line in LAYOUTS[name][0].split("|")]
    report = check_report(made_grid(rows))
    assert sum(one.foots for one in report.sums) + len(report.faults) == len(report.sums)
    assert report.unchecked == ()


def test_a_letter_in_a_number_is_named_and_its_sums_are_not_checked() -> None:
    report = check_report(made_grid([["Item", "2026/27"], ["A", "1,O60"], ["B", "2"], ["Total", "1,062"]]))
    (fault,) = report.faults
    assert fault.sentence == 'A, 2026/27 (line 2) holds "1,O60", which is not a number.'
    assert [one.reason for one in report.unchecked] == ["not known: A, 2026/27"]


def test_figures_that_are_not_known_are_not_taken_for_nought() -> None:
    report = check_report(made_grid([["Item", "2026/27"], ["A", "tbc"], ["B", "2"], ["Total", "2"]]))
    assert (report.faults, len(report.unchecked)) == ((), 1)


def test_what_has_no_totals_has_no_faults() -> None:
    for rows in ([["Risk", "Response"], ["Too few", "Recruit"]], [["A", "1"], ["B", "2"]], [[]], []):
        assert check_table(made_grid(rows)) == ()


def test_rounding_is_named_as_a_possible_cause_only_where_it_can_be() -> None:
    near, far = ([["x", "Y1"], ["a", "1"], ["b", "2"], ["c", "3"], ["Total", t]] for t in ("8", "9"))
    assert [fault.rounding for fault in check_table(made_grid(near))] == [True]
    assert [fault.rounding for fault in check_table(made_grid(far))] == [False]


def test_one_change_that_mends_two_sums_is_found() -> None:
    # 2 + 4 = 6 is printed 7 in row b; the column then gives 3 + 7 = 10 against 9: a 6 would mend both
    rows = [["x", "Y1", "Y2", "Total"], ["a", "1", "2", "3"], ["b", "2", "4", "7"], ["Total", "3", "6", "9"]]
    (mend,) = check_report(made_grid(rows)).mends
    assert (str(mend.place), mend.would_be) == ("b, Total", Decimal(6))
