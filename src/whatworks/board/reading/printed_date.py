"""Read days and hours as minutes print them, and say what was not printed: a year, or morning or afternoon."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTHS |= {"ionawr": 1, "chwefror": 2, "mawrth": 3, "ebrill": 4, "mai": 5, "mehefin": 6, "gorffennaf": 7, "awst": 8}
MONTHS |= {"medi": 9, "hydref": 10, "tachwedd": 11, "rhagfyr": 12}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_DAY_FIRST = (
    rf"(?:(?P<weekday>{_WEEKDAY})\.?,?\s+)?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+"
    rf"(?P<month>{_MONTH})\b\.?(?:\s*/\s*(?:{_MONTH})\b)?(?:,?\s+(?P<year>\d{{4}})\b)?"
)
_MONTH_FIRST = (
    rf"(?:(?P<weekday2>{_WEEKDAY})\.?,?\s+)?(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"(?!\s*[:.]\d\d)(?:,?\s+(?P<year2>\d{{4}})\b)?"
)
_NUMERIC = (
    rf"(?:(?P<weekday3>{_WEEKDAY})\.?,?\s+)?(?P<day3>\d{{1,2}})[/.-](?P<month3>\d{{1,2}})[/.-]"
    r"(?P<year3>\d{4}|\d{2})\b(?![/.-]?\d)"
)
_ISO = r"(?P<year4>\d{4})-(?P<month4>\d{2})-(?P<day4>\d{2})\b"
_DATE = re.compile(rf"\b(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST}|{_NUMERIC})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<year>\d{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day in a text. `year` is None where it is not printed."""

    text: str
    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    """0 is Monday; None where none is printed."""

    def on(self) -> date | None:
        """Return the day, if its year is printed."""
        return None if self.year is None else date(self.year, self.month, self.day)

    def before(self, reference: date) -> date:
        """Return the day, in the nearest past year where none is printed."""
        return self.on() or _in_year(self, reference.year, lambda found: found <= reference, -1)

    def after(self, reference: date) -> date:
        """Return the day, in the nearest year to come where none is printed."""
        return self.on() or _in_year(self, reference.year, lambda found: found >= reference, +1)


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Yield the days that a text names, in order. What cannot be a day (31 June) is passed over.

    >>> [(one.text, one.on()) for one in find_dates("from Monday 20 July 2012 to 3/9/12")]
    [('Monday 20 July 2012', datetime.date(2012, 7, 20)), ('3/9/12', datetime.date(2012, 9, 3))]
    >>> next(find_dates("MINUTES (24 March)")).before(date(2014, 6, 9))
    datetime.date(2014, 3, 24)
    """
    if not _DIGIT.search(text):
        return
    for found in _DATE.finditer(text):
        parts = {key.rstrip("234"): value for key, value in found.groupdict().items() if value is not None}
        month = MONTHS.get(parts["month"].lower()) or int(parts["month"])
        year = int(parts["year"]) if "year" in parts else None
        year = year + 2000 if year is not None and year < 100 else year
        if not _exists(year or 2000, month, int(parts["day"])) or (year is not None and not 1900 <= year <= 2100):
            continue
        weekday = WEEKDAYS[parts["weekday"].lower()] if "weekday" in parts else None
        yield PrintedDate(found.group(), found.start(), found.end(), int(parts["day"]), month, year, weekday)


def find_months(text: str) -> Iterator[tuple[str, date, date]]:
    """Yield months with a year ("March 2011"): text, first and last day. Months within a day are passed over.

    >>> list(find_months("until the end of March 2011"))
    [('March 2011', datetime.date(2011, 3, 1), datetime.date(2011, 3, 31))]
    """
    if not _YEAR.search(text):
        return
    taken = [(one.start, one.end) for one in find_dates(text)]
    for found in _MONTH_YEAR.finditer(text):
        if not any(start <= found.start() < end for start, end in taken) and 1900 <= int(found.group("year")) <= 2100:
            first, last = month_span(int(found.group("year")), MONTHS[found.group("month").lower()])
            yield found.group(), first, last


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return a month's first and last day.

    >>> month_span(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _in_year(printed: PrintedDate, year: int, wanted: Callable[[date], bool], step: int) -> date:
    for shift in range(9):  # 29 February may be eight years away
        tried = year + step * shift
        if _exists(tried, printed.month, printed.day):
            found = date(tried, printed.month, printed.day)
            if wanted(found):
                return found
    raise AssertionError(printed)


_TIME = re.compile(
    r"\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b\.?|noon|midday)"
    r"|(?P<hour2>\d{1,2})[:.](?P<minute2>\d{2})(?:\s*(?P<hrs>hrs|hours|h)\b)?(?![\d.]|\s*(?:%|million|per cent))"
    r"|(?P<hour3>[01]\d|2[0-3])(?P<minute3>[0-5]\d)\s*(?:hrs|hours|h)\b"
    r"|(?P<noon>noon|midday))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """An hour in a text. `at` is None where neither am nor pm nor a 24-hour form is printed ("3:30")."""

    text: str
    start: int
    end: int
    at: time | None


def find_times(text: str) -> Iterator[PrintedTime]:
    """Yield the hours that a text names. An hour of two figures without am or pm is read on the 24-hour clock.

    >>> [(one.text, one.at and one.at.isoformat("minutes")) for one in find_times("4pm, 3:30, 11:00am, 17.30, 12 noon")]
    [('4pm', '16:00'), ('3:30', None), ('11:00am', '11:00'), ('17.30', '17:30'), ('12 noon', '12:00')]
    """
    for found in _TIME.finditer(text):
        half = (found.group("half") or "").lower()
        hour = found.group("hour") or found.group("hour2") or found.group("hour3") or "12"
        minute = int(found.group("minute") or found.group("minute2") or found.group("minute3") or 0)
        if int(hour) > 23 or minute > 59:
            continue
        if half in ("noon", "midday") or found.group("noon"):
            at: time | None = time(12, minute)
        elif half:
            at = time(int(hour) % 12 + (12 if half.startswith("p") else 0), minute)
        else:
            clear = len(hour) == 2 or int(hour) >= 13 or found.group("hrs") is not None
            at = time(int(hour), minute) if clear else None
        yield PrintedTime(found.group().strip(), found.start(), found.end(), at)
