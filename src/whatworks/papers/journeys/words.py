"""Plain words for days, shares and what was odd about the records."""

from collections.abc import Iterable, Iterator

from whatworks.journeys.reported import Remark
from whatworks.journeys.trials import Rate
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.statistics.time.time_to_share import TimeToShare


def days(value: float | None, places: int = 0) -> str:
    """Return a number of days; "none" where there is none.

    >>> days(12.5), days(1234.0), days(None)
    ('13', '1,234', 'none')
    """
    return "none" if value is None else f"{half_away(value, places):,}"


def time_words(time: TimeToShare) -> str:
    """Return a median or percentile with its interval; none where so large a share never moved on.

    >>> time_words(TimeToShare(23.0, 13.0, None)), time_words(TimeToShare(None, 40.0, None))
    ('23 (13 to none)', 'none (40 to none)')
    >>> time_words(TimeToShare(4.0, None, None))
    '4 (no interval: all who still waited left on one day)'
    """
    if time.low is None and time.high is None:
        return "none" if time.days is None else f"{days(time.days)} (no interval: all who still waited left on one day)"
    return f"{days(time.days)} ({days(time.low)} to {days(time.high)})"


def per_cent(share: float | None, places: int = 0) -> str:
    """Return a share in per cent.

    >>> per_cent(0.1234), per_cent(0.1234, 1), per_cent(None)
    ('12%', '12.3%', 'none')
    """
    return "none" if share is None else f"{half_away(share, places, 100)}%"


def rate_words(rate: Rate) -> str:
    """Return a rate with its limits.

    >>> rate_words(Rate(22, 72)), rate_words(Rate(0, 0))
    ('30.6% (21.1% to 42.0%)', 'none to count')
    """
    return share_words(rate.value, *(rate.limits or (None, None)))


def share_words(share: float | None, low: float | None, high: float | None) -> str:
    """Return a share with the ends of its interval; a share of nobody, and one without an interval, are said to be.

    >>> share_words(0.0, None, None), share_words(None, None, None)
    ('0.0% (no interval)', 'none to count')
    """
    if share is None:
        return "none to count"
    ends = "no interval" if low is None and high is None else f"{per_cent(low, 1)} to {per_cent(high, 1)}"
    return f"{per_cent(share, 1)} ({ends})"


def about(count: int, minimum: int) -> str:
    """Return a count in a sentence, by tens: beside another paper's it tells of no few. A small one is told as such.

    >>> about(1204, 10), about(3, 10), about(0, 10)
    ('about 1,200', 'fewer than 10', '0')
    """
    if Nested(minimum).sensitive(count):
        return f"fewer than {minimum}"
    return f"about {int(half_away(count / 10, 0)) * 10:,}" if count else "0"


def remark_words(remarks: Iterable[Remark], minimum: int) -> Iterator[str]:
    """Yield what was odd about the records: how many cases, what, and the remedy.

    >>> list(remark_words([Remark("cases have a file and no stage", 3, "close the files")], 10))
    ['Fewer than 10 cases have a file and no stage; close the files.']
    """
    for one in remarks:
        yield f"{about(one.cases, minimum).capitalize()} {one.problem}; {one.remedy}."
