"""The benchmark of reading: its answers stand in the papers that it writes, and marks are counted as they should be."""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdf
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import reading  # noqa: E402


def printed(path: Path) -> str:
    """The words of a paper, by readers that are not ours."""
    match path.suffix:
        case ".docx":
            document = docx.Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            text = " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
        case ".pdf":
            text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        case ".html":
            text = lxml.html.fromstring(path.read_text("utf-8")).text_content()
        case _:
            text = path.read_text("utf-8")
    return "".join(re.findall(r"\w", text.casefold()))


@pytest.mark.parametrize("half", reading.SETS)
def test_every_answer_is_printed(half: str, tmp_path: Path) -> None:
    """Names, titles, decisions and actions of the answer stand in the paper, and owners of actions."""
    reading.write_half(half, tmp_path, contents=1)
    expected = json.loads((tmp_path / "expected.json").read_text("utf-8"))
    assert len(expected) in (10, 12)
    for name, answer in expected.items():
        text = printed(tmp_path / name)
        wanted = [person["names"] for person in answer["people"]]
        wanted += [[title] for title in answer["items"]] + [[action["text"]] for action in answer["actions"]]
        wanted += [owner for action in answer["actions"] for owner in action["owners"]]
        for forms in wanted:
            assert any("".join(re.findall(r"\w", form.casefold())) in text for form in forms), (name, forms)
        for decision in answer["decisions"]:
            assert all(word.replace("'", "") in text for word in reading.words(decision)), (name, decision)


def answer(**changes: Any) -> dict[str, Any]:
    """A right answer: one person, one item, one decision, one action."""
    action = {"text": "map the reports", "owners": [["Ana Bright", "AB"]], "due": "2021-03-05", "due_text": "5 March"}
    return {
        "body": "Wexbridge Board",
        "date": "2021-02-18",
        "previous": None,
        "next": None,
        "people": [{"names": ["Ana Bright", "A Bright"], "present": True}],
        "items": ["Knife crime"],
        "decisions": ["the pilot be extended to March"],
        "optional_decisions": ["the report be noted"],
        "actions": [action],
        "optional_actions": [],
    } | changes


def read(**changes: Any) -> dict[str, Any]:
    """A reading that is right in everything."""
    promise = {"text": "AB to map the reports by 5 March.", "owners": ["AB"], "due_to": "2021-03-05"}
    decisions = [{"text": "That the pilot be extended to March."}, {"text": "That the report be noted."}]
    return {
        "body": "Wexbridge Board",
        "date": "2021-02-18",
        "previous": None,
        "next": None,
        "people": [{"name": "Ana Bright", "present": True}],
        "items": [{"title": "KNIFE CRIME"}],
        "decisions": decisions,
        "actions": [promise],
        "deliverables": [],
        "commitments": [],
    } | changes


def test_a_right_reading_has_no_faults() -> None:
    """Everything is found, and what may be read or not counts neither way."""
    scores, invented = reading.score_paper(answer(), read())
    assert not invented
    assert {name: (score.right, score.wrong, score.missed) for name, score in scores.items() if score.right} == {
        "present": (1, [], []),
        "items": (1, [], []),
        "decisions": (1, [], []),
        "actions": (1, [], []),
        "owners": (1, [], []),
        "due": (1, [], []),
        "meeting": (2, [], []),
    }


def test_each_kind_of_invention_is_counted() -> None:
    """A name in no list, a wrong owner, a date where none is given, a decision of nobody, and an action of nobody."""
    open_action = answer()["actions"][0] | {"due": None}
    wrong = read(
        people=[{"name": "Ana Bright", "present": False}, {"name": "Item Number", "present": True}],
        decisions=[{"text": "Members felt that more could be done."}],
        actions=[
            {"text": "to map the reports", "owners": ["Map"], "due_to": "2021-03-05"},
            {"text": "Noted.", "owners": [], "due_to": None},
        ],
    )
    scores, invented = reading.score_paper(answer(actions=[open_action]), wrong)
    assert invented == Counter(people=1, owners=1, dates=1, decisions=1, actions=1)
    assert len(scores["apologies"].wrong) == 1 and scores["present"].missed == ["Ana Bright"]
    assert scores["decisions"].missed == ["the pilot be extended to March"] and not scores["due"].missed


def test_a_missed_action_loses_its_owner_and_date() -> None:
    """What is not found is missed in each of its fields, and nothing is invented."""
    scores, invented = reading.score_paper(answer(), read(actions=[]))
    assert not invented
    assert [len(scores[name].missed) for name in ("actions", "owners", "due")] == [1, 1, 1]


def test_intervals_are_wilsons() -> None:
    """81 of 263: .2553 to .3662, as Newcombe gives them (Statistics in Medicine 17, 1998, table I, method 3)."""
    assert reading.wilson(81, 263).split() == ["30.8%", "(25.5%-36.6%)"]


def test_marks_are_missed_by_one_field(capsys: pytest.CaptureFixture[str]) -> None:
    """98 of 100 read and 95 of 100 printed meet the marks; one more miss does not."""
    scores: dict[str, reading.Score] = defaultdict(reading.Score)
    scores["items"] = reading.Score(98, ["x"] * 2, ["y"] * 5)
    assert reading.table(scores)
    scores["items"] = reading.Score(98, ["x"] * 2, ["y"] * 6)
    assert not reading.table(scores)
    assert "98.0% (93.0%-99.4%)" in capsys.readouterr().out


@pytest.mark.parametrize("layout", ["safeguarding_text", "ulster_partnership", "town_council"])
def test_layouts_that_were_seen_are_read(layout: str, tmp_path: Path) -> None:
    """A text, a PDF and a Word document that were seen: nothing is invented, and the marks are met in every field."""
    reading.write_half("second", tmp_path, contents=1)
    expected = json.loads((tmp_path / "expected.json").read_text("utf-8"))
    name = next(name for name in expected if name.startswith(layout))
    scores, invented = reading.score_paper(expected[name], reading.read_file(tmp_path / name))
    assert not invented
    assert reading.table(scores)
