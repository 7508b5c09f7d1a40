"""Write the records of those with a link error so that they join with nothing, or with another person's."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.link_errors import ANOTHER, SPLIT, UNJOINED
from whatworks.simulation.agencies.spelling import another_date, changed, respelt
from whatworks.simulation.days import Flags, Floats, Ints, dates
from whatworks.simulation.society.identifiers import texts
from whatworks.simulation.society.postcodes import postcodes_of, present_wards
from whatworks.simulation.world import World


def wrongly_joined(
    person: pl.DataFrame, agency: str, world: World, row: Ints, again: Flags, draws: Floats
) -> pl.DataFrame:
    """Return an agency's table `person` in which those with a link error stand under details that are not theirs.

    `row` says whose each record is (in People), `again` which are second records; `draws` has two rows of numbers in
    [0, 1). Police hold the unjoined, and second records of the split, under nobody's details; the others hold who goes
    by another's details under these.
    """
    kind = world.link_errors.kind[row]
    if agency == "police":
        place = np.flatnonzero((kind == UNJOINED) | ((kind == SPLIT) & again))
        details = _of_nobody(person[place], draws[:, place])
    else:
        place = np.flatnonzero(kind == ANOTHER)
        details = _of_another(person[place], world.link_errors.other[row[place]], world)
    return _replaced(person, place, details)


def split_by(world: World, agency: str) -> Flags | None:
    """Return which of the people whom an agency knows it is to know twice, because their records are to be split."""
    return world.link_errors.kind[world.known_to[agency]] == SPLIT if agency == "police" else None


def _replaced(person: pl.DataFrame, place: Ints, details: pl.DataFrame) -> pl.DataFrame:
    at = np.arange(person.height)
    at[place] = person.height + np.arange(len(place))
    return pl.concat([person, details.select(person.columns)])[at]


def _of_nobody(records: pl.DataFrame, draws: Floats) -> pl.DataFrame:
    """Return the records with details that are nobody's: no number, no home, names and birth date unlike their own."""
    born = records["date_of_birth"].to_list()
    surname = np.roll(records["surname"].to_numpy(), 1)
    everyone = np.ones(records.height, dtype=np.bool_)
    return records.with_columns(
        texts("forename", changed(records["forename"].to_numpy(), everyone, draws[0], respelt)),
        texts("surname", changed(surname, everyone, draws[1], respelt)),
        pl.Series(
            "date_of_birth",
            [when and another_date(when, float(draw)) for when, draw in zip(born, draws[1], strict=True)],
            pl.Date,
        ),
        pl.lit(None, pl.String).alias("postcode"),
        pl.lit(None, pl.String).alias("pnc_id"),
    )


def _of_another(records: pl.DataFrame, other: Ints, world: World) -> pl.DataFrame:
    """Return the records with other people's details, and their number where the agency has one."""
    who = world.identifiers
    number = world.numbers.pnc.gather(other)
    return records.with_columns(
        texts("forename", who.forename[other]),
        texts("surname", who.surname[other]),
        dates(world.people.born[other]).alias("date_of_birth"),
        postcodes_of(world, other, present_wards(world, other)).alias("postcode"),
        pl.when(pl.col("pnc_id").is_not_null()).then(number).alias("pnc_id"),
    )
