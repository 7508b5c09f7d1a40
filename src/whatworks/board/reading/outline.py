"""Lay out the body of minutes: items, sub-headings, paragraphs and list entries, each with its place in the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from whatworks.board.parsed import MinuteItem, MinuteParagraph, Subheading
from whatworks.board.reading.block import LABEL, MOST_WORDS, PaperBlock, ends_sentence
from whatworks.board.reading.marker import Marker
from whatworks.board.reading.promise_state import ENDS_IN_STATE

Role = Literal["item", "subheading", "paragraph", "entry", "label", "row"]
KNOWN_TITLE = re.compile(
    r"^(?:(?:chair'?s? )?(?:welcome|introductions?|opening remarks|closing remarks|announcements?)\b|apologies\b|aob\b"
    r"|any other (?:urgent )?business|declarations? of|minutes (?:of|and|&|from)|matters arising"
    r"|actions? (?:from|arising|log)|review of (?:the )?(?:minutes|actions|action log)|next meeting|close\b"
    r"|date (?:and time )?of (?:the )?next|forward plan|public (?:questions|participation)|call to order"
    r"|roll call|adjournment|approval of (?:the )?(?:minutes|agenda|previous)"
    r"|urgent (?:business|items)|exclusion of)",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"^(?:agreed|decided|determined|noted|approved|none|resolved|n/?a|received|no\b|nil|yes|carried|motion|moved|seconded|mover"
    r"|seconder|result|ayes?|nays?"
    r"|adopted|defeated|passed|unanimous\w*|signed|chair\b)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(r"\b(?:decided|agreed|resolved)\W*$", re.IGNORECASE)
_LABEL_ONLY = re.compile(
    r"^(?:(?:key )?deliverables|(?:(?:summary|schedule|list|record) of )?(?:the )?(?:new |agreed |key |staff |further "
    r"|follow[- ]up )?(?:actions?|tasks?|directions?)(?: points?| items?| sheet| summary"
    r"| list| table| required| agreed)?|next steps|to[- ]do|follow[- ]ups?|decisions?|decided"
    r"|determined|agreed|(?:it was )?resolved|resolutions?|recommendations?|minutes|additional documents"
    r"|penderfyniad(?:au)?|penderfynwyd|camau gweithredu|cam gweithredu|gweithred(?:u|oedd)?)"
    r"(?:\s*\([^)]{1,40}\)| unanimously)?\s*[:–-]{0,2}\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A block with its part in the whole."""

    block: PaperBlock
    role: Role
    item: str | None
    """Number of the item it stands under, or its title where it has no number."""
    number: str | None
    """Number of the paragraph that it is, or that it belongs to."""
    under: str | None = None
    """The sub-heading it stands under."""
    label: str | None = None
    """The label above its list, in small letters: "key deliverables", "actions"."""


@dataclass(slots=True)
class Outline:
    """Everything in its place."""

    units: list[Unit] = field(default_factory=list)
    items: list[MinuteItem] = field(default_factory=list)
    subheadings: list[Subheading] = field(default_factory=list)
    paragraphs: list[MinuteParagraph] = field(default_factory=list)


def make_outline(blocks: Sequence[PaperBlock], *, report: bool = False) -> Outline:
    """Return the outline of the blocks below the attendance list, or of a report's."""
    builder = _Builder(blocks, report=report)
    for at, block in enumerate(blocks):
        builder.take(at, block)
    return builder.outline


def _family(marker: Marker) -> str:
    """Return the way of numbering: "3." and "3a" are of one, "20.31" and "20.32" of another, and "3.0" and "4.0"."""
    if marker.kind == "decimal" and marker.text.count(".") == 1:
        first, last = marker.text.split(".")
        return "1.0" if last == "0" else f"{first}.1"
    return "1" if marker.style in ("1.", "1", "1:") else marker.style


def _counted(marker: Marker) -> tuple[int, str]:
    """Return what counts on in its way of numbering: 32 of "20.32", 4 of "4.0"."""
    last = marker.text.partition(".")[2]
    return (int(last), "") if marker.kind == "decimal" and last.isdigit() and last != "0" else marker.key


def is_heading_text(text: str, most_words: int = 14) -> bool:
    """Tell whether a text could be a heading: short, begun with a capital, and no sentence.

    >>> is_heading_text("Violence Against Women & Girls"), is_heading_text("The minutes were agreed.")
    (True, False)
    """
    text = text.strip()
    if not text or len(text.split()) > most_words or not (text[0].isupper() or text[0].isdigit() or text[0] in "‘“'\""):
        return False
    return not re.search(r"[.;,:?!]$", text) or (text.isupper() and text[-1] in ".:")


def is_shouted(text: str) -> bool:
    """Tell whether a text is in capitals, brackets apart.

    >>> is_shouted("MINUTES OF LAST MEETING (24 March)")
    True
    """
    return re.sub(r"\([^)]*\)", "", text).isupper()


class _Builder:
    """Goes down the blocks and keeps where it stands."""

    def __init__(self, blocks: Sequence[PaperBlock], *, report: bool) -> None:
        self.blocks, self.report = blocks, report
        self.outline = Outline()
        self.item: str | None = None
        self.key: tuple[int, str] = (0, "")
        self.under: str | None = None
        self.label: str | None = None
        self.last_number = 0
        self.last_entry: Marker | None = None
        self.open = False
        """Whether the last paragraph is prose, to which the entries below it belong."""
        self.decimals = {block.marker.text for block in blocks if block.marker and block.marker.kind == "decimal"}
        self.chain = {id(block) for block in blocks if block.marker and block.marker.kind == "item"} or self._chain()
        self.numbered_items = bool(self.chain)

    def take(self, at: int, block: PaperBlock) -> None:
        """Put one block in its place."""
        if block.row:
            self._unit(block, "row", None)
        elif self._is_item(at, block):
            self._begin_item(block)
        elif block.marker is None and self._is_subheading(at, block):
            self.outline.subheadings.append(Subheading(block.text.rstrip(" :"), self.item, block.lines))
            self.under, self.label, self.last_entry = block.text.rstrip(" :"), None, None
            self._unit(block, "subheading", None)
        elif _LABEL_ONLY.match(block.text) and not (block.marker and block.marker.kind == "decimal"):
            self._unit(block, "label", self._number())
            self.label = block.text.strip(" :–-").lower()
            self.last_entry = None
        else:
            self._take_text(block)

    def _take_text(self, block: PaperBlock) -> None:
        marker = block.marker
        if marker and marker.kind == "decimal":
            self.label = None
            self._paragraph(block, marker.text)
        elif marker and marker.kind == "number" and not self._is_labelled() and self._goes_on(marker):
            self.last_number = marker.key[0]
            self.label = None
            self._paragraph(block, marker.text)
        elif marker and (marker.kind != "bare" or marker.text == "1" or self._counts_on(marker)):
            self._entry(block)
        elif re.match(r"action(?: point)?s?\b.{0,8}[:–-]", block.text, re.IGNORECASE) and LABEL.match(block.text):
            self._unit(block, "entry", None)
            self.label, self.last_entry = None, None
        else:
            label = self.label if self.outline.units and self.outline.units[-1].role == "label" else None
            self.label = None
            self.last_entry = None
            whole = marker and f"{marker.text} {block.text}"
            self._paragraph(block, None, label=label, text=whole or block.text)

    def _is_labelled(self) -> bool:
        """Tell whether this is an entry of the list under a label, whose entries are not paragraphs of the minutes."""
        last = self.outline.units[-1] if self.outline.units else None
        return self.label is not None and last is not None and (last.role == "label" or last.label == self.label)

    def _counts_on(self, marker: Marker) -> bool:
        return self.last_entry is not None and self.last_entry.style == marker.style

    def _entry(self, block: PaperBlock) -> None:
        self.last_entry = block.marker
        paragraphs = self.outline.paragraphs
        if paragraphs and paragraphs[-1].item == self.item and not self.label and self.open and self._near():
            last = paragraphs[-1]
            paragraphs[-1] = MinuteParagraph(
                last.number, last.item, f"{last.text} {block.text}", (last.lines[0], block.lines[1])
            )
            self._unit(block, "entry", last.number)
        elif self.label:
            self._unit(block, "entry", self._number(), label=self.label)
        else:
            self._paragraph(block, None, role="entry")

    def _near(self) -> bool:
        """Tell whether nothing but entries stands between the last paragraph and this entry."""
        return bool(self.outline.units) and self.outline.units[-1].role in ("paragraph", "entry")

    def _paragraph(
        self,
        block: PaperBlock,
        number: str | None,
        *,
        label: str | None = None,
        role: Role = "paragraph",
        text: str = "",
    ) -> None:
        self.open = role == "paragraph"
        self.outline.paragraphs.append(MinuteParagraph(number, self.item, text or block.text, block.lines))
        self._unit(block, role, number, label=label or (self.label if number else None))

    def _unit(self, block: PaperBlock, role: Role, number: str | None, *, label: str | None = None) -> None:
        self.outline.units.append(Unit(block, role, self.item, number, self.under, label))

    def _number(self) -> str | None:
        last = self.outline.paragraphs[-1] if self.outline.paragraphs else None
        return last.number if last and last.item == self.item else None

    def _begin_item(self, block: PaperBlock) -> None:
        marker = block.marker
        number = marker.text if marker else None
        title = block.text.strip().rstrip(":").strip()
        self.outline.items.append(MinuteItem(number, title, block.lines))
        self.item = number or title
        self.key = marker.key if marker else self.key
        self.under, self.label, self.last_entry = None, None, None
        if self.report:
            self.last_number = 0
        self._unit(block, "item", None)

    def _goes_on(self, marker: Marker) -> bool:
        """Tell whether a number counts paragraphs rather than entries of a list."""
        if self.decimals and not self.report:
            return False
        if self.last_entry and self.last_entry.style == marker.style and self.last_entry.key[0] + 1 == marker.key[0]:
            return False
        number = marker.key[0]
        if number == self.last_number + 1 or "/" in marker.text:
            return True
        fresh = bool(self.outline.units) and self.outline.units[-1].role in ("item", "subheading")
        return fresh and (number == 1 or number > self.last_number)

    def _chain(self) -> set[int]:
        """Return the headings that count on: of all ways of numbering, the one with most headings that are items."""
        styles = {_family(block.marker) for block in self.blocks if block.marker and block.marker.kind != "bullet"}
        chains = [self._counting(style) for style in sorted(styles)]
        best = max(chains, key=lambda chain: (sum(self._is_sure(block) for block in chain), len(chain)), default=[])
        alone = len(best) == 1 and not self._is_sure(best[0]) and not (best[0].marker and best[0].marker.text == "1")
        return set() if alone else {id(block) for block in best}

    def _counting(self, style: str) -> list[PaperBlock]:
        """Return the headings of a way of numbering, each number after the one before; capitals alone, if most are."""
        found = [
            (at, block, block.marker)
            for at, block in enumerate(self.blocks)
            if block.marker and _family(block.marker) == style and not block.marker.bulleted and not block.row
            and (is_heading_text(block.text.rstrip(":"), 18) or (style == "1/20" and is_shouted(block.text)))
        ]  # fmt: skip
        shouted = sum(block.text.isupper() for _, block, _ in found) * 2 > len(found)
        chain: list[PaperBlock] = []
        key = (0, "")
        for at, block, marker in found:
            if shouted and not self._is_sure(block):
                continue
            shouts = block.text.isupper() and len(block.text) > 3
            if marker.kind == "decimal" and not (shouts or block.heading or style == "1.0"):
                continue
            if marker.kind == "letter" or self._in_list(at, marker):
                continue
            count = _counted(marker)
            if style == "1/20" or (count > key and (not chain or count[0] - key[0] <= 4)):
                chain.append(block)
                key = count
        return chain

    def _is_sure(self, block: PaperBlock) -> bool:
        marker = block.marker
        known = KNOWN_TITLE.match(block.text) or (block.text.isupper() and len(block.text) > 2)
        return bool(known or (marker and (self._has_child(marker) or marker.style == "1/20")))

    def _has_child(self, marker: Marker) -> bool:
        return any(number.startswith(f"{marker.text.removesuffix('.0')}.") for number in self.decimals - {marker.text})

    def _is_item(self, at: int, block: PaperBlock) -> bool:
        marker = block.marker
        if marker is None:
            return self._is_unnumbered_item(at, block)
        if self.report:
            return marker.kind == "section" and is_heading_text(block.text)
        return id(block) in self.chain

    def _in_list(self, at: int, marker: Marker) -> bool:
        """Tell whether a short numbered line is one of a run: a list, not headings with text below them."""
        following = self.blocks[at + 1].marker if at + 1 < len(self.blocks) else None
        runs_on = following is not None and (following.style, following.key[0]) == (marker.style, marker.key[0] + 1)
        before = self.blocks[at - 1] if at else None
        return runs_on and before is not None and before.text.endswith(":")

    def _is_unnumbered_item(self, at: int, block: PaperBlock) -> bool:
        if not self._stands_alone(at, block) or not is_heading_text(block.text.rstrip(":")):
            return False
        if self.report:
            return False
        if self.numbered_items:
            early = block.heading and not self.item
            return (early or is_shouted(block.text)) and bool(KNOWN_TITLE.match(block.text))
        return block.heading or is_shouted(block.text) or bool(KNOWN_TITLE.match(block.text)) or block.gap

    def _is_subheading(self, at: int, block: PaperBlock) -> bool:
        if block.heading and not _NO_HEADING.match(block.text):
            return is_heading_text(block.text.rstrip(" :"), MOST_WORDS)
        text = block.text.removesuffix(":")
        return (
            self._stands_alone(at, block) and is_heading_text(text, 9) and (text == block.text or len(text.split()) < 4)
        )

    def _stands_alone(self, at: int, block: PaperBlock) -> bool:
        if block.lines[0] != block.lines[1] or _NO_HEADING.match(block.text) or _LABEL_ONLY.match(block.text):
            return False
        if (
            LABEL.match(block.text)
            or ENDS_IN_STATE.search(block.text)
            or _DECIDES.search(block.text)
            or block.text.endswith(("’", "”"))
            or ends_sentence(block.text.removesuffix(":"))
        ):
            return False
        if re.search(r"\d{4}\b.*\d|:.+\w|@|\t", block.text) or not re.search(r"[A-Za-z]{3}", block.text):
            return False
        following = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return (
            block.gap
            or block.heading
            or bool(following and (following.gap or following.marker or len(following.text) > 60))
        )
