"""Plain words for figures: counts, intervals, lists; and a last watch over free text."""

import re
from collections.abc import Sequence
from decimal import Decimal

from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.rounding import written

WITHHELD = "[c]"
NONE = "[z]"
PEOPLE = (
    r"(?:of the |of |treated |scheme |comparison )?"
    r"(?:people|persons?|participants?|offenders?|men|women|treated|were|had)"
)


def text(value: Decimal | Count | str | None) -> str:
    """Return a cell's text: [c] where withheld, [z] where there is nothing to show.

    >>> text(Decimal("-12.5")), text("c"), text(None), text(1200)
    ('−12.5', '[c]', '[z]', '1,200')
    """
    if value is None:
        return NONE
    if isinstance(value, str):
        return WITHHELD if value == "c" else value
    return written(value)


def interval(low: Decimal | str | None, high: Decimal | str | None, unit: str = "") -> str:
    """Return an interval's ends in words.

    >>> interval(Decimal("-6.5"), Decimal("8.2")), interval(Decimal(37), Decimal(48), "%"), interval("c", "c")
    ('−6.5 to 8.2', '37% to 48%', '[c]')
    """
    if low is None or high is None:
        return NONE
    return WITHHELD if "c" in (low, high) else f"{text(low)}{unit} to {text(high)}{unit}"


def without_small_counts(sentence: str, minimum: int) -> str:
    """Return free text with any small count of people put as "fewer than ...", and true minus signs.

    >>> without_small_counts("3 people of 412 were lost; 40 people were not.", 10)
    'fewer than 10 people of 412 were lost; 40 people were not.'
    """

    def replaced(found: re.Match[str]) -> str:
        number = int(found.group(1))
        return f"fewer than {minimum}{found.group(2)}" if 0 < number < minimum else found.group(0)

    told = re.sub(rf"(?<![\d.,])(\d+)(\s+{PEOPLE}\b)", replaced, sentence)
    return re.sub(r"(?<![\w.])-(?=\d)", "−", told)


def withheld_note(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what [c] and [z] mean, where they stand."""
    cells = {cell for row in rows for cell in row}
    notes: tuple[str, ...] = ()
    if any("[c]" in cell for cell in cells):
        notes += ("[c] is withheld, since it would show how few people are behind it.",)
    if any("[z]" in cell for cell in cells):
        notes += ("[z] does not apply.",)
    return notes
