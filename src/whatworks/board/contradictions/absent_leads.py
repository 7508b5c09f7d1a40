"""Leads who attend none of the meetings that name them."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.absences import one_person
from whatworks.board.contradictions.record import Contradiction, RecordPaper, by_body
from whatworks.board.contradictions.wording import gathered, plain, word_set
from whatworks.board.register.names import TITLES
from whatworks.records.listing import listed

LEADS = re.compile(
    r"((?:[A-Z][\w.'-]+ ){1,5})(?:leading|will lead|to lead|leads|is (?:the )?lead|as (?:interim )?lead)\b"
)
NO_NAME = word_set(
    "council councils police service board group authority office trust partnership team agency agencies committee",
    "london the partners and city department ministry home health probation all both members",
)

Naming = tuple[RecordPaper, tuple[int, int], str]
"""Where a lead is named: the paper, the lines, and the name."""


def absent_leads(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each person whom two meetings or more name as lead, and who is at none of them.

    Whom one meeting names may only have been absent once.

    Apologies explain an absence; somebody with apologies at any of those meetings is not shown.
    """
    for held in by_body(papers):
        named = [(paper, lines, name) for paper in held for lines, name in named_leads(paper)]
        for group in gathered(named, lambda group, one: one_person(group[0][2], one[2])):
            several = len({paper.day for paper, _, _ in group}) > 1
            if several and all(paper.parsed.people and not listed_there(paper, name) for paper, _, name in group):
                yield contradiction_of(group)


def named_leads(paper: RecordPaper) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the people whom a paper names as leads, with the lines."""
    seen: set[str] = set()
    named = [(priority.lines, bare(priority.lead)) for priority in paper.parsed.priorities if priority.lead]
    named += [(one.lines, bare(found[1])) for one, text in paper.texts for found in LEADS.finditer(text)]
    for lines, name in named:
        if name and name not in seen:
            seen.add(name)
            yield lines, name


def bare(name: str) -> str | None:
    """Return a person's name without titles; None where the words are no person's name.

    >>> bare("Commander Ann Testcase"), bare("London Councils"), bare("MOPAC")
    ('Ann Testcase', None, None)
    """
    words = re.sub(r"\([^)]*\)", " ", name).replace(".", " ").split()
    while words and words[0].lower() in TITLES:
        words = words[1:]
    person = 2 <= len(words) <= 3 and not any(word.lower() in NO_NAME or word.isupper() for word in words)
    return " ".join(words) if person else None


def listed_there(paper: RecordPaper, name: str) -> bool:
    """Return whether somebody is on a meeting's lists, present or with apologies.

    A line of the lists that could not be read whole, but holds the name, counts too.
    """
    if any(one_person(person.name, name) for person in paper.parsed.people):
        return True
    return paper.attendance is not None and name in plain(paper.document.between(paper.attendance))


def contradiction_of(group: list[Naming]) -> Contradiction:
    """Return the finding, with every line that names the lead and the lists without them."""
    name = group[0][2]
    held = list({id(paper): paper for paper, _, _ in group}.values())
    quotes = [paper.quote(lines, name) for paper, lines, name in group]
    quotes += [paper.quote(paper.attendance) for paper in held if paper.attendance]
    meetings = listed([paper.when for paper in held])
    return Contradiction(
        "absent lead",
        f"{name} leads, and attends no meeting that says so",
        f"{name} is named as lead on {meetings}, and is on the attendance list of "
        + ("neither meeting." if len(held) == 2 else "none of these meetings."),
        tuple(dict.fromkeys(quotes)),
        f"Does {name} know, who reports for this work, and to which meeting?",
    )
