"""Lists: coverage of retention and dwell over 2,000 small towns, and proposals beside the bare query.

`--towns`, `--people` and `--contacts` are sizes; the defaults are those that the documentation quotes.
"""

import argparse
import time
from datetime import date, timedelta

import numpy as np
import polars as pl

from whatworks.people.churn import ShareOf, dwell, over_links, retention
from whatworks.people.joinings import joinings
from whatworks.people.meeting import meeting
from whatworks.people.rule import EXAMPLE, load_rule
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables
from whatworks.simulation.lists.times import STAYS, list_times, removed_within

DAY = date(2025, 6, 30)
BARE = """
SELECT i.linked_id, COUNT(DISTINCT c.organisation_id) AS agencies FROM (
  SELECT organisation_id, person_id FROM offence WHERE committed_from BETWEEN $first AND $last
  UNION ALL SELECT organisation_id, person_id FROM custody_spell WHERE received_on BETWEEN $first AND $last
  UNION ALL SELECT organisation_id, person_id FROM need WHERE assessed_on BETWEEN $first AND $last
) AS c JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
GROUP BY i.linked_id HAVING COUNT(DISTINCT c.organisation_id) >= 3
"""


def coverage(towns: int) -> None:
    """Print how often 95% intervals hold the planted retention, dwell, and retention over doubtful links."""
    rng, held = np.random.default_rng(11), np.zeros(4)
    start = date(2020, 1, 1)
    for seed in range(towns):
        made = list_times(np.random.default_rng([10, seed]), 120, 0, 4 * 365)

        def day(name: str) -> pl.Expr:
            return pl.lit(start) + pl.duration(days=name)

        times = made.select(
            unit="person", entered_on=day("entered"), left_on=day("left"), leave_reason="reason",
            died_on=pl.when(pl.col("reason") == "died").then(day("left")), review_on=pl.lit(None, pl.Date),
        )  # fmt: skip
        share = retention(times, start + timedelta(365)).everybody
        (low, high), value = share.interval or (0, 0), share.value or 0
        year = dwell(times, start, start + timedelta(4 * 365)).by_year[0] or (0, 0, 0)
        kind = rng.random(120)
        sure, chance = int((kind < 0.30).sum()), rng.beta(3, 2, int(((kind >= 0.30) & (kind < 0.55)).sum()))
        draws = [ShareOf(sure + int((rng.random(len(chance)) < chance).sum()), 120) for _ in range(20)]
        linked = over_links(draws) or (0, 0)
        held += [low <= STAYS <= high, (value + low) / 2 <= STAYS <= (value + high) / 2,
                 year[1] <= removed_within(365) <= year[2], linked[0] <= STAYS <= linked[1]]  # fmt: skip
    names = ("retention, Wilson", "the same, half as wide", "removed within a year", "retention over the links")
    for name, share in zip(names, held / towns, strict=True):
        print(f"{name:<26} covers {100 * share:5.1f}% of {towns:,} towns")


def proposals(people: int, contacts: int) -> None:
    """Print how long a proposal takes beside the bare query of the same rows."""
    rng, store = np.random.default_rng(12), scratch()
    create_tables(store)
    agencies = ("police", "prison", "council", "health")
    ids = pl.DataFrame({"person_id": [f"P{at:08d}" for at in range(people)]})
    made = {"source_id": pl.lit("made up"), "source_line": pl.int_range(1, pl.len() + 1)}
    for agency in agencies:
        own = ids.with_columns(organisation_id=pl.lit(agency), **made)
        born = pl.lit(date(1990, 1, 1))
        store.append("person", own.with_columns(date_of_birth=born))
        store.append("identity", own.with_columns(linked_id=pl.format("L{}", "person_id"), method=pl.lit("decision"),
                                                  probability=1.0))  # fmt: skip
    for table, agency, key, on, more in (
        ("offence", "police", "offence_id", "committed_from", {}),
        ("custody_spell", "prison", "spell_id", "received_on", {"status": "sentence"}),
        ("need", "council", "need_id", "assessed_on", {"pathway": "health", "level": "high"}),
        ("need", "health", "need_id", "assessed_on", {"pathway": "health", "level": "high"}),
    ):
        size = contacts // 4
        days = (np.datetime64(DAY) - rng.integers(0, 3650, size)).astype("datetime64[D]")
        frame = pl.DataFrame(
            {"person_id": ids["person_id"].gather((people * rng.random(size) ** 4).astype(np.int64)), on: days}
        )
        store.append(table, frame.with_columns(
            pl.int_range(pl.len()).cast(pl.String).alias(key), organisation_id=pl.lit(agency),
            **{name: pl.lit(value) for name, value in more.items()}, **made,
            **({"released_on": pl.col(on)} if table == "custody_spell" else {})))  # fmt: skip
    rule = load_rule(EXAMPLE)
    first, last = rule.window(DAY)
    begun = time.perf_counter()
    rows = store.rows(BARE, {"first": first, "last": last})
    bare = time.perf_counter() - begun
    links = joinings(store)
    begun = time.perf_counter()
    met = meeting(store, rule, DAY, links)
    ours = time.perf_counter() - begun
    print(f"{people:,} people, {contacts:,} contacts: {met.height:,} meet the rule (the bare query: {len(rows):,})")
    print(f"proposal {ours:.1f} s, bare query {bare:.1f} s: {ours / bare:.1f} times")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=20_000_000)
    given = parser.parse_args()
    coverage(given.towns)
    proposals(given.people, given.contacts)
