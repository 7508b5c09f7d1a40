"""Write a cell in the one way in which it is hashed, however a system exported it."""

import hashlib
import re
import unicodedata
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint32]
MISSING = frozenset({"", "na", "n/a", "null", "none", "nan", "not known"})
FLAGS = {"yes": "1", "y": "1", "true": "1", "no": "0", "n": "0", "false": "0"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")


def canonical_cell(text: str) -> str:
    """Return the text of a cell as it would be whatever exported it; "" where it says that nothing is known.

    >>> [canonical_cell(text) for text in (" 1.0", "1", "YES", "2024-02-03 00:00:00", "03/02/2024", "N/A", "0.10")]
    ['1', '1', '1', '2024-02-03', '2024-02-03', '', '0.1']
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in MISSING:
        return ""
    if plain in FLAGS:
        return FLAGS[plain]
    if match := _ISO.fullmatch(plain):
        return _day(match[1], match[2], match[3], plain)
    if match := _DAY_FIRST.fullmatch(plain):
        return _day(match[3], match[2], match[1], plain)
    try:
        return format(float(plain), ".10g")
    except ValueError:
        return plain


def _day(year: str, month: str, day: str, otherwise: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return otherwise


def hashed_column(column: pl.Series, key: bytes) -> Hashes:
    """Return a keyed hash of 32 bits for each cell of a text column, 0 where nothing is known.

    >>> hashed_column(pl.Series(["a", None, "A "]), b"key").tolist()[1:] == [0, hashed_column(pl.Series(["a"]),
    ...     b"key").tolist()[0]]
    True
    """
    kinds = column.unique().drop_nulls()
    hashes = [_hash(canonical_cell(text), key) for text in kinds.to_list()]
    known = pl.Series(hashes, dtype=pl.UInt32)
    return column.replace_strict(kinds, known, default=0, return_dtype=pl.UInt32).fill_null(0).to_numpy()


def _hash(text: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), key=key, digest_size=4).digest(), "big") | 1 if text else 0


def numbers_rows(column: pl.Series) -> bool:
    """Tell whether a column only numbers the rows, so that any file of that length could hold it.

    >>> numbers_rows(pl.Series(["3", "1", "2"])), numbers_rows(pl.Series(["3", "1", "7"]))
    (True, False)
    """
    numbers = column.cast(pl.Float64, strict=False)
    if numbers.null_count() or len(numbers) < 2 or numbers.n_unique() < len(numbers):
        return False
    low, high = numbers.min(), numbers.max()
    return isinstance(low, float) and isinstance(high, float) and high - low == len(numbers) - 1
