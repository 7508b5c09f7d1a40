"""Find the pairs of records that have come with all others, by the keys that each blocking rule gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.blocking import LARGEST_BLOCK, BlockingRule
from whatworks.records.engine import Engine

Keys = NDArray[np.uint64]
Records = NDArray[np.int64]
Pairs = tuple[Records, Records]
NO_KEY = np.uint64(0)
_MIXED = np.uint64(0x9E3779B97F4A7C15)
_BITS = np.uint64(2**20 - 1)


@dataclass(frozen=True, slots=True)
class _Way:
    """One side of a rule: the keys of the records, those of records that have left, and which records are new."""

    record: Records
    key: Keys
    is_new: NDArray[np.bool_]
    gone: Keys


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The blocks that records came to or left: of their members the block and the record, in order of blocks."""

    block: NDArray[np.intp]
    record: Records
    is_new: NDArray[np.bool_]
    size: NDArray[np.intp]
    before: NDArray[np.intp]

    @property
    def crossed(self) -> bool:
        """Tell whether one grew too large to be compared, or is so no more."""
        return bool(((self.size > LARGEST_BLOCK) != (self.before > LARGEST_BLOCK)).any())

    def with_members_of(self, other: "_Blocks", compared: NDArray[np.bool_]) -> Pairs:
        """Return the pairs of each new record with all members of the same block of another side."""
        rows = np.flatnonzero(self.is_new & compared[self.block])
        times = other.size[self.block[rows]]
        starts = np.concatenate([[0], np.cumsum(other.size)[:-1]]) if len(other.size) else other.size
        within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        return np.repeat(self.record[rows], times), other.record[np.repeat(starts[self.block[rows]], times) + within]


def new_pairs(engine: Engine, rules: Sequence[BlockingRule], table: str, gone: str | None = None) -> Pairs | None:
    """Return the rules' pairs of new records (`is_new`) with all records of a table, the lower record first.

    None where a block grew too large or small enough to be compared through new records, or through those of the table
    `gone`, which have left: then pairs of old records are compared no more, or for the first time.

    >>> from whatworks.linkage.model.blocking import equal
    >>> from whatworks.records.store import scratch
    >>> con = scratch()
    >>> rows = "(values (0, 'lee', false), (1, 'lee', false), (2, 'lee', true)) t(record, a, is_new)"
    >>> _ = con.change(f"create table r as select * from {rows}")
    >>> [records.tolist() for records in new_pairs(con, [equal("a")], "r")]
    [[0, 1], [2, 2]]
    """
    record, is_new, keys = _keys(engine, rules, table)
    none = np.empty(0, np.uint64)
    left = _keys(engine, rules, gone)[2] if gone else dict.fromkeys(keys, none)
    ways = {way: _Way(record, key, is_new, left[way]) for way, key in keys.items()}
    found = [_pairs_of_rule([ways[way] for way in _ways(rule)]) for rule in rules]
    if any(pairs is None for pairs in found):
        return None
    first, second = (np.concatenate([pairs[side] for pairs in found if pairs is not None]) for side in (0, 1))
    apart = first != second
    return np.minimum(first, second)[apart], np.maximum(first, second)[apart]


def _keys(
    engine: Engine, rules: Sequence[BlockingRule], table: str
) -> tuple[Records, NDArray[np.bool_], dict[tuple[str, ...], Keys]]:
    """Return the records of a table, which are new, and for each side of a rule the hash of what they hold of it."""
    asked = {way: 0 for rule in rules for way in _ways(rule)}
    names = {part: f"part{n}" for n, part in enumerate({part: 0 for way in asked for part in way})}
    flags = "is_new" if "is_new" in engine.columns(table) else "FALSE AS is_new"
    columns = ", ".join(f"hash({part}) AS {name}" for part, name in names.items())
    rows = engine.fetch(f"SELECT record, {flags}, {columns}, hash(NULL) AS nothing FROM {table}")
    nothing = rows["nothing"].to_numpy()
    keys = {}
    for way in asked:
        key, held = np.zeros(len(nothing), np.uint64), np.ones(len(nothing), np.bool_)
        for part in way:
            values = rows[names[part]].to_numpy()
            held &= values != nothing
            key = (key ^ values) * _MIXED
        keys[way] = np.where(held, np.maximum(key, np.uint64(1)), NO_KEY)
    return rows["record"].to_numpy().astype(np.int64), rows["is_new"].to_numpy(), keys


def _ways(rule: BlockingRule) -> tuple[tuple[str, ...], ...]:
    return (rule.left, rule.right) if rule.right else (rule.left,)


def _pairs_of_rule(ways: list[_Way]) -> Pairs | None:
    moved = np.unique(np.concatenate([keys for way in ways for keys in (way.key[way.is_new], way.gone)]))
    blocks = [_blocks(way, moved[moved != NO_KEY]) for way in ways]
    if any(side.crossed for side in blocks):
        return None
    ours, theirs = blocks[0], blocks[-1]
    compared = (ours.size <= LARGEST_BLOCK) & (theirs.size <= LARGEST_BLOCK)
    found = [ours.with_members_of(theirs, compared)] + [theirs.with_members_of(ours, compared)] * (len(ways) - 1)
    first, second = (np.concatenate([pairs[side] for pairs in found]) for side in (0, 1))
    return first, second


def _blocks(way: _Way, moved: Keys) -> _Blocks:
    """Return the blocks of these keys, in ascending order."""
    likely = np.zeros(int(_BITS) + 1, np.bool_)
    likely[(moved & _BITS).astype(np.intp)] = True
    rows = np.flatnonzero(likely[(way.key & _BITS).astype(np.intp)])
    rows = rows[np.isin(way.key[rows], moved)]
    block = np.searchsorted(moved, way.key[rows])
    order = np.argsort(block, kind="stable")
    rows, block = rows[order], block[order]
    size, fresh = (np.bincount(chosen, minlength=len(moved)) for chosen in (block, block[way.is_new[rows]]))
    left = np.bincount(np.searchsorted(moved, way.gone[way.gone != NO_KEY]), minlength=len(moved))
    return _Blocks(block, way.record[rows], way.is_new[rows], size, size - fresh + left)
