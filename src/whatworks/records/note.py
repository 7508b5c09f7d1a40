"""Say something of how a file was read: to who reads it, with numbers, and as a paper may tell it."""

from typing import Self

FEWEST_TOLD = 10
"""Of fewer values no share is told, for a warning stands in the paper."""


class Note(str):
    """A sentence without its full stop; `told` is the same without a number of rows that could be small.

    >>> note = Note("3 rows are hidden", "A few of the rows are hidden")
    >>> note, note.told, Note("column B is a share").told
    ('3 rows are hidden', 'A few of the rows are hidden', 'column B is a share')
    """

    told: str

    def __new__(cls, text: str, told: str | None = None) -> Self:
        """Return the note."""
        note = super().__new__(cls, text)
        note.told = told or text
        return note


def share_of(count: int, total: int) -> str:
    """Return how many of the values, as a warning may tell.

    >>> share_of(80, 1000), share_of(9, 1000), share_of(12, 4000)
    ('About 8%', 'A few', 'Under 1%')
    """
    if count < FEWEST_TOLD:
        return "A few"
    return f"About {100 * count / total:.0f}%" if 200 * count >= total else "Under 1%"
