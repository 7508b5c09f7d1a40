"""See by its content that a text may tell of whom it is: a name, a day of birth, a postcode, a person's number."""

import re
from collections.abc import Iterable
from itertools import islice

from whatworks.records.showing.names import names

LOOKED_AT = 2_000
"""Different values of a column at which it is looked."""
SOME = 0.2
"""Share of them from which the whole column counts as telling of whom it is."""
FEW = 3
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
_NUMBER = re.compile(
    r"\d{2,4}/\d{1,7}[A-Z]|[A-Z]\d{4}[A-Z]{2}|[A-Z]{1,4}[-/ ]?\d{5,}[A-Z]?|[A-Z]{1,4}\d{3,4}[A-Z]"
    r"|[A-Z]{2} ?(\d\d ?){3}[A-D]|\d{3}[ -]?\d{3}[ -]?\d{4}|[+0]\d[\d ]{8,12}|\d{7,}"
)
"""PNC, prison, probation, National Insurance, NHS and telephone numbers, and whatever is built like them."""
_AREA = re.compile(r"[EWSN]\d{8}")
_DAY = re.compile(r"\d{1,2}[/. -](?:\d{1,2}|[A-Za-z]{3,9})[/. -](?:\d{4}|\d{2})(?!\d).*|\d{4}-\d{1,2}-\d{1,2}(?!\d).*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_person_like(text: str) -> bool:
    """Tell whether a text by itself may tell of whom it is.

    >>> [is_person_like(text) for text in ("Ann Lee", "AB1 2CD", "07/11/1987", "98/1234X", "A1234BC", "jones@x.org")]
    [True, True, True, True, True, True]
    >>> [is_person_like(text) for text in ("female", "theft", "31", "Ward 7", "E09000007", "not known")]
    [False, False, False, False, False, False]
    """
    plain = text.strip()
    upper = plain.upper()
    if _AREA.fullmatch(upper):
        return False
    if "@" in plain or _POSTCODE.search(upper) or _NUMBER.fullmatch(upper) or _DAY.fullmatch(plain):
        return True
    return has_name(plain)


def has_name(text: str) -> bool:
    """Tell whether a word of a text is a common name, and no other word.

    >>> [has_name(text) for text in ("SMITH, Dawn", "O'Brien", "Mark", "Ward", "Date of birth")]
    [True, True, False, False, False]
    """
    known = names()
    words = {word.casefold().replace("'", "").replace("’", "") for word in _WORD.findall(text)}
    words |= {part for word in tuple(words) for part in word.split("-")}
    return bool(words & ((known.forenames | known.surnames) - known.also_words))


def looks_identifying(values: Iterable[str]) -> bool:
    """Tell whether a column looks by its different values as if it told of whom each row is.

    >>> looks_identifying(["Ann", "Zed", "Bo"]), looks_identifying(["theft", "violence"])
    (True, False)
    """
    looked_at = list(islice(values, LOOKED_AT))
    like = sum(map(is_person_like, looked_at))
    return like >= SOME * len(looked_at) and like >= min(FEW, len(looked_at) / 2) > 0
