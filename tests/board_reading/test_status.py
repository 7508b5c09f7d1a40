"""What a paper says became of earlier promises is a status with its line, and never a new promise."""

import datetime as dt
from collections.abc import Callable

import pytest

from whatworks.board.parsed import ParsedPaper

Read = Callable[[str], ParsedPaper]
HEAD = "Example Safety Board\nMinutes of the meeting held on 3 June 2024\nPresent: Ada Grant (Chair), Tom Bell\n"
LOG = f"""{HEAD}1. Action log
Ref | Action | Owner | Due | Status
1 | Write to the college | Tom Bell | 1 May 2024 | Complete
2 | Draft the housing plan | Ada Grant | 1 July 2024 | In progress
3 | Map the services | Ada Grant | 3 June 2024 | Carried forward to September 2024
4 | Hire a hall | Tom Bell | 3 June 2024 | No longer required
"""


def test_rows_of_a_log_close_carry_or_stay(read: Read) -> None:
    parsed = read(LOG)
    held = [(one.number, one.state, one.promise, one.owners, one.due_to, one.lines) for one in parsed.statuses]
    assert held == [
        ("1", "closed", "Write to the college", ("Tom Bell",), dt.date(2024, 5, 1), (6, 6)),
        ("3", "carried", "Map the services", ("Ada Grant",), dt.date(2024, 9, 30), (8, 8)),
        ("4", "dropped", "Hire a hall", ("Tom Bell",), dt.date(2024, 6, 3), (9, 9)),
    ]
    assert [(one.number, one.text) for one in parsed.actions] == [("2", "Draft the housing plan")]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Action 3 complete.", [("closed", "3", None)]),
        ("ACTION 3: Discharged", [("closed", "3", None)]),
        ("Actions 4 and 5.2 were discharged.", [("closed", "4", None), ("closed", "5.2", None)]),
        ("Action 7 is not yet complete.", [("carried", "7", None)]),
        ("The action on hostel places was carried forward.", [("carried", None, "action on hostel places")]),
        ("Publish the survey – complete", [("closed", None, "Publish the survey")]),
        ("The action plan was delivered by the police.", []),
        ("The work was complete by May.", []),
    ],
)
def test_a_status_in_prose_is_no_action(line: str, wanted: list[tuple[str, str, str]], read: Read) -> None:
    parsed = read(f"{HEAD}1. Minutes and matters arising\n{line}\n2. Data\nTom Bell gave the figures for May.\n")
    assert [(one.state, one.number, one.promise) for one in parsed.statuses] == wanted
    assert parsed.actions == ()


def test_an_action_that_begins_with_complete_is_an_action(read: Read) -> None:
    parsed = read(f"{HEAD}1. Data\nAction 9: complete the review by 3 July 2024\n")
    assert (len(parsed.actions), parsed.statuses) == (1, ())
