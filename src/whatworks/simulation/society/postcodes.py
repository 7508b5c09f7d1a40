"""Give homes postcodes: one for a dozen people or so, some with many more than others; or one a ward."""

import numpy as np
import polars as pl

from whatworks.simulation.days import Floats, Ints, day
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.society.places import BOROUGHS, WARDS_EACH, postcodes
from whatworks.simulation.world import World

_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_WARDS = len(BOROUGHS) * WARDS_EACH
_EARLIER = 10**9
"""Added to a household's number: where it lived before."""


def former_postcodes(world: World, row: Ints) -> pl.Series:
    """Return the postcodes of people's homes before the present ones.

    Of twenty movers seven stay in the ward, eight more in the borough and five go anywhere (assumed).
    """
    ward, household = present_wards(world, row), world.identifiers.household[row]
    in_borough = ward // WARDS_EACH * WARDS_EACH + (ward + 1 + household % (WARDS_EACH - 1)) % WARDS_EACH
    anywhere = (ward + 1 + household % (_WARDS - 1)) % _WARDS
    far = household // _WARDS % 20
    return postcodes_of(world, row, np.where(far < 7, ward, np.where(far < 15, in_borough, anywhere)), earlier=True)


def present_wards(world: World, row: Ints) -> Ints:
    """Return the wards (from 0) where people live on the as-at date."""
    return world.homes.ward_on(row, np.full(len(row), day(world.settings.as_at), dtype=np.int32))


def postcodes_of(world: World, row: Ints, ward: Ints, *, earlier: bool = False) -> pl.Series:
    """Return the postcodes of people's homes in wards (from 0), those of an earlier home where asked for."""
    settings = world.settings.identity
    if not settings.people_a_postcode:
        return pl.Series(postcodes()).gather(ward)
    household = world.identifiers.household[row] + (_EARLIER if earlier else 0)
    return home_postcodes(household, ward, world.people.first, len(world.people), settings)


def home_postcodes(household: Ints, ward: Ints, first: int, size: int, settings: IdentitySettings) -> pl.Series:
    """Return the postcode of each household's home in a ward (from 0): one for about `people_a_postcode` people.

    `first` and `size` say which people were made up together: they have postcodes of their own. Some postcodes hold
    many more people than others.

    >>> settings = IdentitySettings(people_a_postcode=12)
    >>> home_postcodes(np.array([7, 7]), np.array([0, 9]), 0, 20_000, settings).to_list()
    ['XN1 1AE', 'XN2 2AF']
    """
    each = max(1, round(size / settings.people_a_postcode / _WARDS))
    before = round(first / settings.people_a_postcode / _WARDS)
    number = before + (each * _hashed(household, ward) ** 1.5).astype(np.int64)
    district = 1 + ward // WARDS_EACH + len(BOROUGHS) * (number // len(_LETTERS) ** 2 % 8)
    letters = pl.Series(list(_LETTERS))
    return (
        "XN" + pl.Series(district).cast(pl.String) + " " + pl.Series(1 + ward % WARDS_EACH).cast(pl.String)
        + letters.gather(number // len(_LETTERS) % len(_LETTERS)) + letters.gather(number % len(_LETTERS))
    )  # fmt: skip


def _hashed(household: Ints, ward: Ints) -> Floats:
    """Return a number in [0, 1) for a household in a ward, always the same (the finaliser of SplitMix64)."""
    mixed = household.astype(np.uint64) * np.uint64(131) + ward.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    result: Floats = (mixed ^ (mixed >> np.uint64(31))).astype(np.float64) / 2.0**64
    return result
