"""Minutes written into the Word template are read back without loss; the template itself says nothing."""

from datetime import date, time
from pathlib import Path

import pytest
from made_up import papers

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import read_paper
from whatworks.papers.board.minutes_template import (
    PLACEHOLDER,
    Agendum,
    Attending,
    Minutes,
    TemplateEntry,
    after_meeting,
    blank_minutes,
    minutes_document,
    write_minutes_template,
)
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused
from whatworks.simulation.minutes.cast import cast
from whatworks.simulation.minutes.layouts import Meeting
from whatworks.simulation.minutes.minutes import meetings

HEADINGS = {"board": "Board", "lead officer": "Lead Officers", "apologies": "Apologies"}
KINDS = {"action": "action", "deliverables": "deliverables"}


def filled(meeting: Meeting) -> Minutes:
    """Return a made-up meeting as minutes; everybody has a role, and one of its officers sends apologies."""
    people = [
        Attending(one.name, one.role or one.title, one.organisation, HEADINGS.get(one.capacity, "Officers"))
        for one in meeting.people
    ]
    people[-1] = Attending(people[-1].name, people[-1].role, people[-1].organisation, "Apologies")
    items = tuple(
        Agendum(
            item.title,
            tuple(TemplateEntry(KINDS.get(one.kind, "paragraph"), one.text, one.points) for one in item.blocks),
        )  # type: ignore[arg-type]
        for item in meeting.items
    )
    return Minutes(
        meeting.body, meeting.date, meeting.start, meeting.end or time(17, 5), meeting.place, meeting.following,
        time(11), tuple(people), items,
    )  # fmt: skip


def read_back(minutes: Minutes, folder: Path) -> ParsedPaper:
    path = folder / "minutes.docx"
    write_minutes_template(minutes, path)
    return read_paper(read_document(path))


@pytest.mark.parametrize(("seed", "which"), [(1, 0), (1, 1), (2, 2), (5, 3)])
def test_a_made_up_meeting_comes_back_whole(seed: int, which: int, tmp_path: Path) -> None:
    minutes = filled(meetings(cast(seed))[which])
    read = read_back(minutes, tmp_path)
    assert (read.kind, read.body, read.date, read.weekday_ok) == ("minutes", minutes.body, minutes.day, True)
    assert (read.time, read.end, read.place) == (minutes.start, minutes.end, minutes.place)
    assert read.next is not None
    assert (read.next.day, read.next.time) == (minutes.following, minutes.following_at)
    assert people(read) == {(one.name, one.role, one.organisation, one.heading) for one in minutes.people}
    assert [(one.number, one.title) for one in read.items] == [
        (str(at), item.title) for at, item in enumerate(minutes.items, 1)
    ]
    entries = [(at, one) for at, item in enumerate(minutes.items, 1) for one in item.entries]
    actions = [one.text for _, one in entries if one.kind == "action"]
    assert [(one.number, one.text) for one in read.actions] == [(str(at), text) for at, text in enumerate(actions, 1)]
    assert [one.text for one in read.deliverables] == [point for _, one in entries if one.kind == "deliverables"
                                                       for point in one.points]  # fmt: skip
    assert paragraphs(read) == written(minutes)
    assert read.unplaced == ()
    assert read.unresolved == ()


def people(read: ParsedPaper) -> set[tuple[str, str | None, str | None, str]]:
    lists = {"board": "Board", "lead officer": "Lead Officers", "officer": "Officers", "apologies": "Apologies"}
    assert all(one.present == (one.capacity != "apologies") for one in read.people)
    return {(one.name, one.role, one.organisation, lists[one.capacity]) for one in read.people}


def paragraphs(read: ParsedPaper) -> dict[str, str]:
    return {str(one.number): " ".join(one.text.split()) for one in read.paragraphs}


def written(minutes: Minutes) -> dict[str, str]:
    """Return each paragraph's number and words, its points after it."""
    found = {}
    for number, item in enumerate(minutes.items, 1):
        kept = [one for one in item.entries if one.kind == "paragraph"]
        found |= {
            f"{number}.{at}": " ".join(" ".join((one.text, *one.points)).split()) for at, one in enumerate(kept, 1)
        }
    return found


def test_the_same_minutes_give_the_same_bytes() -> None:
    minutes = filled(meetings(cast(1))[1])
    assert minutes_document(minutes) == minutes_document(minutes)


def test_an_empty_template_is_read_as_saying_nothing(tmp_path: Path) -> None:
    read = read_back(blank_minutes("Testshire Crime Board"), tmp_path)
    assert (read.date, read.time, read.end, read.next) == (None, None, None, None)
    assert read.decisions == ()
    assert not [one for one in read.people if PLACEHOLDER not in one.name]


def test_the_next_minutes_begin_from_the_last() -> None:
    last = papers(1)[2][1]
    begun = after_meeting(last)
    assert last.next is not None
    assert begun.day == last.next.day
    assert [one.name for one in begun.people] == [one.name for one in last.people if one.present]
    updates = [one.text for one in begun.items[1].entries if one.text.startswith("Update on:")]
    assert len(updates) == len(last.actions) == 1
    assert last.actions[0].text in updates[0]
    assert [one.title for one in begun.items[2:-1]] == [one.text for one in last.agenda_next]


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        write_minutes_template(blank_minutes(), tmp_path / "file" / "minutes.docx")


def test_a_leap_day_keeps_its_weekday(tmp_path: Path) -> None:
    base = filled(meetings(cast(1))[0])
    leap = Minutes(base.body, date(2024, 2, 29), base.start, base.end, base.place, date(2024, 5, 30), None, base.people,
                   base.items)  # fmt: skip
    read = read_back(leap, tmp_path)
    assert (read.date, read.weekday_ok) == (date(2024, 2, 29), True)
