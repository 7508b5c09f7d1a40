"""The Lorenz curve turned round: what the most affected share of units holds, beside the line of chance."""

from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, ORANGE, RULE

DASHES = ([1, 0], [6, 3])


def lorenz_chart(curves: Mapping[str, Sequence[tuple[float, float]]], x: str, y: str) -> dict[str, Any]:
    """Return the chart of two curves in per cent, and the line on which all units hold alike.

    >>> len(lorenz_chart({"observed": [(0, 0), (10, 40), (100, 100)]}, "People (%)", "Offences (%)")["layer"])
    2
    """
    import altair as alt

    data = [{"curve": name, "at": at, "held": held} for name, points in curves.items() for at, held in points]
    scale = alt.Scale(domain=[0, 100], nice=False)
    names = list(curves)
    lines = alt.Chart(alt.Data(values=data)).mark_line(strokeWidth=2.5)
    lines = lines.encode(
        x=alt.X("at:Q", title=x, scale=scale),
        y=alt.Y("held:Q", title=y, scale=scale),
        color=alt.Color("curve:N", scale=alt.Scale(domain=names, range=[DARK_BLUE, ORANGE]), legend=legend()),
        strokeDash=alt.StrokeDash("curve:N", scale=alt.Scale(domain=names, range=list(DASHES)), legend=legend()),
    )
    even = alt.Chart(alt.Data(values=[{"at": end, "held": end} for end in (0, 100)]))
    even = even.mark_line(color=RULE).encode(x=alt.X("at:Q", title=x), y=alt.Y("held:Q", title=y))
    return specification((even + lines).properties(width=420, height=300))
