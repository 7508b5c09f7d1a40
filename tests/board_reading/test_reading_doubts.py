"""What a careful secretary would doubt is told with its words, each thing read beside its line, and no more."""

from pathlib import Path

import pytest

from whatworks.board.doubts import Doubt, doubts, known_owners
from whatworks.board.read_back import read_back
from whatworks.board.reading import read_paper
from whatworks.records.documents import read_document

HEAD = "Fernhill Safety Board\nMinutes of the meeting held on Tuesday 3 March 2020\n\n"
PEOPLE = "Present: Ann Example (Council), Bob Sample (Police)\nApologies: Cleo Instance (Health)\n"
BODY = "\n1. Welcome\n1.1 The Chair welcomed members and thanked them for their work on the plan.\n"


def told(folder: Path, text: str, *known: str) -> list[Doubt]:
    file = folder / "draft.txt"
    file.write_text(text, "utf-8")
    document = read_document(file)
    return list(doubts(read_paper(document), document, known_owners(known)))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Action: Dev Dummy to write to the school by 1 July 2020.",
            "owner",
            "was not in the room, and is in no register",
        ),
        ("Action: Cleo Instance to write to the school by 1 July 2020.", "owner", "sent apologies"),
        ("Action: Ann Example to write to the school by 1 July 2019.", "due", "before the meeting of 2020-03-03"),
        ("1.2 The visit on Monday 29 February 2020 was noted.", "weekday", "was a Saturday"),
        ("Action: Ann Example to write to the school.", "no date", "has no date"),
        ("Action: Report to be written by 1 July 2020.", "no owner", "has no owner"),
        ("1.2 The Board agreed that it was important to listen to residents.", "decision", "is an opinion"),
        ("1.2 The plan stands.\n1.4 The plan is long.", "numbering", "No 1.3 between 1.2 and 1.4"),
        ("2. Data\n2.1 All spoke.\n4. Close\n4.1 All left.", "numbering", "No Item 3 between 2 and 4"),
        ("Date of next meeting: 2 June 2026 at 2pm", "date", "months ahead"),
    ],
)
def test_what_is_doubtful_is_told(tmp_path: Path, text: str, kind: str, words: str) -> None:
    found = told(tmp_path, f"{HEAD}{PEOPLE}{BODY}{text}\n")
    assert [one.kind for one in found if words in one.problem] == [kind], found
    assert all(one.remedy and one.lines[0] >= 1 for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Action: Bob Sample to write to the school by 1 July 2020.",
        "Action: Police to write to the school by 1 July 2020.",
        "1.2 The visit on Saturday 29 February 2020 was noted.",
        "1.2 The Board agreed that the plan be published.",
        "1.2 The Board agreed that the important sites be listed.",
        "2. Data\n2.1 All spoke.\n3. Close\n3.1 All left.",
    ],
)
def test_what_is_sound_is_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, f"{HEAD}{PEOPLE}{BODY}{text}\n") == []


def test_an_owner_whom_the_register_knows_is_only_absent(tmp_path: Path) -> None:
    action = "Action: Dev Dummy to write to the school by 1 July 2020.\n"
    [one] = told(tmp_path, f"{HEAD}{PEOPLE}{BODY}{action}", "Dev Dummy")
    assert one.problem == "Dev Dummy owns this and was not in the room"


def test_each_thing_read_stands_beside_the_words_of_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(f"{HEAD}{PEOPLE}{BODY}Action: Bob Sample to write\nto the school by 1 July 2020.\n", "utf-8")
    document = read_document(file)
    parsed = read_paper(document)
    things = read_back(parsed, [line.text for line in document.lines])
    assert [one.lines for one in things] == sorted(one.lines for one in things)
    assert {one.kind for one in things} >= {"body", "date", "present", "apologies", "item", "action"}
    for one in things:
        stood = " ".join(" ".join(line.text for line in document.lines[one.lines[0] - 1 : one.lines[1]]).split())
        assert one.words == stood
    [action] = [one for one in things if one.kind == "action"]
    assert action.says.startswith("Bob Sample; 1 July 2020 = 2020-07-01: ")
    assert len(things) >= len(parsed.people) + len(parsed.items) + len(parsed.actions)
