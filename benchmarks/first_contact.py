"""Do the shares of the gate hold the truth, and is a first contact found as fast as the bare query finds it?

Coverage: towns of a few hundred releases by constant daily rates of contact, return and death, as arrays, through the
code that the paper uses; some came out so lately that they are watched for less than 28 days. How often do the 95%
intervals hold the true shares? Speed: a million people with twenty million contacts, once by the gate and once by a
query that does no more than join releases to contacts.
"""

import argparse
from datetime import date
from time import perf_counter

import numpy as np
import polars as pl

from whatworks.casework import exits, exits_of
from whatworks.journeys import load_kind, watched
from whatworks.records.store import DuckDBStore

RATES = {"reached": 0.05, "returned": 0.02, "died": 0.0005}
AS_AT = date(2025, 6, 30)
BARE = (
    "SELECT r.linked_id, r.released_on, MIN(c.contacted_on) AS contacted_on FROM (SELECT i.linked_id, k.released_on "
    "FROM custody_spell AS k JOIN identity AS i ON i.organisation_id = k.organisation_id AND i.person_id = k.person_id "
    "WHERE k.released_on IS NOT NULL) AS r JOIN (SELECT i.linked_id, c.contacted_on FROM contact AS c JOIN identity AS "
    "i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id WHERE c.outcome = 'kept') AS c ON "
    "c.linked_id = r.linked_id AND c.contacted_on >= r.released_on GROUP BY r.linked_id, r.released_on"
)


def true_shares(day: int) -> dict[str, float]:
    """Return the true shares by a day: each rate's part of all who have left, and who has not.

    >>> {way: round(share, 3) for way, share in true_shares(28).items()}
    {'reached': 0.611, 'returned': 0.244, 'died': 0.006, 'unseen': 0.139}
    """
    every = sum(RATES.values())
    out = float(-np.expm1(-every * day))
    return {way: rate / every * out for way, rate in RATES.items()} | {"unseen": 1 - out}


def small_town(rng: np.random.Generator, size: int) -> pl.DataFrame:
    """Return exits as the gate's query gives them, of whom a fifth came out within 28 days of the extract.

    The first of all ways out comes at the sum of their rates, and is each of them in proportion to its rate.
    """
    every, names = sum(RATES.values()), ("contacted_on", "returned_on", "died_on")
    out = np.datetime64(AS_AT) - rng.integers(0, 140, size).astype("timedelta64[D]")
    left = out + np.ceil(rng.exponential(1 / every, size)).astype("timedelta64[D]")
    way = rng.choice(len(RATES), size, p=np.array([*RATES.values()]) / every)
    after = {name: np.where(way == place, left, np.datetime64("NaT")) for place, name in enumerate(names)}
    return pl.DataFrame({"exit_on": out} | after).with_columns(
        unit=pl.int_range(pl.len()).cast(pl.String), as_at=pl.lit(AS_AT), borough=pl.lit("B1"),
        provider=pl.lit("P1"), prison=pl.lit("Holm"), apart=pl.lit(None, pl.String),
    )  # fmt: skip


def coverage(towns: int, size: int, seed: int, narrower: float = 1.0) -> dict[tuple[int, str], float]:
    """Return by day and way how many intervals held the truth; `narrower` shrinks them, to see that it is noticed."""
    rng, kind = np.random.default_rng(seed), load_kind("through_the_gate")
    held = {(day, way): 0 for day in (7, 28) for way in ("reached", "returned", "unseen")}
    for _ in range(towns):
        (everybody,) = watched(exits_of(kind, small_town(rng, size)))
        for day in everybody.days:
            for way in ("reached", "returned", "unseen"):
                if (day.day, way) in held:
                    share, truth = day.shares[way], true_shares(day.day)[way]
                    gaps = [(end or 0.0) - share.value for end in (share.low, share.high)]
                    low, high = (share.value + narrower * gap for gap in gaps)
                    held[day.day, way] += low <= truth <= high
    return {key: count / towns for key, count in held.items()}


def large_store(people: int, contacts: int) -> DuckDBStore:
    """Return a store of so many people, each released once, with so many kept contacts in all."""
    store = DuckDBStore(None)
    store.change("INSERT INTO organisation VALUES ('a', 1, 'prison', 'prison', 'prison'), "
                 "('a', 2, 'probation', 'probation', 'probation')")  # fmt: skip
    for table, rows in (("custody_spell", people), ("contact", contacts), ("appointment", 0)):
        store.change("INSERT INTO source VALUES (?, 'probation', ?, ?, '', NULL, ?, ?, ?, ?, 0, 0, 0)",
                     [table, table, table, AS_AT, AS_AT, rows, max(rows, 1)])  # fmt: skip
    for agency in ("prison", "probation"):
        store.change("INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, "
                     "probability) SELECT 's', r.range, ?, 'P' || r.range, 'L' || r.range, 'exact', 1.0 "
                     "FROM range(?) AS r", [agency, people])  # fmt: skip
    store.change(
        "INSERT INTO custody_spell (source_id, source_line, organisation_id, spell_id, person_id, received_on, "
        "released_on, status, establishment) SELECT 'custody_spell', r.range, 'prison', 'S' || r.range, "
        "'P' || r.range, DATE '2023-01-01' + CAST(r.range % 300 AS INTEGER), "
        "DATE '2024-01-01' + CAST(r.range % 365 AS INTEGER), 'sentence', 'Holm' FROM range(?) AS r",
        [people],
    )
    store.change(
        "INSERT INTO contact (source_id, source_line, organisation_id, contact_id, person_id, contacted_on, how, "
        "outcome) SELECT 'contact', r.range, 'probation', 'C' || r.range, 'P' || (r.range % ?), "
        "DATE '2024-01-01' + CAST((r.range * 7919) % 545 AS INTEGER), 'phone', 'kept' FROM range(?) AS r",
        [people, contacts],
    )
    return store


def speed(people: int, contacts: int) -> tuple[float, float, float]:
    """Return seconds of the bare query, of finding every exit and its first contact, and of the shares from those."""
    store, kind = large_store(people, contacts), load_kind("through_the_gate")
    started = perf_counter()
    store.derive("bare", BARE)
    bare = perf_counter()
    found = exits(store, kind)
    gate = perf_counter()
    watched(found.cases)
    return bare - started, gate - bare, perf_counter() - gate


def main() -> None:
    """Print coverage by day and way, then the speed."""
    options = argparse.ArgumentParser()
    options.add_argument("--towns", type=int, default=2_000)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--contacts", type=int, default=20_000_000)
    asked = options.parse_args()
    for size in (100, 400):
        found = coverage(asked.towns, size, seed=size)
        words = "; ".join(f"day {day} {way} {share:.1%}" for (day, way), share in found.items())
        print(f"{asked.towns:,} towns of {size}: {words}", flush=True)
    bare, gate, shares = speed(asked.people, asked.contacts)
    print(f"{asked.people:,} people, {asked.contacts:,} contacts: bare query {bare:.1f} s; gate {gate:.1f} s "
          f"({gate / bare:.2f} times); shares from them {shares:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
