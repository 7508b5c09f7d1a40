"""How many agencies know the same people, how sure the links are, and how many two lists would share by chance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.clusters.components import Labels
from whatworks.people.contacts import contact_query, severity_weights
from whatworks.people.joinings import Joinings, joinings
from whatworks.people.meeting import LINKED, ONE_AGENCY, POSSIBLE
from whatworks.people.rule import ListRule
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats

DRAWS = 100
"""So many draws of the linkage that the fifth from either end marks the interval."""
ANY_CONTACT = "everybody with any contact that counts, at any agency"
RESIDENTS = "residents of the age, as given"
KNOWN = files("whatworks.people").joinpath("sql/known_record.sql")
MOST_BINS = 20
"""Combinations of up to so many agencies are counted in one array."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A number by the links in force, and its mean, 2.5% and 97.5% over the draws of the linkage."""

    now: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TwoLists:
    """Two agencies' lists: their sizes, the people on both, and how many would be if the lists were independent.

    `expected` is n1 n2 / N; None where N is no more than the two lists together, which would say too many.
    """

    agencies: tuple[str, str]
    sizes: tuple[int, int]
    shared: Spread
    expected: float | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """The agencies that know the same people. `population` names the N that `size` counts.

    `people` are those whom any of the agencies knows, `several` those whom two or more do, `agencies_each` at how many
    a person is on average, `numbers` the people at exactly so many, `sets` those at exactly these, `standing` those
    linked beyond doubt, possibly linked, and of one agency only. `rows` are everybody of N who has a contact: `unit`,
    `set`, `agencies`, `standing` (null of those whom no agency of these knows). `draws` is zero where no model joined
    the records, so that no doubt is known.
    """

    agencies: tuple[str, ...]
    population: str
    size: int
    people: Spread
    several: Spread
    agencies_each: Spread
    numbers: Mapping[int, Spread]
    sets: Mapping[tuple[str, ...], Spread]
    pairs: tuple[TwoLists, ...]
    standing: Mapping[str, int]
    draws: int
    rows: pl.DataFrame = field(repr=False)


def overlap(
    engine: Engine, rule: ListRule, on: date, residents: int | None = None, links: Joinings | None = None
) -> Overlap:
    """Return the overlap of agencies' lists: whom each has a contact with that counts by a rule, within its window.

    N is everybody with such a contact at any agency, those that the rule leaves out too, or as many `residents`.
    """
    links = links or joinings(engine, draws=DRAWS)
    first, last = rule.window(on)
    query = f"WITH counted_contact AS ({contact_query(engine, rule.kinds)})\n{KNOWN.read_text('utf-8')}"
    with severity_weights(engine):
        counted = engine.fetch(query, {"first": first, "last": last})
    rows, of = links.rows(counted), counted["organisation_id"]
    here = ~of.is_in(list(rule.left_out)).to_numpy()
    own, names = rows[here], of.filter(pl.Series(here)).unique().sort().to_list()
    everybody = np.unique(links.in_force[rows])
    found = overlap_of(
        np.searchsorted(np.array(names, dtype=object), of.to_numpy()[here]), names, links.in_force[own],
        (label[own] for label in links.draws), links.sure[own], links.possible[own],
        len(everybody) if residents is None else residents, ANY_CONTACT if residents is None else RESIDENTS,
    )  # fmt: skip
    units = pl.DataFrame({"person": everybody, "unit": pl.Series(links.linked_id[everybody], dtype=pl.String)})
    return replace(found, rows=units.join(found.rows, on="person", how="left", maintain_order="left").drop("person"))


def overlap_of(
    agency: NDArray[np.int64],
    names: Sequence[str],
    now: Labels,
    draws: Iterable[Labels],
    sure: Labels,
    possible: Labels,
    size: int,
    population: str = ANY_CONTACT,
) -> Overlap:
    """Return the same of arrays: a place each record of a person, its agency's code, and its person by each joining.

    The union of two lists is refused as N: two lists of 100 that share 20 would, of their 180, be expected to share
    55.6; of 5,000 people 2.

    >>> agency, people = np.repeat([0, 1], 100), np.concatenate([np.arange(100), np.arange(80, 180)])
    >>> found = overlap_of(agency, ["police", "health"], people, [], people, people, 5_000)
    >>> found.pairs[0].shared.now, found.pairs[0].expected
    (20.0, 2.0)
    >>> overlap_of(agency, ["police", "health"], people, [], people, people, 180).pairs[0].expected is None
    True
    """
    if len(names) < 2:
        remedy = "import the records of another, or count more kinds of contact"
        raise Refused(f"{len(names)} agencies have contacts that count, so nothing can overlap", remedy)
    in_force, codes = np.unique(now, return_inverse=True)
    rows_of = [np.flatnonzero(agency == code) for code in range(len(names))]
    mask = _masks(now, rows_of)
    if size < len(in_force):
        problem = f"is fewer than the {len(in_force):,} people whom the agencies know"
        raise Refused(Fault(problem, "give the residents of the age of all their areas", field="residents",
                            value=str(size)))  # fmt: skip
    counts = [_counted(mask), *(_counted(_masks(label, rows_of)) for label in draws)]
    sets = np.unique(np.concatenate([masks for masks, _ in counts]))
    table = np.zeros((len(counts), len(sets)))
    for row, (masks, many) in zip(table, counts, strict=True):
        row[np.searchsorted(sets, masks)] = many
    holds = (sets[:, None] >> np.arange(len(names))) & 1
    numbers = holds.sum(axis=1)
    people = table.sum(axis=1)
    most = _agencies_of(mask, now, codes)
    at_sure, at_possible = (_agencies_of(_masks(label, rows_of), label, codes) for label in (sure, possible))
    standing = np.where(at_possible == 1, ONE_AGENCY, np.where(at_sure == at_possible, LINKED, POSSIBLE))
    members = [tuple(name for name, held in zip(names, row, strict=True) if held) for row in holds]
    order = np.lexsort((sets, -table[0]))
    words = pl.Series(mask[in_force]).replace_strict(sets, [" + ".join(of) for of in members], return_dtype=pl.String)
    return Overlap(
        tuple(names),
        population,
        size,
        _spread(people),
        _spread(table[:, numbers > 1].sum(axis=1)),
        _spread(table @ numbers / people),
        {k: _spread(table[:, numbers == k].sum(axis=1)) for k in range(1, int(numbers.max()) + 1)},
        {members[at]: _spread(table[:, at]) for at in order},
        tuple(_two_lists(names, holds, table, pair, size) for pair in combinations(range(len(names)), 2)),
        {word: int((standing == word).sum()) for word in (LINKED, POSSIBLE, ONE_AGENCY)},
        len(counts) - 1,
        pl.DataFrame({"person": in_force, "set": words, "agencies": most, "standing": standing}),
    )


def _masks(label: Labels, rows_of: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return by each label the agencies that hold its records, a bit each; `rows_of` are the records of each agency."""
    found = np.zeros(int(label.max(initial=-1)) + 1, dtype=np.int64)
    for code, rows in enumerate(rows_of):
        found[label[rows]] |= 1 << code
    return found


def _counted(mask: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each set of agencies with its number of people."""
    if int(mask.max(initial=0)).bit_length() > MOST_BINS:
        return np.unique(mask[mask > 0], return_counts=True)
    many = np.bincount(mask)
    many[0] = 0
    sets = np.flatnonzero(many)
    return sets, many[sets]


def _agencies_of(mask: NDArray[np.int64], label: Labels, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return at how many agencies each person in force is under a joining: those of the largest part of it."""
    found = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(found, codes, np.bitwise_count(mask)[label].astype(np.int64))
    return found


def _two_lists(
    names: Sequence[str], holds: NDArray[np.int64], table: Floats, pair: tuple[int, int], size: int
) -> TwoLists:
    first, second = (holds[:, at] == 1 for at in pair)
    sizes = int(table[0, first].sum()), int(table[0, second].sum())
    shared = _spread(table[:, first & second].sum(axis=1))
    expected = sizes[0] * sizes[1] / size if size > sum(sizes) - shared.now else None
    return TwoLists((names[pair[0]], names[pair[1]]), sizes, shared, expected)


def _spread(values: Floats) -> Spread:
    """Return the first value, that in force, and what the draws behind it say; by itself it is all that is known."""
    drawn = values[1:] if len(values) > 1 else values
    low, high = np.quantile(drawn, [0.025, 0.975], method="weibull")
    return Spread(float(values[0]), float(drawn.mean()), float(low), float(high))
