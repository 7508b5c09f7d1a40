"""A small made-up table with one fault, for the examples in the documentation of this room."""

from collections.abc import Sequence

from whatworks.records.documents import Cell, Grid


def made_grid(texts: Sequence[Sequence[str]], name: str = "made up") -> Grid:
    """Return a table of these texts, one row a line.

    >>> made_grid([["Cost", "2026/27"], ["Staff", "1,200"]]).rows[1][1].lines
    (2, 2)
    """
    rows = tuple(
        tuple(Cell(text, (line, line), at) for at, text in enumerate(row)) for line, row in enumerate(texts, 1)
    )
    return Grid(name, rows, (1, max(1, len(rows))))


def sample_grid() -> Grid:
    """Return two costs and a total that is one too many."""
    return made_grid([["Cost", "2026/27"], ["Staff", "100"], ["Rent", "50"], ["Total", "151"]])
