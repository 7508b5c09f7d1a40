"""Write down people and where they live, as each agency that knows them would without a fault."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.numbering import AGENCIES, NOT_ELSEWHERE, NOT_IN_POLICE, numbered
from whatworks.simulation.days import dates, day, only
from whatworks.simulation.society.identifiers import texts
from whatworks.simulation.society.people import ETHNICITIES
from whatworks.simulation.society.places import VINTAGE, ward_codes
from whatworks.simulation.society.postcodes import postcodes_of
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
            "forename": texts("forename", world.identifiers.forename[rows]),
            "surname": texts("surname", world.identifiers.surname[rows]),
            "date_of_birth": dates(people.born[rows]),
            "sex": pl.Series(["male", "female"]).gather(people.female[rows].astype(np.int64)),
            "ethnicity": pl.Series(ETHNICITIES).gather(people.ethnicity[rows]),
            "postcode": postcodes_of(world, rows, ward),
            "pnc_id": only(world.numbers.pnc.gather(rows), ~fails),
            "prison_number": prison_number,
            "crn": crn,
        }
    ).with_columns(organisation_id=pl.lit(agency), died_on=pl.lit(None, dtype=pl.Date))  # nobody here dies


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
            "postcode": postcodes_of(world, homes.person[rows], ward),
            "from_date": dates(homes.since[rows]),
            "to_date": dates(homes.until[rows], as_at),
            "recorded_on": dates(homes.since[rows] + homes.lag[rows]),
        }
    ).with_columns(organisation_id=pl.lit(agency), area_vintage=pl.lit(VINTAGE))
