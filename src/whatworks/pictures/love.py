"""The love plot: how unlike two groups were before matching, and after."""

from collections.abc import Sequence
from typing import Any, TypedDict

from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, GREY, ORANGE, PALE_AMBER, PALE_GREEN

FURTHEST = 150
"""Differences beyond this many per cent are drawn at the edge."""

BEFORE, AFTER, START = STAGES = ("before matching", "after matching", "at the start")
"""Nobody is matched where people were put into the groups by chance: there is one stage, the start."""

MARKS = {BEFORE: (ORANGE, "diamond"), AFTER: (DARK_BLUE, "circle"), START: (DARK_BLUE, "circle")}
"""Each stage's colour and shape, so that colour alone says nothing."""


class Point(TypedDict):
    """A standardised difference in per cent, of a covariate or level, at a stage."""

    covariate: str
    stage: str
    smd: float


def love_chart(points: Sequence[Point]) -> dict[str, Any]:
    """Return the chart, the bands of 5 and 10 per cent behind it.

    >>> chart = love_chart([{"covariate": "age", "stage": BEFORE, "smd": 200.0}])
    >>> [layer["data"]["values"][0].get("at") for layer in chart["layer"][2:]]
    [0, 150]
    """
    import altair as alt

    at = [max(-FURTHEST, min(FURTHEST, point["smd"])) for point in points]
    data: list[dict[str, Any]] = [{**point, "at": place} for point, place in zip(points, at, strict=True)]
    reach = max(20, *(abs(place) for place in at)) + 5
    beyond = any(place != point["smd"] for point, place in zip(points, at, strict=True))
    title = "Standardised difference, scheme minus comparison (%"
    title += f"; beyond {FURTHEST} at the edge)" if beyond else ")"
    order = list(dict.fromkeys(point["covariate"] for point in data))
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    ground = [
        alt.Chart(alt.Data(values=[{"low": -far, "high": far}]))
        .mark_rect(color=colour)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
        for far, colour in ((10, PALE_AMBER), (5, PALE_GREEN))
    ]
    middle = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY).encode(x="at:Q")
    shown = [stage for stage in STAGES if any(point["stage"] == stage for point in data)]
    colours, shapes = ([MARKS[stage][part] for stage in shown] for part in (0, 1))
    dots = (
        alt.Chart(alt.Data(values=data))
        .mark_point(filled=True, size=95, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=scale, title=title),
            y=alt.Y("covariate:N", sort=order, title=None, axis=alt.Axis(grid=True, ticks=False, domain=False)),
            color=alt.Color("stage:N", scale=alt.Scale(domain=shown, range=colours), legend=legend()),
            shape=alt.Shape("stage:N", scale=alt.Scale(domain=shown, range=shapes), legend=legend()),
        )
    )
    return specification(alt.layer(*ground, middle, dots).properties(width=440, height=alt.Step(27)))
