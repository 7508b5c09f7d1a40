"""Each rule finds its own contradiction, and stays silent on what only looks like it."""

from datetime import date, time
from decimal import Decimal

import pytest
from handmade import paper, person, record

from whatworks.board.contradictions.absences import absences
from whatworks.board.contradictions.absent_leads import absent_leads
from whatworks.board.contradictions.bare_figures import bare_figures
from whatworks.board.contradictions.body_names import body_names
from whatworks.board.contradictions.counts import counts
from whatworks.board.contradictions.dates import hours, last_meetings, weekdays
from whatworks.board.contradictions.extensions import extensions
from whatworks.board.contradictions.growth import growth
from whatworks.board.contradictions.lost_promises import lost_promises
from whatworks.board.contradictions.numbering import numbering
from whatworks.board.contradictions.priorities import priorities
from whatworks.board.contradictions.spellings import spellings
from whatworks.board.contradictions.sums import sums
from whatworks.board.parsed import (
    Claim,
    MinuteDecision,
    MinuteItem,
    NamedPriority,
    NextMeeting,
    Promise,
    SumFault,
    Unresolved,
)


def test_a_weekday_is_checked_against_the_calendar() -> None:
    # 29 February 2024 was a Thursday, 1 March 2024 a Friday; 30 February is not a day at all.
    found = list(weekdays(record(paper("Monday 29 February 2024\nFriday, 1st March 2024\nMonday 30 February 2024"))))
    assert [one.quotes[0].lines for one in found] == [(1, 1)]
    assert found[0].title == "Monday 29 February 2024 was a Thursday"


def promise(line: int, start: date, end: date, kind: str = "meeting") -> Promise:
    text, due = "the police to report on cameras", "December meeting"
    return Promise(text, ("the police",), due, start, end, True, (line, line), due_kind=kind)  # type: ignore[arg-type]


def lost(previous: date | None, claims: bool, day: date = date(2021, 3, 9), kind: str = "meeting") -> list[str]:
    first = paper("minutes\nAction 1", actions=(promise(2, date(2020, 12, 1), date(2020, 12, 31), kind),))
    claim = (Claim("no outstanding actions", "There were no outstanding actions.", None, (3, 3)),) if claims else ()
    later = paper("later\n(15 September)\nThere were no outstanding actions.", "b.txt", date=day, previous=previous,
                  claims=claim, lines={"date": (1, 1), "previous": (2, 2)})  # fmt: skip
    return [one.sentence for one in lost_promises(record(first, later))]


def test_a_promise_to_a_meeting_that_was_passed_over_is_found() -> None:
    assert len(lost(date(2020, 9, 15), claims=True)) == 1
    assert "call 15 September 2020 the last meeting" in lost(date(2020, 9, 15), claims=False)[0]


@pytest.mark.parametrize(
    ("previous", "claims", "day", "kind"),
    [
        (None, False, date(2021, 3, 9), "meeting"),  # nothing says that the meeting was not held
        (None, True, date(2021, 3, 9), "meeting"),  # that nothing is outstanding may be so because it was held
        (date(2020, 12, 8), True, date(2021, 3, 9), "meeting"),  # the last meeting was the December one
        (date(2020, 12, 1), True, date(2021, 3, 9), "meeting"),  # it was held on the first day of its window
        (date(2020, 9, 15), True, date(2020, 12, 8), "meeting"),  # this is the December meeting
        (date(2020, 9, 15), True, date(2021, 3, 9), "date"),  # due on a day, not at a meeting
    ],
)
def test_a_promise_whose_meeting_may_have_been_held_is_not(
    previous: date | None, claims: bool, day: date, kind: str
) -> None:
    assert lost(previous, claims, day, kind) == []


def sized(names: int, line: int = 1, heading: str = "Present", away: int = 0) -> tuple[object, ...]:
    board = [person(f"A{'b' * at} Surname", line, heading=heading) for at in range(1, names + 1)]
    return (*board, *(person(f"Z{'y' * at} Away", line, "apologies") for at in range(1, away + 1)))


def test_a_board_that_agreed_not_to_grow_is_measured_with_its_apologies() -> None:
    agreed = MinuteDecision("the Board should not be any bigger than it is", None, "The Board", None, (2, 2))
    first = paper("list\nThe Board agreed that the Board should not be any bigger than it is.", decisions=(agreed,),
                  people=sized(3, away=2))  # fmt: skip
    later = [
        paper("list", "b.txt", date=date(2021, 1, 5), people=sized(5)),
        paper("list", "c.txt", date=date(2022, 1, 5), people=sized(6, heading="Board and advisors")),
    ]
    assert list(growth(record(first, later[0]))) == []
    (found,) = growth(record(first, *later))
    assert "3 present and 2 with apologies" in found.sentence
    assert "6 on 5 January 2022" in found.sentence
    assert "categories changed" in found.sentence
    other = MinuteDecision("budgets will not grow", None, "The Board", None, (2, 2))
    assert list(growth(record(paper("list\nbudgets", decisions=(other,), people=sized(3)), *later))) == []


def named(*names: str, status: str = "identified", line: int = 2) -> tuple[NamedPriority, ...]:
    return tuple(NamedPriority(name, None, False, status, "DMG", (line, line)) for name in names)  # type: ignore[arg-type]


def test_priorities_that_change_without_being_adopted_are_told_with_what_came_and_went() -> None:
    first = paper("a\nViolence, Burglary", priorities=named("Violence", "Burglary", status="agreed"))
    later = paper("b\nBurglary, Gangs", "b.txt", date=date(2022, 1, 5), priorities=named("Burglary", "Gangs"))
    (found,) = priorities(record(first, later))
    assert "New on 5 January 2022: Gangs." in found.sentence
    assert "Gone by 5 January 2022: Violence." in found.sentence


def test_priorities_that_the_board_adopts_or_that_stay_are_no_finding() -> None:
    first = paper("a\nViolence, Burglary", priorities=named("Violence", "Burglary"))
    same = paper("b\nBurglaries and violence", "b.txt", date=date(2022, 1, 5), priorities=named("Burglary", "Violence"))
    assert list(priorities(record(first, same))) == []
    adopts = MinuteDecision("that these three would be its priorities", None, "The Board", None, (3, 3))
    adopted = paper("b\nGangs, Robbery\nagreed", "b.txt", date=date(2022, 1, 5), decisions=(adopts,),
                    priorities=named("Gangs", "Robbery"))  # fmt: skip
    assert list(priorities(record(first, adopted))) == []
    agreed = paper("b\nGangs", "b.txt", date=date(2022, 1, 5), priorities=named("Gangs", "Robbery", status="agreed"))
    assert list(priorities(record(first, agreed))) == []


LEAD_LINE = "Robbery, with Commander Ravi Okafor leading for Testshire Police."


def test_a_lead_who_is_on_no_list_of_the_meetings_that_name_them() -> None:
    people = (person("Grace Hall", 1),)
    lead = NamedPriority("Robbery", "Cmdr. Ravi Okafor", True, "identified", None, (2, 2))
    first = paper("Grace Hall\nRobbery, lead: Cmdr. Ravi Okafor", people=people, priorities=(lead,))
    later = paper(f"Grace Hall\n{LEAD_LINE}", "b.txt", date=date(2021, 1, 5), people=people)
    (found,) = absent_leads(record(first, later))
    assert "neither meeting" in found.sentence
    assert [(quote.file, quote.lines) for quote in found.quotes] == [
        ("a.txt", (2, 2)), ("b.txt", (2, 2)), ("a.txt", (1, 1)), ("b.txt", (1, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "people", "words"),
    [
        ("-", (person("Ravi Okafor", 1, "officer"),), LEAD_LINE),
        ("-", (person("Ravi Okafor", 1, "apologies"),), LEAD_LINE),
        ("Council Ravi Okafor", (person("Council Ravi Okafor", 1),), LEAD_LINE),  # a line that was not read right
        ("-", (person("Grace Hall", 1),), "London Councils and MOPAC will lead on this."),
        ("-", (person("Grace Hall", 1),), "The Board will lead, and nobody else."),
    ],
)
def test_a_lead_who_is_there_or_excused_or_no_person_is_none(
    listed: str, people: tuple[object, ...], words: str
) -> None:
    assert list(absent_leads(record(paper(f"{listed}\n{words}", people=people)))) == []


@pytest.mark.parametrize(
    "words",
    [
        "Reoffending was 41.5%, higher than in the comparison group (39.9%).",
        "The cohort's rate of 30 per cent was lower than the 33 per cent of the control group.",
        "The town has 50% and 20% of all robberies and burglaries respectively.",
    ],
)
def test_rates_without_people_are_bare(words: str) -> None:
    (found,) = bare_figures(record(paper(words)))
    assert found.against


def test_a_national_rate_is_called_no_comparison_and_set_against_the_papers_own_words() -> None:
    words = "The cohort's 41.5% was higher than the control group's 39.9%. It was less than the national rate of 58%."
    kinds = [one.title for one in bare_figures(record(paper(words)))]
    assert kinds == ["41.5% against 39.9%, without numbers of people", "A national rate of 58% as the comparison"]
    national = list(bare_figures(record(paper(words))))[1]
    assert len(national.quotes) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Of 412 people, 171 (41.5%) reoffended, against 180 of 420 (42.9%) in the comparison group.",
        "The grant is 40% of the fund; the other 60% comes from the ministry.",
        "Nearly 20% are hard to track.",
        "Nationally, crime fell by 4%.",
    ],
)
def test_rates_with_people_or_of_money_are_not_bare(words: str) -> None:
    assert list(bare_figures(record(paper(words)))) == []


def test_a_row_that_does_not_foot_is_quoted_beside_the_row_that_does() -> None:
    text = "Head 10 20 30 60\nHead again 10 20 30 61"
    fault = SumFault("Costs", "Head again", "Total", Decimal(61), Decimal(60), True, (2, 2))
    (found,) = sums(record(paper(text, table_faults=(fault,))))
    assert [quote.lines for quote in found.quotes] == [(2, 2), (1, 1)]
    assert found.against == "the parts come to 60"


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("It costs £1 million (£700,000 from A and £300,000 from B).", 0),
        ("It costs £1 million (£700,000 from A and £400,000 from B).", 1),
        ("It costs £2m (including £1m for A and £0.4m for B).", 0),
        ("It costs £2m (£1.5m in 2020 and £500k in 2021).", 0),
    ],
)
def test_sums_in_sentences(words: str, hits: int) -> None:
    assert len(list(sums(record(paper(words))))) == hits


def test_a_scheme_that_spread_without_the_report_that_this_required() -> None:
    first = paper(
        "The Lantern Initiative will have three pilot sites.\nTo extend Lantern will need a further report.",
        kind="report",
    )
    later = paper("The Lantern model is working in 6 districts.", "b.txt", date=date(2022, 1, 5))
    (found,) = extensions(record(first, later))
    assert [(quote.file, quote.lines) for quote in found.quotes] == [
        ("a.txt", (1, 1)), ("a.txt", (2, 2)), ("b.txt", (1, 1)),
    ]  # fmt: skip
    fewer = paper("The Lantern model is working in 3 districts, of 14 boroughs in the region.", "b.txt",
                  date=date(2022, 1, 5))  # fmt: skip
    free = paper("The Lantern Initiative will have three pilot sites.", kind="report")
    assert list(extensions(record(free, later))) == []
    assert list(extensions(record(first, fewer))) == []


def meeting(day: date, previous: date | None = None, following: date | None = None, name: str = "a.txt") -> object:
    lines = {"date": (1, 1), "previous": (2, 2), "next": (3, 3)}
    announced = NextMeeting(following) if following else None
    return paper(f"{day}\nlast\nnext", name, date=day, previous=previous, next=announced, lines=lines)


@pytest.mark.parametrize(
    ("previous", "announced", "hits"),
    [
        (date(2020, 6, 1), None, 0),
        (date(2020, 4, 1), None, 1),  # minutes of 1 June are held
        (date(2020, 9, 1), date(2020, 9, 1), 0),
        (date(2020, 6, 1), date(2020, 9, 1), 1),  # 1 September was announced
        (date(2020, 12, 1), date(2020, 9, 1), 0),  # a later one, between which others may have been
    ],
)
def test_which_meeting_was_the_last(previous: date, announced: date | None, hits: int) -> None:
    papers = (meeting(date(2020, 6, 1), following=announced), meeting(date(2021, 1, 5), previous, name="b.txt"))
    found = list(last_meetings(record(*papers)))  # type: ignore[arg-type]
    assert len(found) == hits
    assert all(len({quote.text for quote in one.quotes}) == 2 for one in found)


def test_times_and_dates_in_the_wrong_order() -> None:
    lines = {"date": (1, 1), "end": (2, 2), "next": (3, 3)}
    wrong = paper("10:00\nfinished 9:30\nnext", time=time(10), end=time(9, 30), next=NextMeeting(date(2020, 5, 1)),
                  lines=lines)  # fmt: skip
    right = paper("10:00\nfinished 11:30\nnext", time=time(10), end=time(11, 30), next=NextMeeting(date(2020, 9, 1)),
                  lines=lines)  # fmt: skip
    assert [[quote.lines for quote in one.quotes] for one in hours(record(wrong))] == [
        [(1, 1), (2, 2)],
        [(1, 1), (3, 3)],
    ]
    assert list(hours(record(right))) == []


def test_who_was_there() -> None:
    people = (person("Grace Hall", 1), person("Omar Reid", 1), person("Omar Reid", 2, "apologies"),
              person("Tara Shah", 2, "apologies"))  # fmt: skip
    text = "Grace Hall, Omar Reid\nApologies: Omar Reid, Tara Shah\nTara Shah said that costs rise.\nXY asked GH why."
    text += "\nGH said that nobody knew."
    stray = Unresolved("XY", "initials", (), "nobody", (4, 4))
    found = [one.title for one in absences(record(paper(text, people=people, unresolved=(stray,))))]
    assert found == [
        "Omar Reid is present and sends apologies",
        "Tara Shah speaks, and sent apologies",
        "XY speaks, and is on no list",
    ]  # fmt: skip
    calm = "Grace Hall\nApologies: Tara Shah\nThe paper of Tara Shah was taken as read.\nThe XY database was discussed."
    quiet = paper(calm, people=(people[0], people[3]), unresolved=(stray,))
    assert list(absences(record(quiet))) == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("There are three strands:\n1. One\n2. Two", 1),
        ("There are three strands:\n1. One\n2. Two\n3. Three", 0),
        ("There are three strands:\n- One\n- Two\n- Three\n- Four", 1),
        ("1.1 He named 2 areas for discussion:\n1.1.1 One\n1.1.2 Two\n1.2 Then they left.", 0),
        ("There are three strands.\nNobody listed them.", 0),
        ("The 17 priority boroughs have two themes in common, and much else:\nNothing follows.", 0),
    ],
)
def test_lists_against_their_announcement(text: str, hits: int) -> None:
    assert len(list(counts(record(paper(text))))) == hits


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("8.1.1. The Mayor closed the meeting.", ["8.1.1 without 8.1"]),
        ("8.1. First.\n8.1.1. Below.", []),
        ("4.1. a\n4.2. b\n4.4. d", ["No 4.3 between 4.2 and 4.4"]),
        ("4.1. a\n4.3. c\n4.9. i", ["No 4.2 between 4.1 and 4.3", "No 4.4 between 4.3 and 4.9"]),
        ("4.1. a\n4.8. h", []),  # so many are missing that these are two lists
        ("4.1. a\n4.2. b\n4.2. c", ["Two paragraphs 4.2"]),
        ("4.1. a\n4.2. b\n4.3. c\n5.1. d", []),
        ("Table 1: Risks\nTable 1: Costs", ["Two things are called Table 1"]),
        ("Table 1: Risks\nTable 2: Costs\nTable 1: Risks", []),
    ],
)
def test_numbers(text: str, titles: list[str]) -> None:
    assert [one.title for one in numbering(record(paper(text)))] == titles


def test_items_that_skip_a_number_but_not_those_with_letters() -> None:
    def items(*numbers: str) -> list[str]:
        listed = tuple(MinuteItem(number, "title", (at, at)) for at, number in enumerate(numbers, 1))
        text = "\n".join(f"line of {'x' * at}" for at in range(1, len(numbers) + 1))
        return [one.title for one in numbering(record(paper(text, items=listed)))]

    assert items("1", "2", "3a", "3b", "4") == []
    assert items("1", "2", "4") == ["No Item 3 between 2 and 4"]


@pytest.mark.parametrize(
    ("people", "text", "hits"),
    [
        (("Stephen Hall",), "Steven Hall was pleased.", 1),
        (("Jonathan Hall",), "Jonathon Hall was pleased.", 1),
        (("Stephen Hall", "Steven Hall"), "Steven Hall was pleased.", 0),  # both on one list: two people
        (("Stephen Hall",), "Stephen Hall was pleased. Mayor Hall too.", 0),
        (("Stephen Hall",), "Olivia Hall was pleased.", 0),
        (("Jane Hall",), "Jade Hall was pleased.", 0),
    ],
)
def test_two_spellings_of_one_person(people: tuple[str, ...], text: str, hits: int) -> None:
    listed = tuple(person(name, 1) for name in people)
    found = list(spellings(record(paper(f"{', '.join(people)}\n{text}", people=listed))))
    assert len(found) == hits
    assert all(len({quote.text for quote in one.quotes}) == 2 for one in found)


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Minutes of the Testshire Crime Reduction Board\nOfficer, Testshire Crime & Reduction Board", 1),
        ("The Justice Reform Programme Board met.\nThe Justice Programme Board met.", 0),  # perhaps two bodies
        ("The Harbour Board met.\nThe City Harbour Board met.", 0),  # two words only: too little to tell
        ("The Testshire Prevent Board met.\nThe Testshire Contest Board met.", 0),
    ],
)
def test_two_names_of_one_body(text: str, hits: int) -> None:
    assert len(list(body_names(record(paper(text))))) == hits


def test_a_speaker_under_another_spelling_of_a_name_that_is_present_was_there() -> None:
    people = (person("Tara Shah", 1), person("T. Shah", 2, "apologies"))
    text = "Tara Shah\nApologies: T. Shah\nT. Shah said that crime fell."
    titles = [found.title for found in absences(record(paper(text, people=people)))]
    assert "T. Shah speaks, and sent apologies" not in titles


@pytest.mark.parametrize(("day", "hits"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), 1)])
def test_a_promise_is_lost_from_the_day_after_its_window(day: date, hits: int) -> None:
    assert len(lost(date(2020, 9, 15), claims=True, day=day)) == hits


def test_a_pound_is_a_difference() -> None:
    words = "The cost is £300 (£100 for staff and £199 for rent)."
    (found,) = sums(record(paper(words)))
    assert found.title == "£300 is printed, £299 is the sum"


@pytest.mark.parametrize(("row_total", "rows_quoted"), [("31", 1), ("29", 0)])
def test_a_column_names_the_row_whose_wrong_total_is_its_fault(row_total: str, rows_quoted: int) -> None:
    # 10 + 20 = 30 and 5 + 5 = 10, so the column's 40 is right; with 31 above it the column seems to come to 41
    row = SumFault("Costs", "Staff", "Total", Decimal(row_total), Decimal(30), True, (1, 1))
    column = SumFault("Costs", "Sum", "Total", Decimal(40), Decimal(41), False, (3, 3))
    text = f"Staff 10 20 {row_total}\nRent 5 5 10\nSum 15 25 40"
    *_, found = sums(record(paper(text, table_faults=(row, column))))
    assert [quote.lines for quote in found.quotes] == [(3, 3), (1, 1)][: 1 + rows_quoted]


@pytest.mark.parametrize(
    ("day", "hits"), [(date(2020, 11, 30), 1), (date(2020, 12, 1), 0), (date(2020, 12, 31), 0), (date(2021, 1, 1), 1)]
)
def test_a_meeting_on_the_first_or_last_day_of_its_window_keeps_a_promise(day: date, hits: int) -> None:
    made = paper(
        "minutes\nAction 1", actions=(promise(2, date(2020, 12, 1), date(2020, 12, 31)),), date=date(2020, 9, 15)
    )
    between = paper("between", "b.txt", date=day)
    claim = Claim("no outstanding actions", "There were no outstanding actions.", None, (2, 2))
    later = paper("later\nThere were no outstanding actions.", "c.txt", date=date(2021, 3, 9), claims=(claim,),
                  previous=date(2020, 9, 15), lines={"date": (1, 1), "previous": (1, 1)})  # fmt: skip
    assert len(list(lost_promises(record(made, between, later)))) == hits
