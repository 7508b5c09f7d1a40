"""Meet once what a file cannot hold or a page cannot draw, so that no form of a paper breaks off over a character."""

import struct
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from whatworks.papers.paper import Figure
from whatworks.pictures.drawing import FONTS

INSTEAD = "\ufffd"
"""What stands for a character that cannot be written or drawn."""


def holdable(value: Any) -> Any:
    """Return a paper, or any part of one, with `INSTEAD` for each character that XML and a workbook cannot hold.

    These are control characters other than tabs and line ends, halves of characters, and what is no character.

    >>> holdable(("Through\\x0bthe Gate", 7, {"a": "\\ufffe \\ud800 \\U0001f600"}))
    ('Through\ufffdthe Gate', 7, {'a': '\ufffd \ufffd \U0001f600'})
    """
    return _with_texts(value, _hold)


def drawable(value: Any) -> Any:
    """Return a part of a paper with `INSTEAD` for each character that no font here can draw.

    >>> drawable("Gurmukhi \\u0a15, Urdu \\u0633, emoji \\U0001f600")
    'Gurmukhi \u0a15, Urdu \u0633, emoji \ufffd'
    """
    return _with_texts(value, _draw)


def _with_texts(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Figure):
        held, draw = value, value.draw
        texts = {name: change(getattr(held, name)) for name in ("title", "alternative")}
        return replace(held, **texts, draw=lambda: _with_texts(draw(), change))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _with_texts(getattr(value, one.name), change) for one in fields(value)})
    if isinstance(value, dict):
        return {_with_texts(key, change): _with_texts(one, change) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_with_texts(one, change) for one in value)
    return value


def _hold(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(_holdable(sign) for sign in text)


def _holdable(sign: str) -> str:
    code = ord(sign)
    control = (code < 0x20 and sign not in "\t\n\r") or 0x7F <= code < 0xA0
    none = 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE
    return INSTEAD if control or none else sign


def _draw(text: str) -> str:
    return (
        text
        if text.isascii()
        else "".join(sign if ord(sign) in _drawn() or sign in "\t\n\r" else INSTEAD for sign in text)
    )


@cache
def _drawn() -> frozenset[int]:
    """Return the codes of all characters that the fonts here draw, and of marks that only join or part others."""
    joining = (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, *range(0xFE00, 0xFE10))
    return frozenset(joining).union(*(codes(path.read_bytes()) for path in sorted(FONTS.glob("*-Regular.ttf"))))


def codes(font: bytes) -> Iterator[int]:
    """Yield the codes in a font's table `cmap` (OpenType, formats 4 and 12)."""
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * _u16(font, 4), 16)
    }
    start = tables[b"cmap"]
    for number in range(_u16(font, start + 2)):
        at = start + struct.unpack_from(">I", font, start + 8 + 8 * number)[0]
        if _u16(font, at) == 12:
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last = struct.unpack_from(">II", font, at + 16 + 12 * group)
                yield from range(first, last + 1)
        elif _u16(font, at) == 4:
            count = _u16(font, at + 6) // 2
            for segment in range(count):
                last, first = _u16(font, at + 14 + 2 * segment), _u16(font, at + 16 + 2 * (count + segment))
                yield from (code for code in range(first, last + 1) if code != 0xFFFF)


def _u16(font: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", font, at)[0])
