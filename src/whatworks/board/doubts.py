"""What a careful secretary would doubt in a paper as it was read: to put right before it goes out, or is believed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whatworks.board.contradictions import differing, findings
from whatworks.board.contradictions.wording import word_set
from whatworks.board.parsed import Lines, ListedPerson, ParsedPaper, Promise
from whatworks.board.reading.owner import is_collective, is_owner_in_room
from whatworks.board.register.names import FULL_NAMES, normal
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
_KNOWN = frozenset(FULL_NAMES)
_AHEAD_AT_MOST = 400
"""Days from one meeting to the next."""


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

    What the paper says in two ways is among it, since a draft is a record of one paper. Owners who were not in the room
    are told apart by whether the register knows them.
    """
    found = [
        *_clashes(parsed, document), *_head(parsed), *_mentions(parsed), *_people(parsed), *_promises(parsed, known),
        *_decisions(parsed), *_figures(parsed), *_taken_back(document),
    ]  # fmt: skip
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.lines, each.kind, each.problem)))


def known_owners(names: Sequence[str]) -> frozenset[str]:
    """Return names of the register as `doubts` compares them."""
    return frozenset(map(normal, names))


def _clashes(parsed: ParsedPaper, document: Document) -> Iterator[Doubt]:
    """Yield what the paper contradicts itself in; initials and shares are told one by one below."""
    for clash in differing(findings([(document, parsed)])):
        if clash.kind != "bare figures" and not clash.title.endswith("is on no list"):
            quote = clash.quotes[0 if clash.kind == "sums" else -1]
            yield Doubt(clash.kind, clash.title, clash.question, quote.text, quote.lines)


def _head(parsed: ParsedPaper) -> Iterator[Doubt]:
    if parsed.date is None:
        yield Doubt("date", "no date of the meeting is printed", "write the date at the head", "", (1, 1))
    if parsed.time_text and parsed.time is None:
        problem = f"{parsed.time_text} says neither am nor pm"
        yield Doubt("time", problem, "add am or pm", parsed.time_text, parsed.lines["time"])
    if parsed.kind == "minutes" and not parsed.people:
        yield Doubt("attendance", "nobody is listed as present", "list who was there under Present", "", (1, 1))
    ahead = (parsed.next.day - parsed.date).days if parsed.next and parsed.date else 0
    if parsed.next and ahead > _AHEAD_AT_MOST:
        problem = f"the next meeting, {parsed.next.day}, is {ahead // 30} months ahead"
        yield Doubt("date", problem, "check the year", str(parsed.next.day), parsed.lines.get("next", (1, 1)))


def _taken_back(document: Document) -> Iterator[Doubt]:
    """Yield the words that the paper strikes through, hides or deleted: nobody reads them, and they are still sent."""
    for aside in document.asides:
        if aside.kind in ("struck-through", "hidden", "deleted"):
            problem = f"these words are {aside.kind}, and were not read"
            lines = (max(1, min(aside.line, len(document.lines))),) * 2
            yield Doubt("taken back", problem, "take them out, or write them plainly", aside.text.strip(), lines)


def _mentions(parsed: ParsedPaper) -> Iterator[Doubt]:
    for mention in parsed.unresolved:
        if mention.kind != "attendance":
            likely = f"; perhaps {' or '.join(mention.likely[:2])}" if mention.likely else ""
            problem, remedy = f"{mention.text}: {mention.reason}", f"name the person{likely}"
            yield Doubt("initials", problem, remedy, mention.text, mention.lines)


def _people(parsed: ParsedPaper) -> Iterator[Doubt]:
    listed: dict[tuple[str, bool], ListedPerson] = {}
    for person in parsed.people:
        if looks_like_a_heading(person, parsed):
            problem = f"{person.name} was read as a person, and looks like a heading or a body"
            remedy = "write people one a line under Present or Apologies"
            yield Doubt("person", problem, remedy, person.name, person.lines)
        elif len(person.name.split()) == 1:
            problem = f"{person.name} is one word: a surname, or no name"
            yield Doubt("person", problem, "write forename and surname", person.name, person.lines)
        first = listed.setdefault((normal(person.name), person.present), person)
        if first is not person and first.lines != person.lines:
            problem = f"{person.name} is listed twice (first on line {first.lines[0]})"
            yield Doubt("person", problem, "take one out", person.name, person.lines)


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


def _promises(parsed: ParsedPaper, known: frozenset[str]) -> Iterator[Doubt]:
    marked = [("the action", each) for each in parsed.actions] + [
        ("the deliverable", each) for each in parsed.deliverables
    ]
    for what, promise in marked:
        if not promise.owners:
            yield Doubt("no owner", f"{what} has no owner", "say who", promise.text, promise.lines)
        if promise.due_from is None:
            problem = (
                f"{what} is due {promise.due_text!r}, which names no day" if promise.due_text else f"{what} has no date"
            )
            yield Doubt("no date", problem, "say by when", promise.text, promise.lines)
        yield from _owners(promise, parsed, known)
    for promise in parsed.commitments:
        if not (promise.due_text and promise.owners):
            lacks = "owner" if promise.due_text else "date"
            remedy = f"say {'who' if promise.due_text else 'by when'}, or mark it as an action"
            yield Doubt(f"no {lacks}", f"a promise in prose has no {lacks}", remedy, promise.text, promise.lines)
    for promise in (*parsed.actions, *parsed.deliverables, *parsed.commitments):
        if promise.due_to and parsed.date and promise.due_to < parsed.date:
            problem = f"it is due on {promise.due_to}, before the meeting of {parsed.date}"
            yield Doubt("due", problem, "correct the date, or the year", promise.text, promise.lines)


def _owners(promise: Promise, parsed: ParsedPaper, known: frozenset[str]) -> Iterator[Doubt]:
    for owner in promise.owners:
        if not parsed.people or is_collective(owner) or is_owner_in_room(owner, parsed.people):
            continue
        away = any(normal(each.name) == normal(owner) and not each.present for each in parsed.people)
        where = "sent apologies" if away else "was not in the room"
        if not away and normal(owner) not in known | _KNOWN:
            where += ", and is in no register"
        remedy = "check that they know and accept it, and that this is an owner"
        yield Doubt("owner", f"{owner} owns this and {where}", remedy, promise.text, promise.lines)


def _decisions(parsed: ParsedPaper) -> Iterator[Doubt]:
    seen: dict[str, Lines] = {}
    for decision in parsed.decisions:
        if OPINION.search(decision.text):
            problem = "this decision is an opinion: nothing is done by it"
            remedy = "say what was decided, or leave it as discussion"
            yield Doubt("decision", problem, remedy, decision.text, decision.lines)
        plain = normal(decision.text)
        if len(plain.split()) > 3 and seen.setdefault(plain, decision.lines) != decision.lines:
            problem = f"this decision stands twice (first on line {seen[plain][0]})"
            yield Doubt("decision", problem, "take one out", decision.text, decision.lines)


def _figures(parsed: ParsedPaper) -> Iterator[Doubt]:
    for figure in parsed.figures:
        if figure.kind == "rate" and figure.base is None:
            problem = f"{figure.text} of how many is not said"
            yield Doubt("base", problem, "give the number of people or cases", figure.text, figure.lines)
