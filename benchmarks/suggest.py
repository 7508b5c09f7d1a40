"""How much of a mapping is drafted, and how much of that is right? Fifteen made-up exports, marked by hand before.

`python benchmarks/suggest.py [--half seen|unseen|both] [--spellings 10] [--show]`. Proposals without a mark are held to
the marks: precision is the share of them that is right, recall the share of the marks that they meet. The rules were
written while looking at the seen half only. Each half is then drafted again under other spellings. Exit
status 1 if precision is under 99%, recall under 85%, or an identifying column wrong.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from suggest_exports import council_and_health, custody_and_courts, police, probation
from suggest_exports.export import Export
from suggest_exports.respelling import respelt
from suggest_exports.values import AS_AT
from whatworks.records.suggesting import Draft, draft
from whatworks.records.tables.references import is_identifying

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
    parser.add_argument("--spellings", type=int, default=10, help="Other spellings of each export's headings.")
    parser.add_argument("--show", action="store_true", help="List what is wrong and what is missed.")
    wanted = parser.parse_args()
    print(f"{'export':<26} {'style':<16} marked proposed checked precision  recall   identifying")
    failed = False
    for half in ("seen", "unseen") if wanted.half == "both" else (wanted.half,):
        chosen = [(seed, export) for seed, export in enumerate(EXPORTS, start=1) if export.seen == (half == "seen")]
        total, again = Score(), Score()
        for seed, export in chosen:
            one = drafted(export, seed, wanted.show)
            total.add(one)
            print(one.line(export.name, export.style))
            for spelling in range(wanted.spellings):
                again.add(drafted(respelt(export, 100 * seed + spelling), seed, wanted.show))
        print(total.line(f"all {half}", ""))
        print(again.line(f"all {half}, respelt", ""), "\n")
        failed |= falls_short(total) or (wanted.spellings > 0 and falls_short(again))
    return int(failed)


def drafted(export: Export, seed: int, show: bool) -> Score:
    """Return an export's score, and list what is wrong and what is missed where asked to."""
    with tempfile.TemporaryDirectory() as folder:
        one = score(export, Path(folder), seed)
    if show:
        print("".join(f"    {export.name} wrong  {pair}\n" for pair in one.wrong), end="")
        print("".join(f"    {export.name} missed {pair}\n" for pair in one.missed), end="")
    return one


def falls_short(total: Score) -> bool:
    """Return whether a score misses what is asked: 99% right, 85% found, no identifying column wrong."""
    right, proposed, marked = len(total.right), len(total.right + total.wrong), len(total.right + total.missed)
    wrong_person = any(is_identifying(table, ours) for table, ours, _ in total.wrong)
    return right < 0.99 * proposed or right < 0.85 * marked or wrong_person


if __name__ == "__main__":
    sys.exit(main())
