"""People who are there and not there: apologies from somebody present, and speakers whom no list names."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import word_set
from whatworks.board.parsed import ListedPerson
from whatworks.board.register.names import is_short_name_of, normal, perhaps_one_person
from whatworks.records.listing import listed

SPEAKS = (
    r"(?:said|stated|asked|noted|agreed|advised|argued|explained|felt|suggested|supported|invited|presented|proposed|"
    r"welcomed|questioned|introduced|outlined|pointed|responded|referred|thanked|updated|stressed|raised|informed|sought|was)"
)

SPEECH = r"(?:said|stated|argued|explained|suggested|presented|introduced|outlined|pointed|responded|thanked|stressed)"
"""What only who is in the room does."""
FROM_AFAR = re.compile(
    r"\b(?:e-?mail\w*|writing|written|letter|advance|prior|behalf|circulated|sent|before the meeting|since|outside)\b",
    re.IGNORECASE,
)
NO_PERSON = word_set("AM PM IT HR PR AC DC DI DS PC PS UK EU GP HO CT CJ VR SV DA NB")
"""Two capitals that are nobody's initials."""


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
    """Yield people whom the lists themselves have both as present and with apologies, under one name."""
    said = {
        normal(each.text): [(int(line), int(line)) for line in re.findall(r"\bline (\d+)", each.reason)]
        for each in paper.parsed.unresolved
        if each.kind == "attendance"
    }
    away = {normal(each.name): each.lines for each in paper.parsed.people if not each.present}
    for there in paper.parsed.people:
        name = normal(there.name)
        if there.present and (name in said or name in away):
            places = said.get(name) or [there.lines, away.get(name, there.lines)]
            yield Contradiction(
                "attendance",
                f"{there.name} is present and sends apologies",
                f"On {paper.when}, {there.name} is listed as present and also with apologies.",
                tuple(dict.fromkeys(paper.quote(lines, there.name) for lines in places)),
                f"Was {there.name} there?",
            )


def absent_speakers(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield people with apologies who speak in the minutes by name."""
    there = {normal(person.name) for person in paper.parsed.people if person.present}
    for away in paper.parsed.people:
        if away.present or any(one_person(away.name, other) for other in there):
            continue
        speaks = re.compile(rf"(?:^|[.!?] )(?:\w+\.? )?{re.escape(away.name)} {SPEECH}\b[^.]*")
        where = next(
            (one for one, text in paper.texts if (found := speaks.search(text)) and not FROM_AFAR.search(found[0])),
            None,
        )
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
    bodies = " ".join(filter(None, [paper.parsed.body, *(one.organisation for one in paper.parsed.people)]))
    for mention in paper.parsed.unresolved:
        if mention.kind != "initials" or mention.text in reported or not paper.attendance:
            continue
        if not re.fullmatch(r"[A-Z]{2}", mention.text) or mention.text in NO_PERSON or not by_initials(paper):
            continue
        if is_short_name_of(mention.text, bodies) or f"({mention.text})" in " ".join(text for _, text in paper.texts):
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


def by_initials(paper: RecordPaper) -> bool:
    """Return whether the minutes call listed people by their initials."""
    words = " ".join(text for _, text in paper.texts)
    initials = {"".join(part[0] for part in normal(one.name).split()).upper() for one in paper.parsed.people}
    return any(re.search(rf"\b{each} {SPEAKS}\b", words) for each in initials if len(each) > 1)


def span_of(people: tuple[ListedPerson, ...], paper: RecordPaper) -> tuple[int, int]:
    """Return the lines of the attendance lists."""
    return paper.attendance or people[0].lines
