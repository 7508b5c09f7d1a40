"""The UpSet picture: which sets people are in at once, and how many are in each such combination (Lex et al. 2014)."""

from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.pictures.drawing import WIDTH, specification
from whatworks.pictures.palette import DARK_BLUE, RULE


def upset_chart(sets: Sequence[str], combinations: Mapping[tuple[str, ...], float], title: str) -> dict[str, Any]:
    """Return the chart: a bar a combination, and below it a dot for each set that is part of it.

    >>> chart = upset_chart(["police", "health"], {("police",): 30, ("police", "health"): 12}, "People")
    >>> len(chart["vconcat"]), len(chart["vconcat"][1]["layer"])
    (2, 2)
    """
    import altair as alt

    columns = [str(at) for at in range(len(combinations))]
    bars = [{"at": at, "n": count} for at, count in zip(columns, combinations.values(), strict=True)]
    dots = [
        {"at": at, "set": name, "in": name in of} for at, of in zip(columns, combinations, strict=True) for name in sets
    ]
    ends = [
        {"at": at, "from": min(of, key=sets.index), "to": max(of, key=sets.index)}
        for at, of in zip(columns, combinations, strict=True)
    ]
    x = alt.X("at:N", sort=columns, axis=None)
    height = alt.Chart(alt.Data(values=bars)).encode(x=x, y=alt.Y("n:Q", title=title))
    numbers = height.mark_text(dy=-7, fontSize=12).encode(text=alt.Text("n:Q", format=",d"))
    y = alt.Y("set:N", sort=list(sets), title=None, axis=alt.Axis(ticks=False, domain=False, grid=False))
    grid = alt.Chart(alt.Data(values=dots)).encode(x=x, y=y)
    lines = alt.Chart(alt.Data(values=ends)).mark_rule(color=DARK_BLUE, strokeWidth=3)
    lines = lines.encode(x=x, y=alt.Y("from:N", sort=list(sets)), y2="to:N")
    inside = alt.condition("datum.in", alt.value(DARK_BLUE), alt.value(RULE))
    marks = grid.mark_point(filled=True, size=130, opacity=1, stroke=None).encode(color=inside)
    width = WIDTH - 180
    top = (height.mark_bar(color=DARK_BLUE) + numbers).properties(width=width, height=190)
    below = (lines + marks).properties(width=width, height=26 * len(sets))
    return specification(alt.vconcat(top, below, spacing=6))
