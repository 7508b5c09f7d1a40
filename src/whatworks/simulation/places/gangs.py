"""Make up groups, their members and robberies: one rival moves in where a group was removed, another does not."""

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.days import Ints
from whatworks.simulation.places.displacement import police_incidents
from whatworks.simulation.places.ground import MONTHS, first_month, month_start
from whatworks.simulation.society.places import WARDS_EACH, ward_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

KIND = "robbery"
MEMBERS = 16
"""Members of each group: the last is exploited, the one before a child; fewer where the police know fewer people."""
REMOVED_IN = 15
A_MONTH, MOVES_IN = 6.0, 2.5
"""Robberies of a rival a ward and month, and how many times as many where it moves in."""
BOROUGHS = {"moves_in": (7, ("NB1", "NB2")), "stays": (9, ("NB3", "NB4"))}
"""A borough, the group removed from its first ward, and the rival that robs in all of it."""


def gangs_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `incident`, `incident_person`, `offending_group` and `offending_group_membership`."""
    rng, people = stream(world.seed, "gangs"), _known(world)
    incidents, suspects = [], []
    for number, (borough, (_, rival)) in enumerate(BOROUGHS.values()):
        wards = np.arange(WARDS_EACH) + borough * WARDS_EACH
        mean = np.full((WARDS_EACH, MONTHS), A_MONTH)
        if number == 0:
            mean[0, REMOVED_IN:] *= MOVES_IN
        rows = police_incidents(rng, world, wards, rng.poisson(mean), KIND, f"R{number}")
        incidents.append(rows)
        suspects.append(_suspects(rng, rows["incident_id"], people[rival]))
    members = [_members(world, group, own) for group, own in people.items()]
    return {
        "incident": pl.concat(incidents),
        "incident_person": pl.concat(suspects),
        "offending_group": _groups(world),
        "offending_group_membership": pl.concat(members),
    }


def _known(world: World) -> dict[str, pl.Series]:
    """Return the police's numbers of each group's members, the first that they know."""
    numbers = world.numbers.of["police"].filter(pl.Series(world.known_to["police"]))
    groups = [group for _, pair in BOROUGHS.values() for group in pair]
    each = min(MEMBERS, len(numbers) // len(groups))
    return {group: numbers.slice(at * each, each) for at, group in enumerate(groups)}


def _suspects(rng: np.random.Generator, incidents: pl.Series, people: pl.Series) -> pl.DataFrame:
    """Return two suspects of every incident, never the group's child or exploited member."""
    pairs: Ints = rng.random((len(incidents), max(2, len(people) - 2))).argsort(axis=1)[:, :2]
    return pl.DataFrame(
        {
            "organisation_id": ["police"] * 2 * len(incidents),
            "incident_id": pl.concat([incidents, incidents]),
            "person_id": people.gather(pairs.T.ravel()),
            "role": ["suspect"] * 2 * len(incidents),
        }
    )


def _groups(world: World) -> pl.DataFrame:
    first, as_at = first_month(world), world.settings.as_at
    rows = []
    for borough, (removed, rival) in BOROUGHS.values():
        for at, group in enumerate((removed, rival)):
            rows.append(
                {
                    "organisation_id": "police",
                    "group_id": group,
                    "evidence_rule": "two sources within a year, graded, of offending together",
                    "rule_uses_place": group == "NB3",
                    "version": "1",
                    "review_on": as_at.replace(year=as_at.year + 1),
                    "area_code": ward_codes()[borough * WARDS_EACH + 4 * at],
                    "strand": "diversion",
                    "removed_on": month_start(first, REMOVED_IN).date() if group == removed else None,
                }
            )
    return pl.DataFrame(rows)


def _members(world: World, group: str, people: pl.Series) -> pl.DataFrame:
    many = len(people)
    return pl.DataFrame(
        {
            "organisation_id": ["police"] * many,
            "membership_id": [f"{group}-{at + 1:02d}" for at in range(many)],
            "group_id": [group] * many,
            "person_id": people,
            "role": ["exploited" if at == many - 1 else "leader" if at == 0 else "core" for at in range(many)],
            "under_18": [at == many - 2 for at in range(many)],
            "evidence": ["two sources"] * many,
            "from_date": [first_month(world).date() - timedelta(days=40 * at) for at in range(many)],
        }
    )


def gangs_truth(world: World) -> dict[str, Any]:
    """Return which group was removed where and when, and whether its rival moved in."""
    codes = ward_codes()
    return {
        "kind": KIND,
        "removed_on": month_start(first_month(world), REMOVED_IN).date(),
        **{
            name: {"removed": removed, "rival": rival, "ward": codes[borough * WARDS_EACH],
                   "times_as_many": MOVES_IN if name == "moves_in" else 1.0}
            for name, (borough, (removed, rival)) in BOROUGHS.items()
        },
    }  # fmt: skip
