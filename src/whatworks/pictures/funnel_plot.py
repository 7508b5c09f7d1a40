"""The funnel plot: each unit's share by its size, against the limits of chance."""

from collections.abc import Sequence
from typing import Any, TypedDict

from whatworks.pictures.drawing import WIDTH, legend, specification
from whatworks.pictures.palette import DARK_BLUE, GREY, ORANGE, PALE_BLUE, RULE

INSIDE, OUTSIDE = ("inside the 99.8% limits", "outside")


class FunnelPoint(TypedDict):
    """A unit: its share of so many, its limits in the same unit, and its name if it is outside."""

    n: int
    share: float
    low: float
    high: float
    inner_low: float
    inner_high: float
    name: str


def funnel_chart(points: Sequence[FunnelPoint], overall: float, title: str, base: str) -> dict[str, Any]:
    """Return the chart; only units outside the 99.8% limits carry their names, and no unit has a rank.

    >>> unit: FunnelPoint = {
    ...     "n": 20, "share": 0.6, "low": 0, "high": 0.55, "inner_low": 0.1, "inner_high": 0.45, "name": "A"}
    >>> len(funnel_chart([unit], 0.25, "Share", "People")["layer"])
    5
    """
    import altair as alt

    data = [{**point, "at": OUTSIDE if point["name"] else INSIDE} for point in sorted(points, key=lambda one: one["n"])]
    chart = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("n:Q", title=base[:1].upper() + base[1:], scale=alt.Scale(zero=False, padding=20))
    )
    y = {"title": title, "axis": alt.Axis(format="%")}
    limits = [
        chart.mark_area(color=colour, opacity=0.6, interpolate="monotone").encode(
            y=alt.Y(f"{low}:Q", **y), y2=f"{high}:Q"
        )
        for colour, low, high in ((PALE_BLUE, "low", "high"), (RULE, "inner_low", "inner_high"))
    ]
    middle = alt.Chart(alt.Data(values=[{"at": overall}])).mark_rule(color=GREY).encode(y="at:Q")
    domain = [INSIDE, OUTSIDE]
    dots = chart.mark_point(filled=True, size=80, opacity=1).encode(
        y=alt.Y("share:Q", **y),
        color=alt.Color("at:N", scale=alt.Scale(domain=domain, range=[DARK_BLUE, ORANGE]), legend=legend()),
        shape=alt.Shape("at:N", scale=alt.Scale(domain=domain, range=["circle", "diamond"]), legend=legend()),
    )
    names = chart.mark_text(dy=-11, fontSize=12).encode(y=alt.Y("share:Q", **y), text="name:N")
    return specification(alt.layer(*limits, middle, dots, names).properties(width=WIDTH - 90, height=280))
