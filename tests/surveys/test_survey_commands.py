"""From the files of a made-up survey to the answer: the one true change is found, and none across the new question."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.watched import read_watched
from whatworks.cli.app import build, explain
from whatworks.records.refusal import Refused

CONFIDENT = ("confidence", "--answers", "very,fairly")


def run(root: Path, *words: str) -> int:
    try:
        build()(["surveys", *words, "--partnership", str(root)], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def asked(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(root, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_true_share_of_each_year_is_within_its_interval(
    northbank: Path, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    waves = list(truth["share_by_wave"])
    for first in (0, 4, 8):
        found = asked(northbank, capsys, "estimate", *CONFIDENT, "--period", f"{waves[first]}..{waves[first + 3]}")
        share = truth["share_by_wave"][waves[first]]
        assert found["overall"]["ci_low"] < share < found["overall"]["ci_high"]
        assert len(found["boroughs"]) == 12 and all(one["estimate"] for one in found["boroughs"])


def test_a_challenge_may_watch_an_estimate_and_the_change_of_a_window(
    northbank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"estimate": asked(northbank, capsys, "estimate", *CONFIDENT, "--period", "2023-Q3..2024-Q2")}
    found["trend"] = asked(northbank, capsys, "trend", *CONFIDENT, "--window", "4")
    wave = next(point["wave"] for point in found["trend"]["points"] if point["change"]["seen"])
    for name, answer in found.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(answer))
    figure = '[[watched]]\nname = "A"\nexpected = [0.99, 1]\n'
    (tmp_path / "watched.toml").write_text(
        f'{figure}file = "estimate.json"\nfigure = "overall"\n'
        f'{figure}file = "trend.json"\nfigure = "points/{wave}/change/difference"\n'
    )
    overall, moved = read_watched(tmp_path / "watched.toml")
    assert (overall.value, overall.n) == (found["estimate"]["overall"]["value"], found["estimate"]["overall"]["n"])
    assert (overall.period, moved.period) == ("2023-Q3 to 2024-Q2", wave)
    assert (overall.verdict, moved.verdict) == ("outside", "outside")


def test_one_wave_of_a_borough_is_too_few(northbank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(northbank, capsys, "estimate", *CONFIDENT)
    assert all(one["estimate"] is None and one["pooled"] for one in found["boroughs"])
    assert run(northbank, "estimate", *CONFIDENT) == 0
    assert "[c]" in capsys.readouterr().out


def test_the_one_true_change_is_found(
    northbank: Path, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(northbank, capsys, "trend", *CONFIDENT, "--window", "4")
    waves = list(truth["share_by_wave"])
    [seen] = [point["wave"] for point in found["points"] if point["change"]["seen"]]
    assert seen == waves[7]  # the first window that lies wholly after the change
    [point] = [one for one in found["points"] if one["wave"] == seen]
    low, high = (point["change"]["difference"][end] for end in ("ci_low", "ci_high"))
    assert low < truth["true_change"]["points"] < high
    [broken] = found["breaks"]
    assert (broken["before"], broken["after"]) == (waves[7], truth["change_of_question"]["from"])
    assert [name for name, _, _ in broken["changed"]] == ["wording"]


def test_nothing_is_compared_across_the_new_question(
    northbank: Path, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    waves = list(truth["share_by_wave"])
    periods = ("--before", f"{waves[4]}..{waves[7]}", "--after", f"{waves[8]}..{waves[11]}")
    assert run(northbank, "change", *CONFIDENT, *periods) == 2
    assert "the wording of the question changed (" in capsys.readouterr().err
    quiet = asked(northbank, capsys, "change", *CONFIDENT, "--before", f"{waves[8]}..{waves[9]}", "--after",
                  f"{waves[10]}..{waves[11]}")  # fmt: skip
    assert not quiet["overall"]["seen"] and quiet["overall"]["smallest"] > 0


def test_crimes_that_police_do_not_know(
    northbank: Path, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    waves = list(truth["share_by_wave"])
    words = ("--incidents", "incidents", "--known", "police_know", "--period", f"{waves[0]}..{waves[11]}")
    found = asked(northbank, capsys, "unreported", *words)
    for name, true in (("incidents", "incidents_a_year"), ("not_known", "not_known_to_police_a_year")):
        assert found[name]["ci_low"] < truth[true] < found[name]["ci_high"]


def test_a_message_is_sent_after_approval_only_and_stands_on_the_trend(
    northbank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--by", "A. Officer")
    assert run(northbank, "message", "plan", "Burglary is down", "--to", "residents", *by, "--on", "2024-01-05") == 0
    assert run(northbank, "message", "send", "1", *by, "--on", "2024-01-06") == 2
    assert "was not approved by 2024-01-06" in capsys.readouterr().err
    assert run(northbank, "message", "approve", "1", "--by", "B. Chief", "--on", "2024-01-07") == 0
    assert run(northbank, "message", "send", "1", *by, "--on", "2024-01-08") == 0
    capsys.readouterr()
    assert run(northbank, "trend", *CONFIDENT, "--window", "4", "--out", str(tmp_path / "paper")) == 0
    said = capsys.readouterr().out
    assert "2024-01-08: Burglary is down (a mark on the trend, not a cause of it)." in said
    assert "whatworks evaluate" in said
    page = (tmp_path / "paper/paper.html").read_text("utf-8")
    assert "<svg" in page and "Burglary is down" in page


PAGE = (Path(__file__).resolve().parents[2] / "docs/surveys.md").read_text("utf-8")


@pytest.mark.parametrize("command", re.findall(r"`whatworks surveys (\S+ (?!FILE)[^`]+)`", PAGE))
def test_every_command_of_the_page_answers(command: str, northbank: Path) -> None:
    assert run(northbank, *shlex.split(command)) == 0


def test_a_paper_carries_the_day_of_the_records_and_not_the_clocks(northbank: Path, tmp_path: Path) -> None:
    for words in (("estimate", *CONFIDENT), ("trend", *CONFIDENT)):
        assert run(northbank, *words, "--out", str(tmp_path / words[0]), "--forms", "html") == 0
        assert "Data as at 30 June 2025" in (tmp_path / words[0] / "paper.html").read_text("utf-8"), words
