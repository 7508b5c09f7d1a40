"""Set a made-up meeting as minutes in four layouts: dashed, hard-wrapped, numbered, and with attendance tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from datetime import date as Day
from textwrap import wrap
from typing import Literal

from whatworks.records.calendar_names import long_date
from whatworks.simulation.minutes.cast import Attendee

Layout = Literal["dashed", "wrapped", "numbered", "tabled"]
LAYOUTS: tuple[Layout, ...] = ("dashed", "wrapped", "numbered", "tabled")
WRAPPED_AT = 94


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an item: prose, a sub-heading, an action, key deliverables, bullets or a counted list."""

    kind: Literal["prose", "heading", "action", "deliverables", "bullets", "counted"]
    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A made-up meeting; `weekday` is what the minutes print, right or wrong, and `last_number` a planted number."""

    body: str
    date: date
    weekday: str
    start: time
    end: time | None
    place: str
    following: Day
    previous: Day | None
    people: tuple[Attendee, ...]
    items: tuple[Item, ...]
    last_number: str | None = None

    def having(self, capacity: str) -> tuple[Attendee, ...]:
        """Return the people of one list."""
        return tuple(one for one in self.people if one.capacity == capacity)


def minutes(meeting: Meeting, layout: Layout) -> str:
    """Return the minutes' text in a layout."""
    setters: dict[Layout, Callable[[Meeting], list[str]]] = {
        "dashed": _dashed,
        "wrapped": _wrapped,
        "numbered": lambda one: _ruled(one, "–"),
        "tabled": lambda one: _ruled(one, ":"),
    }
    return "\n".join(setters[layout](meeting)) + "\n"


def hour(at: time) -> str:
    """Return an hour with am or pm.

    >>> hour(time(16)), hour(time(11)), hour(time(13, 30))
    ('4pm', '11am', '1:30pm')
    """
    minute = f":{at.minute:02d}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minute}{'pm' if at.hour >= 12 else 'am'}"


def _dashed(meeting: Meeting) -> list[str]:
    """Paragraphs as a dashed list with numbers; attendance as sentences and one tabbed list."""
    lines = [
        meeting.body, "", "Minutes of Meeting", "",
        f"{meeting.weekday} {long_date(meeting.date)}, {hour(meeting.start)} at {meeting.place}.", "", "PRESENT:", "",
        f"Board: {', '.join(one.styled for one in meeting.having('board'))}", "", "Lead Officers", "",
    ]  # fmt: skip
    lines += [f"{one.name}\t{one.role}\t{one.organisation}" for one in meeting.having("lead officer")]
    apologies = ", ".join(one.styled for one in meeting.having("apologies"))
    lines += ["", f"Apologies: {apologies}"] if apologies else [""]
    lines.append(_bracketed("Presenting", meeting.having("presenting")))
    lines.append(_bracketed("Secretariat and supporting officers", meeting.having("officer")))
    for item in meeting.items:
        lines += ["", f"{item.number}. {item.title.upper()}", ""]
        last = meeting.last_number if item is meeting.items[-1] else None
        lines += list(_dashed_blocks(item, last))
    return [*lines, "", *_ending(meeting, f"{long_date(meeting.following)}, 3pm, {meeting.place}")]


def _bracketed(head: str, people: tuple[Attendee, ...]) -> str:
    return f"{head}: {', '.join(f'{one.name} ({one.organisation})' for one in people)}"


def _dashed_blocks(item: Item, last: str | None) -> Iterator[str]:
    at = 0
    for block in item.blocks:
        if block.kind == "heading":
            yield from ("", block.text, "")
            continue
        at += 1
        yield f"- {last or f'{item.number}.{at}'}. {_lead(block)}"
        yield from (f" - {item.number}.{at}.{below}. {point}" for below, point in enumerate(block.points, 1))


def _lead(block: Block) -> str:
    return {"action": f"Action: {block.text}", "deliverables": "Key deliverables:"}.get(block.kind, block.text)


def _wrapped(meeting: Meeting) -> list[str]:
    """Every printed line wrapped, a blank line after each; columns of spaces; mostly unnumbered prose."""
    lines = [
        f" {meeting.body}", "Minutes of Meeting",
        f"{meeting.weekday} {long_date(meeting.date)}, {hour(meeting.start)} at {meeting.place}.", "Present",
    ]  # fmt: skip
    lines += [f"{one.organisation} {one.styled}" for one in meeting.having("board")]
    if meeting.having("apologies"):
        lines.append("Apologies")
        lines += [f"{one.role or one.organisation:<52}{one.styled}" for one in meeting.having("apologies")]
    lines.append("Officers   ")
    lines += [f"{one.role} {one.name} {one.organisation}" for one in meeting.people if _supports(one)]
    parts = [[line] for line in lines]
    for item in meeting.items:
        dot = "" if item.number[-1].isalpha() or item.number > "2" else "."
        parts.append([f"{item.number}{dot} {item.title.upper()}"])
        parts += _wrapped_blocks(item, numbered=bool(dot))
    parts += [[line] for line in _ending(meeting, long_date(meeting.following)) if line]
    spaced = [[line for one in part for line in (f"{one} ", "")] for part in parts]
    return [line for part in spaced for line in (*part, " ", "")]


def _wrapped_blocks(item: Item, *, numbered: bool) -> list[list[str]]:
    parts: list[list[str]] = []
    for at, block in enumerate(item.blocks, 1):
        mark = f"{item.number}.{at}. " if numbered and block.kind == "prose" else ""
        parts.append(wrap(mark + _lead(block), WRAPPED_AT))
        for below, point in enumerate(block.points, 1):
            sign = f"{below}. " if block.kind == "counted" else "- "
            parts.append(wrap(sign + point, WRAPPED_AT))
    return parts


def _supports(one: Attendee) -> bool:
    return one.capacity in ("officer", "lead officer", "presenting")


def _ruled(meeting: Meeting, sign: str) -> list[str]:
    """Attendance as tabbed tables; paragraphs numbered through; actions numbered after them."""
    lines = [
        "", "", meeting.body, "", "Minutes of Meeting", "",
        f"{meeting.weekday} {long_date(meeting.date)}, {meeting.start:%H:%M} {meeting.place}", "", "Present", "",
        "Board and advisors", "",
    ]  # fmt: skip
    lines += [
        f"{one.styled}\t{', '.join(filter(None, (one.role, one.organisation)))}" for one in meeting.having("board")
    ]
    lines += ["", "Officers", ""]
    lines += [f"{one.name}\t{one.organisation}" for one in meeting.people if _supports(one)]
    paragraph, action = 0, 0
    for item in meeting.items:
        lines += ["", _ruled_heading(item, sign), ""]
        for block in item.blocks:
            if block.kind == "action":
                action += 1
                gap = " " if sign == "–" else ""
                lines += ["", f"Action {action}{gap}{sign} {block.text}", ""]
                continue
            paragraph += item.number != ""
            plain = block.kind == "heading" or not item.number
            lines.append(block.text if plain else f"{paragraph}. {_lead(block)}")
            lines += [f" - {point}" for point in block.points]
    ending = f"{long_date(meeting.following)}. 11:00am at {meeting.place}"
    return [*lines, "", *_ending(meeting, ending)]


def _ruled_heading(item: Item, sign: str) -> str:
    return (
        f"ITEM {item.number}{'.' if sign == '–' or item.number in '12' else ' –'} {item.title}"
        if item.number
        else item.title.upper()
    )


def _ending(meeting: Meeting, following: str) -> list[str]:
    end = [f"The meeting finished at {meeting.end:%H:%M}", ""] if meeting.end else []
    return [*end, f"Date of next meeting: {following}"]
