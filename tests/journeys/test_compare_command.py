"""The commands that docs/journeys.md gives for "than what?" and for allegations answer, as lines, JSON and paper."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.watched import read_watched
from whatworks.cli.app import build, explain
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate
from whatworks.statistics.groups.intervals import wilson

PAGE = (Path(__file__).resolve().parents[2] / "docs/journeys.md").read_text("utf-8")
COMMANDS = re.findall(r"^whatworks (journeys (?:compare|funnel).*)$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("town") / "p"
    simulate(root, people=3_000, seed=9)
    here = Partnership.open(root)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2025, 7, 1))
    return root


def run(town: Path, *words: str) -> int:
    try:
        build()([*words, "--partnership", str(town)], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def test_the_page_has_the_commands() -> None:
    assert len(COMMANDS) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_answers(
    command: str, town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(town, *shlex.split(command), "--json", "--out", str(tmp_path / "paper")) == 0
    answer: Any = json.loads(capsys.readouterr().out)
    assert answer == json.loads((tmp_path / "paper/summary.json").read_text("utf-8"))
    assert (tmp_path / "paper/paper.pdf").is_file()
    assert "Data as at 30 June 2025" in (tmp_path / "paper/paper.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("", "higher than what? Both sides are missing"),
        ("--period 2023", "The period to hold it against is missing"),
        ("--period 2023 --against 1999", "nobody is counted in it: the base is missing (releases that entered it"),
        ("--by borough --period 1999", "nobody is counted: the base is missing"),
        ("--by borough --against 2022", "boroughs are held against all of one period"),
        ("--by borough --stage contract", "is not a stage of this kind"),
        ("--by borough --stage support", "has no target"),
        ("--by borough --each quarter", 'each "quarter": has no effect with --by'),
        ("--by borough --ended returned --within 7", 'within "7": has no effect with --ended'),
        ("--by borough --to handover --ended returned", 'ended "returned": has no effect with --to'),
    ],
)
def test_what_lacks_is_said(words: str, missing: str, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(town, "journeys", "compare", "through_the_gate", *shlex.split(words)) == 2
    assert missing in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("compare through_the_gate --period 2021-01-01..2022-06-30 --against 2022-07-01..2023-12-31", "period"),
        ("funnel", "steps/7"),
        ("trials", "all/ineffective_rate"),
    ],
)
def test_a_challenge_can_watch_what_the_command_prints(
    words: str, figure: str, town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = " --stage contact --within 7" if "compare" in words else ""
    assert run(town, "journeys", *shlex.split(words + stage), "--json") == 0
    (tmp_path / "found.json").write_text(capsys.readouterr().out)
    (tmp_path / "watched.toml").write_text(
        f'[[watched]]\nname = "A"\nfile = "found.json"\nfigure = "{figure}"\nexpected = [0, 1]\nperiod = "all"\n'
    )
    [watched] = read_watched(tmp_path / "watched.toml")
    assert watched.value is not None and watched.verdict == "as expected"
    assert (watched.low, watched.high) == pytest.approx(wilson(round(watched.value * watched.n), watched.n), abs=1e-4)
