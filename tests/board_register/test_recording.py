"""A paper is put in once; a corrected version finds its rows again and leaves what people kept as it is."""

import datetime as dt
from typing import Any

import pytest

from whatworks.board.register import Author, history, promises, stored_documents
from whatworks.board.register.ledger import rows
from whatworks.board.register.promise import assign, close
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY)


def state(connection: Any, number: int) -> str:
    return promises(connection, DAY, number=number)[0].state


def test_the_same_file_twice_changes_nothing(connection: Any, put: Any, made_up: Any) -> None:
    first = put(made_up.june())
    before = {table: rows(connection, table) for table in ("action", "motion", "attendance", "name", "event")}
    second = put(made_up.june())
    assert (first.new, second.new) == (True, False)
    assert before == {table: rows(connection, table) for table in before}


def test_many_promises_keep_their_order_and_owners(connection: Any, put: Any, made_up: Any) -> None:
    """450 promises are put in by several statements; the tenth line of the paper is the first."""
    many = tuple(made_up.promise(f"write letter {n}", 10 + n, owners=(f"Officer {n}",)) for n in range(450))
    put(made_up.replace(made_up.june(), actions=many, deliverables=(), commitments=()))
    actions, owners = rows(connection, "action"), rows(connection, "action_owner")
    assert [(row["id"], row["text"], row["source_line"]) for row in actions] == [
        (n + 1, f"write letter {n}", 10 + n) for n in range(450)
    ]
    assert [(row["action_id"], row["printed"]) for row in owners] == [(n + 1, f"Officer {n}") for n in range(450)]


def test_minutes_without_a_date_are_refused(put: Any, made_up: Any) -> None:
    with pytest.raises(Refused, match="has no date"):
        put(made_up.replace(made_up.june(), date=None))


def test_a_correction_keeps_numbers_words_and_withdraws_what_is_gone(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(june)
    reworded = made_up.replace(june.actions[1], text="review the budgets")
    put(made_up.replace(june, actions=(june.actions[0], reworded)), version="2", replace=True)
    held = {row["id"]: row for row in rows(connection, "action")}
    assert {number: row["state"] for number, row in held.items()} == {1: "open", 2: "open", 3: "withdrawn"}
    assert held[2]["text"] == "review the budgets"
    [said] = [row for row in history(connection, "action", 2) if row["field"] == "text"]
    assert (said["before"], said["through"]) == ("review budgets", "reading")
    assert "corrected version" in said["why"]


def test_a_correction_leaves_what_people_did(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(june)
    close(connection, 1, "report of 30 March", WHO)
    assign(connection, 3, ["Northmoor Council"], WHO)
    put(june, version="2", replace=True)
    found = promises(connection, DAY)
    assert {one.id: one.state for one in found} == {1: "closed", 2: "unresolved", 3: "no date"}
    assert {one.id: one.owners for one in found}[3] == ("Northmoor Council",)
    assert {one.id: one.evidence for one in found}[1] == "report of 30 March"


def test_a_date_that_somebody_set_stands_against_a_corrected_one(connection: Any, put: Any, made_up: Any) -> None:
    from whatworks.board.register.promise import set_due

    june = made_up.june()
    put(june)
    set_due(connection, 3, WHO, window=(dt.date(2022, 5, 1), dt.date(2022, 5, 1)))
    moved = made_up.replace(june.actions[2], due_from=dt.date(2022, 6, 1), due_to=dt.date(2022, 6, 1), due_kind="date")
    done = put(made_up.replace(june, actions=(*june.actions[:2], moved)), version="2", replace=True)
    assert promises(connection, DAY, number=3)[0].due_to == dt.date(2022, 5, 1)
    assert ("action", 3, "due_to") in {(kept.table, kept.id, kept.field) for kept in done.manual_values}


def test_attendance_is_drawn_afresh(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(june)
    put(made_up.replace(june, people=june.people[:1]), version="2", replace=True)
    assert len(rows(connection, "attendance")) == 1
    assert [one.name for one in stored_documents(connection)] == ["minutes-2021-06-07-v2.txt"]
    assert len(list(stored_documents(connection, replaced=True))) == 2


def test_the_text_can_be_quoted_by_line(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    [held] = stored_documents(connection)
    assert held.quote((18, 18)) == "line 18 of 2021-06-07, version 1"
    assert held.parsed == made_up.june()


def test_a_correction_to_earlier_minutes_is_kept_against_that_meeting(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    [correction] = rows(connection, "correction")
    [corrected] = rows(connection, "event", "id = ?", [correction["event_id"]])
    assert (corrected["from_date"], corrected["state"]) == (dt.date(2021, 3, 22), "referred_to")
    assert (correction["paragraph"], correction["change"]) == ("16", "removed")
