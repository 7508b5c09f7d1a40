"""What a careful secretary would notice in a draft is noticed, and what is not wrong is left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from whatworks.board.doubts import Doubt, doubts
from whatworks.board.reading import read_papers
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused

HEAD = "Fernhill Safety Board\nMinutes of the meeting held on Tuesday 3 March 2020\n\n"
BODY = "\n1. Welcome\n1.1 The Chair welcomed members and thanked them for their work on the plan.\n"
Check = Callable[[str], list[Doubt]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(text: str) -> list[Doubt]:
        file = tmp_path / "draft.txt"
        file.write_text(text, encoding="utf-8")
        document = read_document(file)
        return [fault for one in read_papers(document) for fault in doubts(one, document)]

    return run


@pytest.mark.parametrize("day", ["25 February 2020", "3 March 2020"])
def test_a_next_meeting_that_is_over_already_is_told(check: Check, day: str) -> None:
    faults = check(f"{HEAD}Present: Ann Example (Council)\n{BODY}\nDate of next meeting: {day} at 2pm\n")
    assert [(fault.kind, fault.lines) for fault in faults] == [("order of times", (9, 9))]
    assert "is not after this one" in faults[0].problem


def test_a_next_meeting_that_lies_ahead_is_not_told(check: Check) -> None:
    assert check(f"{HEAD}Present: Ann Example (Council)\n{BODY}\nDate of next meeting: 2 June 2020 at 2pm\n") == []


def test_who_is_present_and_sent_apologies_is_told_with_both_lines(check: Check) -> None:
    people = "Present: Ann Example (Council), Bob Sample (Police)\nApologies: Bob Sample (Police)\n"
    (fault,) = check(HEAD + people + BODY)
    assert fault.kind == "attendance"
    assert (fault.problem, fault.lines) == ("Bob Sample is present and sends apologies", (5, 5))


def test_a_share_with_both_counts_beside_it_has_a_base(check: Check) -> None:
    text = "1.2 Robbery fell by 12% (from 310 to 273 offences), and burglary fell by 8%.\n"
    faults = check(f"{HEAD}Present: Ann Example (Council)\n{BODY}{text}")
    assert [fault.kind for fault in faults] == []
    faults = check(f"{HEAD}Present: Ann Example (Council)\n{BODY}1.2 Robbery fell by 12% from 4 March to 5 May.\n")
    assert [fault.kind for fault in faults] == ["base"]


def test_a_long_list_of_people_is_not_another_language(tmp_path: Path) -> None:
    file = tmp_path / "many.txt"
    names = "\n".join(f"Ann Example{chr(97 + n // 26)}{chr(97 + n % 26)}\tCouncil" for n in range(500))
    file.write_text(f"{HEAD}Attendees\n{names}\n{BODY}", encoding="utf-8")
    (read,) = read_papers(read_document(file))
    assert (len(read.people), read.partial) == (500, None)


def test_a_picture_is_refused_as_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "scan.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(Refused, match="is a picture"):
        read_document(file)


def test_a_due_month_is_read_in_full_and_shortened(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    actions = "Action: Ann Example to send figures. Due: Sept 2020\nAction: Ann Example to write (due December 2020).\n"
    file.write_text(f"{HEAD}Present: Ann Example (Council)\n{BODY}{actions}", encoding="utf-8")
    (read,) = read_papers(read_document(file))
    assert [(str(one.due_from), str(one.due_to)) for one in read.actions] == [
        ("2020-09-01", "2020-09-30"),
        ("2020-12-01", "2020-12-31"),
    ]


def test_a_correction_to_minutes_is_no_condition(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    said = "2. Minutes of the last meeting\n2.1 The minutes were agreed subject to the amendment of paragraph 4.\n"
    more = "3. Grant\n3.1 The Board agreed that the grant be paid subject to the amendment of its terms.\n"
    file.write_text(f"{HEAD}Present: Ann Example (Council)\n{BODY}{said}{more}", encoding="utf-8")
    (read,) = read_papers(read_document(file))
    assert [one.condition for one in read.decisions] == [None, "subject to the amendment of its terms"]
