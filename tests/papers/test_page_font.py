"""Pages carry the part of the font that they need; `python tests/papers/test_page_font.py` writes that part anew."""

import re
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from whatworks.papers.forms.html import FONT_HERE, LATIN, LATIN_SIGNS, WEIGHTS, with_font
from whatworks.pictures.drawing import FONTS


def read(path: Path) -> Any:
    return TTFont(BytesIO(path.read_bytes()))


def latin(name: str) -> Any:
    """Return the Latin part of a font: no hints, which screens no longer need; its kerning and figures as they are."""
    asked = subset.Options(legacy_kern=True, hinting=False, recalc_timestamp=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13])
    font = read(FONTS / f"{name}.ttf")
    part = subset.Subsetter(asked)
    part.populate(unicodes=LATIN_SIGNS)
    part.subset(font)
    font.flavor = "woff"
    return font


@pytest.mark.parametrize("name", WEIGHTS.values())
def test_the_part_is_that_of_the_font(name: str) -> None:
    kept, whole, written = read(LATIN / f"{name}.woff"), read(FONTS / f"{name}.ttf"), BytesIO()
    latin(name).save(written)
    assert set(kept.getBestCmap()) == set(whole.getBestCmap()) & LATIN_SIGNS
    for glyph in ("A", "eacute", "minus"):
        assert kept["hmtx"][glyph] == whole["hmtx"][glyph]
        assert (
            kept["glyf"][glyph].getCoordinates(kept["glyf"])[0] == whole["glyf"][glyph].getCoordinates(whole["glyf"])[0]
        )
    again = TTFont(written)
    assert all(kept.getTableData(table) == again.getTableData(table) for table in set(again.reader.tables) - {"head"})


@pytest.mark.parametrize(
    ("text", "form", "most"),
    [
        ("Fell by 30% (−12 to −4): Łódź, £3, “seen” → ≤ 5", "woff", 80_000),
        ("\u0633 is drawn by the reader's machine", "woff", 80_000),
        ("Ценность", "truetype", 700_000),
    ],
)
def test_a_page_has_as_much_of_the_font_as_it_needs(text: str, form: str, most: int) -> None:
    page = with_font(f"<style>{FONT_HERE}</style>{text}")
    assert len(page) < most and page == with_font(f"<style>{FONT_HERE}</style>{text}")
    for kind, font in re.findall(r"base64,([^)]+)\) format\('(\w+)'\)", page):
        assert font == form
        drawn = TTFont(BytesIO(b64decode(kind))).getBestCmap()
        whole = read(FONTS / "OpenSans-Regular.ttf").getBestCmap()
        assert {ord(sign) for sign in text} & set(whole) <= set(drawn)
    assert page.count("base64,") == 2


def test_what_a_page_says_of_itself_moves_no_font() -> None:
    """The words that stand for the font, in a paper's own text, stay there."""
    assert with_font(f"<style>{FONT_HERE}</style>{FONT_HERE}").endswith(FONT_HERE)


if __name__ == "__main__":
    LATIN.mkdir(exist_ok=True)
    for each in WEIGHTS.values():
        latin(each).save(LATIN / f"{each}.woff")
