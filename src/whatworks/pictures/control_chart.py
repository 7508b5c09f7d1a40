"""The control chart: a series between the limits that its own past gives."""

from collections.abc import Sequence
from typing import Any, TypedDict

from whatworks.pictures.drawing import WIDTH, legend, specification
from whatworks.pictures.palette import DARK_BLUE, GREY, ORANGE

USUAL, SIGNAL = ("as always", "a signal")


class ControlPoint(TypedDict):
    """A period's value, its limits, and whether it is a signal."""

    period: str
    value: float
    low: float
    high: float
    signal: bool


def control_chart(points: Sequence[ControlPoint], middle: float, title: str) -> dict[str, Any]:
    """Return the chart: points in order, the middle, and the limits as stepped lines.

    >>> point: ControlPoint = {"period": "Q1", "value": 5.0, "low": 1.0, "high": 9.0, "signal": False}
    >>> len(control_chart([point], 5.0, "Count")["layer"])
    5
    """
    import altair as alt

    data = [{**point, "kind": SIGNAL if point["signal"] else USUAL} for point in points]
    order = [point["period"] for point in points]
    chart = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("period:O", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    )
    scale = alt.Scale(zero=False)
    limits = [
        chart.mark_line(color=GREY, strokeDash=[5, 4], interpolate="step").encode(
            y=alt.Y(f"{end}:Q", title=title, scale=scale)
        )
        for end in ("low", "high")
    ]
    centre = alt.Chart(alt.Data(values=[{"at": middle}])).mark_rule(color=GREY).encode(y="at:Q")
    y = alt.Y("value:Q", title=title, scale=scale)
    kinds = [USUAL, SIGNAL]
    dots = chart.mark_point(filled=True, size=70, opacity=1).encode(
        y=y,
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[DARK_BLUE, ORANGE]), legend=legend()),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=legend()),
    )
    line = chart.mark_line(color=DARK_BLUE).encode(y=y)
    return specification(alt.layer(*limits, centre, line, dots).properties(width=WIDTH - 90, height=240))
