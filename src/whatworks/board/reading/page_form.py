"""Put right what a web page copied as text, or a printed one, does to minutes: numbers alone, sizes of files, feet."""

import re
from dataclasses import replace

from whatworks.board.reading.block import plain
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
    out = [replace(line, text="") if line.number in labels | furniture else line for line in lines]
    return replace(document, lines=tuple(out)), labels


def _without_size(line: Line) -> Line:
    cut = _SIZE.sub("", line.text)
    return replace(line, text=cut) if cut != line.text and cut.strip() else line


def _could_be_title(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= 18 and not text.endswith(".") and not _NUMBER.fullmatch(text)
