r"""Find tables in plain text that are clearly delimited: by bars, by tabs, or by figures at the end of every line.

Reports copied from web pages keep a table's cells with one space between them, and blank cells as no-break spaces.
Cells are therefore split at plain spaces first, a no-break space being a cell, and only then is white space cleaned.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from whatworks.records.documents.document import Cell, Grid, Line
from whatworks.records.documents.placed_table import PlacedTable
from whatworks.records.documents.printed_row import without_leaders

_VALUE = re.compile(r"^[(\-−–]?£?\d[\d,]*(?:\.\d+)?(?:%|[kKmM]|bn)?\)?$|^[-−–]$|^\xa0+$|^n/?a$")
_NUMBER = re.compile(r"\d")
_PERIOD = re.compile(r"(?:\d{4}(?:[/-]\d{2,4})?|[Tt]otal|TOTAL|[QY]\d|Year \d)(?: ?£?[(]?£[^\s\d]?\S*)?")
_CAPTION = re.compile(r"^\s*(table|figure)\s+\w+\s*[:.–-]", re.IGNORECASE)
_RULE = re.compile(r"^[\s|:+-]+$")
_TOTAL = re.compile(r"(?:(?:grand|sub)[ -]?)?total\b|net\b", re.IGNORECASE)
FEWEST_ROWS, MOST_WORDS = 3, 8


def find_grids(lines: Sequence[Line], placed: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Return the tables of a text, in order; `placed` are those that the places of their words make."""
    taken = {number for grid in placed for number in range(grid.lines[0], grid.lines[1] + 1)}
    rest = [line if line.number not in taken else replace(line, text="") for line in lines]
    found = [*placed, *_delimited(rest, "|"), *_delimited(rest, "\t"), *_figures(rest)]
    found.sort(key=lambda grid: grid.lines)
    return tuple(
        Grid(grid.name or f"table {number}", grid.rows, grid.lines) for number, grid in enumerate(found, start=1)
    )


def grid_of(table: PlacedTable, lines: Sequence[Line]) -> Grid:
    """Return a table that places make; every cell has the lines of its row."""
    rows = tuple(tuple(Cell(text, span, column) for column, text in enumerate(texts)) for texts, span in table.rows)
    first, last = table.rows[0][1][0], table.rows[-1][1][1]
    return Grid(_name(lines, first, last), rows, (first, last))


def split_cells(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row; bars at its ends are its frame.

    >>> split_cells("| Owner | Action |", "|"), split_cells("A Person\\tChair", "\\t")
    (['Owner', 'Action'], ['A Person', 'Chair'])
    """
    if delimiter == "|":
        text = text.strip().removeprefix("|").removesuffix("|")
    return [clean(cell) for cell in text.split(delimiter)]


def clean(text: str) -> str:
    """Return text with every run of white space, no-break spaces too, made one space."""
    return " ".join(text.replace("\xa0", " ").split())


def name_cell(text: str, further: int = 0) -> str:
    """Return the text of a row's first cell, with the spaces before it where it is set in, as the parts of a sum are.

    >>> name_cell("  \\xa0Youth  work"), name_cell(" Youth"), name_cell("Youth", 4)
    ('   Youth work', 'Youth', '    Youth')
    """
    held = text.replace("\xa0", " ").expandtabs(4)
    inwards = further + len(held) - len(held.lstrip())
    return (" " * inwards if inwards > 1 and held.strip() else "") + clean(text)


def _delimited(lines: Sequence[Line], delimiter: str) -> list[Grid]:
    grids = []
    for held, run in groupby(lines, key=lambda line: line.text.strip("\n ").count(delimiter) > 0):
        part = list(run)
        if not held or len(part) < (2 if delimiter == "|" else FEWEST_ROWS):
            continue
        rows = tuple(
            tuple(
                Cell(cell, (line.number, line.number), column)
                for column, cell in enumerate(split_cells(line.text, delimiter))
            )
            for line in part
            if not _RULE.match(line.text)
        )
        if rows:
            grids.append(Grid(_name(lines, part[0].number, part[-1].number), rows, (part[0].number, part[-1].number)))
    return grids


def _figures(lines: Sequence[Line]) -> list[Grid]:
    grids = []
    for held, run in groupby(lines, key=lambda line: min(2, len(_tail(line.text)))):
        part = list(run)
        if not held or sum(bool(_NUMBER.search("".join(_tail(line.text)))) for line in part) < FEWEST_ROWS:
            continue
        width = _width(part)
        if not width or (width == 1 and not _is_list_of_costs(part)):
            continue
        header = _header(lines, part[0].number - 1, width)
        rows = [_row(line, width) for line in part]
        first = part[0].number - (1 if header else 0)
        name = _name(lines, first, part[-1].number)
        grids.append(Grid(name, tuple([header, *rows] if header else rows), (first, part[-1].number)))
    return grids


def _is_list_of_costs(part: Sequence[Line]) -> bool:
    """Tell whether lines that each end with one figure are a table: short ones, the last of which is their total."""
    names = [line.text.split()[:-1] for line in part]
    return bool(_TOTAL.match(part[-1].text.strip())) and all(0 < len(words) <= MOST_WORDS for words in names)


def _tokens(text: str) -> list[str]:
    """Split at plain spaces; a no-break space that clings to a word is blank, one that stands alone is a blank cell."""
    tokens = [token for token in without_leaders(text).split(" ") if token]
    return [token if token.strip("\xa0") == "" else token.strip("\xa0") for token in tokens]


def _tail(text: str) -> list[str]:
    tail: list[str] = []
    for token in reversed(_tokens(text)):
        if not _VALUE.match(token):
            break
        tail.insert(0, token)
    return tail


def _width(part: Sequence[Line]) -> int:
    """Return how many value columns the rows have: the commonest length of their tails that hold a figure."""
    lengths = [
        len(tail)
        for line in part
        if len(tail := _tail(line.text)) < len(_tokens(line.text)) and _NUMBER.search("".join(tail))
    ]
    return max(set(lengths), key=lambda length: (lengths.count(length), -length)) if lengths else 0


def _row(line: Line, width: int) -> tuple[Cell, ...]:
    tokens = _tokens(line.text)
    values = tokens[max(0, len(tokens) - width) :] if len(_tail(line.text)) >= width else _tail(line.text)
    label = tokens[: len(tokens) - len(values)]
    values = [*values, *[""] * (width - len(values))]
    texts = [clean(" ".join(label)), *(clean(value) for value in values)]
    return tuple(Cell(text, (line.number, line.number), column) for column, text in enumerate(texts))


def _header(lines: Sequence[Line], number: int, width: int) -> tuple[Cell, ...] | None:
    if number < 1:
        return None
    text = clean(lines[number - 1].text)
    found = [match.span() for match in _PERIOD.finditer(text)]
    if len(found) != width:
        return None
    texts = [text[: found[0][0]].strip(), *(text[start:end].strip() for start, end in found)]
    return tuple(Cell(cell, (number, number), column) for column, cell in enumerate(texts))


def _name(lines: Sequence[Line], first: int, last: int) -> str:
    """Return the caption near a table: one that begins with "Table" below or above it, else the line right above."""
    below = [line.text for line in lines[last : last + 5] if line.text.strip()]
    above = [line.text for line in reversed(lines[max(0, first - 4) : first - 1]) if line.text.strip()]
    for text in (*above[:1], *below):
        if _CAPTION.match(text):
            return clean(text)
    direct = clean(lines[first - 2].text) if first >= 2 else ""
    return direct.rstrip(":") if direct and len(direct) <= 150 else ""
