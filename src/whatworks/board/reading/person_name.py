"""Find a person's name in a line of an attendance list, apart from title, post and organisation."""

import re
from dataclasses import dataclass
from functools import cache

from whatworks.board.reading.gazetteer import gazetteer

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|&")
_PARTICLES = frozenset(
    ("de", "da", "di", "du", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn", "ap", "st")
)
_NAME_WORD = re.compile(r"^(?:[A-ZÀ-Þ][\w'’-]*|[A-Z]\.)\.?$")
_COURTESY = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "baroness", "baron", "rt", "hon")
)
_STRONG_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "cllr", "councillor", "rev", "revd")
)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name with what stands around it."""

    name: str
    title: str | None
    """Titles that say something of a post ("Councillor", "Deputy Commissioner"), without Mr and Mrs."""
    before: str
    after: str
    sure: bool
    """Whether a known forename or a title says that it is a name."""


def whole_name(text: str, *, surname_only: bool = False) -> FoundName | None:
    """Return the name if the text is nothing but a name with its titles.

    >>> whole_name("Councillor Claire Kober").name, whole_name("Kit Malthouse AM").name
    ('Claire Kober', 'Kit Malthouse')
    >>> whole_name("Head of Community Safety"), whole_name("London Councils")
    (None, None)
    """
    words = text.strip(" ,.;:").split()
    titles, rest = _take_titles(words)
    while len(rest) > 1 and rest[-1].strip(".,()").lower() in gazetteer().suffixes:
        rest = rest[:-1]
    if not 1 <= len(rest) <= 4 or not all(_is_name_word(word) for word in rest):
        return None
    titled = any(word.strip(".").lower() in _STRONG_TITLES for word in titles) or (bool(titles) and len(rest) > 1)
    known = _is_forename(rest[0]) or (len(rest) > 1 and bool(re.fullmatch(r"[A-Z]\.?", rest[0])))
    if len(rest) == 1 and not (titled or surname_only):
        return None
    if _bare(rest[0]) in gazetteer().posts | gazetteer().organisation_words and not known:
        return None
    last = _bare(rest[-1])
    if not known and (last in gazetteer().post_heads or last in gazetteer().organisation_words):
        return None
    if not titled and (is_organisation(" ".join(rest)) or (not known and any(word.isupper() for word in rest))):
        return None
    return FoundName(_clean(" ".join(rest)), _title(titles), "", "", known or titled or surname_only)


def find_name(text: str) -> FoundName | None:
    """Return the first name within a text that also holds a post or an organisation, by known forenames and titles.

    >>> found = find_name("Chief Executive Nick Walkley LB Barnet/London Councils")
    >>> found.before, found.name, found.after
    ('Chief Executive', 'Nick Walkley', 'LB Barnet/London Councils')
    """
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words[:-1]):
        first, second = word.group(), words[at + 1].group()
        if not (_is_forename(first) and _is_name_word(second)) or _between(text, words, at).strip():
            continue
        last_of_text = at + 2 >= len(words)
        if _bare(second) in gazetteer().post_heads or (
            _bare(second) in gazetteer().organisation_words and not last_of_text
        ):
            continue
        end = at + 1
        if _bare(second) in _PARTICLES or re.fullmatch(r"[A-Z]\.?", second):
            end = min(at + 2, len(words) - 1)
        titles, start = _titles_before(words, at)
        after = text[words[end].end() :].strip(" ,;:–-")
        name = _clean(" ".join(one.group() for one in words[at : end + 1]))
        after = _without_suffix(after)
        return FoundName(name, _title(titles), text[: words[start].start()].strip(" ,;:–-"), after, True)
    return _titled_surname(text, words)


def is_organisation(text: str) -> bool:
    """Tell whether a text is a listed organisation's name.

    >>> is_organisation("London Councils"), is_organisation("Jules Pipe")
    (True, False)
    """
    return _flat(text) in _known()


def initials_of(name: str) -> str:
    """Return the initials of a name as minutes use them.

    >>> initials_of("John O'Brien"), initials_of("Kit Malthouse")
    ("JO'B", 'KM')
    """
    parts = name.replace("’", "'").split()
    return "".join(_initial(part) for part in parts if part[:1].isupper())


def _initial(part: str) -> str:
    split = re.match(r"([A-Z])'([A-Z])", part)
    return f"{split.group(1)}'{split.group(2)}" if split else part[0]


@cache
def _known() -> frozenset[str]:
    return frozenset(_flat(name) for name in gazetteer().organisations)


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().replace("&", "and").split())


def _bare(word: str) -> str:
    return word.strip(".,:;()").lower()


def _is_forename(word: str) -> bool:
    first = word.split("-")[0].strip(".")
    return word[:1].isupper() and not (word.isupper() and len(word) < 4) and first.lower() in gazetteer().forenames


def _is_name_word(word: str) -> bool:
    return bool(_NAME_WORD.match(word)) or word.lower() in _PARTICLES


def _take_titles(words: list[str]) -> tuple[list[str], list[str]]:
    at = 0
    while at < len(words) - 1 and _bare(words[at]) in gazetteer().titles and not _is_known_name(words[at:]):
        at += 1
    return words[:at], words[at:]


def _is_known_name(words: list[str]) -> bool:
    """Tell a forename from a title that is spelt like it."""
    return _is_forename(words[0]) and len(words) > 1 and _is_name_word(words[1])


def _titles_before(words: list[re.Match[str]], at: int) -> tuple[list[str], int]:
    start = at
    while start > 0 and _bare(words[start - 1].group()) in gazetteer().titles:
        start -= 1
    return [word.group() for word in words[start:at]], start


def _titled_surname(text: str, words: list[re.Match[str]]) -> FoundName | None:
    for at, word in enumerate(words[:-1]):
        if _bare(word.group()) not in _STRONG_TITLES or not _is_name_word(words[at + 1].group()):
            continue
        end = at + 1
        while end + 1 < len(words) and end < at + 3 and _is_name_word(words[end + 1].group()):
            if _between(text, words, end).strip() or _bare(words[end + 1].group()) in gazetteer().organisation_words:
                break
            end += 1
        titles, start = _titles_before(words, at + 1)
        name = _clean(" ".join(one.group() for one in words[at + 1 : end + 1]))
        after = _without_suffix(text[words[end].end() :].strip(" ,;:–-"))
        return FoundName(name, _title(titles), text[: words[start].start()].strip(" ,;:–-"), after, True)
    return None


def _between(text: str, words: list[re.Match[str]], at: int) -> str:
    return text[words[at].end() : words[at + 1].start()]


def _without_suffix(text: str) -> str:
    words = text.split()
    while words and words[0].strip(",.") in {suffix.upper() for suffix in gazetteer().suffixes}:
        words = words[1:]
    return " ".join(words).strip(" ,;:–-")


def _title(titles: list[str]) -> str | None:
    said = [word for word in titles if _bare(word) not in _COURTESY]
    return " ".join(said).rstrip(".") or None


def _clean(name: str) -> str:
    return name.strip(" .,;:").replace(" .", ".")
