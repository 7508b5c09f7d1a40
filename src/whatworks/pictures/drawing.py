"""Turn charts into pictures: SVG for the screen and for PDF, PNG for Word. Nothing is fetched."""

from functools import cache
from pathlib import Path
from typing import Any

from whatworks.pictures.palette import DARK_GREY, INK, RULE

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
