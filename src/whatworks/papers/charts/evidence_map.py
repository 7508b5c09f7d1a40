"""The evidence map: interventions from enforcement to prevention, each marked by what is known about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, GREY, INK, LIGHT_PURPLE, ORANGE, TURQUOISE

MARKS = {
    "works": ("square", DARK_BLUE),
    "mixed": ("diamond", LIGHT_PURPLE),
    "cannot yet tell": ("circle", TURQUOISE),
    "too weak to tell": ("triangle-up", ORANGE),
    "nothing known": ("cross", GREY),
    "harms": ("triangle-down", DARK_PINK),
    "withheld": ("stroke", GREY),
}
"""Shape and colour by what is known: never told apart by colour alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One intervention on the map: its column, what is known, and the proposal."""

    name: str
    position: str
    known: str
    proposal: str


def evidence_map(marks: Sequence[Mark], positions: Sequence[str]) -> dict[str, Any]:
    """Return the chart: a row an intervention, a column a position, the proposal at the right."""
    import altair as alt

    used = [known for known in MARKS if any(mark.known == known for mark in marks)]
    data = [{"name": m.name, "position": m.position, "known": m.known, "proposal": m.proposal} for m in marks]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=240, minExtent=240, ticks=False, grid=True))
    )
    points = base.mark_point(filled=True, opacity=1, size=150, strokeWidth=2).encode(
        x=alt.X(
            "position:N",
            sort=list(positions),
            title=None,
            scale=alt.Scale(domain=list(positions)),
            axis=alt.Axis(orient="top", labelAngle=0, labelExpr="split(datum.label, ' ')", domain=False, ticks=False),
        ),
        shape=alt.Shape("known:N", scale=alt.Scale(domain=used, range=[MARKS[k][0] for k in used]), legend=legend()),
        color=alt.Color("known:N", scale=alt.Scale(domain=used, range=[MARKS[k][1] for k in used]), legend=legend()),
    )
    words = base.mark_text(align="left", fontSize=13, color=INK).encode(text="proposal:N", x=alt.value(352))
    return specification(alt.layer(points, words).properties(width=345, height=alt.Step(30)))


def map_words(marks: Sequence[Mark], positions: Sequence[str]) -> str:
    """Return the map in words.

    >>> map_words([Mark("Skills", "Diversion", "works", "Continue")], ["Diversion"])
    'What is known about each intervention, from enforcement to prevention. Diversion: Skills (works; continue).'
    """
    parts = []
    for position in positions:
        told = [f"{m.name} ({m.known}; {m.proposal.lower()})" for m in marks if m.position == position]
        if told:
            parts.append(f"{position}: {', '.join(told)}")
    return f"What is known about each intervention, from enforcement to prevention. {'. '.join(parts)}."
