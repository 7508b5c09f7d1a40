"""Know a flat file again by its rows: re-ordered, renamed, exported anew, with columns or people more or fewer."""

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

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


KEPT_ROWS = 500
"""How many rows of a file a book keeps as hashes of their cells."""
FEWEST = 10
LEAST_SHARE = 0.05
MOST = 0.5
"""Share of the smaller file's rows from which two files count as holding the same people."""
CHANCE_TOO_HIGH = 0.9
SPREADS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column as hashes: of its name, of how often each value occurs, and of each cell."""

    name: str
    profile: str
    cells: Hashes

    @property
    def kinds(self) -> Hashes:
        """The hashes that occur, sorted; without the one that stands for not known."""
        kinds: Hashes = np.unique(self.cells)
        known: Hashes = kinds[kinds != 0]
        return known


@dataclass(frozen=True, slots=True, eq=False)
class FileRows:
    """The rows of a flat file as keyed hashes, all of them or the few that a book keeps; `size` counts them all."""

    size: int
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, texts: pl.DataFrame, key: bytes) -> "FileRows":
        """Return the rows of a table of texts; a column that only numbers the rows is left out."""
        columns = []
        for series in texts.iter_columns():
            if not numbers_rows(series):
                cells = hashed_column(series.cast(pl.String), key)
                columns.append(Column(_keyed(key, series.name.strip().casefold()), _profile(cells), cells))
        return cls(texts.height, tuple(columns))

    def remembered(self) -> dict[str, Any]:
        """Return what a book keeps: hashes of the columns, and of the cells of some rows."""
        kept = np.argsort(_row_keys([column.cells for column in self.columns], mixed=False), kind="stable")[:KEPT_ROWS]
        return {
            "rows": self.size,
            "columns": sorted(
                (column.name, column.profile, _pack(column.cells[np.sort(kept)])) for column in self.columns
            ),
        }

    def same_as(self, remembered: dict[str, Any]) -> bool:
        """Tell whether at least half of the smaller file's rows seem to be in the larger one.

        The columns are laid beside each other; then kept rows are looked up among those of this file. A column that
        was altered hides nobody: the look-up is repeated without each.
        """
        if "rows" not in remembered:
            return False
        other = FileRows(
            remembered["rows"],
            tuple(Column(name, profile, _unpack(cells)) for name, profile, cells in remembered["columns"]),
        )
        pairs = _beside(other.columns, self.columns)
        choices = [pairs, *([*pairs[:n], *pairs[n + 1 :]] for n in range(len(pairs)) if len(pairs) > 2)]
        excess = [_found_beyond_chance(choice) for choice in choices if choice]
        told = [one for one in excess if one is not None]
        if not told:
            return self.size == other.size and {one.profile for one in other.columns} <= {
                one.profile for one in self.columns
            }
        share = max(told)
        return share >= LEAST_SHARE and share * other.size >= MOST * min(self.size, other.size)


def _found_beyond_chance(pairs: list[tuple[Hashes, Hashes]]) -> float | None:
    """Return the share of kept rows found, less what chance finds; None where chance would find nearly all.

    By chance other people of the same population would be found as often as a row here has a double here (Good and
    Turing's coverage: all but the share of rows that occur once). What that cannot be told from counts as nothing.
    """
    here, times = np.unique(_row_keys([cells for _, cells in pairs]), return_counts=True)
    kept, size = len(pairs[0][0]), int(times.sum())
    by_chance = 1 - int((times == 1).sum()) / size
    if kept < FEWEST or by_chance > CHANCE_TOO_HIGH:
        return None
    found = float(np.isin(_row_keys([cells for cells, _ in pairs]), here).mean())
    spread = sqrt(
        by_chance * (1 - by_chance) / kept + (int((times == 1).sum()) + 2 * int((times == 2).sum())) / size**2
    )
    return (found - by_chance) / (1 - by_chance) if found - by_chance > SPREADS * spread else 0.0


def _beside(kept: tuple[Column, ...], here: tuple[Column, ...]) -> list[tuple[Hashes, Hashes]]:
    """Return each kept column's cells with those of the column here that is the same: by name, by profile, by values.

    A name alone does not make it the same: at least half of the kept values must occur.
    """
    left = {number: (column, column.kinds) for number, column in enumerate(here)}
    waiting, pairs = list(kept), []
    for wanted in ("name", "profile", ""):
        for column in tuple(waiting):
            like = [
                (_unlike(column, other), number)
                for number, (other, kinds) in left.items()
                if (getattr(other, wanted) == getattr(column, wanted) if wanted else len(column.kinds) > FEWEST // 2)
                and _within(column.cells, kinds) >= MOST
            ]
            if like:
                other, _ = left.pop(min(like)[1])
                waiting.remove(column)
                pairs.append((column.cells, other.cells))
    return pairs


def _within(cells: Hashes, kinds: Hashes) -> float:
    known = cells[cells != 0]
    return float(np.isin(known, kinds).mean()) if len(known) else 0.0


def _unlike(kept: Column, here: Column) -> float:
    """Return how differently the values are spread in two columns, from 0 to 1."""
    one, other = (Counter(column.cells.tolist()) for column in (kept, here))
    return 1 - sum(min(count / len(kept.cells), other[kind] / len(here.cells)) for kind, count in one.items())


def _row_keys(columns: list[Hashes], mixed: bool = True) -> npt.NDArray[np.uint64]:
    """Return one hash a row over its cells; without `mixed` it does not depend on the columns' order."""
    total = np.zeros(len(columns[0]) if columns else 0, dtype=np.uint64)
    for number, cells in enumerate(columns):
        weight = np.uint64(2 * number + 1) if mixed else np.uint64(1)
        total += _scattered(cells.astype(np.uint64) * weight)
    return total


def _scattered(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return numbers in which every bit depends on every bit (the finaliser of splitmix64), so that sums tell rows."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _profile(cells: Hashes) -> str:
    return hashlib.sha256(np.sort(cells).astype(">u4").tobytes()).hexdigest()[:16]


def _keyed(key: bytes, text: str) -> str:
    return hashlib.blake2b(text.encode(), key=key, digest_size=8).hexdigest()


def _pack(cells: Hashes) -> str:
    return base64.b64encode(cells.astype(">u4").tobytes()).decode("ascii")


def _unpack(packed: str) -> Hashes:
    return np.frombuffer(base64.b64decode(packed), dtype=">u4").astype(np.uint32)
