"""A design is looked at before outcomes are read: they need not be there, and a lock afterwards is clean."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.showing.banded import banded

PROTOCOL = """
[scheme]
id = "mentors"
name = "Mentors"
title = "Mentors (made up)"
[comparison]
method = "nearest"
covariates = ["age", "before"]
caliper = 0.2
[outcomes]
primary = "rearrest"
[data]
source = "flat"
file = "people.csv"
treatment = "mentored"
id_column = "person"
as_at = 2024-12-31
[data.outcomes.rearrest]
column = "arrest"
label = "Rearrest"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the protocol and 600 people, older people being likelier to be mentored."""
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(3)
    age = rng.integers(18, 60, 600)
    frame = pl.DataFrame(
        {
            "person": [f"P{n}" for n in range(600)],
            "mentored": (rng.random(600) < 1 / (1 + np.exp(-(age - 50) / 12))).astype(int),
            "age": age,
            "before": rng.poisson(3, 600),
            "arrest": rng.integers(0, 2, 600),
        }
    )
    frame.write_csv("people.csv")
    Path("mentors.toml").write_text(PROTOCOL)
    Path("weights.toml").write_text(PROTOCOL.replace('"nearest"', '"entropy"').replace("caliper = 0.2\n", ""))
    return tmp_path


def run(*words: str) -> str:
    done = CliRunner().invoke(build(), list(words), catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def looked(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("protocol", "look", *words, "--json"))
    return found


def test_the_outcome_column_need_not_be_there_and_changes_nothing(here: Path) -> None:
    whole = looked("mentors.toml", "weights.toml")
    pl.read_csv("people.csv").drop("arrest").write_csv("people.csv")
    assert looked("mentors.toml", "weights.toml") == whole
    assert whole["outcomes_opened"] is False
    assert [one["method"] for one in whole["designs"]] == ["nearest", "entropy"]
    assert json.loads(run("evaluate", "mentors.toml", "--design-only", "--json"))["designs"] == whole["designs"][:1]


def test_an_outcome_that_cannot_be_read_stops_no_look_but_an_evaluation(here: Path) -> None:
    frame = pl.read_csv("people.csv").with_columns(arrest=pl.lit("unreadable"))
    frame.write_csv("people.csv")
    assert looked("mentors.toml")["designs"][0]["comparable"]
    refused = CliRunner().invoke(build(), ["evaluate", "mentors.toml", "--forms", "json"])
    assert refused.exception is not None and not (here / "results").exists()


def test_a_lock_after_looks_is_clean_and_one_after_an_evaluation_is_not(here: Path) -> None:
    for _ in range(3):
        run("protocol", "look", "mentors.toml", "weights.toml")
    assert json.loads(run("protocol", "lock", "mentors.toml", "--json"))["status"] == "locked"
    run("evaluate", "mentors.toml", "--forms", "json")
    late = json.loads(run("protocol", "lock", "weights.toml", "--json"))["status"]
    assert late == "locked after outcomes were seen"


def test_the_evaluation_has_the_people_and_the_balance_that_were_looked_at(here: Path) -> None:
    [design] = looked("mentors.toml")["designs"]
    run("evaluate", "mentors.toml", "--forms", "json")
    result = json.loads((here / "results/mentors/result.json").read_text())
    assert design["people"] == {name: banded(round(result["n"][name])) for name in design["people"]}
    last = result["attrition"][-1]
    assert design["attrition"][-1]["treated"] == banded(last["treated"])
    for row, known in zip(design["balance"], result["balance"], strict=True):
        assert (row["covariate"], row["band"]) == (known["covariate"], known["band"])
        assert row["smd_after"] == "c" or abs(row["smd_after"] - 100 * known["smd_after"]) <= 0.5


def test_the_effect_that_could_be_found_is_the_methods_arithmetic(here: Path) -> None:
    # Of n a side, a fall d from 40% is found four times in five where d = 2.8016 sqrt((p1 q1 + p0 q0) / n).
    result_n = 0
    run("evaluate", "mentors.toml", "--forms", "json")
    result_n = json.loads((here / "results/mentors/result.json").read_text())["n"]["treated"]
    [design] = looked("mentors.toml", "--expected", "40%")["designs"]
    [found] = design["detectable"]
    fall = found["fall"]
    kept = 0.4 - fall
    assert found["expected"] == 0.4
    assert fall == pytest.approx(2.8016 * ((kept * (1 - kept) + 0.24) / result_n) ** 0.5, rel=1e-3)


def test_no_number_of_people_is_told_but_by_bands(here: Path) -> None:
    text = run("protocol", "look", "mentors.toml", "weights.toml")
    people = [line for line in text.splitlines()[1:] if line.startswith(("In the scheme", "  ", "Comparisons"))]
    assert people
    for line in people:
        cells = re.split(r"\s{2,}", line.strip())[1:]
        assert all(re.fullmatch(r"[\d,]+0 to [\d,]+9|fewer than 10|0|withheld", cell) for cell in cells), line
    assert "No outcome was opened" in text
