"""A map of areas in classes that are named in words: light to dark, what is not known hatched, no ground beneath."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_GREY, DARK_PINK, GREY, RULE, WHITE

MAP_WIDTH = 480
"""Pixels: narrower than other pictures, so that its words can still be read on a telephone, at 320."""
RAMP = ("#E4ECF4", "#B3CBE0", "#7BA4C7", "#3F74A3", "#12436D")
"""Light to dark, told apart in grey too."""
LOW_TO_HIGH = ("#5FA9A3", "#F1F4F7", DARK_PINK)
"""Lower than chance, as chance has it, higher."""
UNKNOWN = WHITE
SQUARE = "M-1,-1H1V1H-1V-1Z"
HATCHED = f"{SQUARE}M-1,0L0,-1M-1,1L1,-1M0,1L1,0"
"""The swatches of the key, as paths from -1 to 1."""


@dataclass(frozen=True, slots=True)
class MapClass:
    """Areas of one class: its words, how many there are, its colour, and their outlines as one GeoJSON geometry."""

    words: str
    areas: int
    colour: str
    outline: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PointClass:
    """Places of one class: its words, its mark (a shape of Vega's), its colour, and where each stands in metres."""

    words: str
    mark: str
    colour: str
    places: Sequence[tuple[float, float]]


def area_map(
    classes: Sequence[MapClass],
    *,
    points: Sequence[PointClass] = (),
    not_known: MapClass | None = None,
    hatch: Mapping[str, Any] | None = None,
    borders: Mapping[str, Any] | None = None,
    ratio: float = 0.8,
) -> dict[str, Any]:
    """Return the map: coordinates are metres, north up; `hatch` are the lines over what is not known.

    `borders` are lines drawn over all (boroughs), `ratio` the height in widths. The key names each class with its
    number of areas,
    and each class of `points`, told apart by its mark, with its number of places.

    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]}
    >>> chart = area_map([MapClass("10 or more", 3, RAMP[4], square)])
    >>> chart["projection"], chart["layer"][0]["encoding"]["color"]["scale"]["domain"]
    ({'type': 'identity', 'reflectY': True}, ['10 or more (3)'])
    """
    import altair as alt

    shown = [*classes, *([not_known] if not_known else [])]
    names = [f"{one.words} ({one.areas:,})" for one in shown]
    scale = alt.Scale(domain=names, range=[one.colour for one in shown])
    swatch = alt.Scale(domain=names, range=[HATCHED if one is not_known else SQUARE for one in shown])
    key = alt.Legend(
        title=None, orient="bottom", direction="vertical", columns=2, labelFontSize=17, symbolSize=260, labelLimit=235,
        symbolOpacity=1, rowPadding=6, columnPadding=16,
    )  # fmt: skip
    areas = [_feature(one.outline, name) for one, name in zip(shown, names, strict=True)]
    layers = [
        alt.Chart(alt.Data(values=areas))
        .mark_geoshape(stroke=RULE, strokeWidth=0.5)
        .encode(color=alt.Color("properties.name:N", scale=scale, legend=None)),
        alt.Chart(alt.Data(values=[{"name": name} for name in names]))
        .mark_point(filled=True, opacity=0, stroke=GREY, strokeWidth=1)
        .encode(
            color=alt.Color("name:N", scale=scale, legend=key),
            shape=alt.Shape("name:N", scale=swatch, legend=key),
        ),
    ]
    lines = [(hatch, GREY, 0.7), (borders, DARK_GREY, 0.8)]
    layers += [
        alt.Chart(alt.Data(values=[_feature(line, "")])).mark_geoshape(filled=False, stroke=colour, strokeWidth=width)
        for line, colour, width in lines
        if line is not None
    ]
    layers += [_points(points, key)] if points else []
    chart = alt.layer(*layers).resolve_scale(color="independent", shape="independent")
    chart = chart.properties(width=MAP_WIDTH - 20, height=round((MAP_WIDTH - 20) * ratio))
    return specification(chart) | {"projection": {"type": "identity", "reflectY": True}}


def _points(points: Sequence[PointClass], key: Any) -> Any:
    import altair as alt

    names = [f"{one.words} ({len(one.places):,})" for one in points]
    colours = alt.Scale(domain=names, range=[one.colour for one in points])
    marks = alt.Scale(domain=names, range=[one.mark for one in points])
    at = [{"x": x, "y": y, "name": name} for one, name in zip(points, names, strict=True) for x, y in one.places]
    drawn = alt.Chart(alt.Data(values=at)).mark_point(filled=True, size=150, opacity=1, stroke=WHITE, strokeWidth=1)
    return drawn.encode(
        longitude="x:Q",
        latitude="y:Q",
        color=alt.Color("name:N", scale=colours, legend=key),
        shape=alt.Shape("name:N", scale=marks, legend=key),
    )


def _feature(geometry: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": dict(geometry)}
