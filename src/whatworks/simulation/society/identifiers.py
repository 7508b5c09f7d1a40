"""Say what would identify each person if agencies wrote it down rightly: names, homes, whether there is a home."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.tables.agency_tables import PATHWAYS
from whatworks.simulation.days import Flags, Floats, Ints
from whatworks.simulation.society.background import PARTNER, SON, Background
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.society.names import SURNAMES, forenames
from whatworks.simulation.society.origin_names import draw_forenames, draw_names
from whatworks.simulation.society.people import People
from whatworks.simulation.streams import stream

Names = npt.NDArray[np.object_]
NOTHING: Names = np.array(None, dtype=object)
"""What stands in a column of names where there is none."""
_PARTNERS_NAME = 0.6
_HOMELESS_WEIGHT = np.array([0.5, 0.7, 1.2, 3.0])
"""How much likelier no fixed abode is by need of accommodation, from none to high (assumed)."""


def texts(column: str, values: Names) -> pl.Series:
    """Return names as a column of texts, null where there is none."""
    return pl.Series(column, values.tolist(), dtype=pl.String)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """One row a person. `former_surname` and `alias` are None where there is none; `household` is a person's number."""

    forename: Names
    surname: Names
    former_surname: Names
    alias: Names
    no_fixed_abode: Flags
    household: Ints


def make_identifiers(people: People, background: Background, seed: int, settings: IdentitySettings) -> Identifiers:
    """Return names and homes; sons bear their father's names, other relatives the surname (most partners do)."""
    rng = stream(seed, "identifiers", people.first)
    draws = rng.random((7, len(people)))
    origin, relative = background.origin, background.relative
    forename, surname = _forenames(people, origin, settings), _surnames(people.surname / 2**31, origin, settings)
    own_name = (relative < 0) | ((background.relation == PARTNER) & (draws[0] >= _PARTNERS_NAME))
    forename = np.where(background.relation == SON, forename[relative], forename)
    born_as = surname
    surname = np.where(own_name, surname, surname[relative])
    married = (background.relation == PARTNER) & ~own_name
    changed = people.female & (draws[1] < settings.changed_surnames) & ~married
    former = np.where(changed, _surnames(draws[2], origin, settings), np.where(married, born_as, NOTHING))
    alias = np.where(draws[3] < settings.aliases, _surnames(draws[4], origin, settings), NOTHING)
    return Identifiers(
        forename=forename,
        surname=surname,
        former_surname=former,
        alias=alias,
        no_fixed_abode=draws[5] < settings.no_fixed_abode * _homeless_weight(people),
        household=people.number[np.where(relative >= 0, relative, np.arange(len(people)))],
    )


def _forenames(people: People, origin: Ints, settings: IdentitySettings) -> Names:
    if settings.origins:
        return draw_forenames(origin, people.female, people.forename / 2**31)
    return forenames(people.forename, people.female).to_numpy()


def _surnames(draw: Floats, origin: Ints, settings: IdentitySettings) -> Names:
    """Return surnames for draws in [0, 1): by origin, or from the short list by what a draw is worth in 2**31."""
    if settings.origins:
        return draw_names("surname", origin, draw)
    return np.array(SURNAMES, dtype=object)[(draw * 2**31).astype(np.int64) % len(SURNAMES)]


def _homeless_weight(people: People) -> Floats:
    weight = _HOMELESS_WEIGHT[people.need[:, PATHWAYS.index("accommodation")]]
    result: Floats = weight / weight.mean()
    return result
