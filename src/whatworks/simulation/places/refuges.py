"""Make up refuges: one person refused many times, refusals that a placement ends, calls of people who give no name.

Households are people whom the council knows. Whoever counts calls finds several times the need that there is.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.society.places import BOROUGHS, borough_codes, borough_shares
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

HOUSEHOLDS, UNNAMED = 420, 24
"""Households that ask (as many as the council knows, if fewer), and calls that cannot be linked to anybody."""
FATES = {"placed_at_once": 0.22, "delayed": 0.38, "unmet": 0.28, "safe_elsewhere": 0.05, "returned": 0.04, "lost": 0.03}
"""How households end; the last three are unmet too."""
HOSTS = {2: 12, 5: 14, 8: 10, 11: 9}
"""Boroughs with family places, and how many; `BED_SPACES` are counted otherwise."""
BED_SPACES = (0, 16)
MONTHS, NIGHTS = 23, 40.0
REASONS = ("no_space", "needs_not_met", "out_of_area")


def refuge_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `refuge_service`, `refuge_referral` and `refuge_stay`, as the council holds them."""
    calls, stays, _ = _made_up(world)
    services = [(f"RS{borough:02d}", borough, "family_place", places) for borough, places in HOSTS.items()]
    services.append(("RS90", BED_SPACES[0], "bed_space", BED_SPACES[1]))
    service = pl.DataFrame(
        {
            "refuge_id": [one[0] for one in services],
            "host_borough": [borough_codes()[one[1]] for one in services],
            "units": [one[2] for one in services],
            "places": [one[3] for one in services],
            "annual_cost": [19_500 * one[3] + 24_000 for one in services],
            "from_date": [date(2015, 4, 1)] * len(services),
        }
    )
    frames = {"refuge_service": service, "refuge_referral": pl.DataFrame(calls, infer_schema_length=None),
              "refuge_stay": pl.DataFrame(stays, infer_schema_length=None)}  # fmt: skip
    return {table: frame.with_columns(organisation_id=pl.lit("council")) for table, frame in frames.items()}


def refuge_truth(world: World) -> dict[str, Any]:
    """Return how many households there truly are of each fate, and how many calls were refused for them."""
    calls, _, fates = _made_up(world)
    return {
        "households": len(fates),
        "fates": {fate: fates.count(fate) for fate in FATES},
        "calls": len(calls),
        "refused_calls": sum(call["outcome"] == "refused" for call in calls),
        "unnamed_calls": UNNAMED,
    }


def _made_up(world: World) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return calls, stays, and each household's fate."""
    rng = stream(world.seed, "refuges")
    known = world.numbers.of["council"].filter(pl.Series(world.known_to["council"])).to_list()
    people = rng.permutation(np.array(known, dtype=object))[:HOUSEHOLDS]
    first = world.settings.as_at - timedelta(days=round(30.4 * MONTHS) + 91)
    calls: list[dict[str, Any]] = []
    stays: list[dict[str, Any]] = []
    fates = []
    for person in people:
        fate = str(rng.choice(list(FATES), p=list(FATES.values())))
        origin = int(rng.choice(len(BOROUGHS), p=borough_shares()))
        on = first + timedelta(days=int(rng.integers(round(30.4 * MONTHS))))
        refusals = 0 if fate == "placed_at_once" else int(rng.integers(1, 4 if fate == "delayed" else 8))
        for _ in range(refusals):
            calls.append(_call(rng, calls, str(person), on, origin, "refused"))
            on += timedelta(days=int(rng.integers(0, 7)))
        if fate in ("placed_at_once", "delayed"):
            calls.append(_call(rng, calls, str(person), on, origin, "placed"))
            stays.append(_stay(rng, stays, calls[-1], world.settings.as_at))
        elif fate != "unmet":
            calls.append(_call(rng, calls, str(person), on, origin, fate))
        fates.append(fate)
    for _ in range(UNNAMED):
        on, origin = first + timedelta(days=int(rng.integers(600))), int(rng.choice(len(BOROUGHS)))
        calls.append(_call(rng, calls, None, on, origin, "refused"))
    return calls, stays, fates


def _call(
    rng: np.random.Generator, calls: list[dict[str, Any]], person: str | None, on: date, origin: int, outcome: str
) -> dict[str, Any]:
    """Return a call to a host elsewhere; where one's own borough is a host, it may be asked too: one in fourteen."""
    hosts = [host for host in HOSTS if host != origin or rng.random() < 1 / 14]
    weights = np.array([HOSTS[host] for host in hosts], dtype=float)
    host = hosts[int(rng.choice(len(hosts), p=weights / weights.sum()))]
    return {
        "referral_id": f"RR{len(calls) + 1:05d}",
        "person_id": person,
        "referred_on": on,
        "origin_borough": borough_codes()[origin],
        "refuge_id": f"RS{host:02d}",
        "outcome": outcome,
        "reason": str(rng.choice(REASONS, p=(0.6, 0.25, 0.15))) if outcome == "refused" else None,
        "decided_on": on,
    }


def _stay(rng: np.random.Generator, stays: list[dict[str, Any]], call: dict[str, Any], as_at: date) -> dict[str, Any]:
    left = call["referred_on"] + timedelta(days=3 + int(rng.exponential(NIGHTS)))
    return {
        "stay_id": f"RT{len(stays) + 1:05d}",
        "places": 1,
        "entered_on": call["referred_on"],
        "left_on": left if left <= as_at else None,
        **{name: call[name] for name in ("refuge_id", "referral_id", "person_id", "origin_borough")},
    }
