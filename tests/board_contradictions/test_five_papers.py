"""The five real papers: the seven groups of the methods page, each at its lines, and further ones in two places."""

import os
from functools import cache
from pathlib import Path

import pytest

from whatworks.board.bodies import BodyMap, body_map
from whatworks.board.challenge import challenge
from whatworks.board.contradictions import Contradiction, contradictions, differing
from whatworks.board.contradictions.record import CLAIM
from whatworks.board.contradictions.wording import plain
from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import read_paper
from whatworks.records.documents import Document, read_document

pytestmark = pytest.mark.real_data
SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FILES = {
    "2008": "mpa-report-diamond-2008-06-19.txt",
    "2010": "lcrb-minutes-2010-12-07.txt",
    "2012": "lcrb-minutes-2012-07-20.txt",
    "2014": "lcrb-minutes-2014-06-09.txt",
    "2015": "lcrb-minutes-2015-03-10.txt",
}


@cache
def held() -> tuple[tuple[Document, ParsedPaper], ...]:
    folder = SHARED / "board-papers"
    if not folder.is_dir():
        pytest.skip("the five papers are not beside the project (set WHATWORKS_SHARED to their folder)")
    documents = [read_document(folder / name) for name in FILES.values()]
    return tuple((document, read_paper(document)) for document in documents)


@cache
def found() -> tuple[Contradiction, ...]:
    return contradictions(held())


@cache
def mapped() -> BodyMap:
    return body_map(held())


def at(one: Contradiction) -> set[tuple[str, int]]:
    """Return the year of the paper and every line of a finding's quotes."""
    years = {name: year for year, name in FILES.items()}
    return {(years[quote.file], line) for quote in one.quotes for line in range(quote.lines[0], quote.lines[1] + 1)}


# The seven groups of the methods page: kind, and the lines on which both sources stand.
SEVEN = [
    ("lost promise", {("2014", 63), ("2014", 67), ("2015", 41), ("2015", 43)}),
    ("weekday", {("2012", 5)}),
    ("growth", {("2012", 480), ("2014", 13), ("2014", 30), ("2015", 13), ("2015", 29)}),
    ("priorities", {("2010", 132), ("2012", 129), ("2012", 132), ("2012", 416), ("2014", 54)}),
    ("absent lead", {("2012", 129), ("2014", 71)}),
    ("bare figures", {("2010", 95)}),
    ("bare figures", {("2014", 45)}),
    ("sums", {("2008", 157), ("2008", 143)}),
    ("sums", {("2008", 160), ("2008", 157)}),
]


@pytest.mark.parametrize(("kind", "lines"), SEVEN)
def test_each_group_of_the_methods_page_is_found_at_its_lines(kind: str, lines: set[tuple[str, int]]) -> None:
    assert any(one.kind == kind and lines <= at(one) for one in found())


def said(kind: str) -> str:
    return " ".join(f"{one.title} {one.sentence} {one.against}" for one in found() if one.kind == kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("weekday", ["Friday"]),
        (
            "growth",
            ["3 present and 3 with apologies", "18 on 9 June 2014", "17 on 10 March 2015", "categories changed"],
        ),
        ("priorities", ["suggested", "named by another body", "New on 9 June 2014: victims", "Gone by 20 July 2012"]),
        ("absent lead", ["neither meeting"]),
        ("bare figures", ["46.3% against 45.3%", "national rate of 61.1%", "50% and 20%"]),
        ("sums", ["149 is printed, 150 is the sum", "5,560 is printed, 5,559 is the sum"]),
        ("lost promise", ["15 September 2014", "no action was outstanding", "December"]),
    ],
)
def test_what_the_findings_say_is_what_the_methods_page_says(kind: str, words: list[str]) -> None:
    assert not [word for word in words if word not in said(kind)]


# Beyond the seven, each at two places; among them the three that the methods page names.
FURTHER = [
    ("extension", {("2008", 134), ("2008", 172), ("2010", 93)}),
    ("numbering", {("2010", 144), ("2010", 146)}),
    ("spelling", {("2012", 9), ("2012", 375)}),
    ("spelling", {("2010", 18), ("2010", 88)}),
    ("spelling", {("2012", 129), ("2014", 71)}),
    ("numbering", {("2008", 87), ("2008", 164)}),
    ("attendance", {("2010", 131)}),
    ("body name", {("2010", 1), ("2012", 52)}),
]


@pytest.mark.parametrize(("kind", "lines"), FURTHER)
def test_further_ones_are_found(kind: str, lines: set[tuple[str, int]]) -> None:
    assert any(one.kind == kind and lines <= at(one) for one in found())


def test_each_beyond_the_seven_quotes_two_lines_that_differ_word_for_word() -> None:
    texts = {document.name: document for document, _ in held()}
    for one in found():
        for quote in one.quotes:
            assert quote.text.removesuffix(" ...") in plain(texts[quote.file].between(quote.lines)), one.title
        if one.kind not in {CLAIM, *(kind for kind, _ in SEVEN)}:
            assert len({quote.text for quote in one.quotes}) > 1, one.title
            assert len({(quote.file, quote.lines) for quote in one.quotes}) > 1, one.title


def test_the_only_claim_to_test_is_that_of_2015_and_it_contradicts_nothing() -> None:
    (claim,) = [one for one in found() if one.kind == CLAIM]
    assert at(claim) == {("2015", 59)}
    assert claim.quotes[0].text == (
        "The initial part of the process, led by the police, is currently the quickest part."
    )
    assert "whatworks journeys published FILE --quickest PART" in claim.question
    assert claim not in differing(found())


def test_nothing_is_found_where_the_record_agrees() -> None:
    """The strands, factors and areas that the papers announce are as many as they list; times stand in order."""
    assert not [one for one in found() if one.kind in ("count", "order of times", "last meeting")]


def test_the_bodies_of_each_year() -> None:
    named = {one.year: {name.lower() for name in one.named} for one in mapped().years}
    board = "london crime reduction board"
    assert named[2008] == {
        "finance committee",
        "london criminal justice board",
        "mpa co-ordination and policing committee",
        "lcjb reform programme board",
    }
    assert named[2010] >= {board, "commissioning group", "anti-violence partnership"}
    assert named[2012] >= {
        board,
        "delivery management group",
        "asb task and finish group",
        "gangs task and finish group",
        "reducing re-offending task and finish group",
        "reducing re-offending challenge board",
        "health & crime challenge board",
    }
    assert named[2014] == {board, "delivery management group"}
    assert named[2015] == {board, "london prevent board", "london-wide contest board"}


def test_the_count_only_rises_while_no_end_is_known() -> None:
    counts = [len(one.standing) for one in mapped().years]
    assert counts == sorted(counts)
    assert counts[-1] == len(mapped().bodies) == mapped().end_unknown
    assert not [one for one in mapped().bodies if one.ended]


def test_no_group_of_2012_has_a_finish_test_and_all_report_to_the_board() -> None:
    groups = [one for one in mapped().bodies if one.kind == "task and finish group"]
    assert len(groups) == 3
    assert all(one.lacks_finish_test for one in groups)
    assert {one.reports_to for one in groups} == {"London Crime Reduction Board"}
    contest = next(one for one in mapped().bodies if "CONTEST" in one.name)
    assert contest.reports_to == "London Crime Reduction Board"
    assert {"police", "NOMS", "Health", "Home Office"} <= set(contest.members)


def test_a_group_and_a_board_on_one_priority_are_a_candidate_to_merge() -> None:
    merges = [set(one.bodies) for one in mapped().candidates if one.what == "merge"]
    assert {"Reducing re-offending Task and Finish Group", "Reducing re-offending Challenge Board"} in merges


def test_a_challenge_on_the_diamond_scheme_asks_for_people_and_for_the_report() -> None:
    from datetime import date

    pack = challenge(held(), "Diamond", as_at=date(2015, 3, 10))
    assert {one.kind for one in pack.contradictions} >= {"extension", "bare figures"}
    assert {"46.3%", "45.3%", "61.1%"} <= {one.text for one in pack.figures}
    assert any("extension" in one.text for one in pack.questions)
