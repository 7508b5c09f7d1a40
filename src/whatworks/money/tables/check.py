"""Check that a printed table adds up, and say of each sum that does not what is printed and what its parts give."""

from collections.abc import Iterator
from decimal import Decimal

from whatworks.money.tables.fault import CheckReport, Mend, Place, Sum, TableFault
from whatworks.money.tables.figure import Figure, read_figure
from whatworks.money.tables.layout import Layout, read_layout
from whatworks.money.tables.sums import find_sums
from whatworks.records.documents import Grid

Spot = tuple[int, int]


def check_table(grid: Grid) -> tuple[TableFault, ...]:
    """Return each sum of the table that does not foot, and each cell meant for a number that is none.

    Rows, columns, sub-totals and totals are found by the table's words and layout; blanks and dashes count as zero.
    Nothing is repaired. A table without totals or without figures has no faults; see `check_report` for what was
    checked.

    >>> from whatworks.money.tables.sample import sample_grid
    >>> [fault.sentence for fault in check_table(sample_grid())]
    ['Total, 2026/27 (line 4) is printed as 151; its column gives 100 + 50 = 150, a difference of 1.']
    """
    return check_report(grid).faults


def check_report(grid: Grid) -> CheckReport:
    """Return the table's sums, the faults among them, what could not be checked, and what one change would mend all."""
    layout = read_layout(grid)
    if layout is None:
        return CheckReport(grid.name, 0, 0, (), (), (), ())
    found = find_sums(layout)
    failing = [one for one in found.sums if not one.foots]
    faults = [_fault(one, found.sums, layout) for one in failing] + list(_no_numbers(layout))
    return CheckReport(
        name=grid.name,
        rows=sum(row.kind == "figures" for row in layout.rows),
        columns=len(layout.columns),
        sums=found.sums,
        faults=tuple(sorted(faults, key=lambda fault: (fault.place.row, fault.place.column, fault.along or ""))),
        unchecked=found.unchecked,
        mends=tuple(_mends(failing, found.sums, layout)),
        untold=tuple(_untold(layout, found.sums)),
    )


def _untold(layout: Layout, sums: tuple[Sum, ...]) -> Iterator[Place]:
    """Yield the figures that no sum holds."""
    told = {spot for one in sums for spot in _coefficients(one)}
    for row in layout.rows:
        for column in layout.columns:
            if row.kind == "figures" and row.figures[column.at].kind == "number" and (row.at, column.at) not in told:
                yield layout.place(row, column)


def _fault(failed: Sum, sums: tuple[Sum, ...], layout: Layout) -> TableFault:
    difference = failed.printed - failed.recomputed
    return TableFault(
        kind="does not foot",
        place=failed.place,
        text=_at(layout, failed.place).text,
        printed=failed.printed,
        recomputed=failed.recomputed,
        difference=difference,
        along=failed.along,
        parts=failed.parts,
        depends=tuple(_resting_on(failed.place, sums)),
        rounding=2 * abs(difference) <= (len(failed.parts) + 1) * _last_place(failed, layout),
    )


def _no_numbers(layout: Layout) -> Iterator[TableFault]:
    for row in layout.rows:
        for column in layout.columns:
            one = row.figures[column.at]
            if row.kind == "figures" and one.kind == "text":
                place = layout.place(row, column)
                yield TableFault("is not a number", place, one.text, None, None, None, None, (), (), False)


def _resting_on(place: Place, sums: tuple[Sum, ...]) -> list[Place]:
    """Return the figures summed from one, directly or through others, nearest first."""
    reached, ahead = [], [place]
    while ahead:
        spot = _spot(ahead.pop(0))
        for one in sums:
            feeds = any(_spot(part.place) == spot for part in one.parts)
            if feeds and one.place not in reached and one.place != place:
                reached.append(one.place)
                ahead.append(one.place)
    return reached


def _mends(failing: list[Sum], sums: tuple[Sum, ...], layout: Layout) -> Iterator[Mend]:
    """Yield the single changes after which every sum foots: of a figure that stands in every failing sum."""
    if not failing:
        return
    shared = set.intersection(*(set(_coefficients(one)) for one in failing))
    for spot in sorted(shared):
        first = failing[0]
        step = (first.printed - first.recomputed) / _coefficients(first)[spot]
        after = all(
            one.printed - one.recomputed == step * _coefficients(one).get(spot, 0)
            for one in sums
            if not one.foots or spot in _coefficients(one)
        )
        if after:
            place, printed = _named(spot, failing)
            yield Mend(place, printed, printed + step, _at(layout, place).text)


def _coefficients(one: Sum) -> dict[Spot, int]:
    """Return how much the recomputed figure less the printed one grows when a figure of the sum grows by one."""
    return {_spot(one.place): -1} | {_spot(part.place): part.sign for part in one.parts}


def _named(spot: Spot, failing: list[Sum]) -> tuple[Place, Decimal]:
    places = [(one.place, one.printed) for one in failing]
    places += [(part.place, part.printed) for one in failing for part in one.parts]
    return next(found for found in places if _spot(found[0]) == spot)


def _spot(place: Place) -> Spot:
    return place.row, place.column


def _at(layout: Layout, place: Place) -> Figure:
    row = next(row for row in layout.rows if row.at == place.row)
    return row.figures.get(place.column, read_figure(""))


def _last_place(one: Sum, layout: Layout) -> Decimal:
    """Return the worth of one step in the last printed digit of a sum's figures."""
    figures = [_at(layout, place) for place in (one.place, *(part.place for part in one.parts))]
    return Decimal(1).scaleb(-min(figure.places for figure in figures))
