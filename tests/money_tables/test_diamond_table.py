"""The costs and funding of June 2008: exactly its two faults, and after any one changed digit exactly what then fails.

The other way: the figures are read from the report by a pattern of their own, and the sums of the table stand here as
lists of its lines, written down from the paper. Nothing of the code under test says what adds up to what.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from whatworks.money.tables import check_report, check_table
from whatworks.records.documents import Cell, Grid, read_document

pytestmark = pytest.mark.real_data

# Places of the seventeen lines with figures: which of them is the sum of which others, in every column.
DOWN = {5: (0, 1, 2, 3, 4), 8: (6, 7), 9: (5, 8), 16: (10, 11, 12, 13, 14, 15)}
STEPS = (1, 2, 5, 9)
"""By how much each digit is changed, round from nine to zero: its neighbours among them. All nine pass too."""
LINES = (139, 140, 141, 142, 143, 144, 147, 148, 149, 151, 154, 155, 156, 157, 158, 159, 160)


def figures(lines: list[str]) -> list[list[int]]:
    found = []
    for number in LINES:
        cells = re.sub(r"(?<=\d)\xa0", "", lines[number - 1].replace("Authorities\xa0", "Authorities")).split(" ")
        values = [cell for cell in cells if cell][-4:]
        found.append([int(re.sub(r"[^\d]", "", value) or 0) for value in values])
    return found


def failing(table: list[list[int]]) -> set[tuple[int, int, str, int, int]]:
    """Return the sums that fail: line, column, direction, printed, recomputed."""
    found = set()
    for at, row in enumerate(table):
        if row[3] != row[0] + row[1] + row[2]:
            found.add((LINES[at], 4, "row", row[3], row[0] + row[1] + row[2]))
    for target, parts in DOWN.items():
        for column in range(4):
            given = sum(table[part][column] for part in parts)
            if table[target][column] != given:
                found.add((LINES[target], column + 1, "column", table[target][column], given))
    return found


def reported(grid: Grid) -> set[tuple[int, int, str | None, int, int]]:
    return {
        (one.place.line, one.place.column, one.along, int(one.printed or 0), int(one.recomputed or 0))
        for one in check_table(grid)
    }


def the_table(path: Path) -> Grid:
    (found,) = [table for table in read_document(path).tables if check_report(table).sums]
    return found


def test_it_has_exactly_its_two_faults(diamond_report: Path) -> None:
    report = check_report(the_table(diamond_report))
    assert (report.rows, report.columns, len(report.sums), report.unchecked) == (17, 4, 17 + 4 * 4, ())
    staff, funding = report.faults
    assert (staff.printed, staff.recomputed, staff.difference) == (149, 58 + 58 + 34, -1)
    assert (funding.printed, funding.recomputed, funding.difference) == (5560, 5559, 1)
    assert [place.line for place in staff.depends] == [funding.place.line]
    assert funding.depends == ()
    (mend,) = report.mends
    assert (mend.place, mend.would_be) == (staff.place, Decimal(150))


def test_the_other_way_finds_the_same_two(diamond_report: Path) -> None:
    lines = diamond_report.read_text(encoding="utf-8").splitlines()
    assert failing(figures(lines)) == {(157, 4, "row", 149, 150), (160, 4, "column", 5560, 5559)}


def test_any_one_changed_digit_gives_exactly_the_sums_that_then_fail(diamond_report: Path) -> None:
    grid = the_table(diamond_report)
    lines = diamond_report.read_text(encoding="utf-8").splitlines()
    base, tried = figures(lines), 0
    for at, place, text in variants(grid):
        table = [list(one) for one in base]
        line = grid.rows[at][place].lines[0]
        if line in LINES and place:
            table[LINES.index(line)][place - 1] = int(text.replace(",", ""))
        assert reported(changed(grid, at, place, text)) == failing(table), (grid.rows[at][place].text, text)
        tried += 1
    assert tried > 200 * len(STEPS)


@pytest.mark.parametrize("digit", "0123456789")
def test_every_digit_in_the_place_of_one(diamond_report: Path, digit: str) -> None:
    """The first 58 of the police's central staff: 57 mends its row, and breaks its column."""
    text = diamond_report.read_text(encoding="utf-8")
    lines = text.splitlines()
    lines[156] = lines[156].replace(" 58 58 34", f" 5{digit} 58 34")
    assert reported(the_table_of("\n".join(lines))) == failing(figures(lines))
    row = [one for one in failing(figures(lines)) if one[2] == "row"]
    assert bool(row) == (digit != "7")


def variants(grid: Grid) -> Iterator[tuple[int, int, str]]:
    for at, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            for spot, digit in enumerate(cell.text):
                if digit.isdigit():
                    for step in STEPS:
                        other = str((int(digit) + step) % 10)
                        yield at, place, cell.text[:spot] + other + cell.text[spot + 1 :]


def the_table_of(text: str) -> Grid:
    from whatworks.records.documents.plain import number_lines
    from whatworks.records.documents.text_table import find_grids

    (found,) = [table for table in find_grids(number_lines(text)) if check_report(table).sums]
    return found


def changed(grid: Grid, row: int, place: int, text: str) -> Grid:
    cells = list(grid.rows[row])
    cells[place] = Cell(text, cells[place].lines, cells[place].column)
    rows = list(grid.rows)
    rows[row] = tuple(cells)
    return replace(grid, rows=tuple(rows))
