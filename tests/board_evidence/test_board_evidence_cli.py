"""The commands do what they say, print one JSON document, and refuse without a traceback."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.partnership import init_partnership
from whatworks.records.refusal import Refused

INTERVENTION = """
[[intervention]]
short = "skills"
name = "Skills"
position = "diversion"
[[intervention.delivery]]
place = "Northbank"
people_a_year = 7
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_partnership(tmp_path / "p", name="A made-up board", as_at=date(2025, 6, 30))
    (tmp_path / "p" / "in.toml").write_text(INTERVENTION, encoding="utf-8")
    return tmp_path / "p"


def run(folder: Path, *words: str) -> str:
    found = CliRunner().invoke(build(), ["board", *words, "--partnership", str(folder)], catch_exceptions=True)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.stdout


def test_evidence_goes_in_and_comes_out_with_small_counts_withheld(folder: Path) -> None:
    run(folder, "evidence", "add", "--file", str(folder / "in.toml"), "--by", "Officer")
    (one,) = json.loads(run(folder, "evidence", "list", "--json"))["interventions"]
    assert (one["proposal"], one["known"], one["owner"]) == ("test", "nothing known", "no owner")
    assert one["loses"][0]["people_a_year"] == "c"
    assert "a number withheld" in run(folder, "evidence", "list")
    run(folder, "evidence", "set", "skills", "--owner", "Police", "--by", "Officer")
    assert "owner nothing -> Police" in run(folder, "evidence", "show", "skills")


def test_risks_watch_and_change_from_the_command_line(folder: Path) -> None:
    (folder / "figures.csv").write_text("figure,as_at,value\nspend,2025-06-01,120\n", encoding="utf-8")
    run(folder, "risk", "add", "Overspent", "--by", "Officer")
    run(folder, "risk", "watch", "R1", "--number", "figure", "--of", "figures.csv", "--name", "spend",
        "--above", "100", "--by", "Officer")  # fmt: skip
    found = json.loads(run(folder, "risk", "list", "--json"))
    assert found["changed"] == ["R1: not known to red"]
    assert json.loads(run(folder, "dependency", "list", "--json"))["risks"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("evidence", "list"),
        ("evidence", "worth", "skills"),
        ("evidence", "add", "--by", "Officer"),
        ("risk", "watch", "x", "--number", "figure", "--below", "1", "--by", "Officer"),
        ("risk", "add", "Overspent", "--by", " "),
        ("assessment", "make"),
        ("assessment", "make", "--data", "no-such-file.csv"),
    ],
)
def test_what_cannot_be_done_is_refused(folder: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        run(folder, *words)
