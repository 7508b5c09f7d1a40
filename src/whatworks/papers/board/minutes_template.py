"""Minutes as a Word file to fill in, laid out so that `whatworks board read` reads every field back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from whatworks.board.parsed import ListedPerson, ParsedPaper
from whatworks.papers.forms.characters import holdable
from whatworks.papers.forms.word_style import PAGE_WIDTH, blank, coloured, edge, narrow, repeat, typeface
from whatworks.papers.forms.zip_container import settled
from whatworks.pictures.palette import DARK_BLUE, RULE
from whatworks.records.calendar_names import long_date
from whatworks.records.refusal import Refused
from whatworks.records.writing.private_file import write_whole

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LISTS = ("Board", "Lead Officers", "Officers")
WIDTHS = (0.36, 0.32, 0.32)
PLACEHOLDER = "[...]"
"""What stands where something is to be filled in."""


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """One paragraph of an item. `points` are the key deliverables, or the bullets below a paragraph."""

    kind: Literal["paragraph", "action", "deliverables"]
    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agendum:
    """An item of the agenda with what was minuted under it."""

    title: str
    entries: tuple[TemplateEntry, ...]


@dataclass(frozen=True, slots=True)
class Attending:
    """A line of an attendance list; `heading` is the list's: Board, Lead Officers, Officers or Apologies."""

    name: str
    role: str
    organisation: str
    heading: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What minutes hold. `day`, `start`, `end` and `following` are None where they are still to be filled in."""

    body: str
    day: date | None
    start: time | None
    end: time | None
    place: str
    following: date | None
    following_at: time | None
    people: tuple[Attending, ...]
    items: tuple[Agendum, ...]


def blank_minutes(body: str = "") -> Minutes:
    """Return minutes to fill in, with the items that every meeting has.

    >>> blank_minutes("A Board").items[1].title
    'Minutes of last meeting and actions'
    """
    empty = (TemplateEntry("paragraph", PLACEHOLDER),)
    titles = ("Welcome and introductions", "Minutes of last meeting and actions", PLACEHOLDER, "Any other business")
    people = tuple(Attending(PLACEHOLDER, PLACEHOLDER, PLACEHOLDER, heading) for heading in (*LISTS, "Apologies"))
    items = [Agendum(title, empty) for title in titles]
    items[2] = Agendum(
        PLACEHOLDER, (*empty, TemplateEntry("action", f"{PLACEHOLDER} to {PLACEHOLDER} by {PLACEHOLDER}."))
    )
    return Minutes(body or PLACEHOLDER, None, None, None, PLACEHOLDER, None, None, people, tuple(items))


def after_meeting(last: ParsedPaper) -> Minutes:
    """Return minutes to fill in for the meeting after `last`: its board, its next date, its actions to report on."""
    draft = blank_minutes(last.body or "")
    people = tuple(attending(person) for person in last.people if person.present)
    actions = [
        TemplateEntry("paragraph", f"Update on: {' '.join(action.text.split())} [...]") for action in last.actions
    ]
    items = list(draft.items)
    items[1] = replace(items[1], entries=(*items[1].entries, *actions))
    items[2:3] = [Agendum(one.text, draft.items[2].entries) for one in last.agenda_next] or [draft.items[2]]
    return replace(
        draft,
        day=last.next.day if last.next else None,
        start=last.next.time if last.next else None,
        place=(last.next.place if last.next else None) or last.place or PLACEHOLDER,
        people=people or draft.people,
        items=tuple(items),
    )


def attending(one: ListedPerson) -> Attending:
    """Return a person's line; whoever is neither board nor lead officer is an officer."""
    heading = {"board": "Board", "lead officer": "Lead Officers", "apologies": "Apologies"}.get(
        one.capacity, "Officers"
    )
    return Attending(one.name, one.role or "", one.organisation or "", heading)


def minutes_document(minutes: Minutes) -> bytes:
    """Return the minutes as a Word file, the same bytes each time."""
    document = blank()
    typeface(document.styles["Heading 3"])
    coloured(document.styles["Heading 3"], DARK_BLUE)
    stamp(document, minutes)
    document.add_heading(minutes.body, level=1)
    document.add_paragraph("Minutes of Meeting", style="Paper lead")
    document.add_paragraph(opening(minutes))
    document.add_heading("Present", level=2)
    for heading in dict.fromkeys((*LISTS, *(person.heading for person in minutes.people))):
        if heading != "Apologies":
            attendance(document, heading, [person for person in minutes.people if person.heading == heading])
    attendance(document, "Apologies", [person for person in minutes.people if person.heading == "Apologies"])
    reached = 0
    for number, item in enumerate(minutes.items, 1):
        document.add_heading(f"{number}. {item.title}", level=2)
        reached = entries(document, number, item, reached)
    document.add_paragraph(f"The meeting finished at {f'{minutes.end:%H:%M}' if minutes.end else PLACEHOLDER}")
    document.add_paragraph(f"Date of next meeting: {next_line(minutes)}")
    box = BytesIO()
    document.save(box)
    return settled(box.getvalue())


def stamp(document: Any, minutes: Minutes) -> None:
    """Set the document's properties; its times are the meeting's day, never the clock."""
    at = datetime.combine(minutes.day or date(2000, 1, 1), time())
    properties = document.core_properties
    properties.title, properties.subject, properties.author = f"{minutes.body}: minutes", "Minutes", minutes.body
    properties.created = properties.modified = at
    properties.last_modified_by, properties.revision, properties.language = "whatworks", 1, "en-GB"
    properties.comments = properties.keywords = properties.category = ""


def opening(minutes: Minutes) -> str:
    """Return the line of date, time and place; the weekday is worked out, so that it cannot be wrong."""
    day = f"{WEEKDAYS[minutes.day.weekday()]} {long_date(minutes.day)}" if minutes.day else PLACEHOLDER
    return f"{day}, {f'{minutes.start:%H:%M}' if minutes.start else PLACEHOLDER} at {minutes.place}"


def next_line(minutes: Minutes) -> str:
    """Return the next meeting's day and time."""
    if minutes.following is None:
        return PLACEHOLDER
    return long_date(minutes.following) + (f", {minutes.following_at:%H:%M}" if minutes.following_at else "")


def attendance(document: Any, heading: str, people: Sequence[Attending]) -> None:
    """Add one attendance list as a table of name, role and organisation."""
    if not people:
        return
    document.add_heading(heading, level=3)
    table = document.add_table(rows=0, cols=3)
    narrow(table)
    for person in people:
        row = table.add_row()
        repeat(row, header=False)
        for cell, share, words in zip(row.cells, WIDTHS, (person.name, person.role, person.organisation), strict=True):
            cell.width = round(PAGE_WIDTH * share)
            cell.paragraphs[0].add_run(words)
            edge(cell, RULE if words else DARK_BLUE)


def entries(document: Any, number: int, item: Agendum, actions: int) -> int:
    """Add an item's paragraphs, actions and deliverables; return how many actions there are so far."""
    at = 0
    for entry in item.entries:
        if entry.kind == "action":
            actions += 1
            document.add_paragraph().add_run(f"Action {actions}: {entry.text}").bold = True
            continue
        if entry.kind == "deliverables":
            document.add_paragraph("Key deliverables:")
        else:
            at += 1
            document.add_paragraph(f"{number}.{at}. {entry.text}", style="Paper numbered")
        for point in entry.points:
            document.add_paragraph(f"- {point}")
    return actions


def write_minutes_template(minutes: Minutes, path: Path) -> None:
    """Write the Word file, or refuse a place that cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, minutes_document(holdable(minutes)))
    except OSError as fault:
        raise Refused(f"{path.name} cannot be written", "name a folder that is new or may be written") from fault
