"""Put casework into a made-up partnership: contacts after release, slow in one borough, and homes offered to people."""

from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.agencies.extract import Block, Extract
from whatworks.simulation.days import NEVER, Days, Ints, dates, day
from whatworks.simulation.society.places import BOROUGHS, borough_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

RATE, SLOW, SLOW_BOROUGH = 0.05, 0.01, 3
"""The daily rate of a first kept contact after release; the rate in one borough (from 0), which is worse."""
YEARS = 2
"""Contacts are recorded over so many years before the extract."""
EVERY, KEPT_FOR = 14, 182
"""Days between contacts after the first, and for how long they are kept up."""
OFFERS, REFUSED, ENDED = 2_000, 0.20, 0.005
"""Homes offered, the share refused, and the daily rate at which a home ends."""

CASEWORK_FILES = (
    Extract("probation_after_release.csv", "probation", "probation after release", (
        Block("contact", {"contact_id": "Contact no", "person_id": "crn", "contacted_on": "On", "how": "How",
                          "outcome": "Result"}),)),
    Extract("council_homes.csv", "council", "council homes", (
        Block("placement", {"placement_id": "Offer", "person_id": "Client", "kind": "Kind", "offered_on": "Offered",
                            "answer": "Answer", "started_on": "In", "ended_on": "Out", "from_borough": "From",
                            "to_borough": "To", "site": "Where"}),)),
    Extract("council_no_contact.csv", "council", "council no contact", (
        Block("no_contact", {"condition_id": "No", "person_id": "Client", "protected_person_id": "Protected",
                             "kind": "Who", "from_date": "From"}),)),
)  # fmt: skip
"""What probation and the council send of casework; drawn by a stream of its own, so that no other number moves."""


def casework_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `contact`, `placement` and `no_contact`: the last two people may not meet, and are offered one."""
    rng = stream(world.seed, "casework")
    who, on, _ = _contacts(world, rng)
    contact = pl.DataFrame(
        {"contact_id": [f"K{at}" for at in range(1, len(who) + 1)],
         "person_id": world.numbers.of["probation"].gather(who), "contacted_on": dates(on), "how": "in_person",
         "outcome": "kept", "organisation_id": "probation"}
    )  # fmt: skip
    return {"contact": contact, **_homes(world, rng)}


def casework_truth(world: World) -> dict[str, Any]:
    """Return what is true of contacts and homes."""
    _, _, released = _contacts(world, stream(world.seed, "casework"))
    return {
        "first_contact_a_day": RATE, "slow_borough": BOROUGHS[SLOW_BOROUGH], "slow_borough_a_day": SLOW,
        "releases": released, "refused": REFUSED,
        "sustained": {str(weeks): float(np.exp(-ENDED * 7 * weeks)) for weeks in (4, 13, 26)},
    }  # fmt: skip


def _contacts(world: World, rng: np.random.Generator) -> tuple[Ints, Days, int]:
    """Return whose each contact is and its day, and how many releases it could have followed.

    After each release a first one comes at the borough's daily rate, then one a fortnight; none in custody again.
    """
    blocks, as_at = world.life.blocks, day(world.settings.as_at)
    back = np.append(np.where(blocks.person[1:] == blocks.person[:-1], blocks.start[1:], NEVER), NEVER)
    chosen = (blocks.end <= as_at) & (blocks.end > as_at - 365 * YEARS) & world.known_to["probation"][blocks.person]
    who, out, back = blocks.person[chosen], blocks.end[chosen], back[: len(blocks.person)][chosen]
    slow = world.homes.borough_on(who, out) == SLOW_BOROUGH
    first = out + np.floor(rng.exponential(1 / np.where(slow, SLOW, RATE))).astype(np.int64)
    times = KEPT_FOR // EVERY
    on = (first[:, None] + EVERY * np.arange(times)).ravel()
    person, until = np.repeat(who, times), np.repeat(np.minimum(back, as_at + 1), times)
    kept = on < until
    return person[kept], on[kept].astype(np.int32), len(who)


def _homes(world: World, rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    pool = np.flatnonzero(world.known_to["council"])
    who, as_at = rng.permutation(pool)[: min(OFFERS, len(pool))], day(world.settings.as_at)
    size, codes = len(who), pl.Series(borough_codes())
    offered = (as_at - rng.integers(0, 365 * YEARS, size)).astype(np.int32)
    took = rng.random(size) >= REFUSED
    started = np.where(took, offered + 3, NEVER).astype(np.int32)
    ended = np.where(took, started + np.ceil(rng.exponential(1 / ENDED, size)), NEVER).astype(np.int32)
    numbers, home = world.numbers.of["council"].gather(who), world.homes.borough_on(who, offered)
    homes = pl.DataFrame(
        {"placement_id": [f"H{at}" for at in range(1, size + 1)], "person_id": numbers, "kind": "home",
         "offered_on": dates(offered), "answer": pl.Series(("refused", "accepted")).gather(took * 1),
         "started_on": dates(started, as_at), "ended_on": dates(ended, as_at),
         "from_borough": codes.gather(home),
         "to_borough": codes.gather(np.where(rng.random(size) < 0.5, home, rng.integers(0, len(BOROUGHS), size))),
         "site": [f"House {max(size - at, 2)}" for at in range(1, size + 1)], "organisation_id": "council"}
    )  # fmt: skip
    apart = pl.DataFrame(
        {"condition_id": "N1", "person_id": numbers[-1:], "protected_person_id": numbers[-2:-1], "kind": "victim",
         "from_date": dates(np.array([as_at - 365 * YEARS], dtype=np.int32)), "organisation_id": "council"}
    )  # fmt: skip
    return {"placement": homes, "no_contact": apart if size > 1 else apart.head(0)}
