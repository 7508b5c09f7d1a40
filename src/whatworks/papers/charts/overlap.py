"""The overlap plot: whether the comparison group holds people as likely to be in the scheme."""

from typing import Any

from whatworks.papers.charts.love import legend
from whatworks.papers.evaluation.release import Bin, Overlap
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, TURQUOISE

GROUPS = ("Scheme group", "Comparison group")


def band(found: Bin) -> str:
    """Return a band of scores in words."""
    return f"{found.low.normalize():f}–{found.high.normalize():f}"


def overlap_plot(overlap: Overlap) -> dict[str, Any]:
    """Return the chart of both groups by band of scores."""
    import altair as alt

    data = [
        {"band": band(found), "group": name, "share": int(share)}
        for found in overlap.bins
        for name, share in zip(GROUPS, (found.treated, found.comparison), strict=True)
    ]
    order = [band(found) for found in overlap.bins]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X(
            "band:O",
            sort=order,
            title="Score: how likely a person was to be in the scheme",
            axis=alt.Axis(labelAngle=0),
        ),
        xOffset=alt.XOffset("group:N", sort=list(GROUPS)),
        y=alt.Y("share:Q", title="Share of the group (%)"),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("group:N", scale=alt.Scale(domain=list(GROUPS), range=[DARK_BLUE, TURQUOISE]), legend=legend())
    )
    text = base.mark_text(dy=-7, fontSize=12).encode(text="share:Q")
    return specification((bars + text).properties(width=600, height=190))
