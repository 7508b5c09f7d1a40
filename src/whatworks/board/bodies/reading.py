"""Gather each body's namings over the whole record into one value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from whatworks.board.bodies import facts
from whatworks.board.bodies.aliases import alike, best_name, grouped, short_names
from whatworks.board.bodies.body import Body, BodyNaming, EnteredBody, Standing
from whatworks.board.bodies.naming import HEADS, TOPICAL, Mention, mentions
from whatworks.board.contradictions.priorities import same
from whatworks.board.contradictions.record import RecordPaper
from whatworks.board.register.names import FULL_NAMES, normal
from whatworks.records.calendar_names import MONTHS
from whatworks.records.register.ledger import picked

DESCRIBES = re.compile(
    r"\b(?:to|for|will|would|is an?|responsib\w+|oversee\w*|focus\w*|design\w*|tasked|provid\w*|covers?|engine)\b"
)
NEAR = 80
"""How many letters after its name a sentence has to say what a body is for."""


def read_bodies(papers: tuple[RecordPaper, ...], entered: Sequence[EnteredBody] = ()) -> tuple[Body, ...]:
    """Return the bodies that dated papers name, in the order of their first naming, with what was entered of them."""
    dated = tuple(paper for paper in papers if paper.day)
    shorts = short_names(dated)
    groups = grouped([one for paper in dated for one in (*own(paper), *mentions(paper, shorts))], shorts)
    shared = {group[0].kind: group for group in groups if generic(group, groups)}
    home = home_of(dated)
    listed = {priority.name for paper in dated for priority in paper.parsed.priorities}
    own_names = [group for group in groups if not generic(group, groups)]
    bodies = [body(group, shared.get(group[0].kind, []), shorts, listed, home) for group in own_names]
    bodies = [attended(one, dated, shorts) for one in bodies]
    return tuple(with_entered([resolved(one, bodies, shorts) for one in bodies], entered, shorts))


def own(paper: RecordPaper) -> list[Mention]:
    """Return the naming of a body by its own minutes, or at the head of its report."""
    name, lines = paper.parsed.body, paper.parsed.lines.get("body") or paper.parsed.lines.get("date") or (1, 1)
    head = name.split()[-1].lower() if name else ""
    return [Mention(name, HEADS[head], name, lines, paper)] if name and head in HEADS else []


def generic(group: list[Mention], groups: list[list[Mention]]) -> bool:
    """Return whether a plural without topic is only the common name of groups that the record names by topic."""
    kind = group[0].kind
    if group[0].name not in [name for _, _, name in TOPICAL]:
        return False
    return any(other is not group and other[0].kind == kind for other in groups)


def home_of(papers: Sequence[RecordPaper]) -> str | None:
    """Return the place after which the boards are named, where papers speak of being in it."""
    firsts = {(paper.parsed.body or "").split(" ")[0] for paper in papers} - {""}
    texts = [text for paper in papers for _, text in paper.texts]
    within = r"\b(?:in|across|within|throughout|around) {}\b"
    return next((one for one in sorted(firsts) if re.search(within.format(re.escape(one)), "\n".join(texts))), None)


def body(
    group: list[Mention], shared: list[Mention], shorts: Mapping[str, str], priorities: set[str], home: str | None
) -> Body:
    """Return a body from its mentions, and from what is said of all groups of its kind together."""
    written = list(dict.fromkeys(mention.name for mention in group))
    name = best_name(written)
    about = [mention for mention in (*group, *shared) if mention.subject]
    said = [mention.sentence for mention in about]
    describing = [mention for mention in about if describes(mention)]
    namings = tuple({one.quote: one for one in map(naming, group)}.values())
    return Body(
        name=name,
        kind=group[0].kind,
        standing=standing(group, (*namings, *map(naming, shared))),
        namings=namings,
        also=tuple(one for one in written if one != name),
        several=all(mention.several for mention in group),
        remit=tuple({one.paper.quote(one.lines, one.sentence): 0 for one in describing})[:4],
        members=tuple(dict.fromkeys(member for words in said for member in facts.members(words))),
        reports_to=line_up(about, name, shorts),
        geography=tuple(dict.fromkeys(one for words in (name, *said) for one in facts.geography(words, home))),
        priorities=tuple(priority for priority in sorted(priorities) if serves(name, priority)),
        finish_test=next((test for words in said if (test := facts.finish_test(words))), None),
        started=next((one.paper.day for one in about if facts.began(one.sentence)), None),
        ended=next((one.paper.day for one in about if facts.ended(one.sentence)), None),
        terms=facts.terms(name, [mention.sentence for mention in describing if mention in group]),
    )


def describes(mention: Mention) -> bool:
    """Return whether a sentence goes on from a body's name, or from "it", to what the body is for."""
    said, last = mention.sentence, mention.name.split()[-1]
    at = said.find(mention.name)
    if at < 0:
        at = said.rfind(last)
    after = said if at < 0 else said[at + len(last) : at + len(mention.name) + NEAR]
    return DESCRIBES.search(after) is not None


def naming(mention: Mention) -> BodyNaming:
    """Return where a body is named."""
    day = mention.paper.day
    assert day is not None  # noqa: S101 - undated papers were left out
    return BodyNaming(
        day, mention.paper.quote(mention.lines, mention.sentence), facts.planned(mention.sentence, mention.name)
    )


def standing(group: list[Mention], namings: Sequence[BodyNaming]) -> Standing:
    """Return whether a body's own minutes are held, or papers speak of it, or half of what they say only plans it."""
    if any(one.paper.parsed.kind == "minutes" and one.sentence == one.paper.parsed.body for one in group):
        return "met"
    return "planned" if 2 * sum(one.planned for one in namings) >= len(namings) else "named"


def line_up(about: Sequence[Mention], name: str, shorts: Mapping[str, str]) -> str | None:
    """Return the body that a body reports to: by a sentence that says so, or by the board's name before its own."""
    for mention in about:
        above = facts.reports_to(mention.sentence)
        if above:
            above = mention.paper.parsed.body or above if above == "board" else shorts.get(above, above)
            if normal(above) != normal(name):
                return above
    for mention in about:
        first, *rest = mention.name.split()
        if rest and first in shorts and normal(shorts[first]) != normal(name):
            return shorts[first]
    return None


def serves(name: str, priority: str) -> bool:
    """Return whether a body's name holds a priority.

    >>> serves("ASB Task and Finish Group", "ASB"), serves("Delivery Management Group", "ASB")
    (True, False)
    """
    topic = re.sub(r"(?i)\b(?:task and finish group|challenge board|board|group|panel|partnership|forum)\b", "", name)
    return bool(topic.strip()) and same(topic.strip(), priority)


def resolved(one: Body, bodies: Sequence[Body], shorts: Mapping[str, str]) -> Body:
    """Return a body whose reporting line names another body of the map by that body's own name, or none."""
    words = [shorts.get(word, word) for word in (one.reports_to or "").split() if word not in MONTHS]
    sought = " ".join(words)
    above = next((other for other in bodies if sought and alike(other.name, sought, shorts)), None)
    return replace(one, reports_to=above.name if above and above.name != one.name else None)


def attended(one: Body, papers: Iterable[RecordPaper], shorts: Mapping[str, str]) -> Body:
    """Return a body whose own minutes are held with the agencies on their attendance lists."""
    if one.standing != "met":
        return one
    lists = [
        paper
        for paper in papers
        if paper.parsed.kind == "minutes" and alike(paper.parsed.body or "x", one.name, shorts)
    ]
    found = [agency(person.organisation) for paper in lists for person in paper.parsed.people if person.organisation]
    return replace(one, members=tuple(dict.fromkeys((*one.members, *(name for name in found if name)))))


def agency(printed: str) -> str:
    """Return an agency's full name, without a post before it.

    >>> agency("CEO, London Councils"), agency("MPS")
    ('London Councils', 'Metropolitan Police Service')
    """
    for part in reversed(re.split(r"[,/]", re.sub(r"\([^)]*\)", " ", printed))):
        if normal(part) in FULL_NAMES:
            return FULL_NAMES[normal(part)]
    return re.split(r"[,/]", printed)[-1].strip()


def with_entered(bodies: Sequence[Body], entered: Sequence[EnteredBody], shorts: Mapping[str, str]) -> Iterable[Body]:
    """Yield the bodies, what was entered of each standing over what was read; facts that were not entered stay."""
    for one in bodies:
        for row in (row for row in entered if alike(row.name, one.name, shorts)):
            facts_given = picked(row, "kind members reports_to started ended finish_test")
            more = facts.terms(one.name, [row.remit]) if row.remit else frozenset()
            one = replace(one, **{name: said for name, said in facts_given.items() if said}, terms=one.terms | more)
        yield one
