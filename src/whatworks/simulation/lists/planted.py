"""Put a list into a made-up partnership: monthly panels, churn of known size, and a borough that keeps to no rule."""

from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.agencies.extract import Block, Extract
from whatworks.simulation.days import NEVER, Days, Flags, Ints, dates, day, only
from whatworks.simulation.lists.times import STAYS, YEAR, list_times, removed_within
from whatworks.simulation.society.places import BOROUGHS, borough_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

NAME, OWNER, VERSION = "joint-concern", "police", "1"
PLACES, YEARS = 216, 4
"""Places on the list (fewer where few people are known), and years of its records."""
DRIFTS = 5
"""The borough, from 0, that enters people whom no court ever sentenced, wherever they live."""
WINDOW = 700
"""Others enter people sentenced within so many days: at police, court and probation, three agencies at least."""
VICTIMS_TOO = 30
PICKED = 3
"""Recorded offences in a year by which the truth of the fall picks people."""

LIST_FILES = (
    Extract(
        "police_list.csv", OWNER, "police list",
        (Block("list_entry", {"list_entry_id": "No", "list_name": "List", "person_id": "Nominal", "borough": "BOCU",
                              "entered_on": "Entered", "left_on": "Left", "leave_reason": "Why left",
                              "rule_version": "Rule"}),),
    ),
    Extract(
        "police_list_victims.csv", OWNER, "police list victims",
        (Block("incident_person", {"incident_id": "Crime no", "person_id": "Nominal", "role": "Part"},
               rows=pl.col("role") == "victim"),),
    ),
)  # fmt: skip
"""The list as the police keep it, and reports in which people on it are named as victims."""


def list_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `list_entry` and `incident_person` (victims alone), as the police hold them."""
    entries, number = _entries(world), world.numbers.of[OWNER]
    times = entries.select(
        organisation_id=pl.lit(OWNER), list_entry_id=pl.format("E{}", pl.int_range(pl.len()) + 1_000),
        list_name=pl.lit(NAME), person_id=number.gather(entries["who"]), borough="borough",
        entered_on=dates(entries["entered"].to_numpy()), left_on=only(
            dates(entries["left"].fill_null(0).to_numpy()), entries["left"].is_not_null().to_numpy()),
        leave_reason="reason", rule_version=pl.lit(VERSION),
    )  # fmt: skip
    return {"list_entry": times, "victims": times.select("organisation_id", "person_id").unique(maintain_order=True)
            .head(VICTIMS_TOO)}  # fmt: skip


def list_rule() -> str:
    """Return the list's rule, as its owner writes it."""
    return files("whatworks").joinpath(f"examples/people/{NAME}.toml").read_text("utf-8")


def victims_of(listed: pl.DataFrame, incidents: pl.DataFrame) -> pl.DataFrame:
    """Return rows of `incident_person`: each of these people as victim of one of the police's incidents of violence."""
    own = incidents.filter(pl.col("organisation_id") == OWNER, pl.col("kind") == "violence")["incident_id"]
    return listed.head(len(own)).with_columns(incident_id=own.head(len(listed)), role=pl.lit("victim"))


def list_truth(world: World) -> dict[str, Any]:
    """Return what is true of the list: its churn, its odd borough, whom four agencies know, and a fall without help."""
    entries, start = _entries(world), day(world.settings.as_at) - YEARS * YEAR
    known = np.sum([world.known_to[agency] for agency in world.known_to], axis=0)
    return {
        "name": NAME, "stays_a_year": STAYS, "removed_within_a_year": removed_within(YEAR),
        "records_from": dates(np.array([start], dtype=np.int32)).item(), "drifts": borough_codes()[DRIFTS],
        "people": entries["who"].n_unique(), "times": entries.height,
        "known_to_four_agencies": int((known[entries["who"].unique().to_numpy()] >= 4).sum()),
        "victims_too": min(VICTIMS_TOO, entries["who"].n_unique()), "fall": _fall(world),
    }  # fmt: skip


def _entries(world: World) -> pl.DataFrame:
    """Return a row a time on the list: who (a row of the people), borough, entered, left, reason."""
    rng, as_at = stream(world.seed, "lists"), day(world.settings.as_at)
    pool = np.flatnonzero(world.known_to[OWNER])
    made = list_times(rng, min(PLACES, len(pool) // 12), as_at - YEARS * YEAR, as_at)
    panel = _panels(as_at)
    made = made.with_columns(entered=pl.Series(panel[np.searchsorted(panel, made["entered"].to_numpy())]))
    made = made.filter(pl.col("left").is_null() | (pl.col("left") > pl.col("entered")), pl.col("entered") <= as_at)
    sentenced = _sentenced(world)
    order, taken, who = rng.permutation(pool), np.zeros(len(world.people), dtype=np.bool_), dict[int, int]()
    never = (sentenced == NEVER).all(axis=1)
    for person, entered in made.unique("person", keep="first", maintain_order=True).select("person", "entered").rows():
        borough = person % len(BOROUGHS)
        home = world.homes.borough_on(order, np.full(len(order), entered, dtype=np.int32)) == borough
        fits = never[order] if borough == DRIFTS else _within(sentenced[order], entered)
        free = order[(home | (borough == DRIFTS)) & fits & ~taken[order]]
        if len(free):
            who[person] = int(free[0])
            taken[free[0]] = True
    codes = pl.Series(borough_codes())
    return made.filter(pl.col("person").is_in(list(who))).with_columns(
        who=pl.col("person").replace_strict(who, return_dtype=pl.Int64),
        borough=codes.gather(made.filter(pl.col("person").is_in(list(who)))["person"] % len(BOROUGHS)),
    )  # fmt: skip


def _panels(as_at: int) -> Ints:
    """Return the days of the panels that enter people: one in thirty days, from long before to after the records."""
    return np.arange(as_at - 30 * 400, as_at + 30 * 40, 30, dtype=np.int64)


def _sentenced(world: World) -> Days:
    """Return for each person the last three days of sentence of what happened, `NEVER` where there are fewer."""
    happened = np.flatnonzero(world.life.committed & (world.sentences.kind > 0) & (world.offences.sanctioned < NEVER))
    person, on = world.offences.person[happened], world.offences.sanctioned[happened]
    found = np.full((len(world.people), 12), NEVER, dtype=np.int32)
    order = np.lexsort((-on, person))
    place = np.arange(len(order)) - np.searchsorted(person[order], person[order])
    kept = place < found.shape[1]
    found[person[order][kept], place[kept]] = on[order][kept]
    return found


def _within(sentenced: Days, entered: int) -> Flags:
    within = ((sentenced <= entered - 30) & (sentenced > entered - WINDOW)).any(axis=1)
    return np.asarray(within, dtype=np.bool_)


def _fall(world: World) -> dict[str, Any]:
    """Return how far people picked at a burst fall back by themselves: nothing was done to them for being picked.

    Picked is whoever has `PICKED` recorded offences or more in the year before a day; counted are theirs in the year
    before and in the year after.
    """
    on = day(world.settings.as_at) - 2 * YEAR
    done, size = world.offences.committed[world.life.committed], len(world.people)
    person = world.offences.person[world.life.committed]
    before, after = (np.bincount(person[(done >= a) & (done < b)], minlength=size)
                     for a, b in ((on - YEAR, on), (on, on + YEAR)))  # fmt: skip
    picked = before >= PICKED
    mean = [float(each[picked].mean()) if picked.any() else 0.0 for each in (before, after)]
    return {"on": dates(np.array([on], dtype=np.int32)).item(), "least": PICKED, "people": int(picked.sum()),
            "before": mean[0], "after": mean[1]}  # fmt: skip
