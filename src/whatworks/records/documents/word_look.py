"""Know how a run of a Word file looks where that changes what it says: struck through, hidden, or raised."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from whatworks.records.documents.list_definition import part_root, value
from whatworks.records.documents.note_mark import is_note_mark

Way = Literal["struck-through", "hidden", ""]
_TAKEN_BACK: tuple[tuple[str, Way], ...] = (
    ("w:strike", "struck-through"), ("w:dstrike", "struck-through"), ("w:vanish", "hidden"), ("w:webHidden", ""),
)  # fmt: skip
_OFF = ("0", "false", "off")


class Looks:
    """Asks a run, then the style it names, then its paragraph's style, and what these are based on."""

    def __init__(self, word: WordDocument) -> None:
        root = part_root(word, "styles")
        self._styles: Mapping[str, Any] = {
            one.get(qn("w:styleId"), ""): one for one in (root.findall(qn("w:style")) if root is not None else ())
        }

    def taken_back(self, run: Any) -> Way:
        """Return how a run of text was taken back: struck through, or hidden; the empty text where it was not."""
        said = list(self._said(run))
        for tag, way in _TAKEN_BACK:
            mark = next((one for look in said if (one := look.find(qn(tag))) is not None), None)
            if mark is not None and mark.get(qn("w:val"), "1") not in _OFF:
                return way
        return ""

    def is_heading(self, paragraph: Any) -> bool:
        """Tell whether a paragraph has a heading's style, or all its words are bold."""
        style = value(paragraph.find(qn("w:pPr")), "w:pStyle") if paragraph.find(qn("w:pPr")) is not None else None
        runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
        return bool(runs) and (
            bool(re.match(r"(?:sub)?(?:heading|title)", style or "", re.I)) or all(map(self._is_bold, runs))
        )

    def _is_bold(self, run: Any) -> bool:
        mark = next((one for look in self._said(run) if (one := look.find(qn("w:b"))) is not None), None)
        return mark is not None and mark.get(qn("w:val"), "1") not in _OFF

    def is_note_mark(self, run: Any) -> bool:
        """Tell whether a run is raised as the mark of a note is: not the ending of "3rd", nor the square of "m2"."""
        said = list(self._said(run))
        align = next((one for look in said if (one := value(look, "w:vertAlign"))), "")
        rise = next((one for look in said if (one := value(look, "w:position"))), "0")
        if align != "superscript" and not (rise.isdecimal() and int(rise[:4]) > 0):
            return False
        before = run.getprevious()
        return is_note_mark(_text(run), _text(before) if before is not None else "")

    def _said(self, run: Any) -> Iterator[Any]:
        """Yield the properties that speak of a run, the nearest first."""
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
            yield from self._of_style(value(own, "w:rStyle"))
        paragraph = next(run.iterancestors(qn("w:p")), None)
        yield from self._of_style(value(paragraph.find(qn("w:pPr")), "w:pStyle") if paragraph is not None else None)

    def _of_style(self, name: str | None) -> Iterator[Any]:
        seen: set[str | None] = set()
        while name not in seen and (style := self._styles.get(name or "")) is not None:
            seen.add(name)
            if (look := style.find(qn("w:rPr"))) is not None:
                yield look
            name = value(style, "w:basedOn")


def _text(run: Any) -> str:
    return "".join(one.text or "" for one in run.iter(qn("w:t")))
