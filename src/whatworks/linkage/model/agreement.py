"""Find the pairs of records to compare, and the level that each comparison of a pair comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.blocking import BlockingRule, pairs_sql
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.new_blocks import new_pairs
from whatworks.linkage.model.standardise import TABLE, StandardRecords

PAIRS_AT_ONCE = 3_000_000
"""Pairs of the rules that are made distinct and compared at once: what is held of all of them is two numbers each."""


@dataclass(frozen=True, slots=True)
class Agreements:
    """Pairs of records, and how far each agrees; sorted by (left, right)."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    code: NDArray[np.int64]
    """The levels as digits of one number to base 16, the first comparison first: 0 missing, 1 the first level."""


def blocked_agreements(
    records: StandardRecords, comparisons: Sequence[FieldComparison], rules: Sequence[BlockingRule]
) -> Iterator[Agreements]:
    """Yield the levels of all pairs that the blocking rules give, some millions at a time, by ascending left record."""
    _no_pairs(records)
    for rule in rules:
        records.engine.change(f"INSERT INTO pair {pairs_sql(rule, TABLE)}")
    yield from _in_parts(records, comparisons)


def new_agreements(
    records: StandardRecords,
    comparisons: Sequence[FieldComparison],
    rules: Sequence[BlockingRule],
    gone: str | None = None,
) -> Iterator[Agreements] | None:
    """Return the levels of the pairs of new records with all, as `blocked_agreements` does.

    None where pairs of old records too would be compared otherwise than before, since a block has come to or fallen
    below the largest size: all pairs must be compared then. `gone` is a table of the records that have left.
    """
    pairs = new_pairs(records.engine, rules, TABLE, gone)
    if pairs is None:
        return None
    _no_pairs(records)
    left, right = pairs
    records.engine.append("pair", pl.DataFrame({"l": left, "r": right}))
    return _in_parts(records, comparisons)


def _no_pairs(records: StandardRecords) -> None:
    records.engine.change("CREATE OR REPLACE TEMP TABLE pair (l INT, r INT)")


def _in_parts(records: StandardRecords, comparisons: Sequence[FieldComparison]) -> Iterator[Agreements]:
    """Yield the levels of the pairs in the table `pair`, each counted once; the table is dropped."""
    counts = records.engine.fetch("SELECT l, count(*) AS n FROM pair GROUP BY l ORDER BY l")
    left, until = counts["l"].to_numpy(), np.cumsum(counts["n"].to_numpy())
    total = int(until[-1]) if len(until) else 0
    asked = range(PAIRS_AT_ONCE, total, PAIRS_AT_ONCE)
    ends = sorted({-1, *left[np.searchsorted(until, list(asked))].tolist(), *left[-1:].tolist()})
    for low, high in pairwise(ends):
        yield _agreements(records, comparisons, f"SELECT DISTINCT l, r FROM pair WHERE l > {low} AND l <= {high}")
    records.engine.drop("pair")


def agreements_of(
    records: StandardRecords, comparisons: Sequence[FieldComparison], left: NDArray[np.int32], right: NDArray[np.int32]
) -> Agreements:
    """Return the levels of these pairs, left below right, sorted by (left, right) and each counted once."""
    with records.engine.lent("given", pl.DataFrame({"l": left, "r": right})):
        return _agreements(records, comparisons, "SELECT DISTINCT l, r FROM given")


def _agreements(records: StandardRecords, comparisons: Sequence[FieldComparison], pairs: str) -> Agreements:
    columns = [name for name in records.engine.columns(TABLE) if name != "record"]
    sides = ", ".join(f"a.{name} AS {name}_l, b.{name} AS {name}_r" for name in columns)
    joined = f"({pairs}) AS p JOIN {TABLE} AS a ON a.record = p.l JOIN {TABLE} AS b ON b.record = p.r"
    digits = " + ".join(
        f"({comparison.case()}) * {16 ** (len(comparisons) - place)}" for place, comparison in enumerate(comparisons, 1)
    )
    side_by_side = f"SELECT p.l, p.r, {sides} FROM {joined}"
    levels = records.engine.fetch(f"SELECT l, r, CAST({digits} AS BIGINT) AS code FROM ({side_by_side}) ORDER BY l, r")
    return Agreements(*(levels[name].to_numpy() for name in ("l", "r", "code")))


def level_places(code: NDArray[np.int64], comparisons: int) -> NDArray[np.int8]:
    """Return the level of each comparison (columns) of each pair (rows): 0 missing, 1 the first level.

    >>> level_places(np.array([0x1203]), 4).tolist()
    [[1, 2, 0, 3]]
    """
    shift = 4 * np.arange(comparisons - 1, -1, -1)
    return (code[:, None] >> shift & 15).astype(np.int8)
