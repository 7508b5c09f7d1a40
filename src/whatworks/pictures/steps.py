"""Step curves: a share that rises from day to day, one line a group."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, DARK_GREY, DARK_PINK, LIGHT_PURPLE, ORANGE, TURQUOISE

COLOURS = (DARK_BLUE, ORANGE, TURQUOISE, DARK_PINK, DARK_GREY, LIGHT_PURPLE)
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4])
"""Each group has a colour and a dash of its own, so that colour alone says nothing."""


class Step(NamedTuple):
    """A group's share in per cent by a day."""

    group: str
    day: float
    share: float


def step_curves(steps: Sequence[Step], x: str, y: str) -> dict[str, Any]:
    """Return the chart, from zero to a hundred per cent; `x` and `y` name the axes.

    >>> step_curves([Step("A", 0, 0), Step("A", 7, 50)], "Days", "%")["mark"]["interpolate"]
    'step-after'
    """
    import altair as alt

    groups = list(dict.fromkeys(one.group for one in steps))
    chart = alt.Chart(alt.Data(values=[one._asdict() for one in steps]))
    lines = chart.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        x=alt.X("day:Q", title=x),
        y=alt.Y("share:Q", title=y, scale=alt.Scale(domain=[0, 100], nice=False)),
        color=alt.Color(
            "group:N", scale=alt.Scale(domain=groups, range=list(COLOURS[: len(groups)])), legend=_legend(groups)
        ),
        strokeDash=alt.StrokeDash("group:N", scale=alt.Scale(domain=groups, range=list(DASHES[: len(groups)]))),
    )
    return specification(lines.properties(width=600, height=240))


def _legend(groups: Sequence[str]) -> Any:
    drawn = legend()
    drawn.columns, drawn.labelLimit = 1 if len(groups) > 2 else 2, 560
    return drawn


def step_words(steps: Sequence[Step], what: str) -> str:
    """Return the chart in words: each group's share at the start, the middle and the end.

    >>> step_words([Step("A", 0, 0), Step("A", 7, 50), Step("A", 9, 60)], "moved on")
    'A: 0% moved on by day 0, 50% by day 7, 60% by day 9.'
    """
    said = []
    for group in dict.fromkeys(one.group for one in steps):
        own = [one for one in steps if one.group == group]
        first, middle, last = own[0], own[len(own) // 2], own[-1]
        said.append(
            f"{group}: {first.share:g}% {what} by day {first.day:g}, {middle.share:g}% by day {middle.day:g}, "
            f"{last.share:g}% by day {last.day:g}."
        )
    return " ".join(said)
