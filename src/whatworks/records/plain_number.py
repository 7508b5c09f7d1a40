"""Take a number from a text as it is written in Britain, and never another number than its author meant."""

import re
from math import isfinite

_GROUPED = re.compile(r"[^\d,.]*\d{1,3}(?:,\d{3})+(?:\.\d*)?[^\d,.]*", re.ASCII)


def ungrouped(text: str) -> str:
    """Return a text without the commas that part its thousands; raise `ValueError` where they part something else.

    Such a comma is a decimal one, and left out it would make another number.

    >>> ungrouped("1,250.5"), ungrouped("£1,250"), ungrouped("0.5")
    ('1250.5', '£1250', '0.5')
    >>> ungrouped("1,5")
    Traceback (most recent call last):
    ValueError: '1,5' has a comma that parts no thousands
    """
    if "," in text and not _GROUPED.fullmatch(text):
        raise ValueError(f"{text!r} has a comma that parts no thousands")
    return text.replace(",", "")


def plain_number(text: str) -> float:
    """Return a finite number, thousands parted by commas or not; raise `ValueError` for any other text.

    >>> plain_number("1,250.5")
    1250.5
    """
    number = float(ungrouped(text.strip()))
    if not isfinite(number):
        raise ValueError(f"{text!r} is not finite")
    return number
