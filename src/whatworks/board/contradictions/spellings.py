"""One person's name in two spellings."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import gathered, plain, word_set
from whatworks.board.register.names import TITLES, forms_of_one, normal, telling
from whatworks.records.listing import listed

Place = tuple[RecordPaper, int]
NO_FORENAME = TITLES | word_set(
    "the and mr mrs ms by with from for of chair interim acting former new london north south east west",
)


def spellings(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each surname that stands with two forms of one forename, with the first line of each form.

    Two people on one attendance list are two people, however alike their names.
    """
    surnames = {
        normal(person.name).split()[-1] for paper in papers for person in paper.parsed.people if " " in person.name
    }
    surnames |= {
        normal(priority.lead).split()[-1] for paper in papers for priority in paper.parsed.priorities if priority.lead
    }
    apart = {pair for paper in papers for pair in pairs(paper)} | of_two_bodies(papers)
    for _, forms in sorted(mentions(papers, {one for one in surnames if len(one) > 2}).items()):
        for group in alike(list(forms), apart):
            yield contradiction_of(group, {form: forms[form] for form in group})


def pairs(paper: RecordPaper) -> Iterator[frozenset[str]]:
    """Yield each two people of one attendance list who share a surname."""
    people = [person.name for person in paper.parsed.people]
    for at, one in enumerate(people):
        for other in people[at + 1 :]:
            if normal(one).split()[-1:] == normal(other).split()[-1:] and normal(one) != normal(other):
                yield frozenset((normal(one), normal(other)))


def of_two_bodies(papers: tuple[RecordPaper, ...]) -> set[frozenset[str]]:
    """Return each two names that lists give two organisations, so that they may be two people's."""
    bodies: dict[str, set[frozenset[str]]] = {}
    for paper in papers:
        for person in paper.parsed.people:
            if person.organisation:
                bodies.setdefault(normal(person.name), set()).add(telling(person.organisation))
    return {
        frozenset((one, other))
        for one, some in bodies.items()
        for other, others in bodies.items()
        if one < other and one.split()[-1] == other.split()[-1] and not any(a & b for a in some for b in others)
    }


def mentions(papers: tuple[RecordPaper, ...], surnames: set[str]) -> dict[str, dict[str, Place]]:
    """Return, by surname, each form of the full name and where it stands first."""
    found: dict[str, dict[str, Place]] = {}
    name = re.compile(r"\b(?=([A-Z][a-z]+(?:-[A-Z][a-z]+)?) ((?:O'|Mc|Mac)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b)")
    for paper in papers:
        for line in paper.document.lines:
            for one in name.finditer(plain(line.text)):
                surname = normal(one[2])
                if surname in surnames and one[1].lower() not in NO_FORENAME:
                    found.setdefault(surname, {}).setdefault(f"{one[1]} {one[2]}", (paper, line.number))
    return found


def alike(forms: list[str], apart: set[frozenset[str]]) -> Iterator[list[str]]:
    """Yield groups of two forms or more that may be one person's."""
    groups = gathered(forms, lambda group, form: all(one_name(form, other, apart) for other in group))
    yield from (group for group in groups if len(group) > 1)


def one_name(one: str, other: str, apart: set[frozenset[str]]) -> bool:
    """Return whether two full names may be two spellings of one."""
    if frozenset((normal(one), normal(other))) in apart:
        return False
    a, b = one.split()[0].lower(), other.split()[0].lower()
    return forms_of_one(a, b) or (min(len(a), len(b)) > 4 and a[0] == b[0] and distance(a, b) == 1)


def distance(one: str, other: str) -> int:
    """Return how many letters have to be changed, added or left out.

    >>> distance("jonathan", "jonathon"), distance("steven", "stephen")
    (1, 2)
    """
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for below, against in enumerate(other, 1):
            before, row[below] = row[below], min(row[below] + 1, row[below - 1] + 1, before + (letter != against))
    return row[-1]


def contradiction_of(group: list[str], places: dict[str, Place]) -> Contradiction:
    """Return the finding, with one line for each form."""
    return Contradiction(
        "spelling",
        f"{listed(group)}: one person?",
        f"The record has {listed(group)}. If that is one person, attendance counts and searches miss a part.",
        tuple(paper.quote((line, line), form) for form, (paper, line) in places.items()),
        "Is that one person, and which spelling is theirs?",
    )
