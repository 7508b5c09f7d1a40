"""Find out in which encoding an agency wrote its text file, so that names keep their accents."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

_BLOCK = 1 << 20
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_WRITTEN = re.compile(
    r"ascii|utf-(8(-sig)?|16|16-le|16-be|32|32-le|32-be)|cp\d{3,4}|iso8859-\d+|mac-\w+|koi8-\w|gb\w+|big5\w*"
    r"|shift_jis\w*|euc_\w+|iso2022_\w+|tis-620|hp-roman8|johab|hz|kz1048|ptcp154"
)
_ESCAPES = re.compile(r"\+[A-Za-z0-9+/]{3,}-?")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def detect_encoding(path: Path, named: str | None = None) -> tuple[str, int]:
    """Return the encoding of a text file and how many bytes of byte-order mark to skip.

    A file that is not valid UTF-8 is Windows-1252, unless parts of it are UTF-8 beyond ASCII: such a mixture is read
    as UTF-8, and the lines that are not become faults. A `named` encoding is believed.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "a.csv")
    ...     _ = file.write_bytes("Zoë".encode("cp1252"))
    ...     detect_encoding(file)
    ('cp1252', 0)
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, encoding in _BOMS.items():
        if head.startswith(mark) and (named is None or _same_family(named, encoding)):
            return encoding, len(mark)
    if named is not None:
        name = codecs.lookup(named).name
        return ("utf-16-le" if name == "utf-16" else "utf-8" if name == "utf-8-sig" else name), 0
    wide = _utf16_without_mark(head)
    if wide:
        return wide, 0
    return ("utf-8" if _is_utf8(path) or _has_multibyte(path) else "cp1252"), 0


def is_utf7(text: str) -> bool:
    """Tell whether a text is written in UTF-7: plain ASCII, in which +AOs- and the like stand for other letters.

    >>> is_utf7("1,Zo+AOs-"), is_utf7("1,Zo+ACY- Co"), is_utf7("1,+44-20-7946"), is_utf7("1,Zoë"), is_utf7("1,a+b-c")
    (True, False, False, False, False)
    """
    return text.isascii() and any(_beyond_ascii(escape) for escape in _ESCAPES.findall(text))


def _beyond_ascii(escape: str) -> bool:
    """Tell whether an escape stands for letters of Europe, or for the signs of money, quotes and dashes."""
    try:
        letters = escape.encode("ascii").decode("utf-7")
    except UnicodeDecodeError:
        return False
    return all("\xa1" <= one <= "\u024f" or "\u2013" <= one <= "\u2026" or one == "€" for one in letters)


def text_encoding(name: str) -> str | None:
    """Return an encoding in which texts are written, by its name; None for what is none, or no longer safe to read.

    >>> text_encoding("Latin-1"), text_encoding("rot13"), text_encoding("utf-7"), text_encoding("idna")
    ('iso8859-1', None, None, None)
    """
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if _WRITTEN.fullmatch(found) else None


def not_read(name: str) -> str:
    """Return why a file in this encoding is not read.

    >>> print(not_read("utf-7"))
    'utf-7' is not read: one letter may be written in several ways in it; save the file as UTF-8
    >>> print(not_read("latin-0"))
    'latin-0' is not known: write it as utf-8, utf-16 or cp1252
    """
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return f"{name!r} is not known: write it as utf-8, utf-16 or cp1252"
    several = "one letter may be written in several ways in it"
    why = several if found == "utf-7" else "files of records are not written in it"
    return f"{name!r} is not read: {why}; save the file as UTF-8"


def _same_family(named: str, encoding: str) -> bool:
    return codecs.lookup(named).name.replace("-sig", "").startswith(encoding[:5])


def _utf16_without_mark(head: bytes) -> str | None:
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.4 * half:
        return "utf-16-le"
    return "utf-16-be" if half and head[0::2].count(0) > 0.4 * half else None


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_multibyte(path: Path) -> bool:
    tail = b""
    for block in _blocks(path):
        if _MULTIBYTE.search(tail + block):
            return True
        tail = block[-3:]
    return False
