"""Make up the people: born when, how prone to offend, in what need, known to whom by which number."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.tables.agency_tables import PATHWAYS
from whatworks.simulation.days import Days, Floats, Ints, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.streams import stream

ETHNICITIES = ("White", "Black", "Asian", "Mixed", "Other", "Not stated")
_ETHNIC_SHARES = (0.52, 0.22, 0.14, 0.07, 0.03, 0.02)
_FRAILTY_SHAPE = 0.75
_FEMALE_SHARE = 0.18
_FEMALE_HAZARD = 0.7
_NEED_CUTS = (0.1, 0.8, 1.5)
_NEED_LOADINGS = (0.45, 0.55, 0.30, 0.65, 0.45, 0.30, 0.65)


@dataclass(frozen=True, slots=True)
class People:
    """One row a person, whoever records them. `number` is the true number that no agency knows.

    `need` holds the true level (0 none to 3 high) on each pathway, `hidden` the trait that nobody records (mean 0,
    standard deviation 1), `hazard` the offences a year at the age at which people offend most.
    """

    first: int
    number: Ints
    born: Days
    female: npt.NDArray[np.bool_]
    ethnicity: Ints
    frailty: Floats
    hazard: Floats
    need: npt.NDArray[np.int8]
    hidden: Floats
    forename: Ints
    surname: Ints

    def __len__(self) -> int:
        return len(self.number)


def make_people(people: int, seed: int, settings: SimulationSettings, base_rate: float, first: int = 0) -> People:
    """Return `people` people numbered from `first`.

    Frailty is gamma with mean 1: a few offend often and many hardly ever, so that history tells something about the
    future. Needs lean on frailty, and so do they.
    """
    rng = stream(seed, "people", first)
    years = 11.0 + 55.0 * rng.beta(1.7, 2.9, people)
    born = (day(settings.first_index) - years * 365.25).astype(np.int32)
    female = rng.random(people) < _FEMALE_SHARE
    frailty = rng.gamma(_FRAILTY_SHAPE, 1 / _FRAILTY_SHAPE, people)
    lean = (np.log(np.maximum(frailty, 1e-6)) + 0.9) / 1.5
    loadings = np.array(_NEED_LOADINGS)
    latent = loadings * lean[:, None] + np.sqrt(1 - loadings**2) * rng.standard_normal((people, len(PATHWAYS)))
    return People(
        first=first,
        number=np.arange(first, first + people, dtype=np.int64),
        born=born,
        female=female,
        ethnicity=rng.choice(len(ETHNICITIES), people, p=_ETHNIC_SHARES).astype(np.int64),
        frailty=frailty,
        hazard=base_rate * frailty * np.where(female, _FEMALE_HAZARD, 1.0),
        need=np.searchsorted(_NEED_CUTS, latent.ravel()).reshape(latent.shape).astype(np.int8),
        hidden=rng.standard_normal(people),
        forename=rng.integers(0, 2**31, people),
        surname=rng.integers(0, 2**31, people),
    )
