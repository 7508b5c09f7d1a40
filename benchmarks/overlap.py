"""Do the intervals of an overlap hold the truth, and how long does one of a million people take?

Towns are made from arrays: people whom up to four agencies know, records joined by a tree of candidate pairs, each true
with the probability that the model gives it. The truth is one draw of those pairs; the interval is over others. The
time stands beside the bare query that counts the agencies of each linked number in the same rows.
"""

import argparse
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from proven_reoffending import make_records, timed
from whatworks.linkage.clusters.decided import UNDECIDED
from whatworks.linkage.doubt.draws import draw_labels, settled
from whatworks.linkage.records_and_pairs import ScoredPairs, record_table
from whatworks.people.joinings import Joinings, joinings
from whatworks.people.overlap import DRAWS, Spread, overlap, overlap_of
from whatworks.people.rule import EXAMPLE, load_rule
from whatworks.records.store import DuckDBStore

FIRST, LAST = date(2012, 1, 1), date(2022, 12, 31)
BARE = (
    "SELECT n, COUNT(*) FROM (SELECT i.linked_id, COUNT(DISTINCT o.organisation_id) AS n FROM offence AS o "
    "JOIN identity AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id "
    "WHERE o.committed_from BETWEEN $first AND $last GROUP BY i.linked_id) AS b GROUP BY n"
)
AGENCIES = ("council", "health", "police", "probation")


@dataclass(frozen=True, slots=True)
class Covered:
    """The shares of towns whose intervals held the truth: at two agencies or more, at all four, and of two lists."""

    several: float
    four: float
    both: float


def town(seed: int, people: int = 300, draws: int = 100) -> tuple[tuple[Spread, int], ...]:
    """Return for a made-up town three numbers by its links, each with the truth beside it."""
    rng = np.random.default_rng(seed)
    agency = np.tile(np.arange(4), people)
    here = rng.random(4 * people) < 0.7
    place = np.cumsum(here) - 1
    left, right = [], []
    for person in range(people):
        own = place[4 * person : 4 * person + 4][here[4 * person : 4 * person + 4]]
        left += own[:-1].tolist()
        right += own[1:].tolist()
    chance = np.where(
        rng.random(len(left)) < 0.6, rng.uniform(0.95, 1.0, len(left)), rng.uniform(0.05, 0.95, len(left))
    )
    agency = agency[here]
    order = np.lexsort((np.arange(len(agency)), agency))
    where = np.argsort(order)
    records = record_table([AGENCIES[code] for code in agency[order]], [f"{at:06}" for at in range(len(agency))])
    pairs = ScoredPairs.sorted_from(where[left], where[right], chance)
    sure, possible = (draw_labels(records, pairs, (pairs.probability >= least) * 1.0, 0) for least in (0.95, 0.3))
    truth = draw_labels(records, pairs, pairs.probability, [seed, 0])
    drawn = (draw_labels(records, pairs, pairs.probability, [seed, 1 + draw]) for draw in range(draws))
    size = len(records)
    found = overlap_of(agency[order], AGENCIES, possible, drawn, sure, possible, size)
    true = overlap_of(agency[order], AGENCIES, truth, [], truth, truth, size)

    def of(one: object) -> tuple[Spread, ...]:
        nothing = Spread(0, 0, 0, 0)
        return (one.several, one.numbers.get(4, nothing), one.pairs[0].shared)  # type: ignore[attr-defined]

    return tuple((spread, int(right.now)) for spread, right in zip(of(found), of(true), strict=True))


def coverage(towns: int, errors: tuple[float, ...] = (1.0,), seed: int = 1) -> tuple[Covered, ...]:
    """Return how often the intervals hold the truth; each of `errors` widens or narrows them about their mean."""
    held = np.zeros((len(errors), 3))
    for number in range(towns):
        for at, (spread, truth) in enumerate(town(seed * 100_000 + number)):
            for row, error in enumerate(errors):
                low, high = (spread.mean + error * (end - spread.mean) for end in (spread.low, spread.high))
                held[row, at] += low <= truth <= high
    return tuple(Covered(*shares) for shares in (held / towns).tolist())


def doubtful(links: Joinings, share: float = 0.02, seed: int = 1) -> ScoredPairs:
    """Return pairs that make a store's people, so large a share of them in doubt and the others as good as sure."""
    rng, order = np.random.default_rng(seed), np.argsort(links.in_force, kind="stable")
    one = links.in_force[order][1:] == links.in_force[order][:-1]
    doubt = rng.random(int(one.sum())) < share
    chance = np.where(doubt, rng.uniform(0.3, 0.95, len(doubt)), 0.999_999)
    return ScoredPairs.sorted_from(order[:-1][one], order[1:][one], chance)


def drawn(links: Joinings, pairs: ScoredPairs, draws: int) -> Joinings:
    """Return the people with so many draws of their links."""
    known = settled(links.records, pairs, pairs.probability, 0.3, UNDECIDED)
    labels = (draw_labels(links.records, pairs, pairs.probability, [1, at], UNDECIDED, known) for at in range(draws))
    return replace(links, draws=tuple(labels))


def main() -> None:
    """Print the coverage of towns, and the time of one overlap beside the bare query."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--towns", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    asked = parser.parse_args()
    whole, half = coverage(asked.towns, (1.0, 0.5))
    print(f"{asked.towns:,} towns: 95% intervals hold the truth in")
    for name in ("several", "four", "both"):
        print(f"  {name}: {getattr(whole, name):.1%}; half as wide: {getattr(half, name):.1%}")
    if not asked.people:
        return
    rule = load_rule(EXAMPLE).model_copy(update={"window_months": 132, "kinds": ("offence",)})
    with tempfile.TemporaryDirectory() as folder, DuckDBStore(Path(folder) / "bench.duckdb") as store:
        contacts = make_records(store, asked.people)
        bare, _ = timed(lambda: len(store.rows(BARE, {"first": FIRST, "last": LAST})), 1)
        links = joinings(store, draws=0)
        pairs = doubtful(links)
        read, _ = timed(lambda: len(joinings(store, draws=0).records), 1)
        plain, _ = timed(lambda: int(overlap(store, rule, LAST, links=links).people.now), 1)
        doubt, _ = timed(lambda: overlap(store, rule, LAST, links=drawn(links, pairs, DRAWS)).draws, 1)
    print(f"{asked.people:,} people, {contacts:,} contacts, by processor time:")
    rows = (
        ("bare query", bare),
        ("overlap", read + plain),
        (f"with {DRAWS} draws, 2% of links in doubt", read + doubt),
    )
    for name, seconds in rows:
        print(f"  {name}: {seconds:.1f} s, {seconds / bare:.1f} x")


if __name__ == "__main__":
    main()
