"""A series with its intervals, broken where what was measured changed, and marked where something was said."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from whatworks.pictures.drawing import WIDTH, specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, GREY, ORANGE, PALE_BLUE


class TrendPoint(TypedDict):
    """A value with its interval on a day; points of different runs are not joined."""

    on: date
    value: float
    low: float
    high: float
    run: int
    seen: bool


def trend_chart(
    points: Sequence[TrendPoint], breaks: Sequence[date], marks: Sequence[tuple[date, str]], title: str
) -> dict[str, Any]:
    """Return the chart: a band and a line a run, a dashed rule at each break, a dotted one with words at each mark.

    >>> day = date(2024, 3, 31)
    >>> point: TrendPoint = {"on": day, "value": 0.5, "low": 0.4, "high": 0.6, "run": 0, "seen": True}
    >>> len(trend_chart([point], [], [], "Share")["layer"])
    4
    """
    import altair as alt

    data = [{**point, "on": point["on"].isoformat()} for point in points]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("on:T", title=None, axis=alt.Axis(format="%b %Y")), detail="run:N"
    )
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False))
    colour = alt.condition("datum.seen", alt.value(ORANGE), alt.value(DARK_BLUE))
    shape = alt.condition("datum.seen", alt.value("diamond"), alt.value("circle"))
    layers = [
        base.mark_area(color=PALE_BLUE).encode(y=alt.Y("low:Q", title=title, scale=alt.Scale(zero=False)), y2="high:Q"),
        base.mark_rule(color=DARK_BLUE, opacity=0.35).encode(y="low:Q", y2="high:Q"),
        base.mark_line(color=DARK_BLUE, strokeWidth=2).encode(y=y),
        base.mark_point(filled=True, size=70, opacity=1).encode(y=y, color=colour, shape=shape),
    ]
    for days, dash, ink in ((breaks, [6, 4], DARK_PINK), ([on for on, _ in marks], [2, 3], GREY)):
        if days:
            rules = alt.Chart(alt.Data(values=[{"on": day.isoformat()} for day in days]))
            layers.append(rules.mark_rule(color=ink, strokeDash=dash, strokeWidth=1.5).encode(x="on:T"))
    if marks:
        words = alt.Chart(alt.Data(values=[{"on": on.isoformat(), "text": text[:40]} for on, text in marks]))
        layers.append(
            words.mark_text(align="left", dx=4, baseline="top", fontSize=11, color=GREY, limit=160).encode(
                x="on:T", y=alt.value(2), text="text:N"
            )
        )
    return specification(alt.layer(*layers).properties(width=WIDTH - 90, height=260))
