"""One hundred people with the scheme beside one hundred without: a dot a person, filled where the outcome happened."""

from whatworks.pictures.drawing import FONT
from whatworks.pictures.palette import DARK_BLUE, INK, ORANGE, PALE, RULE, WHITE

SIDE, STEP, GAP, TOP = 10, 16, 20, 44
"""Dots a side, the distance between them, that between the squares, and the height of a square's words, in pixels."""
WIDE = 2 * SIDE * STEP + GAP
"""Drawn no wider than a phone, so that its words can be read on one; larger pages enlarge it."""


def hundred_people(treated: int, expected: int) -> str:
    """Return the picture as SVG: `treated` of 100 dots on the left filled, and `expected` of 100 on the right."""
    height = TOP + SIDE * STEP + 2
    squares = _square(0, treated, "With the scheme", DARK_BLUE)
    squares += _square(SIDE * STEP + GAP, expected, "Without it, expected", ORANGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{height}" viewBox="0 0 {WIDE} {height}" '
        f'font-family="{FONT}"><rect width="{WIDE}" height="{height}" fill="{WHITE}"/>{squares}</svg>'
    )


def hundred_words(treated: int, expected: int, outcome: str) -> str:
    """Return the picture in words.

    >>> hundred_words(38, 47, "charged")
    'Of 100 people with the scheme, 38: charged. Of 100 like people without it, 47 would be expected.'
    """
    return (
        f"Of 100 people with the scheme, {treated}: {outcome}. Of 100 like people without it, {expected} would be "
        "expected."
    )


def _square(left: int, filled: int, name: str, colour: str) -> str:
    words = (
        f'<text x="{left}" y="14" font-size="13" fill="{INK}">{name}</text>'
        f'<text x="{left}" y="36" font-size="18" font-weight="bold" fill="{INK}">{filled} of 100</text>'
    )
    dots = "".join(
        f'<circle cx="{left + STEP * (at % SIDE) + STEP / 2:g}" cy="{TOP + STEP * (at // SIDE) + STEP / 2:g}" r="6" '
        f'fill="{colour if at < filled else PALE}" stroke="{colour if at < filled else RULE}"/>'
        for at in range(SIDE * SIDE)
    )
    return words + dots
