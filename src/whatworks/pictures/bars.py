"""Bars side by side: the shares of some groups in each band of values."""

from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, ORANGE, TURQUOISE

COLOURS = (DARK_BLUE, TURQUOISE, ORANGE)


def grouped_bars(bands: Sequence[str], groups: Mapping[str, Sequence[float]], title: str) -> dict[str, Any]:
    """Return the chart: for each band a bar a group, its share in per cent of the group; the axis begins at zero.

    >>> grouped_bars(["0-1"], {"Scheme": [100]}, "Score")["layer"][0]["encoding"]["x"]["title"]
    'Score'
    """
    import altair as alt

    data = [
        {"band": band, "group": name, "share": shares[at]}
        for at, band in enumerate(bands)
        for name, shares in groups.items()
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("band:O", sort=list(bands), title=title, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("group:N", sort=list(groups)),
        y=alt.Y("share:Q", title="Share of the group (%)"),
    )
    scale = alt.Scale(domain=list(groups), range=list(COLOURS[: len(groups)]))
    bars = base.mark_bar().encode(color=alt.Color("group:N", scale=scale, legend=legend()))
    text = base.mark_text(dy=-7, fontSize=12).encode(text="share:Q")
    return specification((bars + text).properties(width=600, height=190))
