"""Write extracts to disk piece by piece, in each agency's own encoding."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import polars as pl

from whatworks.records.writing.private_file import open_private
from whatworks.simulation.agencies.extract import Extract


class ExtractFile:
    """A file of an agency, open for adding lines; the header is written with the first."""

    def __init__(self, folder: Path, extract: Extract) -> None:
        self.extract = extract
        self.rows = 0
        self._file: BinaryIO = open_private(folder / extract.name)
        self._begun = False

    def add(self, lines: pl.DataFrame) -> None:
        """Add lines, whose columns are those of the extract's header."""
        text = lines.write_csv(
            include_header=not self._begun,
            separator=self.extract.delimiter,
            line_terminator=self.extract.line_end,
        )
        self._file.write(self._encoded(text))
        self.rows += lines.height
        self._begun = True

    def _encoded(self, text: str) -> bytes:
        """Return bytes; the mark that tells the order of bytes stands at the beginning only."""
        if self._begun and self.extract.encoding == "utf-16":
            return text.encode("utf-16-le")
        if self.extract.encoding == "utf-16":
            return b"\xff\xfe" + text.encode("utf-16-le")
        if self._begun and self.extract.encoding == "utf-8-sig":
            return text.encode()
        return text.encode(self.extract.encoding)

    def __enter__(self) -> "ExtractFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
