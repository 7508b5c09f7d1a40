"""The waterfall of a settlement: from the value of what fell, step by step, to what is paid."""

from collections.abc import Sequence
from typing import Any

from whatworks.money.contracts.line import pounds
from whatworks.money.contracts.waterfall import Fall
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, GREY, INK, TURQUOISE


def waterfall_chart(steps: Sequence[Fall]) -> dict[str, Any]:
    """Return the chart: sums in blue, what is added in green, what is taken away in pink."""
    import altair as alt

    data = bars(steps)
    widest = max([abs(point["end"]) for point in data] + [abs(point["start"]) for point in data] + [1.0])
    lowest = min(0.0, *(min(point["start"], point["end"]) for point in data))
    scale = alt.Scale(domain=[lowest, widest * 1.32], nice=False)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=210))
    )
    marks = base.mark_bar(height=20).encode(
        x=alt.X("start:Q", scale=scale, title="Pounds", axis=alt.Axis(format=",.0f", tickCount=5)),
        x2="end:Q",
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["sum", "added", "taken away"], range=[DARK_BLUE, TURQUOISE, DARK_PINK]),
            legend=alt.Legend(orient="bottom", title=None),
        ),
    )
    words = base.mark_text(align="left", dx=6, fontSize=13, color=INK).encode(
        x=alt.X("right:Q", scale=scale), text="words:N"
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY).encode(x="at:Q")
    return specification(alt.layer(marks, zero, words).properties(width=430, height=alt.Step(34)))


def bars(steps: Sequence[Fall]) -> list[dict[str, Any]]:
    """Return where each bar begins and ends, and its words.

    >>> from fractions import Fraction
    >>> found = bars([Fall("Saved", Fraction(100), True), Fall("Kept", Fraction(-40))])
    >>> [(bar["start"], bar["end"], bar["words"]) for bar in found]
    [(0.0, 100.0, '£100.00'), (100.0, 60.0, '−£40.00')]
    """
    reached, found = 0.0, []
    for step in steps:
        amount = float(step.pounds)
        start, end = (0.0, amount) if step.level else (reached, reached + amount)
        kind = "sum" if step.level else "added" if amount > 0 else "taken away"
        words = pounds(step.pounds)
        found.append(
            {"label": step.label, "start": start, "end": end, "right": max(start, end), "kind": kind, "words": words}
        )
        reached = end
    return found


def waterfall_words(steps: Sequence[Fall]) -> str:
    """Return the chart in words."""
    return "; ".join(f"{bar['label']} {bar['words']}" for bar in bars(steps)) + "."
