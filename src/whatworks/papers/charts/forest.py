"""The forest plot: each outcome's difference with its interval, one panel for each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

from whatworks.papers.words import interval, text
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_GREY, GREY, INK

LINE = 50
"""Letters of a label that stand on one line."""

LETTER, LABELS, WHOLE = 6.3, 230, 540
"""The width of a letter, the least of the labels, and that of labels and plot together, in pixels."""

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
    lines = [line for row in rows for line in wrapped(row.label).split("\n")]
    left = max(LABELS, min(round(LETTER * max(map(len, lines), default=0)), round(LETTER * LINE)))
    panels = [panel(name, [row for row in rows if row.panel == name], left) for name in names]
    return specification(alt.vconcat(*panels, spacing=18).resolve_scale(x="independent", y="independent"))


def panel(name: str, rows: list[Row], left: int) -> Any:
    """Return the panel of one unit, zero always in sight, its labels on the `left` that many pixels wide."""
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
                labelBaseline=alt.condition(
                    "indexof(datum.value, '\\n') > 0", alt.value("bottom"), alt.value("middle")
                ),
                labelLineHeight=14,
                labelLimit=left + 10,
                minExtent=left,
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
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x="at:Q")
    words = base.mark_text(align="left", fontSize=13, color=INK).encode(text="words:N", x=alt.value(WHOLE - left + 12))
    most = max(wrapped(row.label).count("\n") for row in rows)
    step = 20 + 14 * most if most else 24 if len(rows) > MANY else 30
    return alt.layer(zero, bars, dots, words).properties(width=WHOLE - left, height=alt.Step(step))


def wrapped(label: str) -> str:
    """Return a label broken into lines, none clipped.

    >>> wrapped("Through the Gate: did the resettlement scheme reduce reoffending?")
    'Through the Gate: did the resettlement scheme\\nreduce reoffending?'
    """
    return "\n".join(wrap(label, LINE))
