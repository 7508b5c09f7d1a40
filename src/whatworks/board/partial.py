"""Which papers are only a part of a meeting's record: a draft, an extract, an agenda, or what could be read in part."""

import re

from whatworks.board.parsed import ParsedPaper
from whatworks.records.documents import Document

DRAFT = "It is a draft:"
"""How the sentence of a draft begins."""
HEAD_LINES = 12
_DRAFT = re.compile(
    r"^\W*draft\b(?! (?:strategy|plan|budget|report|policy|action))|\((?:in )?draft\)"
    r"|\bdraft (?:minutes|notes)\b(?! of the (?:last|previous))"
    r"|\bunconfirmed\b|\bsubject to (?:approval|confirmation|ratification)\b|[-–—] ?draft\W*$",
    re.IGNORECASE,
)
_EXTRACT = re.compile(
    r"^\W*(?:an )?(?:extracts?|excerpts?)\b(?: (?:of|from)\b|\W*$| minutes)|\bminutes? extracts?\b", re.IGNORECASE
)
_AGENDA = re.compile(r"^\W*(?:supplementary |draft )?agenda\b(?! and minutes)", re.IGNORECASE)
_MINUTES = re.compile(r"\bminutes\b|\bnotes of\b", re.IGNORECASE)


def why_partial(document: Document, parsed: ParsedPaper) -> str | None:
    """Return all that is to be said of what is missing in a paper or was not read of it, as sentences, or None."""
    known = parsed.partial or ""
    said = [known, *(each for each in (document.partial, part_of(document, parsed)) if each and each not in known)]
    return " ".join(each for each in said if each) or None


def part_of(document: Document, parsed: ParsedPaper) -> str | None:
    """Return why minutes are not the whole record of their meeting, as a sentence, or None.

    Pages or notes that could not be read are said (`why_partial`), and make no part of a record.

    >>> from whatworks.records.documents import Line
    >>> from datetime import date
    >>> from whatworks.board.parsed import ParsedPaper
    >>> read = ParsedPaper("minutes", None, date(2024, 5, 1), True, None, None, None, None, None, None, ())
    >>> part_of(Document("a.txt", "text", "0" * 64, (Line(1, "Draft minutes"), Line(2, "1 May 2024"))), read)
    'It is a draft: line 1 says so.'
    """
    return _sort(document, parsed) if parsed.kind == "minutes" else None


def _sort(document: Document, parsed: ParsedPaper) -> str | None:
    begins = [each.lines[0] for each in parsed.people] + [each.lines[0] for each in parsed.paragraphs]
    first = min(begins, default=len(document.lines) + 1)
    head = [line for line in document.lines if line.text.strip() and line.number < first][:HEAD_LINES]
    for line in head:
        if len(line.text) > 120:
            continue
        if _DRAFT.search(line.text):
            return f"{DRAFT} line {line.number} says so."
        if _EXTRACT.search(line.text):
            return f"It is an extract: line {line.number} says so."
    titled = next((line for line in head if _AGENDA.search(line.text)), None)
    if titled and not any(_MINUTES.search(line.text) for line in head) and not parsed.decisions:
        return f"It is an agenda: line {titled.number} says so."
    return None
