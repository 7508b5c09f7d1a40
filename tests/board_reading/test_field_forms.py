"""The field's own forms come out right, and what cannot be placed is listed with its words, never invented."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import field_forms as forms
import pytest

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import read_paper
from whatworks.records.documents import read_document

Read = Callable[[str], ParsedPaper]


def here(parsed: ParsedPaper) -> list[str]:
    """Return who was there."""
    return [one.name for one in parsed.people if one.present]


def away(parsed: ParsedPaper) -> list[str]:
    """Return who sent apologies."""
    return [one.name for one in parsed.people if not one.present]


def test_the_furniture_of_a_web_page_is_not_the_body(read: Read) -> None:
    parsed = read(forms.WEB_PAGE)
    assert (parsed.body, parsed.date) == ("Larkham Violence Reduction Board", dt.date(2023, 5, 9))
    assert parsed.previous == dt.date(2023, 2, 7)
    assert here(parsed) == ["Rosa Lind", "Colin Reeve"]
    assert [one.title for one in parsed.items] == ["Agreement of minutes"]


def test_nobody_stands_under_a_heading_before_one_that_is_not_known(read: Read) -> None:
    parsed = read(forms.UNKNOWN_HEADING)
    assert (here(parsed), away(parsed)) == (["Alison Crewe", "Bernard Osho", "Ian Trodd"], ["Carys Nash"])
    assert [one.text for one in parsed.unplaced] == ["Dialling in", "Roz Kemble Legal Aid Agency"]


def test_names_posts_and_bodies_with_one_blank_between(read: Read) -> None:
    parsed = read(forms.ONE_BLANK)
    assert [(one.name, one.organisation) for one in parsed.people] == [
        ("Rosa Lind", None),
        ("Ruth Barton", "Larkham Homes"),
        ("Sam Orton", "Larkham Homes"),
        ("Sonia Vale", "CPS"),
        ("Clara Moss", "Youth Justice Board"),
        ("Noel Banks", "Probation Service"),
        ("Grace Tull", None),
        ("Tom Bell", "Larkham Police"),
        ("Ann Pike", "Larkham Police"),
        ("Julia Frost", "Children, Schools and Complex Needs"),
    ]
    assert away(parsed) == ["Ann Pike", "Julia Frost"]
    assert [one.title for one in parsed.items] == ["Minutes & Matters Arising"]
    assert [(one.owners, one.due_kind) for one in parsed.actions] == [(("Grace Tull",), None)]
    assert [one.reason for one in parsed.unresolved] == [
        "the line holds two people, or a person and a body that is not known"
    ]


def test_initials_before_names_and_verbs_that_own_nothing(read: Read) -> None:
    parsed = read(forms.INITIALS_FIRST)
    assert (parsed.body, parsed.time) == ("Hartwell Safety Partnership", dt.time(14))
    assert here(parsed) == ["Simone Adair", "Yvette Osei", "Dai Prosser"]
    assert [(one.text, one.result) for one in parsed.decisions] == [
        ("Proposal that the assessment be adopted.", "Agreed by unanimous vote")
    ]
    assert [one.owners for one in parsed.actions] == [("Dai Prosser",), (), (), ("Partners",)]


def test_a_council_system_copied_as_text(read: Read) -> None:
    parsed = read(forms.COUNCIL_SYSTEM)
    assert (parsed.body, parsed.time, parsed.end) == (
        "Community Safety Scrutiny Panel",
        dt.time(18, 30),
        dt.time(20, 15),
    )
    assert (here(parsed), away(parsed)) == (["Brook"], ["Adeyinka", "Morse", "Tully"])
    assert [(one.number, one.title) for one in parsed.items] == [
        ("1", "Apologies for Absence"),
        ("2", "Minutes of the Last Meeting"),
        ("3", "Knife Crime Review"),
    ]
    assert [one.text for one in parsed.decisions] == [
        "That the minutes of the meeting held on 12 March 2024 be agreed.",
        "To note the progress.",
        "To ask the Cabinet Member to write to the Home Secretary.",
    ]
    assert [(one.owners, one.due_to) for one in parsed.actions] == [(("Head of Youth Service",), dt.date(2024, 6, 30))]


def test_a_council_system_as_its_own_page(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td><p>{number}.</p></td><td><p>{title}</p><p>To consider it.</p><p>Minutes:</p>{text}</td></tr>"
        for number, title, text in (
            (4, "Apologies", "<p>Apologies were received from the following:</p><p>Ann Pike</p><p>Tom Bell</p>"),
            (5, "Minutes <a href='x'>PDF 70 KB</a>", "<p>RESOLVED</p><p>That the minutes of 3 May 2022 be agreed.</p>"),
        )
    )
    page = f"<html><body><h1>Safer Larkham Board</h1><p>Monday, 4th July, 2022</p><table>{rows}</table></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    parsed = read_paper(read_document(tmp_path / "page.html"))
    assert [(one.number, one.title) for one in parsed.items] == [("4", "Apologies"), ("5", "Minutes")]
    assert away(parsed) == ["Ann Pike", "Tom Bell"]
    assert [one.text for one in parsed.decisions] == ["That the minutes of 3 May 2022 be agreed."]


def test_a_scots_authority_lists_people_by_council(read: Read) -> None:
    parsed = read(forms.SCOTS)
    assert (parsed.date, parsed.previous) == (dt.date(2019, 3, 7), dt.date(2018, 12, 6))
    assert [(one.name, one.organisation, one.present) for one in parsed.people] == [
        ("M Sinclair", "East Glen Council", True),
        ("B Petrie", "East Glen Council", True),
        ("T Lumsden", "East Glen Council", True),
        ("G Murray", "West Glen Council", True),
        ("H Munro", "West Glen Council", False),
        ("S Tait", "Glenardoch Community Justice Authority", True),
        ("E Laing", "Glenardoch Community Justice Authority", True),
    ]
    assert [one.text for one in parsed.decisions] == [
        "that the minutes be approved.",
        "to extend bail supervision to the whole area",
        "to report back in June.",
    ]


def test_headings_in_two_languages(read: Read) -> None:
    parsed = read(forms.WELSH)
    assert (parsed.date, parsed.time, parsed.previous) == (dt.date(2022, 6, 14), dt.time(10), dt.date(2022, 3, 9))
    assert (here(parsed), away(parsed)) == (["Eleri Vaughan", "Gwyn Parry"], ["Aled Wyn"])
    assert [one.text for one in parsed.decisions] == ["that the minutes of 9 March 2022 be approved."]
    assert [(one.owners, one.due_to) for one in parsed.actions] == [(("Gwyn Parry",), dt.date(2022, 6, 30))]


def test_motions_are_decisions_only_when_carried(read: Read) -> None:
    parsed = read(forms.ROLL_CALL)
    assert (here(parsed), away(parsed)) == (["Denise Walker", "Rob Pruitt"], ["Tamika Jones"])
    assert [(one.text, one.moved, one.result) for one in parsed.decisions] == [
        (
            "Motion to approve the pretrial services contract for one year.",
            "Rob Pruitt, Administrator",
            "ADOPTED [2 TO 1]",
        ),
        ("Mr. Pruitt moved and Ms. Walker seconded to adjourn.", "Mr. Pruitt", "carried"),
    ]


def test_apologies_as_a_lettered_paragraph_and_a_page_foot(read: Read) -> None:
    parsed = read(forms.LETTERED)
    assert away(parsed) == ["Sue Carr", "Viv Ahmed", "Pauline Swann-Webb", "Adrian Smythe"]
    assert (parsed.previous, parsed.subheadings) == (dt.date(2006, 11, 23), ())
    assert [one.text for one in parsed.decisions] == ["Following minor amendments the minutes were approved."]


def test_nothing_is_invented_from_what_only_looks_like_it(read: Read) -> None:
    parsed = read(forms.TRICKY)
    assert (here(parsed), away(parsed)) == (["Ines Kaya", "Mark Stead"], ["Gail Dunne"])
    assert parsed.decisions == ()
    assert [(one.owners, one.due_to) for one in parsed.actions] == [
        ((), None),
        (("Mark Stead",), dt.date(2023, 5, 26)),
        (("Ines Kaya",), None),  # 27 May 2023 is a Saturday: no day is better than a wrong one
    ]


HEAD = "Larkham Board\nMonday 3 June 2024\nPresent: Ada Grant (AG), Tom Bell (TB)\n1. REVIEW\n{}\n"


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("AP3 - TB to map the hot spots by Friday 14 June", ("Tom Bell",), dt.date(2024, 6, 14)),
        (
            "ACTION 3.2 (AG & TB): check the form – Deadline: 28/06/2024",
            ("Ada Grant", "Tom Bell"),
            dt.date(2024, 6, 28),
        ),
        ("Follow-up: TB to write to landlords by 1 July 2024.", ("Tom Bell",), dt.date(2024, 7, 1)),
        ("TB to check capacity. [Action 8 - TB - 1 July 2024]", ("Tom Bell",), dt.date(2024, 7, 1)),
        ("AG asked for a breakdown by ward. Action TB", ("Tom Bell",), None),
        ("CAM GWEITHREDU / ACTION: AG/TB to meet the college", ("Ada Grant", "Tom Bell"), None),
        ("ACTION: AG to share the slides, by close of play 17/06/2024", ("Ada Grant",), dt.date(2024, 6, 17)),
        ("ACTION: AG to share the slides by end June", ("Ada Grant",), dt.date(2024, 6, 30)),
    ],
)
def test_forms_of_an_action(line: str, owners: tuple[str, ...], due: dt.date | None, read: Read) -> None:
    (action,) = read(HEAD.format(line)).actions
    assert (action.owners, action.due_to) == (owners, due)


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("ACTION – TB – visit the estates – by 16 July", "TB – visit the estates – by 16 July"),
        ("ACTION – TB – by 16 July", "Few young people come to the estates."),
        ("ACTION: TB, by Tuesday 16 July 2024", "Few young people come to the estates."),
    ],
)
def test_a_mark_with_its_own_task_is_not_about_the_words_before_it(mark: str, text: str, read: Read) -> None:
    (action,) = read(HEAD.format(f"Few young people come to the estates.\n{mark}")).actions
    assert (action.text, action.owners, action.due_to) == (text, ("Tom Bell",), dt.date(2024, 7, 16))
    assert action.due_text and "estates" not in action.due_text
