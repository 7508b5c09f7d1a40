"""How much of a mapping is drafted, and how much of that is right? Fifteen made-up exports, marked by hand before.

`python benchmarks/suggest.py [--half seen|unseen|both] [--show]`. Proposals without a mark are held to the marks:
precision is the share of them that is right, recall the share of the marks that they meet. The rules were written
while looking at the seen half only. Exit status 1 if precision is under 99%, recall under 85%, or an identifying column
wrong.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from suggest_exports import council_and_health, custody_and_courts, police, probation
from suggest_exports.export import Export
from suggest_exports.values import AS_AT
from whatworks.records.references import is_identifying
from whatworks.records.suggesting import Draft, draft

EXPORTS = (*police.EXPORTS, *probation.EXPORTS, *custody_and_courts.EXPORTS, *council_and_health.EXPORTS)
Pair = tuple[str, str, str]
"""Table, our column, their heading."""


@dataclass
class Score:
    """What was proposed without a mark, beside what a person had marked."""

    right: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)
    missed: list[Pair] = field(default_factory=list)
    checked: int = 0

    def add(self, other: "Score") -> None:
        """Add another export's score."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.checked += other.checked

    def line(self, name: str, style: str) -> str:
        """Return a row of the table: precision, recall, and precision over identifying columns."""
        proposed, marked = len(self.right) + len(self.wrong), len(self.right) + len(self.missed)
        who = [is_identifying(table, column) for table, column, _ in self.right]
        not_who = [is_identifying(table, column) for table, column, _ in self.wrong]
        return (
            f"{name:<26} {style:<16} {marked:>6} {proposed:>8} {self.checked:>7} {_share(self.right, proposed):>9} "
            f"{_share(self.right, marked):>7}   {sum(who)} of {sum(who) + sum(not_who)}"
        )


def _share(part: list[Pair], of: int) -> str:
    return f"{len(part) / of:.1%}" if of else "-"


def proposed_pairs(made: Draft) -> tuple[set[Pair], set[Pair]]:
    """Return what a draft proposes without a mark, and with one."""
    sure, marked = set(), set()
    for table in made.tables:
        pairs = {(table.table, ours, heading) for ours, heading in table.columns.items()}
        pairs |= {(table.table, ours, f"{part.column}[{part.part}]") for ours, part in table.split.items()}
        marked |= {pair for pair in pairs if pair[1] in table.to_check}
        sure |= pairs - marked
    return sure, marked


def score(export: Export, folder: Path, seed: int) -> Score:
    """Return how a draft of an export compares with its marks."""
    sure, marked = proposed_pairs(draft(export.write(folder, seed), as_at=AS_AT))
    meant = {(table, ours, theirs) for table, pairs in export.marks.items() for ours, theirs in pairs.items()}
    return Score(sorted(sure & meant), sorted(sure - meant), sorted(meant - sure), len(marked))


def main() -> int:
    """Print a row for each export and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("seen", "unseen", "both"), default="both")
    parser.add_argument("--show", action="store_true", help="List what is wrong and what is missed.")
    wanted = parser.parse_args()
    print(f"{'export':<26} {'style':<16} marked proposed checked precision  recall   identifying")
    failed = False
    for half in ("seen", "unseen") if wanted.half == "both" else (wanted.half,):
        total = Score()
        for seed, export in enumerate(EXPORTS, start=1):
            if export.seen != (half == "seen"):
                continue
            with tempfile.TemporaryDirectory() as folder:
                one = score(export, Path(folder), seed)
            total.add(one)
            print(one.line(export.name, export.style))
            if wanted.show:
                print("".join(f"    wrong  {pair}\n" for pair in one.wrong), end="")
                print("".join(f"    missed {pair}\n" for pair in one.missed), end="")
        print(total.line(f"all {half}", ""), "\n")
        precise = len(total.right) >= 0.99 * (len(total.right) + len(total.wrong))
        complete = len(total.right) >= 0.85 * (len(total.right) + len(total.missed))
        failed |= not (precise and complete) or any(is_identifying(table, ours) for table, ours, _ in total.wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
