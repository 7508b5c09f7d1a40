"""On strangers' papers, in layouts and words of other boards, nothing is called a contradiction that is none."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.board.contradictions import Contradiction, contradictions
from whatworks.board.reading import read_papers
from whatworks.cli.board.contradictions import contradiction_sum
from whatworks.papers.board.contradiction_report import contradiction_paper
from whatworks.records.documents import read_document

HEAD = "Fernhill Safety Partnership\nMinutes of the meeting held on {day}\n\nPresent:\n{people}\n\n"
PEOPLE = "Ruth Archer (Chair), Fernhill Council\nDan Sorley, Fernhill Police\nKim Vale, Probation Service"


def found(folder: Path, *papers: tuple[str, str, str]) -> list[Contradiction]:
    """Return what is found in papers, each given as its day, its people and its text."""
    read = []
    for at, (day, people, text) in enumerate(papers):
        file = folder / f"paper-{at}.txt"
        file.write_text(HEAD.format(day=day, people=people) + text + "\n", "utf-8")
        document = read_document(file)
        read += [(document, parsed) for parsed in read_papers(document)]
    return list(contradictions(read))


MAY, SEPTEMBER, DECEMBER = "10 May 2023", "13 September 2023", "6 December 2023"


@pytest.mark.parametrize(
    "text",
    [
        # two evaluations are not one
        "1. Lantern\n1.1 The Lantern evaluation is led by the research team within the Council. A second, independent "
        "evaluation of Lantern by a university will follow.",
        # two bodies whose names differ by a telling word
        "1. Structure\n1.1 The Safer Streets Board and the Safer Streets Delivery Board met on one day.",
        # an agency by its everyday name
        "1. Police\n1.1 Dan Sorley of Fernhill Constabulary gave the figures.",
        # who stood in for whom
        "Apologies: Nora Quill (represented by Kim Vale)\n\n1. Welcome\n1.1 The Chair welcomed all.",
        # thanked, and heard from, but not in the room
        "Apologies: Nora Quill (NHS)\n\n1. Health\n1.1 Nora Quill was thanked for her work. "
        "Nora Quill explained by email that the figures are late.",
        # capitals that are a body
        "1. Data\n1.1 YJ noted the figures. The Chair thanked all.",
        # rates with the people behind them, and a national rate beside a town's
        "1. Reoffending\n1.1 Reoffending was 25% against 27% the year before, among 180 people. "
        "The national rate is 25.6%.",
        "1. Reoffending\n1.1 The town's reoffending rate was 25.1%, lower than the national rate of 25.6%.",
        # rounded parts of a sum, and years that are no parts
        "1. Funding\n1.1 The grant is £1.2m (police £0.25m, council £0.72m, health £0.27m).",
        "1. Funding\n1.1 The grant is £2m (£1.5m in 2021, £1.2m in 2022).",
        # a list that is not the one announced
        "1. Themes\n1.1 There are five themes in the assessment.\n- Members asked for a map.\n- It will be shared.",
        # a lead who was away once
        "1. Burglary\n1.1 Steve Marsh will lead the work on burglary.",
        # longest and quickest, of what is no process, beside a figure, wished for, denied, or against other years
        "1. Roads\n1.1 The High Street is the longest part of the route, and the bus the quickest way.",
        "1. Thanks\n1.1 The longest part of the meeting was on budgets. Dan Sorley is the longest serving member.",
        "1. Courts\n1.1 The charging stage is the slowest part of the process, at 94 days.",
        "1. Courts\n1.1 The charging stage should be the quickest part of the process.",
        "1. Courts\n1.1 Members asked which part of the process is the slowest. Is the court stage the longest?",
        "1. Courts\n1.1 The court stage is not the slowest. The court stage was the shortest on record.",
        "1. Courts\n1.1 The trial stage in Fernhill is the slowest in the country.",
        "1. CCTV\n1.1 The police part of the building has the longest corridor. Stage 2 of the works is the shortest.",
        # hours of an afternoon
        "1. Close\n1.1 The meeting began at 11.30. The meeting closed at 1.00.",
    ],
)
def test_one_paper_that_says_nothing_twice_yields_nothing(tmp_path: Path, text: str) -> None:
    assert [one.title for one in found(tmp_path, (MAY, PEOPLE, text))] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # a new group in the place of two
        ("1. Groups\n1.1 The Board agreed that the number of groups be reduced.",
         "1. Groups\n1.1 Two groups were closed. The Board agreed to establish a Quality Group in their place."),
        # somebody's wish, and a new group
        ("1. Groups\n1.1 Dan Sorley asked to simplify the groups.",
         "1. Groups\n1.1 The Partnership agreed to establish a Data Group."),
        # more places, after the report that was required
        ("1. Lantern\n1.1 The Lantern scheme works in two wards. Any extension to other wards needs a further report.",
         "1. Lantern\n1.1 A report on the Lantern scheme was tabled. The Partnership agreed to extend it to 5 wards."),
        # a meeting that was moved
        ("1. Close\n1.1 All left.\n\nDate of next meeting: 6 September 2023",
         "1. Minutes\n1.1 The minutes of the meeting held on 10 May 2023 were agreed."),
        # what somebody suggested changes no priorities
        ("1. Priorities\n1.1 The Partnership agreed its priorities: burglary, domestic abuse and hate crime.",
         "1. Priorities\n1.1 Members suggested that the priorities should be: robbery, women and housing."),
        # promises that may have been kept at a meeting whose minutes are not here
        ("1. Police\n1.1 All spoke.\nAction 1: Dan Sorley to report to the July meeting.",
         "1. Actions\n1.1 There were no outstanding actions."),
    ],
)  # fmt: skip
def test_two_papers_that_agree_yield_nothing(tmp_path: Path, first: str, second: str) -> None:
    assert [one.title for one in found(tmp_path, (MAY, PEOPLE, first), (SEPTEMBER, PEOPLE, second))] == []


def test_people_of_two_organisations_are_not_one_person_in_two_spellings(tmp_path: Path) -> None:
    here, there = f"{PEOPLE}\nSteve Marsh, Fire Service", f"{PEOPLE}\nStephen Marsh, Fernhill College"
    text = "1. Welcome\n1.1 The Chair welcomed all."
    assert [one.title for one in found(tmp_path, (MAY, here, text), (SEPTEMBER, there, text))] == []
    there = f"{PEOPLE}\nStephen Marsh, Fernhill Fire Service"
    assert [one.kind for one in found(tmp_path, (MAY, here, text), (SEPTEMBER, there, text))] == ["spelling"]


def test_a_lead_who_is_away_from_both_meetings_that_name_them_is_told(tmp_path: Path) -> None:
    text = "1. Burglary\n1.1 Steve Marsh will lead the work on burglary."
    two = found(tmp_path, (MAY, PEOPLE, text), (SEPTEMBER, PEOPLE, text))
    assert [one.kind for one in two] == ["absent lead"]
    assert len(found(tmp_path, (MAY, PEOPLE, text), (SEPTEMBER, PEOPLE, text), (DECEMBER, PEOPLE, text))) == 1


@pytest.mark.parametrize(
    ("sentence", "most"),
    [
        ("The charging stage remains by far the slowest.", "slowest"),
        ("It was noted that the longest part of the referral process is the wait for an assessment.", "longest"),
        ("Probation reports are the slowest part of the justice system.", "slowest"),
        ("The first stage of the complaints procedure takes the longest and is under review.", "longest"),
    ],
)
def test_what_a_figure_would_settle_is_a_claim_to_test_and_no_contradiction(
    tmp_path: Path, sentence: str, most: str
) -> None:
    (claim,) = found(tmp_path, (MAY, PEOPLE, f"1. Courts\n1.1 All were thanked. {sentence}"))
    assert (claim.kind, claim.quotes[0].text) == ("claim to test", sentence)
    assert claim.title.endswith(f"the {most}")
    assert contradiction_sum([claim], 1) == "0 contradictions in 1 paper. 1 claim to test."
    paper, _ = contradiction_paper([claim], ["a.txt"], as_at=date(2023, 6, 1), prepared_for="The board")
    assert "0 places do not agree with another" in str(paper.sections[0])
