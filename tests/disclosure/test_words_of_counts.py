"""What is said before anything is audited tells of people by tens, and a changed outcome stops no later paper."""

from contextlib import chdir
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from disclosure.two_papers import paper, write
from whatworks.cli.app import build


def people(treated: int) -> pl.DataFrame:
    """Return some people of a scheme and 300 others, half of whom were held again."""
    rng = np.random.default_rng(treated)
    size = treated + 300
    return pl.DataFrame(
        {
            "number": np.arange(size),
            "treated": np.repeat([1, 0], [treated, 300]),
            "age": rng.integers(18, 60, size),
            "held": np.arange(size) % 2,
        }
    )


@pytest.mark.parametrize(("treated", "told"), [(7, "fewer than 10"), (27, "20 to 29")])
def test_a_cohort_that_is_too_small_is_told_by_tens(tmp_path: Path, treated: int, told: str) -> None:
    write(tmp_path, "first", people(treated))
    with chdir(tmp_path):
        ran = CliRunner().invoke(build(), ["evaluate", "first.toml"])
    words = str(ran.exception)
    assert f"only {told} treated people" in words
    assert not {str(treated), str(30 - treated)} & set(words.replace(",", " ").split())


def test_an_outcome_sent_again_otherwise_stops_no_later_paper(tmp_path: Path) -> None:
    paper(tmp_path, "first", people(150))
    again = people(150).with_columns(held=(pl.col("number") < 3).cast(pl.Int8))
    assert paper(tmp_path, "second", again)["outcomes"][0]["withheld"]
