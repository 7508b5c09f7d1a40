"""Put the printed lines of attendance lists in order: beside each other, gone on with, without a heading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whatworks.board.reading.attendance.label import read_label
from whatworks.board.reading.attendee import ListedEntry, read_entry, read_list
from whatworks.board.reading.block import plain
from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.outline import KNOWN_TITLE
from whatworks.board.reading.person_name import find_name, is_organisation, whole_name
from whatworks.board.reading.post import is_post
from whatworks.board.reading.sentence import sentences
from whatworks.records.documents import Line

RUNNING = re.compile(r"\b(?:was|were|had|has|have|is|are|that|would|be|been|there|it|this|they|he|she|called|took)\b")
_NOTHING = re.compile(r"^(?:none|nil|n/?a|no(?:ne)? (?:apologies|received).*|vacan\w+)\b", re.IGNORECASE)
HEADED = re.compile(r"^([^:,;(\t]{3,60}):\s+\S")
_PROSE_APOLOGIES = re.compile(
    r"\bapologies(?: for (?:absence|non-attendance))?[\s:–—-]*(?:(?:were|was|had been|have been)\s+)?(?:also\s+)?"
    r"(?:received|given|sent|noted|submitted|tendered|recorded|accepted)?\s*(?:from|for|by|on behalf of)\s+"
    r"(?P<names>[^\n]+)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"(?P<names>[A-Z][^.;:]+?) (?:(?:had|have|has) )?(?:sent|given|gave|tendered|submitted|offered) "
    r"(?:(?:his|her|their) )?apologies\b"
)


def implied_list(lines: Sequence[Line]) -> int | None:
    """Return the first line of a list of those present that has no heading: two or more people with their initials."""
    named: list[int] = []
    for line in lines:
        text = plain(line.text)
        if text and (read_marker(text)[0] or read_label(text) or len(named) > 1):
            break
        entry = read_entry(line.text.strip()) if text and len(text.split()) <= 14 and not RUNNING.search(text) else None
        if entry and entry.initials:
            named.append(line.number)
        elif text and named:
            named = []
    return named[0] if len(named) > 1 else None


_UNFINISHED = re.compile(r"(?:[,;&(]|\b(?:and|of|for|the)|\w-)$", re.IGNORECASE)


def continued(lines: Sequence[Line], spans: dict[int, int]) -> Iterator[Line]:
    """Yield lines, a running list of people with the lines that it goes on over as one.

    `spans` takes in the last line of each.

    >>> lines = (Line(1, "Present: Ann Bell, Police; Owain Al-"), Line(2, "Hassan, Fire."))
    >>> [line.text for line in continued(lines, {})]
    ['Present: Ann Bell, Police; Owain Al-Hassan, Fire.']
    """
    held: Line | None = None
    for line in lines:
        text = line.text.strip()
        if (
            held
            and text
            and (line.wrapped or (_runs_on(held.text, text) and not read_marker(text)[0]))
            and not read_label(text)
        ):
            glue = "" if held.text.endswith("-") else " "
            held = replace(held, text=f"{held.text.rstrip()}{glue}{text}")
            spans[held.number] = line.number
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _runs_on(before: str, text: str) -> bool:
    """Tell whether a line goes on with a list of people, each apart from the next by commas or semicolons."""
    before = before.strip()
    if before.count("(") > before.count(")") and ")" in text and "\t" not in before:
        return True
    if (
        "\t" in before
        or before.endswith((".", ":"))
        or read_label(text)
        or HEADED.match(text)
        or not re.search(r"[;,]", before)
    ):
        return False
    several = ";" in before or before.count(",") > 2
    return bool(_UNFINISHED.search(before)) or (several and (";" in text or text.endswith(".")))


def shared_endings(texts: Sequence[str]) -> frozenset[str]:
    """Return what several lines end in behind a known name of two words: a body, whether any list knows it or not.

    >>> sorted(shared_endings(["Ann Bell Wexton Homes", "Tom Field Wexton Homes", "Sam Hale Police"]))
    ['Wexton Homes']
    """
    endings: Counter[str] = Counter()
    for text in texts:
        found = find_name(text) if len(text.split()) <= 12 and not re.search(r"[,;:(\t]", text) else None
        if found and not found.before and found.after and found.after[:1].isupper() and not is_post(found.after):
            endings[found.after] += 1
    return frozenset(ending for ending, times in endings.items() if times > 1)


def apologies_in(text: str) -> tuple[ListedEntry, ...]:
    """Return who sent apologies, where a sentence says so.

    >>> [one.name for one in apologies_in("Apologies were received from Cllr Ada Example and Joe Sample.")]
    ['Ada Example', 'Joe Sample']
    """
    found = _PROSE_APOLOGIES.search(text) or _SENT.match(text)
    names = re.split(r",?\s+(?:with|who|whose|but)\b", found.group("names"))[0] if found else ""
    if not names or re.match(
        r"(?:late|early|leav|absence|not\b|having|being|th(?:e|is|eir|at)\b)", names, re.IGNORECASE
    ):
        return ()
    return read_list(sentences(names)[0].text.rstrip("."))


def could_stand_before(text: str) -> bool:
    """Tell whether a text before a colon is a name, a post, a body or initials, and no heading that is not known."""
    return bool(whole_name(text) or find_name(text) or is_post(text) or is_body_name(text) or text.isupper())


def is_list_heading(text: str) -> bool:
    """Tell whether a line without a name is a heading: it ends in a colon, or is short and no part of an entry."""
    if text.endswith(":"):
        return True
    return (
        text[:1].isupper()
        and len(text.split()) <= 6
        and not re.search(r"[.,;)\t]|\d", text)
        and not _NOTHING.match(text)
    )


def is_body_name(text: str) -> bool:
    """Tell whether a line is nothing but the name of a body."""
    words = [word for word in text.rstrip(":").split() if word.lower() not in ("of", "and", "the", "for", "&")]
    known = {word.strip(".,").lower() for word in words} & gazetteer().organisation_words
    return is_organisation(text) or (bool(known) and all(word[:1].isupper() for word in words) and not read_label(text))


def named_at_head(text: str) -> str:
    """Return whether a name stands at the head of a cell, "sure" or "unsure"; nothing where none does."""
    head = re.split(r"[,(–]|\s-\s", plain(text))[0]
    named = whole_name(head) or find_name(head)
    return "" if named is None or named.before else "sure" if named.sure else "unsure"


def is_entry(text: str) -> bool:
    """Tell whether a numbered line is somebody of a list: a name that is sure, and no heading."""
    found = read_list(text)
    named = whole_name(re.split(r"[,(\t–-]|\s{2}", text)[0]) or find_name(text)
    return bool(found and named and named.sure) and not KNOWN_TITLE.match(text) and not text.isupper()
