"""Outcomes that were seen stay seen: people are known again, however their file is named, ordered or exported."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.recognition.rows import FileRows

KEY = b"a random key"
Change = Callable[[pl.DataFrame], pl.DataFrame]


def people(seed: int, size: int = 700) -> pl.DataFrame:
    """Return made-up people of one population, as a file of texts holds them."""
    draw = np.random.default_rng(seed)
    age = draw.integers(18, 60, size)
    before = draw.poisson(1 + (age < 30), size)
    treated = draw.random(size) < 0.4
    return pl.DataFrame(
        {
            "person": [f"X{n}" for n in draw.permutation(9 * size)[:size]],
            "on_scheme": np.where(treated, "Yes", "No"),
            "age": age.astype(str),
            "sex": draw.choice(["male", "female"], size, p=[0.85, 0.15]),
            "ward": draw.choice([f"Ward {n}" for n in range(12)], size),
            "before": before.astype(str),
            "born": [f"{2024 - a}-0{1 + n % 9}-1{n % 7}" for n, a in enumerate(age)],
            "again": (draw.random(size) < 0.3 + 0.05 * before).astype(int).astype(str),
        }
    )


def day_first(frame: pl.DataFrame) -> pl.DataFrame:
    parts = frame["born"].str.split("-")
    return frame.with_columns((parts.list.get(2) + "/" + parts.list.get(1) + "/" + parts.list.get(0)).alias("born"))


def reordered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sample(fraction=1, shuffle=True, seed=3).select(sorted(frame.columns, reverse=True))


SAME: dict[str, Change] = {
    "as it is": lambda frame: frame,
    "re-ordered": reordered,
    "columns renamed": lambda frame: frame.rename({name: f"Field {n}" for n, name in enumerate(frame.columns)}),
    "numbers with decimals": lambda frame: frame.with_columns(pl.col("age") + ".0", pl.col("before") + ".00"),
    "dates day first": day_first,
    "capitals and spaces": lambda frame: frame.with_columns(" " + pl.col("ward").str.to_uppercase()),
    "flags as numbers": lambda frame: frame.with_columns((pl.col("on_scheme") == "Yes").cast(pl.Int8).cast(pl.String)),
    "people renumbered": lambda frame: frame.with_columns(pl.Series("person", [f"R{n}" for n in range(len(frame))])),
    "numbers exchanged": lambda frame: frame.with_columns(pl.col("person").reverse()),
    "no numbers": lambda frame: frame.drop("person"),
    "a column more": lambda frame: frame.with_columns(pl.col("age").rank().cast(pl.String).alias("rank")),
    "two columns fewer": lambda frame: frame.drop("ward", "before"),
    "a person fewer": lambda frame: frame.slice(1),
    "a fifth fewer": lambda frame: frame.sample(fraction=0.8, seed=1),
    "men only": lambda frame: frame.filter(pl.col("sex") == "male"),
    "some more people": lambda frame: pl.concat([frame, people(99, 150)]),
    "some ages corrected": lambda frame: frame.with_columns(
        pl.when(pl.int_range(pl.len()) % 20 == 0).then(pl.lit("44")).otherwise("age").alias("age")
    ),
    "outcome in other words": lambda frame: frame.with_columns(pl.col("again").replace({"1": "rearrest", "0": "not"})),
    "another outcome": lambda frame: frame.with_columns(pl.col("again").shuffle(seed=5)),
    "re-ordered, renamed, fewer": lambda frame: reordered(frame).rename({"age": "A", "born": "B"}).slice(20),
    "fewer people, column and number gone": lambda frame: reordered(frame).slice(9).drop("person", "ward"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("size", [90, 700, 3_000])
def test_the_same_people_are_known_again(name: str, size: int) -> None:
    before = people(1, size)
    kept = FileRows.of(before, KEY).remembered()
    assert FileRows.of(SAME[name](before), KEY).same_as(kept)


@pytest.mark.parametrize("size", [60, 90, 700, 3_000, 20_000])
@pytest.mark.parametrize("columns", [("on_scheme", "age", "sex", "again"), tuple(people(0, 9).columns)])
def test_other_people_of_the_same_population_are_not(size: int, columns: tuple[str, ...]) -> None:
    kept = [FileRows.of(people(seed, size).select(columns), KEY).remembered() for seed in (1, 2, 3)]
    for other in (people(7, size), people(8, size // 3), people(9, 2 * size)):
        assert not any(FileRows.of(other.select(columns), KEY).same_as(one) for one in kept)


def test_flags_alone_are_known_by_their_counts() -> None:
    flags = people(1).select("on_scheme", "again")
    kept = FileRows.of(flags, KEY).remembered()
    assert FileRows.of(reordered(flags), KEY).same_as(kept)
    assert not FileRows.of(people(2).select("on_scheme", "again"), KEY).same_as(kept)


def test_numbers_of_rows_make_nobody_the_same() -> None:
    one, other = (people(seed).drop("person").with_row_index("row").cast(pl.String) for seed in (1, 2))
    assert not FileRows.of(other, KEY).same_as(FileRows.of(one, KEY).remembered())


def test_nothing_of_a_row_stands_in_what_is_kept() -> None:
    kept = str(FileRows.of(people(1, 90), KEY).remembered())
    assert not any(word in kept for word in ("Ward 1", "1984-01", "male", "person", "on_scheme"))
    assert FileRows.of(people(1, 90), b"another").remembered() != FileRows.of(people(1, 90), KEY).remembered()


def test_a_file_of_another_form_is_the_same(tmp_path: Path) -> None:
    from whatworks.evaluation.values.file import read_flat

    frame = people(4)
    frame.write_csv(tmp_path / "people.csv", separator=";", quote_style="always")
    typed = frame.with_columns(pl.col("age", "before", "again").cast(pl.Int64), pl.col("born").str.to_date())
    typed.write_excel(tmp_path / "export of 3 March.xlsx")
    typed.write_parquet(tmp_path / "people.parquet")
    kept = FileRows.of(read_flat(tmp_path / "people.csv").texts, KEY).remembered()
    for name in ("export of 3 March.xlsx", "people.parquet"):
        assert FileRows.of(read_flat(tmp_path / name).texts, KEY).same_as(kept), name
