"""Write the paper as one HTML page that needs nothing else: font, styles and pictures are inside it."""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from whatworks.papers.forms.characters import codes
from whatworks.papers.paper import Paper
from whatworks.pictures.drawing import FONT, FONTS, WIDTH
from whatworks.pictures.palette import BANDS
from whatworks.records.calendar_names import long_date

TEMPLATES = Path(__file__).parent / "templates"
WEIGHTS = {"normal": "OpenSans-Regular", "bold": "OpenSans-Bold"}
FONT_HERE = "/* the font */"
"""Where a page's font goes, once it is known which signs the page has."""
LATIN = FONTS / "latin"
"""The part of each font that pages of Latin letters need (`tests/papers/test_page_font.py` writes it)."""
LATIN_SIGNS = frozenset(
    [
        *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2C6, 0x2DE), 0x394, 0x3A9, 0x3BC, 0x3C0,
        *range(0x2000, 0x20C0), 0x2116, 0x2122, *range(0x2190, 0x2194), *range(0x2200, 0x2300), 0xFB01, 0xFB02, 0xFFFD,
    ]
)  # fmt: skip
"""Letters of Western and Central Europe, punctuation, currencies, arrows and what papers write of mathematics."""


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


def with_font(page: str) -> str:
    """Return a page with the font embedded where it says `FONT_HERE`: its Latin part, if that draws the page's signs.

    Signs that the font does not draw at all ask for nothing: the reader's machine draws them.

    >>> len(with_font(FONT_HERE + "Demand")) < 80_000 < len(with_font(FONT_HERE + "\u0414"))
    True
    """
    whole = not _drawn().isdisjoint(map(ord, set(page)))
    return page.replace(FONT_HERE, _faces("truetype" if whole else "woff"), 1)


@cache
def _faces(form: str) -> str:
    """Return the font as styles: whole (`truetype`), or its Latin part (`woff`)."""
    files = {weight: LATIN / f"{name}.woff" if form == "woff" else FONTS / f"{name}.ttf"
             for weight, name in WEIGHTS.items()}  # fmt: skip
    return "\n".join(
        f'@font-face {{ font-family: "{FONT}"; font-weight: {weight}; font-style: normal; '
        f"src: url(data:font/{path.suffix[1:]};base64,{b64encode(path.read_bytes()).decode()}) format('{form}'); }}"
        for weight, path in files.items()
    )


@cache
def _drawn() -> frozenset[int]:
    """Return the codes that the font draws and its Latin part does not."""
    return frozenset(codes((FONTS / f"{WEIGHTS['normal']}.ttf").read_bytes())) - LATIN_SIGNS


def html(paper: Paper, pictures: dict[str, str]) -> str:
    """Return the page; `pictures` are the figures as SVG by their names."""
    page: str = (
        environment()
        .get_template("paper.html.j2")
        .render(
            paper=paper,
            contents=paper.contents(),
            pictures=pictures,
            font=FONT_HERE,
            style=(TEMPLATES / "paper.css").read_text(encoding="utf-8"),
            date=long_date,
            bands=tuple(BANDS),
            width=width,
        )
    )
    return with_font(page)


def width(picture: str) -> float:
    """Return the width of an SVG in pixels.

    >>> width('<svg xmlns="http://www.w3.org/2000/svg" width="340" height="20">')
    340.0
    """
    found = re.search(r'<svg[^>]* width="([\d.]+)"', picture)
    return float(found.group(1)) if found else float(WIDTH)
