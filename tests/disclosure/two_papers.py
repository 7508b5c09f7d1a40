"""Papers of flat files, evaluated by the command as a person would, whose summaries are held against each other."""

import json
from contextlib import chdir
from pathlib import Path
from typing import Any

import polars as pl
from typer.testing import CliRunner

from whatworks.cli.app import build

PROTOCOL = """
[scheme]
id = "{name}"
name = "Made up"
title = "A made-up scheme"
[cohort]
minimum = 30
[comparison]
{comparison}
[outcomes]
primary = "{outcome}"
[data]
source = "flat"
file = "{name}.csv"
treatment = "treated"
id_column = "number"
as_at = 2025-06-30
[data.outcomes.{outcome}]
column = "{outcome}"
label = "What happened"
"""
EVERYBODY = 'method = "none"\ncovariates = ["age"]'


def write(folder: Path, name: str, people: pl.DataFrame, comparison: str = EVERYBODY, outcome: str = "held") -> None:
    """Write a flat file and its protocol."""
    people.write_csv(folder / f"{name}.csv")
    (folder / f"{name}.toml").write_text(PROTOCOL.format(name=name, comparison=comparison, outcome=outcome))


def paper(
    folder: Path, name: str, people: pl.DataFrame, comparison: str = EVERYBODY, outcome: str = "held"
) -> dict[str, Any]:
    """Evaluate these people by the command, and return what leaves."""
    write(folder, name, people, comparison, outcome)
    with chdir(folder):
        ran = CliRunner().invoke(build(), ["evaluate", f"{name}.toml", "--out", f"out-{name}", "--forms", "json"])
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads((folder / f"out-{name}" / "summary.json").read_text())
    return found
