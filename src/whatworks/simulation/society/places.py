"""Name the made-up boroughs and wards, and say in which of them the scheme works."""

import numpy as np
import polars as pl

from whatworks.simulation.days import Floats

BOROUGHS = (
    "Ashmere", "Brackwater", "Coldharrow", "Dunsgate", "Elmbridge Cross", "Fenchley",
    "Gravelhythe", "Hollin Park", "Islesworth Quay", "Kingsmarsh", "Larkstead", "Mossgate",
)  # fmt: skip
"""Twelve boroughs that do not exist."""
_SHARES = (10, 8, 7, 9, 8, 7, 10, 9, 8, 7, 9, 8)
SCHEME_BOROUGHS = (0, 2, 4, 5, 9)
"""Where the scheme works: two in five of the people live there."""
WARDS_EACH = 8
VINTAGE = "2018"
_WARD_WORDS = ("Abbey", "Bridge", "Castle", "Dock", "East", "Forge", "Green", "Heath")


def borough_shares() -> Floats:
    """Return the share of people who live in each borough.

    >>> round(float(borough_shares().sum()), 12)
    1.0
    """
    shares = np.array(_SHARES, dtype=np.float64)
    result: Floats = shares / shares.sum()
    return result


def borough_codes() -> list[str]:
    """Return made-up codes of the boroughs.

    >>> borough_codes()[:2]
    ['N09000001', 'N09000002']
    """
    return [f"N09{number:06d}" for number in range(1, len(BOROUGHS) + 1)]


def ward_codes() -> list[str]:
    """Return made-up codes of the wards, those of the first borough first.

    >>> ward_codes()[0], len(ward_codes())
    ('N05000001', 96)
    """
    return [f"N05{number:06d}" for number in range(1, len(BOROUGHS) * WARDS_EACH + 1)]


def postcodes() -> list[str]:
    """Return one made-up postcode a ward, in an area that the Post Office does not use.

    >>> postcodes()[8]
    'XN2 1AA'
    """
    return [
        f"XN{borough + 1} {ward + 1}{'ABDEFGHJ'[ward]}A"
        for borough in range(len(BOROUGHS))
        for ward in range(WARDS_EACH)
    ]


def area_frame() -> pl.DataFrame:
    """Return table `area`, as the council holds it: boroughs, then their wards."""
    boroughs = borough_codes()
    wards = ward_codes()
    population = np.round(borough_shares() * 3_000_000).astype(np.int64)
    parent_of_ward = np.repeat(np.arange(len(BOROUGHS)), WARDS_EACH)
    names = [f"{BOROUGHS[borough]} {word}" for borough in range(len(BOROUGHS)) for word in _WARD_WORDS]
    return pl.DataFrame(
        {
            "organisation_id": ["council"] * (len(boroughs) + len(wards)),
            "area_code": boroughs + wards,
            "vintage": [VINTAGE] * (len(boroughs) + len(wards)),
            "name": [*BOROUGHS, *names],
            "kind": ["borough"] * len(boroughs) + ["ward"] * len(wards),
            "parent": [None] * len(boroughs) + [boroughs[borough] for borough in parent_of_ward],
            "population": [*population.tolist(), *(population[parent_of_ward] // WARDS_EACH).tolist()],
        },
        schema_overrides={"population": pl.Int64},
    )
