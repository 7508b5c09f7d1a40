"""The trend plot: both groups' means before and after, which difference-in-differences sets against each other."""

from textwrap import wrap
from typing import Any

from whatworks.papers.charts.overlap import GROUPS
from whatworks.papers.disclosure.published import Published
from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, GREY, TURQUOISE


def lines_of(label: str) -> str:
    """Return a label cut into lines, which the axis sets one under the other.

    >>> lines_of("19 to 24 months before the run-in")
    '19 to 24|months before|the run-in'
    """
    return "|".join(wrap(label, 13))


def trend_plot(outcome: Published) -> dict[str, Any]:
    """Return the chart of one outcome's periods."""
    import altair as alt

    order = [lines_of(period.label) for period in outcome.periods]
    data: list[dict[str, Any]] = [
        {"period": lines_of(period.label), "group": name, "mean": float(mean)}
        for period in outcome.periods
        for name, mean in zip(GROUPS, (period.treated, period.comparison), strict=True)
        if mean is not None
    ]
    means = [point["mean"] for point in data]
    pad = (max(means) - min(means)) * 0.15 or 1.0
    domain = [min(means) - pad, max(means) + pad]
    unit = [
        *wrap(outcome.unit[:1].upper() + outcome.unit[1:], 30),
        *(["(axis not from zero)"] if domain[0] > 0 else []),
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X(
            "period:O",
            sort=order,
            title=None,
            scale=alt.Scale(type="point", padding=0.5),
            axis=alt.Axis(labelAngle=0, labelExpr="split(datum.label, '|')"),
        ),
        y=alt.Y("mean:Q", title=unit, scale=alt.Scale(domain=domain, nice=False)),
        color=alt.Color("group:N", scale=alt.Scale(domain=list(GROUPS), range=[DARK_BLUE, TURQUOISE]), legend=legend()),
        shape=alt.Shape("group:N", scale=alt.Scale(domain=list(GROUPS), range=["circle", "diamond"]), legend=legend()),
    )
    lines = base.mark_line(strokeWidth=2.5) + base.mark_point(filled=True, size=90, opacity=1)
    first_after = next((at for at, period in enumerate(outcome.periods) if period.after), 0)
    start = 600 * first_after / max(1, len(order))
    mark = alt.Chart(alt.Data(values=[{"a": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=alt.value(start))
    return specification(alt.layer(mark, lines).properties(width=600, height=210))
