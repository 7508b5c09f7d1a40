"""Write the paper as one HTML page that needs nothing else: font, styles and pictures are inside it."""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from whatworks.papers.paper import Paper
from whatworks.pictures.drawing import FONT, FONTS, WIDTH
from whatworks.pictures.palette import BANDS
from whatworks.records.calendar_names import long_date

TEMPLATES = Path(__file__).parent / "templates"
WEIGHTS = {"normal": "OpenSans-Regular.ttf", "bold": "OpenSans-Bold.ttf"}


@cache
def environment() -> Any:
    """Return the templates' environment; whatever is put into a page is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def font_faces() -> str:
    """Return the font as styles, embedded."""
    return "\n".join(
        f'@font-face {{ font-family: "{FONT}"; font-weight: {weight}; font-style: normal; '
        f"src: url(data:font/ttf;base64,{b64encode((FONTS / name).read_bytes()).decode()}) format('truetype'); }}"
        for weight, name in WEIGHTS.items()
    )


def html(paper: Paper, pictures: dict[str, str]) -> str:
    """Return the page; `pictures` are the figures as SVG by their names."""
    page: str = (
        environment()
        .get_template("paper.html.j2")
        .render(
            paper=paper,
            contents=paper.contents(),
            pictures=pictures,
            fonts=font_faces(),
            style=(TEMPLATES / "paper.css").read_text(encoding="utf-8"),
            date=long_date,
            bands=tuple(BANDS),
            width=width,
        )
    )
    return page


def width(picture: str) -> float:
    """Return the width of an SVG in pixels.

    >>> width('<svg xmlns="http://www.w3.org/2000/svg" width="340" height="20">')
    340.0
    """
    found = re.search(r'<svg[^>]* width="([\d.]+)"', picture)
    return float(found.group(1)) if found else float(WIDTH)
