"""Name months and weekdays, and write days, in English whatever the machine's language."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """Return a day as minutes and papers write it.

    >>> long_date(date(2025, 6, 3))
    '3 June 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """Return a day's weekday.

    >>> weekday(date(2024, 2, 29))
    'Thursday'
    """
    return WEEKDAYS[day.weekday()]
