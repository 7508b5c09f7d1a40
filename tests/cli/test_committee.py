"""A committee's headings and options come from a file of its own, since they are written after the plan is locked."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.evaluation.question.committee import HEADINGS, load_committee
from whatworks.records.refusal import Refused

PROTOCOL = """
[scheme]
id = "mentors"
name = "Mentors"
title = "Mentors (made up)"
[comparison]
method = "none"
[outcomes]
primary = "rearrest"
[data]
source = "flat"
file = "people.csv"
treatment = "mentored"
as_at = 2024-12-31
[data.outcomes.rearrest]
column = "arrest"
label = "Rearrest"
"""
COMMITTEE = """
headings = ["recommendation", "legal", "sign_off", "date"]
recommendation = "That the board notes the paper."
date = 2025-07-01
options = ["Note it.", "Ask for more."]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("mentors.toml").write_text(PROTOCOL)
    rows = {"mentored": [n % 2 for n in range(200)], "arrest": [n % 3 % 2 for n in range(200)]}
    pl.DataFrame(rows).write_csv("people.csv")
    return tmp_path


def page(*words: str) -> str:
    done = CliRunner().invoke(build(), ["evaluate", "mentors.toml", "--forms", "html,json", *words])
    assert done.exit_code == 0, done.output
    return Path("papers/mentors/paper.html").read_text(encoding="utf-8")


def test_the_headings_asked_for_stand_in_order_and_one_without_text_says_so(here: Path) -> None:
    assert "For the committee" not in page()
    Path("committee.toml").write_text(COMMITTEE)
    text = page()
    names = ["Recommendation", "Legal implications", "Sign-off", "1 July 2025"]
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places)
    assert text.count("To be completed by the author.") == 2
    assert "Equality implications" not in text
    assert "<li>Ask for more.</li>" in text
    assert text.index("For the committee") < text.index("Annex: contents")
    summary = json.loads(Path("papers/mentors/summary.json").read_text())
    assert summary["paper"]["headings"][0] == {"name": "Recommendation", "text": "That the board notes the paper."}


def test_the_headings_change_neither_the_lock_nor_a_figure(here: Path) -> None:
    locked = CliRunner().invoke(build(), ["protocol", "lock", "mentors.toml", "--json"])
    page()
    before = json.loads(Path("papers/mentors/summary.json").read_text())
    Path("other.toml").write_text(COMMITTEE)
    page("--committee", "other.toml")
    after = json.loads(Path("papers/mentors/summary.json").read_text())
    assert after["protocol"] == before["protocol"]
    assert after["protocol"]["sha256"] == json.loads(locked.stdout)["sha256"]
    assert {**after, "paper": None} == {**before, "paper": None}


def test_every_heading_of_a_committee_is_known(tmp_path: Path) -> None:
    path = tmp_path / "committee.toml"
    path.write_text('contact = "A. Officer"\n')
    printed = load_committee(path).printed()
    assert [one.name for one in printed] == list(HEADINGS.values())
    assert printed[6].text == "A. Officer"
    path.write_text('headings = ["legel"]\ncontakt = "x"\n')
    with pytest.raises(Refused) as refused:
        load_committee(path)
    assert "legel" in str(refused.value) and "contakt" in str(refused.value)


def test_members_read_what_the_scheme_cost_where_a_paper_of_it_stands(here: Path) -> None:
    # 100 mentored: of n = 1, 3, 5 ... the odd n, n % 3 == 1 is a third; the even ones likewise: nothing differs.
    assert "No cost of the scheme is on record" in page()
    cost = {"evaluation": "Mentors (made up)", "cost": {"pounds": "250000", "prices": "2024/25"}, "per_person": "2500",
            "ratio": {"value": None}, "verdict": "more people needed"}  # fmt: skip
    Path("papers/cost").mkdir()
    Path("papers/cost/summary.json").write_text(json.dumps(cost))
    text = page()
    assert "It cost £250,000 in prices of 2024/25: £2,500 a person." in text
    assert "What it saved cannot be said" in text
    Path("papers/cost/summary.json").write_text(json.dumps({**cost, "evaluation": "Another"}))
    assert "No cost of the scheme is on record" in page()
