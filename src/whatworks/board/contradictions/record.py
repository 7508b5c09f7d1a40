"""The record as the rules see it: papers in order of their dates, and their words by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from whatworks.board.contradictions.wording import plain, sentence_at
from whatworks.board.parsed import ListedPerson, MinuteParagraph, ParsedPaper
from whatworks.records.calendar_names import MONTHS, long_date
from whatworks.records.documents import Document
from whatworks.records.showing.beginning import beginning

LONGEST_QUOTE = 420
CLAIM = "claim to test"
"""The kind of finding that contradicts nothing: a figure would settle it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A paper's own words, and where they stand; `lines` is (first, last), counted from 1."""

    file: str
    lines: tuple[int, int]
    text: str

    @property
    def place(self) -> str:
        """Where the words stand, for a person.

        >>> Quote("a.txt", (4, 4), "x").place, Quote("a.txt", (4, 6), "x").place
        ('a.txt, line 4', 'a.txt, lines 4 to 6')
        """
        first, last = self.lines
        return f"{self.file}, line {first}" if first == last else f"{self.file}, lines {first} to {last}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that the record says and that cannot both stand as they are, or that cannot be used as they stand.

    `kind` is the rule's name. Where the second source is no paper (the calendar, arithmetic, a base that is missing),
    `against` says what it is; otherwise at least two quotes differ. `question` is what the chair could ask. A finding
    of the kind `CLAIM` stands by itself: nothing differs, and a figure would settle it.
    """

    kind: str
    title: str
    sentence: str
    quotes: tuple[Quote, ...]
    question: str
    against: str | None = None


@dataclass(frozen=True)
class RecordPaper:
    """One paper of the record: its lines, and what was read from them."""

    document: Document
    parsed: ParsedPaper

    @property
    def name(self) -> str:
        """The file's name."""
        return self.document.name

    @property
    def day(self) -> date | None:
        """The day of the meeting or report."""
        return self.parsed.date

    @property
    def when(self) -> str:
        """The day in words, or the file where there is none."""
        return long_date(self.day) if self.day else self.name

    @cached_property
    def board(self) -> tuple[ListedPerson, ...]:
        """Board members and advisers who were present."""
        return tuple(person for person in self.parsed.people if person.capacity == "board" and person.present)

    @cached_property
    def attendance(self) -> tuple[int, int] | None:
        """The lines of all attendance lists together."""
        return span(person.lines for person in self.parsed.people)

    @cached_property
    def texts(self) -> tuple[tuple[MinuteParagraph, str], ...]:
        """The paragraphs with their plain text."""
        return tuple((paragraph, plain(paragraph.text)) for paragraph in self.parsed.paragraphs)

    @cached_property
    def statements(self) -> tuple[tuple[tuple[int, int], str], ...]:
        """Paragraphs, actions, deliverables and the next agenda, each once: (lines, text) in the order of lines."""
        parsed = self.parsed
        found = {one.lines: one.text for one in (*parsed.actions, *parsed.deliverables)}
        found |= {one.lines: one.text for one in parsed.agenda_next}
        found |= {paragraph.lines: paragraph.text for paragraph in parsed.paragraphs}
        return tuple(sorted(found.items()))

    def quote(self, lines: tuple[int, int], holding: str | None = None) -> Quote:
        """Return these lines' words; of a longer text the sentence that holds `holding`, and that sentence's lines."""
        text, starts = self._joined(lines)
        at = text.lower().find(plain(holding).lower()) if holding else -1
        begin, end = sentence_at(text, at) if at >= 0 else (0, len(text))
        first = max(number for start, number in starts if start <= begin)
        last = max(number for start, number in starts if start < end or start == 0)
        return Quote(self.name, (first, last), beginning(text[begin:end], LONGEST_QUOTE))

    def _joined(self, lines: tuple[int, int]) -> tuple[str, list[tuple[int, int]]]:
        """Return the lines as one text, and where in it each line that is not blank begins."""
        text, starts = "", []
        for number in range(lines[0], lines[1] + 1):
            words = plain(self.document.lines[number - 1].text)
            if words:
                text += " " if text else ""
                starts.append((len(text), number))
                text += words
        return text, starts or [(0, lines[0])]


def differing(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Return the findings without claims to test."""
    return tuple(one for one in found if one.kind != CLAIM)


def date_of(day: str, month: str, year: str) -> date | None:
    """Return the day that printed words name; None where the calendar has no such day.

    >>> date_of("29", "february", "2024"), date_of("30", "February", "2024")
    (datetime.date(2024, 2, 29), None)
    """
    try:
        return date(int(year), MONTHS.index(month.capitalize()) + 1, int(day))
    except ValueError:
        return None


def span(places: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first and the last of some lines.

    >>> span([(4, 5), (2, 2)]), span([])
    ((2, 5), None)
    """
    found = list(places)
    return (min(one[0] for one in found), max(one[1] for one in found)) if found else None


def in_order(papers: Sequence[tuple[Document, ParsedPaper]]) -> tuple[RecordPaper, ...]:
    """Return the papers by date, those without one last; a meeting that is given twice is taken once."""
    once = {(document.sha256, parsed.date): RecordPaper(document, parsed) for document, parsed in reversed(papers)}
    return tuple(sorted(once.values(), key=lambda one: (one.day is None, one.day or date.max, one.name)))


def by_body(papers: Iterable[RecordPaper]) -> tuple[tuple[RecordPaper, ...], ...]:
    """Return the dated minutes of each body, in the order of their dates."""
    bodies: dict[str, list[RecordPaper]] = {}
    for paper in papers:
        if paper.parsed.kind == "minutes" and paper.parsed.date:
            key = plain(paper.parsed.body or "").lower().replace("&", "and")
            bodies.setdefault(key, []).append(paper)
    return tuple(tuple(held) for held in bodies.values())
