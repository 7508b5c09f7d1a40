"""What one paper says: meeting, people, decisions, promises, and whatever could not be placed, each with its lines.

The names are the keys of `board read --json` (`minutes.schema.json`). `lines` is (first, last), counted from 1. Nothing
here is invented: an action without an owner has no owners, and a year that is not printed is named under `inferred`.
Texts are the paper's own words with line breaks and runs of spaces made one space.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Lines = tuple[int, int]
Capacity = Literal["board", "lead officer", "presenting", "officer", "secretariat", "apologies"]
"""`board` is who stands under "Board", "Members" or "Board and advisors"; `heading` keeps which."""
FigureKind = Literal["money", "rate", "count", "date"]


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When and where the board meets next. In JSON: "2011-03-15T15:00", or the day alone."""

    day: dt.date
    time: dt.time | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody in the attendance list. Who sent apologies is not present."""

    name: str
    """Without titles: "Claire Kober"."""
    role: str | None
    """Title or post as printed: "Councillor", "Deputy Commissioner", "COO"."""
    organisation: str | None
    capacity: Capacity
    present: bool
    lines: Lines
    heading: str | None = None
    """The printed heading of the list: "Board and advisors"."""
    initials: str | None = None
    """As printed beside the name; None where none are."""


@dataclass(frozen=True, slots=True)
class MinuteItem:
    """A top-level item of the agenda as it was taken. `number` is None where none is printed."""

    number: str | None
    title: str
    lines: Lines
    """Of the heading."""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading below an item."""

    title: str
    item: str | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class MinuteParagraph:
    """A paragraph or list entry. `number` as printed without its final stop ("4.10.3"), None for plain paragraphs."""

    number: str | None
    item: str | None
    """The item's number, or its title where it has none."""
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class MinuteDecision:
    """What the board, or its chair, decided (the strict rule of the methods page)."""

    text: str
    paragraph: str | None
    """Number of the paragraph it stands in, if that has one."""
    decider: str | None
    """Who agreed, as printed ("The Mayor", "The LCRB"); None where the sentence is passive."""
    condition: str | None
    """"subject to publication of the report"; None where unconditional."""
    lines: Lines
    item: str | None = None
    verb: str | None = None
    """agreed, approved, supported, concluded, resolved, happy to take."""
    moved: str | None = None
    """Of a motion: who moved it, as printed."""
    seconded: str | None = None
    result: str | None = None
    """Of a motion: CARRIED, ADOPTED [UNANIMOUS]; what was lost or withdrawn is no decision."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A marked action, a key deliverable, or a commitment made in prose."""

    text: str
    owners: tuple[str, ...]
    """As printed, one each, initials of one person listed put out in full; empty where none is stated."""
    due_text: str | None
    """As printed: "December LCRB meeting", "once completed"."""
    due_from: dt.date | None
    due_to: dt.date | None
    """The interval that `due_text` means; both None where it is open ("once completed") or not stated."""
    marked: bool
    """True where the paper marks it ("Action 1", a row of an action table)."""
    lines: Lines
    paragraph: str | None = None
    item: str | None = None
    number: str | None = None
    """The action's own printed number."""
    due_lines: Lines | None = None
    """Where the due date stands, if not in the promise's own lines."""
    due_kind: Literal["date", "window", "meeting", "event"] | None = None
    """What `due_text` names: a day, a span, a meeting of the board ("next meeting"), or an event (open)."""


@dataclass(frozen=True, slots=True)
class PromiseStatus:
    """What a paper says became of an earlier promise: a row of an action log, "action 3 complete"."""

    state: Literal["closed", "carried", "dropped"]
    """`carried`: still owed, by the new due date where one is given."""
    text: str
    """The words that say so: the sentence, or the cell under "Status"."""
    promise: str | None
    """The promise's own words, where the paper repeats them; else it is known by its number alone."""
    number: str | None
    """The action's printed number."""
    owners: tuple[str, ...]
    due_text: str | None
    due_from: dt.date | None
    due_to: dt.date | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class NamedPriority:
    """A priority that the paper names, and who leads on it."""

    name: str
    lead: str | None
    interim: bool
    """Whether the lead is called interim."""
    status: Literal["suggested", "identified", "agreed"]
    """`suggested` by one person, `identified` by another body, `agreed` in a decision of the board."""
    by: str | None
    """Who suggested, identified or agreed it, as printed."""
    lines: Lines


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What is promised to the next meeting's agenda."""

    text: str
    meeting: dt.date | None
    """The next meeting's date, where the paper gives it."""
    lines: Lines


@dataclass(frozen=True, slots=True)
class MinuteCorrection:
    """A change made to the minutes of an earlier meeting."""

    meeting: dt.date | None
    paragraph: str | None
    change: str
    """removed, amended, added, replaced, deleted."""
    text: str
    inferred: bool
    """Whether the year of `meeting` is not printed."""
    lines: Lines


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """Money, a rate, a count or a date that the paper mentions."""

    kind: FigureKind
    text: str
    """As printed: "£2.2 million", "46.3%", "6 districts", "end of March 2011"."""
    value: Decimal | None
    """Pounds, per cent, or a number of things; None for dates."""
    unit: str | None
    """GBP, per cent, or what is counted ("districts")."""
    from_day: dt.date | None
    to_day: dt.date | None
    base: str | None
    """Of a rate: the number of people behind it as printed; None where none is."""
    paragraph: str | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class Claim:
    """What the paper says about the record itself: "no outstanding actions"."""

    text: str
    sentence: str
    paragraph: str | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a report asks its readers to do."""

    number: str | None
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class PrintedRisk:
    """A risk and the response to it, as a report gives them."""

    text: str
    response: str | None
    lines: Lines
    split_inferred: bool = False
    """True where nothing separates risk from response but a capital letter."""


@dataclass(frozen=True, slots=True)
class ListPoint:
    """One entry of a list: a dependency, a benefit."""

    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class PrintedMeasure:
    """An outcome measure: its name and what is said of it."""

    name: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    long: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class SumFault:
    """A sum that does not foot: what is printed, and what its parts come to."""

    table: str
    row: str
    column: str
    printed: Decimal
    sum: Decimal
    across: bool
    """True where the row's cells do not come to its total; False where a column's lines do not."""
    lines: Lines
    """Of the row that holds the printed figure."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A mention that matches nobody, or more than one; the likely readings are offered, never put in its place."""

    text: str
    kind: Literal["initials", "name", "owner", "date", "attendance"]
    likely: tuple[str, ...]
    reason: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Lines that the reading could not place."""

    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    """All that was read from one paper: minutes, or a report to a board."""

    kind: Literal["minutes", "report"]
    body: str | None
    date: dt.date | None
    weekday_ok: bool | None
    """Whether the printed weekday is that of `date`; None where none is printed."""
    time: dt.time | None
    """When it began; None where the printed time says neither am nor pm nor 24 hours ("3:30")."""
    time_text: str | None
    end: dt.time | None
    place: str | None
    next: NextMeeting | None
    previous: dt.date | None
    inferred: tuple[str, ...]
    """Fields whose year is not printed: ("previous",)."""
    people: tuple[ListedPerson, ...] = ()
    items: tuple[MinuteItem, ...] = ()
    subheadings: tuple[Subheading, ...] = ()
    paragraphs: tuple[MinuteParagraph, ...] = ()
    decisions: tuple[MinuteDecision, ...] = ()
    actions: tuple[Promise, ...] = ()
    deliverables: tuple[Promise, ...] = ()
    commitments: tuple[Promise, ...] = ()
    statuses: tuple[PromiseStatus, ...] = ()
    priorities: tuple[NamedPriority, ...] = ()
    agenda_next: tuple[AgendaItem, ...] = ()
    corrections: tuple[MinuteCorrection, ...] = ()
    figures: tuple[PrintedFigure, ...] = ()
    claims: tuple[Claim, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    risks: tuple[PrintedRisk, ...] = ()
    dependencies: tuple[ListPoint, ...] = ()
    benefits: tuple[ListPoint, ...] = ()
    measures: tuple[PrintedMeasure, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    table_faults: tuple[SumFault, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    lines: Mapping[str, Lines] = field(default_factory=dict)
    """Where the meeting's own fields stand: {"date": (5, 5), "next": (150, 150)}."""
    file: str | None = None
    """The document's name."""
    partial: str | None = None
    """Why the record is not whole, as a sentence."""
