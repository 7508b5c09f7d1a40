"""Tell an agreement to do something from an opinion or a finding: only the first is a decision."""

import re

from whatworks.board.reading.subject import Subjects

_MODAL = re.compile(r"\b(?:should|shall|must|will|would|ought to)\b", re.IGNORECASE)
_IDLE_MODAL = re.compile(
    r"\b(?:would|will|should) (?:also )?(?:be|prove|remain) (?:\w+ly )?(?:challenging|difficult|useful|helpful"
    r"|beneficial|of value|interesting|hard|vital|important|good|possible)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"^it (?:is|was|would be) (?:\w+ly )?(?:important|essential|necessary|right|appropriate|imperative)\b",
    re.IGNORECASE,
)
_PLEA = re.compile(r"(?<!could )(?<!can )(?<!may )(?<!might )(?<!to )\bbe (?!able)\w+", re.IGNORECASE)
_DONE = re.compile(r"\b(?:was|were|is|are|be) (?:agreed|supported|approved|accepted|endorsed|adopted)\b", re.IGNORECASE)
_AGREED_VIEW = re.compile(
    r"(?:with\b|on the (?:importance|need)|there\b|it\b|we\b|they\b|how\b|about\b|especially|strongly|and\b|differ)"
)
_ACCEPTED_THING = re.compile(
    r"(?:the|these|this|all)\s+(?:\w+\s+){0,3}(?:recommendations?|proposals?|report|minutes|terms|plan|bid)"
)
_ONE = r"(?!(?:people|police|children|women|men|staff|data|they|we|you|who|which|that|it)\b)[a-z-]{3,}"
"""The last word of a subject of which there is one."""
_STARTING = "begin|proceed|start|cease|remain|continue|go|return|stand|close|move|take"
_BASES = frozenset(
    (
        "become",
        "join",
        "continue",
        "remain",
        "go",
        "receive",
        "meet",
        "attend",
        "report",
        "write",
        "fund",
        "pay",
        "adopt",
        "begin",
    )
)
_FINITE = re.compile(r"is|was|are|were|has|have|had|can|could|may|might|do|does|did|to|who|which|that|not|\w+ed")
_NO_SUBJECT = frozenset(
    (
        "people",
        "police",
        "children",
        "women",
        "men",
        "staff",
        "they",
        "we",
        "you",
        "who",
        "and",
        "or",
        "of",
        "the",
        "a",
        "to",
    )
)
_BASE_VERB = re.compile(
    r"(?!(?:is|was|has|does|had|did|are|were|can|could|may|might|have|do|and|or|of|in|for|with|on|at|to|by|from)$)"
    r"\w*[^s\W](?<!ed)(?<!ing)"
)


def is_resolution(verb: str, what: str, names: Subjects) -> bool:
    """Tell whether what follows "agreed", "concluded" and the like is something to be done or brought into force.

    >>> from whatworks.board.reading.subject import subjects
    >>> names = subjects("Example Board", None)
    >>> is_resolution("agreed", " that the work should be developed", names)
    True
    >>> is_resolution("concluded", " that the evaluation was disappointing but should not diminish the need", names)
    False
    """
    what = what.strip()
    if what.startswith(","):
        agreeing = re.match(r",\s*(?:agreeing|supporting|approving)\b(.*)", what)
        if agreeing:
            return is_resolution("agreed", agreeing.group(1), names)
        what = what.lstrip(", ")
    clause = re.match(r"(?:that|with the proposal that)\b[\s,]*(.*)", what)
    if clause:
        first = re.split(r"(?:,\s*)?\bbut\b", clause.group(1))[0]
        if _IDLE_MODAL.search(first):
            return False
        asked = (_MODAL.search(first), _DUTY.match(first), _PLEA.search(first), _DONE.search(first))
        return any(asked) or _is_subjunctive(first, names)
    if verb == "concluded":
        return False
    if verb == "agreed":
        return not _AGREED_VIEW.match(what)
    if verb in ("accepted", "confirmed"):
        return _ACCEPTED_THING.match(what) is not None
    return bool(what.strip(" ."))


def _is_subjunctive(clause: str, names: Subjects) -> bool:
    """Tell "the Board develop a model", which asks, from "the Board develops models", which states."""
    pattern = rf"(?:{names.either}|(?:the )?[A-Z][\w’']+)\s+(?:then\s+|regularly\s+)?(?P<verb>[a-z]+)\b"
    if re.match(rf"(?:(?:the|an?|this|each) )?(?:[a-z-]+ ){{0,3}}{_ONE}(?<!s) (?:{_STARTING})\b", clause):
        return True
    words = re.findall(r"[\w'’-]+", clause)[:10]
    at = next((n for n, word in enumerate(words) if word in _BASES and n), None)
    if at is not None and not any(_FINITE.fullmatch(word) for word in words[:at]) and not words[at - 1].endswith("s"):
        return words[at - 1] not in _NO_SUBJECT
    one = r"(?:an?|each|every) (?:[\w-]+ ){1,3}(?P<verb>[a-z]+) (?:the|an?|all|any|each|every|its|their)\b"
    found = re.match(pattern, clause) or re.match(one, clause)
    return found is not None and _BASE_VERB.fullmatch(found.group("verb")) is not None
