"""Find tables that nothing but the places of their words makes: rows whose cells stand below one another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from whatworks.records.documents.document import MOST_COLUMNS
from whatworks.records.documents.printed_row import Row, Segment, segments_of

MOST_BETWEEN = 9
"""Rows with one cell that may stand between rows with several: headings, and cells that run over lines."""
WIDEST_STEP = 4.0
LOOKED_AT = 8
"""Rows above one of a single cell that say where the columns of its table are."""
LOOSE = 1.08
"""A row of a table stands this much further below the one before than the lines within a cell, or more."""
FEWEST_FITTING = 0.6
NARROW_GAP = 0.45
"""As `COLUMN_GAP`, in a row that other rows show to stand in columns."""
_FIGURE = re.compile(r"^[(\-−–+]?\s*[£$€]?\s*[(\-−–]?\d[\d,. ]*\s*(?:%|[kKmM]|bn|million)?\)?[*†‡]*$|^[-−–—]$")


@dataclass(slots=True)
class PlacedTable:
    """A table: its rows of cells' texts, each with its first and last line, and the sides of its columns."""

    rows: list[tuple[list[str], tuple[int, int]]]
    edges: list[tuple[float, float]]
    first: int
    last: int
    """Places of its first and last row among those given."""


def find_tables(rows: Sequence[Row]) -> list[PlacedTable]:
    """Return the tables that stand in the rows of a page or a column, from the top."""
    tables, begun = [], 0
    while begun < len(rows):
        if not 2 <= len(rows[begun].segments) <= MOST_COLUMNS:
            begun += 1
            continue
        end = _end(rows, begun)
        table = _table(rows, begun, end) if end > begun else None
        if table:
            tables.append(table)
        begun = (table.last if table else begun) + 1
    return tables


def _end(rows: Sequence[Row], first: int) -> int:
    """Return the last row of the run that begins here: the last with several cells that the others lead to."""
    last = at = first
    while at + 1 < len(rows) and at + 1 - last <= MOST_BETWEEN and rows[at + 1].step <= WIDEST_STEP:
        at += 1
        if 1 < len(rows[at].segments) <= MOST_COLUMNS:
            last = at
        elif not _is_cell(rows[at].segments[0], rows[max(first, last - LOOKED_AT) : last + 1]):
            break
    return last


def _is_cell(segment: Segment, part: Sequence[Row]) -> bool:
    """Tell whether a row of one segment could be of these rows' table: in one of its columns, and not so wide."""
    edges = _columns([row for row in part if len(row.segments) > 1])
    wide = segment.right - segment.left > _MOST_SINGLE * (edges[-1][1] - edges[0][0])
    return not wide and len(_over(segment, edges)) == 1


_MOST_SINGLE = 0.75
"""A row of one cell is not wider than this part of its table: it would be prose."""


def _table(rows: Sequence[Row], first: int, last: int) -> PlacedTable | None:
    part = rows[first : last + 1]
    several = [row for row in part if len(row.segments) > 1]
    edges = _columns(several)
    fitting = sum(_fits(row, edges) for row in several)
    enough = len(several) > 2 or (len(several) == 2 and len(edges) > 2)
    if not enough or not 2 <= len(edges) <= MOST_COLUMNS or fitting < FEWEST_FITTING * len(several):
        return None
    while last + 1 < len(rows) and _goes_on(rows[last + 1], part, edges):
        last += 1
        part = rows[first : last + 1]
    return PlacedTable(_logical(part, edges), edges, first, last)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the sides of the columns: those of the fullest row, widened and added to by the others."""
    columns: list[list[float]] = []
    for row in sorted(rows, key=lambda row: -len(row.segments)):
        for segment in row.segments:
            over = [column for column in columns if segment.left < column[1] and segment.right > column[0]]
            if not over:
                columns.append([segment.left, segment.right])
            elif len(over) == 1:
                others = [column for column in columns if column is not over[0]]
                left, right = min(over[0][0], segment.left), max(over[0][1], segment.right)
                if not any(left < column[1] and right > column[0] for column in others):
                    over[0][:] = [left, right]
    return _joined(rows, sorted((left, right) for left, right in columns))


def _joined(rows: Sequence[Row], edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join a heading that stands beside its figures, not above them: two columns of which no row fills both."""
    at = 0
    while at + 1 < len(edges):
        cells = [_cells(row, edges) for row in rows]
        filled = [(bool(row[at]), bool(row[at + 1])) for row in cells]
        both, fewest = any(all(pair) for pair in filled), min(sum(one) for one in zip(*filled, strict=True))
        if at and not both and fewest <= 2:
            edges = [*edges[:at], (edges[at][0], edges[at + 1][1]), *edges[at + 2 :]]
        else:
            at += 1
    return edges


def _place(segment: Segment, edges: Sequence[tuple[float, float]]) -> int:
    """Return the column of a segment: the first that it overlaps, else the nearest."""
    over = _over(segment, edges)
    middle = (segment.left + segment.right) / 2
    return over[0] if over else min(range(len(edges)), key=lambda at: abs(sum(edges[at]) / 2 - middle))


def _over(segment: Segment, edges: Sequence[tuple[float, float]]) -> list[int]:
    """Return the columns that a segment stands over."""
    return [at for at, (left, right) in enumerate(edges) if segment.left < right and segment.right > left]


def _parted(row: Row, edges: Sequence[tuple[float, float]]) -> list[Segment]:
    """Return a row's segments; one that stands over several columns is parted at narrower gaps, where they part it."""
    parted: list[Segment] = []
    for segment in row.segments:
        words = [word for word in row.words if segment.left <= word.left < segment.right]
        narrow = segments_of(words, NARROW_GAP * row.height) if len(_over(segment, edges)) > 1 else [segment]
        places = [at for one in narrow for at in _over(one, edges)]
        parted += narrow if len(places) == len(set(places)) else [segment]
    return parted


def _cells(row: Row, edges: Sequence[tuple[float, float]]) -> list[str]:
    cells = [""] * len(edges)
    for segment in _parted(row, edges):
        at = _place(segment, edges)
        cells[at] = f"{cells[at]} {segment.text}".strip()
    return cells


def _fits(row: Row, edges: Sequence[tuple[float, float]]) -> bool:
    """Tell whether every cell of a row stands in one column of its own."""
    places = [_over(segment, edges) for segment in _parted(row, edges)]
    return all(len(one) == 1 for one in places) and len({one[0] for one in places}) == len(places)


def _goes_on(row: Row, part: Sequence[Row], edges: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a row of one cell below a table runs on from its last row."""
    tight = min((one.step for one in part[1:]), default=0.0)
    usual = median(one.step for one in part[1:]) if len(part) > 1 else 0.0
    if len(row.segments) > 1 or row.step > 1.05 * tight or (tight > 0.9 * usual and not row.text[:1].islower()):
        return False
    over = _over(row.segments[0], edges)
    return len(over) == 1 and row.words[-1].right <= edges[over[0]][1] + row.height


def _logical(part: Sequence[Row], edges: Sequence[tuple[float, float]]) -> list[tuple[list[str], tuple[int, int]]]:
    """Return the table's rows, each put together from the printed rows that its cells run over.

    Drawn lines say where rows end, or else larger steps from row to row, or else the words.
    """
    cut = [_cells(row, edges) for row in part]
    of_figures = [_is_of_figures([cells[at] for cells in cut]) for at in range(len(edges))]
    if any(of_figures):
        _indent(part, cut, edges)
    steps = _steps(part, edges)
    tight = min(steps[1:], default=0.0)
    parted = _parted_by(part, cut, of_figures, [step > LOOSE * tight for step in steps])
    found: list[tuple[list[str], tuple[int, int]]] = []
    for at, (row, cells) in enumerate(zip(part, cut, strict=True)):
        above = found[-1][0] if found else []
        clash = any(one and two for one, two, held in zip(above, cells, of_figures, strict=False) if held)
        goes_on = not parted[at] if parted else _runs_on(above, cells, of_figures, close=steps[at] <= LOOSE * tight)
        if found and goes_on and not clash:
            merged = [
                f"{one} {two.strip()}" if two and one else one or two for one, two in zip(above, cells, strict=True)
            ]
            found[-1] = merged, (found[-1][1][0], row.number)
        else:
            found.append((cells, (row.number, row.number)))
    return found


def _indent(part: Sequence[Row], cut: Sequence[list[str]], edges: Sequence[tuple[float, float]]) -> None:
    """Put spaces before the names that stand further in than most, as the parts of a sum do."""
    lefts = [row.segments[0].left for row, cells in zip(part, cut, strict=True) if cells[0]]
    for row, cells in zip(part, cut, strict=True):
        inwards = (row.segments[0].left - edges[0][0]) / row.height
        if (
            cells[0]
            and inwards > 0.5
            and 2 * sum(left - edges[0][0] < 0.3 * row.height for left in lefts) >= len(lefts)
        ):
            cells[0] = " " * round(2 * inwards) + cells[0]


def _steps(part: Sequence[Row], edges: Sequence[tuple[float, float]]) -> list[float]:
    """Return how far each row stands below what is above it in one of its columns, in heights of its letters.

    What stands between the lines of another cell, in the middle of its row, is as close as these are.
    """
    steps, above = [0.0], dict[int, float]()
    for at, row in enumerate(part):
        bases = {_place(segment, edges): segment.base for segment in _parted(row, edges)}
        if at:
            met = [(above[column] - base) / row.height for column, base in bases.items() if column in above]
            steps.append(min(met, default=row.step))
        above |= bases
    tight = min(steps[1:], default=0.0)
    return [min(step, tight) if row.step < 0.9 * tight else step for row, step in zip(part, steps, strict=True)]


def _is_of_figures(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return 2 * sum(bool(_FIGURE.match(cell)) for cell in filled) > len(filled)


def _parted_by(
    part: Sequence[Row], cut: Sequence[Sequence[str]], of_figures: Sequence[bool], loose: Sequence[bool]
) -> Sequence[bool]:
    """Return before which printed rows a row of the table begins; nothing where neither lines nor steps say so."""
    ruled = [row.ruled for row in part]
    if sum(ruled[2:]) > 1 and not any(wide and not rule for wide, rule in zip(loose[1:], ruled[1:], strict=True)):
        return ruled
    figures = [any(cell for cell, held in zip(cells, of_figures, strict=True) if held) for cells in cut]
    pairs = [gap for gap, one, two in zip(loose[1:], figures, figures[1:], strict=False) if one and two]
    broken = any(not all(cells) for cells in cut)
    if pairs:
        return loose if all(pairs) and broken else []
    return loose if sum(loose[2:]) > 1 or (any(loose[1:]) and broken) else []


def _runs_on(above: Sequence[str], cells: Sequence[str], of_figures: Sequence[bool], *, close: bool) -> bool:
    """Tell by its words whether a printed row goes on with the cells of the row above it."""
    small = cells[0].strip()[:1].islower()
    if any(of_figures):
        return close and small and not (any(above[1:]) and any(cells[1:]))
    return not cells[0] or (not any(cells[1:]) and small)


def edges_match(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    """Tell whether two tables have the same columns, as parts of one on two pages have."""
    return len(one) == len(other) and all(a[0] < d[1] and a[1] > d[0] for a, d in zip(one, other, strict=True))
