"""The board pack: ten questions, each with an answer that a paper stands behind, or with what it would need."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from papers.results import ALL
from whatworks.linkage.report import known_to_several
from whatworks.papers import write_papers
from whatworks.papers.pack import ANSWERERS, QUESTIONS, Answerer, PackAnswer, PackSource, write_pack
from whatworks.papers.pack.folder import published
from whatworks.records.store import scratch

ASKED = (
    "Was the study large enough?", "Are we paid for luck?", "What became of what we promised?",
    "Whose budget gets my cut?", "Which boards can close?", "Where did the pound go?", "What should we stop buying?",
    "Are the same people on everyone's list?", "What is my borough's bill?", "Was it solved or moved?",
)  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of papers: three evaluations, and the figures of three other rooms' papers."""
    folder = tmp_path_factory.mktemp("papers")
    for case in ("matched", "descriptive", "small"):
        write_papers(ALL[case](), folder / case, forms=["html", "json"])
    for name, figures in {
        "cut": {"cut": {"whole": "120000", "sentences": ["£50,000 lands on the police: its reserve."]}},
        "record": {"paper": "contradiction report", "papers": ["a.txt", "b.txt"],
                   "contradictions": [{"kind": "lost promise"}, {"kind": "sums"}]},
        "bodies": {"paper": "map of bodies", "bodies": 40, "candidates": [{"what": "merge"}, {"what": "close"}]},
    }.items():  # fmt: skip
        (folder / name).mkdir()
        (folder / name / "summary.json").write_text(json.dumps(figures))
        (folder / name / "paper.html").write_text(f"<html>{name}</html>")
    return folder


def pack(papers: Path, out: Path, lists: tuple[int, int] | None = (6_050, 4_700)) -> html.HtmlElement:
    index, _ = write_pack(PackSource(published(papers), lists), papers, out, name="Northbank", as_at=date(2025, 6, 30))
    return html.fromstring(index.read_text(encoding="utf-8"))


def words(page: html.HtmlElement, name: str) -> str:
    return " ".join(" ".join(page.get_element_by_id(name).itertext()).split())


def test_all_ten_questions_stand_each_with_an_answer_or_what_it_would_need(papers: Path, tmp_path: Path) -> None:
    page = pack(papers, tmp_path / "pack")
    assert tuple(one.asks for one in QUESTIONS) == ASKED
    assert [" ".join(heading.itertext()).split(maxsplit=1)[1] for heading in page.xpath("//h2")] == list(ASKED)
    for section in page.xpath("//section"):
        text = " ".join(section.itertext())
        assert ("How far to trust it." in text) != ("What it would need." in text)
    assert "6 of its ten questions" in " ".join(page.xpath("//header")[0].itertext())
    assert "9.6 points" in words(page, "large-enough")  # of the matched result; the others can show none
    assert "9 fewer in 100" in words(page, "stop")
    assert "too unlike to be compared" in words(page, "stop")
    assert "Of a cut of £120,000, £50,000 lands on the police" in words(page, "cut")
    assert "1 promise went to a meeting that left no record" in words(page, "promises")
    assert "reason to look at 2" in words(page, "boards")
    assert "About 4,700 of the 6,050 people" in words(page, "lists")
    assert "78%" in words(page, "lists")  # 4,700 / 6,050 = .777


def test_every_link_leads_to_a_file_of_the_pack(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    page = pack(papers, out)
    links = [link for link in page.xpath("//a/@href") if not link.startswith("#")]
    assert links
    assert all((out / link).is_file() for link in links)
    assert not re.findall(r"<(?:link|script|iframe|img)\b", (out / "index.html").read_text())


def test_the_pack_tells_no_small_count_of_people(papers: Path, tmp_path: Path) -> None:
    sly = Answerer("moved", lambda source: [PackAnswer("3 people moved away.", "some", "Little.", None)])
    ANSWERERS.append(sly)
    try:
        page = pack(papers, tmp_path / "pack", None)
    finally:
        ANSWERERS.remove(sly)
    assert "fewer than 10 people moved away" in words(page, "moved")
    assert "No record answers this yet" in words(page, "lists")
    # Whatever the withheld result holds, the pack says only what its paper says.
    assert "No figures: so few people" in words(page, "stop")


def test_a_room_adds_its_answer_by_one_declaration(papers: Path, tmp_path: Path) -> None:
    """A room that reads places declares one answerer; no other file is touched."""
    outside = Answerer(
        "moved",
        lambda source: [
            PackAnswer("Burglary fell in the streets around too.", "12 fewer a month", "With care.", "cut")
        ],
    )
    ANSWERERS.append(outside)
    try:
        page = pack(papers, tmp_path / "pack")
    finally:
        ANSWERERS.remove(outside)
    assert "12 fewer a month" in words(page, "moved")
    assert page.get_element_by_id("moved").xpath(".//a/@href") == ["cut.html"]
    assert "7 of its ten" in " ".join(page.xpath("//header")[0].itertext())


def test_the_pack_says_what_fell_and_what_moved(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    local, beside = "Events fell where it was done: \u221240%.", "Displacement is found: +50%."
    figures = {
        "paper": "displacement",
        "local": "fell",
        "title": "Patrols",
        "sentences": ["Counted.", local, beside, "x"],
    }
    for name, moved in {"both": "rose", "one": None}.items():
        (papers / name).mkdir(parents=True)
        (papers / name / "summary.json").write_text(json.dumps(figures | {"moved": moved}))
    said = words(pack(papers, tmp_path / "pack", None), "moved")
    assert said.count(local) == 2 and said.count(beside) == 1
    assert said.count("fell there") == 2 and said.count("fell there; rose next door") == 1


def test_the_same_papers_give_the_same_pack_and_nothing_stays_of_an_earlier_one(papers: Path, tmp_path: Path) -> None:
    pack(papers, tmp_path / "one")
    pack(papers, tmp_path / "two")
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert first == second
    empty = tmp_path / "empty"
    empty.mkdir()
    page = pack(empty, tmp_path / "two", None)
    assert "0 of its ten questions" in " ".join(page.xpath("//header")[0].itertext())
    assert {path.name for path in (tmp_path / "two").iterdir()} == {"index.html", "manifest.json"}


def test_people_of_several_agencies_are_counted_once() -> None:
    store = scratch()
    store.change("CREATE TABLE identity (organisation_id VARCHAR, person_id VARCHAR, linked_id VARCHAR)")
    rows = [("police", "1", "A"), ("police", "2", "A"), ("prison", "9", "B"), ("police", "3", "B"), ("court", "4", "C")]
    store.change_each("INSERT INTO identity VALUES (?, ?, ?)", rows)
    assert known_to_several(store) == (3, 1)
