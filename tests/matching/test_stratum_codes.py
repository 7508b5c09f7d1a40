"""Strata are numbered by their rows, in the order of first appearance, whatever the columns hold."""

import polars as pl
import pytest

from whatworks.evaluation.matching.methods.exact import codes

FAR = [0, 10**15, 0, -(10**15), 10**15, 7]
COLUMNS = {
    "text": pl.Series(["b", None, "b", "a", "", "b"]),
    "small": pl.Series([3, 1, 3, None, 1, 2]),
    "far apart": pl.Series(FAR),
    "far apart too": pl.Series(FAR[::-1]),
    "unsigned": pl.Series([2**64 - 1, 0, 2**64 - 1, 1, 0, 2**63], dtype=pl.UInt64),
    "yes": pl.Series([True, None, True, False, False, True]),
    "number": pl.Series([0.5, float("nan"), 0.5, None, float("nan"), -0.5]),
    "unknown": pl.Series([None] * 6, dtype=pl.Int64),
    "kind": pl.Series(["x", "y", "x", None, "y", "x"], dtype=pl.Categorical),
}


def by_hand(frame: pl.DataFrame) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(repr(row), len(seen)) for row in frame.iter_rows()]


@pytest.mark.parametrize("name", COLUMNS)
def test_one_column(name: str) -> None:
    frame = pl.DataFrame({name: COLUMNS[name]})
    assert codes(frame).tolist() == by_hand(frame)


@pytest.mark.parametrize("names", [("text", "small"), ("far apart", "far apart too", "small"), tuple(COLUMNS)])
def test_several_columns_at_many_sizes(names: tuple[str, ...]) -> None:
    frame = pl.DataFrame({name: COLUMNS[name] for name in names})
    mixed = pl.concat([frame, frame.reverse(), *(frame.sample(6, shuffle=True, seed=s) for s in range(3))])
    shuffled = mixed.with_columns(pl.col(names[0]).shift(2))
    for table in (frame, mixed, shuffled, shuffled.head(1)):
        assert codes(table).tolist() == by_hand(table)


def test_no_row_is_no_stratum() -> None:
    assert codes(pl.DataFrame({"a": []}, schema={"a": pl.Int64})).tolist() == []
