"""What an export is: its headings with their values, and the marks that a person gave them before any run."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from suggest_exports.values import Write, rows

Marks = dict[str, dict[str, str]]
"""Table -> our column -> the heading that fills it; "Heading[1]" is the part of a text that is split."""


@dataclass(frozen=True)
class Export:
    """One made-up export. `told` are columns that a person has to be asked about: no heading settles them."""

    name: str
    style: str
    seen: bool
    """Whether results on it were looked at while the rules were written."""
    columns: dict[str, Write]
    marks: Marks
    told: dict[str, set[str]] = field(default_factory=dict)
    delimiter: str = ","

    def write(self, folder: Path, seed: int) -> Path:
        """Write the export as a delimited file and return its path."""
        path = folder / f"{self.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter)
            writer.writerow(self.columns)
            for row in rows(seed):
                writer.writerow([write(row) for write in self.columns.values()])
        return path
