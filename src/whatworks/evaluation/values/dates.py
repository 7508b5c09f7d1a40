"""Know a column of days by what stands in it: read as text, every day would be a kind of its own."""

import re
from collections.abc import Mapping

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TIME = r"(?:[T ,].*)?$"
_DAY = re.compile(
    rf"^(?:\d{{4}}([-/. ])\d{{1,2}}\1\d{{1,2}}{_TIME}|\d{{1,2}}([-/. ])\d{{1,2}}\2\d{{2}}(?:\d{{2}})?{_TIME}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[-/ .]*{_MONTHS}[-/ .,]*\d{{2}}(?:\d{{2}})?{_TIME}"
    rf"|{_MONTHS}[-/ .]*\d{{1,2}}(?:st|nd|rd|th)?[-/ .,]+\d{{4}}{_TIME}"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$)",
    re.ASCII | re.IGNORECASE,
)


def days_in(counts: Mapping[str, int]) -> int:
    """Return how many rows hold days, where they are most of the column's; else 0.

    >>> days_in({"2001-02-03": 2, "3 Feb 2001": 1, "20010203": 1, "n/a": 1}), days_in({"34": 9, "2001-02-03": 1})
    (4, 0)
    >>> days_in({"2024-Q1": 5, "Feb 2024": 3, "1.5": 2})
    0
    """
    days = sum(rows for text, rows in counts.items() if _DAY.match(text))
    return days if 2 * days > sum(counts.values()) else 0
