"""The flow diagram: how many people each step left, from those submitted to those analysed."""

from textwrap import wrap
from xml.sax.saxutils import escape

from whatworks.papers.charts.drawing import FONT, WIDTH
from whatworks.papers.charts.overlap import GROUPS
from whatworks.papers.charts.palette import DARK_BLUE, GREY, INK, PALE_BLUE, WHITE
from whatworks.papers.nested import Count
from whatworks.papers.release import Step
from whatworks.papers.words import text

COLUMNS = (348, 565)
BOX = (150, 38)
GAP = 52
TOP = 42


def line(
    x: float, y: float, words: str, *, anchor: str = "middle", size: int = 14, bold: bool = False, colour: str = INK
) -> str:
    """Return one line of text as SVG."""
    weight = "bold" if bold else "normal"
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{escape(words)}</text>'
    )


def box(x: float, y: float, count: Count, last: bool) -> str:
    """Return a step's box; the last, of those analysed, is filled."""
    width, height = BOX
    ground, ink = (DARK_BLUE, WHITE) if last else (PALE_BLUE, INK)
    return (
        f'<rect x="{x - width / 2:g}" y="{y:g}" width="{width}" height="{height}" rx="4" fill="{ground}" '
        f'stroke="{DARK_BLUE}"/>' + line(x, y + height / 2 + 6, text(count), size=16, bold=True, colour=ink)
    )


def arrow(x: float, y: float, lost: Count | None) -> str:
    """Return the arrow to the next box, and how many were lost on it."""
    bottom = y + GAP - 3
    label = "" if lost is None else ("none lost" if lost == 0 else f"{text(lost)} lost")
    return (
        f'<line x1="{x:g}" y1="{y:g}" x2="{x:g}" y2="{bottom - 6:g}" stroke="{DARK_BLUE}" stroke-width="1.5"/>'
        f'<path d="M{x - 5:g} {bottom - 8:g} L{x + 5:g} {bottom - 8:g} L{x:g} {bottom:g} Z" fill="{DARK_BLUE}"/>'
        + (line(x + 10, y + GAP / 2 + 3, label, anchor="start", size=13, colour=GREY) if label else "")
    )


def flow_diagram(steps: tuple[Step, ...]) -> str:
    """Return the diagram as SVG, a row a step; [c] stands where a count is withheld."""
    height = TOP + len(steps) * (BOX[1] + GAP) - GAP + 8
    parts = [line(x, 22, name, bold=True, colour=DARK_BLUE) for x, name in zip(COLUMNS, GROUPS, strict=True)]
    for at, step in enumerate(steps):
        y = TOP + at * (BOX[1] + GAP)
        names = wrap(step.step, 30)
        first = y + BOX[1] / 2 + 5 - 9 * (len(names) - 1)
        parts += [line(4, first + 18 * row, name, anchor="start", bold=True) for row, name in enumerate(names)]
        for x, count in zip(COLUMNS, (step.treated, step.comparison), strict=True):
            if count is not None:
                parts.append(box(x, y, count, at == len(steps) - 1))
        if at + 1 < len(steps):
            following = steps[at + 1]
            reason = wrap(f"Lost: {following.reason}", 34)[:2] if following.reason else []
            middle = y + BOX[1] + GAP / 2 + 4 - 8 * (len(reason) - 1)
            parts += [
                line(4, middle + 16 * row, words, anchor="start", size=13, colour=GREY)
                for row, words in enumerate(reason)
            ]
            for x, lost in zip(COLUMNS, (following.treated_lost, following.comparison_lost), strict=True):
                if lost is not None:
                    parts.append(arrow(x, y + BOX[1], lost))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height:g}" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )
