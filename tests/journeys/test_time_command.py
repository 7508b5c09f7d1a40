"""From an agency's file to the answer: import, `journeys time`, its one JSON document and its paper."""

import json
import sys
from pathlib import Path

import pytest

from whatworks.cli import main

SETTINGS = (
    'name = "Northbank (made up)"\nas_at = 2025-06-30\n[[agency]]\norganisation_id = "probation"\n'
    'name = "Northbank Probation (made up)"\nkind = "probation"\n'
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs a command in a partnership whose store has forty releases."""
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    cases = "".join(f"r{at},through_the_gate,B1\n" for at in range(40))
    Path("cases.csv").write_text(f"case_id,kind,borough\n{cases}")
    stays = "".join(
        f"s{at},r{at},through_the_gate,contact,2025-01-01,{f'2025-01-{2 + at:02d}' if at < 30 else ''},\n"
        for at in range(40)
    )
    Path("stages.csv").write_text(f"case_stage_id,case_id,kind,stage,entered_on,left_on,outcome\n{stays}")
    for file, table in (("cases.csv", "casefile"), ("stages.csv", "case_stage")):
        said = ("--as", table, "--from", "probation", "--source", table, "--as-at", "2025-06-30")
        assert command("import", file, *said)[0] == 0
    return command


def test_forty_releases_of_whom_thirty_were_reached(run) -> None:
    status, out, err = run("journeys", "time", "through_the_gate", "--json", "--out", "papers/time")
    assert status == 0
    contact = json.loads(out)["stages"][0]
    assert (contact["entered"], contact["onward"], contact["waiting"]) == (40, 30, 10)
    assert contact["median"]["days"] == 20  # the twentieth of forty was reached on the twentieth day
    assert contact["ninetieth"]["days"] is None and contact["finished_mean"] is None
    assert "papers/time/paper.docx" in err
    summary = json.loads(Path("papers/time/summary.json").read_text())
    assert summary["Stages"][0]["Waiting"] == 10 or summary["Stages"][0]["Waiting"] == "c"


def test_what_cannot_be_said_is_refused_with_the_way_on(run) -> None:
    assert "is not a kind of journey; did you mean 'victim'?" in run("journeys", "time", "victims")[2]
    assert "no case is of this kind" in run("journeys", "time", "victim")[2]
    status, _, err = run("journeys", "time", "through_the_gate", "--from", "2025-02-01", "--to", "2025-01-01")
    assert status == 2 and "swap the two days" in err
    status, _, err = run("journeys", "time", "through_the_gate", "--from", "2025-02-01")
    assert status == 2 and "cases were opened 2025-01-01 to 2025-01-01" in err


WATCHED = """
[[watched]]
name = "Half of releases contacted, in days"
file = "time.json"
figure = "stages/contact/median"
expected = [0, 7]
to = "Northbank Probation"

[[watched]]
name = "Half of releases contacted, a looser aim"
file = "time.json"
figure = "stages/contact/median"
expected = [0, 18]

[[watched]]
name = "Nine in ten contacted"
file = "time.json"
figure = "stages/contact/ninetieth"
expected = [0, 20]

[[watched]]
name = "Contact not kept in time"
file = "lost.json"
figure = "hand_offs/contact/everybody"
expected = [0, 0.05]
period = "January 2025"
"""


def test_a_challenge_watches_figures_and_what_few_may_have_moved_is_no_challenge(run) -> None:
    """The curve's median is 20, of 40; it is not seen on which day nine in ten got there; and 1 in 6 is withheld."""
    Path("time.json").write_text(run("journeys", "time", "through_the_gate", "--json")[1])
    everybody = {"provider": "all", "in_time": 5, "late": 0, "never": 1, "left": 6, "dropped": 1 / 6,
                 "interval": [0.03, 0.564]}  # fmt: skip
    Path("lost.json").write_text(json.dumps({"hand_offs": [{"from_stage": "contact", "everybody": everybody}]}))
    Path("watched.toml").write_text(WATCHED)
    Path("minutes.txt").write_text(
        "Northbank Board\nMinutes of the meeting held on 10 May 2023\n\n1. Gate\n1.1 All left.\n"
    )
    asked = ("board", "meeting", "challenge", "releases", "minutes.txt", "--watch", "watched.toml")
    status, out, err = run(*asked, "--json", "--out", "papers/pack")
    assert status == 0, err
    answer = json.loads(out)
    median = json.loads(Path("time.json").read_text())["stages"][0]["median"]
    first, looser, never, few = answer["watched"]
    assert (first["value"], first["low"], first["n"]) == (20, median["low"], 40)
    assert first["period"] == "2025-01-01 to 2025-06-30"
    assert median["low"] <= 18 < median["days"]  # the interval reaches into the looser range
    assert [one["verdict"] for one in (first, looser, never, few)] == [
        "outside", "too few to tell", "too few to tell", "too few to tell",
    ]  # fmt: skip
    assert [one["to"] for one in answer["questions"]] == ["Northbank Probation"]
    shown = json.loads(Path("papers/pack/summary.json").read_text())["watched"]
    assert [one["Now (95% interval)"] for one in shown][2:] == ["not reached in the time seen", "[c]"] and shown[3][
        "Of"
    ] == "fewer than 10"
    assert "of 40, 2025-01-01 to 2025-06-30; expected 0 to 18: too few to tell" in run(*asked)[1]
    page = Path("papers/pack/paper.html").read_text()
    assert "Figures that are watched" in page and "0.167" not in page


def test_what_cannot_be_watched_is_named_all_at_once(run) -> None:
    Path("time.json").write_text(run("journeys", "time", "through_the_gate", "--json")[1])
    head = '[[watched]]\nname = "A"\nexpected = [0, 1]\n'
    Path("watched.toml").write_text(
        f'{head}file = "time.json"\nfigure = "stages/contakt"\n{head}file = "time.json"\nfigure = "stages/contact"\n'
        f'{head}file = "gone.json"\nfigure = "overall"\n'
    )
    status, _, err = run("board", "meeting", "challenge", "releases", "--watch", "watched.toml")
    assert status == 2
    assert "'contakt' is not in it; use one of contact, " in err
    assert 'figure "stages/contact": has not a value with an interval' in err
    assert "gone.json: is not there, or is not JSON" in err
