"""The map of bodies: names taken together, facts given to the body they are told of, ends that are not known."""

from datetime import date

from handmade import paper, person

from whatworks.board.bodies import BodyMap, EnteredBody, body_map
from whatworks.board.parsed import NamedPriority, Subheading

BOARD = "Testshire Crime Board"


def gathered(*texts: str, **fields: object) -> BodyMap:
    """Return the map of one paper a year from 2020, one text each."""
    made = [paper(text, f"{at}.txt", date=date(2020 + at, 6, 1), **fields) for at, text in enumerate(texts)]
    return body_map(made)


def names(found: BodyMap) -> list[str]:
    return [one.name for one in found.bodies]


def test_a_body_is_one_however_it_is_written() -> None:
    found = gathered(
        "The Delivery Management Group (DMG) met.",
        "Members of the Testshire DMG agreed. The TCB heard it.",
        "The ‘Delivery Management Group’ reported.",
    )
    assert names(found) == [BOARD, "Delivery Management Group"]
    assert [one.day.year for one in found.body("Delivery Management Group").namings] == [2020, 2021, 2022]


def test_two_bodies_of_one_kind_stay_two() -> None:
    found = gathered("The Testshire Prevent Board and the Testshire Contest Board met.")
    assert names(found)[1:] == ["Testshire Prevent Board", "Testshire Contest Board"]


def test_what_it_and_this_tell_is_told_of_the_body_named_before() -> None:
    found = gathered(
        "The Board discussed the new Harbour Board. This would be separate to the TCB and would be co-chaired by the "
        "Mayor. It would include attendees from the police, NOMS and Health. It would report back to TCB."
    )
    harbour = found.body("Harbour Board")
    assert harbour.members == ("Mayor", "police", "NOMS", "Health")
    assert harbour.reports_to == BOARD
    assert harbour.standing == "planned"
    assert found.body(BOARD).members == ()


def test_groups_are_told_apart_by_topic_and_share_what_is_said_of_all() -> None:
    listed = tuple(NamedPriority(name, None, False, "agreed", None, (1, 1)) for name in ("Gangs", "ASB"))
    heads = (Subheading("Gangs", "1", (3, 3)),)
    text = (
        "The ‘Task and Finish Groups’ will act on behalf of the board.\n"
        "He wished to establish the ASB ‘Task & Finish Group’.\n"
        "Gangs\n"
        "The ‘Task & Finish Group’ to focus on prevention."
    )
    found = gathered(text, priorities=listed, subheadings=heads)
    groups = [one for one in found.bodies if one.kind == "task and finish group"]
    assert [one.name for one in groups] == ["ASB Task and Finish Group", "Gangs Task and Finish Group"]
    assert {one.reports_to for one in groups} == {BOARD}
    assert [one.priorities for one in groups] == [("ASB",), ("Gangs",)]
    assert all(one.lacks_finish_test for one in groups)


def test_challenge_boards_are_named_by_what_stands_in_quotation_marks_or_after_on() -> None:
    found = gathered(
        "Ann to look into hosting both ‘Reducing Re-offending’ and ‘Health & Crime’ Challenge Boards.\n"
        "This could be a ‘Challenge Board’ on health and crime."
    )
    assert names(found)[1:] == ["Reducing re-offending Challenge Board", "Health & crime Challenge Board"]


def test_a_finish_test_has_to_say_when() -> None:
    bare = gathered("The Burglary Task and Finish Group will be established, with the key word being finish.")
    tested = gathered("The Burglary Taskforce was set up. It will finish when burglary has fallen by a tenth.")
    assert [one.lacks_finish_test for one in bare.bodies if one.kind == "task and finish group"] == [True]
    assert tested.body("Burglary Taskforce").finish_test == "will finish when burglary has fallen by a tenth"


def test_counts_by_year_and_what_stands_if_none_closed() -> None:
    found = gathered("The Harbour Board met.", "The Delivery Group met.", "Nobody met.")
    assert [(one.year, len(one.named), len(one.standing)) for one in found.years] == [
        (2020, 2, 2),
        (2021, 2, 3),
        (2022, 1, 3),
    ]
    assert found.years[2].carried == ("Harbour Board", "Delivery Group")
    assert found.end_unknown == 3


def test_the_count_falls_when_an_end_is_entered_or_told() -> None:
    papers = [paper("The Harbour Board met.", "0.txt"), paper("Nobody met.", "1.txt", date=date(2022, 6, 1))]
    found = body_map(papers, (EnteredBody("Harbour Board", ended=date(2021, 3, 1)),))
    assert [len(one.standing) for one in found.years] == [2, 1]
    assert found.end_unknown == 1
    told = gathered("The Harbour Board met.", "The Harbour Board was disbanded.", "Nobody met.")
    assert [len(one.standing) for one in told.years] == [2, 2, 1]


def test_what_was_entered_stands_over_what_was_read() -> None:
    papers = [paper("The Harbour Group will report to TCB.", "0.txt")]
    entered = EnteredBody("Harbour Group", kind="task and finish group", reports_to="Other Board", finish_test="by May")
    found = body_map(papers, (entered,)).body("Harbour Group")
    assert (found.kind, found.reports_to, found.finish_test) == ("task and finish group", "Other Board", "by May")


def test_overlap_is_the_share_of_what_either_has() -> None:
    found = gathered(
        "The Harbour Board would include members from the police, probation and health. It covers the boroughs. "
        "It is to stop burglary and robbery.\n"
        "The Quayside Panel would include members from the police, probation and courts. It covers the boroughs. "
        "It is to stop burglary and fraud."
    )
    (pair,) = [one for one in found.overlaps if {one.one, one.other} == {"Harbour Board", "Quayside Panel"}]
    assert pair.members == 2 / 4  # police and probation, of police, probation, health and courts
    assert pair.geography == 1
    assert pair.priorities is None
    assert pair.remit is not None
    assert 0 < pair.remit < 1
    (merge,) = [one for one in found.candidates if one.what == "merge"]
    assert set(merge.bodies) == {"Harbour Board", "Quayside Panel"}
    assert "Harbour Board: its seats for health" in merge.lost
    assert "Quayside Panel: its seats for courts" in merge.lost


def test_a_line_of_command_is_no_duplicate_and_a_missing_fact_no_likeness() -> None:
    found = gathered(
        "The Harbour Board would include members from the police and health. It covers the boroughs.\n"
        "The Quayside Panel would include members from the police and health. It covers the boroughs. "
        "It would report to Harbour Board."
    )
    assert not [one for one in found.candidates if one.what == "merge"]
    silent = gathered("The Harbour Board met.\nThe Quayside Panel met.")
    assert silent.overlaps == ()


def test_a_body_long_unnamed_is_a_candidate_with_what_would_be_lost() -> None:
    texts = ["The Harbour Board would include members from the police and health.", "-", "-", "-"]
    (found,) = gathered(*texts).candidates
    assert found.what == "close"
    assert found.bodies == ("Harbour Board",)
    assert found.lost == ("a place where police and health meet", f"what it was for: {texts[0]}")
    assert "Its end is not recorded" in found.reason


def test_agencies_that_attend_are_members_and_a_paper_without_a_date_is_named() -> None:
    people = (person("Ann Hall", 1, organisation="CEO, London Councils"), person("Bea Hall", 1, organisation="MPS"))
    dated = paper("Ann Hall, Bea Hall", people=people)
    found = body_map([dated, paper("no date", "late.txt", date=None)])
    assert found.body(BOARD).members == ("London Councils", "Metropolitan Police Service")
    assert found.undated == ("late.txt",)
