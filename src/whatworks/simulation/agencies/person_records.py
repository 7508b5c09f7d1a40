"""Write down people and where they live, as each agency that knows them would without a fault."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.numbering import AGENCIES, NOT_ELSEWHERE, NOT_IN_POLICE, numbered
from whatworks.simulation.days import Flags, Ints, dates, day, only
from whatworks.simulation.society.names import FORENAMES_FEMALE, FORENAMES_MALE, SURNAMES
from whatworks.simulation.society.people import ETHNICITIES
from whatworks.simulation.society.places import VINTAGE, postcodes, ward_codes
from whatworks.simulation.world import World

ADDRESS_KEEPERS = ("police", "probation", "council")


def person_frame(world: World, agency: str) -> pl.DataFrame:
    """Return table `person` of one agency; the shared number is empty where it fails to join."""
    known = world.known_to[agency]
    rows = np.flatnonzero(known)
    people = world.people
    fails = world.fails[rows] == (NOT_IN_POLICE if agency == "police" else NOT_ELSEWHERE)
    ward = world.homes.ward_on(rows, np.full(len(rows), day(world.settings.as_at), dtype=np.int32))
    own = world.numbers.of[agency].gather(rows)
    shares = agency in ("prison", "probation")
    prison_number = only(world.numbers.of["prison"].gather(rows), world.known_to["prison"][rows] & shares)
    crn = only(world.numbers.of["probation"].gather(rows), world.known_to["probation"][rows] & shares)
    return pl.DataFrame(
        {
            "person_id": own,
            "forename": forenames(people.forename[rows], people.female[rows]),
            "surname": pl.Series(SURNAMES).gather(people.surname[rows] % len(SURNAMES)),
            "date_of_birth": dates(people.born[rows]),
            "sex": pl.Series(["male", "female"]).gather(people.female[rows].astype(np.int64)),
            "ethnicity": pl.Series(ETHNICITIES).gather(people.ethnicity[rows]),
            "postcode": pl.Series(postcodes()).gather(ward),
            "pnc_id": only(world.numbers.pnc.gather(rows), ~fails),
            "prison_number": prison_number,
            "crn": crn,
        }
    ).with_columns(organisation_id=pl.lit(agency), died_on=pl.lit(None, dtype=pl.Date))  # nobody here dies


def forenames(draw: Ints, female: Flags) -> pl.Series:
    """Return first names by number: those of women where `female`."""
    names = pl.Series(FORENAMES_FEMALE + FORENAMES_MALE)
    women = len(FORENAMES_FEMALE)
    return names.gather(np.where(female, draw % women, women + draw % len(FORENAMES_MALE)))


def address_frame(world: World, agency: str) -> pl.DataFrame:
    """Return table `address` of one agency."""
    homes, as_at = world.homes, day(world.settings.as_at)
    rows = np.flatnonzero(world.known_to[agency][homes.person] & (homes.since + homes.lag <= as_at))
    ward = homes.ward[rows]
    number = world.people.first * 16 + rows
    return pl.DataFrame(
        {
            "address_id": numbered("A", number * len(AGENCIES) + AGENCIES.index(agency), 9),
            "person_id": world.numbers.of[agency].gather(homes.person[rows]),
            "area_code": pl.Series(ward_codes()).gather(ward),
            "postcode": pl.Series(postcodes()).gather(ward),
            "from_date": dates(homes.since[rows]),
            "to_date": dates(homes.until[rows], as_at),
            "recorded_on": dates(homes.since[rows] + homes.lag[rows]),
        }
    ).with_columns(organisation_id=pl.lit(agency), area_vintage=pl.lit(VINTAGE))
