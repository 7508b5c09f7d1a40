"""Write a column's texts in one way, as far as the protocol declares it, and find one kind in several spellings."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from whatworks.evaluation.values.settings import Clean
from whatworks.records.visible import as_latin

ALL: tuple[Clean, ...] = ("case", "spaces", "characters", "stops", "numbers")
PLAIN_NUMBER = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$"
_PLAIN = re.compile(PLAIN_NUMBER, re.ASCII)
_SIGNS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2019": "'", "\u2018": "'"})


def cleaned(text: str, steps: Collection[Clean]) -> str:
    """Return a text after the steps declared; "case" changes nothing here, for which spelling stays is the column's.

    "characters" drops what nobody can see and writes digits and letters of another width or form in the ordinary one,
    and letters of another alphabet that print as Latin ones do as these.

    >>> cleaned("\uff13\uff14", ["characters"]), cleaned("North   East ", ["spaces"]), cleaned("01.0", ["numbers"])
    ('34', 'North East', '1')
    """
    if "characters" in steps:
        text = "".join(_ordinary(sign) for sign in unicodedata.normalize("NFKC", text)).translate(_SIGNS)
        text = as_latin(text)
    if "spaces" in steps:
        text = " ".join(text.split())
    text = text.strip()
    if "stops" in steps and not _PLAIN.match(text):
        text = text.rstrip(".").rstrip() or text
    return _one_number(text) if "numbers" in steps and _PLAIN.match(text) else text


def kind_of(text: str, steps: Collection[Clean] = ALL) -> str:
    """Return what is equal for all spellings of one kind, under these steps.

    >>> kind_of("NORTH  East") == kind_of("north east"), kind_of("1.0") == kind_of("1"), kind_of("N.") == kind_of("M")
    (True, True, False)
    """
    text = cleaned(text, steps)
    return text.casefold() if "case" in steps else text


def spelt_as_one(counts: Mapping[str, int], steps: Collection[Clean]) -> dict[str, str]:
    """Return each text of a column with the spelling that stands for it: the commonest of its kind.

    >>> spelt_as_one({"North": 5, "north": 2, "South": 1}, ["case"])
    {'North': 'North', 'north': 'North', 'South': 'South'}
    """
    standing: dict[str, str] = {}
    for text in sorted(counts, key=lambda text: (-counts[text], text)):
        standing.setdefault(kind_of(text, steps), cleaned(text, steps))
    return {text: standing[kind_of(text, steps)] for text in counts}


def several_spellings(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the kinds that a column spells in more than one way.

    >>> several_spellings(["North", "South", "NORTH "])
    [('NORTH ', 'North')]
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for text in sorted(texts):
        kinds[kind_of(text)].append(text)
    return [tuple(spellings) for spellings in kinds.values() if len(spellings) > 1]


def steps_needed(spellings: Collection[str]) -> list[Clean]:
    """Return the fewest steps after which these spellings are one.

    >>> steps_needed(["North", "NORTH"]), steps_needed(["1", "1.0"])
    (['case'], ['numbers'])
    """
    needed = list(ALL)
    for step in ALL:
        fewer = [one for one in needed if one != step]
        if len({kind_of(text, fewer) for text in spellings}) == 1:
            needed = fewer
    return needed


def _ordinary(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Cf":
        return ""
    return " " if kind in ("Cc", "Zs", "Zl", "Zp") else sign


def _one_number(text: str) -> str:
    number = float(text)
    whole = number.is_integer() and abs(number) < 1e15
    return str(int(number)) if whole else repr(number)
