"""People who are there and not there: apologies from somebody present, and speakers whom no list names."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import Paper
from whatworks.board.contradictions.wording import listed
from whatworks.board.parsed import Person
from whatworks.board.register.names import normal, perhaps_one_person

SPEAKS = (
    r"(?:said|stated|asked|noted|agreed|advised|argued|explained|felt|suggested|supported|invited|presented|proposed|"
    r"welcomed|questioned|introduced|outlined|pointed|responded|referred|thanked|updated|stressed|raised|informed|sought|was)"
)


def absences(papers: tuple[Paper, ...]) -> Iterator[Contradiction]:
    """Yield, in each set of minutes, apologies from people who are there, and speakers who are on no list."""
    for paper in papers:
        if paper.parsed.kind == "minutes":
            yield from both(paper)
            yield from absent_speakers(paper)
            yield from strangers(paper)


def one_person(one: str, other: str) -> bool:
    """Return whether two printed names are, or may be, one person's."""
    return normal(one) == normal(other) or perhaps_one_person(one, other)


def both(paper: Paper) -> Iterator[Contradiction]:
    """Yield people who are listed as present and with apologies."""
    for away in paper.parsed.people:
        if away.present:
            continue
        for there in paper.parsed.people:
            if there.present and one_person(away.name, there.name):
                yield Contradiction(
                    "attendance",
                    f"{there.name} is present and sends apologies",
                    f"On {paper.when}, {there.name} is listed as present and also with apologies.",
                    (paper.quote(there.lines, there.name), paper.quote(away.lines, away.name)),
                    f"Was {there.name} there?",
                )


def absent_speakers(paper: Paper) -> Iterator[Contradiction]:
    """Yield people with apologies who speak in the minutes by name."""
    there = {normal(one.name) for one in paper.parsed.people if one.present}
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


def strangers(paper: Paper) -> Iterator[Contradiction]:
    """Yield initials that speak and that are nobody's on the lists."""
    told: set[str] = set()
    for mention in paper.parsed.unresolved:
        if mention.kind != "initials" or mention.text in told or not paper.attendance:
            continue
        words = paper.document.between(mention.lines)
        if not re.search(rf"\b{re.escape(mention.text)} (?:\w+ly |also )?{SPEAKS}\b", words):
            continue
        told.add(mention.text)
        likely = f" The likely reading is {listed(list(mention.likely))}." if mention.likely else ""
        yield Contradiction(
            "attendance",
            f"{mention.text} speaks, and is on no list",
            f"On {paper.when}, the initials {mention.text} match nobody on the attendance lists.{likely}",
            (paper.quote(mention.lines, mention.text), paper.quote(span_of(paper.parsed.people, paper))),
            f"Who is {mention.text}?",
        )


def span_of(people: tuple[Person, ...], paper: Paper) -> tuple[int, int]:
    """Return the lines of the attendance lists."""
    return paper.attendance or people[0].lines
