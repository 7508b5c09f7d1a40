"""Write down journeys as agencies hold them, with planted faults: releases, court cases; and gather all others."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.case_frames import case_frame, stay_frame, wait
from whatworks.simulation.agencies.kind_records import kind_frames
from whatworks.simulation.agencies.trial_victim_records import allegation_frame, listing_frame, victim_frames
from whatworks.simulation.days import NEVER, day
from whatworks.simulation.streams import stream
from whatworks.simulation.truth import journey_truth as planted
from whatworks.simulation.world import World


def journey_frames(world: World) -> dict[str, dict[str, pl.DataFrame]]:
    """Return the journeys of a world's people by agency and table, under each agency's numbers, up to the as-at day."""
    rng, as_at = stream(world.seed, "journeys", world.people.first), day(world.settings.as_at)
    court, police = _court(world, rng, as_at)
    found = {
        "probation": _gate(world, rng, as_at),
        "court": court | {"trial_listing": listing_frame(world, rng, as_at)},
        "police": police | {"allegation": allegation_frame(world, rng, as_at)},
        "council": victim_frames(world, rng, as_at),
    }
    for agency, more in kind_frames(world, found["police"]["allegation"], as_at).items():
        own = found[agency]
        found[agency] = own | {
            name: pl.concat([own[name], rows.select(own[name].columns)]) for name, rows in more.items()
        }
    return found


def _gate(world: World, rng: np.random.Generator, as_at: int) -> dict[str, pl.DataFrame]:
    people = np.flatnonzero((world.index < NEVER) & (world.index <= as_at) & world.known_to["probation"])
    size, start = len(people), world.index[people].astype(np.int64)
    trust = rng.random(size) < 0.5
    elsewhere, dropped = (
        rng.random(size) < planted.OTHER_AREA,
        rng.random(size) < np.where(trust, planted.DROPPED[1], planted.DROPPED[0]),
    )
    waits = [
        (wait(rng, mean, size), wait(rng, planted.RETURN, size))
        for mean in (planted.CONTACT, planted.HANDOVER, planted.SUPPORT)
    ]
    gap = rng.integers(0, 4, size)
    cases = case_frame(world, people, "probation", "through_the_gate", "TG")
    provider = pl.Series(planted.PROVIDERS, dtype=pl.String).gather(trust.astype(np.int64))
    reason = pl.Series(["lost contact", "no place", "declined", None], dtype=pl.String).gather(rng.integers(0, 4, size))
    inside, entered, parts = np.ones(size, dtype=np.bool_), start, []
    for place, stage in enumerate(("contact", "handover", "support")):
        on, back = waits[place]
        moved = on <= back
        outcome = pl.Series([None if place < 2 else "completed", "returned", "other_area"], dtype=pl.String)
        which = np.where(elsewhere & (place == 0), 2, np.where(moved, 0, 1))
        said = {"organisation": provider if place < 2 else pl.Series(["Northbank Councils"] * size)}
        said |= {"reason": reason.set(pl.Series(~dropped), None)} if place == 0 else {}
        left = entered + np.where(elsewhere & (place == 0), 0, np.minimum(on, back))
        parts.append(
            stay_frame(cases, stage, place, inside, entered, left, as_at, outcome=outcome.gather(which), **said)
        )
        inside = inside & moved & ~elsewhere & (~dropped if place == 0 else np.ones(size, dtype=np.bool_))
        entered = left + (gap if place == 0 else 0)
    return {"casefile": cases, "case_stage": pl.concat(parts)}


def _court(
    world: World, rng: np.random.Generator, as_at: int
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    both = world.known_to["court"] & world.known_to["police"]
    people = np.flatnonzero(both & (rng.random(len(world.people)) < 0.4))
    size = len(people)
    start = as_at - rng.integers(0, planted.TWO_YEARS, size)
    waits = [wait(rng, mean, size) for mean in planted.COURT_DAYS]
    told, differs = rng.random(size) < planted.POLICE_REPORT, rng.random(size) < planted.POLICE_DIFFER
    later = np.where(differs, rng.integers(1, 10, size), 0)
    cases = case_frame(world, people, "court", "magistrates", "MC", "NB")
    parts, entered = [], start
    for place, stage in enumerate(planted.COURT_STAGES):
        left = entered + waits[place]
        outcome = pl.Series(["completed" if place == 2 else None] * size, dtype=pl.String)
        parts.append(stay_frame(cases, stage, place, np.ones(size, np.bool_), entered, left, as_at, outcome=outcome))
        entered = left
    theirs = case_frame(world, people[told], "police", "magistrates", "PC", "NB")
    first, charged = start[told], (start + waits[0] + later)[told]
    dated = stay_frame(theirs, planted.COURT_STAGES[0], 0, np.ones(len(first), np.bool_), first, charged, as_at)
    return {"casefile": cases, "case_stage": pl.concat(parts)}, {"casefile": theirs, "case_stage": dated}
