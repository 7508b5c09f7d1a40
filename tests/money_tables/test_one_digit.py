"""Of every change of one digit in sound tables of many layouts, each is found, or said to be beyond telling."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from whatworks.money.tables import check_report
from whatworks.money.tables.fault import CheckReport
from whatworks.money.tables.sample import made_grid
from whatworks.papers.money.table_check import fault_lines

Rows = list[list[str]]

TABLES = {
    "columns before the names": "2025/26,2026/27,Service|1200,1300,Staff|400,450,Rent|1600,1750,Total",
    "numbered lines": "No.,Item,2025/26,2026/27|1,Staff,120,130|2,Rent,40,45|3,Fees,7,9|,Total,167,184",
    "one column of figures": "Item,Cost|Staff,1200|Rent,400|Fees,37|Total,1637",
    "units in cells": "Item,2025/26,2026/27|Staff,£83.8m,£85.1m|Rent,£6.2m,£6.4m|Total,£90.0m,£91.5m",
    "net of income": "Item,Y1,Y2,Y3|Gross cost,120,130,140|Income,20,25,31|Net cost,100,105,109",
    "net of several": "Item,Y1,Y2|Cost,120,130|Grant,20,25|Fees,10,11|Net,90,94",
    "income is negative": "Item,Y1,Y2|Cost,120,130|Grant,-20,-25|Fees,-10,-11|Net,90,94",
    "residual": "Item,Budget,Forecast|Budget,500,520|Spent,410,433|Residual,90,87",
    "movement": "Item,Staff,Rent,Total|2025/26,800,200,1000|2026/27,850,190,1040|Movement,50,-10,40",
    "opening and closing": "Reserve,General,Earmarked|Opening balance,300,120|Movement in year,25,-20|"
    "Closing balance,325,100",
    "budget, actual, variance": "Item,Budget,Actual,Variance|Staff,100,90,-10|Rent,50,55,5|Fees,8,8,0|Total,158,153,-5",
    "sub-totals": "Item,Y1,Y2|Staff|Officers,100,110|Clerks,50,55|Sub-total,150,165|Running|Rent,20,22|Heat,5,6|"
    "Sub-total,25,28|Grand total,175,193",
    "a section of one line": "Item,Y1,Y2|Staff|Officers,100,110|Clerks,50,55|Total staff,150,165|Other|Rent,20,22|"
    "Total other,20,22|Total costs,170,187",
    "the total stands first": "Offences,Y1,Y2,Y3|All offences,10,12,31|Theft,4,5,11|Burglary,6,7,20",
    "indented parts": "Service,Y1,Y2|Prevention,30,31|    Youth,10,11|    Schools,20,20|Custody,7,7|Total,37,38",
    "years and a total": "Item,2025/26,2026/27,2027/28,Total|A,10,11,12,33|B,5,6,7,18|Total,15,17,19,51",
    "rates beside figures": "Item,Cost,Cases,Cost per case|A,600,20,30|B,400,10,40|Total,1000,30,33",
    "shares beside figures": "Item,Cost,Share|A,60,60%|B,40,40%|Total,100,100%",
    "brackets, dashes and blanks": "Item,Y1,Y2,Total|Cost,1100,-,1100|Grant,(400),(30),(430)|Fees,,25,25|"
    "Net total,700,(5),695",
    "an outer column": "Agency,Item,Y1,Y2|Police,Officers,10,11|,Cars,5,6|,Total,15,17|Probation,Staff,7,8|,Rent,1,1|"
    ",Total,8,9|Total,,23,26",
    "all at the foot": "Borough,Q1,Q2,Total|Alton,20,25,45|Bexby,10,11,21|All boroughs,30,36,66",
    "no totals": "Item,Y1,Y2|A,10,20|B,30,40",
}


def rows_of(text: str) -> Rows:
    return [line.split(",") for line in text.split("|")]


def changed(rows: Rows) -> Iterator[tuple[int, int, Rows]]:
    """Yield the table with each digit of each figure made another, and where."""
    for at, row in enumerate(rows[1:], 1):
        for column, cell in enumerate(row):
            if rows[0][column] == "No." or not re.fullmatch(r"[(\-£]*\d[\d.]*[m%)]*", cell):
                continue
            for place, digit in enumerate(cell):
                for other in "0123456789" if digit.isdigit() else "":
                    if other != digit:
                        new = [list(one) for one in rows]
                        new[at][column] = f"{cell[:place]}{other}{cell[place + 1 :]}"
                        yield at, column, new


def outcome(report: CheckReport, at: int, column: int) -> str:
    """Say how a report speaks of a changed cell: in a sum that does not foot, as beyond telling, or not at all."""
    held = [place for fault in report.faults for place in (fault.place, *(part.place for part in fault.parts))]
    if any((one.row, one.column) == (at, column) for one in held):
        return "found"
    told = any((one.row, one.column) == (at, column) for one in report.untold)
    return "said" if told or any(one.place.row == at for one in report.unchecked) else "silent"


@pytest.mark.parametrize("name", TABLES)
def test_the_sound_table_has_no_fault(name: str) -> None:
    report = check_report(made_grid(rows_of(TABLES[name])))
    assert report.faults == ()
    assert all(len(one.parts) > 0 for one in report.sums)


def test_every_change_of_one_digit_is_found_or_said() -> None:
    counts = {
        name: Counter(outcome(check_report(made_grid(new)), at, column) for at, column, new in changed(rows_of(text)))
        for name, text in TABLES.items()
    }
    assert {name: many["silent"] for name, many in counts.items() if many["silent"]} == {}
    # One line's own total is no sum; rates, shares and cases per head add up to nothing; no totals, no sums.
    assert {name: many["said"] for name, many in counts.items() if many["said"]} == {
        "a section of one line": 9 * 4,
        "rates beside figures": 9 * 6,
        "shares beside figures": 9 * 7,
        "no totals": 9 * 8,
    }


def test_what_is_beyond_telling_is_named() -> None:
    report = check_report(made_grid(rows_of(TABLES["a section of one line"])))
    assert fault_lines(report) == [
        "Beyond telling: 2 figures are in no sum, so a wrong digit there does not show: Rent (line 7)."
    ]


def test_figures_are_shown_as_they_are_printed() -> None:
    report = check_report(made_grid(rows_of(TABLES["units in cells"].replace("£6.2m", "£6.3m"))))
    assert fault_lines(report)[0] == (
        "Total, 2025/26 (line 4) is printed as £90.0m; its column gives £83.8m + £6.3m = £90.1m, "
        "a difference of −£0.1m."
    )
    assert "  Rounding of the parts could explain it" in fault_lines(report)[1]
