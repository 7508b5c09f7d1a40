"""Boards number, head and mark in ways of their own: what repeats, and who is listed, says what a line is."""

import datetime as dt
from collections.abc import Callable

import pytest

from whatworks.board.parsed import ParsedPaper

Read = Callable[[str], ParsedPaper]
HEAD = """\
Larkham Safety Board
Minutes of the meeting held on Monday 3 June 2024

{}:
Ada Grant (AG), Larkham Council (Chair)
Tom Bell (TB), Wexshire Police
Mei Ward (MW), Courts and Tribunals Service

{}:
Carl Moss, Wexshire Fire Service

"""
BODY = """\
{0} Apologies
Noted as above.

{1} Minutes of the last meeting
The minutes of 4 March 2024 were agreed.

{2} Knife crime
{3}

{4} Any other business
None.
"""


@pytest.mark.parametrize(("here", "away"), [("Who was there", "Unable to attend"), ("Taking part", "Leave of absence"),
    ("Professional members attending", "Regrets"), ("On the call", "Non-attendance")])  # fmt: skip
def test_headings_of_attendance_are_known_by_their_words(here: str, away: str, read: Read) -> None:
    parsed = read(HEAD.format(here, away) + BODY.format("1.", "2.", "3.", "It was discussed.", "4."))
    assert [(one.name, one.present) for one in parsed.people] == [
        ("Ada Grant", True), ("Tom Bell", True), ("Mei Ward", True), ("Carl Moss", False),
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["Minute {}", "§{}", "[{}]", "Topic {}:", "No. {} –", "M{}."])
def test_items_are_the_headings_that_count_on(way: str, read: Read) -> None:
    numbers = [way.format(number) for number in (21, 22, 23, 24)]
    parsed = read(HEAD.format("Present", "Apologies") + BODY.format(*numbers[:3], "It was discussed.", numbers[3]))
    assert [one.title for one in parsed.items] == [
        "Apologies", "Minutes of the last meeting", "Knife crime", "Any other business",
    ]  # fmt: skip


def test_what_counts_on_without_known_titles_is_no_item(read: Read) -> None:
    text = "1. Apologies\nNone.\n2. Targets\nTarget 1 Fewer thefts\nTarget 2 Fewer burglaries\nTarget 3 Fewer frauds\n"
    parsed = read(HEAD.format("Present", "Regrets") + text)
    assert [one.number for one in parsed.items] == ["1", "2"]


JUNE = dt.date(2024, 6, 28)


@pytest.mark.parametrize(("text", "owners", "due"), [
    ("Action: Write to landlords\nOwner: TB\nDeadline: 28 June 2024", ("Tom Bell",), JUNE),
    ("Action: Write to landlords. Lead: Tom Bell. Due: 28/06/2024.", ("Tom Bell",), JUNE),
    ("→ TB to write to landlords by 28 June 2024.", ("Tom Bell",), JUNE),
    ("- Write to landlords (Tom Bell, 28 June)", ("Tom Bell",), JUNE),
    ("Task – Write to landlords – AG, TB – 28 June 2024", ("Ada Grant", "Tom Bell"), JUNE),
    ("Action: TB to write to landlords in the week commencing 24 June.", ("Tom Bell",), JUNE),
    ("Action: Courts and Tribunals Service to write to landlords.", ("Courts and Tribunals Service",), None),
    ("The Board:-\n(i) instructed Tom Bell to write to landlords by 28 June 2024.", ("Tom Bell",), JUNE),
    ("DECIDED:\n(a) That Tom Bell write to landlords by 28 June 2024.", ("Tom Bell",), JUNE),
    ("| Action | Write to landlords | TB | 28 June 2024 |", ("Tom Bell",), JUNE),
    ("What | By whom | Target date\nWrite to landlords | Tom Bell | 28 June 2024", ("Tom Bell",), JUNE),
])  # fmt: skip
def test_an_action_is_known_by_its_owner_and_place(text: str, owners: tuple[str, ...], due: dt.date | None,
                                                   read: Read) -> None:  # fmt: skip
    parsed = read(HEAD.format("Present", "Apologies") + BODY.format("1.", "2.", "3.", text, "4."))
    assert [(one.owners, one.due_to) for one in parsed.actions] == [(owners, due)]


@pytest.mark.parametrize("text", [
    "Tom Bell undertook to send the slides to members.", "Members queried who was to pay.",
    "A letter to landlords was to follow.", "Thefts fell from 12 to 9.",
])  # fmt: skip
def test_what_nobody_is_asked_is_no_action(text: str, read: Read) -> None:
    parsed = read(HEAD.format("Present", "Apologies") + BODY.format("1.", "2.", "3.", text, "4."))
    assert parsed.actions == ()


def test_a_list_under_the_board_is_what_it_decided(read: Read) -> None:
    text = "The Board:-\n(i) agreed that patrols be doubled;\n(ii) noted the report."
    parsed = read(HEAD.format("Present", "Apologies") + BODY.format("1.", "2.", "3.", text, "4."))
    assert [one.text for one in parsed.decisions] == [
        "The minutes of 4 March 2024 were agreed.", "agreed that patrols be doubled",
    ]  # fmt: skip
