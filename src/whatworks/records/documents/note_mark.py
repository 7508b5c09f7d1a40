"""Know the raised mark of a note from the other things that are raised: an ordinal's ending, the square of a metre."""

import re

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§#]+)(?:[,;]\s*(?:\d{1,3}|[a-z]))*[\])]?")
_UNIT = re.compile(r"(?:\b|(?<![£$€\d.,])[\d.,]+)(?:k|c|m)?m$")
_SIGNS = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def is_note_mark(raised: str, before: str) -> bool:
    """Tell whether a raised text behind another is the mark of a note, which is no part of the figure that it follows.

    >>> is_note_mark("1", "£400"), is_note_mark("(4)", "£20"), is_note_mark("rd", "by 3"), is_note_mark("2", "90 m")
    (True, True, False, False)
    >>> is_note_mark("2", "£20m"), is_note_mark("2", "20m")
    (True, False)
    """
    return bool(_MARK.fullmatch(raised.strip())) and not _UNIT.search(before)


def without_marks(text: str) -> str:
    """Return a text without the marks of notes that are signs of their own.

    >>> without_marks("It fell by 12%¹ to £20m², in an office of 90 m².")
    'It fell by 12% to £20m, in an office of 90 m².'
    """
    return _SIGNS.sub(
        lambda found: "" if is_note_mark(found[0].translate(_DIGITS), text[: found.start()]) else found[0], text
    )
