"""Read a PDF that holds text; a scan without text is refused, since nothing here reads pictures."""

import io
import logging
from pathlib import Path

import pypdf
from pypdf.errors import PdfReadError

from whatworks.records.documents.document import Line
from whatworks.records.documents.opening import Content
from whatworks.records.documents.text_table import find_grids
from whatworks.records.refusal import Fault, Refused

MOST_PAGES = 500
FEWEST_CHARACTERS_A_PAGE = 20


def read(data: bytes, path: Path) -> Content:
    """Return the lines of a PDF, laid out so that columns stay apart, with their pages."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Fault("is locked by a password", "save it without one", path.name))
        pages = [_text(page) for page in reader.pages[:MOST_PAGES]]
        total = len(reader.pages)
    except Refused:
        raise
    except (
        PdfReadError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as fault:
        raise _unreadable(path, fault) from fault
    except Exception as fault:  # pypdf raises what its own dependencies raise
        raise _unreadable(path, fault) from fault
    blank = [number for number, text in enumerate(pages, start=1) if len(text.strip()) < FEWEST_CHARACTERS_A_PAGE]
    if len(blank) == len(pages):
        raise Refused(
            Fault("is a PDF without text, probably a scan", "send the Word file, or a PDF made from it", path.name)
        )
    lines = _lines(pages)
    return Content(lines, find_grids(lines), _partial(blank, total))


def _unreadable(path: Path, fault: Exception) -> Refused:
    if "AES" in str(fault) or "crypt" in str(fault).lower():
        return Refused(Fault("is locked", "save it without a password or restrictions", path.name))
    return Refused(Fault("cannot be read as a PDF: it is damaged", "save it again from its source", path.name))


def _text(page: pypdf.PageObject) -> str:
    try:
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
    except Exception:  # a page whose layout cannot be worked out still has its text
        text = ""
    return text or page.extract_text() or ""


def _lines(pages: list[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for page, text in enumerate(pages, start=1):
        for row in text.split("\n"):
            lines.append(Line(len(lines) + 1, row.rstrip(), page))
        lines.append(Line(len(lines) + 1, "", page))
    return tuple(lines[:-1])


def _partial(blank: list[int], total: int) -> str | None:
    if total > MOST_PAGES:
        return f"Only the first {MOST_PAGES} of {total} pages were read."
    if blank:
        shown = ", ".join(str(number) for number in blank[:10])
        return f"No text on page {shown} of {total}: blank, or scanned pictures that were not read."
    return None
