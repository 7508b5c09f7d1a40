"""Know the words and codes that people write where they do not know: they are no value of any column."""

import unicodedata

_LISTED = (
    "n/a|na|n.a.|n.a|#n/a|n/k|nk|n/kn|u/k|unk|unkn|unknown|not known|notknown|n/r|nr|not recorded|none recorded|"
    "not stated|not available|not applicable|not provided|not given|not disclosed|not answered|no answer|no data|"
    "no information|missing|null|nil|nan|none|blank|empty|undefined|tbc|tbd|tba|to be confirmed|refused|declined|"
    "prefer not to say|don't know|dk|d/k|pending|?|??|???|-|--|---|.|..|*|x|xx|xxx"
)
_WORDS = frozenset(_LISTED.split("|"))
_CODES = frozenset(("8", "9", "88", "99", "888", "999", "9999", "99999", "-1", "-8", "-9", "-88", "-99", "-999"))


def means_missing(text: str) -> bool:
    """Tell whether a text is a word for what is not known, in brackets or not.

    >>> [means_missing(text) for text in ("N/A", "(Not  known)", "unknown", "North", "0", "")]
    [True, True, True, False, False, False]
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().strip(" ()[]<>\"'").replace("’", "'").split())
    return plain in _WORDS


def missing_code(text: str) -> bool:
    """Tell whether a number is one of those that stand for what is not known in coded answers, such as 9 or -99.

    >>> missing_code("9"), missing_code("99.0"), missing_code("2")
    (True, True, False)
    """
    return text.removesuffix(".0") in _CODES
