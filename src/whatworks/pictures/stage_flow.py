"""The flow of cases between stages: how many of those who left one entered the next in time, and how many did not."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple
from xml.sax.saxutils import escape

from whatworks.pictures.drawing import FONT, WIDTH
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, INK, PALE_BLUE, WHITE

BOX, ROW = 210, 108


class Flow(NamedTuple):
    """From one stage to another: who left, entered in time, and did not; counts as they are printed."""

    from_stage: str
    to_stage: str
    left: str
    in_time: str
    dropped: str


def stage_flow(flows: Sequence[Flow]) -> str:
    """Return the picture as SVG, a row a hand-off.

    >>> "Contact" in stage_flow([Flow("Contact", "Support", "90", "70", "20")])
    True
    """
    height = ROW * len(flows) + 8
    parts = [part for at, one in enumerate(flows) for part in _row(one, 8 + at * ROW)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height}" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )


def _row(one: Flow, top: float) -> list[str]:
    middle, right = top + 30, WIDTH - BOX - 4
    return [
        _box(4, top, one.from_stage, f"{one.left} left it"),
        _box(right, top, one.to_stage, f"{one.in_time} entered in time"),
        _arrow(4 + BOX, middle, right - 4, middle, DARK_BLUE),
        _arrow(4 + BOX / 2, top + 62, 4 + BOX / 2, top + 84, DARK_PINK),
        _text(4 + BOX / 2 + 12, top + 82, f"{one.dropped} did not", DARK_PINK, "start"),
    ]


def _box(x: float, y: float, name: str, count: str) -> str:
    lines = wrap(name, 30)[:2]
    drawn = f'<rect x="{x:g}" y="{y:g}" width="{BOX}" height="62" rx="4" fill="{PALE_BLUE}" stroke="{DARK_BLUE}"/>'
    drawn += "".join(_text(x + BOX / 2, y + 18 + 15 * at, line, INK) for at, line in enumerate(lines))
    return drawn + _text(x + BOX / 2, y + 54, count, DARK_BLUE, bold=True)


def _arrow(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    down = to_y > y
    head = (f"M{to_x - 5:g} {to_y - 8:g} L{to_x + 5:g} {to_y - 8:g} L{to_x:g} {to_y:g} Z" if down
            else f"M{to_x - 8:g} {to_y - 5:g} L{to_x - 8:g} {to_y + 5:g} L{to_x:g} {to_y:g} Z")  # fmt: skip
    return (
        f'<line x1="{x:g}" y1="{y:g}" x2="{to_x - (0 if down else 8):g}" y2="{to_y - (8 if down else 0):g}" '
        f'stroke="{colour}" stroke-width="2"/><path d="{head}" fill="{colour}"/>'
    )


def _text(x: float, y: float, words: str, colour: str, anchor: str = "middle", bold: bool = False) -> str:
    weight = "bold" if bold else "normal"
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="13" font-weight="{weight}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def flow_words(flows: Sequence[Flow]) -> str:
    """Return the picture in words.

    >>> flow_words([Flow("Contact", "Support", "90", "70", "20")])
    'Contact to Support: 90 left it, 70 entered in time, 20 did not.'
    """
    return " ".join(
        f"{one.from_stage} to {one.to_stage}: {one.left} left it, {one.in_time} entered in time, {one.dropped} did not."
        for one in flows
    )
