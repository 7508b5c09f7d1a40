"""Know the raised mark of a note from the other things that are raised: an ordinal's ending, the square of a metre."""

import re

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§#]+)(?:[,;]\s*(?:\d{1,3}|[a-z]))*[\])]?")
_UNIT = re.compile(r"(?:\b|\d)(?:k|c|m)?m$")


def is_note_mark(raised: str, before: str) -> bool:
    """Tell whether a raised text behind another is the mark of a note, which is no part of the figure that it follows.

    >>> is_note_mark("1", "£400"), is_note_mark("(4)", "£20"), is_note_mark("rd", "by 3"), is_note_mark("2", "90 m")
    (True, True, False, False)
    """
    return bool(_MARK.fullmatch(raised.strip())) and not _UNIT.search(before)
