"""Read when something is due: as written, and as the days that this means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from whatworks.board.parsed import NextMeeting
from whatworks.board.reading.printed_date import MONTHS, WEEKDAYS, PrintedDate, find_dates, month_span
from whatworks.records import calendar_names

DueKind = Literal["date", "window", "meeting", "event"]
_FULL_MONTHS = "|".join(calendar_names.MONTHS)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
_COUNTS |= {"nine": 9, "ten": 10, "twelve": 12, "fourteen": 14}
_COUNT = r"\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True))
_BODY = r"(?:\b[A-Z][\w&-]*\s+){0,4}?(?:(?:board|committee|partnership|panel|group|council|executive)\s+)?"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Due:
    """When a promise falls due. Both days are None where it is open, or hangs on a meeting whose day is not known."""

    text: str
    start: int
    from_day: date | None
    to_day: date | None
    kind: DueKind


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates are relative to."""

    meeting: date | None
    next: NextMeeting | None = None


def find_due(text: str, clock: Clock, short: str | None = None) -> Due | None:
    """Return the first due date in a text; None where none is stated. `short` is the board's own short name.

    >>> clock = Clock(date(2015, 3, 10))
    >>> find_due("hold the first full board in May or June 2015.", clock)
    Due(text='May or June 2015', start=29, from_day=datetime.date(2015, 5, 1), to_day=datetime.date(2015, 6, 30), \
kind='window')
    >>> find_due("developed over the coming two months.", clock).to_day
    datetime.date(2015, 5, 10)
    >>> find_due("reported back once completed.", clock).kind
    'event'
    """
    found = [due for reader in _READERS for due in reader(text, clock, short)]
    return min(found, key=lambda due: (due.kind == "event", due.start, -len(due.text)), default=None)


def read_due(text: str, clock: Clock, short: str | None = None) -> Due | None:
    """Return what a cell under "Due" or "By when" says; a cell that cannot be read is kept as written, open."""
    if not text.strip() or re.fullmatch(r"\W*|n/?a|none|tbc|tbd", text.strip(), re.IGNORECASE):
        return None
    found = find_due(text, clock, short) or find_due(f"by {text}", clock, short)
    return (
        Due(text.strip(), 0, found.from_day, found.to_day, found.kind) if found else Due(text, 0, None, None, "event")
    )


def _meetings(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    named = re.escape(short) if short else "(?!)"
    for found in re.finditer(
        rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>{_FULL_MONTHS})(?:\s+(?P<year>\d{{4}}))?\s+"
        rf"(?:(?:(?:has been|was|is) (?:chosen|agreed|set|proposed) (?:as|for) the\s+)?{_BODY}meeting\b"
        rf"|{named}(?:\s+meeting)?\b)",
        text,
    ):
        month, year = MONTHS[found.group("month").lower()], found.group("year")
        first, last = _month(month, clock, int(year) if year else None)
        if found.group("day"):
            printed = next(find_dates(found.group()), None)
            day = (printed.on() or (printed.after(clock.meeting) if clock.meeting else None)) if printed else None
            first, last = day, day
        yield Due(found.group(), found.start(), first, last, "meeting")
    for found in re.finditer(
        rf"\b(?i:next|following|forthcoming)\s+(?:{named}\s+)?{_BODY}meeting\b|\bnext\s+{named}\b(?!')|\bnext time\b",
        text,
    ):
        day = clock.next.day if clock.next else None
        yield Due(found.group(), found.start(), day, day, "meeting")
    for found in re.finditer(
        r"\b(?:a|each|every|subsequent|future)\s+(?:future\s+|subsequent\s+)?(?:\w+\s+)?meeting\b", text
    ):
        if re.search(r"\b(?:report|back|bring|present|brought|to)\s+(?:to\s+)?$", text[: found.start()]):
            yield Due(found.group(), found.start(), None, None, "meeting")


_BY_WEEKDAY = re.compile(
    rf"\bby\s+(?:next\s+)?(?P<day>{'|'.join(n.title() for n in WEEKDAYS if len(n) > 5)})\b(?!,?\s+(?:the\s+)?\d)"
)
_BEFORE_DAY = re.compile(
    r"\b(?:by|before|on|for|until|no later than|not later than|due|deadline)\W*(?:(?:close of (?:play|business)"
    r"|cop|cob|noon|midday"
    r"|(?:the )?end of (?:the )?(?:day|play))\W*(?:on\W*)?)?(?:the\s+)?$",
    re.IGNORECASE,
)


_WEEK = re.compile(
    r"\b(?:(?:in|by|during|from) )?(?:the )?(?:week|w/?c)\b\s*(?:commencing|beginning|starting|of|from)?\s*$", re.I
)


def _days(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    for printed in find_dates(text):
        if week := _WEEK.search(text[: printed.start]):
            day = _day(printed, clock)
            yield Due(text[week.start() : printed.end], week.start(), day, day and day + timedelta(days=4), "window")
            continue
        lead = _BEFORE_DAY.search(text[: printed.start])
        ends = not text[printed.end :].strip(" .)]") and re.search(r"[,(–—-]\s*$", text[: printed.start])
        if lead or ends or not text[: printed.start].strip(" :–-"):
            day = _day(printed, clock)
            yield Due(printed.text, printed.start, day, day, "date")
    for found in _BY_WEEKDAY.finditer(text):
        if clock.meeting and not any(one.start <= found.start("day") < one.end for one in find_dates(text)):
            ahead = (WEEKDAYS[found.group("day").lower()] - clock.meeting.weekday() - 1) % 7 + 1
            day = clock.meeting + timedelta(days=ahead)
            yield Due(found.group(), found.start(), day, day, "date")


def _day(printed: PrintedDate, clock: Clock) -> date | None:
    """Return the day; without a year the next one, or none where that is not the weekday printed: no date is better."""
    if printed.on() or clock.meeting is None:
        return printed.on()
    day = printed.after(clock.meeting)
    return day if printed.weekday in (None, day.weekday()) else None


_EDGE = r"(?P<edge>(?:end|beginning|start)(?: of)?\s+|early\s+|late\s+|mid-?\s?)"
_LEAD = rf"(?:(?:in|by|during|for|from|until|before|at|over)\s+|(?i:due|deadline)\s*:?\s+)(?:the\s+)?{_EDGE}?"
_ANY_MONTH = rf"{_FULL_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
_SPAN = rf"(?P<one>{_ANY_MONTH})(?:\s*(?:or|and|to|[-–/])\s*(?P<two>{_ANY_MONTH}))?(?:\s+(?P<year>\d{{4}}))?"
_IN_MONTHS = re.compile(rf"(?:{_LEAD}|\b(?P<edge2>(?i:end(?: of)?)\s+))(?P<span>{_SPAN})\b")
_AHEAD = re.compile(
    rf"\b(?:(?:over|in|within|during|for|after)\s+)?(?:the\s+)?(?P<adjective>(?:coming|next|following)\s+)?"
    rf"(?P<count>{_COUNT})?\s*(?P<unit>day|week|month|year)s?(?:['’]s?)?(?P<time>\s+time)?\b",
    re.IGNORECASE,
)
_IN_SEASON = re.compile(
    r"\b(?:in|by|during)\s+(?:the\s+)?(spring|summer|autumn|winter)(?:\s+(?:of\s+)?(\d{4}))?\b", re.IGNORECASE
)
_IN_YEAR = re.compile(
    r"\b(?:by|before)\s+(?:the\s+)?end of (?:the|this)\s+(financial |calendar )?year\b", re.IGNORECASE
)


def _months(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    for found in _IN_MONTHS.finditer(text):
        at = found.start("span")
        if re.match(r"\s+\d{1,2}\b(?!\d)", text[found.end() :]) or re.search(r"\d(?:st|nd|rd|th)?\s+$", text[:at]):
            continue
        year = int(found.group("year")) if found.group("year") else None
        first, last = _month(MONTHS[found.group("one").lower()], clock, year)
        if found.group("two") and first:
            month = MONTHS[found.group("two").lower()]
            last = month_span(first.year + (month < first.month), month)[1]
        edge = "edge" if found.group("edge") else "edge2" if found.group("edge2") else "span"
        if found.group(edge).strip().lower().startswith("end"):
            first = last
        yield Due(text[found.start(edge) : found.end()], found.start(edge), first, last, "window")


def _spans(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    for found in _AHEAD.finditer(text):
        adjective = found.group("adjective")
        ahead = adjective or found.group("time") or found.group().lower().startswith("within")
        if not ahead or not (found.group("count") or adjective):
            continue
        begin = found.start("adjective") if adjective else found.start()
        first, last = _ahead(clock, found.group("count") or "one", found.group("unit").lower())
        yield Due(text[begin : found.end()], begin, first, last, "window")


def _seasons(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    for found in _IN_SEASON.finditer(text):
        yield Due(found.group(), found.start(), *_season(found.group(1).lower(), found.group(2), clock), "window")
    for found in _IN_YEAR.finditer(text):
        day = _year_end(clock, financial=(found.group(1) or "").strip().lower() == "financial")
        yield Due(found.group(), found.start(), day, day, "window")


def _events(text: str, clock: Clock, short: str | None) -> Iterator[Due]:
    for found in re.finditer(
        r"\bonce\s+(?:[\w'’]+\s+){0,6}?"
        r"(?:completed?|agreed|approved|available|published|received|finalised|known|ready|in place)\b"
        r"|\b(?:when|as soon as)\s+(?:completed?|available|possible|ready|finalised)\b|\b(?:ongoing|on-going|asap)\b",
        text,
        re.IGNORECASE,
    ):
        yield Due(found.group(), found.start(), None, None, "event")


_READERS = (_meetings, _days, _months, _spans, _seasons, _events)


def _month(month: int, clock: Clock, year: int | None) -> tuple[date | None, date | None]:
    """Return a month's days; without a year, the nearest one that has not passed at the meeting."""
    if year is None and clock.meeting is None:
        return None, None
    if year is None and clock.meeting is not None:
        year = clock.meeting.year + (month < clock.meeting.month)
    assert year is not None  # noqa: S101
    return month_span(year, month)


def _ahead(clock: Clock, count: str, unit: str) -> tuple[date | None, date | None]:
    if clock.meeting is None:
        return None, None
    many = int(count) if count.isdigit() else _COUNTS[count.lower()]
    return clock.meeting, later(clock.meeting, many, unit)


def later(day: date, many: int, unit: str) -> date:
    """Return the day that many days, weeks, months or years on; the month's last where it has no such day.

    >>> later(date(2024, 12, 31), 2, "month")
    datetime.date(2025, 2, 28)
    """
    if unit in ("day", "week"):
        return day + timedelta(days=many * (7 if unit == "week" else 1))
    months = day.month - 1 + many * (12 if unit == "year" else 1)
    last = month_span(day.year + months // 12, months % 12 + 1)[1]
    return last.replace(day=min(day.day, last.day))


def _season(name: str, year: str | None, clock: Clock) -> tuple[date | None, date | None]:
    first, last = _SEASONS[name]
    if year is None and clock.meeting is None:
        return None, None
    begins = int(year) if year else 0
    if clock.meeting and not year:
        begins = clock.meeting.year + (last < clock.meeting.month and name != "winter")
    return month_span(begins, first)[0], month_span(begins + (name == "winter"), last)[1]


def _year_end(clock: Clock, *, financial: bool) -> date | None:
    if clock.meeting is None:
        return None
    return (
        date(clock.meeting.year + (clock.meeting.month > 3), 3, 31) if financial else date(clock.meeting.year, 12, 31)
    )
