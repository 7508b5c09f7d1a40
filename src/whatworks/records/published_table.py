"""The first table of a published file, whatever its form, with all that is wrong in it told at once."""

from collections.abc import Sequence
from pathlib import Path

from whatworks.records.documents import read_document
from whatworks.records.plain_number import ungrouped
from whatworks.records.refusal import Fault, Refused


class PublishedTable:
    """A table's `header` in small letters, and its `lines`: a row's number in the file with its cells by heading.

    Refused without a `needed` column, of which `remedy` says why it is, or without a row. `wrong` notes a fault, and
    `check` refuses all of them together.
    """

    def __init__(self, path: Path, needed: Sequence[str], remedy: str) -> None:
        tables = read_document(path).tables
        lines = [[cell.text.strip() for cell in row] for row in tables[0].rows] if tables else [[]]
        self.file, self.faults = path.name, list[Fault]()
        self.header = [name.lower() for name in lines[0]]
        self.lines = [
            (at, dict(zip(self.header, line, strict=False))) for at, line in enumerate(lines[1:], start=2) if any(line)
        ]
        for name in needed:
            if name not in self.header:
                self.wrong("has no such column", remedy, 1, name)

    def wrong(
        self, problem: str, remedy: str, row: int | None = None, field: str | None = None, value: str | None = None
    ) -> None:
        """Note a fault of a row, or of the file."""
        self.faults.append(Fault(problem, remedy, self.file, row, field, value))

    def check(self) -> None:
        """Refuse the table if anything is wrong with it, or if it has no row."""
        if not self.lines and not self.faults:
            self.wrong("has no rows", "send the table again")
        if self.faults:
            raise Refused(self.faults)


def published_number(text: str) -> float:
    """Return the number that a cell prints, -1 where it is none.

    >>> published_number("1,234"), published_number("54.5%"), published_number("x")
    (1234.0, 54.5, -1.0)
    """
    try:
        return float(ungrouped(text.removesuffix("%").strip()))
    except ValueError:
        return -1.0
