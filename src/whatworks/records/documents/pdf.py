"""Read a PDF that holds text; a scan without text is refused, since nothing here reads pictures."""

import io
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import DependencyError

from whatworks.records.documents.document import unread
from whatworks.records.documents.opening import Content
from whatworks.records.documents.pdf_steps import steps_of
from whatworks.records.documents.pdf_words import words_of
from whatworks.records.documents.printed_paper import Page, PrintedPaper
from whatworks.records.refusal import Fault, Refused

MOST_PAGES = 500
MOST_PAGE_BYTES, MOST_PAGES_BYTES = 2**20, 8 * 2**20
FEWEST_CHARACTERS_A_PAGE = 20
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
"""What a font's map may make of a sign, and no file or screen can take."""
PRINT_AGAIN = "print the paper to a new PDF and send that"


def read(data: bytes, path: Path) -> Content:
    """Return the lines of a PDF, laid out so that columns stay apart, with their pages.

    What stands in form fields and typed notes is not read, which the content says of itself.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Fault("is locked by a password", "save it without one", path.name))
        held = reader.pages[:MOST_PAGES]
        pages = list(_pages(held))
        filled = sum(_filled(page) for page in held)
        total = len(reader.pages)
    except Refused:
        raise
    except Exception as fault:  # pypdf raises what its own dependencies raise
        raise _unreadable(path, fault) from fault
    if not pages:
        raise Refused(Fault("is a PDF without pages", "save it again from its source", path.name))
    blank = [number for number, page in enumerate(pages, start=1) if _length(page) < FEWEST_CHARACTERS_A_PAGE]
    if len(blank) == len(pages):
        raise _without_text(path, filled)
    paper = PrintedPaper()
    paper.take(pages)
    said = (_partial(blank, total, filled), paper.unclear(), unread(paper.asides))
    return Content(tuple(paper.lines), paper.grids(), " ".join(one for one in said if one) or None, tuple(paper.asides))


def _length(page: Page) -> int:
    return len(page.strip()) if isinstance(page, str) else sum(len(word.text) + 1 for word in page[0])


def _without_text(path: Path, filled: int) -> Refused:
    if filled:
        return Refused(Fault("holds its words in form fields, which are not read", PRINT_AGAIN, path.name))
    problem = "is a PDF without text, probably a scan"
    return Refused(Fault(problem, "send the Word file, or a PDF made from it", path.name))


def _unreadable(path: Path, fault: Exception) -> Refused:
    if "AES" in str(fault) or "crypt" in str(fault).lower():
        return Refused(Fault("is locked", "save it without a password or restrictions", path.name))
    return Refused(Fault("cannot be read as a PDF: it is damaged", "save it again from its source", path.name))


def _pages(pages: Iterable[pypdf.PageObject]) -> Iterator[Page]:
    """Yield the pages; nothing of a page that, or all of whose pages so far, take more steps than writing does."""
    total = 0
    for page in pages:
        size = _size(page)
        total += size if size <= MOST_PAGE_BYTES else 0
        yield _page(page) if size <= MOST_PAGE_BYTES and total <= MOST_PAGES_BYTES else ""


def _page(page: pypdf.PageObject) -> Page:
    """Return a page's words, or its text alone where their places cannot be worked out; nothing of a damaged one."""
    try:
        drawn = words_of(page, steps_of(page))
    except Exception as fault:
        if isinstance(fault, DependencyError):
            raise
        drawn = [], []
    if drawn is None:
        return ""
    for word in drawn[0]:
        word.text = _NO_TEXT.sub("\ufffd", word.text)
    try:
        return drawn if drawn[0] else _NO_TEXT.sub("\ufffd", page.extract_text() or "")
    except Exception:
        return ""


def _size(page: pypdf.PageObject) -> int:
    """Return how many bytes of steps draw a page; nothing where they cannot be read, which is said of the page."""
    try:
        content = page.get_contents()
        return 0 if content is None else len(content.get_data())
    except Exception:
        return 0


def _filled(page: pypdf.PageObject) -> int:
    """Return how many form fields and typed notes of a page hold something."""
    try:
        notes = [one.get_object() for one in page.get("/Annots", pypdf.generic.ArrayObject()).get_object()]
        return sum(_is_filled(one) for one in notes)
    except Exception:  # what stands round a page may be damaged though its text is whole
        return 0


def _is_filled(note: Any) -> bool:
    if note.get("/Subtype") == "/FreeText":
        return bool(str(note.get("/Contents", "")).strip())
    if note.get("/Subtype") != "/Widget":
        return False
    above = note.get("/Parent", {}).get_object() if "/Parent" in note else {}
    return str(note.get("/V", above.get("/V", ""))).strip() not in ("", "/Off")


def _partial(blank: list[int], total: int, filled: int) -> str | None:
    said = []
    if total > MOST_PAGES:
        said.append(f"Only the first {MOST_PAGES} of {total} pages were read.")
    if blank:
        shown = ", ".join(str(number) for number in blank[:10])
        more = f" and {len(blank) - 10} more" if len(blank) > 10 else ""
        said.append(
            f"No text on page {shown}{more} of {total}: blank, damaged, or scanned pictures that were not read."
        )
    if filled:
        what = "1 form field or typed note was" if filled == 1 else f"{filled} form fields or typed notes were"
        said.append(f"{what} not read: {PRINT_AGAIN}.")
    return " ".join(said) or None
