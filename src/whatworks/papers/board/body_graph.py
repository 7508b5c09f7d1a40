"""Draw the bodies of a year: who reports to whom, which are named, and which stand only because no end is known."""

from collections.abc import Sequence
from textwrap import wrap

from whatworks.board.bodies import BodiesOfYear, Body, BodyMap
from whatworks.papers.charts.flow import line
from whatworks.pictures.drawing import FONT, WIDTH
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, GREY, INK, PALE, PALE_BLUE, RULE, WHITE

BOX = (160, 62)
GAP = (8, 34)
ACROSS = 4
TOP = 44
LETTERS = 22
"""How many letters of a name stand in one line of a box."""

Place = tuple[float, float]


def rows(bodies: Sequence[Body]) -> list[list[Body]]:
    """Return the bodies in rows: those that report to nobody shown first, below them those that report to these.

    A row holds at most four; a longer one is broken.
    """
    shown = {body.name for body in bodies}
    depth: dict[str, int] = {}
    for body in bodies:
        depth[body.name] = level(body, {one.name: one for one in bodies}, shown)
    found: list[list[Body]] = []
    for deep in sorted(set(depth.values())):
        layer = sorted(
            (body for body in bodies if depth[body.name] == deep), key=lambda one: (one.reports_to or "", one.name)
        )
        found += [layer[at : at + ACROSS] for at in range(0, len(layer), ACROSS)]
    return found


def level(body: Body, bodies: dict[str, Body], shown: set[str]) -> int:
    """Return how many bodies stand above one; a ring of reporting lines is cut."""
    seen, deep = {body.name}, 0
    while body.reports_to in shown and body.reports_to not in seen:
        body = bodies[body.reports_to or ""]
        seen.add(body.name)
        deep += 1
    return deep


def places(layers: list[list[Body]]) -> dict[str, Place]:
    """Return the middle of each body's box, as across and down."""
    found = {}
    for row, layer in enumerate(layers):
        width = len(layer) * BOX[0] + (len(layer) - 1) * GAP[0]
        for at, body in enumerate(layer):
            found[body.name] = (
                (WIDTH - width) / 2 + BOX[0] / 2 + at * (BOX[0] + GAP[0]),
                TOP + BOX[1] / 2 + row * (BOX[1] + GAP[1]),
            )
    return found


def year_graph(mapped: BodyMap, year: BodiesOfYear) -> str:
    """Return the year's graph as SVG: filled boxes are named in it, dashed ones are carried from earlier years."""
    bodies = [mapped.body(name) for name in year.standing]
    layers = rows(bodies)
    at = places(layers)
    height = TOP + len(layers) * (BOX[1] + GAP[1]) - GAP[1] + 10
    parts = [legend()]
    parts += [edge(at[body.reports_to], at[body.name]) for body in bodies if body.reports_to in at]
    parts += [box(body, at[body.name], body.name in year.named) for body in bodies]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height:g}" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )


def legend() -> str:
    """Return what the boxes mean."""
    return (
        f'<rect x="4" y="6" width="26" height="16" fill="{PALE_BLUE}" stroke="{DARK_BLUE}"/>'
        + line(36, 19, "named this year", anchor="start", size=13)
        + f'<rect x="170" y="6" width="26" height="16" fill="{PALE}" stroke="{GREY}" stroke-dasharray="4 3"/>'
        + line(202, 19, "named earlier, end not known", anchor="start", size=13)
        + f'<rect x="420" y="6" width="26" height="16" fill="{WHITE}" stroke="{DARK_PINK}" stroke-width="3"/>'
        + line(452, 19, "no finish test", anchor="start", size=13)
    )


def box(body: Body, place: Place, named: bool) -> str:
    """Return a body's box with its name; a task-and-finish group without a finish test has a heavy edge."""
    x, y = place
    ground, stroke = (PALE_BLUE, DARK_BLUE) if named else (PALE, GREY)
    dash = "" if named else ' stroke-dasharray="4 3"'
    heavy = (DARK_PINK, 3) if body.lacks_finish_test else (stroke, 1.2)
    names = wrap(body.name + (" (several)" if body.several else ""), LETTERS)[:4]
    first = y + 4 - 7 * (len(names) - 1)
    words = "".join(
        line(x, first + 14 * row, name, size=12, bold=body.standing == "met", colour=INK)
        for row, name in enumerate(names)
    )
    return (
        f'<rect x="{x - BOX[0] / 2:g}" y="{y - BOX[1] / 2:g}" width="{BOX[0]}" height="{BOX[1]}" rx="4" '
        f'fill="{ground}" stroke="{heavy[0]}" stroke-width="{heavy[1]}"{dash}/>{words}'
    )


def edge(above: Place, below: Place) -> str:
    """Return the line from a body to the one it reports to."""
    top, bottom = above[1] + BOX[1] / 2, below[1] - BOX[1] / 2
    middle = bottom - GAP[1] / 2
    return (
        f'<path d="M{above[0]:g} {top:g} V{middle:g} H{below[0]:g} V{bottom:g}" fill="none" stroke="{RULE}" '
        f'stroke-width="1.5"/>'
    )


def year_words(mapped: BodyMap, year: BodiesOfYear) -> str:
    """Return the graph in words: the bodies named, those carried, the reporting lines, the missing finish tests."""
    bodies = [mapped.body(name) for name in year.standing]
    lines = [f"{body.name} reports to {body.reports_to}" for body in bodies if body.reports_to in year.standing]
    bare = [body.name for body in bodies if body.lacks_finish_test]
    said = f"{len(year.named)} bodies are named in {year.year}: {'; '.join(year.named)}."
    if year.carried:
        said += f" {len(year.carried)} more were named earlier, and no end is known: {'; '.join(year.carried)}."
    said += f" {'. '.join(lines)}." if lines else " No reporting line among them is in the record."
    return said + (f" Without a finish test: {'; '.join(bare)}." if bare else "")
