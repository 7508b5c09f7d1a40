"""What a line is follows from its place: in a numbering, a list of people, a list under a label, a column."""

import datetime as dt
from collections.abc import Callable

import pytest

from whatworks.board.parsed import ParsedPaper

Read = Callable[[str], ParsedPaper]
HEAD = "Wrenford Safer Communities Board\nMinutes of the meeting held on 4 March 2021 at 10am\n\n"


def decided(parsed: ParsedPaper) -> list[str]:
    """Return the texts of the decisions without their last stop."""
    return [one.text.rstrip(".") for one in parsed.decisions]


@pytest.mark.parametrize(
    ("numbers", "between"),
    [
        (("I", "II", "III"), ""),
        (("I.", "II.", "III."), ""),
        (("1 –", "2 –", "3 –"), ""),
        (("31.1", "31.2", "31.3"), ""),
        (("4.0", "5.0", "6.0"), "5.1 The rural team had four officers.\n5.2 They drove 900 miles.\n"),
    ],
)
def test_whichever_numbers_count_on_are_those_of_the_items(read: Read, numbers: tuple[str, ...], between: str) -> None:
    first, second, third = numbers
    parsed = read(
        f"{HEAD}Present: Ann Bell and Tom Field\n\n{first} WELCOME\nAll were welcomed.\n{second} RURAL CRIME\n"
        f"{between}It rose a little in the spring.\n{third} CLOSE\nThe meeting closed at 11.30am.\n"
    )
    assert [one.title for one in parsed.items] == ["WELCOME", "RURAL CRIME", "CLOSE"]


def test_half_a_date_is_no_item(read: Read) -> None:
    parsed = read("SAFER BOARD\nMINUTES\n4 AUGUST 2018\nPresent: Ann Bell\n1. WELCOME\nDone.\n2. CLOSE\nDone.\n")
    assert parsed.date == dt.date(2018, 8, 4)
    assert [one.title for one in parsed.items] == ["WELCOME", "CLOSE"]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Resolved:\n(a) the grant be renewed;\n(b) the post be advertised.\nThe talk turned to buses.\n",
         ["the grant be renewed", "the post be advertised"]),
        ("It was agreed:\n- that lamps be changed;\n- that the wardens be kept.\n- The wardens did well.\n",
         ["that lamps be changed", "that the wardens be kept"]),
        ("Resolved (by six votes to two):\n1. That a survey be run.\n2. That the levy be kept.\n3.1 Thanks followed.\n",
         ["That a survey be run", "That the levy be kept"]),
        ("Agreed that a tender panel meet the bidders.\nAgreed that the mood was good.\n",
         ["Agreed that a tender panel meet the bidders"]),
    ],
)  # fmt: skip
def test_a_list_of_decisions_ends_where_it_ends(read: Read, words: str, right: list[str]) -> None:
    parsed = read(f"{HEAD}Present: Ann Bell and Tom Field\n\n1. Reports\n{words}\n2. Close\nDone.\n")
    assert decided(parsed) == right


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("For action: Ann Bell to write by 1 April 2021.", ("Ann Bell",)),
        ("STAFF DIRECTION: Tom Field to write by 1 April 2021.", ("Tom Field",)),
        ("Follow-up: Write to the courts by 1 April 2021. (Action: Mrs Bell)", ("Mrs Bell",)),
        ("Write to the courts by 1 April 2021. (Action: Youth Offending Team)", ("Youth Offending Team",)),
        ("Write to the courts by 1 April 2021. (Action: owner to be confirmed)", ()),
        ("AGREED ACTION: Tender for a survey company by 1 April 2021.", ()),
    ],
)
def test_a_short_label_marks_an_action_and_its_bracket_an_owner(read: Read, line: str, right: tuple[str, ...]) -> None:
    parsed = read(f"{HEAD}Present: Ann Bell and Tom Field\n\n1. Reports\nIt rose.\n\n{line}\n\n2. Close\nDone.\n")
    assert [(one.owners, one.due_to) for one in parsed.actions] == [(right, dt.date(2021, 4, 1))]
    assert not parsed.decisions


@pytest.mark.parametrize("line", ["Enforcement action: 12 premises closed.", "Action taken: the grant was paid."])
def test_what_was_done_is_no_action(read: Read, line: str) -> None:
    assert not read(f"{HEAD}Present: Ann Bell\n\n1. Reports\n{line}\n2. Close\nDone.\n").actions


def test_a_decision_ends_a_list_of_actions(read: Read) -> None:
    parsed = read(
        f"{HEAD}Present: Ann Bell and Tom Field\n\n1. Reports\nACTION POINTS\n• Tom Field will write.\n"
        "• AGREED: That the plan be adopted.\n2. Close\nDone.\n"
    )
    assert ([one.text for one in parsed.actions], len(parsed.decisions)) == (["Tom Field will write."], 1)


def test_people_are_known_by_their_place(read: Read) -> None:
    parsed = read(
        f"{HEAD}Chair: Grace North\nMembers: Ann Bell, Iwo Zawisza Krol, Joy dos Reis and Tom Field\n"
        "Regrets: Ola Hart\nAdministration: Sam Hale, Opposition Spokesperson\n\n1. Close\nDone.\n"
    )
    assert [one.name for one in parsed.people if one.present] == [
        "Grace North", "Ann Bell", "Iwo Zawisza Krol", "Joy dos Reis", "Tom Field", "Sam Hale",
    ]  # fmt: skip
    assert [one.name for one in parsed.people if not one.present] == ["Ola Hart"]


def test_a_place_among_names_makes_no_name_of_a_body_or_a_region(read: Read) -> None:
    parsed = read(
        f"{HEAD}Present: Ann Bell, Tom Field, Sam Hale, North West, Trinity Church and Zofia North\n\n1. Close\n"
    )
    assert [one.name for one in parsed.people] == ["Ann Bell", "Tom Field", "Sam Hale", "Zofia North"]


def test_initials_part_people_whom_nothing_parts(read: Read) -> None:
    parsed = read(
        f"{HEAD}Attendees:\tOla Hart (OH) - Crown Prosecution Service (CPS) Dr Tom Reed (TR) - NHS Ann Bell (AB)\n"
        "1. Close\nDone.\n"
    )
    assert [one.name for one in parsed.people] == ["Ola Hart", "Tom Reed", "Ann Bell"]


def test_bodies_are_no_people_and_what_is_not_known_is_listed(read: Read) -> None:
    parsed = read(
        f"{HEAD}Apologies:\nDev Rao, Churches Together\nTrinity Church\nVictoria Law Centre\n\n1. Close\nDone.\n"
    )
    assert [one.name for one in parsed.people] == ["Dev Rao"]


@pytest.mark.parametrize(
    "head",
    [
        "Name of meeting: Tarn Valley Safety Partnership\nDate: 3 May 2021\n",
        "At a Meeting of the Tarn Valley Safety Partnership held at the Town Hall on the 3rd day of May, 2021\n",
    ],
)
def test_the_head_names_the_body(read: Read, head: str) -> None:
    parsed = read(f"{head}\nPresent: Ann Bell\n\n1. Close\nDone.\n")
    assert (parsed.body, parsed.date) == ("Tarn Valley Safety Partnership", dt.date(2021, 5, 3))


def test_an_action_for_the_next_meeting_does_not_say_when_that_is(read: Read) -> None:
    parsed = read(
        f"{HEAD}Present: Ann Bell\n\n1. Reports\nAction: Ann Bell to bring costs to the next meeting.\n"
        "The grant ends on 9 May 2021.\n2. Close\nDone.\n"
    )
    assert parsed.next is None
