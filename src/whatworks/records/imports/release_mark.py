"""Know a file that was released for a time, wherever it comes back: its last heading says until when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from whatworks.records.refusal import Fault

_MARK = re.compile(r"whatworks release (\d+) to (\S+), destroy after (\d{4}-\d\d-\d\d)")


def release_mark(number: int, to: str, expires_on: date) -> str:
    """Return the heading of a released file's last column.

    >>> release_mark(7, "probation", date(2025, 9, 30))
    'whatworks release 7 to probation, destroy after 2025-09-30'
    """
    return f"whatworks release {number} to {to}, destroy after {expires_on}"


def expired_faults(header: Sequence[str], on: date, file: str) -> Iterator[Fault]:
    """Yield what is wrong with a file whose heading says that it was to be destroyed before a day.

    >>> mark = release_mark(7, "probation", date(2025, 9, 30))
    >>> [fault.problem for fault in expired_faults(["surname", mark], date(2025, 10, 1), "people.csv")]
    ['is release 7 to probation, which expired on 2025-09-30']
    """
    for mark in map(_MARK.search, header):
        if mark is not None and date.fromisoformat(mark[3]) < on:
            problem = f"is release {mark[1]} to {mark[2]}, which expired on {mark[3]}"
            yield Fault(problem, "destroy it, and ask for a new release under an agreement in force", file)
