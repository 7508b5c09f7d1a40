"""Find the pairs of records to compare, and the level that each comparison of a pair comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.blocking import BlockingRule, pairs_sql
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.standardise import TABLE, StandardRecords


@dataclass(frozen=True, slots=True)
class Agreements:
    """Pairs of records, and how far each agrees; sorted by (left, right)."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    code: NDArray[np.int64]
    """The levels as digits of one number to base 16, the first comparison first: 0 missing, 1 the first level."""


def blocked_agreements(
    records: StandardRecords,
    comparisons: Sequence[FieldComparison],
    rules: Sequence[BlockingRule],
    *,
    only_new: bool = False,
) -> Agreements:
    """Return the levels of all pairs that the blocking rules give; with `only_new` of those with a new record."""
    records.engine.change("CREATE OR REPLACE TEMP TABLE pair (l INT, r INT)")
    for rule in rules:
        records.engine.change(f"INSERT INTO pair {pairs_sql(rule, TABLE, only_new=only_new)}")
    pairs = "SELECT DISTINCT l, r FROM pair"
    if only_new:
        new = f"(SELECT record FROM {TABLE} WHERE is_new)"
        pairs += f" WHERE l IN {new} OR r IN {new}"
    return _agreements(records, comparisons, pairs)


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
