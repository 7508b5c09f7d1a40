"""Maps of areas: what is not known is hatched, in the key too."""

import re

from whatworks.pictures.area_map import HATCHED, RAMP, UNKNOWN, MapClass, area_map
from whatworks.pictures.drawing import svg

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]}


def test_the_key_hatches_what_the_map_hatches() -> None:
    """A swatch in the key is a path; that of the class not known has three strokes more than a square."""
    classes = [MapClass("low", 3, RAMP[0], SQUARE), MapClass("high", 2, RAMP[4], SQUARE)]
    picture = svg(area_map(classes, not_known=MapClass("not known, hatched", 1, UNKNOWN, SQUARE), hatch=None))
    swatches = re.findall(r'class="mark-symbol role-legend-symbol".*?</g>', picture, re.DOTALL)
    strokes = [len(re.findall("M", path)) for swatch in swatches for path in re.findall(r' d="([^"]+)"', swatch)]
    assert sorted(strokes) == [1, 1, 1 + HATCHED.count("M") - 1] and HATCHED.count("M") == 4
    assert picture.index("not known, hatched (1)") > 0
