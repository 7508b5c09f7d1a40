"""What a careful secretary would doubt in a paper as it was read: to put right before it goes out, or is believed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whatworks.board.contradictions import contradictions
from whatworks.board.contradictions.wording import word_set
from whatworks.board.parsed import Lines, ListedPerson, ParsedPaper
from whatworks.board.reading.draft import check_draft
from whatworks.board.reading.owner import is_collective, is_owner_in_room
from whatworks.board.register.names import KNOWN_NAMES, normal
from whatworks.records.documents import Document

_VIEWS = (
    r"important|good|great|useful|helpful|positive|interesting|excellent|concern\w*|disappoint\w*|encourag\w*|clear|"
    r"challeng\w*|difficult|vital|valuable|true|right|wrong|serious|significant|key|welcome|impressive|success\w*|unclear"
)
OPINION = re.compile(
    r"\b(?:agreed|agreeing|concluded|felt|supported) (?:with the (?:view|point|comment)"
    r"|that (?:it|this|that|these|there|they|the [\w' -]{1,60}?) (?:is|was|are|were|(?:had|has|have) been) "
    rf"(?:(?:a|an|the|very|most|really|quite|more) )*(?:{_VIEWS})\b)",
    re.IGNORECASE,
)
"""A decision whose object is a view of something, and nothing that will be done."""
_HEADING_WORDS = word_set(
    "any other business matters arising apologies minutes agenda item items action actions welcome introduction",
    "introductions update report reports review present attendance attendees members officers date next meeting notes",
    "discussion declarations interest interests strategy plan performance complex needs community safety crime purpose",
    "summary background recommendation recommendations",
)
_BODY_WORDS = word_set(
    "group board committee partnership council police service services team office department authority panel forum",
)
_KNOWN = {normal(short) for full, others in KNOWN_NAMES.items() for short in (full, *others)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: what is wrong with it, how to put it right, its lines and their words."""

    kind: str
    problem: str
    remedy: str
    text: str
    lines: Lines


def doubts(parsed: ParsedPaper, document: Document, known: frozenset[str] = frozenset()) -> tuple[Doubt, ...]:
    """Return what is doubtful in a paper, by line; `known` are names that the register holds, as compared.

    Owners who were not in the room are told apart by whether the register knows them.
    """
    found = [
        Doubt(each.kind, each.problem, each.remedy, each.text, each.lines)
        for each in check_draft(parsed, document)
        if each.kind not in ("owner", "unplaced")
    ]
    seen = {(each.kind, each.lines[0]) for each in found}
    for clash in contradictions([(document, parsed)]):
        quote = clash.quotes[-1 if clash.kind in ("attendance", "order of times") else 0]
        kind = {"sums": "sum", "bare figures": "base"}.get(clash.kind, clash.kind)
        kind = "initials" if clash.title.endswith("is on no list") else kind
        if not any((kind, line) in seen for each in clash.quotes for line in range(each.lines[0], each.lines[1] + 1)):
            found.append(Doubt(kind, clash.title, clash.question, quote.text, quote.lines))
    found += [*_people(parsed), *_owners(parsed, known), *_days(parsed), *_decisions(parsed)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.lines, each.kind, each.problem)))


def looks_like_a_heading(person: ListedPerson, parsed: ParsedPaper) -> bool:
    """Return whether a person's name is rather a heading, an office or a body.

    >>> from whatworks.board.parsed import ListedPerson, ParsedPaper
    >>> empty = ParsedPaper("minutes", None, None, None, None, None, None, None, None, None, ())
    >>> [looks_like_a_heading(ListedPerson(name, None, None, "board", True, (1, 1)), empty)
    ...  for name in ("Matters Arising", "Ann Green", "Safer Wexbridge Partnership", "Item 4")]
    [True, False, True, True]
    """
    words = re.findall(r"[^\W\d_][\w'’.-]*", person.name)
    titles = {normal(title) for title in [each.title for each in parsed.items] + [h.title for h in parsed.subheadings]}
    plain = [word.casefold().strip(".'’") for word in words]
    return (
        not words
        or bool(re.search(r"\d|[:;|@]", person.name))
        or normal(person.name) in titles | _KNOWN
        or len(words) > 5
        or (len(words) > 1 and sum(word in _HEADING_WORDS | _BODY_WORDS for word in plain) > 1)
        or plain[-1] in _BODY_WORDS
        or not any(word[:1].isupper() for word in words)
    )


def _people(parsed: ParsedPaper) -> Iterator[Doubt]:
    listed: dict[tuple[str, bool], ListedPerson] = {}
    for person in parsed.people:
        if looks_like_a_heading(person, parsed):
            problem = f"{person.name} was read as a person, and looks like a heading or a body"
            yield Doubt(
                "person", problem, "write people one a line under Present or Apologies", person.name, person.lines
            )
        elif len(person.name.split()) == 1:
            problem = f"{person.name} is one word: a surname, or no name"
            yield Doubt("person", problem, "write forename and surname", person.name, person.lines)
        first = listed.setdefault((normal(person.name), person.present), person)
        if first is not person and first.lines != person.lines:
            problem = f"{person.name} is listed twice (first on line {first.lines[0]})"
            yield Doubt("person", problem, "take one out", person.name, person.lines)


def _owners(parsed: ParsedPaper, known: frozenset[str]) -> Iterator[Doubt]:
    for promise in (*parsed.actions, *parsed.deliverables):
        for owner in promise.owners:
            if not parsed.people or is_collective(owner) or is_owner_in_room(owner, parsed.people):
                continue
            away = any(normal(each.name) == normal(owner) and not each.present for each in parsed.people)
            where = "sent apologies" if away else "was not in the room"
            if not away and normal(owner) not in known | _KNOWN:
                where += ", and is in no register"
            remedy = "check that they know and accept it, and that this is an owner"
            yield Doubt("owner", f"{owner} owns this and {where}", remedy, promise.text, promise.lines)


def _days(parsed: ParsedPaper) -> Iterator[Doubt]:
    if parsed.date is None:
        return
    for promise in (*parsed.actions, *parsed.deliverables, *parsed.commitments):
        if promise.due_to and promise.due_to < parsed.date:
            problem = f"it is due on {promise.due_to}, before the meeting of {parsed.date}"
            yield Doubt(
                "due", problem, "correct the date, or the year", promise.due_text or promise.text, promise.lines
            )
    ahead = (parsed.next.day - parsed.date).days if parsed.next else 0
    if parsed.next and ahead > 400:
        problem = f"the next meeting, {parsed.next.day}, is {ahead // 30} months ahead"
        yield Doubt("date", problem, "check the year", str(parsed.next.day), parsed.lines.get("next", (1, 1)))


def _decisions(parsed: ParsedPaper) -> Iterator[Doubt]:
    seen: dict[str, Lines] = {}
    for decision in parsed.decisions:
        if OPINION.search(decision.text):
            problem = "a decision that is an opinion: nothing is to be done by it"
            yield Doubt(
                "decision", problem, "say what was decided, or leave it as discussion", decision.text, decision.lines
            )
        plain = normal(decision.text)
        if len(plain.split()) > 3 and seen.setdefault(plain, decision.lines) != decision.lines:
            problem = f"this decision stands twice (first on line {seen[plain][0]})"
            yield Doubt("decision", problem, "take one out", decision.text, decision.lines)


def known_owners(names: Sequence[str]) -> frozenset[str]:
    """Return names of the register as `doubts` compares them."""
    return frozenset(map(normal, names))
