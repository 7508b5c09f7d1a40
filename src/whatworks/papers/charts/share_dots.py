"""Shares with their intervals, one panel a stage, one row a group of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from whatworks.papers.words import interval, text
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, INK


@dataclass(frozen=True, slots=True)
class Dot:
    """One share, in per cent, with its interval; `marked` where it is told apart from everyone else's."""

    label: str
    panel: str
    share: Decimal
    low: Decimal
    high: Decimal
    marked: bool = False

    def words(self) -> str:
        """Return the share and its interval.

        >>> Dot("women", "Started", Decimal(40), Decimal("31.3"), Decimal("49.3")).words()
        '40% (31.3% to 49.3%)'
        """
        return f"{text(self.share)}% ({interval(self.low, self.high, '%')})"


def share_dots(dots: Sequence[Dot]) -> dict[str, Any]:
    """Return the chart: panels under one another, from zero to a hundred per cent."""
    import altair as alt

    panels = [_panel(name, [dot for dot in dots if dot.panel == name]) for name in dict.fromkeys(d.panel for d in dots)]
    return specification(alt.vconcat(*panels, spacing=14).resolve_scale(x="independent", y="independent"))


def dot_words(dots: Sequence[Dot]) -> str:
    """Return the chart in words: its message and every figure."""
    parts = []
    for panel in dict.fromkeys(dot.panel for dot in dots):
        rows = [f"{dot.label} {dot.words()}{', told apart from everyone else' if dot.marked else ''}"
                for dot in dots if dot.panel == panel]  # fmt: skip
        parts.append(f"{panel}: {'; '.join(rows)}")
    return f"Shares with 95% intervals. {'. '.join(parts)}."


def _panel(name: str, dots: list[Dot]) -> Any:
    import altair as alt

    data: list[dict[str, Any]] = [
        {
            "label": dot.label,
            "share": float(dot.share),
            "low": float(dot.low),
            "high": float(dot.high),
            "words": dot.words(),
            "told": "yes" if dot.marked else "no",
        }
        for dot in dots
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200, minExtent=200)
        )
    )
    scale = alt.Scale(domain=[0, 100], nice=False)
    colour = alt.condition("datum.told == 'yes'", alt.value(DARK_PINK), alt.value(DARK_BLUE))
    bars = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", scale=scale, title="Per cent", axis=alt.Axis(tickCount=5)), x2="high:Q", color=colour
    )
    points = base.mark_point(filled=True, opacity=1).encode(
        x=alt.X("share:Q", scale=scale),
        color=colour,
        shape=alt.condition("datum.told == 'yes'", alt.value("diamond"), alt.value("circle")),
        size=alt.value(110),
    )
    words = base.mark_text(align="left", fontSize=13, color=INK).encode(text="words:N", x=alt.value(320))
    return alt.layer(bars, points, words).properties(width=310, height=alt.Step(26), title=name)
