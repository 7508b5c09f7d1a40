"""One contradiction of the record: what is said in two ways, and the lines that say it."""

from dataclasses import dataclass


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
    `against` says what it is; otherwise at least two quotes differ. `question` is what the chair could ask.
    """

    kind: str
    title: str
    sentence: str
    quotes: tuple[Quote, ...]
    question: str
    against: str | None = None
