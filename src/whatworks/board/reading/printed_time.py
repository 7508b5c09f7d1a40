"""Read the hour of a meeting as printed, and say nothing where morning and afternoon cannot be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

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
