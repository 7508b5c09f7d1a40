"""The commands: files or the register, JSON alone on standard output, papers in every form, bad input refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from whatworks.board.contradictions import contradictions
from whatworks.board.reading import read_paper
from whatworks.cli.app import build, explain
from whatworks.papers import write_paper
from whatworks.papers.board.contradiction_report import contradiction_paper
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused
from whatworks.simulation.minutes.minutes import write_made_up_record

PLANTED = frozenset({"weekday", "growth", "scope", "numbering"})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("papers")
    return [str(path) for path in write_made_up_record(folder, 1, PLANTED)]


def run(*words: str) -> int:
    """Run a command as the console script does; return the exit status."""
    try:
        build()(["board", *words], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def test_contradictions_of_files_as_text_and_as_json(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("contradictions", *files) == 0
    said = capsys.readouterr().out
    assert "4 contradictions in 5 papers." in said
    assert "was a Thursday" in said
    assert run("contradictions", *files, "--json") == 0
    answer = json.loads(capsys.readouterr().out)["rows"]
    assert sorted(one["kind"] for one in answer) == ["extension", "growth", "numbering", "weekday"]
    assert all(one["quotes"][0]["lines"][0] > 0 for one in answer)


def test_the_report_in_every_form_and_the_same_page_each_time(files: list[str], tmp_path: Path) -> None:
    assert run("contradictions", *files, "--on", "2025-06-30", "--out", str(tmp_path / "one"), "--json") == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == [
        "manifest.json",
        "paper.docx",
        "paper.html",
        "paper.pdf",
        "summary.json",
        "tables.ods",
        "tables.xlsx",
    ]
    papers = [(one, read_paper(one)) for one in (read_document(Path(name)) for name in reversed(files))]
    paper, figures = contradiction_paper(
        contradictions(papers), [Path(name).name for name in files], as_at=date(2025, 6, 30),
        prepared_for="Thornley Vale Crime Reduction Board",
    )  # fmt: skip
    write_paper(paper, tmp_path / "two", figures, forms=["html", "json"])
    for name in ("paper.html", "summary.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "paper.html").read_text(encoding="utf-8")
    assert "6.1.1 without 6.1" in page
    assert page.count("Question:") == 4


def test_the_map_of_bodies(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("body", "map", *files, "--out", str(tmp_path / "map"), "--on", "2025-06-30", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    years = {one["year"]: one for one in answer["years"]}
    assert years[2019]["named"] == [
        "Thornley Vale Crime Reduction Board",
        "Delivery Management Group",
        "Task and Finish Group",
    ]
    assert answer["without_finish_test"] == ["Task and Finish Group"]
    page = (tmp_path / "map" / "paper.html").read_text(encoding="utf-8")
    assert "named earlier, end not known" in page
    assert "Task and Finish Group reports to Thornley Vale Crime Reduction Board" in page


def test_a_challenge_pack(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("challenge", "Lantern Initiative", *files, "--out", str(tmp_path / "pack"), "--on", "2025-06-30") == 0
    said = capsys.readouterr().out
    assert "Lantern: 3 places became 7" in said
    assert "Who agreed the extension" in said
    page = (tmp_path / "pack" / "paper.html").read_text(encoding="utf-8")
    assert "Carried to" in page


def test_an_item_that_nobody_spoke_of_is_refused(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("challenge", "Submarines", *files) == 2
    assert "is spoken of in no paper" in capsys.readouterr().err


def test_what_was_entered_of_a_body_falls_into_the_map_of_the_register(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--partnership", str(tmp_path / "p")]
    build()(["init", str(tmp_path / "p")], standalone_mode=False)
    assert run("contradictions", *place) == 2
    assert run("read", *files, "--by", "A. Clerk", *place) == 0
    assert run("body", "set", "Delivery Management Group", "--ended", "2020-03-31", "--by", "A. Clerk", *place) == 0
    capsys.readouterr()
    assert run("body", "map", "--json", *place) == 0
    years = {one["year"]: one for one in json.loads(capsys.readouterr().out)["years"]}
    assert "Delivery Management Group" in years[2019]["if_none_closed"]
    assert run("contradictions", "--json", *place) == 0
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 4
    wrong = ("--kind", "club", "--started", "2021-01-01", "--ended", "2020-01-01")
    assert run("body", "set", "", *wrong, "--by", "x", *place) == 2
    said = capsys.readouterr().err
    assert all(word in said for word in ("is not a kind of body", "lies before the start", "is empty"))


def test_a_template_is_a_word_file(tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("minutes-template", "--out", str(tmp_path / "next.docx"), "--after", files[-1]) == 0
    assert (tmp_path / "next.docx").read_bytes().startswith(b"PK")
    assert run("minutes-template", "--out", str(tmp_path / "next.txt")) == 2
    assert "is not a Word file" in capsys.readouterr().err


def test_files_that_cannot_be_read_are_all_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "picture.pdf").write_bytes(b"%PDF-1.4 not one")
    assert run("contradictions", str(tmp_path / "picture.pdf"), str(tmp_path / "none.txt")) == 2
    said = capsys.readouterr().err
    assert "picture.pdf" in said
    assert "none.txt" in said
