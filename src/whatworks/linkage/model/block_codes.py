"""Keep of each record in which blocks it stands, in few bits, so that those beside a new one are found at a glance."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.blocking import PERSON_RULES
from whatworks.linkage.model.standardise import NUMBERS
from whatworks.records.engine import Engine

BITS, AT_ONCE = 21, 3
"""Bits of a code, and codes in a column: 63 bits, so that no sign is touched."""
_MASK = 2**BITS - 1
_KEPT = tuple(rule for rule in PERSON_RULES if rule.left[0] not in NUMBERS)
_WAYS = tuple(way for rule in _KEPT for way in ((rule.left, rule.right) if rule.right else (rule.left,)))
COLUMNS = tuple(f"blocks_{number}" for number in range(1, 1 - (-len(_WAYS) // AT_ONCE)))
"""The columns that hold the codes. Numbers have none: whether they name somebody changes as others come."""


def block_codes_sql() -> str:
    """Return the columns `blocks_1`, ... as expressions of a record: a code for each side of a rule, 0 for none."""
    codes = [
        f"(CASE WHEN {' AND '.join(f'{part} IS NOT NULL' for part in way)} "
        f"THEN 1 + CAST(hash({', '.join(way)}) % {_MASK} AS BIGINT) ELSE 0 END) * {2 ** (BITS * (place % AT_ONCE))}"
        for place, way in enumerate(_WAYS)
    ]
    return ", ".join(
        f"{' + '.join(codes[AT_ONCE * number : AT_ONCE * (number + 1)])} AS {column}"
        for number, column in enumerate(COLUMNS)
    )


def beside(engine: Engine, table: str, gone: str, first: int) -> pl.DataFrame:
    """Return the numbers of the records of a table that may share a block with one from `first` on, or of `gone`.

    Those themselves are among them. Two blocks may have one code, so some records too many are named, and none too few.
    """
    columns = ", ".join(("record", *COLUMNS))
    there, left = (engine.fetch(f"SELECT {columns} FROM {name}") for name in (table, gone))
    record = there["record"].to_numpy()
    near = record >= first
    codes = _codes(there)
    moved = [np.concatenate([ours[near], others]) for ours, others in zip(codes, _codes(left), strict=True)]
    way = 0
    for rule in _KEPT:
        sides = range(way, way + (2 if rule.right else 1))
        asked = np.zeros(_MASK + 1, np.bool_)
        asked[np.concatenate([moved[side] for side in sides])] = True
        asked[0] = False
        for side in sides:
            near |= asked[codes[side]]
        way = sides.stop
    numbers = (
        f"{kind} IN (SELECT {kind} FROM {table} WHERE record >= {first} UNION SELECT {kind} FROM {gone})"
        for kind in NUMBERS
    )
    numbered = engine.fetch(f"SELECT record FROM {table} WHERE {' OR '.join(numbers)}")["record"].to_numpy()
    return pl.DataFrame({"record": np.union1d(record[near], numbered)})


def _codes(rows: pl.DataFrame) -> list[NDArray[np.int64]]:
    """Return for each side of a rule the records' codes."""
    columns = [rows[column].to_numpy().astype(np.int64) for column in COLUMNS]
    return [columns[place // AT_ONCE] >> BITS * (place % AT_ONCE) & _MASK for place in range(len(_WAYS))]
