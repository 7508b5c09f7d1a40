"""The real record: what the register finds in the five papers that a careful secretary would have to be told."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.reading import read_paper
from whatworks.board.register import decisions, delegations, forward_plan, members, promises, record, timelines
from whatworks.board.register.ledger import rows
from whatworks.board.register.office import holders
from whatworks.records.documents import read_document
from whatworks.records.store import scratch

pytestmark = pytest.mark.real_data
DAY = dt.date(2015, 4, 1)
LATER = dt.date(2015, 12, 31)


@pytest.fixture(scope="module")
def london() -> Iterator[Any]:
    folder = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "board-papers"
    if not folder.is_dir():
        pytest.skip("the board's papers are not beside the project (set WHATWORKS_SHARED to their folder)")
    with scratch() as made:
        made.change("SET threads = 1")
        for file in sorted(folder.glob("*.txt")):
            document = read_document(file)
            record(made, read_paper(document), document, DAY, "C. Clerk")
        yield made


def body(connection: Any) -> int:
    [row] = rows(connection, "organisation", "name = 'London Crime Reduction Board'")
    return int(row["id"])


def test_both_actions_of_june_2014_are_unresolved_and_the_claim_is_shown(london: Any) -> None:
    found = [one for one in promises(london, DAY) if one.kind == "action" and one.made_on == dt.date(2014, 6, 9)]
    assert [(one.state, one.owners) for one in found] == [("unresolved", ("Met",)), ("unresolved", ("Partners",))]
    assert all("no record of it is held" in one.says for one in found)


def test_seven_actions_one_without_owner_one_without_a_day(london: Any) -> None:
    found = [one for one in promises(london, DAY) if one.kind == "action"]
    assert len(found) == 7
    [mapping] = [one for one in found if not one.owners]
    assert (mapping.lines[0], mapping.state, mapping.due_text) == (463, "waits", "once completed")
    assert {one.state for one in promises(london, LATER) if one.made_on == dt.date(2015, 3, 10) and one.marked} == {
        "overdue"
    }


def test_decisions_are_the_boards_own_and_three_wait_for_a_report(london: Any) -> None:
    own = [one for one in decisions(london) if one.own and one.state != "proposed"]
    assert {year: sum(one.day.year == year for one in own if one.day) for year in (2010, 2012, 2014, 2015)} == {
        2010: 4,
        2012: 6,
        2014: 4,
        2015: 3,
    }
    assert sum(one.condition_state == "open" for one in own) == 3
    elsewhere = [one for one in decisions(london) if not one.own]
    assert {(one.decider, one.lines[0]) for one in elsewhere} == {("DMG", 123), ("DMG", 473)}


def test_the_delegation_of_2008_waits_for_its_decision_and_its_report(london: Any) -> None:
    [one] = delegations(london, DAY)
    assert (one.holder, one.giver, one.lines[0]) == ("Chief Executive", "Authority", 27)
    assert "asked for: no record that it was given is held" in one.open
    assert "the further report that it requires is not in the register" in one.open
    assert one.duty is not None
    assert one.duty.endswith("(lines 172 to 172)")


def test_the_three_items_for_september_2012_are_unresolved(london: Any) -> None:
    found = [one for one in forward_plan(london, DAY) if one.comes_from == "agenda"]
    assert [(one.from_date, one.outcome) for one in found] == [(dt.date(2012, 9, 25), "unresolved")] * 3


def test_priorities_come_and_go_with_who_named_them(london: Any) -> None:
    found = {one.name: one for one in timelines(london)}
    years = {name: [naming.day.year for naming in one.namings] for name, one in found.items()}
    assert years["Gangs"] == years["ASB"] == [2012, 2014]
    assert years["victims"] == [2014]
    assert [naming.standing for naming in found["Gangs"].namings] == ["identified", "agreed"]
    assert found["Gangs"].unsaid == ()
    gone = found["Violence against women"]
    assert gone.left_on == dt.date(2012, 7, 20)
    assert gone.exit_criterion is not None
    assert "established delivery mechanisms" in gone.exit_criterion
    assert gone.oversight is not None
    assert "arms-length" in gone.oversight


def test_people_and_offices_at_a_date(london: Any) -> None:
    proposed = {frozenset(one["reason"].split("'")[1::2]) for one in rows(london, "merge")}
    assert frozenset({"Steven Greenhalgh", "Stephen Greenhalgh"}) in proposed
    assert frozenset({"Steve Bloomfield", "Stephen Bloomfield"}) in proposed
    assert holders(london, "the Mayor", dt.date(2012, 12, 1))[0].person == "Boris Johnson"
    event, seats = members(london, dt.date(2012, 12, 1), body(london))
    assert event is not None
    assert len(seats) == 16
    assert len(rows(london, "organisation", "name = 'Metropolitan Police Service'")) == 1


def test_the_correction_is_kept_against_the_meeting_of_march_2014(london: Any) -> None:
    [one] = rows(london, "correction")
    [event] = rows(london, "event", "id = ?", [one["event_id"]])
    assert (event["from_date"], one["paragraph"], one["change"]) == (dt.date(2014, 3, 24), "16", "removed")
