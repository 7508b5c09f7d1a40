"""The forest plot: each outcome's difference with its interval, one panel for each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

from whatworks.papers.charts.drawing import specification
from whatworks.papers.charts.palette import DARK_BLUE, DARK_GREY, GREY, INK
from whatworks.papers.words import interval, text

LINE = 34
"""Letters of a label that stand on one line."""

MANY = 12
"""With more rows than this in a panel they stand closer together, so that all of them fit on a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One difference with its interval; `panel` says its unit, and `bold` marks the primary outcome."""

    label: str
    panel: str
    difference: Decimal
    low: Decimal
    high: Decimal
    bold: bool = False

    def words(self) -> str:
        """Return the estimate and its interval.

        >>> Row("a", "points", Decimal("-8.7"), Decimal("-15.5"), Decimal("-2.0")).words()
        '−8.7 (−15.5 to −2.0)'
        """
        return f"{text(self.difference)} ({interval(self.low, self.high)})"


def forest_plot(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the chart of the differences."""
    import altair as alt

    names = list(dict.fromkeys(row.panel for row in rows))
    panels = [panel(name, [row for row in rows if row.panel == name]) for name in names]
    return specification(alt.vconcat(*panels, spacing=18).resolve_scale(x="independent", y="independent"))


def panel(name: str, rows: list[Row]) -> Any:
    """Return the panel of one unit, nought always in sight."""
    import altair as alt

    data: list[dict[str, Any]] = [
        {
            "label": wrapped(row.label),
            "difference": float(row.difference),
            "low": float(row.low),
            "high": float(row.high),
            "words": row.words(),
            "bold": "yes" if row.bold else "no",
        }
        for row in rows
    ]
    ends = [0.0, *(point["low"] for point in data), *(point["high"] for point in data)]
    pad = (max(ends) - min(ends)) * 0.06 or 1.0
    scale = alt.Scale(domain=[min(ends) - pad, max(ends) + pad], nice=False)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "label:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                ticks=False,
                domain=False,
                labelExpr="split(datum.value, '\\n')",
                labelLineHeight=13,
                labelLimit=250,
                minExtent=230,
            ),
        )
    )
    colour = alt.condition("datum.bold == 'yes'", alt.value(DARK_BLUE), alt.value(DARK_GREY))
    bars = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", scale=scale, axis=alt.Axis(tickCount=7), title=f"Scheme minus comparison: {name}"),
        x2="high:Q",
        color=colour,
    )
    dots = base.mark_point(filled=True, opacity=1).encode(
        x=alt.X("difference:Q", scale=scale),
        color=colour,
        shape=alt.condition("datum.bold == 'yes'", alt.value("square"), alt.value("circle")),
        size=alt.condition("datum.bold == 'yes'", alt.value(150), alt.value(90)),
    )
    nought = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x="at:Q")
    words = base.mark_text(align="left", fontSize=13, color=INK).encode(text="words:N", x=alt.value(322))
    return alt.layer(nought, bars, dots, words).properties(width=310, height=alt.Step(24 if len(rows) > MANY else 30))


def wrapped(label: str) -> str:
    """Return a label broken into lines, none clipped.

    >>> wrapped("Without nights in custody in the two years before")
    'Without nights in custody in the\\ntwo years before'
    """
    return "\n".join(wrap(label, LINE))
