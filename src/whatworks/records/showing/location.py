"""Tell by its shape what says where a refuge is: a postcode, a street address, coordinates, or such a heading."""

import re

HEADINGS = ("address", "postcode", "street", "location", "uprn", "latitude", "longitude", "easting", "northing")
"""Words of a column's name that tell that it says where a refuge is, or where somebody lives."""
SHAPES = (
    r"(?i)\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b",
    r"(?i)\b\d+[a-z]?,?\s+(?:[a-z][\w'’-]*\s+){1,4}"
    r"(?:road|rd|street|lane|avenue|ave|gardens|terrace|crescent|mews)\b",
    r"\b\d+[A-Za-z]?,?\s+(?:[A-Z][\w'’-]*\s+){1,4}"
    r"(?:Close|CLOSE|Way|WAY|Place|PLACE|Grove|GROVE|Drive|DRIVE|Square|SQUARE|Walk|WALK|Hill|HILL)\b",
    r"-?\d{1,2}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}",
)
"""Each is read alike by Python and by polars. Words that name a street only after names (2 children need a place) count
where the words before them are written as names."""


def names_a_location(text: str) -> bool:
    """Say whether a text seems to hold a postcode, a street address or a pair of coordinates.

    >>> names_a_location("Staff of the house at AB1 2CD"), names_a_location("Staff, 24 hours a day")
    (True, False)
    >>> names_a_location("The house, 12 Made Up Road"), names_a_location("51.5012, -0.1246")
    (True, True)
    >>> names_a_location("9 Quiet Close"), names_a_location("2 children, very close")
    (True, False)
    """
    return any(re.search(shape, text) for shape in SHAPES)


def heads_locations(heading: str) -> bool:
    """Say whether a column of this name seems to say where something is.

    >>> heads_locations("Refuge_Postcode"), heads_locations("host_borough")
    (True, False)
    """
    return any(word in heading.casefold() for word in HEADINGS)
