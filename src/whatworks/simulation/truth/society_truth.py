"""Keep what is true of who is who: whose each record is, and what makes people hard to tell apart."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from whatworks.records.writing.private_file import open_private
from whatworks.simulation.agencies.link_errors import KINDS
from whatworks.simulation.days import dates
from whatworks.simulation.society.background import RELATIONS
from whatworks.simulation.society.origin_names import ORIGINS
from whatworks.simulation.society.people import ETHNICITIES
from whatworks.simulation.world import World

SOCIETY_FILE = "truth/society.parquet"


def who_is_who(world: World, second: pl.DataFrame) -> pl.DataFrame:
    """Return whose each record is: organisation_id, person_id, and the true number `person`.

    `second` gives by organisation_id the second numbers (person_id) of people known twice (first_id).
    """
    first = world.identities
    found = second.join(
        first.rename({"person_id": "first_id"}), on=["organisation_id", "first_id"], maintain_order="left"
    )
    return pl.concat([first, found.select(first.columns)])


def society_frame(world: World) -> pl.DataFrame:
    """Return one row a person: what groups they belong to, with whom they live, and which link error they have.

    `origin` is where the name comes from, `relative` the number of the older relative at home, `link_error` one of
    none, unjoined, another (another person's details everywhere but at the police) and split (in two at the police).
    """
    people, background = world.people, world.background
    relative = background.relative
    return pl.DataFrame(
        {
            "person": people.number,
            "sex": pl.Series(["male", "female"]).gather(people.female.astype(np.int64)),
            "date_of_birth": dates(people.born),
            "ethnicity": pl.Series(ETHNICITIES).gather(people.ethnicity),
            "origin": pl.Series(ORIGINS).gather(background.origin),
            "no_fixed_abode": world.identifiers.no_fixed_abode,
            "relation": pl.Series(RELATIONS).gather(background.relation.astype(np.int64)),
            "relative": pl.Series(np.where(relative >= 0, people.number[relative], -1)).replace(-1, None),
            "link_error": pl.Series(KINDS).gather(world.link_errors.kind.astype(np.int64)),
            "participant": world.joined,
        }
    )


def write_society(directory: Path, parts: Sequence[pl.DataFrame]) -> None:
    """Write `truth/society.parquet`."""
    with open_private(directory / SOCIETY_FILE) as file:
        pl.concat(parts).write_parquet(file)
