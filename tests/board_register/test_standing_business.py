"""Forward plan, agenda, membership, priorities, sign-off and blockages, each by the test of a sceptical member."""

import datetime as dt
from typing import Any

import pytest

from whatworks.board.parsed import MinuteItem, MinuteParagraph, NamedPriority, Subheading
from whatworks.board.register import Author, draft_agenda, forward_plan, members, timelines, turnout
from whatworks.board.register.blockage import add_blockage, blockages, end_blockage
from whatworks.board.register.forward_plan import take
from whatworks.board.register.ledger import rows
from whatworks.board.register.membership import add_membership, end_membership
from whatworks.board.register.priority import end_priority
from whatworks.board.register.strategy import consulted, sign_off
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY)
SEPTEMBER = dt.date(2021, 9, 13)


def outcomes(connection: Any, on: dt.date = DAY) -> dict[str, str]:
    return {one.text: one.outcome for one in forward_plan(connection, on)}


def test_business_is_taken_where_the_record_has_an_item_like_it(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    assert outcomes(connection, dt.date(2021, 7, 1))["Youth diversion scheme"] == "ahead"
    assert outcomes(connection)["Youth diversion scheme"] == "unresolved"
    put(made_up.minutes(SEPTEMBER, items=(MinuteItem("2", "YOUTH DIVERSION", (9, 9)),)))
    assert outcomes(connection)["Youth diversion scheme"] == "taken"


def test_business_that_a_later_meeting_took_has_slipped(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.minutes(SEPTEMBER, items=(MinuteItem("2", "Lighting", (9, 9)),)))
    assert outcomes(connection)["Youth diversion scheme"] == "not taken"
    put(made_up.march())
    assert outcomes(connection)["Youth diversion scheme"] == "slipped"


def test_taking_by_hand_needs_an_item_or_a_reason(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    with pytest.raises(Refused, match="say what shows it"):
        take(connection, 1, WHO)
    take(connection, 1, Author("C. Clerk", DAY, "the chair's note"))
    assert outcomes(connection)["Youth diversion scheme"] == "taken"


def test_the_agenda_holds_what_is_open_and_nothing_else(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    draft = draft_agenda(connection, dt.date(2021, 9, 1), 1)
    assert (draft.day, draft.start_time, draft.place) == (SEPTEMBER, "10:00", "Town Hall")
    assert [item.title for item in draft.items] == [
        "Welcome, introductions and apologies",
        "Minutes of the last meeting",
        "Actions and promises",
        "Youth diversion scheme",
        "Decisions that wait",
        "Any other business",
        "Date of the next meeting",
    ]
    assert len(draft.items[2].points) == 2
    late = draft_agenda(connection, DAY, 1)
    assert late.day is None
    assert "whether a meeting between 2021-12-01 and 2021-12-31 was held" in late.items[1].points[0].text


def test_attendance_by_organisation(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    days, found = turnout(connection, 1)
    assert days == [dt.date(2021, 6, 7), dt.date(2022, 3, 8)]
    assert found["Northmoor Police"] == {days[0]: (1, 0), days[1]: (1, 0)}
    assert found["Health"] == {days[1]: (2, 0)}
    assert found["organisation not printed"][days[0]] == (1, 1)


def test_members_on_a_day_come_from_the_latest_list_and_from_appointments(
    connection: Any, put: Any, made_up: Any
) -> None:
    put(made_up.june())
    put(made_up.march())
    number = add_membership(connection, WHO, person=3, begins=dt.date(2021, 1, 1))
    event, seats = members(connection, dt.date(2021, 12, 1), 1)
    assert event is not None
    assert event["from_date"] == dt.date(2021, 6, 7)
    assert [seat.person for seat in seats] == ["Ola Placeholder", "Ann Testcase", "Stephen Sample", "Ola Placeholder"]
    end_membership(connection, number, WHO)
    assert "Ola Placeholder" not in [seat.person for seat in members(connection, dt.date(2022, 5, 1), 1)[1]]
    assert members(connection, dt.date(2021, 1, 1), 1)[0] is None
    with pytest.raises(Refused, match="names nobody"):
        add_membership(connection, WHO)


def named(name: str, status: str, line: int, by: str | None = None) -> NamedPriority:
    return NamedPriority(name, None, False, status, by, (line, line))  # type: ignore[arg-type]


def priorities(made_up: Any) -> list[Any]:
    heading = "Hate crime & harassment"
    under = (
        "Some were unhappy at hate crime being removed from the top three priorities.",
        "The board should not take on work that already has established delivery mechanisms.",
        "It will take an arms-length approach to oversight.",
    )
    return [
        made_up.minutes(
            dt.date(2020, 1, 6), priorities=(named("ASB", "suggested", 5, "AT"), named("Knives", "agreed", 6))
        ),
        made_up.minutes(
            dt.date(2021, 6, 7),
            priorities=(named("Anti-social behaviour", "identified", 5, "members of DMG"),),
            subheadings=(Subheading(heading, None, (20, 20)),),
            paragraphs=tuple(MinuteParagraph(None, None, text, (22 + at, 22 + at)) for at, text in enumerate(under)),
        ),
    ]


def test_a_priority_goes_by_its_short_name_too_and_says_what_no_paper_shows(
    connection: Any, put: Any, made_up: Any
) -> None:
    for paper in priorities(made_up):
        put(paper)
    found = {one.name: one for one in timelines(connection)}
    assert [naming.day.year for naming in found["ASB"].namings] == [2020, 2021]
    assert found["ASB"].unsaid == ("no paper shows that the board agreed it; named by AT, members of DMG",)
    assert found["Knives"].unsaid == ("not among the priorities of 2021-06-07; no paper says why it left",)


def test_a_removal_keeps_criterion_and_oversight_as_quoted(connection: Any, put: Any, made_up: Any) -> None:
    for paper in priorities(made_up):
        put(paper)
    gone = {one.name: one for one in timelines(connection)}["Hate crime & harassment"]
    assert gone.left_on == dt.date(2021, 6, 7)
    assert gone.exit_criterion is not None
    assert "already has established delivery mechanisms. (lines 23 to 23)" in gone.exit_criterion
    assert gone.oversight == "It will take an arms-length approach to oversight. (lines 24 to 24)"
    assert gone.unsaid == ("no paper that is held shows it as a priority",)


def test_a_priority_is_ended_by_a_criterion(connection: Any, put: Any, made_up: Any) -> None:
    for paper in priorities(made_up):
        put(paper)
    with pytest.raises(Refused, match="no priority is called"):
        end_priority(connection, "Parking", "done", WHO)
    end_priority(connection, "Knives", "has its own board now", WHO, "yearly report")
    knives = {one.name: one for one in timelines(connection)}["Knives"]
    assert (knives.left_on, knives.exit_criterion, knives.unsaid) == (DAY, "has its own board now", ())


def test_sign_off_waits_for_the_consultation_that_was_promised(connection: Any, put: Any, made_up: Any) -> None:
    text = (
        "Town Hall officers will redraft it before wider consultation, with a view to the strategy being signed off "
        "at the 13 September meeting."
    )
    paper = made_up.minutes(
        dt.date(2021, 6, 7),
        items=(MinuteItem("5", "Town lighting strategy", (30, 30)),),
        paragraphs=(MinuteParagraph(None, "5", text, (32, 33)),),
    )
    put(paper)
    [row] = rows(connection, "strategy")
    assert (row["consultation"], row["owner"]) == ("wider consultation", "Town Hall officers")
    assert rows(connection, "event", "id = ?", [row["gate_event_id"]])[0]["from_date"] == SEPTEMBER
    with pytest.raises(Refused, match="waits for 'wider consultation'"):
        sign_off(connection, 1, "minutes", WHO)
    consulted(connection, 1, "40 answers", WHO)
    sign_off(connection, 1, "minutes of April", WHO)
    assert rows(connection, "strategy")[0]["signed_off_on"] == DAY


def test_a_blockage_says_what_it_lacks_and_ends_only_with_a_result(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    assert blockages(connection) == []
    add_blockage(connection, "courts list late", WHO)
    add_blockage(connection, "no data sharing", WHO, owner="Health", lever="a letter")
    first, second = blockages(connection)
    assert (first.row["id"], first.lacks) == (2, ("escalation", "harm"))
    assert second.lacks == ("owner", "lever", "escalation", "harm")
    with pytest.raises(Refused, match="has no owner"):
        end_blockage(connection, 1, "returned", "it is theirs", WHO)
    with pytest.raises(Refused, match="names no escalation"):
        end_blockage(connection, 2, "escalated", "sent up", WHO)
    with pytest.raises(Refused, match="what came of it"):
        end_blockage(connection, 2, "unblocked", "", WHO)
    end_blockage(connection, 2, "unblocked", "agreement signed", WHO)
    assert blockages(connection)[-1].row["ended_on"] == DAY


def test_a_priority_agreed_on_a_condition_says_what_it_waits_for(connection: Any, put: Any, made_up: Any) -> None:

    agreed = made_up.decision("Agree victims as a priority", 7, condition="subject to a report")
    named = NamedPriority(name="victims", lead=None, interim=False, status="agreed", by="The Board", lines=(7, 7))
    put(made_up.minutes(dt.date(2021, 6, 1), decisions=(agreed,), priorities=(named,)))
    [line] = timelines(connection)
    assert [one.condition for one in line.namings] == ["subject to a report"]
