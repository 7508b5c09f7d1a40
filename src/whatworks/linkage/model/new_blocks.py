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
_MIXED = np.uint64(0x9E3779B97F4A7C15)
_BITS = np.uint64(2**20 - 1)


@dataclass(frozen=True, slots=True)
class _Way:
    """One side of a rule: keys of records that may share one with what came or left, and keys of what left."""

    record: Records
    key: Keys
    is_new: NDArray[np.bool_]
    gone: Keys


@dataclass(frozen=True, slots=True)
class _Parts:
    """What rules' expressions come to in a table, as hashes; `nothing` is the hash of null."""

    record: Records
    is_new: NDArray[np.bool_]
    values: dict[str, Keys]
    nothing: np.uint64

    def keys(self, way: tuple[str, ...], rows: NDArray[np.intp]) -> Keys:
        """Return the keys of some records for a side of a rule: none of its expressions may be null."""
        key = np.zeros(len(rows), np.uint64)
        for part in way:
            key = (key ^ self.values[part][rows]) * _MIXED
        return np.maximum(key, np.uint64(1))

    def whole(self, way: tuple[str, ...]) -> NDArray[np.intp]:
        """Return the rows in which no expression of a side of a rule is null."""
        return np.flatnonzero(np.logical_and.reduce([self.values[part] != self.nothing for part in way]))


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
    now = _parts(engine, rules, table)
    left = _parts(engine, rules, gone) if gone else None
    likely = {beside: _likely(now, left, beside) for rule in rules for beside in zip(*_ways(rule), strict=True)}
    by_rule = [_pairs_of_rule(_sides(now, left, rule, likely)) for rule in rules]
    if any(pairs is None for pairs in by_rule):
        return None
    first, second = (np.concatenate([pairs[side] for pairs in by_rule if pairs is not None]) for side in (0, 1))
    apart = first != second
    return np.minimum(first, second)[apart], np.maximum(first, second)[apart]


def _parts(engine: Engine, rules: Sequence[BlockingRule], table: str) -> _Parts:
    """Return the records of a table, which are new, and the hashes of all that the rules ask of them."""
    names = {
        part: f"part{n}" for n, part in enumerate({part: 0 for rule in rules for way in _ways(rule) for part in way})
    }
    flags = "is_new" if "is_new" in engine.columns(table) else "FALSE AS is_new"
    columns = ", ".join(f"hash({part}) AS {name}" for part, name in names.items())
    rows = engine.fetch(f"SELECT record, {flags}, {columns} FROM {table}")
    [(nothing,)] = engine.rows("SELECT hash(NULL)")
    values = {part: rows[name].to_numpy() for part, name in names.items()}
    return _Parts(rows["record"].to_numpy().astype(np.int64), rows["is_new"].to_numpy(), values, np.uint64(nothing))


def _likely(now: _Parts, left: _Parts | None, beside: tuple[str, ...]) -> list[NDArray[np.bool_]]:
    """Tell of each record whether it may hold what one that came or left holds of expressions that are held together.

    There is an answer for each expression, as a rule's sides ask: one, or two of which each is held against the other.
    """
    moved = [now.values[part][now.is_new] for part in beside]
    moved += [] if left is None else [left.values[part] for part in beside]
    table = np.zeros(int(_BITS) + 1, np.bool_)
    for values in moved:
        table[(values[values != now.nothing] & _BITS).astype(np.intp)] = True
    return [table[(now.values[part] & _BITS).astype(np.intp)] for part in beside]


def _sides(
    now: _Parts,
    left: _Parts | None,
    rule: BlockingRule,
    likely: dict[tuple[str, ...], list[NDArray[np.bool_]]],
) -> list[_Way]:
    ways = _ways(rule)
    asked = [likely[beside] for beside in zip(*ways, strict=True)]
    sides = []
    for number, way in enumerate(ways):
        rows = np.flatnonzero(np.logical_and.reduce([answers[number] for answers in asked]))
        rows = rows[np.logical_and.reduce([now.values[part][rows] != now.nothing for part in way])]
        gone = np.empty(0, np.uint64) if left is None else left.keys(way, left.whole(way))
        sides.append(_Way(now.record[rows], now.keys(way, rows), now.is_new[rows], gone))
    return sides


def _ways(rule: BlockingRule) -> tuple[tuple[str, ...], ...]:
    return (rule.left, rule.right) if rule.right else (rule.left,)


def _pairs_of_rule(ways: list[_Way]) -> Pairs | None:
    moved = np.unique(np.concatenate([keys for way in ways for keys in (way.key[way.is_new], way.gone)]))
    blocks = [_blocks(way, moved) for way in ways]
    if any(side.crossed for side in blocks):
        return None
    ours, theirs = blocks[0], blocks[-1]
    compared = (ours.size <= LARGEST_BLOCK) & (theirs.size <= LARGEST_BLOCK)
    crossed = [ours.with_members_of(theirs, compared)] + [theirs.with_members_of(ours, compared)] * (len(ways) - 1)
    first, second = (np.concatenate([pairs[side] for pairs in crossed]) for side in (0, 1))
    return first, second


def _blocks(way: _Way, moved: Keys) -> _Blocks:
    """Return the blocks of these keys, in ascending order."""
    likely = np.zeros(int(_BITS) + 1, np.bool_)
    likely[(moved & _BITS).astype(np.intp)] = True
    rows = np.flatnonzero(likely[(way.key & _BITS).astype(np.intp)])
    block = np.searchsorted(moved, way.key[rows])
    touched = np.append(moved, np.uint64(0))[block] == way.key[rows]
    rows, block = rows[touched], block[touched]
    order = np.argsort(block, kind="stable")
    rows, block = rows[order], block[order]
    size, fresh = (np.bincount(chosen, minlength=len(moved)) for chosen in (block, block[way.is_new[rows]]))
    left = np.bincount(np.searchsorted(moved, way.gone), minlength=len(moved))
    return _Blocks(block, way.record[rows], way.is_new[rows], size, size - fresh + left)
