"""Turn charts into pictures: SVG for the screen and for PDF, PNG for Word. Nothing is fetched."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from whatworks.pictures.palette import DARK_GREY, INK, RULE
from whatworks.records.refusal import Fault, Refused

FONT = "Open Sans"
FONTS = Path(__file__).parent / "fonts"
WIDTH = 680
"""The width of every picture in pixels."""

STYLE: dict[str, Any] = {
    "background": "white",
    "font": FONT,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": "#E3E7EB",
        "domainColor": RULE,
        "tickColor": RULE,
        "labelLimit": 260,
        "titlePadding": 10,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13, "symbolSize": 110},
    "title": {"color": DARK_GREY, "fontSize": 13, "fontWeight": "bold", "anchor": "start"},
}


@cache
def converter() -> Any:
    """Return vl-convert with our font known to it."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def svg(chart: dict[str, Any]) -> str:
    """Return a Vega-Lite chart as SVG text."""
    drawn: str = converter().vegalite_to_svg(chart, config=STYLE, allowed_base_urls=[])
    return drawn


def legend() -> Any:
    """Return a legend above the chart."""
    import altair as alt

    return alt.Legend(title=None, orient="top", direction="horizontal")


def specification(chart: Any) -> dict[str, Any]:
    """Return an Altair chart as Vega-Lite, without its own checks, which take seconds."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        found: dict[str, Any] = chart.to_dict(validate=False)
    return found


def png(picture: str) -> bytes:
    """Return an SVG as PNG at twice its size, sharp in print."""
    drawn: bytes = converter().svg_to_png(picture, scale=2)
    return drawn


@dataclass(frozen=True)
class Picture:
    """A chart that a notebook shows, and that a file can keep."""

    chart: dict[str, Any]

    def _repr_svg_(self) -> str:
        return svg(self.chart)

    def save(self, path: Path | str) -> Path:
        """Write the picture as `.svg` or `.png`, and return where; refused for any other ending."""
        target = Path(path)
        if target.suffix.lower() not in (".svg", ".png"):
            raise Refused(Fault("is not a kind of picture", "name a file that ends in .svg or .png", target.name))
        drawn = svg(self.chart)
        target.write_bytes(png(drawn) if target.suffix.lower() == ".png" else drawn.encode("utf-8"))
        return target
