"""The flow diagram: how many people each step left, from those submitted to those analysed."""

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap
from xml.sax.saxutils import escape

from whatworks.papers.charts.overlap import GROUPS
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Published
from whatworks.papers.words import text
from whatworks.pictures.drawing import FONT, WIDTH
from whatworks.pictures.palette import DARK_BLUE, GREY, INK, PALE_BLUE, WHITE

COLUMNS = (348, 565)
BOX = (150, 38)
GAP = 44
TOP = 42
REASON_LINE = 16


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


def arrow(x: float, top: float, bottom: float, words: str) -> str:
    """Return the arrow down to a box, and how many were lost on it in the gap above that box."""
    end = bottom - 3
    return (
        f'<line x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{end - 6:g}" stroke="{DARK_BLUE}" stroke-width="1.5"/>'
        f'<path d="M{x - 5:g} {end - 8:g} L{x + 5:g} {end - 8:g} L{x:g} {end:g} Z" fill="{DARK_BLUE}"/>'
        + (line(x + 10, bottom - GAP / 2 + 3, words, anchor="start", size=13, colour=GREY) if words else "")
    )


def boxed(counts: Sequence[Count | None]) -> list[int]:
    """Return at which steps a group has a box: where its count is shown, and at its first and last step in any case.

    >>> boxed([None, "c", 90, "c", "c", 60])
    [1, 2, 5]
    """
    known = [at for at, count in enumerate(counts) if count is not None]
    return [at for at in known if counts[at] != "c" or at in (known[0], known[-1])]


def loss(lost: Count | None, steps: int) -> str:
    """Return how many were lost over so many steps, in words.

    >>> loss(25, 3), loss(20, 1), loss(0, 1), loss("c", 2)
    ('25 lost in all', '20 lost', 'none lost', '[c] lost in all')
    """
    if lost is None:
        return ""
    return ("none lost" if lost == 0 else f"{text(lost)} lost") + (" in all" if steps > 1 else "")


def column(x: float, counts: Sequence[Count | None], losses: Sequence[Count | None], tops: Sequence[float]) -> str:
    """Return one group's boxes; an arrow leads past the steps at which its count is withheld."""
    parts, before = [], None
    for at in boxed(counts):
        if before is not None:
            parts.append(arrow(x, tops[before] + BOX[1], tops[at], loss(losses[at], at - before)))
        parts.append(box(x, tops[at], counts[at] or 0, at == len(counts) - 1))
        before = at
    return "".join(parts)


def flow_diagram(steps: tuple[Published, ...]) -> str:
    """Return the diagram as SVG, a row a step and a column a group."""
    reasons = [wrap(f"Lost: {step.reason}", 36) if step.reason else [] for step in steps]
    gaps = [max(GAP, REASON_LINE * len(reason) + 20) for reason in reasons]
    tops = list(accumulate((BOX[1] + gap for gap in gaps[1:]), initial=float(TOP)))
    height = tops[-1] + BOX[1] + 8
    parts = [line(x, 22, name, bold=True, colour=DARK_BLUE) for x, name in zip(COLUMNS, GROUPS, strict=True)]
    for step, reason, top, gap in zip(steps, reasons, tops, gaps, strict=True):
        names = wrap(step.step, 30)
        first = top + BOX[1] / 2 + 5 - 9 * (len(names) - 1)
        parts += [line(4, first + 18 * row, name, anchor="start", bold=True) for row, name in enumerate(names)]
        middle = top - gap / 2 + 4 - REASON_LINE / 2 * (len(reason) - 1)
        parts += [
            line(4, middle + REASON_LINE * row, words, anchor="start", size=13, colour=GREY)
            for row, words in enumerate(reason)
        ]
    scheme, comparison = COLUMNS
    parts.append(column(scheme, [one.treated for one in steps], [one.treated_lost for one in steps], tops))
    parts.append(column(comparison, [one.comparison for one in steps], [one.comparison_lost for one in steps], tops))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height:g}" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )


def flow_words(steps: tuple[Published, ...]) -> str:
    """Return the diagram in words, a clause a step."""
    said = [[step.step] for step in steps]
    for name, counts, losses in (
        ("scheme", [one.treated for one in steps], [one.treated_lost for one in steps]),
        ("comparison", [one.comparison for one in steps], [one.comparison_lost for one in steps]),
    ):
        before = None
        for at in boxed(counts):
            gone = "" if before is None else loss(losses[at], at - before)
            said[at].append(f"{name} {text(counts[at])}" + (f" ({gone})" if gone else ""))
            before = at
    clauses = [
        f"{words[0]}: {', '.join(words[1:]) or 'withheld'}" + (f"; lost: {step.reason}" if step.reason else "")
        for words, step in zip(said, steps, strict=True)
    ]
    return f"People left after each step. {'. '.join(clauses)}."
