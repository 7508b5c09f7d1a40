"""Name what is measured over so many months from the index date: whole years `_1y`, other lengths `_6m`."""

import re

PROOF_MONTHS = 6
"""A reoffence counts if it is proven within so many months of the end of its window (Ministry of Justice)."""
LONGEST_MONTHS = 120
"""The longest window that may be asked for."""
_NAMED = re.compile(r"(?P<stem>.+)_(?P<length>[1-9]\d{0,2})(?P<unit>[ym])")


def windowed(stem: str, months: int) -> str:
    """Return the name of a measure over so many months: one name for one length.

    >>> windowed("frequency", 12), windowed("frequency", 18)
    ('frequency_1y', 'frequency_18m')
    """
    return f"{stem}_{months // 12}y" if months % 12 == 0 else f"{stem}_{months}m"


def window_of(name: str) -> tuple[str, int] | None:
    """Return the measure and the months that a name says; None where it says none, or says them in another way.

    >>> window_of("frequency_6m"), window_of("frequency_2y"), window_of("frequency_24m"), window_of("needs_met_health")
    (('frequency', 6), ('frequency', 24), None, None)
    """
    named = _NAMED.fullmatch(name)
    if named is None:
        return None
    months = int(named["length"]) * (12 if named["unit"] == "y" else 1)
    read = named["stem"], months
    return read if months <= LONGEST_MONTHS and windowed(*read) == name else None


def months_in_words(months: int) -> str:
    """Return a length of time as a sentence says it.

    >>> months_in_words(12), months_in_words(24), months_in_words(36), months_in_words(18), months_in_words(1)
    ('one year', 'two years', 'three years', '18 months', 'one month')
    """
    number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    named = words[number] if unit == "year" or number == 1 else str(number)
    return f"{named} {unit}{'' if number == 1 else 's'}"
