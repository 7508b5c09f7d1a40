"""Take out of texts what nobody can see in them, so that two texts that look alike are one."""

import re

import polars as pl

INVISIBLE = "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
"""Soft hyphens, marks of byte order and of the direction of script, spaces of no width. The joiners that Indic and
Persian spelling needs stay."""
SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Spaces other than the plain one."""

_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХасеіјорѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaceijopsyxABEZHIKMNOPTYXo")
"""Letters of the Cyrillic and Greek alphabets that print as Latin ones do."""


def as_latin(text: str) -> str:
    """Return a text in Latin letters where all its others print as Latin ones do; a word of another script stays.

    >>> as_latin("\u041c"), as_latin("S\u041e1"), as_latin("\u0418\u0432\u0430\u043d") == "\u0418\u0432\u0430\u043d"
    ('M', 'SO1', True)
    """
    if text.isascii():
        return text
    latin = text.translate(_ALIKE)
    return latin if all(letter < "\u0250" for letter in latin if letter.isalpha()) else text


def visible(text: str) -> str:
    """Return a text without characters that cannot be seen, all its spaces plain ones.

    >>> visible("\\ufeffperson\\u200b_id"), visible("Lee\\u00a0Smith")
    ('person_id', 'Lee Smith')
    """
    if text.isascii():
        return text
    return re.sub(SPACES, " ", re.sub(INVISIBLE, "", text))


def visible_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """Return columns of text as `visible` returns one text."""
    hidden = f"{INVISIBLE}|{SPACES}"
    strange = [column.name for column in texts if column.dtype == pl.String and column.str.contains(hidden).any()]
    return texts.with_columns(_visible(pl.col(name)) for name in strange) if strange else texts


def _visible(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(INVISIBLE, "").str.replace_all(SPACES, " ")
