"""Find a person's name in a line of an attendance list, apart from title, post and organisation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from unicodedata import normalize

from whatworks.board.reading.gazetteer import gazetteer

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|&")
PARTICLES = frozenset(
    ("de", "da", "di", "do", "du", "das", "dos", "del", "della", "van", "von", "der", "den", "ten", "ter", "zu", "la")
) | {"le", "el", "al", "bin", "binti", "ibn", "ap", "ab", "ferch", "st"}
_NAME_WORD = re.compile(r"^(?:[A-ZÀ-Þ][\w'’-]*|(?:[A-Z]\.){1,4}[A-Z]?)\.?$")
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")
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


def whole_name(text: str, *, surname_only: bool = False, placed: bool = False) -> FoundName | None:
    """Return the name if the text is nothing but a name with its titles; `placed` among names, "Zofia North" is one.

    >>> whole_name("Councillor Claire Kober").name, whole_name("Kit Malthouse AM").name
    ('Claire Kober', 'Kit Malthouse')
    >>> whole_name("Head of Community Safety"), whole_name("London Councils")
    (None, None)
    """
    words = text.strip(" ,.;:").split()
    titles, rest = _take_titles(words)
    while len(rest) > 1 and rest[-1].strip(".,()").lower() in gazetteer().suffixes:
        rest = rest[:-1]
    if not 1 <= len([word for word in rest if word.lower() not in PARTICLES]) <= 4 or not all(
        _is_name_word(word) for word in rest
    ):
        return None
    set_apart = len(rest) > 1 and not rest[0].isupper() and rest[-1].isupper() and len(rest[-1]) > 2
    if set_apart and not is_organisation(rest[-1]):
        return FoundName(_clean(" ".join(rest)), _title(titles), "", "", not any(map(is_heading_word, rest)))
    strong = any(word.strip(".").lower() in _STRONG_TITLES for word in titles)
    titled = strong or (bool(titles) and len(rest) > 1)
    known = _is_forename(rest[0]) or (
        len(rest) > 1 and bool(_INITIAL.fullmatch(rest[0]) and (len(rest[0]) == 1 or "." in rest[0]))
    )
    if len(rest) == 1 and not (titled or surname_only):
        return None
    if len(rest) > 2 and is_organisation(rest[-1]):
        return None
    headed = [
        word
        for at, word in enumerate(rest[known:])
        if is_heading_word(word) and not ((known or (placed and at)) and _is_surname_too(word, known=known))
    ]
    if headed and not (strong and len(rest) < 3):
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
        second = words[at + 1].group()
        begun = _is_forename(word.group()) or ("." in word.group() and _INITIAL.fullmatch(word.group()))
        if not (begun and _is_name_word(second)) or _between(text, words, at).strip(" ."):
            continue
        if (is_heading_word(second) and not _is_surname_too(second, known=True)) or _names_a_body(words[at + 2 :]):
            continue
        return _found(text, words, at, _name_end(text, words, at), sure=True)
    return _titled_surname(text, words)


def leading_name(text: str) -> FoundName | None:
    """Return a name of two words that no list knows, where it begins a text and a post or a body follows it.

    >>> leading_name("Viv Ahmed YOS Manager").after, leading_name("Complex Needs Team")
    ('YOS Manager', None)
    """
    words = list(_WORD.finditer(text))
    titles = sum(1 for _ in takewhile(lambda word: _bare(word.group()) in gazetteer().titles, words))
    names = words[titles : titles + 2]
    if (
        len(names) < 2
        or len(words) < titles + 3
        or text[: words[titles].start()].strip(" .") not in _joined(words[:titles])
    ):
        return None
    if not all(_NAME_WORD.match(word.group()) and not is_heading_word(word.group()) for word in names):
        return None
    if any(word.group().isupper() and len(word.group()) > 1 for word in names):
        return None
    found = _found(text, words, titles, titles + 1, sure=False)
    last = _bare(words[-1].group())
    known = last in gazetteer().post_heads or last in gazetteer().organisation_words or is_organisation(found.after)
    body = len(words) == titles + 3 and last in gazetteer().organisation_words  # "West Glen Council"
    return found if known and not body else None


def _is_surname_too(word: str, *, known: bool) -> bool:
    """Tell a word of headings that is a surname: "North"; one of bodies, "Church", behind a known forename alone."""
    return _bare(word) in gazetteer().word_surnames and (known or _bare(word) not in gazetteer().organisation_words)


def is_heading_word(word: str) -> bool:
    """Tell whether a word belongs to headings, posts or bodies rather than to names; surnames that are words do not.

    >>> is_heading_word("Needs"), is_heading_word("Young")
    (True, False)
    """
    held, bare = gazetteer(), _bare(word)
    if bare in held.surnames:
        return False
    return bare in held.common_words or bare in held.organisation_words or bare in held.post_heads or bare in held.posts


def _joined(words: Sequence[re.Match[str]]) -> str:
    return " ".join(word.group() for word in words)


def _names_a_body(following: Sequence[re.Match[str]]) -> bool:
    """Tell "John Hobart Society", a body, from a person and theirs: one word of bodies alone follows the name."""
    alone = following[0].group() if len(following) == 1 else ""
    return _bare(alone) in gazetteer().organisation_words and not is_organisation(alone)


def _name_end(text: str, words: list[re.Match[str]], at: int) -> int:
    """Return where a name goes on after its forename: over initials, particles and a second forename."""
    end = at + 1
    while end + 1 < len(words) and end < at + 5 and not _between(text, words, end).strip(" ."):
        second, third = words[end].group(), words[end + 1].group()
        if end + 2 < len(words) and _bare(words[end + 2].group()) in gazetteer().organisation_words:
            break  # "Petra Dean Northgate Consultancy"
        middle = _bare(second) in PARTICLES or re.fullmatch(r"[A-Z]\.?", second) or _is_forename(second)
        if (
            not middle
            or not _is_name_word(third)
            or is_heading_word(third)
            or is_organisation(third)
            or third.isupper()
        ):
            break
        end += 1
    return end


def _found(text: str, words: list[re.Match[str]], at: int, end: int, *, sure: bool) -> FoundName:
    titles, start = _titles_before(words, at)
    name = _clean(_joined(words[at : end + 1]))
    after = _without_suffix(text[words[end].end() :].strip(" ,;:–-"))
    return FoundName(name, _title(titles), text[: words[start].start()].strip(" ,;:–-"), after, sure)


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


def could_be_initials(token: str, name: str) -> bool:
    """Tell whether letters printed beside a name are its initials, with its particles or without.

    >>> could_be_initials("SdS", "Siobhan da Silva"), could_be_initials("RNo", "Ruth Nowak")
    (True, True)
    >>> could_be_initials("CPS", "Ruth Nowak")
    False
    """
    token, parts = token.replace("’", "'").replace(".", ""), re.split(r"[\s'’-]+", name)
    if not 2 <= len(token) <= 5 or not token[0].isupper() or token.upper()[0] != name[:1].upper():
        return False
    letters = iter("".join(part[:2] for part in parts).upper())
    surnames = {part[:1] for part in (parts[-1], name.split()[-1]) if part[:1].isupper()}
    given = token.upper().replace("'", "")
    return any(letter in given[1:] for letter in surnames) and all(letter in letters for letter in given)


def _initial(part: str) -> str:
    split = re.match(r"([A-Z])'([A-Z])", part)
    return f"{split.group(1)}'{split.group(2)}" if split else part[0]


@cache
def _known() -> frozenset[str]:
    return frozenset(_flat(name) for name in gazetteer().organisations)


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().replace("&", "and").split())


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.strip(".,:;()").lower())


def _is_forename(word: str) -> bool:
    first = normalize("NFKD", word.split("-")[0].strip(".")).encode("ascii", "ignore").decode()
    return word[:1].isupper() and not (word.isupper() and len(word) < 4) and first.lower() in gazetteer().forenames


def _is_name_word(word: str) -> bool:
    return bool(_NAME_WORD.match(word)) or word.lower() in PARTICLES


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
        return _found(text, words, at + 1, end, sure=True)
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
