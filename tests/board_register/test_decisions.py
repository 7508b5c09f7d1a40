"""Decisions: conditional until shown, another body's never the board's own, delegations with their duty."""

import datetime as dt
from typing import Any

import pytest

from whatworks.board.parsed import MinuteParagraph, Recommendation
from whatworks.board.register import Author, decisions, delegations
from whatworks.board.register.decision import add_decision, add_delegation, decide, reverse, settle_condition
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY)


def test_a_condition_stays_open_until_somebody_shows_it_met(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    [first, second] = decisions(connection)
    assert first.says == "conditional: subject to a costed report (not recorded as met)"
    assert second.says == "stands"
    with pytest.raises(Refused, match="name what shows it"):
        settle_condition(connection, 1, True, " ", WHO)
    with pytest.raises(Refused, match="has no condition"):
        settle_condition(connection, 2, True, "a report", WHO)
    settle_condition(connection, 1, True, "report of 30 June 2021", WHO)
    assert decisions(connection)[0].says == "stands; its condition was met"


def test_a_failed_condition_lapses_the_decision(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    settle_condition(connection, 1, False, "the report was never written", WHO)
    assert decisions(connection)[0].state == "lapsed"


def test_only_a_later_decision_reverses(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.minutes(dt.date(2022, 3, 8), decisions=(made_up.decision("The Board agreed to grow.", 4),)))
    with pytest.raises(Refused, match="is not later"):
        reverse(connection, 3, "reversed", WHO, 2)
    with pytest.raises(Refused, match="without a reason"):
        reverse(connection, 2, "lapsed", WHO)
    reverse(connection, 2, "reversed", WHO, 3)
    assert {one.id: one.says for one in decisions(connection)}[2] == "reversed by decision 3"


def test_what_another_body_agreed_is_not_the_boards(connection: Any, put: Any, made_up: Any) -> None:
    text = "Having looked at the list, members of DMG agreed that lighting comes first. It was late."
    paper = made_up.minutes(dt.date(2021, 6, 7), paragraphs=(MinuteParagraph("3.1", "3", text, (20, 22)),))
    put(paper)
    [one] = decisions(connection)
    assert (one.own, one.decider, one.body) == (False, "DMG", "Delivery Management Group")
    assert one.text == "Having looked at the list, members of DMG agreed that lighting comes first."


def report(made_up: Any) -> Any:
    later = "Any proposal to extend the pilots will be subject to a further report on resources."
    return made_up.minutes(
        dt.date(2020, 5, 4),
        kind="report",
        recommendations=(
            Recommendation("1", "Note the position.", (8, 8)),
            Recommendation("2", "Delegate authority to the Clerk to sign the lease on behalf of the Council.", (9, 9)),
        ),
        paragraphs=(MinuteParagraph("5", "D", f"Costs are low. {later}", (30, 31)),),
    )


def test_a_report_asks_and_its_delegation_waits(connection: Any, put: Any, made_up: Any) -> None:
    put(report(made_up))
    assert [one.says for one in decisions(connection)] == ["asked for; no record of a decision is held"] * 2
    [one] = delegations(connection, DAY)
    assert (one.holder, one.scope, one.giver) == ("Clerk", "sign the lease", "Council")
    assert one.duty is not None
    assert one.duty.endswith("subject to a further report on resources. (lines 30 to 31)")
    assert "the further report that it requires is not in the register" in one.open
    assert "no expiry is stated" in one.open


def test_a_recommendation_is_decided_only_by_what_shows_it(connection: Any, put: Any, made_up: Any) -> None:
    put(report(made_up))
    with pytest.raises(Refused, match="name the minutes"):
        decide(connection, 2, WHO)
    decide(connection, 2, Author("C. Clerk", DAY, "minutes of 4 May 2020, line 12"))
    assert "asked for" not in " ".join(delegations(connection, DAY)[0].open)
    with pytest.raises(Refused, match="not a recommendation that waits"):
        decide(connection, 2, Author("C. Clerk", DAY, "again"))


def test_a_decision_that_delegates_is_a_delegation(connection: Any, put: Any, made_up: Any) -> None:
    text = "The Board delegated authority to the Chair to approve grants until 31 March 2022."
    put(made_up.minutes(dt.date(2021, 6, 7), decisions=(made_up.decision(text, 5),)))
    [one] = delegations(connection, DAY)
    assert (one.holder, one.expiry_text) == ("Chair", "until 31 March 2022")
    assert decisions(connection)[0].kind == "agree"


def test_a_decision_that_no_paper_holds_is_entered_with_how_it_is_known(
    connection: Any, put: Any, made_up: Any
) -> None:
    put(made_up.june())
    meeting = connection.rows("SELECT id FROM board_event WHERE state = 'recorded'")[0][0]
    with pytest.raises(Refused, match="is missing"):
        add_decision(connection, meeting, "To pay the grant.", WHO)
    with pytest.raises(Refused, match="had not begun"):
        add_decision(connection, meeting, "To pay the grant.", Author("C. Clerk", dt.date(2000, 1, 1), "a letter"))
    known = Author("C. Clerk", DAY, "letter of 1 July 2021")
    number = add_decision(connection, meeting, "To pay the grant.", known, condition="subject to the audit")
    (entered,) = [one for one in decisions(connection) if one.id == number]
    assert entered.own
    assert (entered.document, entered.says) == (None, "conditional: subject to the audit (not recorded as met)")
    with pytest.raises(Refused, match="is missing"):
        add_delegation(connection, number, "", " ", WHO)
    held = add_delegation(connection, number, "Treasurer", "pay up to 5,000 pounds", WHO)
    (given,) = [one for one in delegations(connection, DAY) if one.id == held]
    assert (given.holder, given.scope, given.document) == ("Treasurer", "pay up to 5,000 pounds", None)
