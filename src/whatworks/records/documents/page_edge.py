"""Know the head and the foot of pages: rows that come back on page after page, and numbers of pages."""

import re
from collections import Counter
from collections.abc import Sequence

from whatworks.records.documents.printed_row import Row

DEEPEST = 3
"""Rows at the top and bottom of a page among which its head and foot are."""
_PAGE = re.compile(
    r"\W*(?:page|p\.)\s*\|?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*|[-–—|]\s*\d{1,4}\s*[-–—|]"
    r"|https?://\S+(?:\s+\d+/\d+)?",
    re.IGNORECASE,
)
"""A row that says nothing but its page; a browser prints the address there."""
_BARE = re.compile(r"\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?")
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?: [AP]M)?\s.*")
"""What a browser prints above a page: day, time, title."""
_DIGITS = re.compile(r"\d+")


def is_page(text: str) -> bool:
    """Tell whether a line says nothing but its page.

    >>> is_page(" Page 2 of 10"), is_page("- 3 -"), is_page("Page 3 was read"), is_page("7")
    (True, True, False, False)
    """
    return _PAGE.fullmatch(text.strip()) is not None


def edges_of(pages: Sequence[Sequence[Row]]) -> list[tuple[set[int], set[int]]]:
    """Return of each page which of its rows are its head and which its foot.

    The first page keeps a head that is the same on all, its figures too: it is the paper's title, or heads a table.
    """
    heads = _repeated([rows[:DEEPEST] for rows in pages])
    feet = _repeated([rows[-DEEPEST:] for rows in pages])
    inner = {_same(row) for rows in pages for row in rows[DEEPEST:-DEEPEST]}
    counts = Counter(row.text for rows in pages for row in rows[:DEEPEST])
    found = []
    kept: set[str] = set()
    for rows in pages:
        head = _run(rows, range(min(DEEPEST, len(rows))), heads - inner)
        foot = _run(rows, range(len(rows) - 1, max(len(rows) - 1 - DEEPEST, max(head, default=-1)), -1), feet - inner)
        first = {at for at in head if counts[rows[at].text] > 1 and rows[at].text not in kept}
        kept |= {rows[at].text for at in first}
        found.append((head - first, foot))
    return found


def _repeated(edges: Sequence[Sequence[Row]]) -> set[str]:
    """Return the rows that at least two pages and a third of all have at their edge."""
    counts = Counter(text for rows in edges for text in {_same(row) for row in rows})
    return {text for text, many in counts.items() if many > 1 and 3 * many >= len(edges) and len(text) > 1}


def _run(rows: Sequence[Row], order: Sequence[int], repeated: set[str]) -> set[int]:
    """Return the rows from the edge inwards that are its head or foot."""
    found: set[int] = set()
    for at in order:
        text = " ".join(rows[at].text.split())
        bare = at == len(rows) - 1 and _BARE.fullmatch(text) is not None
        paged = not found and any(_PAGE.fullmatch(segment.text) for segment in rows[at].segments)
        if _same(rows[at]) in repeated or paged or bare or _PRINTED.fullmatch(text):
            found.add(at)
    return found


def _same(row: Row) -> str:
    return _DIGITS.sub("#", row.text)
