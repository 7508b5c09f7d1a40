"""A paper that is read twice, corrected, read in part or withdrawn leaves its trace, and nothing else changes."""

import datetime as dt
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.parsed import NextMeeting, Promise, Recommendation
from whatworks.board.register import Author, entities, forward_plan, promises, record, stored_documents
from whatworks.board.register.ledger import history, rows
from whatworks.board.register.promise import close
from whatworks.board.register.proposal import accept, proposals
from whatworks.board.register.withdrawal import withdraw
from whatworks.records.documents import Document, Line
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY, "read by mistake")
UNLIKE = "quite another afternoon about licensing premises noise complaints"


def unlike(document: Document, text: str = UNLIKE) -> Document:
    """Return a document of other words and another hash."""
    words = tuple(Line(at, f"{word} {word}ing") for at, word in enumerate(text.split(), 1))
    return replace(document, lines=words, sha256=document.sha256[::-1], name="other.txt")


def headed(document: Document, head: str) -> Document:
    """Return the document with another first line, and so another hash."""
    first = replace(document.lines[0], text=head)
    return replace(document, lines=(first, *document.lines[1:]), sha256=sha256(head.encode()).hexdigest(), name=head)


def states(connection: Any) -> dict[str, str]:
    return {each.name: each.state for each in stored_documents(connection, replaced=True)}


def held_of(connection: Any, day: dt.date) -> str:
    [row] = rows(connection, "event", "from_date = ? AND to_date = ?", [day, day])
    return str(row["state"])


# --- corrected --------------------------------------------------------------------------------------------------------
def test_a_corrected_version_takes_the_place_and_says_what_changed(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(june)
    moved = NextMeeting(dt.date(2021, 9, 20), None, None)
    lamp = replace(june.actions[0], text="survey all the lamps")
    done = put(made_up.replace(june, people=june.people[:2], actions=(lamp, june.actions[2]), next=moved), version="2")
    assert done.replaced == "minutes-2021-06-07-v1.txt"
    assert set(done.changes) == {
        "action 1: text survey the lamps -> survey all the lamps",
        "withdrawn action 2: review budgets",
        "next meeting: 2021-09-13 -> 2021-09-20",
        "apologies: Ola Placeholder was taken out",
    }
    assert states(connection) == {"minutes-2021-06-07-v1.txt": "replaced", "minutes-2021-06-07-v2.txt": "stands"}


def test_an_unlike_paper_of_the_same_day_is_refused_and_leaves_nothing(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    put(june)
    names = len(rows(connection, "name"))
    other = unlike(made_up.document(june))
    with pytest.raises(Refused, match=r"are held, from .*v1.*unlike.*--replace"):
        record(connection, june, other, DAY, "C")
    assert len(rows(connection, "name")) == names
    assert len(list(stored_documents(connection))) == 1
    assert record(connection, june, other, DAY, "C", replace=True).replaced == "minutes-2021-06-07-v1.txt"


def test_two_reports_to_one_meeting_both_stand(connection: Any, made_up: Any) -> None:
    day = dt.date(2021, 6, 7)
    asked = (Recommendation("1", "Agree the plan", (3, 3)),)
    first = made_up.minutes(day, kind="report", recommendations=asked)
    record(connection, first, made_up.document(first), DAY, "C")
    second = made_up.replace(first, recommendations=(Recommendation("1", "Note the licence", (3, 3)),))
    done = record(connection, second, unlike(made_up.document(first)), DAY, "C")
    assert (done.replaced, set(states(connection).values())) == (None, {"stands"})
    assert len(rows(connection, "motion")) == 2


# --- in part ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "held"),
    [
        ("Draft minutes of the board", False),
        ("DRAFT", False),
        ("Northmoor Safety Board – draft", False),
        ("Minutes (draft)", False),
        ("Extract from the minutes of the board", False),
        ("MINUTES EXTRACT", False),
        ("Agenda", True),  # minutes that hold decisions are more than an agenda
        ("Minutes of the board", True),
        ("Draft strategy for street lighting", True),
    ],
)
def test_a_part_never_counts_as_minutes_held(connection: Any, made_up: Any, head: str, held: bool) -> None:
    june = made_up.june()
    record(connection, june, headed(made_up.document(june), head), DAY, "C")
    assert held_of(connection, dt.date(2021, 6, 7)) == ("recorded" if held else "referred_to")
    [stored] = stored_documents(connection)
    assert bool(stored.parsed.partial) is not held


def test_pages_that_could_not_be_read_are_said_and_the_minutes_are_held(connection: Any, made_up: Any) -> None:
    june = made_up.june()
    document = replace(made_up.document(june), partial="No text on page 9 of 9.")
    record(connection, june, document, DAY, "C")
    [stored] = stored_documents(connection)
    assert (held_of(connection, dt.date(2021, 6, 7)), stored.partial) == ("recorded", False)
    assert stored.parsed.partial == "No text on page 9 of 9."


def test_an_agenda_is_no_record(connection: Any, made_up: Any) -> None:
    bare = made_up.minutes(dt.date(2021, 6, 7))
    record(connection, bare, headed(made_up.document(bare), "AGENDA"), DAY, "C")
    assert held_of(connection, dt.date(2021, 6, 7)) == "referred_to"


def test_the_whole_takes_the_place_of_the_draft_and_not_the_other_way(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    draft = headed(made_up.document(june), "Draft minutes")
    record(connection, june, draft, DAY, "C")
    assert put(june).replaced == "Draft minutes"
    assert held_of(connection, dt.date(2021, 6, 7)) == "recorded"
    later = headed(made_up.document(june), "Draft minutes, second")
    done = record(connection, june, later, DAY, "C")
    assert (done.new, len(rows(connection, "action", "state = 'open'"))) == (False, 3)
    assert "whole minutes are held, from minutes-2021-06-07-v1.txt" in str(done.left)


# --- withdrawn --------------------------------------------------------------------------------------------------------
def test_a_withdrawn_paper_takes_what_came_from_it_and_keeps_its_trace(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    said = withdraw(connection, Path("minutes-2021-06-07-v1.txt"), WHO).says
    assert "withdrawn action 1: survey the lamps" in said
    assert {each.state for each in promises(connection, DAY)} == {"withdrawn"}
    assert rows(connection, "attendance") == rows(connection, "planned") == rows(connection, "name") == []
    assert forward_plan(connection, DAY) == entities(connection, "person") == []
    assert [(row["from_date"], row["state"]) for row in rows(connection, "event")] == [
        (dt.date(2021, 6, 7), "referred_to")
    ]
    [paper] = stored_documents(connection, replaced=True)
    assert (paper.state, list(stored_documents(connection))) == ("withdrawn", [])
    [_, taken] = history(connection, "document", int(paper.id, 16))
    assert (taken["field"], taken["changed_by"], taken["changed_on"], taken["why"]) == (
        "withdrawn_on",
        "C. Clerk",
        DAY,
        "read by mistake",
    )


def test_it_is_not_read_again_by_accident_and_can_be_put_back(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    before = [(row["id"], row["text"], row["state"], row["due_to"]) for row in rows(connection, "action")]
    withdraw(connection, Path("minutes-2021-06-07-v1.txt"), WHO)
    assert put(made_up.june()).left == "withdrawn before; --replace puts it back"
    assert put(made_up.june(), replace=True).new
    assert [(row["id"], row["text"], row["state"], row["due_to"]) for row in rows(connection, "action")] == before
    assert held_of(connection, dt.date(2021, 6, 7)) == "recorded"
    assert len(rows(connection, "planned")) == 1


def test_of_two_papers_only_the_withdrawn_one_s_rows_go(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    alone = {table: rows(connection, table) for table in ("action", "motion", "attendance", "item", "planned", "event")}
    put(made_up.march())
    withdraw(connection, Path("minutes-2022-03-08-v1.txt"), WHO)
    for table, before in alone.items():
        now = rows(connection, table)
        kept = [row for row in now if row["id"] in {each["id"] for each in before}]
        if table == "event":  # a later paper may have referred to what was only announced
            before, kept = ([(row["id"], row["from_date"]) for row in held] for held in (before, kept))
        assert kept == before, table


@pytest.mark.parametrize(
    ("file", "problem"), [("none.txt", "is not a paper"), ("minutes-2021-06-07-v1.txt", "replaced")]
)
def test_what_is_not_held_or_was_replaced_cannot_be_withdrawn(
    connection: Any, put: Any, made_up: Any, file: str, problem: str
) -> None:
    put(made_up.june())
    put(made_up.june(), version="2")
    with pytest.raises(Refused, match=problem):
        withdraw(connection, Path(file), WHO)


# --- what papers say became of promises -------------------------------------------------------------------------------
def status(state: str, line: int, **said: Any) -> Any:
    from whatworks.board.parsed import PromiseStatus

    values = {"promise": None, "number": None, "owners": (), "due_text": None, "due_from": None, "due_to": None}
    return PromiseStatus(state=state, text=said.pop("text", state), lines=(line, line), **{**values, **said})  # type: ignore[arg-type]


@pytest.fixture
def numbered(put: Any, made_up: Any) -> Any:
    """June, with its three actions numbered."""
    june = made_up.june()
    actions = tuple(replace(each, number=str(at)) for at, each in enumerate(june.actions, 1))
    put(made_up.replace(june, actions=actions))
    return actions


def test_a_status_closes_nothing_until_it_is_accepted(connection: Any, put: Any, made_up: Any, numbered: Any) -> None:
    march = made_up.march()
    said = (
        status("closed", 12, number="3", text="Action 3 complete"),
        status("carried", 13, promise="review budgets", due_to=dt.date(2022, 6, 30), text="carried forward"),
        status("dropped", 14, promise="Survey of the lamps", number="1", text="no longer needed"),
        status("closed", 15, number="9", text="Action 9: done"),
    )
    done = put(made_up.replace(march, statuses=said))
    assert [each.reference for each in proposals(connection)][:3] == ["P1", "P2", "P3"]
    assert {row["state"] for row in rows(connection, "action")} == {"open"}
    assert done.unmatched == ("line 15: 9: Action 9: done (no promise before it has this number)",)
    accept(connection, ["P1", "P2", "P3"], WHO)
    now = {row["id"]: row for row in rows(connection, "action")}
    assert [now[at]["state"] for at in (1, 2, 3)] == ["dropped", "open", "closed"]
    assert now[3]["evidence"] == "minutes-2022-03-08-v1.txt, line 12: Action 3 complete"
    assert now[2]["due_to"] == dt.date(2022, 6, 30)
    assert put(made_up.replace(march, statuses=said), version="2").counts.get("proposal", 0) == 0


def test_a_status_of_words_that_two_promises_have_means_neither(connection: Any, put: Any, made_up: Any) -> None:
    june = made_up.june()
    twins = tuple(Promise("review the budget", (), None, None, None, True, (at, at)) for at in (18, 20))
    put(made_up.replace(june, actions=twins))
    done = put(made_up.replace(made_up.march(), statuses=(status("closed", 12, promise="review the budget"),)))
    assert "several promises have these words" in done.unmatched[0]
    assert [each for each in proposals(connection) if each.kind != "merge"] == []


def test_of_one_number_at_two_meetings_the_later_is_meant(
    connection: Any, put: Any, made_up: Any, numbered: Any
) -> None:
    september = made_up.minutes(dt.date(2021, 9, 13), actions=(made_up.promise("count the benches", 10, number="3"),))
    put(september)
    put(made_up.replace(made_up.march(), statuses=(status("closed", 12, number="Action 3."),)))
    [proposal] = [each for each in proposals(connection) if each.kind == "close"]
    assert "count the benches" in proposal.says


def test_a_log_that_names_an_open_promise_again_makes_no_new_one(
    connection: Any, put: Any, made_up: Any, numbered: Any
) -> None:
    day = dt.date(2022, 6, 30)
    again = made_up.promise("Survey the lamps.", 14, due_text="30 June", due_from=day, due_to=day, due_kind="date")
    new = made_up.promise("paint the benches", 15)
    done = put(made_up.replace(made_up.march(), actions=(again, new)))
    assert done.restated == ("action 1, line 14: Survey the lamps.",)
    assert [row["text"] for row in rows(connection, "action")][3:] == ["paint the benches"]
    [proposal] = [each for each in proposals(connection) if each.kind == "carry"]
    accept(connection, [proposal.reference], WHO)
    assert promises(connection, DAY, number=1)[0].due_to == day
    assert put(made_up.replace(made_up.march(), actions=(again, new)), version="2").counts.get("proposal", 0) == 0


def test_a_paper_that_names_no_body_speaks_of_no_other_board_s_promises(
    connection: Any, put: Any, made_up: Any, numbered: Any
) -> None:
    again = made_up.promise("survey the lamps", 14)
    done = put(
        made_up.replace(made_up.march(), body=None, actions=(again,), statuses=(status("closed", 12, number="3"),))
    )
    assert (done.restated, len(done.unmatched)) == ((), 1)
    assert [each for each in proposals(connection) if each.kind != "merge"] == []


def test_a_number_that_the_latest_meeting_closed_means_no_older_promise(
    connection: Any, put: Any, made_up: Any, numbered: Any
) -> None:
    put(made_up.minutes(dt.date(2021, 9, 13), actions=(made_up.promise("count the benches", 10, number="3"),)))
    close(connection, 4, "counted", WHO)
    put(made_up.replace(made_up.march(), statuses=(status("closed", 12, number="3"),)))
    assert [each for each in proposals(connection) if each.kind != "merge"] == []


def test_a_promise_that_is_closed_already_is_not_proposed_again(
    connection: Any, put: Any, made_up: Any, numbered: Any
) -> None:
    close(connection, 3, "letter", WHO)
    put(made_up.replace(made_up.march(), statuses=(status("closed", 12, number="3"),)))
    assert [each for each in proposals(connection) if each.kind != "merge"] == []


def test_a_withdrawn_paper_takes_its_proposals_back(connection: Any, put: Any, made_up: Any, numbered: Any) -> None:
    put(
        made_up.replace(made_up.march(), statuses=(status("closed", 12, number="3"), status("carried", 13, number="2")))
    )
    accept(connection, ["P1"], WHO)
    said = withdraw(connection, Path("minutes-2022-03-08-v1.txt"), WHO).says
    assert "action 3 was changed on its word" in said
    assert [each for each in proposals(connection) if each.kind != "merge"] == []
