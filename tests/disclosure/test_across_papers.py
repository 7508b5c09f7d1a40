"""Two papers about nearly the same people: what the second prints, beside the first, gives no handful back."""

import json
from contextlib import chdir
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.evaluation.whom.people_told import BESIDE_EARLIER
from whatworks.records.audit.file_book import FileBook

PROTOCOL = """
[scheme]
id = "{name}"
name = "Made up"
title = "A made-up scheme"
[cohort]
minimum = 30
[comparison]
method = "none"
covariates = ["age"]
[outcomes]
primary = "reoffended"
[data]
source = "flat"
file = "{name}.csv"
treatment = "treated"
{id_column}
as_at = 2025-06-30
[data.outcomes.reoffended]
column = "reoffended"
label = "Reoffending"
"""


def everybody() -> pl.DataFrame:
    rng = np.random.default_rng(8)
    treated = rng.permutation(np.repeat([1, 0], [180, 220]))
    return pl.DataFrame(
        {
            "number": np.arange(400),
            "treated": treated,
            "age": rng.integers(18, 60, 400),
            "height": rng.integers(1500, 2000, 400) + np.arange(400) / 1000,
            "reoffended": (rng.random(400) < 0.45 - 0.1 * treated).astype(int),
        }
    )


def paper(folder: Path, name: str, people: pl.DataFrame, *, by_number: bool = True) -> dict[str, Any]:
    """Evaluate these people as a person would, by the command, and return what leaves."""
    frame = people if by_number else people.drop("number")
    frame.write_csv(folder / f"{name}.csv")
    id_column = 'id_column = "number"' if by_number else ""
    (folder / f"{name}.toml").write_text(PROTOCOL.format(name=name, id_column=id_column))
    with chdir(folder):
        ran = CliRunner().invoke(build(), ["evaluate", f"{name}.toml", "--out", f"out-{name}", "--forms", "json"])
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads((folder / f"out-{name}" / "summary.json").read_text())
    return found


def counts(summary: dict[str, Any]) -> dict[str, Any]:
    """Return every number of people that a paper prints of the scheme group and the comparisons."""
    outcome = summary["outcomes"][0]
    rows = {f"step {at}": step for at, step in enumerate(summary["attrition"])}
    found = {f"{name} {group}": row[group] for name, row in rows.items() for group in ("treated", "comparison")}
    found |= {f"n {group}": summary["n"][group] for group in ("treated", "comparison")}
    return found | {f"outcome {group}": outcome[group]["n"] for group in ("treated", "comparison")}


def handfuls(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    pairs = ((name, count, counts(second)[name]) for name, count in counts(first).items())
    return [name for name, a, b in pairs if isinstance(a, int) and isinstance(b, int) and 0 < abs(a - b) < 10]


def without(people: pl.DataFrame, treated: int) -> pl.DataFrame:
    """Leave out the first few people of the scheme."""
    gone = people.filter(pl.col("treated") == 1).head(treated)["number"]
    return people.filter(~pl.col("number").is_in(gone.implode()))


@pytest.mark.parametrize("by_number", [True, False])
@pytest.mark.parametrize("order", ["fewer first", "more first"])
def test_a_handful_more_or_fewer_is_not_told_by_two_papers(tmp_path: Path, by_number: bool, order: str) -> None:
    whole, part = everybody(), without(everybody(), 5)
    one, other = (part, whole) if order == "fewer first" else (whole, part)
    first = paper(tmp_path, "first", one, by_number=by_number)
    second = paper(tmp_path, "renamed", other.sample(fraction=1, shuffle=True, seed=3), by_number=by_number)
    assert isinstance(first["n"]["treated"], int)
    assert handfuls(first, second) == []
    assert second["n"]["treated"] == "c"
    assert BESIDE_EARLIER in second["warnings"] and BESIDE_EARLIER not in first["warnings"]


def test_where_the_book_does_not_remember_the_handful_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = paper(tmp_path, "first", everybody())
    monkeypatch.setenv("WHATWORKS_BOOK", str(tmp_path / "another book"))
    second = paper(tmp_path, "second", without(everybody(), 5))
    assert {"n treated", "outcome treated"} <= set(handfuls(first, second))


def test_the_same_paper_again_says_the_same_and_is_remembered_once(tmp_path: Path) -> None:
    first = paper(tmp_path, "first", everybody())
    entries = len(FileBook.of_user().entries("figures released"))
    assert paper(tmp_path, "first", everybody()) == first
    assert len(FileBook.of_user().entries("figures released")) == entries == 1


def test_many_more_people_are_told_as_ever(tmp_path: Path) -> None:
    paper(tmp_path, "first", without(everybody(), 40))
    second = paper(tmp_path, "second", everybody())
    assert second["n"] == {**second["n"], "treated": 180, "comparison": 220}


@pytest.mark.parametrize("few", [1, 4, 9])
def test_the_words_do_not_depend_on_how_few_they_are(tmp_path: Path, few: int) -> None:
    paper(tmp_path, "zebra", everybody())
    second = paper(tmp_path, "second", without(everybody(), few))
    assert [one for one in second["warnings"] if "arlier" in one] == [BESIDE_EARLIER]
    assert "zebra" not in json.dumps({key: part for key, part in second.items() if key not in ("data", "paper")})


def test_the_book_holds_no_number_and_no_row_of_a_person(tmp_path: Path) -> None:
    paper(tmp_path, "first", everybody().with_columns(number=pl.format("PERSON-{}", pl.col("number"))))
    book = b"".join(path.read_bytes() for path in FileBook.of_user().folder.iterdir() if path.is_file())
    assert b"PERSON-" not in book
