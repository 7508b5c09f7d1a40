"""Describe a file as an agency sends it, once: from the description come its lines and the mapping that reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

import polars as pl

from whatworks.simulation.days import day

Frames: TypeAlias = Mapping[str, pl.DataFrame]
"""One agency's clean tables, by name."""

ISO, SLASHES, MONTH_NAME, COMPACT = "%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%Y%m%d"
_FIRST, _LAST = 1900, 2039


@dataclass(frozen=True, slots=True)
class Block:
    """What the lines of a file hold for one of our tables.

    `columns` is our column to theirs; `codes` our column to {theirs: ours}; `when` the column and text that mark the
    lines of this block; `rows` which rows of our table it writes; `key` our column to theirs, joined by "-".
    """

    table: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    key: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: tuple[str, str] | None = None
    not_empty: str | None = None
    rows: pl.Expr | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """A file: whose, how written, and what it holds.

    `joined`, where given, makes the lines of all blocks at once from the agency's tables, its columns named as ours.
    `spoiled` and `required` name columns of theirs in which some dates are impossible and some values missing;
    `repeated` says that some lines come twice.
    """

    name: str
    organisation: str
    source: str
    blocks: tuple[Block, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    dates: str = ISO
    line_end: str = "\n"
    joined: Callable[[Frames], pl.DataFrame] | None = None
    spoiled: str | None = None
    required: str | None = None
    repeated: bool = False

    @property
    def mapping_name(self) -> str:
        """The name of the mapping's file."""
        return self.name.rsplit(".", 1)[0] + ".toml"

    def sending(self, columns: Mapping[str, str]) -> "Extract":
        """Return the file with more columns (ours to theirs) of its one table."""
        (block,) = self.blocks
        return replace(self, blocks=(replace(block, columns={**block.columns, **columns}),))

    def header(self) -> list[str]:
        """Return the file's columns."""
        marks = [block.when[0] for block in self.blocks if block.when]
        keys = [column for block in self.blocks for columns in block.key.values() for column in columns]
        named = [column for block in self.blocks for column in block.columns.values()]
        return list(dict.fromkeys([*marks, *keys, *named]))

    def lines(self, frames: Frames) -> pl.DataFrame:
        """Return the file's lines as texts in its own columns, codes and dates; nulls become empty."""
        if self.joined is not None:
            every = self.joined(frames)
            written: dict[str, pl.Series] = {}
            for block in self.blocks:
                written |= _written(every, block, self.dates)
            parts = [pl.DataFrame(written)]
        else:
            parts = [self._part(frames[block.table], block) for block in self.blocks]
        header = self.header()
        return pl.concat([part.select(header) for part in parts])

    def _part(self, frame: pl.DataFrame, block: Block) -> pl.DataFrame:
        rows = frame if block.rows is None else frame.filter(block.rows)
        part = pl.DataFrame(_written(rows, block, self.dates))
        mark = [pl.lit(block.when[1]).alias(block.when[0])] if block.when else []
        absent = set(self.header()) - set(part.columns) - ({block.when[0]} if block.when else set())
        return part.with_columns(mark + [pl.lit(None, pl.String).alias(name) for name in sorted(absent)])


def _written(frame: pl.DataFrame, block: Block, dates: str) -> dict[str, pl.Series]:
    """Return the texts that a block's lines hold, by the file's columns."""
    found: dict[str, pl.Series] = {}
    for ours, theirs in block.columns.items():
        column = frame[ours]
        if column.dtype == pl.Date:
            column = date_texts(dates).gather(column.cast(pl.Int32).cast(pl.Int64) - day_zero())
        elif column.dtype == pl.Datetime:
            column = column.dt.strftime(f"{dates} %H:%M")
        elif ours in block.codes:
            given = {our_code: code for code, our_code in block.codes[ours].items()}
            column = column.replace_strict(given, default=None, return_dtype=pl.String)
        found[theirs] = column.cast(pl.String)
    for ours, parts in block.key.items():
        split = frame[ours].str.split_exact("-", len(parts) - 1).struct.unnest()
        found |= {theirs: split[at] for theirs, at in zip(parts, split.columns, strict=True)}
    return found


def day_zero() -> int:
    """Return the number of the first day of which `date_texts` holds the text."""
    from datetime import date

    return day(date(_FIRST, 1, 1))


@cache
def date_texts(form: str) -> pl.Series:
    """Return every day from 1900 on in one format, to be looked up by number instead of being written anew.

    >>> date_texts("%d-%b-%Y")[58]
    '28-Feb-1900'
    """
    from datetime import date

    return pl.date_range(date(_FIRST, 1, 1), date(_LAST, 12, 31), eager=True).dt.strftime(form)
