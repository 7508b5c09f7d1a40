"""A promise to a meeting without a record is unresolved, never done, in whatever order papers are read."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.board.register import Author, forward_plan, history, promises, record, timelines
from whatworks.board.register.event import cancel
from whatworks.board.register.ledger import change, row_of
from whatworks.board.register.promise import add_promise, assign, close, drop, owners_of, reopen, set_due
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY)


def states(connection: Any, on: dt.date = DAY) -> dict[int, str]:
    return {said.id: said.state for said in promises(connection, on)}


def test_promises_to_a_december_that_no_record_shows_are_unresolved(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    assert states(connection) == {1: "unresolved", 2: "unresolved", 3: "no date"}
    [first, *_] = promises(connection, DAY)
    assert "no record of it is held" in first.says


def test_before_december_they_are_due(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    assert states(connection, dt.date(2021, 12, 31)) == {1: "due", 2: "due", 3: "no date"}


def test_a_december_record_makes_them_overdue_for_its_minutes_close_nothing(
    connection: Any, put: Any, made_up: Any
) -> None:
    put(made_up.june())
    put(made_up.minutes(dt.date(2021, 12, 13)))
    assert states(connection) == {1: "overdue", 2: "overdue", 3: "no date"}


def test_a_cancelled_meeting_leaves_them_overdue(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    number = promises(connection, DAY, number=1)[0]
    event = row_of(connection, "action", number.id)["due_event_id"]
    with pytest.raises(Refused, match="what shows that it was not held"):
        cancel(connection, event, WHO)
    cancel(connection, event, Author("C. Clerk", DAY, "the chair's letter"))
    assert states(connection)[1] == "overdue"


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_the_order_of_reading_does_not_matter(store: Any, order: tuple[int, ...], made_up: Any) -> None:
    papers = [made_up.june(), made_up.minutes(dt.date(2021, 12, 13)), made_up.march()]

    def views(papers: list[Any]) -> Any:
        connection = made_up.emptied(store)
        for paper in papers:
            record(connection, paper, made_up.document(paper), DAY, "C. Clerk")
        plan = {(said.text, said.outcome, said.from_date) for said in forward_plan(connection, DAY)}
        standing = {(said.text, said.state, said.says) for said in promises(connection, DAY)}
        meetings = connection.rows("SELECT from_date, to_date, state FROM board_event ORDER BY ALL")
        return plan, standing, meetings, timelines(connection)

    assert views([papers[at] for at in order]) == views(papers)


def test_a_promise_is_closed_with_evidence_only(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    with pytest.raises(Refused, match="without evidence"):
        close(connection, 1, "  ", WHO)
    close(connection, 1, "report of 30 March", WHO)
    with pytest.raises(Refused, match="closed already"):
        close(connection, 1, "again", WHO)
    assert states(connection)[1] == "closed"
    with pytest.raises(Refused, match="without a reason"):
        drop(connection, 2, WHO)


def test_a_view_of_an_earlier_day_does_not_know_what_came_later(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    close(connection, 1, "report of 30 March", WHO)
    set_due(connection, 3, WHO, window=(DAY, DAY))
    assert states(connection, DAY)[1] == "closed"
    assert states(connection, DAY - dt.timedelta(days=1)) == {1: "unresolved", 2: "unresolved", 3: "no date"}
    assert states(connection, dt.date(2021, 6, 6)) == {}


def test_a_promise_can_be_sent_to_a_meeting(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    set_due(connection, 3, WHO, event_id=1)
    said = promises(connection, DAY, number=3)[0]
    assert (said.state, said.due_to) == ("overdue", dt.date(2021, 6, 7))


CHANGES = st.lists(
    st.sampled_from(
        [
            ("close", "report"),
            ("reopen", ""),
            ("drop", ""),
            ("assign", "Ann Testcase"),
            ("assign", "NP; Dev Dummy"),
            ("due", "2022-05-01"),
            ("due", ""),
        ]
    ),
    max_size=6,
)


@given(steps=CHANGES)
@settings(max_examples=15)
def test_taking_the_history_back_gives_what_stood_before(store: Any, steps: list[tuple[str, str]]) -> None:
    number = add_promise(store, "survey the lamps", Author("A", DAY), owners=["NP"])
    before = {**row_of(store, "action", number), "owners": "; ".join(owners_of(store, number))}
    for step, said in steps:
        who = Author("B", DAY, "a reason")
        try:
            if step == "close":
                close(store, number, said, who)
            elif step == "reopen":
                reopen(store, number, who)
            elif step == "drop":
                drop(store, number, who)
            elif step == "assign":
                assign(store, number, said.split(";"), who)
            else:
                day = dt.date.fromisoformat(said) if said else None
                set_due(store, number, who, window=(day, day) if day else None)
        except Refused:
            continue
    now = {**row_of(store, "action", number), "owners": "; ".join(owners_of(store, number))}
    for row in reversed(history(store, "action", number)):
        if row["field"] != "*":
            assert str(now[row["field"]] or "") == (row["after"] or "")
            now[row["field"]] = row["before"]
    assert {name: str(value or "") for name, value in now.items()} == {
        name: str(value or "") for name, value in before.items()
    }


def test_a_change_to_what_stands_is_no_change(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    assert change(connection, "action", 1, {"state": "open"}, WHO) == []
    assert history(connection, "action", 1) == []


def test_a_day_is_met_on_the_day_itself_and_missed_the_day_after(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    day = dt.date(2022, 5, 1)
    set_due(connection, 3, WHO, window=(day, day))
    assert [states(connection, day + dt.timedelta(days=later))[3] for later in (0, 1)] == ["due", "overdue"]
    set_due(connection, 3, WHO, text="once the report is published")
    assert states(connection, dt.date(2030, 1, 1))[3] == "waits"
