"""People who are there and not there: apologies from somebody present, and speakers whom no list names."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import plain
from whatworks.board.parsed import ListedPerson
from whatworks.board.register.names import normal, perhaps_one_person
from whatworks.records.listing import listed

SPEAKS = (
    r"(?:said|stated|asked|noted|agreed|advised|argued|explained|felt|suggested|supported|invited|presented|proposed|"
    r"welcomed|questioned|introduced|outlined|pointed|responded|referred|thanked|updated|stressed|raised|informed|sought|was)"
)

APOLOGIES = re.compile(r"^\W*apologies\b", re.IGNORECASE)
HEADING = re.compile(
    r"^\W*(?:(?:present|in attendance|(?:lead |supporting )?officers|board|members|item \d.*|minutes.*)\W*$"
    r"|(?:presenting|secretariat|notes?|in attendance|present)\b[^:]*:|\d+[a-z]?[.)]? )",
    re.IGNORECASE,
)
HEAD_LINES = 150
"""How many lines of a paper are looked at for its attendance lists."""


def absences(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield, in each set of minutes, apologies from people who are there, and speakers who are on no list."""
    for paper in papers:
        if paper.parsed.kind == "minutes":
            yield from both(paper)
            yield from absent_speakers(paper)
            yield from strangers(paper)


def one_person(one: str, other: str) -> bool:
    """Return whether two printed names are, or may be, one person's."""
    return normal(one) == normal(other) or perhaps_one_person(one, other)


def both(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield people who are listed as present and with apologies: as they were read, or by the lines themselves."""
    apologies = apology_lines(paper)
    for there in paper.parsed.people:
        away = [(line, line) for line in apologies if there.name in plain(paper.document.lines[line - 1].text)]
        away += [
            person.lines for person in paper.parsed.people if not person.present and one_person(person.name, there.name)
        ]
        if there.present and away and away[0] != there.lines:
            yield Contradiction(
                "attendance",
                f"{there.name} is present and sends apologies",
                f"On {paper.when}, {there.name} is listed as present and also with apologies.",
                (paper.quote(there.lines, there.name), paper.quote(away[0], there.name)),
                f"Was {there.name} there?",
            )


def apology_lines(paper: RecordPaper) -> list[int]:
    """Return the lines of the apologies: the one that begins with the word, and those below it up to a heading."""
    found: list[int] = []
    for line in paper.document.lines[:HEAD_LINES]:
        if found and HEADING.match(line.text):
            break
        if found or APOLOGIES.match(line.text):
            found.append(line.number)
    return found


def absent_speakers(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield people with apologies who speak in the minutes by name."""
    there = {normal(person.name) for person in paper.parsed.people if person.present}
    for away in paper.parsed.people:
        if away.present or any(one_person(away.name, other) for other in there):
            continue
        speaks = re.compile(rf"(?:^|[.!?] )(?:\w+\.? )?{re.escape(away.name)} {SPEAKS}\b")
        where = next((one for one, text in paper.texts if speaks.search(text)), None)
        if where:
            yield Contradiction(
                "attendance",
                f"{away.name} speaks, and sent apologies",
                f"On {paper.when}, {away.name} is listed with apologies, but speaks in the minutes.",
                (paper.quote(away.lines, away.name), paper.quote(where.lines, away.name)),
                f"Was {away.name} there, or did somebody speak for them?",
            )


def strangers(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield initials that speak and that are nobody's on the lists."""
    reported: set[str] = set()
    for mention in paper.parsed.unresolved:
        if mention.kind != "initials" or mention.text in reported or not paper.attendance:
            continue
        words = paper.document.between(mention.lines)
        if not re.search(rf"\b{re.escape(mention.text)} (?:\w+ly |also )?{SPEAKS}\b", words):
            continue
        reported.add(mention.text)
        likely = f" Near them are {listed(list(mention.likely))}; none is put in their place." if mention.likely else ""
        yield Contradiction(
            "attendance",
            f"{mention.text} speaks, and is on no list",
            f"On {paper.when}, the initials {mention.text} match nobody on the attendance lists.{likely}",
            (paper.quote(mention.lines, mention.text), paper.quote(span_of(paper.parsed.people, paper))),
            f"Who is {mention.text}?",
        )


def span_of(people: tuple[ListedPerson, ...], paper: RecordPaper) -> tuple[int, int]:
    """Return the lines of the attendance lists."""
    return paper.attendance or people[0].lines
