"""Put right what the form of a file does to minutes: numbers alone, sizes of files, feet, several meetings in it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from whatworks.board.reading.attendance.label import read_label
from whatworks.board.reading.block import plain
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.outline import KNOWN_TITLE, is_heading_text
from whatworks.board.reading.printed_date import find_dates
from whatworks.records.documents import Document, Line

_NUMBER = re.compile(r"(?:agenda\s+)?(?:item\s+)?(?:no\.?\s*)?(?P<number>\d{1,3}[a-z]?)\s*[.:)]?", re.IGNORECASE)
_SIZE = re.compile(
    r"\s*(?:\b(?:pdf|word|doc|document) icon\b)?\s*\(?\b(?:PDF|DOCX?|XLSX?|PPTX?),?\s+[\d.,]+\s*[KM]B\)?\s*$"
)
_FURNITURE = re.compile(
    r"(?:skip to (?:main )?content|home|menu|search|print|share(?: this page)?|back to top|view directions|media"
    r"|.*\blogo|.+ [>›»] .+|agenda(?: and minutes)?|items?|no\.?\s+item|key information"
    r"|publication type: .*|attachments:?"
    r"|(?:additional|supporting) documents:?|page \d+(?: of \d+)?|\d+ of \d+|[-–]\s*\d+\s*[-–]"
    r"|(?:signed|chair(?:man|person)?|date)\W.*[._…]{6,}.*)",
    re.IGNORECASE,
)
MOST_TITLE = 140
_LABEL = re.compile(r"minutes\s*:", re.IGNORECASE)


def tidy(document: Document) -> tuple[Document, set[int]]:
    """Return the document with titles beside their numbers and without the page's furniture; and the lines of labels.

    A number that stands alone is an item's if the next line is short and begins with a capital.
    """
    lines = [_without_size(line) for line in document.lines]
    labels = {line.number for line in lines if _LABEL.fullmatch(plain(line.text))}
    furniture = {line.number for line in lines if _FURNITURE.fullmatch(plain(line.text).strip("* "))}
    alone = [at for at, line in enumerate(lines) if _NUMBER.fullmatch(plain(line.text)) and document.kind == "text"]
    for at in alone:
        below = next((n for n in range(at + 1, min(at + 4, len(lines))) if plain(lines[n].text)), None)
        if below is None or not _could_be_title(plain(lines[below].text)):
            continue
        found = _NUMBER.fullmatch(plain(lines[at].text))
        assert found  # noqa: S101
        lines[below] = replace(lines[below], text=f"{found.group('number')}. {plain(lines[below].text)}")
        labels.add(lines[at].number)
    labels |= _number_as_items(lines)
    out = [replace(line, text="") if line.number in labels | furniture else line for line in lines]
    return replace(document, lines=tuple(out)), labels


_OWN = re.compile(
    r"(?P<open>[^\w\s]{0,2}(?:[A-Z][\w.]*[ /-]?){0,3}?[^\w\s]{0,2})\s?(?P<number>\d{1,4})(?P<sign>[^\w\s]{0,2})"
    r"(?:\s+[–—-])?(?:\s+(?P<title>[\"'‘“(A-Z].*))?"
)
FEWEST_KNOWN = 2
"""Of the titles in a way of numbering: with fewer that boards use, it numbers something else."""


def _number_as_items(lines: list[Line]) -> set[int]:
    """Number the headings of a paper that numbers them in its own way ("Minute 45", "§3"); return its label lines."""
    ways: dict[tuple[str, str], list[tuple[int, int, str, int | None]]] = {}
    for at, line in enumerate(lines):
        text = plain(line.text)
        found = _OWN.fullmatch(text) if "\t" not in line.text and len(text) < MOST_TITLE else None
        if found is None or read_marker(f"{text} X")[0]:
            continue
        below = (
            None
            if found["title"]
            else next((n for n in range(at + 1, min(at + 4, len(lines))) if plain(lines[n].text)), None)
        )
        title = found["title"] or (plain(lines[below].text) if below else "")
        chain = ways.setdefault((found["open"], found["sign"]), [])
        number = int(found["number"])
        if is_heading_text(title.rstrip(":"), 18) and (not chain or 0 < number - chain[-1][0] <= 3):
            chain.append((number, at, title, below))
    best = max(
        ways.values(), key=lambda chain: sum(bool(KNOWN_TITLE.match(title)) for _, _, title, _ in chain), default=[]
    )
    if sum(bool(KNOWN_TITLE.match(title)) for _, _, title, _ in best) < FEWEST_KNOWN:
        return set()
    for number, at, title, below in best:
        place = at if below is None else below
        lines[place] = replace(lines[place], text=f"Item {number}: {title}")
    return {lines[at].number for _, at, _, below in best if below is not None}


def _without_size(line: Line) -> Line:
    cut = _SIZE.sub("", line.text)
    return replace(line, text=cut) if cut != line.text and cut.strip() else line


def _could_be_title(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= 18 and not text.endswith(".") and not _NUMBER.fullmatch(text)


_HEAD = re.compile(r"\b(?:minutes|board|partnership|committee|panel|group|council|forum)\b", re.IGNORECASE)
NEAR = 14


def meeting_ranges(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Return (first, last) line of each meeting in a file; one range where it holds one.

    A meeting begins where a full date stands in a head above a list of those present, and the date is a new one.
    """
    filled = [line for line in lines if plain(line.text)]
    begins: list[int] = []
    dates: list[object] = []
    for at, line in enumerate(filled):
        label = read_label(plain(line.text))
        if not label or label.printed.lower() not in ("present", "attendees", "attendance", "members present"):
            continue
        above = filled[max(0, at - NEAR) : at]
        dated = [n for n, one in enumerate(above) if any(day.year for day in find_dates(plain(one.text)))]
        if not dated:
            continue
        day = next(day.on() for day in find_dates(plain(above[dated[-1]].text)) if day.year)
        if day in dates:
            continue
        dates.append(day)
        begins.append(_head(filled, max(0, at - NEAR) + dated[-1]))
    if len(begins) < 2:
        return ((1, len(lines)),)
    starts = [1, *begins[1:]]
    return tuple(zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True))


def _head(filled: Sequence[Line], at: int) -> int:
    """Return the line with which a head begins, going up from its date over its title lines."""
    first = filled[at].number
    for line in reversed(filled[max(0, at - 5) : at]):
        text = plain(line.text)
        if not _HEAD.search(text) or len(text.split()) > 14 or text.endswith(".") or re.search(r"\bnext\b", text, re.I):
            break
        first = line.number
    return first
