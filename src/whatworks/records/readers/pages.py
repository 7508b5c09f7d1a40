"""Read a text file page by page, so that neither a huge file nor one endless line fills the memory."""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """Some whole lines: the number of the first, and their text without the last line's end.

    Where `cut` is true, the page is only the beginning of one line that is too long to be read.
    """

    first: int
    text: str
    cut: bool = False


class Pages:
    """The pages of one file. `done` counts bytes of the file read so far."""

    def __init__(self, path: Path, encoding: str, skip: int, longest: int, shown: int) -> None:
        self.path, self.encoding, self.skip = path, encoding, skip
        self.longest, self.shown = longest, shown
        self.size = path.stat().st_size
        self.done = 0

    def __iter__(self) -> Iterator[Page]:
        """Yield pages from the first line; a line of more than `longest` bytes as a cut page of `shown` characters."""
        first, carry, skipping = 1, b"", False
        newline: bytes | None = None
        for block in self._blocks():
            newline = newline or _newline(block)
            end = block.rfind(newline)
            if skipping:
                start = block.find(newline)
                if start < 0:
                    continue
                block, skipping, end = block[start + 1 :], False, end - start - 1
                first += 1
            if end < 0:
                carry += block
            else:
                text = _text(carry + block[:end], newline)
                yield Page(first, text)
                first += text.count("\n") + 1
                carry = block[end + 1 :]
            if len(carry) > self.longest:
                yield Page(first, carry[: 4 * self.shown].decode(errors="replace")[: self.shown], cut=True)
                carry, skipping = b"", True
        if carry:
            yield Page(first, _text(carry, newline or b"\n"))

    def _blocks(self) -> Iterator[bytes]:
        recode = _recoder(self.encoding)
        with self.path.open("rb") as file:
            file.seek(self.skip)
            while block := file.read(PAGE_BYTES):
                self.done = file.tell()
                yield recode(block, False)
            yield recode(b"", True)


def _recoder(encoding: str) -> Callable[[bytes, bool], bytes]:
    if encoding == "utf-8":
        return lambda block, final: block
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return lambda block, final: decoder.decode(block, final).encode()


def _newline(block: bytes) -> bytes:
    return b"\r" if b"\r" in block[:-1] and b"\n" not in block else b"\n"


def _text(page: bytes, newline: bytes) -> str:
    if newline == b"\r":
        page = page.replace(b"\r", b"\n")
    try:
        return page.decode()
    except UnicodeDecodeError:
        return page.decode(errors="replace")
