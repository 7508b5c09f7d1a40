"""The colours of the papers: the Analysis Function's, with the pairs in which text and marks meet their ground."""

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
WHITE = "#FFFFFF"
INK = "#1B1B1B"
GREY = "#595959"
RULE = "#BFC5CC"
PALE = "#F1F4F7"
PALE_BLUE = "#E4ECF4"
PALE_GREEN = "#DDF0EC"
PALE_AMBER = "#FCE9DC"
PALE_PINK = "#F3E3EB"
GREEN_INK = "#0B5A50"
AMBER_INK = "#8A3A06"
BANDS = {"Green": (PALE_GREEN, GREEN_INK), "Amber": (PALE_AMBER, AMBER_INK), "Red": (PALE_PINK, DARK_PINK)}
"""The ground and the text of a cell that holds nothing but the name of a band."""

TEXT_PAIRS = (
    (INK, WHITE),
    (INK, PALE),
    (INK, PALE_BLUE),
    (INK, PALE_PINK),
    (DARK_GREY, WHITE),
    (GREY, WHITE),
    (GREY, PALE),
    (DARK_BLUE, WHITE),
    (DARK_BLUE, PALE),
    (DARK_BLUE, PALE_BLUE),
    (DARK_PINK, WHITE),
    (DARK_PINK, PALE_PINK),
    (WHITE, DARK_BLUE),
    (GREEN_INK, PALE_GREEN),
    (AMBER_INK, PALE_AMBER),
)
"""Every pair of text and ground used in the papers and their pictures: each has a contrast of at least 4.5."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, as WCAG 2 defines it.

    >>> round(luminance("#FFFFFF"), 6), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"), 3)
    21.0
    """
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
