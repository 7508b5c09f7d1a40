"""A diagram of boxes in columns, joined by bands as wide as the money that flows; dashed where no amount is stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from whatworks.papers.charts.flow import line
from whatworks.pictures.drawing import FONT, WIDTH
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, GREY, INK, PALE_BLUE, WHITE

TOP = 34
GAP = 16
TEXT = 15
TALLEST = 260.0
"""How tall the bands of the fullest column are together, in pixels; less where it has few boxes."""
EACH = 80.0


@dataclass(frozen=True, slots=True)
class Box:
    """A box in a column; `words` are its lines, the first in bold; `edge` colours its left edge."""

    key: str
    column: int
    name: str
    words: tuple[str, ...] = ()
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What joins two boxes: an amount, or None for one that is not stated."""

    start: str
    end: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box with its place on the picture."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def box_chart(headings: Sequence[str], boxes: Sequence[Box], bands: Sequence[Band]) -> str:
    """Return the diagram as SVG."""
    count = len(headings)
    width = min(150.0, (WIDTH - 34.0 * (count - 1)) / count)
    step = (WIDTH - width) / max(1, count - 1)
    scale = _scale(boxes, bands)
    columns = [[_sized(box, width, bands, scale) for box in boxes if box.column == at] for at in range(count)]
    tall = max(sum(one.height + GAP for one in column) for column in columns)
    placed: dict[str, Drawn] = {}
    for at, column in enumerate(columns):
        y = TOP + (tall - sum(one.height + GAP for one in column)) / 2
        for one in column:
            placed[one.box.key] = Drawn(one.box, at * step, y, width, one.height, one.lines)
            y += one.height + GAP
    height = TOP + tall + 6
    parts = [
        line(at * step + width / 2, 18, words, size=13, bold=True, colour=DARK_BLUE)
        for at, words in enumerate(headings)
    ]
    parts += _bands(placed, bands, scale)
    parts += [_box(one) for one in placed.values()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height:g}" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )


def _scale(boxes: Sequence[Box], bands: Sequence[Band]) -> float:
    """Return pixels for a pound, so that the fullest column fits."""
    columns = {box.key: box.column for box in boxes}
    fullest = 0.0
    for at in set(columns.values()):
        for side in ("start", "end"):
            fullest = max(fullest, sum(band.amount or 0.0 for band in bands if columns[getattr(band, side)] == at))
    most = max(list(columns.values()).count(at) for at in columns.values())
    return min(TALLEST, EACH * most) / fullest if fullest else 0.0


def _sized(box: Box, width: float, bands: Sequence[Band], scale: float) -> Drawn:
    letters = int((width - 14) / 6.4)
    name = wrap(box.name, letters)
    words = [part for words in box.words for part in wrap(words, letters)]
    flows = [sum(_thick(band, scale) for band in bands if getattr(band, side) == box.key) for side in ("start", "end")]
    height = max(TEXT * len([*name, *words]) + 12.0, *flows)
    return Drawn(box, 0.0, 0.0, width, height, (*name, "", *words))


def _thick(band: Band, scale: float) -> float:
    return 6.0 if band.amount is None else max(1.5, band.amount * scale)


def _bands(placed: dict[str, Drawn], bands: Sequence[Band], scale: float) -> list[str]:
    """Return the bands; at each box they stand in the order of where they lead."""
    offsets: dict[tuple[int, str], float] = {}
    for side, other in (("start", "end"), ("end", "start")):
        used: dict[str, float] = {}
        for band in sorted(bands, key=lambda band: placed[getattr(band, other)].y):
            key = getattr(band, side)
            every = sum(_thick(one, scale) for one in bands if getattr(one, side) == key)
            first = placed[key].y + (placed[key].height - every) / 2
            offsets[id(band), side] = first + used.get(key, 0.0) + _thick(band, scale) / 2
            used[key] = used.get(key, 0.0) + _thick(band, scale)
    found = []
    for band in bands:
        start, end = placed[band.start], placed[band.end]
        x0, x1 = start.x + start.width, end.x
        y0, y1 = offsets[id(band), "start"], offsets[id(band), "end"]
        middle = (x0 + x1) / 2
        path = f"M{x0:.1f} {y0:.1f} C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        if band.amount is None:
            found.append(f'<path d="{path}" fill="none" stroke="{DARK_PINK}" stroke-width="2" stroke-dasharray="5 4"/>')
        else:
            wide = _thick(band, scale)
            found.append(
                f'<path d="{path}" fill="none" stroke="{DARK_BLUE}" stroke-opacity="0.3" stroke-width="{wide:.2f}"/>'
            )
    return found


def _box(one: Drawn) -> str:
    split = one.lines.index("")
    lines = [*one.lines[:split], *one.lines[split + 1 :]]
    first = one.y + (one.height - TEXT * len(lines)) / 2 + TEXT - 4
    edge = (
        f'<rect x="{one.x:.1f}" y="{one.y:.1f}" width="5" height="{one.height:.1f}" fill="{one.box.edge}"/>'
        if one.box.edge
        else ""
    )
    words = [
        line(one.x + 9, first + TEXT * at, text, anchor="start", size=11, bold=at < split, colour=INK)
        for at, text in enumerate(lines)
    ]
    return (
        f'<rect x="{one.x:.1f}" y="{one.y:.1f}" width="{one.width:.1f}" height="{one.height:.1f}" fill="{PALE_BLUE}" '
        f'stroke="{GREY}"/>{edge}{"".join(words)}'
    )
