"""Read the head of the paper: which body met, when and where, and when it meets again."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from whatworks.board.parsed import Lines, NextMeeting
from whatworks.board.reading.block import PaperBlock, plain
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.printed_date import PrintedDate, PrintedTime, find_dates, find_times
from whatworks.records.documents import Line

_NOUN = (
    r"Board|Partnership|Committee|Sub-Committee|Panel|Group|Council|Forum|Cabinet|Authority|Executive"
    r"|Commission|Assembly"
    r"|Alliance|Trust|Network|Team"
)
_BODY = re.compile(rf"\b(?:{_NOUN})\b", re.IGNORECASE)
_BODY_IN_TITLE = re.compile(
    r"\b(?:(?:minutes|notes|record|report \w+|actions) (?:of|from|for) (?:the |a )?"
    r"|at (?:a|the) (?:\w+ )?(?=meeting of ))(?:\d.*?\d{4} )?"
    rf"(?:meeting of (?:the )?)?(?P<body>(?:(?!\bmeeting|\bheld|\bon\b).)*?\b(?:{_NOUN})\b(?: \([A-Z]+\))?)"
    r"(?=\s*(?:meeting|held|on|,|\.|:|-|–|$))",
    re.IGNORECASE,
)
_BODY_BEFORE = re.compile(
    rf"^(?P<body>.+?\b(?:{_NOUN})\b(?: \([A-Z]+\))?)\s*[-–:,]?\s*(?:(?:\w+ )?meeting )?(?:minutes|notes?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\s*(?:\w+ / )?(?:venue|lleoliad|location|place|held (?:at|in)|where)\s*[:\t]\s*(?P<place>.+)$", re.IGNORECASE
)
_NOT_BODY = re.compile(r"^(?:minutes|present|agenda|report|notes|draft|date|time|venue|apologies|warning|see )\b", re.I)
_HELD_AT = re.compile(r"\bheld (?:at|in) (?P<place>.{3,90}?),? on\b\W*$", re.IGNORECASE)
_ROOM = re.compile(
    r"\b(?:hall|house|offices?|room|centre|chamber|teams|zoom|station|court|school|headquarters|hq|library"
    r"|building|suite"
    r"|college|church|hotel|online|virtual)\b(?!.*:)",
    re.IGNORECASE,
)
_STARTED = re.compile(r"\b(?:meeting|it) (?:started|commenced|began|opened)\b", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:meeting|it|chair|session|business|mayor) (?:was |then )?"
    r"(?:finished|closed|ended|concluded|adjourned|rose|declared)\b"
    r"|\b(?:finish|end|close)(?: time)?\s*:|\bclosed the meeting\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\bdates? (?:and time )?(?:of|for)(?: the)? (?:next|future)\b.*?\bmeetings?\b"
    r"|\bnext (?:[\w&-]+ ){0,5}?meeting\b(?:\s*(?:date)?\s*[:–-]|(?:.{0,60}?\b(?:will|is|to be|would)\b))"
    r"|\bnext meeting\b[\s:–-]*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?\d"
    r"|^\W*(?:[\w&’'-]+ ){0,4}next meeting\b[\s:–-]*$|\bthe (?:[\w&-]+ )?will (?:next )?meet (?:again )?on\b",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"^\s*(?:\w+ / )?(?:date|dyddiad|meeting date|date (?:and time )?of meeting|when|held on)\s*[:\t–-]", re.IGNORECASE
)


@dataclass(slots=True)
class MeetingFacts:
    """What the paper says of the meeting itself, with the lines that say so."""

    body: str | None = None
    date: dt.date | None = None
    weekday_ok: bool | None = None
    time: dt.time | None = None
    time_text: str | None = None
    end: dt.time | None = None
    place: str | None = None
    next: NextMeeting | None = None
    next_inferred: bool = False
    lines: dict[str, Lines] = field(default_factory=dict)


def read_head(lines: Sequence[Line]) -> MeetingFacts:
    """Return body, day, hour and place from the lines above the attendance list or the first item."""
    meeting = MeetingFacts()
    held = [line for line in lines if plain(line.text)]
    _read_body(held, meeting)
    dated = _read_date(held, meeting)
    if dated:
        line, printed = dated
        _read_hour(plain(line.text)[printed.end :], line.number, meeting)
        _read_place(plain(line.text)[printed.end :], line.number, meeting)
        _read_place_around(held, line, printed, meeting)
        for other in held if meeting.time_text is None else ():
            again = next((one for one in find_dates(plain(other.text)) if one.on() == meeting.date), None)
            if again and meeting.time_text is None:
                _read_hour(plain(other.text)[again.end :], other.number, meeting)
    for line in held:
        text = plain(line.text)
        if (found := _PLACE.match(text)) and not (
            dated and "place" in meeting.lines and meeting.lines["place"][0] == dated[0].number
        ):
            meeting.place = re.sub(r"\.?\s*View directions$", "", found.group("place")).strip(" .")
            meeting.lines["place"] = (line.number, line.number)
        hours = meeting.time_text is None and re.match(
            r"\s*(?:\w+ / )?(?:time|amser|start)\b|\s*(?:at )?\d", text, re.IGNORECASE
        )
        if hours or (meeting.time_text is None and _STARTED.search(text)):
            _read_hour(text, line.number, meeting)
    return meeting


def _read_body(lines: Sequence[Line], meeting: MeetingFacts) -> None:
    joined = plain(" ".join(line.text for line in lines[:12]))
    named: list[tuple[str, int]] = []
    for line in lines[:15]:
        if (marker := read_marker(line.text)[0]) and marker.bulleted:
            continue
        cells = [cell for cell in re.split(r"\t|\||\s{3,}", line.text) if cell.strip()]
        labelled = len(cells) == 2 and re.fullmatch(
            rf"(?:\w+ )*(?:meeting|body|name|title|{_NOUN})", plain(cells[0]).strip(" :"), re.I
        )
        text = plain(cells[1] if labelled else line.text).strip(" .:")
        text = re.sub(
            r"\s*[-–:]?\s*(?:draft )?(?:minutes|notes)(?: of (?:the )?meeting)?$", "", text, flags=re.IGNORECASE
        )
        text = re.sub(
            r"^(?:(?:draft )?(?:minutes|notes)|(?:name of )?(?:the )?(?:meeting|body|committee|group|subject|re|title))"
            r"\s*[:–-]\s*",
            "", text, flags=re.IGNORECASE,
        )  # fmt: skip
        dated = next(find_dates(text), None)
        if dated and (before := re.match(rf"(.*\b(?:{_NOUN})\b.*?)\s*[-–—,]\s*$", text[: dated.start], re.IGNORECASE)):
            text = before.group(1)
        text = re.sub(rf"(?<=\b)((?:{_NOUN})) meeting$", r"\1", text, flags=re.IGNORECASE)
        titled = _BODY_BEFORE.match(text)
        text = titled.group("body") if titled else text
        if _BODY.search(text) and not _NOT_BODY.match(text) and not any(find_dates(text)) and len(text.split()) <= 14:
            named.append((text, line.number))
    in_title = next((found for line in lines[:12] if (found := _BODY_IN_TITLE.search(plain(line.text)))), None)
    in_title = in_title or _BODY_IN_TITLE.search(joined)
    best = next((one for one in named if not re.search(r"\bcouncil\W*$", one[0], re.IGNORECASE)), None)
    if in_title and (best is None or best[0].lower() not in joined[: max(0, joined.find(in_title.group()))].lower()):
        body = in_title.group("body").strip()
        at = next((line.number for line in lines if body.split()[0] in plain(line.text)), lines[0].number)
        meeting.body, meeting.lines["body"] = body, (at, at)
    elif best or named:
        text, at = best or named[0]
        first = re.split(r"\s+[-–—]\s+", text)[0]
        meeting.body = first if _BODY.search(first) else text
        meeting.lines["body"] = (at, at)


def _read_date(lines: Sequence[Line], meeting: MeetingFacts) -> tuple[Line, PrintedDate] | None:
    found = [(line, printed) for line in lines for printed in find_dates(plain(line.text)) if printed.year is not None]
    for one, two in pairwise(lines):  # a day that the line's end breaks: "on 3" and "September 2020"
        whole = plain(f"{one.text} {two.text}")
        parts = [
            printed
            for printed in find_dates(whole)
            if printed.year and printed.start < len(plain(one.text)) < printed.end
        ]
        found += [(replace(one, text=whole), printed) for printed in parts]
    found.sort(key=lambda pair: (not _DATE_LABEL.match(plain(pair[0].text)), pair[0].number))
    if not found:
        return None
    line, printed = found[0]
    meeting.date = printed.on()
    assert meeting.date is not None  # noqa: S101
    meeting.weekday_ok = None if printed.weekday is None else printed.weekday == meeting.date.weekday()
    meeting.lines["date"] = (line.number, line.number)
    return line, printed


def _read_hour(text: str, number: int, meeting: MeetingFacts) -> None:
    times = list(find_times(text))
    if not times:
        return
    meeting.time, meeting.time_text = times[0].at, times[0].text
    meeting.lines["time"] = (number, number)
    if len(times) > 1 and re.fullmatch(r"\s*(?:-|–|—|to|until|till)\s*", text[times[0].end : times[1].start]):
        meeting.end = times[1].at
        meeting.lines["end"] = (number, number)
        if meeting.time is None and times[1].at:
            meeting.time = _same_half(times[0], times[1].at)


def _same_half(first: PrintedTime, last: dt.time) -> dt.time | None:
    """Return the hour of "2 – 4pm", where both lie in one half of the day."""
    found = next(find_times(f"{first.text}{'pm' if last.hour >= 12 else 'am'}"), None)
    return found.at if found and found.at and found.at < last else None


def _read_place_around(lines: Sequence[Line], dated: Line, printed: PrintedDate, meeting: MeetingFacts) -> None:
    """Take the place from before the date ("held at X on"), or from the line below it."""
    before = _HELD_AT.search(plain(dated.text)[: printed.start])
    below = next((line for line in lines if line.number > dated.number), None)
    if meeting.place is None and before:
        meeting.place, meeting.lines["place"] = before.group("place").strip(" ,"), (dated.number, dated.number)
    elif meeting.place is None and below and _ROOM.search(plain(below.text)) and len(below.text.split()) <= 12:
        meeting.place, meeting.lines["place"] = plain(below.text).strip(" ."), (below.number, below.number)


def _read_place(text: str, number: int, meeting: MeetingFacts) -> None:
    for printed in reversed(list(find_times(text))):
        text = f"{text[: printed.start]} {text[printed.end :]}"
    text = re.sub(
        r"^[\s,.:;–-]*(?:(?:at|in|held|from|to|-|–|,|\.|commencing|starting)\s+|[\s,.:;–-]+)*", "", text.strip()
    )
    text = re.sub(r"^.*\b(?:time|venue|location|place)\s*:\s*", "", text, flags=re.IGNORECASE)
    place = re.sub(r"^(?:at|in)\s+(?:in\s+|at\s+)?", "", re.sub(r"\s+(?:at|on|from)$", "", text.strip(" .,;:–-")))
    if place and len(place) > 2 and len(place.split()) <= 20:
        meeting.place = place
        meeting.lines["place"] = (number, number)


def read_end(blocks: Sequence[PaperBlock], meeting: MeetingFacts) -> set[int]:
    """Take in when the meeting finished; return the lines that say nothing else."""
    placed: set[int] = set()
    for block in reversed(blocks):
        if not _ENDED.search(block.text) or len(block.text) > 400:
            continue
        times = [time for time in find_times(block.text) if not any(find_dates(block.text[: time.start]))]
        if times and meeting.end is None:
            meeting.end = times[-1].at
            meeting.lines["end"] = block.lines
        if block.marker is None and re.match(r"\W*(?:the )?(?:meeting|finish|end|close)", block.text, re.IGNORECASE):
            placed.update(range(block.lines[0], block.lines[1] + 1))
        if times:
            break
    return placed


def read_next(blocks: Sequence[PaperBlock], meeting: MeetingFacts) -> set[int]:
    """Take in when and where the board meets next; return the lines that say nothing else."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        found = _NEXT.search(block.text)
        if not found or len(block.text) > 600 or len(block.cells) > 2:
            continue
        for near in blocks[at : at + 3]:
            begun = found.start() if near is block else 0
            printed = next((date for date in find_dates(near.text[begun:]) if _is_ahead(date, meeting)), None)
            if printed is None:
                continue
            _take_next(near, printed, begun, meeting)
            only = block.marker is None and found.start() <= 4 and len(block.text) < 200
            return {n for one in (block, near) for n in range(one.lines[0], one.lines[1] + 1)} if only else set()
    return set()


def _is_ahead(printed: PrintedDate, meeting: MeetingFacts) -> bool:
    day = printed.on()
    return day is None or meeting.date is None or day > meeting.date


def _take_next(block: PaperBlock, printed: PrintedDate, begun: int, meeting: MeetingFacts) -> None:
    day = printed.on() or (printed.after(meeting.date) if meeting.date else None)
    if day is None:
        return
    rest = block.text[begun + printed.end :]
    rest = re.split(r"\.\s+(?=[A-Z][a-z]+ [a-z])|\bClosed\b", rest)[0]
    hour = next(find_times(rest), None) or next(find_times(block.text[begun : begun + printed.start]), None)
    held = MeetingFacts()
    _read_place(rest, 0, held)
    meeting.next = NextMeeting(day, hour.at if hour else None, held.place)
    meeting.next_inferred = printed.year is None
    meeting.lines["next"] = block.lines
